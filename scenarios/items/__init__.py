"""Editing an item: what it is, what it is worth, and what holds it."""
