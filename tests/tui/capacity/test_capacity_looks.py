"""The capacity screen: `pytest tests/tui/capacity/test_capacity_looks.py --snapshot-update` draws it anew."""

from __future__ import annotations

from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board.test_looks import Look, look

__all__ = ["look"]
#: The first person of the first team leaves in week 6, and the next one is off for half a day.
_CHANGED = ("c", "down", *["right"] * 5, "x", "down", "minus")


class TestCapacity:
    def test_narrow(self, look: Look) -> None:
        """80x24: a column a week, a small pie, the bar alone."""
        assert look(*_CHANGED, size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: what the room sees on the projector."""
        assert look(*_CHANGED)

    def test_targets(self, look: Look) -> None:
        """200x60: the odds target and the aims, one slice taking from another."""
        assert look("c", "t", "left", "down", "down", "space", "up", "right", "right", size=WIDE)
