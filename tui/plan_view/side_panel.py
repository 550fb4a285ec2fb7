"""The right-hand side: what is previewed, the pie and its legend, the odds, the one-offs."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.strip import Strip

from scenarios.figures.sizes import format_ew, whole_ew
from scenarios.odds.forecast import Forecast
from scenarios.plan.mix import Mix
from scenarios.plan.plan import Plan
from store.common.values import Value
from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import clip
from tui.drawing.words import odds_percent
from tui.plan_view.legend import Legend, LegendRow
from tui.plan_view.meter import Meter, OneOffGauge
from tui.plan_view.pie import Pie, Wedge
from tui.session.figures import Figures

#: How many cuts the wide board names.
_CUTS = 6
_AS_IT_IS = "The plan as it is"
#: What the pie is called: of the whole quarter, and of what is left of it.
_MIX, _MIX_LEFT = "PORTFOLIO MIX", "MIX OF WHAT IS LEFT"


class Preview(Value):
    """A plan that might be, and the words that name it: in full, and for a narrow strap.

    ``mix`` is its mix where the aims are other ones too.
    """

    after: Forecast
    words: str
    short: str
    mix: Mix | None = None


class Strap(Canvas):
    """One row that names what pie and meter show."""

    DEFAULT_CSS = "Strap { height: 1; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, str] | None = None
        self._plan = _AS_IT_IS

    def show(self, preview: Preview | None, plan: str = "") -> None:
        """Name the preview, or the plan: the one as it is, where nothing else is said."""
        self._words = None if preview is None else (preview.words, preview.short)
        self._plan = plan or _AS_IT_IS
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        if self._words is None:
            return [Line().add(f" {self._plan}", pen.style("muted")).strip(width, pen.style())]
        words = self._words[0] if width >= 40 else self._words[1]
        ground = pen.style("text", "cursor", bold=True)
        # What would become of an item outlives the end of its title.
        title, mark, fate = words.rpartition("”")
        fate = clip(mark + fate, width)
        line = Line().add(" ◆ ", ground).add(clip(title[:300], max(0, width - 4 - cell_len(fate))), ground)
        return [line.add(fate, ground).strip(width, ground)]


class Cuts(Canvas):
    """The cuts that help most, with the odds after each."""

    DEFAULT_CSS = "Cuts { height: 1fr; width: 34; display: none; }"

    _rows: Sequence[tuple[str, str, str]] = ()

    def show(self, forecast: Forecast) -> None:
        """Rank the planned items by the odds without them."""
        best = sorted(forecast.plan.entries, key=lambda entry: -forecast.if_cut(entry))[:_CUTS]
        self._rows = [
            (
                entry.item.slice,
                entry.item.title,
                odds_percent(forecast.odds + forecast.if_cut(entry), forecast.plan.target),
            )
            for entry in best
        ]
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """A heading and a row for each."""
        pen = self.palette
        rows = [Line().add("Cuts that help most", pen.style(bold=True)).strip(width, pen.style())]
        for letter, title, odds in self._rows:
            line = Line().add(f" {letter} ", pen.chip(letter)).add(" ", pen.style())
            line.add(title[:300], pen.style(), max(4, width - 10)).add(" ", pen.style())
            line.add(odds, pen.style(bold=True), 5, "right")
            rows.append(line.strip(width, pen.style()))
        return rows


class SidePanel(Vertical):
    """Receives values, shows them; knows nothing of the store."""

    #: whether the pie is of what is left of a quarter that runs, and not of the whole quarter
    left = False
    #: what is shown beside the plan as it is
    preview: Preview | None = None
    _mix_shown: tuple[Mix, Mix | None, bool, str] | None = None

    def compose(self) -> ComposeResult:
        """Strap, pie and legend, meter and cuts, gauge."""
        yield Strap()
        with Container(id="mix"):
            yield Pie(_MIX)
            yield Legend()
        with Container(id="odds"):
            yield Meter()
            yield Cuts()
        yield OneOffGauge()

    def show(self, figures: Figures, preview: Preview | None = None, plan: str = "") -> None:
        """The plan as it is, or beside it the one that is previewed; ``plan`` is what it is called else."""
        self.preview = preview
        now = figures.forecast
        after = preview.after if preview else now
        mix = figures.mix if preview is None else preview.mix or figures.mix_of(after.plan)
        old = figures.mix if preview else None
        self.query_one(Strap).show(preview, plan)
        if self.left and now.plan.moment is not None:
            now_left = figures.mix_of(now.plan, left=True)
            mix_left = figures.mix_of(after.plan, left=True) if preview else now_left
            self._show_mix(mix_left, now_left if preview else None, _MIX_LEFT)
        else:
            self._show_mix(mix, old)
        self._show_odds(after, now if preview else None)
        self.query_one(OneOffGauge).show(mix.one_offs, old.one_offs if old else None, figures.one_off_ceiling)
        cuts = self.query_one(Cuts)
        if self.screen.has_class("-wide") and cuts.display:
            cuts.show(after)

    def _show_mix(self, mix: Mix, old: Mix | None, title: str = _MIX) -> None:
        pie = self.query_one(Pie)
        narrow = self.screen.has_class("-narrow")
        # Capacity moves the odds alone: the mix is neither drawn anew nor drawn beside itself.
        old = None if old == mix else old
        if (shown := (mix, old, narrow, title)) == self._mix_shown:
            return
        self._mix_shown = shown
        centre = f"{mix.gap:.0f}" if old is None or narrow else f"{old.gap:.0f}→{mix.gap:.0f}"
        pie.title = "" if narrow else title
        pie.show(
            [Wedge(part.letter, part.share, part.said) for part in mix.slices],
            [Wedge(part.letter, part.aim) for part in mix.slices],
            None if old is None else [Wedge(part.letter, part.share) for part in old.slices],
            centre if narrow else f"{centre}\npts off",
            _caption(title, narrow, bool(old)),
        )
        shares = {part.letter: part.share for part in old.slices} if old else {}
        self.query_one(Legend).show(
            [
                LegendRow(part.letter, part.name, part.share, part.aim, shares.get(part.letter), part.said)
                for part in mix.slices
            ]
        )

    def _show_odds(self, after: Forecast, before: Forecast | None) -> None:
        meter = self.query_one(Meter)
        # By the board's size, since the meter has none yet when it is first shown.
        dotted = not (self.screen.has_class("-narrow") or self.screen.has_class("-short"))
        plan = after.plan
        several = len(plan.teams) > 1
        dots = after.dots(50) if dotted else None
        dots_before = before.dots(50) if before and dotted else None
        low = high = ""
        if dots is not None:
            start, end, beyond = Meter.axis(dots, dots_before)
            more = "+" if beyond else ""
            # With several teams a quarter is as full as its fullest team, which is no number of engineer-weeks.
            low = f"{100 * start:.0f}%" if several else whole_ew(start * plan.capacity_left)
            high = f"{100 * end:.0f}%{more}" if several else f"{whole_ew(end * plan.capacity_left)}{more} ew"
        label = (
            "100% of the fullest team" if several else f"capacity {_left_words(plan)}{format_ew(plan.capacity_left)}"
        )
        odds_before = before.odds if before else None
        meter.show(after.odds, plan.target, odds_before, dots, dots_before, label, low, high, plan.each_team)


def _left_words(plan: Plan) -> str:
    return "left " if plan.moment is not None else ""


def _caption(title: str, narrow: bool, compared: bool) -> str:
    if narrow:
        # Without a title, only what is not the usual reading is said.
        return "what is left" if title != _MIX else ""
    return "outer ring aim" + (", inner before" if compared else "")
