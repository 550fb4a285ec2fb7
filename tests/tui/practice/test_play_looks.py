"""What a play looks like; see tests/tui/board/test_looks.py. About 5 s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scenarios.trade import changes
from tests.tui.app_helpers import NARROW, WIDE, Room
from tests.tui.board import test_looks
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's plays, at a known moment."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(changes, "now", lambda: datetime(2027, 1, 11, 12, tzinfo=UTC))
    for module in ("tui.practice.play", "tui.practice.debriefs"):
        monkeypatch.setattr(f"{module}.now", changes.now)


async def heard(room: Room) -> None:
    """Begin the first case, let the first event come, and see it said."""
    await room.press("R", "r", "c", "1", "enter")
    await room.until(lambda: "Tickets that work" in room.text)
    await room.press("greater_than_sign")
    await room.until(lambda: room.dialog == "SaidDialog")


def test_the_cases(look: Look) -> None:
    """200x60."""
    assert look("R", "r", "c", size=WIDE)


def test_somebody_says_something(look: Look) -> None:
    """120x40."""
    assert look(heard)


def test_a_debrief(look: Look) -> None:
    """80x24, without colour."""
    assert look(heard, "enter", "R", "r", "p", "d", "down", "down", size=NARROW, colour_mode=ColourMode.NONE)
