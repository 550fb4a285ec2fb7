"""The quarter graded: what became of its plan, against what was expected of it."""
