"""The workspace: one file, where it lies, what a fresh one holds, as it was, and its scenarios."""
