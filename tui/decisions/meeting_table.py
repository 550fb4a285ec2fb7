"""The meetings on record, newest first: their days, and how many decisions of each stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.strip import Strip

from tui.drawing import colours
from tui.drawing.canvas import Line
from tui.widgets.row_table import RowTable


class MeetingTable(RowTable):
    """One row a meeting."""

    DEFAULT_CSS = "MeetingTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="meetings")
        self.rows: Sequence[tuple[date, int]] = ()

    @property
    def day(self) -> date | None:
        """The day on the cursor; None where there are no meetings."""
        return self.rows[self.cursor][0] if self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[tuple[date, int]], keep: date | None) -> None:
        """Show these days with how many decisions each has, the cursor on one of them, else on the newest."""
        self.rows = rows
        self.rebuild(next((at for at, (day, _) in enumerate(rows) if day == keep), 0))

    def row_count(self) -> int:
        """One row a meeting."""
        return len(self.rows)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """The day, and how many decisions."""
        pen, (day, count) = colours.of(self.app), self.rows[row]
        back = "cursor" if on_cursor else "panel"
        ground = pen.style("text", back)
        drawn = Line().add("▌" if on_cursor else " ", ground)
        drawn.add(f"{day:%a %d %b %Y}", pen.style("text", back, bold=on_cursor), 17)
        return drawn.add(f"{count:,}", pen.style("muted", back), max(0, width - 19), "right").strip(width, ground)
