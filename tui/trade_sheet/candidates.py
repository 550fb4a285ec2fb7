"""The planned items as candidates to give up: what each frees, its value, the odds then, and who waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.strip import Strip

from scenarios.figures.sizes import format_ew
from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving, number_of
from scenarios.plan.plan import Entry
from scenarios.trade.door import Candidate, Trade
from store.common.errors import Refused
from store.common.values import Value
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import clip
from tui.drawing.words import amount, odds_percent, waiting_words
from tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from scenarios.requests.ways_out import Way

NO_WAYS: Mapping[int, Way] = {}
#: Width of the mark at the left of a row.
_BOX = 4
#: Cells that a title keeps where something is said beside it.
_TITLE = 20


class CandidateColumns(Value):
    """Widths in cells at a table's width; 0 leaves a part out."""

    title: int
    owner: int
    value: int
    who: int

    @classmethod
    def at(cls, width: int, rows: Sequence[Candidate]) -> CandidateColumns:
        """Owner and value go when it is narrow; what no row has gets no column."""
        owner, value, who = (0, 0, 9) if width < 64 else (7, 6, 9) if width < 100 else (13, 7, 34)
        owner = owner if any(row.entry.item.owner for row in rows) else 0
        value = value if any(row.value is not None for row in rows) else 0
        who = who if any(row.waiting for row in rows) else 0
        return cls(max(6, width - 9 - owner - 7 - value - 6 - who - 1), owner, value, who)


def _box(candidate: Candidate, mark: Leaving | None) -> str:
    """The box of a row: what holds it, or by what it gives way."""
    if candidate.pin is not None:
        return "[=]"
    if mark is None:
        return "[ ]"
    return "[w]" if mark.way else "[v]" if mark.version is not None else "[x]"


def _words(mark: Leaving, width: int) -> str:
    """What is marked, in so many cells; of a way out, which it is stays in sight where the title does not."""
    if not mark.way or cell_len(mark.words) <= width:
        return mark.words
    way = f" → {mark.way}"
    return clip(mark.entry.item.title, max(8, width - cell_len(way))) + way


def _said_spent(entry: Entry, width: int) -> str:
    """What is in an item already and is not freed, as far as its title can spare the cells; empty where nothing is."""
    if not entry.spent:
        return ""
    words = f"  {format_ew(entry.spent)} ew already in it"
    return words if width - cell_len(words) >= _TITLE else f"  {format_ew(entry.spent)} in it"


class CandidateHead(Canvas):
    """The column names."""

    DEFAULT_CSS = "CandidateHead { height: 1; width: 1fr; padding-right: 1; }"

    _rows: Sequence[Candidate] = ()

    def show(self, rows: Sequence[Candidate]) -> None:
        """Name the columns of these rows."""
        self._rows = rows
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        muted = self.palette.style("muted")
        columns = CandidateColumns.at(width, self._rows)
        line = Line().add("         give up", muted, 9 + columns.title)
        line.add(" owner" if columns.owner else "", muted, columns.owner).add("frees", muted, 7, "right")
        line.add("value" if columns.value else "", muted, columns.value, "right").add("odds", muted, 6, "right")
        line.add(" who waits" if columns.who > 9 else " waits", muted, columns.who)
        return [line.strip(width, muted)]


