"""What the compare screen looks like; see test_looks.py. About 20 s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scenarios.snapshots import capture
from scenarios.trade import changes
from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing import themes
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]
NOON = datetime(2026, 12, 17, 12, tzinfo=UTC)
#: A baseline, then one item out and another one in; a snapshot, and once more.
WHY = ("=asked for by none", "enter", "=Priya", "enter")
AGREED = ("B", "enter", "home", "b", *WHY, "end", "up", "b")
SAVED = ("s", "s", "=As agreed", "enter", "enter", "escape")
CHANGED = ("home", "down", "b", *WHY)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """One time for all."""
    monkeypatch.setattr(capture, "now", lambda: NOON)
    monkeypatch.setattr(changes, "now", lambda: NOON)


class TestCompare:
    def test_narrow(self, look: Look) -> None:
        """80x24: the baseline against now, bars in place of pies."""
        assert look(*AGREED, "d", "b", size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: a snapshot against now, all items, for a lit room."""
        assert look(*AGREED, *SAVED, *CHANGED, "d", "1", "D", theme=themes.LIGHT)

    def test_wide(self, look: Look) -> None:
        """200x60: three pies, and the likely quarters under each."""
        assert look(*AGREED, *SAVED, *CHANGED, "d", "1", "d", "b", size=WIDE)

    def test_no_colour(self, look: Look) -> None:
        """With NO_COLOR, the mix is letters."""
        assert look(*AGREED, "d", "b", size=NARROW, colour_mode=ColourMode.NONE)
