"""What an import would do: the counts, one list at a time, and a foot for the row on the cursor or what is going on."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import plain
from tui.imports.lists import KINDS, Kind, count_words, counts_of, entry_of, length, sum_words
from tui.imports.look import Look
from tui.widgets.keys import Key, Keys
from tui.widgets.row_table import RowTable

#: Cells of a bar of progress.
_BAR = 20
#: Cells of the number of a row.
_LINE = 8


class PreviewHead(Canvas):
    """The counts of each list, the shown one marked, and how the rows of the file add up."""

    DEFAULT_CSS = "PreviewHead { height: 4; width: 1fr; }"

    class Chosen(Message):
        """A count was clicked."""

        def __init__(self, kind: Kind) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self._kind: Kind = "new"
        self._old = False
        self._spans: list[tuple[int, int, int, Kind]] = []

    def show(self, look: Look | None, kind: Kind, *, old: bool) -> None:
        """Show the counts; ``old`` says that newer ones are being worked out."""
        self._look, self._kind, self._old = look, kind, old
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """A heading, then the counts over as many rows as they take."""
        pen, look = self.palette, self._look
        muted, plain_style, bold = pen.style("muted"), pen.style(), pen.style(bold=True)
        self._spans = []
        shown = look is not None and look.plan is not None
        words = sum_words(look) if shown and look is not None else "" if self._old else "none yet: see below"
        old = "  as it was, being renewed" if self._old and shown else ""
        rows = [Line().add(" PREVIEW", bold).add(f"  {words}{old}", muted)]
        if look is None or not shown:
            return [rows[0].strip(width, plain_style)]
        line = Line()
        for kind, count in counts_of(look).items():
            text = count_words(kind, count)
            text = f" [{text}]" if kind == self._kind else f"  {text} "
            if line.width + len(text) > width and line.width:
                rows.append(line)
                line = Line()
            self._spans.append((len(rows), line.width, line.width + len(text), kind))
            warns = kind in ("conflicts", "not taken") and count and not self._old
            style = pen.style("muted", dim=True) if self._old or not count else pen.style("worse" if warns else "text")
            line.add(text, bold if kind == self._kind and not warns else style)
        rows.append(line)
        return [row.strip(width, plain_style) for row in rows]

    def on_click(self, event: events.Click) -> None:
        """A click on a count shows its list."""
        for row, start, end, kind in self._spans:
            if row == event.y and start <= event.x < end:
                self.post_message(self.Chosen(kind))


class PreviewTable(RowTable):
    """One list; left and right show the others."""

    DEFAULT_CSS = "PreviewTable { height: 1fr; }"
    KEYS = Keys(
        "The preview of an import",
        Key("preview.left", "left,h", "The list before", "list(-1)", show=False),
        Key("preview.right", "right,l", "The next list", "list(1)", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    class Turned(Message):
        """Another list is shown."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self.look: Look | None = None
        self.kind: Kind = "new"

    def show(self, look: Look | None, kind: Kind) -> None:
        """Show a list of a look, the cursor where it was if it is the same list."""
        if look is self.look and kind == self.kind:
            return
        cursor = self.cursor if kind == self.kind else 0
        self.look, self.kind = look, kind
        self.rebuild(cursor)

    def on_focus(self) -> None:
        """The row that keys are about is marked."""
        self.redraw_row(self.cursor)

    on_blur = on_focus

    def row_count(self) -> int:
        """As many as the list has."""
        return length(self.look, self.kind)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """The number of the row in the file, its title, and what becomes of it."""
        pen = colours.of(self.app)
        back = "cursor" if on_cursor and self.has_focus else "panel"
        ground, muted = pen.style("text", back), pen.style("muted", back)
        if self.look is None:
            return Strip.blank(width, ground)
        entry = entry_of(self.look, self.kind, row)
        drawn = Line().add("▌" if on_cursor else " ", ground)
        if self.kind not in ("notes", "gone"):
            drawn.add(entry.line, muted, _LINE, "right").add(" ", ground)
        room = max(8, width - drawn.width)
        new = self.kind == "new"
        # Sizes are short, and stand at the end: what they leave is the title's.
        what = min(cell_len(entry.what), room * 5 // 16) if new else room - room * 7 // 16 - 1
        title = max(8, room - what - 1) if entry.what else room
        drawn.add(entry.title[:400], pen.style("text", back, bold=on_cursor), title)
        if entry.what:
            words = entry.what[:400]
            drawn.add(" ", ground).add(words, muted, max(0, room - title - 1), "right" if new else "left")
        return drawn.strip(width, ground)

    def action_list(self, step: int) -> None:
        """The next list that has rows, or the one before."""
        at = KINDS.index(self.kind)
        others = (KINDS[(at + step * away) % len(KINDS)] for away in range(1, len(KINDS)))
        self.show(self.look, next((kind for kind in others if length(self.look, kind)), self.kind))
        self.post_message(self.Turned())


class MappingFoot(Canvas):
    """What is going on, or why nothing can be taken; else the row on the cursor, whole."""

    DEFAULT_CSS = "MappingFoot { height: 4; width: 1fr; background: $panel; }"

    _words = ""
    _warns = False
    _progress: tuple[str, int, int | None] | None = None

    def show(self, words: str, *, warns: bool = False) -> None:
        """A sentence."""
        self._words, self._warns, self._progress = words, warns, None
        self.redraw()

    def show_progress(self, what: str, done: int, total: int | None) -> None:
        """What is done, how many rows of it, and of how many."""
        self._progress = what, done, total
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """As many rows as there are."""
        pen = self.palette
        ground = pen.style("text", "raised")
        lines = [Line().add(f" {text}", self._style(), width) for text in self._lines(width, height)]
        return [*(line.strip(width, ground) for line in lines), *[Strip.blank(width, ground)] * (height - len(lines))]

    def _style(self) -> Style:
        return self.palette.style("worse" if self._warns and self._progress is None else "text", "raised")

    def _lines(self, width: int, height: int) -> list[str]:
        if self._progress is not None:
            return [progress_words(*self._progress)]
        parts = wrap(plain(self._words[:3000]), max(10, width - 2))
        if len(parts) > height:
            parts = [*parts[: height - 1], f"{parts[height - 1]} …"]
        return parts


def progress_words(what: str, done: int, total: int | None) -> str:
    """``writing ━━━━━─────  12,000 of 100,000 rows``; rows alone where nobody knows of how many."""
    if total is None:
        return f"{what}: {done:,} rows" if done else f"{what} …"
    filled = _BAR * min(done, total) // total if total else _BAR
    return f"{what} {'━' * filled}{'─' * (_BAR - filled)}  {done:,} of {total:,} rows"
