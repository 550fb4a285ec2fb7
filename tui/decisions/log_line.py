"""One decision on one line of the log: when, what came in and what left, who asked and decided, dissent, review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style

from scenarios.decisions.log_words import moved_parts
from tui.decisions.log_entries import JournalEntry
from tui.drawing.canvas import Line
from tui.drawing.colours import Palette
from tui.drawing.plain import clip

#: Cells of the time, with the blank after it.
WHEN = 14
#: What is cut from a text before it is measured: enough for any row.
_ENOUGH = 400


@dataclass(frozen=True)
class LogColumns:
    """The cells of each column; 0 where there is no room for one."""

    what: int
    asked: int
    decided: int
    dissent: int
    review: int


def columns(width: int) -> LogColumns:
    """The columns of a row of so many cells; the first cell is the cursor's."""
    if width >= 150:
        asked, decided, dissent, review = 20, 20, 34, 12
    elif width >= 100:
        asked, decided, dissent, review = 13, 13, 14, 7
    else:
        asked, decided, dissent, review = 0, 12, 8, 0
    return LogColumns(max(10, width - 1 - WHEN - asked - decided - dissent - review), asked, decided, dissent, review)


def heading(line: Line, width: int, words: str, style: Style) -> Line:
    """The names of the columns, after words that take the place of the first two."""
    cells = columns(width)
    line.add(words, style, max(0, 1 + WHEN + cells.what - line.width))
    for name, size in (("asked", cells.asked), ("decided", cells.decided), ("dissent", cells.dissent)):
        line.add(name if size else "", style, size)
    return line.add("review" if cells.review else "", style, cells.review)


def log_line(line: Line, entry: JournalEntry, width: int, pen: Palette, back: str, *, on_cursor: bool) -> Line:
    """Append a decision's row to a line that holds the cursor's cell already."""
    log, cells = entry.line, columns(width)
    if log is None:
        return line
    ground, muted = pen.style("text", back), pen.style("muted", back)
    row, detail = log.decision, log.detail
    line.add(f"{row.at:%d %b %H:%M}", muted, WHEN)
    style = pen.style("muted" if entry.undone else "text", back, bold=on_cursor, strike=entry.undone)
    line.text("  ".join(shared(moved_parts(log), cells.what - 1)), style, cells.what - 1, ground).add(" ", ground)
    if cells.asked:
        line.add((detail.asked_by if detail else "")[:_ENOUGH], muted, cells.asked - 1).add(" ", muted)
    line.add((row.decided_by or "nobody named")[:_ENOUGH], muted, cells.decided - 1).add(" ", muted)
    dissent = detail.dissent if detail else ""
    # Where there is no room for its words, that there was one is still said.
    shown = dissent if width >= 100 or not dissent else "dissent"
    line.add(shown[:_ENOUGH], ground, cells.dissent - 1).add(" ", muted)
    if cells.review:
        line.add(f"{detail.review:%d %b}" if detail and detail.review else "", muted, cells.review)
    return line


def shared(parts: Sequence[str], room: int) -> list[str]:
    """Texts cut so that all together, two blanks apart, take at most so many cells: the long ones give way first."""
    texts = [clip(part[:_ENOUGH], room) for part in parts]
    sizes = [cell_len(text) for text in texts]
    free = room - 2 * (len(texts) - 1)
    while sum(sizes) > free and max(sizes) > 1:
        sizes[sizes.index(max(sizes))] -= 1
    return [clip(text, size) for text, size in zip(texts, sizes, strict=True)]
