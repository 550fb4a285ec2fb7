"""A small workspace whose capacity is known by heart: thirteen whole weeks, and Ines, who gives 13.0 ew in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from store.records import Capacity, Command, Item, Person, Size, Team, TeamTime, new_id
from store.workspace.workspace import Workspace
from tests.store.copies import copied


def with_ines(path: Path) -> Path:
    """Ines is Pay, Web is a plain 10 ew; in plan are 2 ew of features and 2 ew of infrastructure, all of Pay."""
    return copied(path, "Ines", _make)


def _make(path: Path) -> None:
    with Workspace.open(path) as workspace:
        quarter = workspace.load().quarter.model_copy(
            update={"name": "Q1 2027", "starts": date(2027, 1, 4), "ends": date(2027, 4, 4)}
        )
        pay, web = Team(id=new_id(), name="Pay", position=1), Team(id=new_id(), name="Web", position=2)
        items = [
            Item(id=new_id(), title=title, slice=letter, state="plan", rank=at, draw=at)
            for at, (title, letter) in enumerate((("Rates", "F"), ("Fees", "I")))
        ]
        rows = (
            quarter,
            pay,
            web,
            Capacity(id=new_id(), quarter_id=quarter.id, team_id=pay.id, net=13.0),
            Capacity(id=new_id(), quarter_id=quarter.id, team_id=web.id, net=10.0),
            TeamTime(id=new_id(), team_id=pay.id),
            Person(id=new_id(), team_id=pay.id, name="Ines"),
            *items,
            *(Size(id=new_id(), item_id=item.id, team_id=pay.id, low=1.5, likely=2, high=3) for item in items),
        )
        workspace.apply(Command("edit", "what is there", rows))
