"""Capacity: people, teams, places and weeks, as a draft until it is confirmed."""
