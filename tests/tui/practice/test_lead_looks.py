"""What the script of a play looks like, and what is read before one begins; see tests/tui/board/test_looks.py. 5 s."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.app_helpers import NARROW, WIDE
from tests.tui.board import test_looks
from tui.drawing.colours import ColourMode

look = test_looks.look
Look = Callable[..., bool]
#: From the board to the script of the first case, which is begun with a room.
SCRIPT = ("R", "r", "c", "1", "r", "R", "r", "l")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's plays."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_the_script_at_a_small_screen(look: Look) -> None:
    """80x24, without colour: one is held, one is skipped, a question is shown."""
    assert look(*SCRIPT, "h", "down", "down", "s", "d", size=NARROW, colour_mode=ColourMode.NONE)


def test_the_script(look: Look) -> None:
    """120x40."""
    assert look(*SCRIPT, "down", "down", "h")


def test_the_script_on_a_wide_screen(look: Look) -> None:
    """200x60."""
    assert look(*SCRIPT, size=WIDE)


def test_before_a_case_is_begun(look: Look) -> None:
    """80x24."""
    assert look("R", "r", "c", "2", size=NARROW)
