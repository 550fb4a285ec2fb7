"""What the quarter graded looks like; see tests/tui/board/test_looks.py. About 4 s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scenarios.trade import changes
from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "now", lambda: datetime(2026, 12, 17, 12, tzinfo=UTC))


def test_narrow(look: Look) -> None:
    """80x24: no room for pies; the table of the three mixes has their figures."""
    assert look("R", "q", "down", size=NARROW)


def test_normal_without_colour(look: Look) -> None:
    """120x40: three pies of letters."""
    assert look("R", "q", "down", colour_mode=ColourMode.NONE)


def test_wide(look: Look) -> None:
    """200x60: large pies."""
    assert look("R", "q", "down", size=WIDE)
