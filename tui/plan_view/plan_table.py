"""The plan, best first, the line, and the backlog below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from scenarios.figures.sizes import format_ew, format_span
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entries, Entry
from scenarios.trade.changes import unplanned
from store.common.values import Value
from store.records import Item, Size, Team
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line
from tui.drawing.colours import ColourMode, Palette
from tui.drawing.words import odds_percent, points
from tui.drawing.wrap import wrapped
from tui.plan_view.chosen_columns import DRAWN, RIGHT, TEXTS, cell, fitting
from tui.plan_view.groups import GroupHeading, grouped
from tui.plan_view.progress_bar import draw_progress, mark_of
from tui.plan_view.team_cells import cells_of_joined, cells_of_teams
from tui.plan_view.team_strip import short_names, shortest, strip_of
from tui.session.figures import Figures
from tui.widgets.row_table import RowTable

#: Gains from here on are set in colour: the few rows that make room at once.
_MUCH = 0.10
#: The columns for a projector; what else there is to tell of a row stands in the line below the rows.
_FAR = ("size", "odds")
_MOST_LINES = 3
#: Cells that a bar keeps where titles are cut.
_LEAST_BAR = 12
#: Where nothing is planned yet, the bars are on the scale of these first rows.
_FIRST_SCREEN = 60


class PlanColumns(Value):
    """Widths in cells of a row's parts at a table's width; 0 leaves a part out."""

    title: int
    owner: int
    bar: int
    span: int = 7
    odds: int = 4
    cut: int = 4
    #: of one of several teams
    team: int = 0
    #: columns of text that somebody chose, after the title
    texts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def at(
        cls,
        width: int,
        owners: int = 12,
        chosen: Sequence[str] | None = None,
        teams: int = 0,
        span: int = 7,
        longest: int = 0,
    ) -> PlanColumns:
        """Owner and bar go first when it gets narrow; owners where there is nothing to tell of them. One of several
        teams stays, in the place of the owner where there is none for both; ``owners`` and ``teams`` are what their
        names take, and ``span`` what sizes do: what they leave is the title's. Where the ``longest`` title still has
        no room, a long bar gives it some of its own. Those that were ``chosen`` stand in place of all."""
        if chosen is not None:
            here = fitting(chosen, width - 9)
            title = width - 9 - sum(here.values()) - len(here)
            texts = {name: wide for name, wide in here.items() if name in TEXTS}
            bar, span, odds, cut = (here.get(name, 0) for name in DRAWN)
            return cls(title, 0, bar, span, odds, cut, texts=texts)
        owner, bar, team = (0, 0, 3) if width < 64 else (6, 9, 8) if width < 100 else (12, 26, 12)
        team = min(team, teams)
        # The name of the column stands over it.
        owner = min(owner, max(5, owners)) if owners and (not teams or width >= 100) else 0
        fixed = 9 + sum(each + 1 for each in (owner, bar, team, span) if each) + 5 + 5
        title = max(6, width - fixed)
        given = min(max(0, bar - _LEAST_BAR), max(0, longest - title))
        return cls(title + given, owner, bar - given, span, team=team)


class PlanHead(Canvas):
    """The heading of the plan and its columns."""

    DEFAULT_CSS = "PlanHead { height: 2; width: 1fr; padding-right: 1; }"

    def __init__(self) -> None:
        super().__init__(id="plan-head")
        self._left = ""
        self._right = ""
        self._table: PlanTable | None = None
        self._forecast: Forecast | None = None

    def show(self, left: str, right: str, table: PlanTable, forecast: Forecast | None = None) -> None:
        """What the list holds, what its bars mean, the table that it heads, and the odds of its teams where they are
        to be told in a single row."""
        self._left, self._right, self._forecast, self._table = left, right, forecast, table
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Heading where there are two rows, then the columns."""
        pen = self.palette
        muted = pen.style("muted")
        columns = PlanColumns.at(width) if self._table is None else self._table.columns_at(width)
        begin = 9 + columns.title + _spaced(columns.team)
        if height < 2 and self._forecast is not None and columns.team:
            # There is no row for the strip of teams: it stands above the titles.
            line = strip_of(self._forecast, begin, pen)
            line.add("", muted, max(0, begin - line.width))
        else:
            line = Line().add("", muted, 9).add("item", muted, columns.title)
            line.add(" team" if columns.team else "", muted, _spaced(columns.team))
        for name, wide in columns.texts.items():
            line.add(" ", muted).add(name, muted, wide, "right" if name in RIGHT else "left")
        if columns.owner:
            line.add(" owner", muted, columns.owner + 1)
        if columns.bar:
            line.add(" weeks" if columns.bar < 16 else " engineer-weeks", muted, columns.bar + 1)
        for word, wide in (("" if columns.bar else "ew", columns.span), ("odds", columns.odds), ("cut", columns.cut)):
            line.add(word, muted, _spaced(wide), "right")
        names = line.strip(width, muted)
        if height < 2:
            return [names]
        head = Line().add(" THE PLAN", pen.style(bold=True)).add(f"  {self._left}", muted)
        head.add(self._right, muted, max(0, width - head.width - 1), "right")
        return [head.strip(width, muted), names]


