"""The verdict on a trade: what it asks, whose signatures it takes, and what is kept of it."""
