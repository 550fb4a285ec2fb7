"""Up to eight quarters side by side: one-off share, plan kept, odds at the baseline and at the end, interrupts; and
what each slice got less than its aim. Quarters before makeroom are among them, as far as a file tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, total, written
from scenarios.graded.kept import NO_PLAN_KEPT, kept_of, rows_so_far
from scenarios.graded.rows import GradedItem, quarters_on_record
from scenarios.plan.mix import ONE_OFF, one_off_band
from scenarios.plan.plan import entries_of
from scenarios.plan.progress import unplanned_in
from scenarios.rules.one_off_quarters import gauge_in, quarters_of
from scenarios.rules.one_offs import taken_of
from scenarios.trade.decision_records import took_by_item
from store.records import Decision, Item, Move, Quarter, Slice, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

MOST_QUARTERS = 8
_NONE_TOLD = Figure("interrupts", None, "ew", "sum of what each took", (("interrupts", "none on record"),))


@dataclass(frozen=True)
class QuarterTrend:
    """One quarter; shares and odds are 0..1, efforts in ew, and figures of which nothing is on record not known.

    ``kept`` is the share of the baseline's effort that was done, ``items`` and ``done`` count its items; ``over`` is
    whether the quarter is closed. ``by_slice`` is by letter what items took, or, of the present one, will have taken.
    """

    name: str
    one_offs: Figure
    band: str
    kept: Figure
    items: int
    done: int
    odds_first: float | None
    odds_last: float | None
    interrupts: Figure
    over: bool
    by_slice: Mapping[str, Fraction]


@dataclass(frozen=True)
class SliceDebt:
    """A slice that got less than its aim over these quarters, in ew."""

    slice: Slice
    debt: Figure


def trend_of(state: State, now: Forecast) -> tuple[QuarterTrend, ...]:
    """The last quarters, oldest first; ``now`` is the forecast of the present plan."""
    rows = rows_so_far(state)
    own = {state.number_of(quarter): quarter for quarter in quarters_of(state)}
    filed = {one.number: one.name for one in quarters_on_record(state) if one.number not in own}
    return tuple(
        _own(state, own[number], now, rows.get(number, []))
        if number in own
        else _filed(filed[number], rows.get(number, []))
        for number in sorted(own.keys() | filed.keys())[-MOST_QUARTERS:]
    )


def _own(state: State, quarter: Quarter, now: Forecast, rows: Sequence[GradedItem]) -> QuarterTrend:
    """A quarter of this workspace."""
    present = quarter.id == state.quarter.id
    share = gauge_in(state, quarter.id, now.plan.entries).share
    decisions = sorted(
        (row for row in state.each(Decision) if row.quarter_id == quarter.id), key=lambda row: (row.at, row.id)
    )
    first = next((row.odds_after for row in decisions if row.kind == "baseline"), None)
    closing = next((row for row in reversed(decisions) if row.kind == "close"), None)
    last = now.odds if present and closing is None else closing.odds_before if closing is not None else None
    return _trend(
        quarter.name,
        share,
        rows,
        first,
        last,
        _interrupts(state, quarter),
        over=quarter.state == "closed",
        by_slice=_by_slice(state, quarter),
    )


def _filed(name: str, rows: Sequence[GradedItem]) -> QuarterTrend:
    """A quarter before makeroom: what a file tells of it, and no odds."""
    efforts: dict[str, Fraction] = {}
    done = [row for row in rows if row.done]
    known = [(row.outcome.slice, exact(row.effort)) for row in done if row.outcome.slice and row.effort is not None]
    for letter, effort in known:
        efforts[letter] = efforts.get(letter, Fraction(0)) + effort
    whole, one_offs = total(efforts.values()), efforts.get(ONE_OFF, Fraction(0))
    share = Figure(
        "one-off share",
        one_offs / whole if whole else None,
        "share",
        "what one-offs took / what all took",
        (("one-offs took", written(one_offs, "ew")), ("all that was done took", written(whole, "ew"))),
        "" if len(known) == len(done) or not whole else f"of {len(known)} of {len(done)} items",
    )
    return _trend(name, share, rows, None, None, _NONE_TOLD, over=True, by_slice=efforts)


def _trend(
    name: str,
    share: Figure,
    rows: Sequence[GradedItem],
    first: float | None,
    last: float | None,
    interrupts: Figure,
    *,
    over: bool,
    by_slice: Mapping[str, Fraction],
) -> QuarterTrend:
    kept = kept_of(rows)
    return QuarterTrend(
        name=name,
        one_offs=share,
        band=one_off_band(share.value) if share.value is not None else "",
        kept=NO_PLAN_KEPT if kept is None else kept.share,
        items=0 if kept is None else kept.all.items,
        done=0 if kept is None else kept.done.items,
        odds_first=first,
        odds_last=last,
        interrupts=interrupts,
        over=over,
        by_slice=by_slice,
    )


def _interrupts(state: State, quarter: Quarter) -> Figure:
    rows = unplanned_in(state, quarter)
    inputs = tuple((f"{row.day.isoformat()} {row.title}", written(exact(row.effort), "ew")) for row in rows)
    if not rows:
        return _NONE_TOLD
    return Figure("interrupts", total(exact(row.effort) for row in rows), "ew", _NONE_TOLD.formula, inputs)


def debts_of(state: State, trend: Sequence[QuarterTrend]) -> tuple[SliceDebt, ...]:
    """What slices got less than their aims over these quarters in all, most first; aims are the present ones.

    A closed quarter counts by what its items took, the present one by what they will have taken. What a slice got more
    than its aim in one quarter makes up for another.
    """
    found = []
    for part in state.each(Slice):
        aim, parts = exact(part.aim) / 100, []
        for row in trend:
            efforts, whole = row.by_slice, total(row.by_slice.values())
            if whole:
                less = aim * whole - efforts.get(part.letter, Fraction(0))
                words = f"{written(efforts.get(part.letter, Fraction(0)), 'ew')} of {written(whole, 'ew')}"
                parts.append((row.name, words, less))
        debt = total(less for _, _, less in parts)
        if debt > Fraction(1, 20):
            inputs = (*((name, words) for name, words, _ in parts), ("aim", f"{part.aim:g}%"))
            formula = "sum over quarters of aim x what all took, less what the slice got; aims are the present ones"
            found.append(SliceDebt(part, Figure(f"below aim, {part.name}", debt, "ew", formula, inputs)))
    return tuple(sorted(found, key=lambda each: (-(each.debt.value or 0), each.slice.letter)))


def _by_slice(state: State, quarter: Quarter) -> dict[str, Fraction]:
    """By letter, what items of a slice took in a closed quarter, or will have taken of the present one, in ew."""
    items = state.all(Item)
    pairs: Iterable[tuple[str, Fraction]]
    if quarter.state == "closed":
        closes = {row.id for row in state.each(Decision) if row.kind == "close" and row.quarter_id == quarter.id}
        took = took_by_item(state)
        pairs = [
            (items[row.item_id].slice, exact(took.get(row.item_id, row.ew)))
            for row in state.each(Move)
            if row.decision_id in closes and row.item_id is not None and row.item_id in items
        ]
    else:
        present = quarter.id == state.quarter.id
        pairs = [(each.item.slice, taken_of([each])) for each in entries_of(state, "plan")] if present else []
    found: dict[str, Fraction] = {}
    for letter, effort in pairs:
        found[letter] = found.get(letter, Fraction(0)) + effort
    return found
