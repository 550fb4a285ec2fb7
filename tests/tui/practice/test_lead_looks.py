"""What the script of a play looks like, and what is read before one begins; see tests/tui/board/test_looks.py. 2 s,
5 s with MAKEROOM_LONG=1."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]
LONG = pytest.mark.skipif(not os.environ.get("MAKEROOM_LONG"), reason="one size is enough for each push")
#: From the board to the script of the first case, which is begun with a room.
SCRIPT = ("R", "r", "c", "1", "r", "R", "r", "l")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's plays."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_the_script_at_a_small_screen(look: Look) -> None:
    """80x24, without colour: one is held, one is skipped, a question is shown."""
    assert look(*SCRIPT, "h", "down", "down", "s", "d", size=NARROW, colour_mode=ColourMode.NONE)


@LONG
def test_the_script(look: Look) -> None:
    """120x40."""
    assert look(*SCRIPT, "down", "down", "h")


@LONG
def test_the_script_on_a_wide_screen(look: Look) -> None:
    """200x60."""
    assert look(*SCRIPT, size=WIDE)


@LONG
def test_before_a_case_is_begun(look: Look) -> None:
    """80x24."""
    assert look("R", "r", "c", "2", size=NARROW)
