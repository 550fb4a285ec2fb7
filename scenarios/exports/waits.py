"""Who waits as a table: each account once, with what is in plan for it, and what is not."""

from __future__ import annotations

from scenarios.requests.who_waits import who_waits
from store.common.sheets import Column, Sheet
from store.records import Item, State

COLUMNS = (
    Column("account", "text", True, 28),
    Column("segment", "text", False, 16),
    Column("revenue a year", "money", True, 14),
    Column("renews", "date", True, 11),
    Column("waits for", "text", True, 48),
    Column("in plan for it", "text", True, 48),
)


def waits_sheet(state: State) -> Sheet:
    """A row for each account that waits for something that is asked for, in plan or below the line; soonest renewal
    first. What is done or declined nobody waits for."""
    wanted = [item.id for item in state.all(Item).values() if item.state in ("plan", "below", "inbox")]
    rows = tuple(
        (
            row.customer.name,
            row.customer.segment,
            row.customer.arr,
            row.renews,
            "; ".join(item.title for item in row.items if item.state != "plan"),
            "; ".join(item.title for item in row.items if item.state == "plan"),
        )
        for row in who_waits(state, wanted).rows
    )
    about = "A row an account, each there once, so that revenue adds up; where none stands, it is not known."
    return Sheet("waits", "Who waits", COLUMNS, rows, about=about)
