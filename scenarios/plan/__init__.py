"""The plan as a value: its items in rank order, its mix, its aims, and what can leave it."""
