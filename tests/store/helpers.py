"""Shorthands for the store's tests."""

from datetime import date
from pathlib import Path

from store.records import RECORDS, Command, Item, Record, Size, State, Team
from store.workspace.workspace import Workspace

TODAY = date(2026, 11, 21)


def fresh(path: Path, actor: str = "ada") -> Workspace:
    return Workspace.open(path, actor=actor, today=TODAY, seed=7)


def item(number: int, **values: object) -> Item:
    return Item.model_validate({"id": number, "title": f"item {number}", "rank": 1.0, "draw": 1, **values})


def put(*records: Record, label: str = "edit") -> Command:
    return Command("edit", label, puts=records)


def with_sizes() -> Command:
    """A team, an item and its size, all new."""
    return put(Team(id=-1, name="Web"), item(-2, title="Webhooks"), Size(id=-3, item_id=-2, team_id=-1, likely=2))


def content(state: State) -> dict[str, dict[int, dict[str, object]]]:
    """Everything in a state but the revisions."""
    return {
        record.table: {key: row.model_dump(exclude={"rev"}) for key, row in state.tables[record.table].items()}
        for record in RECORDS
    }
