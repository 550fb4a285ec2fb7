"""Lines of text whose second rows stand under what the first says, not under its key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from tui.drawing.wrap import wrapped

#: What stands before two blanks or more, at the beginning of a line: a key, a word that is told.
_BEFORE = re.compile(r"\s*\S.*?\s{2,}(?=\S)")


class HangingText(Static):
    """Lines in as many rows as the width wants."""

    DEFAULT_CSS = "HangingText { height: auto; width: 1fr; }"

    def __init__(self, lines: Sequence[str], classes: str | None = None) -> None:
        super().__init__(Content("\n".join(lines)), classes=classes, markup=False)
        self._lines = tuple(lines)
        self._width = 0

    def show(self, lines: Sequence[str]) -> None:
        """Other lines."""
        self._lines = tuple(lines)
        self._break()

    def on_resize(self) -> None:
        """Break the lines anew where the width is another one."""
        width = self.content_size.width
        if width and width != self._width:
            self._width = width
            # After this layout: what asks for another one meanwhile is not heard.
            self.call_after_refresh(self._break)

    def _break(self) -> None:
        rows = (row for line in self._lines for row in (hung(line, self._width) if self._width else (line,)))
        self.update(Content("\n".join(rows)))


def hung(line: str, width: int, start: int = 0) -> list[str]:
    """The rows of one line in so many cells; ``start`` is the character under which they stand, where that is known."""
    if cell_len(line) <= width:
        return [line]
    found = _BEFORE.match(line)
    start = start or (found.end() if found is not None else len(line) - len(line.lstrip()))
    before = cell_len(line[:start])
    if before > width // 2 or max(map(cell_len, line[start:].split()), default=0) > width - before:
        # A path is not broken where a row of its own holds it.
        before = start = len(line) - len(line.lstrip())
    first, *rest = wrapped(line[start:], width - before)
    return [line[:start] + first, *(" " * before + row for row in rest)]
