"""Practice: hard calls rehearsed without real money."""
