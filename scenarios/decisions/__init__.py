"""The decision log: each decision with all that hangs on it, in words, and how it is found."""
