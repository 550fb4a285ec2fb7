"""Modal questions; every one can be left with Esc."""
