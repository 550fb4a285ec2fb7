"""The compare screen: two or three plans side by side, and below them only what differs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from scenarios.compare import Comparison, SideFigures
from scenarios.compare.differences import Difference
from scenarios.figures.sizes import format_ew
from store.common.errors import Refused
from tui.compare.compare_figures import CompareFigures
from tui.compare.difference_table import DifferenceDetail, DifferenceHead, DifferenceTable
from tui.compare.differences import Lines
from tui.compare.sides import Sides, sides_of, unknown_draws
from tui.dialogs.dialog import SidedPage
from tui.drawing.plain import plain
from tui.drawing.words import arrow
from tui.flows.host import Host
from tui.plan_view.meter import Meter
from tui.plan_view.pie import Pie, Wedge
from tui.session.session import HEAVY
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Key, Keys
from tui.widgets.row_table import RowTable

#: Seconds between two looks whether one of the plans changed.
EVERY = 0.25
#: So many items in all plans take a while even where all random numbers are there.
LARGE = 2_000
What = Literal["sides", "trade"]


@dataclass(frozen=True)
class CompareWish:
    """Why the screen goes for now: another plan is to stand beside these, or the trade sheet is open on the board."""

    what: What
    #: where the cursor was, for when it comes back
    keep: tuple[int, str] | None = None
    everything: bool = False


#: Takes a difference into the plan on the board, from the side of that name; what was done, in words.
TakeOver = Callable[["Host", Difference, str], str]


class Compare(SidedPage[CompareWish | None]):
    """Dismissed with None after Esc."""

    CSS_PATH = "compare_screen.tcss"
    KEYS = Keys(
        "Plans side by side",
        Key("compare.take", "full_stop", "Take this difference over", "take", bar="take it over"),
        Key("compare.everything", "D", "All items, or only what differs", "everything", bar="all items"),
        Key("compare.sides", "d", "Another plan beside them", "sides", bar="another plan"),
        Key("compare.undo", "u", "Undo", "undo", bar="undo"),
        Key("compare.markdown", "m", "Write it as Markdown", "write('markdown')", bar="Markdown"),
        Key("compare.html", "w", "Write it as a web page", "write('html')", bar="web page"),
        Key("compare.patterns", "p", "Patterns on or off", "patterns", show=False),
        Key("compare.leave", "escape,q", "Back to the board", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self,
        board: Host,
        sides: Sides,
        take_over: TakeOver,
        keep: tuple[int, str] | None = None,
        *,
        everything: bool = False,
    ) -> None:
        """``take_over`` takes a difference into the plan.

        ``keep`` is where the cursor stands, ``everything`` whether all items are shown.
        """
        super().__init__()
        self._board = board
        self._sides = sides
        self._take_over = take_over
        self._lines = Lines(sides)
        self._keep = keep
        self._everything = everything
        #: what was taken over last, and what that did to the odds
        self._said = ""
        self._renewed = ""
        self._trouble = ""
        self._drawn_for = board.app.size

    def compose(self) -> ComposeResult:
        """Header, a pie a side, figures, differences, the one on the cursor whole, keys."""
        self.set_class(len(self._comparison.sides) > 2, "-three")
        breakpoints.begin_at_size(self)
        yield Header()
        with Horizontal(id="pies"):
            for _ in self._sides.comparison.sides:
                with Vertical(classes="side"):
                    yield Pie()
                    yield Meter()
        yield CompareFigures()
        yield DifferenceHead()
        yield DifferenceTable()
        yield DifferenceDetail()
        yield KeyBar()

    @property
    def sides(self) -> Sides:
        """What is compared."""
        return self._sides

    def told(self) -> dict[str, Any]:
        """Which plans are compared, and the row on the cursor."""
        return {"compare": [list(source.key) for source in self._sides.sources], "at": self.table.cursor}

    @property
    def table(self) -> DifferenceTable:
        """The list."""
        return self.query_one(DifferenceTable)

    @property
    def _comparison(self) -> Comparison:
        return self._sides.comparison

    @property
    def _low(self) -> bool:
        return self.app.size.height < 36 or self.app.size.width < 100

    # -------------------------------------------------- showing

    def on_mount(self) -> None:
        """Rows first; figures that take a while follow."""
        self._show(self._keep)
        self.table.focus()
        self.set_interval(EVERY, self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Fewer figures on a screen of few lines."""
        if self._drawn_for != event.size:
            self._drawn_for = event.size
            self.call_after_refresh(self._show_figures)

    def _show(self, keep: tuple[int, str] | None) -> None:
        self.query_one(Header).show(self._board.session.now, self._said, self._board.where)
        self._show_rows(keep)
        self._show_keys()
        self.workers.cancel_group(self, "figures")
        if self._heavy:
            self._show_figures()
            self._work_out()
        else:
            _ = self._comparison.figures
            self._show_figures()

    @property
    def _heavy(self) -> bool:
        """Whether the figures take so long that the rows are better shown before them."""
        if "figures" in self._comparison.__dict__:
            return False
        sides = self._comparison.sides
        return sum(map(unknown_draws, sides)) > HEAVY or sum(len(side.frozen.items) for side in sides) > LARGE

    @work(group="figures", exclusive=True)
    async def _work_out(self) -> None:
        # Without arguments: Textual writes out those of a worker, and a comparison is long.
        comparison = self._comparison
        await asyncio.to_thread(lambda: comparison.figures)
        if comparison is self._comparison:
            self._show_figures()

    def _show_figures(self) -> None:
        if not self.query(CompareFigures):
            # The screen is being taken down.
            return
        names = [side.name for side in self._comparison.sides]
        figures = self._comparison.figures if not self._heavy else ()
        self.query_one(CompareFigures).show(names, figures, low=self._low)
        pies, meters = list(self.query(Pie)), list(self.query(Meter))
        for at, one in enumerate(figures):
            _show_pie(pies[at], f"{'ABC'[at]} {names[at]}", one, None if at == 0 else figures[0])
            self._show_meter(meters[at], at, one, None if at == 0 else figures[0])

    def _show_meter(self, meter: Meter, at: int, one: SideFigures, before: SideFigures | None) -> None:
        if not (self.has_class("-wide") and self.has_class("-tall")):
            return
        forecasts = [side.forecast for side in self._comparison.sides]
        dots = forecasts[at].dots(50)
        dots_before = forecasts[0].dots(50) if before is not None else None
        start, end, beyond = Meter.axis(dots, dots_before)
        label = "100% of the fullest team" if len(one.teams) > 1 else f"capacity {format_ew(one.net)}"
        low, high = f"{100 * start:.0f}%", f"{100 * end:.0f}%{'+' if beyond else ''}"
        meter.show(
            one.odds, one.target, before.odds if before else None, dots, dots_before, label, low, high, one.each_team
        )

    def _show_rows(self, keep: tuple[int, str] | None = None) -> None:
        lines = self._lines.everything if self._everything else self._lines.different
        self.table.show(lines, keep)
        count = sum(line.difference is not None for line in self._lines.different)
        same = self._comparison.unchanged
        letters = "ABC"[: len(self._comparison.sides)]
        words = f"from {' to '.join(letters)}: {count or 'nothing'} differ{'s' if count <= 1 else ''}"
        words += f", {same} item{'' if same == 1 else 's'} the same"
        self.query_one(DifferenceHead).show(words, self._renewed)
        self.on_row_table_highlighted()

    def _show_keys(self) -> None:
        everything = self.KEYS["everything"].hint("only what differs" if self._everything else "")
        rest = self.KEYS.hints("sides", "undo", "markdown", "html", "leave")
        own = "ABC"[next(at for at, side in enumerate(self._comparison.sides) if side is self._sides.board)]
        self.query_one(KeyBar).show((self.KEYS["take"].hint(f"take it into {own}"), everything, *rest))

    def on_row_table_highlighted(self, event: RowTable.Highlighted | None = None) -> None:
        """Show the row on the cursor whole."""
        self.query_one(DifferenceDetail).show(self.table.row)

    def tell(self, words: str, *, warns: bool = False) -> None:
        """A sentence that passes."""
        self.notify(plain(words), markup=False, severity="warning" if warns else "information", timeout=5)

    # -------------------------------------------------- what changes beneath

    def _look(self) -> None:
        """Renew the comparison where one of the plans changed, whoever did it."""
        if self.is_current and self._sides.changed(self._board.session):
            self.look_again()

    def look_again(self, said: str = "") -> None:
        """The plans as they are now; the cursor stays on its difference, or near it. ``said`` is what was done."""
        on = self.table.row
        before = self._comparison
        try:
            sides = sides_of(self._board.session, self._sides.sources)
        except Refused as error:
            if str(error) != self._trouble:
                self._trouble = str(error)
                self.tell(f"{error} What is shown is as it was.", warns=True)
            return
        self._trouble = ""
        if _alike(before, sides.comparison):
            # Something else in the workspace changed: a request came, a note.
            self._sides = Sides(sides.sources, sides.state, sides.stamps, before)
            return
        self._sides, self._lines = sides, Lines(sides)
        now = self._board.session.now.forecast
        odds = arrow(before.pairs[0].own.forecast.odds, now.odds, now.plan.target)
        self._said = f"{said}: odds {odds}" if said else ""
        self._renewed = f"renewed {datetime.now().astimezone():%H:%M:%S}, a plan changed" if not said else ""
        self._show(on.key if on else None)
        if not said:
            self.tell("One of the plans changed: this is how they differ now.")

    # -------------------------------------------------- keys

    def action_take(self) -> None:
        """Take the difference on the cursor over into the plan on the board."""
        row = self.table.row
        if row is None or row.difference is None:
            again = f"go to a difference, then press {self.KEYS.of(self.app, 'take')} again"
            self.tell(f"Nothing differs here: {again}." if row else "Nothing differs.")
            return
        if self._sides.changed(self._board.session):
            self.look_again()
            return
        pair = self._comparison.pairs[row.pair]
        words = self._take_over(self._board, pair.taken(row.difference), pair.other.name)
        if self._board.sheet.trade is not None:
            self.dismiss(CompareWish("trade", row.key, self._everything))
        elif words:
            self.look_again(words)

    def action_everything(self) -> None:
        """Only the differences, or all items."""
        on = self.table.row
        self._everything = not self._everything
        self._show_rows(on.key if on else None)
        self._show_keys()

    def action_sides(self) -> None:
        """Choose another plan to stand beside these."""
        on = self.table.row
        self.dismiss(CompareWish("sides", on.key if on else None, self._everything))

    def action_undo(self) -> None:
        """Take back the latest change."""
        self._board.action_undo()
        self._look()

    def action_write(self, kind: str) -> None:
        """Write the comparison to a file whose name is asked for."""
        from tui.exports.report_flow import write_report

        self.run_worker(write_report(self._board, self._comparison, kind), exclusive=True, group="report")

    def action_patterns(self) -> None:
        """Patterns on or off."""
        for pie in self.query(Pie):
            pie.patterns = not pie.patterns


def _alike(before: Comparison, after: Comparison) -> bool:
    """Whether all that is shown of two comparisons is the same."""
    return before.differences == after.differences and all(
        one.frozen == other.frozen for one, other in zip(before.sides, after.sides, strict=True)
    )


def _show_pie(pie: Pie, name: str, one: SideFigures, first: SideFigures | None) -> None:
    mix = one.mix
    pie.title = name[:200]
    pie.show(
        [Wedge(part.letter, part.share, part.said) for part in mix.slices],
        [Wedge(part.letter, part.aim) for part in mix.slices],
        None if first is None else [Wedge(part.letter, part.share) for part in first.mix.slices],
        f"{mix.gap:.0f}\npts off",
        # Not up against the name of the next one.
        "outer ring aim  " if first is None else "inner ring A  ",
    )