class PlanTable(RowTable):
    """Rows of the plan, then the line, then what is below it; filtered where ``keep`` is given."""

    def __init__(self) -> None:
        super().__init__(id="plan")
        self._figures: Figures | None = None
        self._above: Sequence[Entry | GroupHeading] = ()
        self._below: Sequence[Entry | GroupHeading] = ()
        #: by what rows stand together, and the columns that were chosen; None: as they come
        self.group = ""
        self.columns: Sequence[str] | None = None
        #: whether it is for a projector: few columns, and titles whole, on several lines
        self.projected = False
        self._scale = 1.0
        self._places: dict[int, int] = {}
        #: cells that the names of owners take, those of several teams, whole and short, sizes, and the longest title
        self._owners, self._teams, self._tight, self._span, self._longest = 12, 0, 0, 7, 0
        #: cells that the teams of an item take where there is more room
        self._joined = 0
        self._short: Mapping[int, str] = {}
        #: items that somebody else changed a moment ago
        self.fresh: frozenset[int] = frozenset()
        #: items that somebody picked out, to be moved or edited together
        self.marked: frozenset[int] = frozenset()
        #: whether the row on the cursor is drawn as if it left, and whether the rows are in an order that is only shown
        self.previewing, self._ordering = False, False

    def show(self, figures: Figures, above: Sequence[Entry], below: Sequence[Entry], keep: int | None = None) -> None:
        """Show these rows; the cursor stays on the item ``keep`` where it is still there."""
        self._figures, self._ordering = figures, False
        self._above, self._below = grouped(figures, above, self.group), grouped(figures, below, self.group)
        if self.marked:
            items = figures.state.all(Item)
            self.marked = frozenset(
                key for key in self.marked if key in items and items[key].state in ("plan", "below")
            )
        self._places = {entry.item.id: at for at, entry in enumerate(figures.plan.entries, 1)}
        seen = figures.plan.entries or below[:_FIRST_SCREEN]
        # Of all rows, what is told here is told without making an entry of each.
        sides = Entries.of(above), Entries.of(below)
        shown, sizes = [*sides[0].items, *sides[1].items], {**sides[0].sizes, **sides[1].sizes}
        self._owners = max((cell_len(owner[:12]) for owner in {item.owner for item in shown}), default=0)
        self._short = short_names(figures.plan.teams, 3)
        self._teams, self._tight = cells_of_teams(
            figures.plan.teams, self._short, max(map(len, sizes.values()), default=1)
        )
        self._joined = cells_of_joined(figures.plan.teams, shown, sizes) if self._teams else 0
        self._longest = max((cell_len(_first(_marked(figures, entry))) for entry in seen), default=0)
        # A range, or else “size?” and numbers.
        ranged = any(size.low is not None or size.high is not None for each in sizes.values() for size in each)
        self._span = 7 if ranged else 5
        self._scale = max([1.0, *(_high(entry) for entry in seen)])
        row = None if keep is None else self.row_of(keep)
        self.rebuild(row)

    @property
    def shown_columns(self) -> Sequence[str] | None:
        """The columns that stand there now; None: as they come."""
        return _FAR if self.projected else self.columns

    def columns_at(self, width: int) -> PlanColumns:
        """The widths of a row's parts in so many cells; teams are called short where titles are cut else."""
        given = width, self._owners, self.shown_columns
        teams = self._teams if width < 100 else self._joined
        whole = PlanColumns.at(*given, teams, self._span, self._longest)
        if self._tight < whole.team < 12 and whole.title < self._longest:
            return PlanColumns.at(*given, self._tight, self._span, self._longest)
        return whole

    def fit(self, tall: bool) -> None:
        """As many lines a row as there is height for; for a projector, as the titles take."""
        lines = 2 if tall else 1
        if self.projected:
            wide = self.columns_at(self._inner_width()).title
            # Between words a line loses a few cells.
            lines = 3 if any(cell_len(_first(entry.item.title)) > 2 * wide - 10 for entry in self.shown) else 2
        if self.row_height != lines:
            self.row_height = lines
            self.rebuild()

    def mark_fresh(self, items: frozenset[int]) -> None:
        """Mark the rows of these items as changed by somebody else, and no others."""
        if items != self.fresh:
            self.fresh = items
            self.redraw()

    def mark(self, items: frozenset[int]) -> None:
        """Pick out these items, and no others."""
        changed, self.marked = self.marked ^ items, items
        if len(changed) > 1:
            self.redraw()
        elif changed and (row := self.row_of(min(changed))) is not None:
            self.redraw_row(row)

    def show_order(self, above: Sequence[Entry], below: Sequence[Entry]) -> None:
        """The rows that are shown in another order, as a sort would leave them; the next :meth:`show` is as it is."""
        if self._figures is None:
            return
        self._ordering = True
        self._places = {entry.item.id: at for at, entry in enumerate(above, 1)}
        shown = self.shown
        if len(shown) < len(above) + len(below):
            here = {entry.item.id for entry in shown}
            above, below = ([entry for entry in side if entry.item.id in here] for side in (above, below))
        self._above, self._below = (grouped(self._figures, side, self.group) for side in (above, below))
        self.rebuild()

    # -------------------------------------------------- rows

    @property
    def shown(self) -> Sequence[Entry]:
        """The items of all rows, above the line first."""
        return [entry for entry in (*self._above, *self._below) if isinstance(entry, Entry)]

    @property
    def line_row(self) -> int:
        """The row of the line."""
        return len(self._above)

    def row_count(self) -> int:
        """Plan, line, backlog."""
        return len(self._above) + 1 + len(self._below) if self._figures else 0

    def can_stand(self, row: int) -> bool:
        """Everywhere but on the line and on headings."""
        return row != self.line_row and not isinstance(self._at(row), GroupHeading)

    def entry_at(self, row: int) -> Entry | None:
        """The item of a row; None on the line, on headings and outside."""
        found = self._at(row)
        return found if isinstance(found, Entry) else None

    def _at(self, row: int) -> Entry | GroupHeading | None:
        if 0 <= row < self.line_row:
            return self._above[row]
        at = row - self.line_row - 1
        return self._below[at] if 0 <= at < len(self._below) else None

    def row_of(self, item_id: int) -> int | None:
        """The row of an item; None where it is not shown."""
        for first, rows in ((0, self._above), (self.line_row + 1, self._below)):
            for number, entry in enumerate(rows, first):
                if isinstance(entry, Entry) and entry.item.id == item_id:
                    return number
        return None

    def place_of(self, entry: Entry) -> int:
        """The place of a planned item in the whole rank, whatever is filtered; 0 for one that is not in plan."""
        return self._places.get(entry.item.id, 0)

    @property
    def entry(self) -> Entry | None:
        """The item on the cursor."""
        return self.entry_at(self.cursor)

    # -------------------------------------------------- drawing

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One line of a row."""
        pen = colours.of(self.app)
        entry = self._at(row)
        if isinstance(entry, GroupHeading):
            return self._draw_heading(pen, entry, width, line)
        if self._figures is None or entry is None:
            return self._draw_the_line(pen, width, line)
        if line and self.projected:
            return self._draw_rest(pen, self._figures, entry, row, line, width, on_cursor)
        return (
            self._draw_note(pen, entry, row, width, on_cursor)
            if line
            else self._draw_entry(pen, self._figures, entry, row, width, on_cursor)
        )

    def _draw_the_line(self, pen: Palette, width: int, line: int) -> Strip:
        ground = pen.style()
        if line:
            return Strip.blank(width, ground)
        right = " below: good, not now ━━" if self._below else " nothing below yet ━━"
        text = Line().add(" ━━ ", ground).add("the line", pen.style(bold=True)).add(" ", ground)
        text.add("━" * max(0, width - text.width - len(right)), ground).add(right, ground)
        return text.strip(width, ground)

    def _draw_heading(self, pen: Palette, heading: GroupHeading, width: int, line: int) -> Strip:
        ground, muted = pen.style(), pen.style("muted")
        # Where a row has two lines, next to its group.
        if line < self.row_height - 1:
            return Strip.blank(width, ground)
        room = max(8, width - 6 - cell_len(heading.words))
        text = Line().add("    ", ground).text(_first(heading.name), pen.style(bold=True), room, muted)
        return text.add(heading.words, muted).strip(width, ground)

    def _draw_entry(self, pen: Palette, figures: Figures, entry: Entry, row: int, width: int, on_cursor: bool) -> Strip:
        columns = self.columns_at(width)
        item = entry.item
        planned = row < self.line_row
        back = "cursor" if on_cursor else "panel"
        tone = "text" if planned or on_cursor else "muted"
        plain, muted = pen.style(tone, back), pen.style("muted", back)
        leaving = on_cursor and planned and self.previewing and not self._ordering
        edge = "▌" if on_cursor else "•" if item.id in self.fresh else " "
        line = Line().add(edge, pen.style("text", back))
        line.add(str(self.place_of(entry)) if planned else "·", muted, 3, "right")
        picked = item.id in self.marked
        line.add("✓" if picked else " ", pen.style("text", back, bold=True) if picked else plain)
        line.add(f" {item.slice} ", pen.chip(item.slice, dimmed=not planned)).add(" ", plain)
        title = _marked(figures, entry)
        title = _lines(title, columns.title)[0] if self.projected else title
        self._draw_title(
            line, figures, entry, title, pen.style(tone, back, strike=leaving, bold=on_cursor), muted, columns
        )
        for name, wide in columns.texts.items():
            words = cell(figures, entry, name)
            line.add(" ", plain).add(words, muted, wide, "right" if name in RIGHT else "left")
        if columns.team:
            line.add(" ", plain).add(self._team_name(figures, entry, columns.team), muted, columns.team)
        if columns.owner:
            line.add(" ", plain).add(_first(item.owner), muted, columns.owner)
        if columns.bar:
            line.add(" ", plain)
            if planned and figures.plan.moment is not None and entry.sized:
                draw_progress(line, pen, entry, back, columns.bar, self._scale)
            else:
                self._draw_bar(line, pen, entry, back, columns.bar, planned)
        if entry.sized:
            line.add(format_span(entry.sizes), plain, _spaced(columns.span), "right")
        else:
            line.add("size?", pen.style("muted", back, underline=on_cursor), _spaced(columns.span), "right")
        if not figures.ready:
            wide = _spaced(columns.odds) + _spaced(columns.cut)
            return line.add("…", muted, wide, "right").strip(width, plain)
        forecast = figures.forecast
        if planned:
            odds = forecast.item_odds_of(item.id)
            risky = forecast.at_risk(item.id)
            # Four cells: where a decimal is needed, the sign gives way.
            words = odds_percent(odds, figures.plan.target)
            words = words if len(words) <= columns.odds else words.removesuffix("%")
            line.add(words, pen.style("worse" if risky else "muted", back), _spaced(columns.odds), "right")
        else:
            line.add("", plain, _spaced(columns.odds))
        if entry.sized and columns.cut:
            change = forecast.if_cut(entry)
            much = planned and change >= _MUCH
            style = pen.style("better", back, bold=True) if much else pen.style(tone, back)
            line.add(points(change), style, columns.cut + 1, "right")
        return line.strip(width, plain)

    def _draw_title(
        self, line: Line, figures: Figures, entry: Entry, title: str, style: Style, muted: Style, columns: PlanColumns
    ) -> None:
        """The title and, where it leaves room, what each of several teams has of it."""
        width = columns.title
        parts = ""
        # Where a row has a second line, that has it.
        if len(entry.sizes) > 1 and self.row_height == 1:
            room = width - cell_len(title[: 4 * width]) - 1
            parts = next((words for words in _parts(figures.plan.teams, entry) if cell_len(words) <= room), "")
        line.text(title, style, width - cell_len(parts), muted).add(parts, muted)

    def _draw_rest(
        self, pen: Palette, figures: Figures, entry: Entry, row: int, at: int, width: int, on_cursor: bool
    ) -> Strip:
        """A further line of a title that stands whole."""
        back = "cursor" if on_cursor else "panel"
        style = pen.style("text" if row < self.line_row or on_cursor else "muted", back, bold=on_cursor)
        wide = self.columns_at(width).title
        line = Line().add("▌" if on_cursor else " ", pen.style("text", back)).add("", style, 8)
        words = dict(enumerate(_lines(_marked(figures, entry), wide))).get(at, "")
        return line.text(words, style, wide, style).strip(width, style)

    def _draw_note(self, pen: Palette, entry: Entry, row: int, width: int, on_cursor: bool) -> Strip:
        back = "cursor" if on_cursor else "panel"
        muted = pen.style("muted", back, dimmed=row > self.line_row)
        line = Line().add("▌" if on_cursor else " ", pen.style("text", back)).add("", muted, 8)
        teams = self._figures.plan.teams if self._figures is not None and len(entry.sizes) > 1 else ()
        parts = next(iter(_parts(teams, entry)), "") if teams else ""
        signed = self._figures.signed.get(entry.item.id, ()) if self._figures is not None else ()
        marks = f"signed: {', '.join(signed)}" if signed else ""
        return line.add(
            _first("  ".join(filter(None, (marks, parts, entry.item.note)))), muted, max(0, width - 11)
        ).strip(width, muted)

    def _team_name(self, figures: Figures, entry: Entry, width: int) -> str:
        """The teams of an item, by as much of their names as fits."""
        names = {team.id: team.name for team in figures.plan.teams}
        for called in (names, self._short, {key: name[:1] for key, name in names.items()}):
            words = "+".join(called.get(key, "?") for key in entry.team_ids)
            if cell_len(words) <= width:
                return words
        return f"{len(entry.sizes)} teams" if len(entry.sizes) > 1 else words

    def _draw_bar(self, line: Line, pen: Palette, entry: Entry, back: str, width: int, planned: bool) -> None:
        """Likely in the slice's colour, dim to high, on the scale of the widest planned item."""
        likely = min(width, max(1, round(width * entry.ew / self._scale))) if entry.sized else 0
        high = min(width, max(likely, round(width * _high(entry) / self._scale))) if entry.sized else 0
        poor = pen.mode in (ColourMode.NONE, ColourMode.ANSI16)
        solid, faint = ("█", "░") if poor else ("▆", "▆")
        strong = pen.style(entry.item.slice, back, dimmed=not planned)
        line.add(solid * likely, strong)
        line.add(
            faint * (high - likely), strong if poor or not planned else pen.style(entry.item.slice, back, dimmed=True)
        )
        line.add("", pen.style("text", back), width - high)


