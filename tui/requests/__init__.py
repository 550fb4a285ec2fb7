"""Requests: adding one, its card, its facts, who waits."""
