"""The decision log, time travel, and the memos of a meeting."""
