"""Commands that take a file in."""
