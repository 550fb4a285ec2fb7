"""What a report looks like; see tests/tui/board/test_looks.py. About 2 s."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scenarios.trade import changes
from tests.tui.board import test_looks

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
