"""The pie: the portfolio mix as a donut, with the aim around it and what it was inside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from typing import Any

from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.colours import Palette
from tui.drawing.scene import Scene, Wedge, read

__all__ = ["Pie", "Wedge"]


class Pie(Canvas):
    """Donut = after, dim inner ring = before, thin outer ring = aim; `show` is the only way in."""

    DEFAULT_CSS = "Pie { height: 15; width: 1fr; }"

    def __init__(
        self,
        title: str = "",
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self.title = title
        self._scene = Scene()
        self._caption = ""
        self._patterns = False
        self._aspect = 0.5
        #: what was drawn last, and a stamp of all that it follows from
        self.drawn: tuple[str, list[Strip]] = "", []

    @property
    def patterns(self) -> bool:
        """Whether slices carry a pattern besides their colour."""
        return self._patterns

    @patterns.setter
    def patterns(self, on: bool) -> None:
        self._patterns = on
        self.redraw()

    def show(
        self,
        after: Sequence[Wedge],
        aims: Sequence[Wedge],
        before: Sequence[Wedge] | None,
        centre: str,
        caption: str,
    ) -> None:
        """Draw the mix `after`, the `aims` around it, and `before` inside it while something is previewed.

        `centre` has one line or two; the second is quiet. `caption` stands above the pie: at the right of the title,
        or centred where there is no title; without both, the pie has the whole height.
        """
        self._scene = Scene(tuple(after), tuple(aims), None if before is None else tuple(before), centre)
        self._caption = caption
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """The caption, where there is one, and the donut in the rest."""
        shades = self.palette
        strips: list[Strip] = []
        if (self.title or self._caption) and height > 1:
            strips.append(self._heading(width, shades.style(bold=True), shades.style("muted")))
            height -= 1
        return strips + self._draw(width, height, shades)

    def _draw(self, width: int, height: int, shades: Palette) -> list[Strip]:
        """The donut: as it was noted, where it was, before what draws it is loaded."""
        looks = (shades.mode, shades.dark, shades.hexes, shades.letters, self._aspect, self._patterns)
        stamp = hashlib.sha256(repr((self._scene, width, height, looks)).encode()).hexdigest()
        noted: Mapping[str, Any] = getattr(self.app, "noted_pies", {})
        drawn = read(noted[stamp], width, height) if stamp in noted else None
        if drawn is None:
            from tui.drawing import pie

            drawn = pie.draw(self._scene, width, height, shades, aspect=self._aspect, patterns=self._patterns)
        self.drawn = stamp, drawn
        return drawn

    def _heading(self, width: int, strong: Style, quiet: Style) -> Strip:
        if not self.title:
            return Line().add(self._caption, strong, width, "centre").strip(width, quiet)
        return spread([(self.title, strong), ("  ", quiet)], [(self._caption, quiet)], width, quiet)

    def resized(self, event: events.Resize) -> None:
        """Take the cell's aspect from the terminal, where it tells its size in pixels."""
        if event.pixel_size is not None or not self.app.is_headless:
            aspect = _aspect(event, self.app.size.width, self.app.size.height)
            if aspect != self._aspect:
                self._aspect = aspect
                self.repaint()


def _aspect(event: events.Resize, columns: int, rows: int) -> float:
    """Width of a cell over its height; 0.5 where nothing sensible is known."""
    if event.pixel_size is not None and columns and rows:
        across, down = event.pixel_size
    else:
        columns, rows, across, down = _window()
    if not (columns and rows and across and down):
        return 0.5
    aspect = (across / columns) / (down / rows)
    return aspect if 0.3 <= aspect <= 1.0 else 0.5


def _window() -> tuple[int, int, int, int]:
    """Columns, rows, and pixels across and down, as the terminal's driver tells them (zeros where it does not)."""
    try:
        import fcntl
        import struct
        import termios
    except ImportError:  # Windows
        return 0, 0, 0, 0
    for stream in (2, 1, 0):  # Textual writes to standard error
        try:
            if os.isatty(stream):
                rows, columns, across, down = struct.unpack("HHHH", fcntl.ioctl(stream, termios.TIOCGWINSZ, b"\0" * 8))
                return columns, rows, across, down
        except OSError:
            continue
    return 0, 0, 0, 0
