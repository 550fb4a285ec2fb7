"""What was decided, for the tools that the items came from: key, title, a label for where each stands, and its rank."""

from __future__ import annotations

from scenarios.plan.plan import entries_of
from store.common.sheets import Cell, Column, Sheet
from store.records import Item, State

#: Labels without blanks: Jira takes no others.
LABELS = {
    "plan": "makeroom-in-plan",
    "below": "makeroom-not-now",
    "inbox": "makeroom-asked",
    "declined": "makeroom-declined",
}


def jira_sheet(state: State) -> Sheet:
    """For Jira's CSV import, which knows an issue by its key and wants a summary."""
    return Sheet("jira", "For Jira", _columns("Issue Key", "Summary"), _rows(state), exact=True)


def linear_sheet(state: State) -> Sheet:
    """For scripts on Linear's API and spreadsheets beside it: its own import makes new issues only."""
    return Sheet("linear", "For Linear", _columns("ID", "Title"), _rows(state), exact=True)


def without_key(state: State) -> int:
    """How many items have no key, and are left out: the tool would make new ones of them."""
    return sum(not _known_there(entry.item) for entry in entries_of(state, *LABELS))


def _known_there(item: Item) -> bool:
    """Whether an item has a key of its tool: not one that is made of its parent and its title, for want of another."""
    key, title = item.source_key or "", item.source_title or ""
    return bool(key) and not (title and key.endswith(f" / {title[:90]}"))


def _columns(key: str, title: str) -> tuple[Column, ...]:
    return (Column(key), Column(title, width=48), Column("Labels", width=20), Column("Rank", "number"))


def _rows(state: State) -> tuple[tuple[Cell, ...], ...]:
    """By where they stand and by rank, which counts on from the plan to what is below the line."""
    keyed = [
        (entry.item, label)
        for where, label in LABELS.items()
        for entry in entries_of(state, where)
        if _known_there(entry.item)
    ]
    # The title that the tool has: what an item is called here was not decided for there.
    return tuple(
        (item.source_key, item.source_title or item.title, label, rank) for rank, (item, label) in enumerate(keyed, 1)
    )
