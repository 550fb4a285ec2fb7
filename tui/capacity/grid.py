"""Teams and people by weeks, drawn line by line: who is there, how much, and the load against what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.strip import Strip

from scenarios.figures.sizes import change_ew, format_ew
from tui.drawing import bars, colours
from tui.drawing.bars import Part, Tick
from tui.drawing.canvas import Canvas, Line
from tui.drawing.colours import Palette
from tui.widgets.keys import Key, Keys, key_named
from tui.widgets.row_table import RowTable

#: Growing with the days that are left of a week: told apart without colour.
PARTS = "▁▂▃▄"
FULL, OFF, ON_CALL, NOT_THERE = "▆", "–", "o", "·"
#: What the marks mean, for the foot of the screen.
KEY = f"{FULL} whole week  {PARTS[1]} part  {OFF} off  {ON_CALL} on call  {NOT_THERE} not there"

RowKind = Literal["team", "load", "person", "new"]


@dataclass(frozen=True)
class WeekCell:
    """A week of a person (days there and days that are left of them), or of a team (net ew)."""

    there: float
    left: float
    #: since the draft began: -1 less, +1 more, 0 as it was
    moved: int = 0
    #: whether some of it went to being on call
    on_call: bool = False

    @property
    def mark(self) -> str:
        """One character that tells how much of the week is left."""
        if self.there <= 0:
            return NOT_THERE
        if self.left <= 0:
            return ON_CALL if self.on_call else OFF
        if self.left >= self.there:
            return FULL
        return PARTS[min(len(PARTS) - 1, int(self.left / self.there * len(PARTS)))]


@dataclass(frozen=True)
class GridRow:
    """A line of the grid. ``net`` and ``load`` are engineer-weeks; ``before`` is the net before the draft."""

    kind: RowKind
    team_id: int
    name: str
    person_id: int = 0
    cells: tuple[WeekCell, ...] = ()
    net: float = 0.0
    before: float = 0.0
    load: float = 0.0


@dataclass(frozen=True)
class GridColumns:
    """Widths in cells at a table's width: a name, so many a week, and the net in all."""

    name: int
    week: int
    net: int = 6

    @classmethod
    def at(cls, width: int, weeks: int) -> GridColumns:
        """Weeks get what the names can spare."""
        room = width - 1 - cls.net
        week = max(2, min(6, (room - 12) // max(1, weeks)))
        return cls(max(6, room - week * weeks), week)


class GridHead(Canvas):
    """The weeks: their numbers and first days."""

    DEFAULT_CSS = "GridHead { height: 2; width: 1fr; padding-right: 1; }"

    def __init__(self) -> None:
        super().__init__(id="grid-head")
        self._heading = ""
        self._firsts: Sequence[date] = ()

    def show(self, heading: str, firsts: Sequence[date]) -> None:
        """What stands here, and the first day of each week."""
        self._heading, self._firsts = heading, firsts
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Numbers over days; where weeks are narrow, only months are named, and every second week is numbered."""
        pen = self.palette
        muted, bold = pen.style("muted"), pen.style(bold=True)
        columns = GridColumns.at(width, len(self._firsts))
        narrow = columns.week < 4
        numbers = Line().add(f" {self._heading}", bold, columns.name + 1)
        days = Line().add("", muted, columns.name + 1)
        for at, first in enumerate(self._firsts):
            start, begins = columns.name + 1 + at * columns.week, at == 0 or first.month != self._firsts[at - 1].month
            if columns.week > 2 or at % 2 == 0:
                numbers.add("", muted, start - numbers.width).add(f"{'' if narrow else 'w'}{at + 1}", muted)
            if (begins or not narrow) and start >= days.width:
                days.add("", muted, start - days.width).add(f"{first:%b}" if begins else str(first.day), muted)
        numbers.add("net", muted, width - numbers.width, "right")
        return [numbers.strip(width, muted), days.strip(width, muted)][:height]


class CapacityGrid(RowTable):
    """Rows of teams and people; a cursor that is a row and a week."""

    DEFAULT_CSS = "CapacityGrid { height: 1fr; }"
    KEYS = Keys(
        "The weeks of a person",
        Key("grid.left", "left,h", "Week before", "week(-1)", show=False),
        Key("grid.right", "right,l", "Week after", "week(1)", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self) -> None:
        super().__init__(id="grid")
        self.rows: Sequence[GridRow] = ()
        self.weeks = 0
        self.week = 0
        self._scale = 1.0

    def show(self, rows: Sequence[GridRow], weeks: int) -> None:
        """Show these rows of so many weeks, the cursor on whom it was on."""
        old, was = self.rows, self.row
        scale = max([0.1, *(max(row.net, row.load, row.before) for row in rows)])
        same = len(rows) == len(old) and (scale, weeks) == (self._scale, self.weeks)
        self.rows, self._scale, self.weeks = tuple(rows), scale, weeks
        self.week = max(0, min(self.week, weeks - 1))
        keep = [key(row) for row in self.rows].index(key(was)) if was is not None and _has(self.rows, was) else None
        if not same or keep not in (None, self.cursor):
            self.rebuild(keep)
            return
        # A key press changes a person and their team: two lines and a bar, not the screen.
        for at, (before, after) in enumerate(zip(old, self.rows, strict=True)):
            if before != after:
                self.redraw_row(at)

    @property
    def row(self) -> GridRow | None:
        """The row on the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    # -------------------------------------------------- rows

    def row_count(self) -> int:
        """All of them."""
        return len(self.rows)

    def can_stand(self, row: int) -> bool:
        """Not on the bars."""
        return self.rows[row].kind != "load"

    def action_week(self, step: int) -> None:
        """A week on or back."""
        self.to_week(self.week + step)

    def to_week(self, week: int) -> None:
        """Put the cursor on a week, as near as can be, and say so."""
        week = max(0, min(week, self.weeks - 1))
        if week != self.week:
            self.week = week
            self.redraw_row(self.cursor)
            self._show_cursor()
            self.screen.post_message(self.Highlighted(self))

    def on_click(self, event: events.Click) -> None:
        """A click on a week goes there too."""
        columns = GridColumns.at(self._inner_width(), self.weeks)
        at = (event.x - columns.name - 1) // columns.week
        row = event.y + self.scroll_offset.y
        stands = 0 <= row < self.row_count() and self.can_stand(row)
        if stands and event.x > columns.name and 0 <= at < self.weeks:
            self.to_week(at)
        super().on_click(event)

    def _show_cursor(self) -> None:
        super()._show_cursor()
        if self.has_focus and self.weeks:
            # Braille lines and screen readers follow to the week.
            columns = GridColumns.at(self._inner_width(), self.weeks)
            across = columns.name + 1 + self.week * columns.week
            self.app.cursor_position = Offset(self.content_region.x + across, self.app.cursor_position.y)

    # -------------------------------------------------- drawing

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One row."""
        pen, found = colours.of(self.app), self.rows[row]
        columns = GridColumns.at(width, self.weeks)
        if found.kind == "load":
            return self._draw_load(pen, found, columns, width)
        back = "cursor" if on_cursor else "panel"
        team = found.kind == "team"
        plain, muted = pen.style("text", back), pen.style("muted", back)
        text = Line().add("▌" if on_cursor else " ", plain)
        if found.kind == "new":
            return text.add(found.name[:300], muted, width - 1).strip(width, muted)
        name = found.name[:300] if team else f" {found.name[:300]}"
        text.add(name, pen.style("text", back, bold=team), columns.name)
        for week, cell in enumerate(found.cells):
            here = on_cursor and week == self.week
            self._draw_cell(text, pen, found, cell, columns.week, back, here)
        rest = max(0, width - text.width - columns.net)
        text.add(_plain_words() if team and not found.cells else "", muted, rest)
        return text.add(*_net(pen, found, back), columns.net, "right").strip(width, plain)

    def _draw_cell(
        self, text: Line, pen: Palette, row: GridRow, cell: WeekCell, width: int, back: str, here: bool
    ) -> None:
        """The last cell of a week stays blank, so that weeks are told apart."""
        usual = "muted" if cell.left <= 0 else "text" if row.kind == "team" else "fill"
        role = {-1: "worse", 1: "better"}.get(cell.moved, usual)
        style = pen.style(role, back, underline=bool(cell.moved), bold=bool(cell.moved))
        ground = pen.style("text", back)
        if here:
            style = pen.style("panel", "text", bold=True) if pen.hexes and pen.colour("text") else Style(reverse=True)
        if row.kind == "team":
            shown = format_ew(cell.left) if width >= 4 else cell.mark
        elif cell.mark in PARTS and width >= 4:
            text.add(f"{cell.mark}{_days(cell.left)}", style, width)
            return
        else:
            shown = cell.mark * (1 if cell.mark == NOT_THERE else width - 1)
        text.add(shown, style, width - 1).add(" ", ground)

    def _draw_load(self, pen: Palette, row: GridRow, columns: GridColumns, width: int) -> Strip:
        """The load as a bar on the scale of the fullest team, with the net as a line."""
        muted, over = pen.style("muted"), row.load > row.net + 1e-9
        text = Line().add("  load ", muted).add(format_ew(row.load), pen.style("worse" if over else "text"))
        text.add("", muted, max(0, columns.name + 1 - text.width))
        room = max(4, width - text.width - columns.net)
        parts = [Part(min(row.load, row.net) / self._scale, "fill")]
        if over:
            parts.append(Part(row.load / self._scale, "worse", bars.LOST, hollow=True))
        ticks = [Tick(row.net / self._scale)]
        if round(row.before, 3) != round(row.net, 3):
            ticks.insert(0, Tick(row.before / self._scale, dashed=True))
        text.segments += bars.bar(room, parts, ticks, pen)
        text.width += room
        left = row.net - row.load
        return text.add(change_ew(left), pen.style("worse" if over else "muted"), columns.net, "right").strip(
            width, muted
        )


def key(row: GridRow) -> tuple[str, int, int]:
    """What a row is, whatever stands in it."""
    return row.kind, row.team_id, row.person_id


def _has(rows: Sequence[GridRow], row: GridRow) -> bool:
    return any(key(each) == key(row) for each in rows)


def _net(pen: Palette, row: GridRow, back: str) -> tuple[str, Style]:
    moved = round(row.net - row.before, 3)
    role = "worse" if moved < 0 else "better" if moved > 0 else "text"
    return format_ew(row.net), pen.style(role, back, bold=row.kind == "team" or bool(moved), underline=bool(moved))


def _days(days: float) -> str:
    """Days to the half or the tenth, short."""
    return f"{days:.1f}".removesuffix(".0")


def _plain_words() -> str:
    return f"{key_named('capacity.plain')} sets it, {key_named('capacity.heads')} by people"
