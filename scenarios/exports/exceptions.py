"""The exceptions that stand as a table: who signed for what, which figure against which bound, until when."""

from __future__ import annotations

from datetime import date

from scenarios.verdict.exceptions import standing_of
from store.common.sheets import Column, Sheet
from store.records import State

COLUMNS = (
    Column("signed", "time", True, 17),
    Column("signed by", "text", True, 16),
    Column("exception", "text", True, 16),
    Column("about", "text", True, 32),
    Column("signed in", "text", True, 32),
    Column("figure", "number", False, 9),
    Column("bound", "number", False, 9),
    Column("because", "text", True, 40),
    Column("conditions", "text", True, 24),
    Column("review", "date", True, 11),
    Column("review due", "yes", True, 8),
    Column("nothing asks for it: why", "text", False, 32),
)


def exceptions_sheet(state: State, today: date) -> Sheet:
    """A row for each exception that stands, those whose review is due first. Figure and bound are odds or shares
    (0..1), or times of the full cost."""
    rows = tuple(
        (
            each.terms.at,
            each.terms.name,
            each.terms.right,
            each.about,
            each.decided,
            each.terms.figure,
            each.terms.bound,
            each.terms.reason,
            each.terms.conditions,
            each.terms.review,
            each.due,
            each.over,
        )
        for each in standing_of(state, today)
    )
    about = "A row an exception that stands; figure and bound are odds or shares (0 to 1), or times of the full cost."
    return Sheet("exceptions", "Exceptions that stand", COLUMNS, rows, about=about)
