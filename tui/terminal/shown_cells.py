"""The cells that the terminal shows: of each new picture, only what differs from them is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, repeat
from operator import itemgetter, ne
from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from rich.console import Console
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from tui.drawing.colours import ColourMode
from tui.seats.seated_app import SeatedApp
from tui.terminal.first_frame import FirstFrame, Lines, Run

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Cells that changed (1), and up to three between them that did not: writing those again is less than going on.
_CHANGED = re.compile(b"\x01(?:\x00{0,3}\x01)*")
#: Letters, lines and blocks that every terminal takes to be one cell wide.
_NARROW = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2211\u2500-\u25fc\u2800-\u28ff]*"
)

#: What stands in a cell, and the codes of its look; of a piece with wider letters, all of it as it is written, and the
#: place in it. None: not known.
Cell = tuple[str, str | int] | None


class ShownCells:
    """What was written to the terminal, cell by cell."""

    def __init__(self) -> None:
        self._size = Size()
        self._lines: list[list[Cell]] = []

    def forget(self) -> None:
        """The terminal may show something else: all of the next picture is written."""
        self._size = Size()

    def recall(self, size: Size, lines: Lines) -> None:
        """The terminal shows these lines already."""
        self._size = size
        self._lines = [[cell for run in line for cell in _cells_of(*run)] for line in lines]

    @property
    def size(self) -> Size:
        """Of the screen, as far as it is known; nothing where it is not."""
        return self._size

    @property
    def lines(self) -> Lines | None:
        """What the terminal shows, for :meth:`recall`; None where some of it is not known."""
        found = [*map(_runs, self._lines)]
        return None if not found or [] in found else found

    def differing(self, update: LayoutUpdate | ChopsUpdate, size: Size, console: Console) -> WrittenCells:
        """What has to be written of an update on a screen of this size; it is taken to be written."""
        if size != self._size:
            self._size = size
            self._lines = [[None] * size.width for _ in range(size.height)]
        pieces = _whole(update) if isinstance(update, LayoutUpdate) else _chops(update)
        return WrittenCells("".join(self._changed(pieces, console)))

    def _changed(self, pieces: Iterable[tuple[int, int, Strip]], console: Console) -> Iterator[str]:
        for y, x, strip in pieces:
            line, end = self._lines[y], x + strip.cell_length
            cells, narrow = _cells(strip, console)
            if line[x:end] == cells:
                continue
            if not narrow:
                # A terminal that takes them to be wider still has moved what follows.
                line[end:] = [None] * (len(line) - end)
                yield f"\x1b[{y + 1};{x + 1}H{strip.render(console)}"
            else:
                for changed in _CHANGED.finditer(bytes(map(ne, line[x:end], cells))):
                    first, last = changed.span()
                    yield f"\x1b[{y + 1};{x + first + 1}H"
                    for look, run in groupby(filter(None, cells[first:last]), key=itemgetter(1)):
                        text = "".join(map(itemgetter(0), run))
                        yield f"\x1b[{look}m{text}\x1b[0m" if look else text
            line[x:end] = cells


class WrittenCells(CompositorUpdate):
    """An update as it is written."""

    def __init__(self, text: str) -> None:
        self.text = text

    def render_segments(self, console: Console) -> str:
        """The text."""
        return self.text


class SparingApp(SeatedApp):
    """An app that writes what is not on the screen yet: Textual would write all that was asked to be drawn again."""

    def __init__(self, colour_mode: ColourMode | None, theme: str, first_frame: FirstFrame | None = None) -> None:
        """``first_frame`` is on screen already, where it was noted."""
        super().__init__(colour_mode, theme)
        self.first_frame = first_frame
        self._shown = ShownCells()
        self._has_drawn = False
        if first_frame is not None and first_frame.is_up:
            self._shown.recall(Size(*first_frame.size), first_frame.lines)

    async def on_event(self, event: events.Event) -> None:
        """Where the screen becomes another size, its terminal may have moved the lines, whatever the size is by now."""
        # Until it has drawn, it is told which size there is, and that it is the one of the first frame's lines.
        if isinstance(event, events.Resize) and (self._has_drawn or event.size != self._shown.size):
            self._shown.forget()
        await super().on_event(event)

    def action_repaint(self) -> None:
        """Write all of the screen again."""
        if self._driver is not None:
            self._driver.write("\x1b[2J")
            self._shown.forget()
        self.refresh(layout=True)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Write what of a picture is not there yet."""
        driver = self._driver
        if (
            not isinstance(renderable, LayoutUpdate | ChopsUpdate)
            or driver is None
            or self.is_headless
            or self._batch_count
            or self._closed
            or not self._running
        ):
            super()._display(screen, renderable)
            return
        if getattr(driver, "has_lost", False):
            # What a terminal that did not keep up has not shown is not known.
            driver.has_lost = False  # type: ignore[attr-defined]
            self._shown.forget()
            screen.refresh()
        self._has_drawn = True
        written = self._shown.differing(renderable, screen._compositor.size, self.console)
        cursor = screen.outer_size.clamp_offset(self.cursor_position)
        if written.text or cursor != self._previous_cursor_position:
            super()._display(screen, written)  # type: ignore[arg-type]


def _runs(line: list[Cell]) -> list[Run]:
    """The cells of one look together, and those of a piece with wider letters; none where some are not known."""
    runs: list[Run] = []
    for text, look in filter(None, line):
        before: str | None
        width, before, letters = runs[-1] if runs else (0, None, "")
        if isinstance(look, str):
            joined = before == look
            run: Run = (width + 1, look, letters + text) if joined else (1, look, text)
        else:
            joined = look > 0 and before is None and (width, letters) == (look, text)
            run = (look + 1, None, text)
            if look > 0 and not joined:
                # Something else was written over the beginning of the piece.
                return []
        runs[len(runs) - joined :] = [run]
    return runs if sum(width for width, _, _ in runs) == len(line) else []


def _cells_of(width: int, look: str | None, text: str) -> Iterator[Cell]:
    return ((text, place) for place in range(width)) if look is None else ((each, look) for each in text)


def _whole(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of an update with their lines and columns."""
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield y, x, strip
            x += strip.cell_length


def _chops(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of an update that any of its spans has a part in."""
    for y, spans in groupby(sorted(update.spans), key=itemgetter(0)):
        asked = [(first, last) for _, first, last in spans]
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and any(x < last and end > first for first, last in asked):
                yield y, x, strip


def _cells(strip: Strip, console: Console) -> tuple[list[Cell], bool]:
    """The cells of a piece, and whether each letter has one."""
    cells: list[Cell] = []
    for text, style, _ in strip._segments:
        if _NARROW.fullmatch(text) is None or (style is not None and style._link):
            written = strip.render(console)
            return [(written, place) for place in range(strip.cell_length)], False
        look = "" if style is None else style._ansi
        if look is None:
            look = Strip.render_ansi(style, console._color_system or ColorSystem.TRUECOLOR)
        cells.extend(zip(text, repeat(look), strict=False))
    return cells, True
