"""A list in sections: headings on which the cursor does not stand, and rows of cells in columns; the row on the cursor
whole in a panel of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from textual.strip import Strip

from scenarios.figures.figure import Figure
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import plain
from tui.widgets.row_table import RowTable

#: Characters of a text that any screen may have room for.
_LONGEST = 2_000


@dataclass(frozen=True)
class Cell:
    """A text in a column: ``width`` cells of it, or a share of what is left (0); left out below ``least`` cells."""

    text: str
    width: int = 0
    tone: str = "text"
    align: str = "left"
    least: int = 0


@dataclass(frozen=True)
class SectionRow:
    """A row by what it is and its number; ``said`` is what the panel below says of it, ``figures`` what ``?`` explains.

    A heading may have cells after its words, to name the columns below it.
    """

    kind: str
    id: int = 0
    cells: tuple[Cell, ...] = ()
    heading: str = ""
    title: str = ""
    said: tuple[str, ...] = ()
    warns: bool = False
    figures: tuple[Figure, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """By which it is found again when the rows are made anew."""
        return f"{self.kind} {self.id}"


class SectionTable(RowTable):
    """The rows of one screen."""

    DEFAULT_CSS = "SectionTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="rows")
        self._rows: Sequence[SectionRow] = ()

    def show(self, rows: Sequence[SectionRow], key: str = "") -> None:
        """Show these rows; the cursor stays on the row ``key``, else as near as can be to where it was."""
        self._rows = rows
        row = next((at for at, each in enumerate(rows) if key and each.key == key), None)
        self.rebuild(row)

    @property
    def row(self) -> SectionRow | None:
        """The row on the cursor; None where there is none."""
        found = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        return found if found is not None and not found.heading else None

    def row_count(self) -> int:
        """Headings and rows."""
        return len(self._rows)

    def can_stand(self, row: int) -> bool:
        """Everywhere but on headings."""
        return not self._rows[row].heading

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One row."""
        pen, one = colours.of(self.app), self._rows[row]
        back = "cursor" if on_cursor else "panel"
        ground = pen.style("text", back)
        if one.heading:
            text = Line().add(" ", ground)
            cells: tuple[Cell, ...] = (Cell(one.heading), *one.cells)
        else:
            text = Line().add("▌" if on_cursor else " ", ground)
            text.add("▲ " if one.warns else "  ", pen.style("worse", back))
            cells = one.cells
        shown = [cell for cell in cells if width >= cell.least]
        room = max(0, width - text.width - 1 - sum(cell.width for cell in shown) - 2 * (len(shown) - 1))
        free = [cell for cell in shown if not cell.width]
        for at, cell in enumerate(shown):
            wide = cell.width or (room - room // len(free) * (len(free) - 1) if cell is free[0] else room // len(free))
            style = pen.style(cell.tone, back, bold=(on_cursor or bool(one.heading)) and at == 0)
            text.add("  " if at else "", ground).add(cell.text[:_LONGEST], style, wide, cell.align)
        return text.strip(width, ground)


class RowPanel(Canvas):
    """What is to be said of the row on the cursor, wrapped."""

    DEFAULT_CSS = "RowPanel { height: 6; width: 1fr; background: $panel; }"

    _row: SectionRow | None = None

    def show(self, row: SectionRow | None) -> None:
        """Show a row."""
        self._row = row
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Its title, then what is said of it; what has no room ends with an ellipsis."""
        row, pen = self._row, self.palette
        if row is None:
            return []
        ground = pen.style("text", "raised")
        strips = [Line().add(" ", ground).add(row.title[:_LONGEST], pen.style("text", "raised", bold=True), width - 2)]
        tone = pen.style("worse" if row.warns else "text", "raised")
        for at, words in enumerate(row.said):
            for part in wrap(plain(words[:_LONGEST]), max(10, width - 3)):
                strips.append(Line().add(" ", ground).add(part, tone if at == 0 else ground))
        found = [line.strip(width, ground) for line in strips]
        if len(found) > height:
            found = [*found[: height - 1], Line().add(" …", ground).strip(width, ground)]
        return found + [Strip.blank(width, ground)] * (height - len(found))
