"""A workspace with one team of three engineers, all there all quarter: 64 working days each, 38.4 ew in all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from store.records import Capacity, Command, Person, Record, TeamTime, new_id
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import TODAY, small

#: Q1 2027 by the calendar: 1 Jan is a Friday; 21 working days in January, 20 in February, 23 in March.
DAYS = 64
NET = 3 * DAYS / 5


def crew(folder: Path, load: float = 10.0, items: int = 5) -> Path:
    """``items`` items in plan, ``load`` ew together, and three engineers."""
    path = small(folder, [(f"Work {at}", load / items, {}) for at in range(items)], net=NET)
    with Workspace.open(path, actor="ada", today=TODAY) as workspace:
        state = workspace.load()
        assert (state.quarter.starts, state.quarter.ends) == (date(2027, 1, 1), date(2027, 3, 31))
        (capacity,) = state.all(Capacity).values()
        puts: list[Record] = [TeamTime(id=new_id(), team_id=capacity.team_id)]
        puts += [
            Person(id=new_id(), team_id=capacity.team_id, name=f"engineer {at + 1}", position=at) for at in range(3)
        ]
        workspace.apply(Command("edit", "people", tuple(puts)))
    return path
