"""The trade sheet: something has to give. A panel of the board, not a dialog: pie and meter stay in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Key, Leaving, key_of
from scenarios.trade.door import Trade
from tui.drawing.words import ew_by_team, rounded_up
from tui.session.figures import Figures
from tui.trade_sheet.keys import TRADE
from tui.widgets.keys import key_named
from tui.widgets.one_frame import set_class_alone

if TYPE_CHECKING:
    from scenarios.requests.ways_out import Way
    from scenarios.swaps import Criterion, Swap
    from scenarios.verdict.settlement import Question, RoomDecision
    from tui.trade_sheet.candidates import CandidateTable
    from tui.trade_sheet.parts import SheetParts
    from tui.trade_sheet.swap_table import SwapTable
    from tui.trade_sheet.verdict_panel import VerdictPanel

_BEGUN = "The best swaps are being worked out."


class SwapComparison(Protocol):
    """Compares sets on the criteria of the trade at hand."""

    criteria: Sequence[Criterion]

    def sorted_by(self, swaps: Sequence[Swap], criterion: Criterion, by_hand: bool) -> tuple[Swap, ...]:
        """The swaps, best on a criterion first; unless sorted by hand, those in which another team gives behind."""

    def words(self, out: Sequence[Leaving], forecast: Forecast, swap: Swap | None, criterion: Criterion) -> str:
        """What a set costs: for a swap its own figures, for marks how far they are behind the best."""


class TradeSheet(Vertical):
    """The best swaps, then every planned item to mark by hand; the board carries out what was decided.

    What counts is the swap on the cursor while the swaps have it, else what is marked: head, foot, pie and meter all
    show that.
    """

    DEFAULT_CSS = """
    TradeSheet { height: 1fr; display: none; }
    TradeSheet.-open { display: block; }
    TradeSheet SwapTable.-none { display: none; }
    TradeSheet SwapTable { height: 1; max-height: 14; overflow-y: hidden; margin-bottom: 1; }
    TradeSheet CandidateTable { height: 1fr; }
    TradeSheet.-deciding VerdictPanel { display: block; }
    TradeSheet.-deciding TradeFoot { height: 2; }
    """
    KEYS = TRADE
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    class Changed(Message):
        """What would leave changed, or the cursor moved."""

    class Decided(Message):
        """The room decided: these leave, and so it is to be recorded."""

        def __init__(self, question: Question, decision: RoomDecision) -> None:
            super().__init__()
            self.question, self.decision = question, decision

    class Left(Message):
        """Another way out: "back", "below", "decline" or "open"."""

        def __init__(self, trade: Trade, way: str) -> None:
            super().__init__()
            self.trade, self.way = trade, way

    class WayWanted(Message):
        """A way out is wanted for an item: what asks in, or one that is planned."""

        def __init__(self, item_id: int) -> None:
            super().__init__()
            self.item_id = item_id

    class NextBest(Message):
        """The next best set on this criterion is wanted."""

        def __init__(self, criterion: Criterion) -> None:
            super().__init__()
            self.criterion = criterion

    def __init__(self) -> None:
        super().__init__(id="trade")
        self._figures: Figures | None = None
        self.trade: Trade | None = None
        self._on_swaps = False
        self._parts: SheetParts | None = None
        self._verdict: VerdictPanel | None = None
        self._swaps: tuple[Swap, ...] = ()
        self._forecasts: dict[frozenset[Key], Forecast] = {}
        self._compare: SwapComparison | None = None
        self._way: Way | None = None
        #: by item id and kind, the ways out as they were filled in last, chosen or not
        self.tried: dict[tuple[int, str], Way] = {}
        #: what the swaps are sorted by, and what "next best" is about
        self.sorted_by: Criterion | None = None
        #: whether somebody chose what the swaps are sorted by: until then the teams that ask give way first
        self._sorting = False

    @property
    def parts(self) -> SheetParts:
        """What a trade is shown with; it comes with the first one, as the verdict does."""
        if self._parts is None:
            from tui.trade_sheet.parts import SheetParts

            self._parts = SheetParts()
            self.mount(*self._parts.widgets)
        return self._parts

    @property
    def table(self) -> CandidateTable:
        """The candidates."""
        return self.parts.table

    @property
    def swaps(self) -> SwapTable:
        """The swaps."""
        return self.parts.swaps

    @property
    def swap(self) -> Swap | None:
        """The swap on the cursor, while the swaps have it."""
        return self.swaps.swap if self._on_swaps and self.trade is not None else None

    @property
    def out(self) -> list[Leaving]:
        """What would leave: the swap on the cursor, or what is marked."""
        return list(self.swap.out) if self.swap is not None else self.table.marked

    @property
    def forecast(self) -> Forecast | None:
        """The forecast with the proposal in and :attr:`out` out."""
        swap, trade = self.swap, self.trade
        if swap is None or trade is None:
            return self.table.forecast
        if swap.key not in self._forecasts:
            self._forecasts[swap.key] = trade.after(swap.out)
        return self._forecasts[swap.key]

    @property
    def deciding(self) -> bool:
        """Whether name and reason are being asked for."""
        return self.has_class("-deciding")

    @property
    def verdict(self) -> VerdictPanel:
        """Who and why, as far as it is typed, and what else goes on record."""
        if self._verdict is None:
            # Most starts never come to a verdict.
            from tui.trade_sheet.verdict_panel import VerdictPanel

            self._verdict = VerdictPanel(self.decided)
        return self._verdict

    @property
    def ways(self) -> dict[int, Way]:
        """By item id, the ways out that are taken: by what asks in, and by what is marked."""
        asks = self.trade.proposal.item_id if self.trade is not None else None
        return self.table.ways if self._way is None or asks is None else {**self.table.ways, asks: self._way}

    def open(self, figures: Figures, trade: Trade, marks: Sequence[Leaving] = ()) -> None:
        """Show a trade with nothing decided, and nothing marked but these."""
        self._figures, self.trade = figures, trade
        self._way, self.tried = None, {}
        self._swaps, self._forecasts, self._compare, self.sorted_by, self._sorting = (), {}, None, None, False
        self.set_class(True, "-open")
        self.set_class(False, "-deciding")
        self.verdict.begin()
        self.parts.show_swaps((), trade.asked.plan.target, None, _BEGUN)
        self.table.show(trade, marks)
        self.swaps.pick(key_of(marks))
        self.parts.candidate_head.show(trade.candidates)
        self._on_swaps = False
        self.table.focus()
        self._tell()

    def renew(
        self,
        figures: Figures,
        trade: Trade,
        marks: Sequence[int] | None = None,
        ways: Mapping[int, Way] | None = None,
    ) -> None:
        """Show a trade on a plan that changed beneath it; marks (or ``marks``, by number), ways out (or ``ways``) and
        what is typed stay."""
        asks = trade.proposal.item_id if trade.proposal.asks_in else None
        ways = self.ways if ways is None else ways
        self._figures, self.trade = figures, trade
        self._way = ways.get(asks) if asks is not None else None
        self.tried |= {(item_id, way.kind): way for item_id, way in ways.items()}
        self._swaps, self._forecasts, self._compare = (), {}, None
        lost = self.table.renew(trade)
        if marks is not None:
            # The answer at hand is these marks, even where the cursor of a seat that follows came to the swaps.
            self._on_swaps = False
            lost = self.table.mark_again(marks, ways)
        self.parts.candidate_head.show(trade.candidates)
        self.swaps.pick(key_of(self.table.marked))
        self._tell()
        for words in lost:
            self.notify(words, markup=False, severity="warning")

    def ask_at(self, figures: Figures, trade: Trade, way: Way | None) -> None:
        """What asks in asks at another size: of a way out, or, without one, its own. Marks and ways out stay."""
        self.parts.show_swaps((), trade.asked.plan.target, None, _BEGUN)
        self._on_swaps = False
        self.table.focus()
        asks = trade.proposal.item_id
        self.renew(figures, trade, ways={} if way is None or asks is None else {asks: way})

    def take_way(self, leaving: Leaving, way: Way) -> None:
        """A planned item gives way by a way out."""
        self.table.mark_by(leaving, way)
        self.swaps.pick(key_of(self.table.marked))
        self._tell()

    def drop_way(self, item_id: int) -> None:
        """A planned item stays as it is, without its way out."""
        self.table.unmark(item_id)
        self.swaps.pick(key_of(self.table.marked))
        self._tell()

    def show_swaps(self, swaps: Sequence[Swap], compare: SwapComparison | None, says: str) -> None:
        """Show the swaps that are found so far; ``says`` where there is none. The first becomes the present answer
        unless somebody has begun to mark."""
        if self.trade is None:
            return
        first = not self._swaps and bool(swaps)
        self._swaps, self._compare = tuple(swaps), compare
        if self.sorted_by is None and swaps and swaps[0].criteria:
            self.sorted_by = swaps[0].criteria[0]
        self._show_rows(says)
        # Who has the focus is not asked: it may still be on its way to the items, and gets to the swaps after that.
        if first and not self.table.marked and not self.table.cursor and not self.deciding:
            self.swaps.focus()
        self._tell()

    def _show_rows(self, says: str = "") -> None:
        if self.trade is None:
            return
        rows = self._swaps
        if self._compare is not None and self.sorted_by is not None:
            rows = self._compare.sorted_by(rows, self.sorted_by, self._sorting)
        self.parts.show_swaps(rows, self.trade.asked.plan.target, self.sorted_by, says)

    def close(self) -> None:
        """Go away."""
        self.trade = None
        set_class_alone(self, False, "-open", "-deciding")

    def _tell(self) -> None:
        forecast, trade = self.forecast, self.trade
        if self._figures is None or trade is None or forecast is None:
            return
        out = self.out
        says = ""
        if self._compare is not None and out and self.sorted_by is not None:
            says = self._compare.words(out, forecast, self.swap, self.sorted_by)
        self.parts.head.show(self._figures, trade, forecast, self._way)
        self.parts.foot.show(self._figures, trade, forecast, out, says, trade.held(out))
        self.post_message(self.Changed())

    def on_row_table_opened(self) -> None:
        """Two clicks mark."""
        self.action_mark()

    def highlighted(self) -> None:
        """The cursor stands on another row: where that is a swap, what it does is shown."""
        if self._on_swaps:
            self._tell()

    def on_descendant_focus(self) -> None:
        """Between the swaps and the items: the answer is the one or the other."""
        on_swaps = self.swaps.has_focus or (self._on_swaps and not self.table.has_focus)
        if on_swaps != self._on_swaps:
            self._on_swaps = on_swaps
            self._tell()

    # -------------------------------------------------- keys

    def action_mark(self) -> None:
        """Mark or unmark the row; a swap is taken as the marks."""
        if self.deciding:
            return
        if self.swap is not None:
            self._take(self.swap)
        elif refusal := self.table.toggle():
            self.app.bell()
            self.notify(refusal, markup=False, timeout=4)
        self.swaps.pick(key_of(self.table.marked))
        self._tell()

    def action_pick(self, number: int) -> None:
        """Take a swap by its number."""
        if self.deciding or number > len(self.swaps.rows):
            return
        self.swaps.move_to(number - 1)
        self._take(self.swaps.rows[number - 1])
        self._tell()

    def mark(self, out: Sequence[Leaving]) -> None:
        """Mark exactly these, by hand so to speak."""
        self._mark_instead(out)
        self.table.focus()
        self.swaps.pick(key_of(out))
        self._tell()

    def _take(self, swap: Swap) -> None:
        self._mark_instead(swap.out)
        self.swaps.pick(swap.key)

    def _mark_instead(self, out: Sequence[Leaving]) -> None:
        """Mark exactly these; a way out that goes with the marks before is said, and can be taken up again."""
        before = [each for each in self.table.marked if each.way]
        self.table.mark(out)
        gone = [each for each in before if each.item_id not in self.table.ways]
        if gone:
            words = ", ".join(each.words for each in gone)
            self.notify(
                f"No longer marked: {words}. {TRADE.of(self.app, 'way')} brings it back as it was filled in.",
                markup=False,
            )

    def action_other(self) -> None:
        """From the swaps to the items, and back."""
        if not self.deciding:
            (self.table if self._on_swaps or not self.swaps.rows else self.swaps).focus()

    def action_next_best(self) -> None:
        """Ask for the next best set on what the swaps are sorted by."""
        if self.sorted_by is not None and not self.deciding:
            self.post_message(self.NextBest(self.sorted_by))

    def action_sort(self) -> None:
        """Sort the swaps by the next criterion."""
        if self._compare is None or self.sorted_by is None or self.deciding:
            return
        known = self._compare.criteria
        self._sorting = True
        self.sorted_by = known[(known.index(self.sorted_by) + 1) % len(known)]
        self._show_rows()
        self._tell()

    def action_confirm(self) -> None:
        """Ask who decided and why, once the odds reach the target; until then the key is dead and says so."""
        forecast, trade = self.forecast, self.trade
        if forecast is None or trade is None or self.deciding:
            return
        held = trade.held(self.out)
        if held or not forecast.fits:
            short = ew_by_team(rounded_up(forecast.short), forecast.plan.teams)
            self.app.bell()
            self.notify(
                held or f"Still short {short}: mark more, or {key_named('trade.sign')} to sign for it.",
                markup=False,
                timeout=4,
            )
            return
        self.ask()

    def action_sign(self) -> None:
        """Ask for the verdict on a plan below the target: it takes a signature."""
        forecast = self.forecast
        if forecast is None or self.deciding:
            return
        if forecast.fits or (self.trade is not None and self.trade.held(self.out)):
            self.action_confirm()
        else:
            self.ask()

    def ask(self, question: Question | None = None) -> None:
        """Ask who decided and why, and for the signatures that it takes; ``question`` where that was asked already."""
        forecast, trade = self.forecast, self.trade
        if forecast is None or trade is None:
            return
        if self.swap is not None:
            self._take(self.swap)
        from scenarios.verdict.questions import Asking

        marked = self.table.marked
        same = question is not None and question.trade is trade and [*question.out] == marked
        asking = Asking(question) if question is not None and same else Asking.of(trade, marked, forecast)
        self.set_class(True, "-deciding")
        if not self.verdict.is_attached:
            self.mount(self.verdict)
        self.verdict.ask(asking)

    def decided(self, question: Question, decision: RoomDecision) -> None:
        """The verdict is given."""
        if self.trade is not None:
            self.post_message(self.Decided(question, replace(decision, ways=self.ways)))

    def action_leave_by(self, way: str) -> None:
        """Below the line, decline, a way out, or leave a shortfall open, whichever this trade allows."""
        if self.trade is None or self.deciding:
            return
        asks = self.trade.proposal.item_id if self.trade.proposal.asks_in else None
        if way == "open" and asks is not None:
            self.post_message(self.WayWanted(asks))
            return
        if way == "way":
            self._way_of_row(self.trade)
            return
        if (way == "open") == self.trade.proposal.asks_in:
            return
        self.post_message(self.Left(self.trade, way))

    def _way_of_row(self, trade: Trade) -> None:
        """Ask for a way out of the item on the cursor, where it may give way."""
        candidate = None if self._on_swaps else self.table.candidate
        refusal = (
            f"{key_named('trade.other')} goes to the items: {key_named('trade.way')} is for the one on the cursor."
        )
        if candidate is not None:
            refusal = trade.held([Leaving(candidate.entry)]) if candidate.pin is not None else ""
        if refusal:
            self.app.bell()
            self.notify(refusal, markup=False, timeout=4)
        elif candidate is not None:
            self.table.focus()
            self.post_message(self.WayWanted(candidate.entry.item.id))

    def action_back(self) -> None:
        """From the verdict to the marks; from the marks back, nothing changed."""
        if self.deciding:
            self.set_class(False, "-deciding")
            (self.swaps if self._on_swaps else self.table).focus()
        elif self.trade is not None:
            self.post_message(self.Left(self.trade, "back"))
