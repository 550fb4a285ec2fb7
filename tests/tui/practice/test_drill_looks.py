"""What a drill looks like; see tests/tui/board/test_looks.py. About 4 s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scenarios.trade import changes
from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's record, at a known moment."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(changes, "now", lambda: datetime(2027, 1, 11, 12, tzinfo=UTC))


def test_the_choice(look: Look) -> None:
    """80x24, without colour."""
    assert look("R", "r", "d", "enter", size=NARROW, colour_mode=ColourMode.NONE)


def test_both_sides(look: Look) -> None:
    """120x40."""
    assert look("R", "r", "d", "enter", "2", "=A limit may be all the control they mean", "enter")


def test_the_situation(look: Look) -> None:
    """200x60."""
    assert look("R", "r", "d", size=WIDE)
