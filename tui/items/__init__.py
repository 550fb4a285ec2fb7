"""Editing, sizing and valuing an item."""
