"""The process: the app, its end, its terminal, its log."""
