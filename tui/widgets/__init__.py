"""Widgets: each is shown values and draws them; none of them calls the store."""
