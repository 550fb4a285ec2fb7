"""What the first look looks like; see tests/tui/board/test_looks.py. About 3 s."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.tui.app_helpers import NARROW, Room
from tests.tui.board import test_looks
from tests.tui.look.exports import jira_export
from tests.tui.look.test_look_screen import look_at
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]


async def taken(room: Room) -> None:
    """A first look at an export of 120 issues."""
    await look_at(room, jira_export(Path("done.csv"), 120))


def test_narrow(look: Look) -> None:
    """80x24, without colour: bars of letters, a quarter's share of one-offs, rules."""
    assert look(taken, "down", size=NARROW, colour_mode=ColourMode.NONE)


def test_normal(look: Look) -> None:
    """120x40: after a rule that says what the escalations are."""
    assert look(taken, "a", "=label:escalation=O", "enter")
