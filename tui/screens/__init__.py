"""The screens: the board, and what opens over it."""
