"""The best swaps for the open trade sheet: worked out in a thread, shown as they are found, stopped by Esc at once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from scenarios.accounts.revenue import revenue_waiting
from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving
from scenarios.swaps import NAMES, Criterion, Stopped, Swap, Swaps
from scenarios.swaps.compare import behind, in_order
from scenarios.swaps.other_teams import other_teams_words
from scenarios.swaps.rules import broken_by
from scenarios.swaps.search import join, own_first
from scenarios.trade.door import Trade
from store.common.text import capital
from tui.drawing.words import amount, ew_by_team, money, odds_percent
from tui.flows.host import Host
from tui.widgets.keys import key_named

if TYPE_CHECKING:
    from scenarios.swaps.impossible import Reason

Answer = TypeVar("Answer")
#: Seconds after which the swaps are shown one by one.
_PATIENCE = 0.25
_WORKING = "The best swaps are being worked out."


class Comparing:
    """Compares what is marked with the best that was found, on the criteria of one trade."""

    def __init__(self, swaps: Swaps, best: dict[Criterion, Swap]) -> None:
        self._swaps = swaps
        self._best = best
        self.criteria: Sequence[Criterion] = swaps.available
        self._places = {entry.item.id: place for place, entry in enumerate(swaps.trade.leavable)}

    def sorted_by(self, swaps: Sequence[Swap], criterion: Criterion, by_hand: bool) -> tuple[Swap, ...]:
        """The swaps, best on a criterion first; unless sorted by hand, those in which another team gives behind."""
        rows = in_order(swaps, criterion, self._places)
        return rows if by_hand else own_first(rows)

    def words(self, out: Sequence[Leaving], forecast: Forecast, swap: Swap | None, criterion: Criterion) -> str:
        """What a set costs: for a swap its own figures, for marks how far they are behind the best."""
        if swap is not None:
            parts = [] if swap.value is None else [f"displaces {amount(swap.value)}"]
            if swap.without:
                parts.append(f"without {swap.without}, which takes a signature")
            if swap.waiting:
                names = " and ".join(each.name for each in swap.waiting[:2])
                names = names if len(swap.waiting) < 3 else f"{len(swap.waiting)} customers"
                revenue = revenue_waiting(swap.waiting).aside(money)
                parts.append(f"{names}{revenue} wait" + ("s" if len(swap.waiting) == 1 else ""))
            if swap.by_others:
                parts.append(other_teams_words(self._swaps.trade, swap.out).partition(":")[0])
            return ", ".join(parts)
        best = self._best.get(criterion)
        if best is None or not forecast.fits:
            return ""
        if any(each.way for each in out):
            return "with a way out, not compared"
        marked = self._swaps.swap_of(out, forecast.odds, fits=forecast.fits)
        if marked.key == best.key:
            return f"the best: {NAMES[criterion]}"
        words = _behind_words(criterion, behind(marked, best, criterion, self._places))
        return "; ".join((words, *broken_by(self._swaps, out)))


def _behind_words(criterion: Criterion, by: float) -> str:
    if abs(by) < 1e-9 or (criterion in ("odds", "aims") and round(by) == 0):
        return f"as good as the best on {NAMES[criterion]}"
    side = "more" if by > 0 else "less"
    by = abs(by)
    match criterion:
        case "value":
            return f"{amount(by)} {side} value displaced than the best"
        case "rank":
            return (
                f"reaches {by:.0f} rank{'s' if by != 1 else ''} {'higher' if side == 'more' else 'lower'} than the best"
            )
        case "odds":
            return f"odds {by:.0f} points {'below' if side == 'more' else 'above'} the best"
        case "waiting":
            return f"{money(by)} {side} waiting than the best"
        case "aims":
            return f"mix {by:.0f} points {'further off' if side == 'more' else 'nearer'} than the best"
        case "clean":
            return f"{by:.0f} {side} item{'s' if by != 1 else ''} than the cleanest cut"


class Swapping:
    """The search that belongs to the open sheet; a new one ends the old."""

    def __init__(self, board: Host) -> None:
        self._board = board
        self._stop = threading.Event()
        self._turn = asyncio.Lock()
        self.swaps: Swaps | None = None
        self._best: dict[Criterion, Swap] = {}
        self._rows: list[Swap] = []
        self._impossible: tuple[Reason, ...] = ()
        #: whether the best swaps are still being looked for
        self.busy = False
        #: how many sets of a criterion are shown, the best included
        self._shown: dict[Criterion, int] = {}

    def start(self, trade: Trade) -> None:
        """Look for the best swaps of a trade."""
        self.cancel()
        self._best, self._rows, self._shown, self._impossible = {}, [], {}, ()
        if trade.fits:
            self._board.sheet.show_swaps((), None, "It fits: nothing has to leave for it.")
            return
        self._stop = threading.Event()
        self.swaps = Swaps(trade, self._stop.is_set)
        self.busy = True
        self._board.run_worker(self._look(self.swaps), group="swaps", exclusive=True)

    @property
    def rows(self) -> tuple[Swap, ...]:
        """The swaps that are on the table."""
        return tuple(self._rows)

    def cancel(self) -> None:
        """Stop looking."""
        self._stop.set()
        self.swaps, self.busy, self._rows = None, False, []

    def next_best(self, criterion: Criterion) -> None:
        """One more on a criterion."""
        if self.swaps is not None:
            self._board.run_worker(self._more(self.swaps, criterion), group="swaps")

    def explain(self) -> None:
        """Why the swap on the cursor, or what is marked; where there is none, why none is possible."""
        swaps, sheet = self.swaps, self._board.sheet
        if sheet.trade is not None and sheet.swap is None and any(each.way for each in sheet.table.marked):
            self._explain_by_hand(sheet.trade, sheet.table.marked)
            return
        if swaps is None:
            self._board.tell("It fits: nothing has to give way.")
            return
        from tui.trade.why_swap_screen import WhySwap

        criterion = sheet.sorted_by or swaps.available[0]
        swap = sheet.swap
        if swap is None and sheet.table.marked and sheet.forecast is not None:
            swap = swaps.swap_of(sheet.table.marked, sheet.forecast.odds, fits=sheet.forecast.fits)
            known = next((row for row in self._rows if row.key == swap.key), None)
            swap = known or swap
        if swap is None and self._rows:
            swap = self._rows[0]
        if swap is not None and swap.criteria and criterion not in swap.criteria:
            criterion = swap.criteria[0]
        why = "\n".join(f"{capital(reason.rule)} {reason.relax}" for reason in self._impossible)
        self._board.app.push_screen(WhySwap(swaps, swap, criterion, self.thread, why if not self._rows else ""))

    def _explain_by_hand(self, trade: Trade, marked: Sequence[Leaving]) -> None:
        """What each mark is needed for, where ways out are among them: no search knows of those."""
        from tui.dialogs.report import Report

        lines = []
        for each in marked:
            without = trade.after(other for other in marked if other is not each)
            frees = ew_by_team({key: weeks for key, weeks in each.frees.items() if weeks}, trade.asked.plan.teams)
            odds = odds_percent(without.odds, without.plan.target)
            lines.append(f"{each.words}: frees {frees}; if it stayed whole, odds {odds}")
        self._board.app.push_screen(Report("What is marked, and what each is needed for", lines, "back"))

    async def thread(self, swaps: Swaps, act: Callable[[], Answer]) -> Answer | None:
        """Run a search in a thread, one at a time; None where the sheet was left meanwhile."""
        async with self._turn:
            try:
                answer = await asyncio.to_thread(act)
            except Stopped:
                return None
        return answer if swaps is self.swaps else None

    async def _look(self, swaps: Swaps) -> None:
        available = await self.thread(swaps, lambda: swaps.available)
        if available is None:
            return
        compare = Comparing(swaps, self._best)
        begun = time.monotonic()
        for criterion in available:
            found = await self.thread(swaps, partial(swaps.ranked, criterion, 1))
            if found is None:
                return
            for swap in found:
                self._best[criterion] = swap
                join(self._rows, swap)
            self._shown[criterion] = 1
            # All at once, since every new row moves what is below it; where that takes long, as they are found.
            if criterion == available[-1] or time.monotonic() - begun > _PATIENCE:
                self._board.sheet.show_swaps(self._rows, compare, _WORKING)
        if self._rows and not swaps.criteria.ceiling:
            self._board.tell("No set keeps one-offs under their ceiling: the swaps are shown without that rule.")
        free = await self.thread(swaps, lambda: swaps.unruled)
        if self._rows and free is not None:
            self._rows.append(free)
            self._board.sheet.show_swaps(self._rows, compare, "")
        if not self._rows:
            from scenarios.swaps.impossible import why_impossible

            reasons = await self.thread(swaps, lambda: why_impossible(swaps))
            if reasons is not None:
                self._impossible = reasons
                words = reasons[0].rule if reasons else "nothing helps"
                more = f"{key_named('board.help')} says more."
                self._board.sheet.show_swaps((), compare, f"No swap reaches the target: {words} {more}")
        self.busy = False

    async def _more(self, swaps: Swaps, criterion: Criterion) -> None:
        keys = {row.key for row in self._rows}
        wanted = self._shown.get(criterion, 1) + 1
        while True:
            found = await self.thread(swaps, partial(swaps.ranked, criterion, wanted))
            if found is None:
                return
            if len(found) < wanted:
                self._board.tell("No further set fits that is not one of these with more on top.")
                return
            self._shown[criterion] = wanted
            if found[-1].key not in keys:
                break
            wanted += 1
        self._rows.append(found[-1])
        self._board.sheet.show_swaps(self._rows, Comparing(swaps, self._best), "")
