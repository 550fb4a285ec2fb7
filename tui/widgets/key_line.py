"""The keys at the foot of a dialog: where they take several rows, none is parted from what it does."""

from __future__ import annotations

import re

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from tui.drawing.wrap import wrapped

#: what stands between a key with what it does, and the next
_APART = "   "


class KeyLine(Static):
    """Keys, each with what it does, three blanks apart."""

    DEFAULT_CSS = "KeyLine { height: auto; color: $text-muted; }"

    def __init__(self, words: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes, markup=False)
        self._words = words

    def say(self, words: str) -> None:
        """Other keys."""
        self._words = words
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All in one row, if there is room."""
        return cell_len(self._words)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as they take."""
        return len(key_rows(self._words, width))

    def render(self) -> Content:
        """In rows of the width that there is."""
        return Content("\n".join(key_rows(self._words, self.content_size.width)))


def key_rows(words: str, width: int) -> list[str]:
    """Rows of at most ``width`` cells, broken between keys; one that is longer than a row breaks between words."""
    rows: list[str] = []
    for each in re.split(rf"{_APART}+", words.strip()):
        if rows and cell_len(rows[-1]) + len(_APART) + cell_len(each) <= width:
            rows[-1] += _APART + each
        else:
            rows += wrapped(each, width)
    return rows
