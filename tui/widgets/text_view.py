"""A long text to be read: paragraphs broken at the width, drawn line by line, so that its length costs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from rich.cells import cell_len, chop_cells
from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.common.values import Value
from tui.drawing import colours
from tui.drawing.canvas import Line
from tui.drawing.marked_text import MarkedText
from tui.drawing.plain import plain

Tone = Literal["text", "muted", "bold"]


class Paragraph(Value):
    """Words after a label; where they take several lines, all begin in the same column."""

    words: str = ""
    label: str = ""
    tone: Tone = "text"


class TextView(ScrollView, MarkedText, can_focus=True):
    """Scrolled with the arrow keys and a page at a time."""

    DEFAULT_CSS = """
    TextView { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs: Sequence[Paragraph] = ()
        self._lines: list[tuple[str, str, Tone]] = []
        self._broken_for = -1
        self._strips: LRUCache[tuple[int, int], Strip] = LRUCache(256)

    def show(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show these, from the beginning."""
        self._paragraphs, self._broken_for = tuple(paragraphs), -1
        self.scroll_to(0, 0, animate=False, immediate=True)
        self._break_lines()

    def on_resize(self) -> None:
        """Lines are as wide as the view."""
        self._break_lines()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._strips.clear()

    @property
    def _width(self) -> int:
        # Room for the scrollbar is always left: the lines do not depend on whether it is there.
        return max(12, self.size.width - 2)

    def _break_lines(self) -> None:
        if not self.size.width or self._broken_for == self._width:
            return
        self._broken_for = self._width
        self._lines = [line for each in self._paragraphs for line in _broken(each, self._width)]
        self._strips.clear()
        self.virtual_size = Size(1, len(self._lines))
        self.refresh()

    def line_count(self) -> int:
        """As they are broken now."""
        return len(self._lines)

    def line_at(self, at: int) -> Strip:
        """One line, drawn or as it was drawn last."""
        pen, width = colours.of(self.app), self.size.width
        ground = pen.style("text")
        if at >= len(self._lines):
            return Strip.blank(width, ground)
        strip = self._strips.get((at, width))
        if strip is None:
            label, words, tone = self._lines[at]
            style = pen.style("text", bold=True) if tone == "bold" else pen.style(tone)
            line = Line().add(" ", ground).add(label, pen.style("muted")).add(words, style)
            strip = self._strips[at, width] = line.strip(width, ground)
        return strip

    def watch_has_focus(self, has_focus: bool) -> None:
        """Bring the terminal's cursor to the text, for screen readers."""
        super().watch_has_focus(has_focus)
        if has_focus:
            self.app.cursor_position = self.content_region.offset + Offset(0, 0)


def _broken(paragraph: Paragraph, width: int) -> Iterator[tuple[str, str, Tone]]:
    label = plain(paragraph.label)
    indent = cell_len(label)
    if indent > width // 2:
        indent = 2
        yield label, "", paragraph.tone
        label = "  "
    for number, part in enumerate(broken(plain(paragraph.words), width - indent)):
        yield label if number == 0 else " " * indent, part, paragraph.tone


def broken(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells, broken at blanks where it can be."""
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        size = cell_len(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        *whole, line = chop_cells(word, width) if size > width else [word]
        lines += whole
        used = cell_len(line)
    return [*lines, line]
