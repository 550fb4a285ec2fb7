"""The heading of a screen: its name, what stands on it, and, where there is something to warn of, what."""

from __future__ import annotations

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.canvas import Canvas, spread
from tui.drawing.plain import clip


class Heading(Canvas):
    """Words over what stands below them; subclasses draw them."""

    _words = "", "", ""

    def show(self, first: str, second: str, third: str = "") -> None:
        """These words from now on."""
        self._words = first, second, third
        self.redraw()


class ScreenHead(Heading):
    """A name in bold, words beside it, and a warning at the end of the row that the words give way to."""

    DEFAULT_CSS = "ScreenHead { height: 1; width: 1fr; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """The row."""
        (name, words, warning), pen = self._words, self.palette
        tail = f" {clip(warning, max(0, width - cell_len(name) - 5))} " if warning else ""
        room = width - cell_len(name) - 3 - cell_len(tail)
        left = [(f" {name}", pen.style(bold=True)), (f"  {clip(words, max(0, room))}", pen.style("muted"))]
        return [spread(left, [(tail, pen.style("worse", bold=True))] if tail else [], width, pen.style())]
