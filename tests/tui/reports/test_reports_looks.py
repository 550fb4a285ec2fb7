"""What a report looks like; see tests/tui/board/test_looks.py. About 7 s."""

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


def test_month(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """120x40: the month of the demo, whose quarter has not begun: most parts say so in a line."""
    monkeypatch.setattr(changes, "now", lambda: datetime(2026, 12, 17, 12, tzinfo=UTC))
    assert look("R", "m", "down", "down", "down")


def test_patterns(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """80x24: what the demo's year before has in common, on the pattern that enter asks for."""
    monkeypatch.setattr(changes, "now", lambda: datetime(2026, 12, 17, 12, tzinfo=UTC))
    assert look("R", "p", "down", "down", size=(80, 24))


def test_voices(look: Look) -> None:
    """80x24: whom the demo's plan is for, beside the charter's order; on a persona that got less than a later one."""
    assert look("R", "v", "down", "down", "down", size=NARROW)


def test_voices_without_colour(look: Look) -> None:
    """120x40, without colour: the requests that set personas at odds, too."""
    assert look("R", "v", "end", colour_mode=ColourMode.NONE)


def test_health(look: Look) -> None:
    """120x40: nobody has answered for the quarter to come; by quarter, those before."""
    assert look("R", "h")


def test_health_in_a_narrow_room_without_colour(look: Look) -> None:
    """80x24: the trend by role, the last step that went down."""
    assert look("R", "h", "end", "up", "up", size=NARROW, colour_mode=ColourMode.NONE)


def test_patterns_in_a_wide_room(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """200x60: the pattern, its one-offs, and the general answer that is followed."""
    monkeypatch.setattr(changes, "now", lambda: datetime(2026, 12, 17, 12, tzinfo=UTC))
    assert look("R", "p", "down", size=WIDE)
