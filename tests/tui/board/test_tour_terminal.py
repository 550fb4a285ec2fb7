"""``makeroom demo`` in a real terminal, and its tour from the offer to the end: left in the middle, taken up again.

Only with MAKEROOM_LONG=1: some ten seconds, most of them for the app to begin twice.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal, environment, needs_a_pty

pytest.importorskip("pyte")
pytestmark = [
    needs_a_pty,
    pytest.mark.skipif(
        not os.environ.get("MAKEROOM_LONG"), reason="MAKEROOM_LONG=1 goes through it in a real terminal"
    ),
]
#: Textual's names of keys that a pty gets as bytes.
F5, F7 = "\x1b[15~", "\x1b[18~"


def test_the_tour_of_the_demo(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    with Terminal(["demo"], 120, 40, environ) as terminal:
        terminal.until("THE PLAN", "f7 begins a tour")
        terminal.press(F7)
        terminal.until("TOUR 1 of 10")
        terminal.press("down")
        terminal.until("TOUR 2 of 10")
        terminal.press("space")
        terminal.until("TOUR 3 of 10")
        terminal.press("space", F7)
        terminal.until("THE PLAN", gone=("TOUR",))
        terminal.press("q")
        assert terminal.ended() == 0
    with Terminal(["demo"], 80, 24, environ) as terminal:
        terminal.until("odds", gone=("TOUR",))
        terminal.press(F7)
        terminal.until("TOUR 3 of 10")
        terminal.press("i")
        terminal.until("TOUR 4 of 10")
        terminal.press("enter")
        terminal.until("TOUR 5 of 10")
        terminal.press("i", "enter")
        terminal.until("TOUR 6 of 10", "1 ")
        terminal.until("least value")
        terminal.press("1", "enter", "enter", "enter")
        terminal.until("TOUR 7 of 10")
        terminal.press("u")
        terminal.until("TOUR 8 of 10")
        terminal.press("c")
        terminal.until("CAPACITY")
        terminal.press("esc")
        terminal.until("TOUR 9 of 10")
        terminal.press(F5)
        terminal.until("TOUR 10 of 10")
        terminal.press("?")
        terminal.until("WHY")
        terminal.press("esc")
        terminal.until("That was the tour")
        terminal.press(F7)
        terminal.until("odds", gone=("TOUR", "That was the tour"))
        terminal.press("q")
        assert terminal.ended() == 0
    with Terminal(["demo"], 80, 24, environ) as terminal:
        terminal.until("odds", gone=("TOUR",))
        terminal.press("q")
        assert terminal.ended() == 0
