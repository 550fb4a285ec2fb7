"""What charter, one-offs and commitments look like; see test_looks.py. About 10 s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scenarios.trade import changes
from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing import themes
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]
NOON = datetime(2026, 12, 17, 12, tzinfo=UTC)
#: A role that holds two rights, and a principle.
CHARTER = (
    "C", "a", "=Head of Sales", "enter", "=Sal Reed", "enter", "g", "1", "g", "5",
    "tab", "tab", "a", "=No forks", "enter", "=One code base for everybody", "enter",
)  # fmt: skip
#: The sixth row by a contract; the last one below the line by a day that is past.
PROMISED = (
    *["down"] * 5, "P", "a", "enter", "ctrl+u", "=contract", "enter", "=Hanseatic", "enter", "=2027-04-01", "ctrl+s",
    "escape", "end", "P", "a", "enter", "enter", "=Kestrel", "enter", "=2026-12-01", "ctrl+s",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """One time for all."""
    monkeypatch.setattr(changes, "now", lambda: NOON)


class TestCharter:
    def test_narrow(self, look: Look) -> None:
        """80x24: warnings for what nobody holds."""
        assert look("C", "tab", "tab", "tab", size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: all of it at once."""
        assert look(*CHARTER)


class TestOneOffs:
    def test_narrow(self, look: Look) -> None:
        """80x24, without colour: the band in brackets, the filled part inverse."""
        assert look("O", "end", size=NARROW, colour_mode=ColourMode.NONE)

    def test_wide(self, look: Look) -> None:
        """200x60: who asked, for whom, of what kind."""
        assert look("O", "end", size=WIDE)


class TestCommitments:
    def test_narrow(self, look: Look) -> None:
        """80x24: what is promised and not in plan above all else, and in the header."""
        assert look(*PROMISED, size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40, for a lit room: on the board, marked, and in the header."""
        assert look(*PROMISED, "escape", "home", *["down"] * 5, theme=themes.LIGHT)
