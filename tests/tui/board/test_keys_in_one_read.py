"""Two keys in one read: a dialog that has answered does not answer again, and nothing below it goes. About 15 s."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.tui.app_helpers import demo, opened, things

#: The keys that open each kind of screen from the board.
WAYS = {
    "menu": ("X",),
    "form": ("X", "p", "m"),
    "size": ("e",),
    "edit": ("E",),
    "help": ("question_mark",),
    "quick add": ("a",),
    "capacity": ("c",),
    "history": ("h",),
    "scenarios": ("s",),
    "charter": ("C",),
    "who waits": ("w",),
    "card": ("i", "r"),
    "facts": ("i", "f"),
    "round": ("e", "v"),
    "levers": ("plus",),
    "frontier": ("F",),
    "memo": ("m",),
    "import": ("I",),
}


@pytest.mark.parametrize("way", WAYS)
async def test_each_screen_is_left_once(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(demo(tmp_path)) as room:
        before = things(room.state)
        for pair in itertools.product(("escape", "enter"), repeat=2):
            await room.press(*WAYS[way])
            for key in pair:
                room._send(key)
            await room.settle()
            assert room.app._exception is None, pair
            for _ in range(6):
                await room.press("escape")
            assert type(room.app.screen).__name__ == "Board", pair
            if "enter" not in pair:
                assert things(room.state) == before


async def test_a_screenful_down_before_there_are_rows(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("i")
        for key in ("r", "pagedown", "end", "pageup"):
            room._send(key)
        await room.settle()
        assert room.app._exception is None


async def test_three_keys_in_one_read_leave_the_board(tmp_path: Path) -> None:
    """The board is no dialog: more ways back than there are screens go nowhere."""
    async with opened(demo(tmp_path)) as room:
        await room.press("X", "p", "m")
        for _ in range(5):
            room._send("escape")
        await room.settle()
        assert room.app._exception is None
        assert type(room.app.screen).__name__ == "Board"
        await room.press("a")
        assert room.dialog != ""
