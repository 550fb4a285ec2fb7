"""What a backlog says of work that was begun: what was spent on it and is left, when it was started and done."""
