"""What the mapping screen and its conflicts look like; see test_looks.py. About 10 s."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.imports import mappings
from store.records import Command, Item
from tests.tui.app_helpers import NARROW, WIDE, Room
from tests.tui.board import test_looks
from tests.tui.imports.import_helpers import import_of, looked
from tui.drawing import themes
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]
HEAD = "key,title,owner,days,labels\n"
FIRST = HEAD + "X-1,Audit log for admins,Ada,10,security\nX-2,Export to XML,Ada,5,web\nX-3,Refunds by hand,Ada,3,\n"
NEWER = (
    HEAD
    + "X-1,Audit log for admins,Cy,10,security\nX-2,Export to XML,Cy,8,web\nX-5,Café [Q3] 東京,Ada,2-3-5,discovery\n"
    ",,Cy,,\nX-6,Broken,Cy,lots,\n"
)


@pytest.fixture(autouse=True)
def _no_mappings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mappings, "config_folder", lambda: tmp_path / "config")


async def again(room: Room) -> None:
    """A file comes in, owners are changed here, and a newer file has other ones."""
    file = Path("backlog.csv")
    file.write_text(FIRST, encoding="utf-8")
    await import_of(room, file)
    await room.press("I")
    await room.until(lambda: room.dialog == "")
    session = room.board.session
    items = [one for one in session.state.each(Item) if (one.source_key or "").startswith("X-")]
    session.commit(Command("edit", "edit", tuple(one.model_copy(update={"owner": "Bo"}) for one in items)))
    room.board.refresh_all()
    file.write_text(NEWER, encoding="utf-8")
    await import_of(room, file)


class TestMapping:
    def test_narrow(self, look: Look) -> None:
        """80x24: what it is read as above what that leads to."""
        assert look(again, size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: the columns with samples beside the rows that are not taken, for a lit room."""
        assert look(again, "tab", *["right"] * 4, theme=themes.LIGHT)

    def test_wide(self, look: Look) -> None:
        """200x60: everything on one page."""
        assert look(again, "end", size=WIDE)

    def test_no_colour(self, look: Look) -> None:
        """With NO_COLOR, a rate that is needed is in words."""
        Path("points.csv").write_text("title,points\nA,3\n", encoding="utf-8")

        async def points(room: Room) -> None:
            await import_of(room, "points.csv")

        assert look(points, size=NARROW, colour_mode=ColourMode.NONE)


class TestConflicts:
    def test_narrow(self, look: Look) -> None:
        """80x24: three versions, one chosen."""
        assert look(again, "c", "s", size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: chosen, and back at the preview."""
        assert look(again, "c", "S", "enter", looked, "tab")