def _spaced(wide: int) -> int:
    """The cells of a column with the blank before it; none where it is not there."""
    return wide + 1 if wide else 0


def _parts(teams: Sequence[Team], entry: Entry) -> list[str]:
    """What each team has of an item, in ew: by name, and with names cut as short as tells them apart."""
    names = {team.id: team.name for team in teams}
    short = {key: shortest(name, names.values()) for key, name in names.items()}
    words = [
        " + ".join(f"{called.get(size.team_id, '?')} {format_ew(size.likely)}" for size in entry.sizes)
        for called in (names, short)
    ]
    tight = (f"{short.get(size.team_id, '?')}{format_ew(size.likely).removesuffix('.0')}" for size in entry.sizes)
    return [*words, "+".join(tight)]


def _marked(figures: Figures, entry: Entry) -> str:
    """A title with what it is marked by: signed for, promised, unplanned, begun or done."""
    title = f"{mark_of(entry)}{entry.item.title}"
    title = f"+ {title}" if unplanned(figures.state, entry.item) else title
    title = f"§ {title}" if entry.item.id in figures.promised else title
    # Somebody signed for it, against a rule of the charter.
    return f"✎ {title}" if entry.item.id in figures.signed else title


def _lines(title: str, width: int) -> list[str]:
    """A title on up to three lines; the last has all that is left of it."""
    rows = wrapped(_first(title), width)
    return [*rows[: _MOST_LINES - 1], " ".join(rows[_MOST_LINES - 1 :])]


def _first(text: str) -> str:
    """Enough of a text for any row: measuring ten thousand characters a row would be felt."""
    return text[:300]


def _high(entry: Entry) -> float:
    """The far end of an item's bar, in ew: its high, or what the odds take for P90 where no range is stated."""
    return max(entry.spent + entry.left, sum(_size_high(size) for size in entry.sizes))


def _size_high(size: Size) -> float:
    # exp(1.2816 * .6 - .18): P90 over the mean of an item without a range.
    return size.high if size.high is not None else 1.8 * size.likely
