"""One request is weighed once, its signatures are worked out once, and what is written of it is guarded once."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from scenarios.trade.door import Trade
from scenarios.trade.guard import guard
from scenarios.verdict.signatures import needed_for
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import latest, opened, stored, titles
from tests.tui.trade.test_swap_sheet import LINE, REQUEST, ask, room_of_ten
from tui.cli import main

ONCE = {"weighed": 1, "signatures": 1, "guarded": 1}
SAID = ("--by", "Eva", "--because", "the renewal")


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of the three is really done, whoever calls it."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    counted: Counter[str] = Counter()

    def counting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            counted[name] += 1
            return real(*given, **named)

        return call

    monkeypatch.setattr(Trade, "of", counting("weighed", Trade.of))
    # Whoever imports them by name later than now would keep the counter of this test.
    for name in ("scenarios.trade.decision", "scenarios.verdict.settlement", "tui.session.session"):
        import_module(name)
    for name, real in (("guarded", guard), ("signatures", needed_for)):
        counter = counting(name, real)
        for module in list(sys.modules.values()):
            if getattr(module, real.__name__, None) is real and module.__name__.startswith(("scenarios.", "tui.")):
                monkeypatch.setattr(module, real.__name__, counter)
    return counted


def events(path: Path) -> int:
    with Workspace.open(path, read_only=True) as workspace:
        return len(workspace.events())


def waiting(folder: Path) -> Path:
    """The request waits in the inbox."""
    path = room_of_ten(folder)
    assert main(["--db", str(path), "add", LINE, "--inbox"]) == 0
    return path


def check_taken(path: Path) -> None:
    """It is in, for what left, and who decided is on record."""
    state = stored(path)
    decision, moves = latest(state)
    assert (decision.decided_by, moves["in"]) == ("Eva", [REQUEST])
    assert REQUEST in titles(state, "plan")
    assert moves["out"]


def test_a_waiting_request_on_the_command_line(tmp_path: Path, counts: Counter[str]) -> None:
    path = waiting(tmp_path)
    counts.clear()
    before = events(path)
    assert main(["--db", str(path), "trade", REQUEST, "--swap", "1", *SAID]) == 0
    check_taken(path)
    assert (counts, events(path) - before) == (ONCE, 1)


def test_a_new_request_on_the_command_line(tmp_path: Path, counts: Counter[str]) -> None:
    """It is received and traded for in one step, guarded once."""
    path = room_of_ten(tmp_path)
    before = events(path)
    assert main(["--db", str(path), "add", LINE, "--swap", "1", *SAID]) == 0
    check_taken(path)
    assert (counts, events(path) - before) == (ONCE, 1)


def test_what_fits_on_the_command_line(tmp_path: Path, counts: Counter[str]) -> None:
    path = room_of_ten(tmp_path, net=60.0)
    before = events(path)
    assert main(["--db", str(path), "add", LINE, *SAID]) == 0
    assert (counts, events(path) - before) == (ONCE, 1)


async def test_a_waiting_request_in_the_app(tmp_path: Path, counts: Counter[str]) -> None:
    path = waiting(tmp_path)
    async with opened(path) as room:
        before = events(path)
        counts.clear()
        await room.press("i", "enter")
        await room.until(lambda: not room.board.swapping.busy, "the swaps")
        await room.press("enter")
        await room.write("Eva", "enter")
        await room.write("the renewal", "enter")
        check_taken(path)
        assert (counts, events(path) - before) == (ONCE, 1)


async def test_a_new_request_in_the_app(tmp_path: Path, counts: Counter[str]) -> None:
    path = room_of_ten(tmp_path)
    async with opened(path) as room:
        before = events(path)
        counts.clear()
        await ask(room)
        await room.press("enter")
        await room.write("Eva", "enter")
        await room.write("the renewal", "enter")
        check_taken(path)
        assert (counts, events(path) - before) == ({**ONCE, "guarded": 2}, 2)
