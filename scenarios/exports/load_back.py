"""What was decided, for the tools that the items came from: key, title, a label for where each stands, and its rank."""

from __future__ import annotations

from scenarios.plan.plan import entries_of
from store.common.sheets import Cell, Column, Sheet
from store.records import State

#: Labels without blanks: Jira takes no others.
LABELS = {
    "plan": "makeroom-in-plan",
    "below": "makeroom-not-now",
    "inbox": "makeroom-asked",
    "declined": "makeroom-declined",
}


def jira_sheet(state: State) -> Sheet:
    """For Jira's CSV import, which knows an issue by its key and wants a summary."""
    return Sheet("jira", "For Jira", _columns("Issue Key", "Summary"), _rows(state))


def linear_sheet(state: State) -> Sheet:
    """For scripts on Linear's API and spreadsheets beside it: its own import makes new issues only."""
    return Sheet("linear", "For Linear", _columns("ID", "Title"), _rows(state))


def without_key(state: State) -> int:
    """How many items have no key, and are left out: the tool would make new ones of them."""
    return sum(not entry.item.source_key for entry in entries_of(state, *LABELS))


def _columns(key: str, title: str) -> tuple[Column, ...]:
    return (Column(key), Column(title, width=48), Column("Labels", width=20), Column("Rank", "number"))


def _rows(state: State) -> tuple[tuple[Cell, ...], ...]:
    """By where they stand and by rank, which counts on from the plan to what is below the line."""
    keyed = [
        (entry.item, label)
        for where, label in LABELS.items()
        for entry in entries_of(state, where)
        if entry.item.source_key
    ]
    return tuple((item.source_key, item.title, label, rank) for rank, (item, label) in enumerate(keyed, 1))
