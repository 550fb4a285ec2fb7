"""Commands for people and capacity."""
