"""What the list of plans and time travel look like; see test_looks.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from scenarios.snapshots import capture
from store.workspace import scenario_files
from tests.tui.app_helpers import NARROW
from tests.tui.board import test_looks

look = test_looks.look
Look = Callable[..., bool]
NOON = datetime(2026, 12, 17, 12, tzinfo=UTC)
SAVED = ("s", "s", "=As agreed", "enter", "=before the call with Acme", "enter")
BRANCHED = ("b", "=Acme yes", "enter", "=what if we say yes", "enter", "down", "b", "s")
DECIDED = ("b", "home", "b", "comma", "comma")


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """One time for all."""

    class Noon(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return NOON.astimezone(tz)

    monkeypatch.setattr(scenario_files, "datetime", Noon)
    monkeypatch.setattr(capture, "now", lambda: NOON)


class TestPlans:
    def test_normal(self, look: Look) -> None:
        """A snapshot, and a scenario that is on the board."""
        assert look(*SAVED, *BRANCHED)

    def test_narrow(self, look: Look) -> None:
        """The same in 80x24."""
        assert look(*SAVED, *BRANCHED, size=NARROW)


class TestTimeTravel:
    def test_normal(self, look: Look) -> None:
        """The plan as it was at the first of two decisions."""
        assert look(*DECIDED)

    def test_narrow(self, look: Look) -> None:
        """The same in 80x24, with the plan in the list's place."""
        assert look(*DECIDED, "enter", size=NARROW)
