"""Two or three plans side by side."""
