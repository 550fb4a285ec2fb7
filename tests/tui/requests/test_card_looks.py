"""What the request card, the facts and who waits look like; see test_looks.py. About 10 s."""

from __future__ import annotations

from collections.abc import Callable

from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing import themes
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]
#: The cursor on the request that does not fit.
ASKED = ("i", "i", "i")


class TestCard:
    def test_narrow(self, look: Look) -> None:
        """80x24: the card from its top."""
        assert look(*ASKED, "r", size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: the card at its end, with what was not given in one line a section."""
        assert look(*ASKED, "r", "end")

    def test_wide(self, look: Look) -> None:
        """200x60: all of the card, for a lit room."""
        assert look(*ASKED, "r", size=WIDE, theme=themes.LIGHT)


class TestFacts:
    def test_narrow(self, look: Look) -> None:
        """80x24, with NO_COLOR."""
        assert look(*ASKED, "f", size=NARROW, colour_mode=ColourMode.NONE)

    def test_normal(self, look: Look) -> None:
        """120x40: the facts with the best swap, and the figures of a line over them."""
        assert look(*ASKED, "f", "down", "down", "down", "down", "?")


class TestWhoWaits:
    def test_normal(self, look: Look) -> None:
        """120x40: for everything below the line."""
        assert look(*ASKED, "w", "tab")
