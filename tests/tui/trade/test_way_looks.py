"""What the ways out look like; see test_looks.py. About 10 s."""

from __future__ import annotations

from collections.abc import Callable

from tests.tui.app_helpers import NARROW
from tests.tui.board import test_looks
from tui.drawing import themes

look = test_looks.look
Look = Callable[..., bool]
#: The supplier portal comes in as a pilot on one team, to begin with.
PILOT = ("i", "i", "enter", "o", "i", "=1-1.2-2", "tab", "tab", "tab", "=4", "tab", "=3 of 4 use it weekly")
#: A planned item goes to a partner, with half a week of support.
PARTNER = ("tab", "down", "W", "r", "=Nordlys AS", "tab", "=0.5", "ctrl+s")


class TestWays:
    def test_marked_by_a_way(self, look: Look) -> None:
        """80x24: asked as a pilot, and a planned item that a partner takes over."""
        assert look(*PILOT, "ctrl+s", *PARTNER, size=NARROW)

    def test_being_filled_in(self, look: Look) -> None:
        """120x40, for a lit room: the few fields of a pilot, what it frees and the odds then."""
        assert look(*PILOT, theme=themes.LIGHT)
