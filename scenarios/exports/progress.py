"""How far everything in plan is, and what came unplanned, as tables."""

from __future__ import annotations

from scenarios.figures.teams import teams_of
from scenarios.plan.plan import entries_of
from scenarios.plan.progress import unplanned_in
from store.common.sheets import Column, Sheet
from store.records import Customer, State

PROGRESS_COLUMNS = (
    Column("number", "number", False, 8),
    Column("item", "text", True, 48),
    Column("team", "text", True, 16),
    Column("likely ew", "ew", True, 10),
    Column("spent ew", "ew", True, 10),
    Column("spent in earlier quarters ew", "ew", False, 12),
    Column("left low ew", "ew", False, 10),
    Column("left ew", "ew", True, 10),
    Column("left high ew", "ew", False, 10),
    Column("started", "date", False, 11),
    Column("done", "date", True, 11),
    Column("counted", "yes", False, 8),
    Column("told as of", "date", True, 11),
)
INTERRUPT_COLUMNS = (
    Column("number", "number", False, 8),
    Column("day", "date", True, 11),
    Column("team", "text", True, 16),
    Column("ew", "ew", True, 8),
    Column("what", "text", True, 48),
    Column("account", "text", True, 24),
    Column("asked by", "text", True, 20),
    Column("slice", "text", False, 6),
    Column("source", "text", False, 16),
    Column("note", "text", False, 40),
)


def progress_sheet(state: State) -> Sheet:
    """A row for each team's part of each item in plan, in rank order. What is likely left of it stands there once the
    quarter runs: as estimated anew where low and high say so, else the likely size less what was spent."""
    names = {team.id: team.name for team in teams_of(state)}
    rows = []
    for entry in entries_of(state, "plan"):
        for size in entry.sizes:
            told = entry.progress_of(size.team_id)
            left = told.left
            rows.append(
                (
                    entry.item.id,
                    entry.item.title,
                    names[size.team_id],
                    size.likely,
                    told.spent,
                    told.earlier,
                    left.low if left is not None else None,
                    told.left_of(size),
                    left.high if left is not None else None,
                    told.started_on,
                    told.done_on,
                    told.counted if told.done else None,
                    told.told_on,
                )
            )
    about = "A row a team's part of an item. What is done took what was spent, where that was counted."
    return Sheet("progress", "Progress", PROGRESS_COLUMNS, tuple(rows), about=about)


def interrupts_sheet(state: State) -> Sheet:
    """A row for each interrupt of the quarter, by day."""
    names = {team.id: team.name for team in teams_of(state)}
    customers = state.all(Customer)
    rows = tuple(
        (
            row.id,
            row.day,
            names[row.team_id],
            row.effort,
            row.title,
            customers[row.customer_id].name if row.customer_id is not None else "",
            row.asked_by,
            row.slice or "",
            row.source,
            row.note,
        )
        for row in unplanned_in(state, state.quarter)
    )
    about = "What came unplanned and was done at once, with what it took."
    return Sheet("interrupts", "Interrupts", INTERRUPT_COLUMNS, rows, about=about)
