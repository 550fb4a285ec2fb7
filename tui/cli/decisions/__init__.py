"""Commands for the decision log and the memos."""
