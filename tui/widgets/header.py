"""The header that never leaves: quarter, capacity, load, room or short, odds, one-offs, and what stands over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from scenarios.figures.sizes import format_ew, whole_ew
from scenarios.odds.forecast import Forecast
from scenarios.plan.mix import one_off_band
from scenarios.plan.plan import Plan
from store.records import Origin
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.plain import clip, percent
from tui.drawing.words import least_team, odds_percent, open_words, room_words, target_percent
from tui.session.figures import Figures
from tui.widgets.keys import key_named

#: A piece of a row: its text and how it is drawn.
Piece = tuple[str, Style]
#: Steps by which the figures give way where the row is too short, and the least cells of a scenario's name and chip.
_ALL_SPARED, _SCENARIO = 8, 18
#: From this step on, the name of the plan may give way where others look at it, too.
_PLAN_SPARED = 3
#: From this step on, the week of a quarter that runs may give way.
_WEEK_SPARED = 6
#: Cells for the seats, with whom one follows, by step.
_SEATS = (40, 30, 20, 20)
#: Days after which it is said how old the progress is; weeks whose odds are said in figures; odds as bars.
_FRESH, _WEEKS_IN_FIGURES, _BARS = 8, 6, "▁▂▃▄▅▆▇█"


class Header(Canvas):
    """One row of figures and, where there is something to say, one of words."""

    DEFAULT_CSS = "Header { height: 1; width: 1fr; background: $panel; dock: top; } Header.-words { height: 2; }"

    def __init__(self) -> None:
        super().__init__(id="header")
        self._figures: Figures | None = None
        self._said = ""
        self._where = ""
        self._old = False
        self._trend: Sequence[float] = ()
        self._today: date | None = None

    def show(
        self,
        figures: Figures,
        said: str = "",
        where: str = "",
        *,
        old: bool = False,
        trend: Sequence[float] = (),
        today: date | None = None,
    ) -> None:
        """The figures of the plan; ``said`` is what the last change cost, ``where`` names another workspace.

        ``old`` says that newer odds are being worked out. In a quarter that runs, ``trend`` are its odds (0..1) week by
        week, the present ones last, and ``today`` is the day that tells how old its progress is.
        """
        self._figures, self._said, self._where, self._old = figures, said, where, old
        self._trend, self._today = trend, today
        self.set_class(bool(self.words), "-words")
        self.redraw()

    @property
    def seats(self) -> str:
        """How many seats there are, where it is more than one, and who is followed."""
        return str(getattr(self.app, "seated", ""))

    @property
    def words(self) -> str:
        """The second row: an over-commit or an open shortfall until it is cleared, then what the last change cost."""
        if self._figures is None:
            return ""
        signature, shortfall = self._figures.standing
        parts = []
        if signature is not None:
            parts.append(f"OVER-COMMIT signed by {signature.name}: {signature.reason}")
        if self._figures.exceptions:
            from scenarios.verdict.exceptions import due_words, mark_words

            rows, key = self._figures.exceptions, key_named("board.exceptions")
            parts += filter(None, (due_words(rows, key), mark_words(rows, key)))
        if shortfall is not None:
            parts.append(f"OPEN SHORTFALL since {shortfall.at:%d %b}: {shortfall.cause}")
        open_promises = open_words(self._figures.promised_not_in_plan)
        open_promises += f" ({key_named('board.commitments')})" if open_promises else ""
        parts += [words for words in (self._age_words(self._figures), open_promises, self._said) if words]
        return "   ".join(parts)

    def _age_words(self, figures: Figures) -> str:
        """How old the progress is of which the figures are, where that is more than a week."""
        moment = figures.plan.moment
        if moment is None or not moment.told or self._today is None:
            return ""
        days = (min(self._today, figures.plan.quarter.ends) - moment.day).days
        return f"progress is {days} days old ({key_named('board.progress')} records it)" if days > _FRESH else ""

    def _waiting(self, figures: Figures, width: int) -> Strip:
        """The row while the first odds are being worked out."""
        pen = self.palette
        muted, strong = pen.style("muted", "raised"), pen.style("text", "raised", bold=True)
        left = [(" ", muted), (clip(figures.plan.quarter.name, 16), strong)]
        load = f"net {format_ew(figures.plan.capacity)}   load {format_ew(figures.plan.load)}   "
        return spread(left, [(load, strong), ("odds … ", muted)], width, muted)

    def _left(self, figures: Figures, narrow: bool, room: int) -> list[Piece]:
        """Which workspace this is, in so many cells: a scenario is told from the main plan at any width."""
        pen, quarter, stand = self.palette, figures.plan.quarter, stand_words(figures.plan)
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        strong, chip = pen.style("text", "raised", bold=True), pen.style("text", "raised", bold=True, reverse=True)
        if scenario := scenario_of(figures):
            before, after = ("", "") if narrow else (f" {clip(quarter.name, 16)} · ", f" {stand}")
            # The name matters most: state and quarter give way to it.
            free = room - cell_len(" scenario “” ") - 1
            if cell_len(scenario) > free - cell_len(before) - cell_len(after):
                after = ""
            if cell_len(scenario) > free - cell_len(before):
                before = ""
            words = f" scenario “{clip(scenario, max(3, free - cell_len(before) - cell_len(after)))}” "
            return [(text, style) for text, style in ((before, ground), (words, chip), (after, muted)) if text]
        short: list[Piece] = [(" ", ground), (clip(quarter.name, 16), strong)]
        stated: list[Piece] = [*short, (f" {stand}", muted)]
        named: list[Piece] = [
            (f" {clip(quarter.name, 16)}", ground),
            (f" · {clip(self._where or 'Main', 12)} · {stand}", muted),
        ]
        whole: list[Piece] = [*named[:-1], (named[-1][0].replace(stand, stand_words(figures.plan, day=True)), muted)]
        brand: list[Piece] = [(" ", ground), ("MAKEROOM", strong), (" ", ground)]
        ways = (stated, short) if narrow else ([*brand, *whole], whole, [*brand, *named], named, stated, short)
        if self.seats and not narrow:
            # Who looks at somebody else's plan is told which one before how far it is.
            ways = (*ways[:-2], [named[0], (f" · {clip(self._where or 'Main', 12)}", muted)], short)
        # One cell stays free before the figures.
        return next((way for way in ways if sum(cell_len(text) for text, _ in way) < room), short)

    def _held_against(self, forecast: Forecast, narrow: bool, muted: Style, odds: Style) -> list[Piece]:
        """What the odds are held against: where it is each team's, beside the plan's the lowest of a team."""
        plan, target = forecast.plan, target_percent(forecast.plan.target)
        if not plan.each_team or not plan.teams:
            return [(f" (target {target})" if not narrow else f"/{target[:-1]}", muted)]
        name = clip(least_team(forecast), 6 if narrow else 12)
        before, after = (" ", f"/{target[:-1]}") if narrow else (" all, ", f" (target {target} each)")
        return [(before, muted), (f"{name} {odds_percent(forecast.judged, plan.target)}", odds), (after, muted)]

    def _row(self, figures: Figures, width: int) -> tuple[list[Piece], list[Piece]]:
        """The row of figures, both ends: as much as leaves the quarter, or the scenario, its name."""
        least = _SCENARIO if scenario_of(figures) else cell_len(clip(figures.plan.quarter.name, 16)) + 2
        # Which week it is stays longer than the weeks before, the one-offs and the seats.
        week = 0 if figures.plan.moment is None else cell_len(f" {stand_words(figures.plan)}")
        placed = self.seats and width >= 100 and not scenario_of(figures)
        where = cell_len(f" · {clip(self._where or 'Main', 12)}") if placed else 0
        for spared in range(_ALL_SPARED + 1):
            right = [piece for piece in self._right(figures, width, spared) if piece[0]]
            room = width - sum(cell_len(text) for text, _ in right)
            kept = max(week if spared < _WEEK_SPARED else 0, where if spared < _PLAN_SPARED else 0)
            if room >= least + kept:
                break
        return self._left(figures, width < 100, room), right

    def _right(self, figures: Figures, width: int, spared: int) -> list[Piece]:
        """The figures; the more is ``spared``, the less is said besides odds and room, which always are."""
        pen = self.palette
        muted, strong = pen.style("muted", "raised"), pen.style("text", "raised", bold=True)
        plan, forecast, mix = figures.plan, figures.forecast, figures.mix
        odds = pen.style("text" if forecast.fits else "worse", "raised", bold=True)
        over = mix.one_offs > figures.one_off_ceiling + 1e-9
        one_offs = pen.style("worse" if over else "text", "raised", bold=over)
        wide, narrow = width >= 150 and not spared, width < 100 or spared > 2
        gap = "  " if narrow else "   "
        seats = clip(self.seats, (20 if width < 100 else _SEATS[spared]) if spared < len(_SEATS) else 8)
        pieces = []
        runs = plan.moment is not None
        left = " left" if runs else ""
        if spared < 7:
            pieces += [("" if narrow else f"net{left} ", muted), (format_ew(plan.capacity_left), strong)]
            pieces += [(" net" if narrow else "", muted), (gap, muted)]
        if spared < 8:
            pieces += [("" if narrow else f"load{left} ", muted), (format_ew(plan.load_left), strong)]
            pieces += [
                (f" load{left}" if narrow else "", muted),
                (_likely(forecast) if wide and plan.load_left else "", muted),
            ]
            pieces += [(gap, muted)]
        pieces += [
            (clip(room_words(forecast), 60 if spared < 4 else 16), strong if forecast.fits else odds),
            (gap + ("" if narrow else "odds "), muted),
            (odds_percent(forecast.odds, plan.target) + (" old …" if self._old else ""), muted if self._old else odds),
            *self._held_against(forecast, narrow, muted, odds),
            (_trend_words(self._trend, wide) if runs and spared < 4 else "", muted),
        ]
        if spared < 5:
            pieces += [
                (gap + ("1-off " if narrow else "one-offs "), muted),
                (percent(mix.one_offs, figures.one_off_ceiling), one_offs),
            ]
            # Where the odds week by week or the seats stand beside it, its ceiling goes first.
            short = narrow or ((runs or bool(seats)) and spared > 0)
            pieces += [("" if short else f" of {percent(figures.one_off_ceiling)}", muted)]
            pieces += [(f", {one_off_band(mix.one_offs)}" if wide else "", muted)]
        if spared < 6 and seats:
            pieces += [(gap + seats, strong)]
        return [*pieces, (" ", muted)]

    def draw(self, width: int, height: int) -> list[Strip]:
        """The rows."""
        figures, pen = self._figures, self.palette
        if figures is None:
            return []
        ground = pen.style("text", "raised")
        if not figures.ready:
            return [self._waiting(figures, width)]
        rows = [spread(*self._row(figures, width), width, ground)]
        if height > 1 and self.words:
            tone = "worse" if any(figures.standing) or figures.exceptions else "text"
            line = Line().add(" ", ground).add(clip(self.words, width - 2), pen.style(tone, "raised", bold=True))
            rows.append(line.strip(width, ground))
        return rows


def scenario_of(figures: Figures) -> str:
    """The name of the scenario that is shown; empty for the main plan."""
    origin = next(iter(figures.state.all(Origin).values()), None)
    return origin.name if origin else ""


def _trend_words(odds: Sequence[float], wide: bool) -> str:
    """The odds week by week: the last of them in figures where there is room, else all as a line of bars."""
    if len(odds) < 2:
        return ""
    if wide:
        return "  " + " ".join(f"{100 * each:.0f}" for each in odds[-_WEEKS_IN_FIGURES:])
    return " " + "".join(_BARS[min(len(_BARS) - 1, int(each * len(_BARS)))] for each in odds)


def stand_words(plan: Plan, *, day: bool = False) -> str:
    """Where the quarter stands: ``draft``, or while it runs ``week 6 of 13``, with the ``day`` of its progress."""
    moment = plan.moment
    if moment is None:
        return plan.quarter.state
    told = f", progress of {moment.day.day} {moment.day:%b}" if day and moment.told else ""
    return f"week {moment.week} of {moment.weeks}{told}"


def _likely(forecast: Forecast) -> str:
    low, _, high = forecast.load_range
    return f" likely {whole_ew(low)} to {whole_ew(high)}"
