"""The odds that decisions of closed quarters stood by, and whether the plan that each led to was finished.

The plans are found from the last one, which the outcomes of a quarter are, by taking back its decisions' lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenarios.graded.calibration import Said
from store.records import Decision, Move, Outcome, Quarter, State


@dataclass(frozen=True)
class PlanOdds:
    """``said`` are those whose plan nothing was taken out of later; of the ``changed`` ones nobody can tell."""

    said: tuple[Said, ...]
    changed: int


@dataclass(frozen=True)
class _Stood:
    """The items in plan after a decision, the odds by which it stood, and whether one of them was resized later."""

    items: frozenset[int]
    odds: float
    resized: bool


def plan_odds_of(state: State, until: int) -> PlanOdds:
    """Of all quarters that were closed here up to the number ``until``."""
    said: list[Said] = []
    changed = 0
    for quarter in state.each(Quarter):
        number = state.number_of(quarter)
        rows = [row for row in state.each(Outcome) if row.number == number and row.item_id is not None]
        if quarter.state != "closed" or number > until or not rows:
            continue
        done = {row.item_id for row in rows if row.became == "done"}
        last = frozenset(
            row.item_id for row in rows if row.became in ("done", "unfinished") and row.item_id is not None
        )
        for stood in _stood(state, quarter, last):
            if stood.items <= last and not stood.resized:
                said.append(Said(stood.odds, stood.items <= done))
            else:
                changed += 1
    return PlanOdds(tuple(said), changed)


def item_odds_of(rows: Iterable[Outcome]) -> tuple[Said, ...]:
    """The odds of items of a baseline, and whether each was done; without what a decision took out of plan."""
    return tuple(
        Said(row.odds, row.became == "done")
        for row in rows
        if row.odds is not None and row.planned is not False and row.became in ("done", "unfinished")
    )


def _stood(state: State, quarter: Quarter, last: frozenset[int]) -> Iterator[_Stood]:
    """What the decisions of a quarter stood by, the latest first; one plan at the same odds counts once."""
    moves: dict[int, list[Move]] = {}
    for move in state.each(Move):
        moves.setdefault(move.decision_id, []).append(move)
    decisions = [row for row in state.each(Decision) if row.quarter_id == quarter.id and row.kind != "close"]
    plan, resized = set(last), set[int]()
    seen: set[tuple[frozenset[int], float]] = set()
    for decision in sorted(decisions, key=lambda row: (row.at, row.id), reverse=True):
        items = frozenset(plan)
        if decision.odds_after is not None and items and (items, decision.odds_after) not in seen:
            seen.add((items, decision.odds_after))
            yield _Stood(items, decision.odds_after, bool(items & resized))
        for move in moves.get(decision.id, ()):
            if move.item_id is None:
                continue
            if move.kind == "in":
                plan.discard(move.item_id)
            elif move.kind == "out":
                plan.add(move.item_id)
            elif move.kind == "resized":
                resized.add(move.item_id)
