"""The list of reports, and the screen that shows one."""
