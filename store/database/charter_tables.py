"""What later formats added to the charter, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.database.column_kinds import EW, ID, NAME, many

if TYPE_CHECKING:
    from sqlite_utils import Database


def charter_parts(db: Database) -> None:
    """Quota credit, old versions that are still supported, and what the company says it is."""
    for column in (
        *(f"credit_{name} REAL CHECK (credit_{name} BETWEEN -1000 AND 1000)" for name in ("standard", "one_off")),
        "stance TEXT NOT NULL DEFAULT '' CHECK (stance IN ('', 'product', 'services'))",
    ):
        db.execute(f"ALTER TABLE charters ADD COLUMN {column}")
    count = "INTEGER CHECK ({0} BETWEEN 0 AND 1000000)"
    columns = (
        many(NAME, "name"),
        "back INTEGER NOT NULL CHECK (back BETWEEN 1 AND 20)",
        many("REAL " + EW, "upkeep"),
        many(count, "customers"),
    )
    db.execute(f"CREATE TABLE old_versions ({ID}, {', '.join(columns)}) STRICT")
