"""Up to eight quarters side by side: one-off share, plan kept, odds at the baseline and at the end, interrupts; and
what each slice got less than its aim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, total, written
from scenarios.odds.forecast import Forecast
from scenarios.plan.mix import one_off_band
from scenarios.plan.plan import entries_of
from scenarios.plan.progress import unplanned_in
from scenarios.rules.one_off_quarters import gauge_in, quarters_of
from scenarios.rules.one_offs import taken_of
from scenarios.snapshots.item_matches import match_items
from scenarios.snapshots.record import agreed_plan
from scenarios.trade.decision_records import took_by_item
from store.records import Decision, Item, Move, Quarter, Slice, State

MOST_QUARTERS = 8


@dataclass(frozen=True)
class QuarterTrend:
    """One quarter; shares and odds are 0..1, efforts in ew, and figures of which nothing is on record not known.

    ``kept`` is the share of the baseline's effort that was done, ``items`` and ``done`` count its items; ``over`` is
    whether the quarter is closed.
    """

    quarter: Quarter
    one_offs: Figure
    band: str
    kept: Figure
    items: int
    done: int
    odds_first: float | None
    odds_last: float | None
    interrupts: Figure
    over: bool


@dataclass(frozen=True)
class SliceDebt:
    """A slice that got less than its aim over these quarters, in ew."""

    slice: Slice
    debt: Figure


def trend_of(state: State, now: Forecast) -> tuple[QuarterTrend, ...]:
    """The last quarters, oldest first; ``now`` is the forecast of the present plan."""
    return tuple(_quarter(state, quarter, now) for quarter in quarters_of(state)[-MOST_QUARTERS:])


def _quarter(state: State, quarter: Quarter, now: Forecast) -> QuarterTrend:
    present = quarter.id == state.quarter.id
    gauge = gauge_in(state, quarter.id, now.plan.entries)
    share = gauge.share
    decisions = sorted(
        (row for row in state.each(Decision) if row.quarter_id == quarter.id), key=lambda row: (row.at, row.id)
    )
    first = next((row.odds_after for row in decisions if row.kind == "baseline"), None)
    closing = next((row for row in reversed(decisions) if row.kind == "close"), None)
    last = now.odds if present and closing is None else closing.odds_before if closing is not None else None
    kept, items, done = _kept(state, quarter)
    return QuarterTrend(
        quarter,
        share,
        one_off_band(share.value) if share.value is not None else "",
        kept,
        items,
        done,
        first,
        last,
        _interrupts(state, quarter),
        quarter.state == "closed",
    )


def _kept(state: State, quarter: Quarter) -> tuple[Figure, int, int]:
    """The share of the baseline's effort that was done, and how many items it had and how many of them were done."""
    formula = "effort of the baseline's items that were done / effort of the baseline, as it was sized then"
    frozen = agreed_plan(state, quarter)
    if frozen is None:
        return Figure("plan kept", None, "share", formula, (("baseline", "none on record"),)), 0, 0
    ids = match_items(frozen, state)
    finished = _finished(state, quarter)
    agreed = [(key, item) for key, item in frozen.ranked]
    done = [item for key, item in agreed if ids.get(key) in finished]
    whole, part = total(exact(item.ew) for _, item in agreed), total(exact(item.ew) for item in done)
    inputs = (
        *((item.title, f"{written(exact(item.ew), 'ew')}, done") for item in done),
        ("done", written(part, "ew")),
        ("the baseline", f"{written(whole, 'ew')} of {len(agreed)} items"),
    )
    return Figure("plan kept", part / whole if whole else None, "share", formula, inputs), len(agreed), len(done)


def _finished(state: State, quarter: Quarter) -> set[int]:
    """The items that were done in a quarter: by its close, or, while it runs, as far as was told."""
    closes = {row.id for row in state.each(Decision) if row.kind == "close" and row.quarter_id == quarter.id}
    found = {row.item_id for row in state.each(Move) if row.decision_id in closes and row.item_id is not None}
    if quarter.id == state.quarter.id:
        found |= {entry.item.id for entry in entries_of(state, "plan") if entry.done}
    return found


def _interrupts(state: State, quarter: Quarter) -> Figure:
    rows = unplanned_in(state, quarter)
    inputs = tuple((f"{row.day.isoformat()} {row.title}", written(exact(row.effort), "ew")) for row in rows)
    value = total(exact(row.effort) for row in rows) if rows else None
    return Figure("interrupts", value, "ew", "sum of what each took", inputs or (("interrupts", "none on record"),))


def debts_of(state: State, trend: Sequence[QuarterTrend]) -> tuple[SliceDebt, ...]:
    """What slices got less than their aims over these quarters in all, most first; aims are the present ones.

    A closed quarter counts by what its items took, the present one by what they will have taken. What a slice got more
    than its aim in one quarter makes up for another.
    """
    got = [(row.quarter, _by_slice(state, row.quarter)) for row in trend]
    found = []
    for part in state.each(Slice):
        aim, parts = exact(part.aim) / 100, []
        for quarter, efforts in got:
            whole = total(efforts.values())
            if whole:
                less = aim * whole - efforts.get(part.letter, Fraction(0))
                words = f"{written(efforts.get(part.letter, Fraction(0)), 'ew')} of {written(whole, 'ew')}"
                parts.append((quarter.name, words, less))
        debt = total(less for _, _, less in parts)
        if debt > Fraction(1, 20):
            inputs = (*((name, words) for name, words, _ in parts), ("aim", f"{part.aim:g}%"))
            formula = "sum over quarters of aim x what all took, less what the slice got; aims are the present ones"
            found.append(SliceDebt(part, Figure(f"below aim, {part.name}", debt, "ew", formula, inputs)))
    return tuple(sorted(found, key=lambda row: (-(row.debt.value or 0), row.slice.letter)))


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
