"""The quarter: closing it, and its small tables."""
