"""What a quarter looks like as it runs; see test_looks.py. About ten seconds."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tests.tui.quarter.running_quarter import make_running
from tui.board import board_view
from tui.drawing.colours import ColourMode
from tui.quarter import progress_flow

look = test_looks.look
Look = test_looks.Look


class _Then(date):
    """The Friday of week 6."""

    @classmethod
    def today(cls) -> date:
        return date(2027, 2, 12)


@pytest.fixture(autouse=True)
def _running(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is looked at here, the quarter runs, and it is week 6."""
    monkeypatch.setattr(test_looks, "make_demo", make_running)
    monkeypatch.setattr(progress_flow, "date", _Then)
    monkeypatch.setattr(board_view, "date", _Then)


class TestBoard:
    def test_normal(self, look: Look) -> None:
        """120x40: spent and left, marks, the odds week by week."""
        assert look("down")

    def test_narrow(self, look: Look) -> None:
        """80x24 without colours; the pie of what is left."""
        assert look("l", "down", size=NARROW, colour_mode=ColourMode.NONE)

    def test_wide(self, look: Look) -> None:
        """200x60."""
        assert look("down", size=WIDE)


class TestProgress:
    def test_narrow(self, look: Look) -> None:
        """80x24: an item finished, another one told of."""
        assert look("g", "d", "enter", "9", size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: the same, and half a day more of a third."""
        assert look("g", "d", "enter", "9", "enter", "plus")


class TestBurn:
    def test_narrow(self, look: Look) -> None:
        """80x24 without colours."""
        assert look("W", size=NARROW, colour_mode=ColourMode.NONE)

    def test_normal(self, look: Look) -> None:
        """120x40."""
        assert look("W")

    def test_wide(self, look: Look) -> None:
        """200x60."""
        assert look("W", size=WIDE)
