"""Swaps as the commands' outputs, and as plain lines."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.accounts.revenue import revenue_waiting
from scenarios.figures.sizes import format_ew
from scenarios.plan.departures import Leaving
from scenarios.swaps import NAMES, Swap
from scenarios.swaps.other_teams import other_teams_words
from scenarios.trade.door import Trade
from scenarios.verdict.signatures import signature_words
from tui.cli.outputs import LeavingOut, SwapOut, WaitOut
from tui.cli.printing import short
from tui.drawing.words import amount, odds_percent, waiting_words


def swaps_of(rows: Sequence[Swap], trade: Trade) -> list[SwapOut]:
    """Swaps with their numbers."""
    return [
        SwapOut(
            number=number,
            best_on=[NAMES[each] for each in row.criteria],
            out=[leaving_of(each) for each in row.out],
            frees=row.frees,
            value=row.value,
            odds=row.odds,
            waits=[WaitOut(name=one.name, arr=one.arr) for one in row.waiting],
            revenue=revenue_waiting(row.waiting).amount,
            revenue_known_for=revenue_waiting(row.waiting).known,
            mix_gap=row.gap,
            without=row.without,
            signature=signature_words(trade, row.out) if row.without else "",
        )
        for number, row in enumerate(rows, 1)
    ]


def leaving_of(each: Leaving) -> LeavingOut:
    """An item that leaves."""
    return LeavingOut(
        id=each.item_id,
        title=each.entry.item.title,
        version=each.version.name if each.version is not None else None,
        frees=each.ew,
    )


def swap_lines(rows: Sequence[Swap], trade: Trade) -> list[str]:
    """Two lines a swap: what it is best on with its figures, and what leaves."""
    target = trade.asked.plan.target
    lines = []
    for number, row in enumerate(rows, 1):
        words = ", ".join(NAMES[each] for each in row.criteria) or "next best"
        words = f"better still without {row.without}" if row.without else words
        figures = [f"frees {format_ew(row.frees)} ew", f"odds {odds_percent(row.odds, target)}"]
        if row.value is not None:
            figures.append(f"value out {amount(row.value)}")
        if row.waiting:
            figures.append(f"waiting: {waiting_words(row.waiting)}")
        figures.append(f"{row.gap:.0f} points off the aims")
        lines.append(f"  {number}  {words}: {'; '.join(figures)}")
        lines.append(f"     out: {', '.join(short(each.words, 120) for each in row.out) or 'nothing has to leave'}")
        if others := other_teams_words(trade, row.out):
            lines.append(f"     {short(others, 300)}")
        if row.without:
            lines.append(f"     takes a signature: {short(signature_words(trade, row.out), 300)}")
    return lines
