"""Commands for the quarter and its small tables."""
