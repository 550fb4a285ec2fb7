"""The ledger of one-offs as a table, the present quarter first."""

from __future__ import annotations

from scenarios.rules.one_offs import ledger_of
from store.common.sheets import Cell, Column, Sheet
from store.records import Quarter, State

COLUMNS = (
    Column("quarter", "text", True, 10),
    Column("key", "text", False, 12),
    Column("title", "text", True, 48),
    Column("customer", "text", True, 20),
    Column("asked by", "text", True, 16),
    Column("kind", "text", True, 22),
    Column("likely (ew)", "ew", True, 10),
    Column("took (ew)", "ew", True, 10),
    Column("return (times)", "times", True, 10),
    Column("state", "text", True, 14),
    Column("under way", "yes", False, 9),
    Column("decided", "time", False, 17),
    Column("decided by", "text", True, 16),
    Column("because", "text", False, 40),
    Column("bought by the purse", "text", True, 16),
    Column("purse (ew)", "ew", False, 10),
)


def one_offs_sheet(state: State) -> Sheet:
    """A row for each one-off of each quarter, largest first; ``return`` is expected value over full cost."""
    rows: list[tuple[Cell, ...]] = []
    present = state.quarter
    for quarter in sorted(
        state.all(Quarter).values(), key=lambda each: (each.id != present.id, -state.number_of(each), -each.id)
    ):
        for one in ledger_of(state, quarter.id):
            item, said = one.entry.item, one.said
            rows.append(
                (
                    quarter.name,
                    item.source_key,
                    item.title,
                    one.whose,
                    one.asked_by,
                    one.kind or "",
                    one.entry.ew if one.entry.sized else None,
                    one.took,
                    one.ratio.amount,
                    one.state,
                    one.under_way,
                    said.decision.at if said else None,
                    said.decision.decided_by if said else "",
                    said.decision.because if said else "",
                    one.pick.who if one.pick else "",
                    one.pick.effort if one.pick else None,
                )
            )
    about = (
        "A row a one-off and quarter: asked for, decided or done in it. Effort is under way where it says so; the "
        "return is the expected value in times of the full cost."
    )
    return Sheet("one-offs", "One-offs", COLUMNS, tuple(rows), about=about)
