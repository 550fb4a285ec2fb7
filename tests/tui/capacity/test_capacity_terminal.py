"""In a real terminal: one engineer leaves from week 6. Odds and shortfall are held against a simulation of our own."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from store.records import RECORDS
from tests.tui.app_helpers import stored, things
from tests.tui.seats.crew import NET, crew
from tests.tui.terminal import Terminal, environment, needs_a_pty

pytest.importorskip("pyte")
pytestmark = needs_a_pty

LOAD, ITEMS = 29.0, 10
#: 21 of 64 working days are before week 6, which begins on 1 February: two full engineers and those.
LATER = (64 + 64 + 21) / 5


def simulated(net: float, trials: int = 400_000) -> tuple[float, float]:
    """(odds, engineer-weeks that must leave for 70%): docs/forecast.md written down again, on draws of our own."""
    draw = np.random.default_rng(3)
    each, sigma = LOAD / ITEMS, 0.6
    total = sum(each * np.exp(sigma * draw.standard_normal(trials) - sigma**2 / 2) for _ in range(ITEMS))
    factor = np.exp(0.07 + np.hypot(0.2, 0.15) * draw.standard_normal(trials))
    left = 1 - np.clip(0.10 + np.hypot(0.03, 0.03) * draw.standard_normal(trials), 0, 0.9)
    over = total - net * left / left.mean() / factor
    return float((over <= 0).mean()), float(np.quantile(over, 0.7))


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table as it is in the file, but how often its rows were changed."""
    with sqlite3.connect(path) as file:
        found = {}
        for record in RECORDS:
            columns = ", ".join(name for name in ("id", *record.model_fields) if name not in ("rev",))
            found[record.table] = sorted(file.execute(f"select {columns} from {record.table}"), key=repr)
    return found


def test_an_engineer_leaves_from_week_6(tmp_path: Path) -> None:
    path = crew(tmp_path, LOAD, ITEMS)
    before, _ = simulated(NET)
    after, short = simulated(LATER)
    assert after < 0.70 < before, "the case is one that opens the sheet"
    rows, start = rows_of(path), things(stored(path))
    with Terminal(["--db", str(path), "--as", "Ana"], 120, 40, environment(tmp_path)) as terminal:
        terminal.until("THE PLAN", "help")
        terminal.press("c")
        terminal.until("CAPACITY", "engineer 3")
        terminal.press("down", "l", "l", "l", "l", "l")
        terminal.until("week 6 (1 to 7 Feb)")
        terminal.press("x")
        terminal.until("engineer 1 leaves 31 Jan", f"{LATER:.1f}")
        shown = re.search(r"odds (\d+)% → (\d+)%", terminal.text)
        assert shown, terminal.text
        assert int(shown[1]) == pytest.approx(100 * before, abs=2)
        assert int(shown[2]) == pytest.approx(100 * after, abs=2)
        assert things(stored(path)) == start, "nothing is written while it is a draft"
        terminal.press("enter")
        terminal.until("engineer 1 leaves 31 Jan", "open shortfall")
        # Until the best swap is there, and previewed, in capitals.
        sheet = re.search(r"SHORT (\d+\.\d) ew", terminal.text, re.IGNORECASE)
        assert sheet, terminal.text
        # 10,000 trials know the 70th percentile to some 0.15 ew.
        assert float(sheet[1]) == pytest.approx(short, abs=0.45)
        terminal.press("o")
        terminal.until("OPEN SHORTFALL", f"net {LATER:.1f}")
        assert rows_of(path) != rows
        terminal.press("u")
        terminal.until(f"net {NET:.1f}", gone=("OPEN SHORTFALL",))
        terminal.press("q")
        assert terminal.ended() == 0
    assert rows_of(path) == rows, "one undo brings all back"


def test_the_draft_outlives_the_terminal(tmp_path: Path) -> None:
    path = crew(tmp_path)
    environ = environment(tmp_path)
    with Terminal(["--db", str(path), "--as", "Ana"], 120, 40, environ) as terminal:
        terminal.until("THE PLAN", "help")
        terminal.press("c")
        terminal.until("CAPACITY", "engineer 3")
        terminal.press("down", "x", "v")
        terminal.until("engineer 1: away")
        terminal.hang_up()
        terminal.ended()
    with Terminal(["--db", str(path), "--as", "Ana"], 120, 40, environ) as terminal:
        terminal.until("You were typing capacity", "engineer 1 leaves 31 Dec")
        terminal.press("t")
        terminal.until("CAPACITY", "25.6")
        terminal.press("enter")
        terminal.until("THE PLAN", "net 25.6")
        terminal.press("q")
        assert terminal.ended() == 0
