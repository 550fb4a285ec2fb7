"""The table of parts: who has which role in a play that is led."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import ID, NAME, TEXT, many

if TYPE_CHECKING:
    from sqlite_utils import Database


def add_parts(db: Database) -> None:
    """Who has which role of a case, and who leads it."""
    db.execute(f"CREATE TABLE parts ({ID}, {many(TEXT, 'role')}, {many(NAME, 'name')}) STRICT")
