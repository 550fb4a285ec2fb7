"""Commands for single items."""
