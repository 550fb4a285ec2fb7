"""Exports and reports as files."""
