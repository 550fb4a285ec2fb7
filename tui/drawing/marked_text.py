"""What the mouse marks on a drawn widget: shown as marked, and copied as it stands there."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from textual.actions import SkipAction
from textual.geometry import Offset
from textual.screen import Screen
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget


class MarkedText(Widget):
    """Base of widgets that draw line by line: subclasses say how many lines there are, and give one of them."""

    def line_count(self) -> int:
        """How many lines there are, in sight or not."""
        raise NotImplementedError

    def line_at(self, at: int) -> Strip:
        """One of them, nothing marked."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The line at the row ``y`` of what is in sight, with what is marked of it."""
        at = y + int(self.scroll_offset.y)
        strip = self.line_at(at)
        marked = self.text_selection
        span = marked.get_span(at) if marked is not None else None
        if span is None:
            return strip
        start, end = span[0], strip.cell_length if span[1] < 0 else min(span[1], strip.cell_length)
        style = self.screen.get_component_rich_style("screen--selection", partial=True)
        shown = Segment.apply_style(strip.crop(start, end), post_style=style)
        return Strip([*strip.crop(0, start), *shown, *strip.crop(end, strip.cell_length)], strip.cell_length)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The marked text, and what comes after it."""
        first, last = selection.start or Offset(0, 0), selection.end
        lines = []
        for at in range(first.y, self.line_count() if last is None else min(last.y + 1, self.line_count())):
            strip = self.line_at(at)
            end = strip.cell_length if last is None or at < last.y else last.x
            lines.append(strip.crop(first.x if at == first.y else 0, end).text.rstrip())
        return "\n".join(lines), "\n"


def offset_at(found: tuple[Widget | None, Offset | None], x: int, y: int) -> tuple[Widget | None, Offset | None]:
    """The widget at a place of the screen, and the place in its text: Textual knows that of its own widgets alone."""
    widget, offset = found
    if offset is None and isinstance(widget, MarkedText) and (content := widget.content_region).contains(x, y):
        offset = Offset(x, y) - content.offset + Offset(0, int(widget.scroll_offset.y))
    return widget, offset


def copy_marked(screen: Screen[Any]) -> None:
    """Copy what is marked. Raises SkipAction where nothing is, or nothing but blanks: a clipboard is never emptied."""
    text = screen.get_selected_text()
    if not text or not text.strip():
        raise SkipAction
    screen.app.copy_to_clipboard(text)
