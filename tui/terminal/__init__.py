"""The terminal: what it shows, what is written to it and read from it."""
