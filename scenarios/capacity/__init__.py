"""Capacity that can be taken apart: who is there in which week, what takes days of theirs, and what is left."""
