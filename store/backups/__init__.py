"""Backups of a workspace, and going back to one."""
