"""Closing the quarter, and its small tables."""
