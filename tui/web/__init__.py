"""The board in a browser: a server for this machine alone, and a process of its own for each who sits down."""
