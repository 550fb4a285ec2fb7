"""What the accounts look like; see tests/tui/board/test_looks.py. About 4 s."""

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
#: One more, spelled as another one is.
TWIN = ("A", "a", "=KESTREL Parcel GmbH", "enter", "=12.5k", "ctrl+s")


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "now", lambda: datetime(2026, 12, 17, 12, tzinfo=UTC))


def test_narrow(look: Look) -> None:
    """80x24, without colour: name, revenue, renewal, what it waits for."""
    assert look("A", "down", "down", size=NARROW, colour_mode=ColourMode.NONE)


def test_normal(look: Look) -> None:
    """120x40: two names that look like one, and what the cursor's account waits for."""
    assert look(*TWIN)


def test_wide(look: Look) -> None:
    """200x60: segment and owner beside them, in the form what is known of one."""
    assert look("A", "e", size=WIDE)
