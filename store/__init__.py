"""What is remembered: one SQLite file, its records, its journal, and what comes in from files."""