class CandidateTable(RowTable):
    """Marked rows leave, or become their first version; the odds of a row are those with it out as well."""

    def __init__(self) -> None:
        super().__init__(id="candidates")
        self._trade: Trade | None = None
        self._rows: tuple[Candidate, ...] = ()
        self._forecast: Forecast | None = None
        self._marks: dict[int, Leaving] = {}
        self._ways: dict[int, Way] = {}

    def show(self, trade: Trade, marks: Sequence[Leaving] = ()) -> None:
        """Start on a trade with nothing marked but these."""
        self._trade, self._rows = trade, trade.candidates
        self._marks, self._ways = {each.item_id: each for each in marks}, {}
        self._forecast = trade.after(self.marked) if marks else trade.asked
        self.rebuild(0)

    def renew(self, trade: Trade) -> list[str]:
        """The same trade on a plan that changed: marks and cursor stay on items that are still candidates.

        What became of ways out that cannot be any more, as sentences.
        """
        at, numbers = self.candidate, self.numbers
        places = {candidate.entry.item.id: place for place, candidate in enumerate(trade.candidates)}
        self._trade, self._rows = trade, trade.candidates
        lost = self.mark_again(numbers, self.ways)
        self.rebuild(places.get(at.entry.item.id) if at else None)
        return lost

    def go_to(self, item_id: int) -> None:
        """Put the cursor on an item, where it is a candidate."""
        for place, candidate in enumerate(self._rows):
            if candidate.entry.item.id == item_id:
                self.move_to(place)

    @property
    def numbers(self) -> list[int]:
        """What is marked, as numbers: an item that leaves by its id, a first version by minus its own."""
        return [number_of(each) for each in self._marks.values()]

    @property
    def ways(self) -> dict[int, Way]:
        """By item id, the ways out that marked items take."""
        return dict(self._ways)

    def mark_again(self, numbers: Sequence[int], ways: Mapping[int, Way] = NO_WAYS) -> list[str]:
        """Mark what these numbers are, as far as they are candidates; an item that has a way out, by that.

        What became of ways that cannot be any more, as sentences.
        """
        marks = {
            number_of(each): each
            for candidate in self._rows
            if candidate.pin is None
            for each in (Leaving(candidate.entry), *candidate.versions)
        }
        lost: list[str] = []
        self._ways = {}
        for item_id in numbers:
            if item_id in ways:
                found = self._by_way(marks.pop(item_id, None), ways[item_id])
                if isinstance(found, str):
                    lost.append(found)
                else:
                    marks[item_id], self._ways[item_id] = found, ways[item_id]
        self.mark([marks[number] for number in numbers if number in marks])
        return lost

    def _by_way(self, whole: Leaving | None, way: Way) -> Leaving | str:
        """A mark by a way out; as a sentence, why it cannot be."""
        from scenarios.requests.ways_out import leaving_by

        if whole is None or self._trade is None:
            return f"An item that took the way out “{way.kind}” cannot give way here any more."
        try:
            return leaving_by(self._trade.state, whole.entry, way)
        except Refused as error:
            return f"“{whole.entry.item.title}” → {way.kind} is no longer marked: {error}."

    def mark(self, marks: Sequence[Leaving]) -> None:
        """Mark exactly these; a way out stays known for those that are marked by it."""
        self._marks = {each.item_id: each for each in marks}
        by_ways = {each.item_id for each in marks if each.way}
        self._ways = {key: way for key, way in self._ways.items() if key in by_ways}
        self._follow()

    def mark_by(self, leaving: Leaving, way: Way) -> None:
        """An item gives way by a way out; where it leaves, what is of no use without it is marked with it."""
        self._marks[leaving.item_id], self._ways[leaving.item_id] = leaving, way
        if leaving.stays is None:
            self._mark_needing(leaving.item_id)
        self._follow()

    def unmark(self, item_id: int) -> None:
        """An item stays as it is planned."""
        self._marks.pop(item_id, None)
        self._ways.pop(item_id, None)
        self._follow()

    def _mark_needing(self, item_id: int) -> None:
        """What is of no use without an item leaves too; a way out that it takes already stays, and the foot says why
        that will not do."""
        row = next(row for row in self._rows if row.entry.item.id == item_id)
        self._marks |= {each.item.id: Leaving(each) for each in row.needed_by if each.item.id not in self._ways}

    def toggle(self) -> str:
        """The row on the cursor leaves; pressed again it becomes its first version, then it stays. A way out goes.

        What is of no use without it is marked with it. Why nothing was marked, where it may not leave; else empty.
        """
        candidate = self.candidate
        if self._trade is None or candidate is None:
            return ""
        ways: list[Leaving | None] = [None, Leaving(candidate.entry), *candidate.versions]
        if candidate.pin is not None:
            return self._trade.held([Leaving(candidate.entry)])
        key = candidate.entry.item.id
        present = self._marks.get(key)
        if key in self._ways:
            self.unmark(key)
            return ""
        at = next((n for n, way in enumerate(ways) if way and present and way.version == present.version), 0)
        way = ways[(at + 1) % len(ways)]
        if way is None:
            del self._marks[key]
        else:
            self._marks[key] = way
            if way.stays is None:
                self._mark_needing(key)
        self._follow()
        return ""

    def _follow(self) -> None:
        if self._trade is not None:
            self._forecast = self._trade.after(self.marked)
        self.rebuild()

    def on_click(self, event: events.Click) -> None:
        """A click on the box marks at once."""
        if event.x < _BOX:
            row = event.y + self.scroll_offset.y
            if 0 <= row < self.row_count():
                event.prevent_default()
                self.move_to(row)
                self.post_message(self.Opened(self))

    @property
    def marked(self) -> list[Leaving]:
        """What is marked to leave, in the order of marking."""
        return list(self._marks.values())

    @property
    def forecast(self) -> Forecast | None:
        """The forecast with what is marked out."""
        return self._forecast

    @property
    def candidate(self) -> Candidate | None:
        """The row on the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def row_count(self) -> int:
        """One row a candidate."""
        return len(self._rows)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor shows only where it is."""
        super().watch_has_focus(has_focus)
        if self._rows:
            self._strips.clear()
            self.redraw_row(self.cursor)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One candidate."""
        pen, columns = colours.of(self.app), CandidateColumns.at(width, self._rows)
        candidate = self._rows[row]
        item = candidate.entry.item
        mark = self._marks.get(item.id)
        marked = mark is not None
        on_cursor = on_cursor and self.has_focus
        back = "cursor" if on_cursor else "panel"
        useful = candidate.frees_short > 0 or marked
        tone = "text" if useful else "muted"
        plain, muted = pen.style(tone, back), pen.style("muted", back)
        text = Line().add("▌" if on_cursor else " ", pen.style("text", back))
        box = _box(candidate, mark)
        text.add(box, pen.style("text" if marked else "muted", back, bold=marked))
        text.add(" ", plain).add(f" {item.slice} ", pen.chip(item.slice, dimmed=marked)).add(" ", plain)
        struck = mark is not None and not mark.becomes
        title = item.title if mark is None else _words(mark, columns.title)
        said = _said_spent(candidate.entry, columns.title) if mark is None or struck else ""
        style = pen.style(tone, back, strike=struck, bold=on_cursor)
        text.text(title, style, columns.title - cell_len(said), plain).add(said, muted)
        text.add(f" {item.owner[:40]}", muted, columns.owner)
        text.add(format_ew(candidate.frees if mark is None else mark.ew), plain, 7, "right")
        if columns.value:
            value = "no value" if candidate.value is None else amount(candidate.value)
            value = value if len(value) < columns.value else "–"
            text.add(value, muted, columns.value, "right")
        # Of what stays smaller, too, the odds with it out as well.
        stays = mark.stays if mark is not None else candidate.entry
        text.add(self._odds_words(stays), *self._odds_style(pen, stays, back))
        who = waiting_words(candidate.waiting, short=columns.who < 10)
        return text.add(" " + who, muted, columns.who).strip(width, plain)

    def _odds_words(self, stays: Entry | None) -> str:
        if self._forecast is None:
            return ""
        return "out" if stays is None else odds_percent(self._odds(self._forecast, stays), self._forecast.plan.target)

    def _odds_style(self, pen: colours.Palette, stays: Entry | None, back: str) -> tuple[Style, int, str]:
        reached = stays is not None and self._forecast is not None and self._forecast.reaches_without(stays)
        return pen.style("better" if reached else "muted" if stays is None else "text", back, bold=reached), 6, "right"

    def _odds(self, forecast: Forecast, entry: Entry) -> float:
        return forecast.odds + forecast.if_cut(entry)
