"""A workspace of six teams with five items of 2.0 ew each below the line, by rank one of each team in turn."""

from __future__ import annotations

from pathlib import Path

from store.records import Capacity, Command, Item, Record, Size, Team, new_id
from tests.store.copies import copied
from tests.tui.app_helpers import fresh

TEAMS = ("Platform", "Billing", "Growth", "Core", "Mobile", "Integrations")


def six_teams(folder: Path, net: float = 10.0) -> Path:
    """The file; each team has so much net capacity (ew)."""
    return copied(folder / "room.db", f"six teams of {net}", lambda path: _make(path, net))


def _make(path: Path, net: float) -> None:
    with fresh(path) as workspace:
        state = workspace.load()
        teams = [Team(id=new_id(), name=name, position=at) for at, name in enumerate(TEAMS)]
        puts: list[Record] = [state.workspace.model_copy(update={"started": True}), *teams]
        puts += [Capacity(id=new_id(), quarter_id=state.quarter.id, team_id=team.id, net=net) for team in teams]
        for number in range(30):
            team = teams[number % 6]
            title = f"{team.name} wish {1 + number // 6}"
            item = Item(id=new_id(), title=title, rank=number + 1.0, draw=700 + number)
            puts += [item, Size(id=new_id(), item_id=item.id, team_id=team.id, likely=2.0)]
        workspace.apply(Command("edit", "set up", tuple(puts)))
