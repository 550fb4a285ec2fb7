"""Commands for the reports that look back: a report a file."""
