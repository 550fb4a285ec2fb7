"""People and their leave from files: tables, reports of leave, calendars."""
