"""Conversations of the board: each asks what it needs, then proposes or commits one change."""
