"""What was promised as a table: to whom, by when, and where it stands."""

from __future__ import annotations

from datetime import date

from scenarios.rules.commitments import promises
from store.common.sheets import Column, Sheet
from store.records import State

COLUMNS = (
    Column("title", "text", True, 48),
    Column("key", "text", False, 12),
    Column("kind", "text", True, 12),
    Column("promised to", "text", True, 24),
    Column("due", "date", True, 11),
    Column("state", "text", True, 14),
    Column("past its day", "yes", True, 10),
    Column("note", "text", False, 40),
)


def commitments_sheet(state: State, today: date) -> Sheet:
    """A row for each commitment and each aim of the room, soonest first, those without a day last."""
    rows = tuple(
        (
            each.item.title,
            each.item.source_key,
            each.commitment.kind,
            each.commitment.who,
            each.commitment.due,
            each.where,
            each.past(today),
            each.commitment.note,
        )
        for each in promises(state)
    )
    about = "A row a commitment; an aim is the room's own, and was promised to nobody."
    return Sheet("commitments", "Commitments", COLUMNS, rows, about=about)
