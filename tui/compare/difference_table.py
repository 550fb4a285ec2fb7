"""The list of differences: headings, one row a difference, and the one on the cursor whole."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from rich.style import Style
from textual.strip import Strip

from tui.compare.differences import DifferenceLine as Row
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.plain import plain
from tui.drawing.words import amount
from tui.widgets.row_table import RowTable
from tui.widgets.screen_head import Heading

#: Cells of a change in ew, and of who waits where there is room for it.
_EW, _WAITS = 7, 20


class DifferenceTable(RowTable):
    """One row a difference, under headings on which the cursor does not stand."""

    DEFAULT_CSS = "DifferenceTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="differences")
        self.rows: Sequence[Row] = ()

    @property
    def row(self) -> Row | None:
        """What is on the cursor; None where the list is empty."""
        row = self.rows[self.cursor] if self.rows else None
        return row if row is not None and not row.heads else None

    def show(self, rows: Sequence[Row], keep: tuple[int, str] | None = None) -> None:
        """Show these rows, the cursor on the one of that key, else near where it was."""
        self.rows = rows
        found = next((at for at, row in enumerate(rows) if row.key == keep), None)
        self.rebuild(found)

    def row_count(self) -> int:
        """Headings and differences."""
        return len(self.rows)

    def can_stand(self, row: int) -> bool:
        """On all but headings."""
        return row < len(self.rows) and not self.rows[row].heads

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """A heading, or slice, title, what is different, ew and who waits."""
        pen, one = colours.of(self.app), self.rows[row]
        waits = _WAITS if width >= 100 else 0
        if one.heads:
            left = [(f" {one.title}", pen.style(bold=True)), (f"  {one.said}", pen.style("muted"))]
            return spread(left, [(one.ew, pen.style("muted")), (" " * (waits + 1), pen.style())], width, pen.style())
        back = "cursor" if on_cursor else "panel"
        ground, muted = pen.style("text", back), pen.style("muted", back)
        bold = pen.style("text", back, bold=on_cursor)
        drawn = Line().add("▌" if on_cursor else " ", ground)
        drawn.add(one.letter or " ", pen.chip(one.letter) if one.letter else ground, 3, "centre").add(" ", ground)
        room = max(12, width - drawn.width - _EW - waits - 1)
        said = "; ".join(part for part in (one.said, one.reason) if part)
        title = room if not said else max(16, room * 9 // 20)
        drawn.add(one.title[:300], bold, title)
        if title < room:
            drawn.add(" ", ground).add(said[:300], muted, room - title - 1)
        drawn.add(one.ew, bold, _EW, "right").add(" ", ground)
        if waits:
            drawn.add(" ", muted).add(one.waiting, muted, waits - 1)
        return drawn.strip(width, ground)


class DifferenceHead(Heading):
    """The heading of the list."""

    DEFAULT_CSS = "DifferenceHead { height: 1; width: 1fr; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        left, right, _ = (plain(words) for words in self._words)
        pieces = [(" DIFFERENCES", pen.style(bold=True)), (f"  {left}", pen.style("muted"))]
        return [spread(pieces, [(f"{right} ", pen.style("muted"))], width, pen.style())]


class DifferenceDetail(Canvas):
    """The difference on the cursor, whole."""

    DEFAULT_CSS = "DifferenceDetail { height: 4; width: 1fr; background: $panel; }"

    _row: Row | None = None

    def show(self, row: Row | None) -> None:
        """Show one row."""
        self._row = row
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """What it is, who waits, who decided it and why."""
        row, pen = self._row, self.palette
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        if row is None:
            return [Strip.blank(width, ground)] * height
        each = row.difference
        facts = [row.said, f"{row.ew} ew" if row.ew else ""]
        if each is not None and each.value is not None:
            facts.append(f"value {amount(each.value)}")
        head = Line().add(f" {row.title[:500]}", pen.style("text", "raised", bold=True), width - 1)
        lines = [head]
        lines += _wrapped("   ".join(part for part in facts if part), width, muted, most=1)
        lines += _wrapped(row.reason, width, ground, most=max(1, height - 3))
        if row.who_waits:
            lines += _wrapped(f"waiting: {row.waiting}: {row.who_waits}", width, muted, most=1)
        strips = [line.strip(width, ground) for line in lines[:height]]
        return strips + [Strip.blank(width, ground)] * (height - len(strips))


def _wrapped(text: str, width: int, style: Style, *, most: int) -> list[Line]:
    if not text:
        return []
    parts = wrap(plain(text[:2000]), max(10, width - 2))
    if len(parts) > most:
        parts = [*parts[: most - 1], " ".join(parts[most - 1 :])]
    return [Line().add(" ", style).add(part, style, width - 2) for part in parts]
