"""What was kept of a baseline: done, moved or dropped, in items and in engineer-weeks, and by whose decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, total, written
from scenarios.graded.closing import outcomes_of
from scenarios.graded.rows import GradedItem, rows_until
from scenarios.plan.plan import entries_of
from scenarios.quarter.close import Ending
from store.common.text import many, short
from store.records import Command, State

_FORMULA = "effort of the baseline's items that were done / effort of the baseline, as it was sized then"
#: Inputs that are named one by one.
_NAMED = 40


@dataclass(frozen=True)
class Fate:
    """What became of a part of the baselined items: how many, of how many ew as they were sized then."""

    items: int
    effort: Fraction


@dataclass(frozen=True)
class Kept:
    """What was kept of the baseline: done; moved (not finished, or deferred); dropped. ``by`` is who moved or dropped
    how much, an empty name where nobody is on record; what was just not finished is nobody's decision. ``share`` is the
    plan kept, of the baseline's effort."""

    all: Fate
    done: Fate
    moved: Fate
    unfinished: Fate
    dropped: Fate
    by: tuple[tuple[str, Fate], ...]
    share: Figure


#: Of a quarter of which no baseline is on record.
NO_PLAN_KEPT = Figure("plan kept", None, "rate", _FORMULA, (("baseline", "none on record"),))


def kept_of(rows: Iterable[GradedItem]) -> Kept | None:
    """What was kept of a baseline; None where none is on record."""
    planned = [row for row in rows if row.outcome.planned]
    if not planned:
        return None
    by_end: dict[str, list[GradedItem]] = {"done": [], "unfinished": [], "deferred": [], "dropped": []}
    for row in planned:
        by_end[row.outcome.became].append(row)
    decided: dict[str, list[GradedItem]] = {}
    for row in (*by_end["deferred"], *by_end["dropped"]):
        decided.setdefault(row.by.strip(), []).append(row)
    return Kept(
        _fate(planned),
        _fate(by_end["done"]),
        _fate([*by_end["unfinished"], *by_end["deferred"]]),
        _fate(by_end["unfinished"]),
        _fate(by_end["dropped"]),
        tuple(
            (name, _fate(part))
            for name, part in sorted(decided.items(), key=lambda pair: (-_fate(pair[1]).effort, pair[0]))
        ),
        _share(planned, by_end["done"]),
    )


def _fate(rows: Sequence[GradedItem]) -> Fate:
    return Fate(len(rows), total(exact(row.baseline_ew) for row in rows if row.baseline_ew is not None))


def _share(planned: Sequence[GradedItem], done: Sequence[GradedItem]) -> Figure:
    whole, part = _fate(planned), _fate(done)
    named = tuple(
        (short(row.title, 60), "done, no size" if row.baseline_ew is None else f"{_ew(exact(row.baseline_ew))}, done")
        for row in done[:_NAMED]
    )
    more = ((f"and {len(done) - _NAMED} more", "done"),) if len(done) > _NAMED else ()
    ends = (
        ("done", f"{_ew(part.effort)}, {part.items} of {many(whole.items, 'item')}"),
        ("the baseline", f"{_ew(whole.effort)}, {many(whole.items, 'item')}"),
    )
    sized = sum(row.baseline_ew is not None for row in planned)
    partly = "" if sized == len(planned) else f"of {sized} of {len(planned)} items that had a size"
    value = part.effort / whole.effort if whole.effort else None
    return Figure("plan kept", value, "rate", _FORMULA, (*named, *more, *ends), partly if value is not None else "")


def _ew(effort: Fraction) -> str:
    return written(effort, "ew")


def rows_so_far(state: State) -> Mapping[int, list[GradedItem]]:
    """By number of its quarter, the items of every quarter up to the present one, which counts as if it ended as far
    as was told."""
    number = state.number_of(state.quarter)
    if state.quarter.state != "closed":
        over = Ending(uncounted={size.id for row in entries_of(state, "plan") if row.done for size in row.sizes})
        state = state.overlay(Command("so far", "", tuple(outcomes_of(state, over, odds=False))))
    found: dict[int, list[GradedItem]] = {}
    for row in rows_until(state, number):
        found.setdefault(row.outcome.number, []).append(row)
    return found
