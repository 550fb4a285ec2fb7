"""Why a figure is what it is: name, value, formula and inputs, in cells and without markup. About 2 s."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from rich.cells import cell_len

from scenarios.figures.figure import Figure
from tests.tui.app_helpers import NARROW, empty, opened
from tui.dialogs.figure_why import input_lines, show_figure


def figure(*inputs: tuple[str, str], value: Fraction | None = Fraction(1, 8)) -> Figure:
    return Figure("one-off share", value, "share", "effort of one-offs / planned effort", inputs)


def test_amounts_stand_under_each_other_in_cells() -> None:
    lines = input_lines(figure(("a", "1.0 ew"), ("日本 GmbH", "2.0 ew"), ("x" * 500, "3.0 ew")))
    assert len({cell_len(line) for line in lines}) == 1
    assert [line[-6:] for line in lines] == ["1.0 ew", "2.0 ew", "3.0 ew"]
    assert "…" in lines[2]


def test_what_has_no_inputs_says_so() -> None:
    assert input_lines(figure()) == ["nothing else goes into it"]


async def test_it_is_shown_over_the_board_and_left_again(tmp_path: Path) -> None:
    async with opened(empty(tmp_path), NARROW) as room:
        await room.press("escape")
        show_figure(room.board, figure(("one-offs [/b] of \x1b[31m", "1.0 ew"), ("planned effort", "8.0 ew")))
        await room.settle()
        assert "one-off share: 12.5%" in room.text
        assert "= effort of one-offs / planned effort" in room.text
        assert "one-offs [/b] of ␛[31m  1.0 ew" in room.text
        await room.press("?")
        assert room.dialog == ""
        show_figure(room.app, figure(value=None))
        await room.settle()
        assert "one-off share: not known" in room.text
        await room.press("escape")
        assert room.dialog == ""
