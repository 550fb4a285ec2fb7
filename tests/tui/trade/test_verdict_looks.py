"""What the verdict and the list of exceptions look like; see test_looks.py. About 10 s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scenarios.trade import changes
from tests.tui.app_helpers import NARROW
from tests.tui.board import test_looks
from tui.trade_sheet import verdict_panel

look = test_looks.look
Look = Callable[..., bool]
NOON = datetime(2026, 12, 17, 12, tzinfo=UTC)
#: The largest request, its second swap, and somebody who may not sign for its share of one-offs.
ASKED = ("i", "i", "i", "enter", "2", "enter", "=Luis", "enter", "=the depots wait", "enter")


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """One time for all."""
    monkeypatch.setattr(changes, "now", lambda: NOON)
    monkeypatch.setattr(verdict_panel, "now", lambda: NOON)


class TestVerdict:
    def test_narrow(self, look: Look) -> None:
        """80x24: all lines of the verdict, and whose signature it takes."""
        assert look(*ASKED, size=NARROW)


class TestExceptions:
    def test_normal(self, look: Look) -> None:
        """120x40: what stands, with a review that is due, over the board that says so."""
        more = (
            "enter",
            "enter",
            "exclamation_mark",
            "v",
            "enter",
            "=once more",
            "enter",
            "=2026-01-31",
            "enter",
            "enter",
        )
        assert look(*ASKED, *more)
