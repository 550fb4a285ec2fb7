"""Long text on several rows, by cells and between words."""

from __future__ import annotations

from rich.cells import cell_len

from tui.drawing.plain import plain

#: What is longer is cut: no screen shows more of one text.
_LONGEST = 4_000


def wrapped(text: str, width: int) -> list[str]:
    """The rows of a text, each at most ``width`` cells; a word that is longer is broken. At least one row.

    Several spaces stay as many within a row, so that columns can be made of them.
    """
    width = max(2, width)
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    rows, row = [], ""
    for word in plain(text).strip().split(" "):
        if row and cell_len(row) + 1 + cell_len(word) <= width:
            row += f" {word}"
            continue
        if row:
            rows.append(row)
        while cell_len(word) > width:
            head, word = _broken(word, width)
            rows.append(head)
        row = word
    return [*rows, row] if row or not rows else rows


def _broken(word: str, width: int) -> tuple[str, str]:
    """What of a word fits in so many cells, and the rest; a wide letter is never cut in two."""
    cells = 0
    for at, letter in enumerate(word):
        cells += cell_len(letter)
        if cells > width and at:
            return word[:at], word[at:]
    return word, ""
