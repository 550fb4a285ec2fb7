"""The table of the health check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import ID, NAME, NUMBER, TEXT, TIME, many

if TYPE_CHECKING:
    from sqlite_utils import Database


def add_health(db: Database) -> None:
    """What roles answered to the questions of the health check."""
    columns = (
        many(NAME, "quarter"),
        many(NUMBER, "number"),
        "role TEXT NOT NULL CHECK (role IN ('product', 'engineering', 'design', 'sales', 'finance', 'executives'))",
        "score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 3)",
        many(TEXT, "because"),
        many("TEXT NOT NULL " + TIME, "at"),
    )
    db.execute(f"CREATE TABLE health_answers ({ID}, {', '.join(columns)}) STRICT")
