"""The tour of the demo from its offer to its end, by what it says; left, resumed, and never again unless asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.database.places import DEMO
from store.sidecars import preferences
from tests.tui.app_helpers import Room, demo, item, opened, small


def tour(room: Room) -> str:
    found = [line.strip() for line in room.lines if line.lstrip().startswith("TOUR")]
    return found[0] if found else ""


async def test_from_the_offer_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences, "config_folder", lambda: tmp_path / "mine")
    path = demo(tmp_path)
    async with opened(path, (80, 24), name=DEMO, own_process=True) as room:
        assert "f7 begins a tour" in tour(room)
        await room.press("down")
        assert "f7 begins a tour" in tour(room)
        await room.press("f7")
        assert tour(room).startswith("TOUR 1 of 10")
        await room.press("down")
        assert tour(room).startswith("TOUR 2 of 10")
        await room.press("space")
        assert tour(room).startswith("TOUR 3 of 10")
        await room.press("space", "f7")
        assert tour(room) == ""
    # It was left: nothing is said of it, and its key takes it up where it was.
    async with opened(path, (80, 24), name=DEMO, own_process=True) as room:
        assert tour(room) == ""
        await room.press("f7")
        assert tour(room).startswith("TOUR 3 of 10")
    # It was not left: it is there again.
    async with opened(path, name=DEMO, own_process=True) as room:
        assert tour(room).startswith("TOUR 3 of 10")
        await room.press("i")
        assert tour(room).startswith("TOUR 4 of 10  This one fits: enter says yes")
        await room.press("enter")
        assert tour(room).startswith("TOUR 5 of 10")
        await room.press("i", "enter")
        assert tour(room).startswith("TOUR 6 of 10")
        await room.until(lambda: not room.board.swapping.busy and room.board.sheet.swaps.rows)
        await room.press("1", "enter", "enter", "enter")
        await room.until(lambda: tour(room).startswith("TOUR 7 of 10"))
        assert item(room.state, "Supplier self-service portal").state == "plan"
        await room.press("u")
        assert tour(room).startswith("TOUR 8 of 10")
        await room.press("c", "escape")
        assert tour(room).startswith("TOUR 9 of 10")
        # What somebody knows already is passed over.
        await room.press("f5")
        assert tour(room).startswith("TOUR 10 of 10")
        await room.press("?", "escape")
        assert "That was the tour" in tour(room)
        await room.press("f7")
        assert tour(room) == ""
    async with opened(path, name=DEMO, own_process=True) as room:
        assert tour(room) == ""


async def test_elsewhere_its_key_says_where_it_is(tmp_path: Path) -> None:
    async with opened(small(tmp_path, [("One", 2.0, {})])) as room:
        assert tour(room) == ""
        await room.press("f7")
        assert "makeroom demo" in room.text
        await room.press("f5")
        assert tour(room) == ""
