"""Imports: a CSV file becomes a table, a table becomes a plan of what would change, and that one command."""
