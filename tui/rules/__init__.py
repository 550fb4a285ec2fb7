"""Charter, one-offs, commitments and exceptions on screen."""
