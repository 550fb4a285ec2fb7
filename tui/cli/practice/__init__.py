"""Practice as commands."""
