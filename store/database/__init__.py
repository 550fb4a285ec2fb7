"""The SQLite file itself: opening, locks, schema, journal, seals, undo."""
