"""What is written of a picture leaves the terminal as if all of it had been written; about 3 s."""

from __future__ import annotations

import json
import os
from random import Random
from typing import Any

import pyte
import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.terminal.first_frame import written
from tui.terminal.shown_cells import ShownCells
from tui.terminal.terminal import Lasting

WIDTH, HEIGHT = 24, 5
CONSOLE = Console(color_system="truecolor", force_terminal=True, file=open(os.devnull, "w"))  # noqa: SIM115
#: Narrow, lines and blocks, wide, with a mark of no width. (Of how wide joined ones are, terminals have views.)
TEXTS = ("plan", "a", "    ", "━━▏▌", "▂▃ ●", "łóé", "日本", "x日", "👍", "e\u0301a", "━日━")
LOOKS = (None, Style(), *(Style.parse(word) for word in ("red", "bold #102030 on #ffffff", "reverse", "on blue")))
EXAMPLES = 1000 if os.environ.get("MAKEROOM_LONG") else 50


def line(dice: Random) -> Strip:
    """A line of the screen, of whatever."""
    some = [Segment(dice.choice(TEXTS), dice.choice(LOOKS)) for _ in range(dice.randrange(9))]
    return Strip(some).adjust_cell_length(WIDTH)


class Screen:
    """A terminal and what it shows."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self._screen)

    def write(self, text: str) -> None:
        self._stream.feed(text)

    @property
    def cells(self) -> list[Any]:
        return [[self._screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


def update_of(picture: list[Strip], rows: set[int], cuts: list[int], full: bool) -> Any:
    """What the compositor gives where the whole screen, or these rows, are to be drawn again."""
    ends = [*cuts, WIDTH]
    if full:
        return LayoutUpdate([strip.divide(ends) for strip in picture], Region(0, 0, WIDTH, HEIGHT))
    starts = [0, *cuts]
    chops = [
        dict(zip(starts, strip.divide(ends), strict=True)) if y in rows else dict.fromkeys(starts)
        for y, strip in enumerate(picture)
    ]
    return ChopsUpdate(chops, [(y, 0, WIDTH) for y in sorted(rows)], [ends] * HEIGHT)


def test_the_terminal_shows_what_it_would_if_all_were_written() -> None:
    for seed in range(EXAMPLES):
        dice = Random(seed)
        shown, all_written, differing = ShownCells(), Screen(), Screen()
        picture = [Strip([Segment(" " * WIDTH)], WIDTH)] * HEIGHT
        for step in range(6):
            rows = {dice.randrange(HEIGHT) for _ in range(dice.randrange(1, 4))}
            picture = [line(dice) if y in rows and dice.random() < 0.7 else strip for y, strip in enumerate(picture)]
            if dice.random() < 0.1:
                shown.forget()
            cuts = sorted(dice.sample(range(1, WIDTH), dice.randrange(4)))
            update = update_of(picture, rows, cuts, full=not step or dice.random() < 0.3)
            all_written.write(update.render_segments(CONSOLE))
            differing.write(shown.differing(update, Size(WIDTH, HEIGHT), CONSOLE).text)
            assert differing.cells == all_written.cells, (seed, step)


def test_what_the_terminal_shows_can_be_noted_and_shown_again() -> None:
    noted = 0
    for seed in range(EXAMPLES):
        dice = Random(seed)
        shown, screen, again = ShownCells(), Screen(), Screen()
        for full in (True, False, True):
            picture = [line(dice) for _ in range(HEIGHT)]
            cuts = sorted(dice.sample(range(1, WIDTH), dice.randrange(4)))
            update = update_of(picture, {*range(HEIGHT)}, cuts, full)
            screen.write(shown.differing(update, Size(WIDTH, HEIGHT), CONSOLE).text)
        lines = shown.lines
        if lines is None:
            # A part of a piece with wider letters was written over.
            continue
        noted += 1
        for text in written(json.loads(json.dumps(lines))):
            again.write(text)
        assert again.cells == screen.cells, seed
        recalled = ShownCells()
        recalled.recall(Size(WIDTH, HEIGHT), lines)
        assert recalled.differing(update, Size(WIDTH, HEIGHT), CONSOLE).text == "", seed
        assert recalled.lines == lines
    assert noted > EXAMPLES / 2


def test_a_screen_of_which_something_is_not_known_is_not_noted() -> None:
    shown, size = ShownCells(), Size(WIDTH, HEIGHT)
    assert shown.lines is None
    shown.differing(
        update_of([Strip([Segment("plan")]).adjust_cell_length(WIDTH)] * HEIGHT, {0, 1}, [], False), size, CONSOLE
    )
    assert shown.lines is None


def whole(*texts: str) -> LayoutUpdate:
    return LayoutUpdate([[Strip([Segment(text)]).adjust_cell_length(WIDTH)] for text in texts], Region(0, 0, WIDTH, 5))


def test_what_is_there_already_is_not_written_again() -> None:
    shown, size = ShownCells(), Size(WIDTH, HEIGHT)
    assert len(shown.differing(whole("plan", "odds"), size, CONSOLE).text) >= 2 * WIDTH
    assert shown.differing(whole("plan", "odds"), size, CONSOLE).text == ""
    assert shown.differing(whole("plan", "odd!"), size, CONSOLE).text == "\x1b[2;4H!"
    # A text that some terminals take to be wider is written whole.
    assert "日本語" in shown.differing(whole("plan", "日本語"), size, CONSOLE).text
    assert shown.differing(whole("plan", "日本語"), size, CONSOLE).text == ""
    assert "日本人" in shown.differing(whole("plan", "日本人"), size, CONSOLE).text


def test_a_console_that_does_not_know_its_colours_gets_all_of_them_as_textual_gives_them() -> None:
    console = Console(color_system=None, file=open(os.devnull, "w"))  # noqa: SIM115
    line = Strip([Segment("plan", Style(color="#123456"))])
    update = LayoutUpdate([[line]], Region(0, 0, 4, 1))
    assert "38;2;18;52;86" in ShownCells().differing(update, Size(4, 1), console).text


@pytest.mark.parametrize("why", ["asked", "size"])
def test_what_may_have_gone_is_written_whole(why: str) -> None:
    shown, size = ShownCells(), Size(WIDTH, HEIGHT)
    first = shown.differing(whole("plan", "odds"), size, CONSOLE).text
    if why == "asked":
        shown.forget()
    else:
        shown.differing(whole("plan", "odds"), Size(WIDTH + 1, HEIGHT), CONSOLE)
    assert shown.differing(whole("plan", "odds"), size, CONSOLE).text == first


class Slow:
    """A terminal that takes nothing now."""

    def write(self, _: str) -> int:
        raise BlockingIOError

    def flush(self) -> None:
        """Nothing is held."""


def test_a_terminal_that_did_not_keep_up_is_known() -> None:
    lasting = Lasting(Slow())  # type: ignore[arg-type]
    assert not lasting.has_lost
    lasting.write("plan")
    assert lasting.has_lost
