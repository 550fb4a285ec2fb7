"""The one door: what may be proposed, what it costs, how it is settled, and what needs no door."""
