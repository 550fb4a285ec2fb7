"""What people see and press: the Textual app, its widgets, and the command line."""
