"""The process: the app, its end, its log."""
