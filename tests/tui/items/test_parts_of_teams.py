"""Items of several teams show each team's part, and work moves from one team to another only in words."""

from __future__ import annotations

from pathlib import Path

from store.records import Command, Size, Team, new_id
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NORMAL, TODAY, WIDE, item, opened, small, stored


def two_teams(folder: Path) -> Path:
    """Pay and Platform; “Both” has 4.0 ew of one and 1.5 of the other."""
    path = small(folder, [("Both", 4.0, {}), ("One", 2.0, {})], net=30.0)
    with Workspace.open(path, actor="ada", today=TODAY) as workspace:
        other = Team(id=new_id(), name="Platform", position=1)
        both = item(workspace.load(), "Both").id
        workspace.apply(Command("edit", "two", (other, Size(id=new_id(), item_id=both, team_id=other.id, likely=1.5))))
    return path


def teams_of(path: Path, title: str) -> set[str]:
    """The teams that have a part of an item."""
    state = stored(path)
    sizes = [size for size in state.all(Size).values() if size.item_id == item(state, title).id]
    return {state.all(Team)[size.team_id].name for size in sizes}


async def test_the_plan_rows_name_each_part(tmp_path: Path) -> None:
    path = two_teams(tmp_path)
    async with opened(path, NORMAL) as room:
        rows = room.words("#plan").splitlines()
        assert "Pay 4.0" in rows[0] or "Pa 4.0" in rows[0] or "Pa4+Pl1.5" in rows[0]
        assert "4.0" not in rows[1]
    async with opened(path, WIDE) as room:
        # The second line of the row.
        assert "Pay 4.0 + Platform 1.5" in room.words("#plan").splitlines()[1]


async def test_a_short_title_leaves_room_for_names(tmp_path: Path) -> None:
    async with opened(two_teams(tmp_path), (150, 40)) as room:
        assert "Pay 4.0 + Platform 1.5" in room.words("#plan").splitlines()[0]


async def test_sizing_on_another_team_says_that_the_work_moves(tmp_path: Path) -> None:
    path = two_teams(tmp_path)
    async with opened(path) as room:
        await room.look_at("One")
        await room.press("e")
        assert "instead of" not in room.text
        await room.press("tab")
        assert "for team Platform, instead of Pay: the 2 ew there go" in room.text
        await room.press("escape")
        assert teams_of(path, "One") == {"Pay"}
        await room.press("e", "tab")
        await room.replace("2", "enter")
        assert "from Pay to Platform" in room.header
        await room.press("u")
        assert teams_of(path, "One") == {"Pay"}


async def test_the_edit_form_has_a_line_for_each_team(tmp_path: Path) -> None:
    async with opened(two_teams(tmp_path)) as room:
        await room.look_at("Both")
        await room.press("e")
        assert room.dialog == "Form"
        assert "Pay ew" in room.text
        assert "Platform ew" in room.text
