"""The tables of voices: the charter's personas, and the stakeholders of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import ID, NAME, TEXT, many, to

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = {
    "personas": (many(NAME, "name"), many(TEXT, "compromise"), "position INTEGER NOT NULL DEFAULT 0"),
    "stakeholders": (
        f"item_id INTEGER NOT NULL {to('items')}",
        many(NAME, "name"),
        "part TEXT NOT NULL CHECK (part IN ('buyer', 'user', 'operator', 'sponsor'))",
        "stance TEXT NOT NULL DEFAULT 'unknown' CHECK (stance IN ('for', 'against', 'unknown'))",
    ),
}


def add_voices(db: Database) -> None:
    """Who the product is for, and who stands for or against a request."""
    for table, columns in _TABLES.items():
        db.execute(f"CREATE TABLE {table} ({ID}, {', '.join(columns)}) STRICT")
    db.execute("CREATE INDEX stakeholders_item ON stakeholders(item_id)")
