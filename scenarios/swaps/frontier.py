"""What is possible: value against odds, for one request and for the whole plan. Nothing here is applied by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scenarios.plan.departures import Leaving, needs_of, pins_of
from scenarios.plan.item_values import worths_of
from scenarios.plan.mix import ONE_OFF, one_off_ceiling
from scenarios.plan.plan import Entry, entries_of
from scenarios.solver import Stopped
from scenarios.solver.selection import best_selection
from scenarios.swaps.cover import common_quantile, moments
from scenarios.swaps.search import Stop, Swaps
from scenarios.trade.door import Trade
from store.records import Slice, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: Odds (0..1) at which a frontier is asked for its best set, beside the target itself.
LEVELS = (0.05, 0.15, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
#: Items of the backlog that the whole plan is chosen from, best value per week first: what is below them has no chance.
_CONSIDERED = 600


@dataclass(frozen=True)
class Point:
    """One plan that nothing found beats on both: its odds (0..1) on the trials, and its value; ``out`` leave, ``come``
    come in. For a request ``value`` is what is displaced, for the whole plan what is in it."""

    odds: float
    value: float
    out: tuple[Leaving, ...] = ()
    come: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Frontier:
    """Points by rising odds; ``present`` is the plan as it stands, or with the request and what is marked."""

    points: tuple[Point, ...]
    present: Point
    #: how many items of the backlog were left out of the choice
    passed_over: int = 0


def request_frontier(trade: Trade, present: Iterable[Leaving], stop: Stop | None = None) -> Frontier:
    """The least value displaced for each odds of the request; in ew displaced where nobody has given values.

    Raises :class:`~scenarios.solver.Stopped`.
    """
    swaps = Swaps(trade, stop)
    marked = swaps.swap_of(tuple(present))
    found = [Point(trade.asked.judged, 0.0)]
    for level in sorted({*LEVELS, trade.asked.plan.target}):
        if level <= trade.asked.judged:
            continue
        plan = replace(trade.asked.plan, target=level)
        asked = trade.asked.with_plan(plan)
        each = Swaps(Trade(trade.state, trade.proposal, trade.before, asked), stop)
        for swap in each.ranked(each.available[0], 1):
            odds = trade.after(swap.out).judged
            found.append(Point(odds, swap.frees if swap.value is None else swap.value, swap.out))
    value = marked.frees if marked.value is None else marked.value
    return Frontier(_unbeaten(found, less=True), Point(trade.after(marked.out).judged, value, marked.out))


def plan_frontier(state: State, forecast: Forecast, stop: Stop | None = None) -> Frontier | None:
    """The most value in plan for each odds, chosen from the plan and the backlog; None where nobody has given values.

    Each point is the next release problem (Bagnall 2001) on the linear cover of :mod:`scenarios.swaps.cover`, with one
    row a team, and is then simulated on the plan's own trials. What is pinned stays. Raises
    :class:`~scenarios.solver.Stopped`.
    """
    plan = forecast.plan
    below = [entry for entry in entries_of(state, "below") if entry.sized]
    worths = worths_of(state, [*plan.entries, *below])
    if not worths or not plan.teams:
        return None
    below = [entry for entry in below if worths[entry.item.id].amount > 0 and entry.left > 0]
    below.sort(key=lambda entry: -worths[entry.item.id].amount / entry.left)
    entries = [*plan.entries, *below[:_CONSIDERED]]
    place = {entry.item.id: at for at, entry in enumerate(entries)}
    value = [worths[entry.item.id].amount for entry in entries]
    requires = [
        (place[key], place[each]) for key, needed in needs_of(state).items() if key in place
        for each in sorted(needed) if each in place
    ]  # fmt: skip
    fixed = [place[key] for key in pins_of(state) if key in place and place[key] < len(plan.entries)]
    planned = len(plan.entries)
    present = Point(forecast.judged, sum(value[:planned]))
    ceiling = _ceiling(state, entries)
    found = []
    for level in sorted({*LEVELS, plan.target}):
        costs, limits = _cover(forecast, entries, level)
        if ceiling is not None:
            costs.append(ceiling)
            limits.append(0.0)
        chosen = best_selection(value, costs, limits, requires, fixed, (), stop)
        if stop is not None and stop():
            raise Stopped
        if chosen.value is None:
            continue
        taken = set(chosen.taken)
        out = tuple(Leaving(entries[at]) for at in range(planned) if at not in taken)
        come = tuple(entries[at] for at in sorted(taken) if at >= planned)
        odds = forecast.judged_if(out=(each.entry for each in out), come=come)
        found.append(Point(odds, chosen.value, out, come))
    return Frontier(_unbeaten([*found, present], less=False), present, max(0, len(below) - _CONSIDERED))


def _ceiling(state: State, entries: list[Entry]) -> list[float] | None:
    """By item, what it adds to one-offs beyond their ceiling (ew): in all it may not be above 0; None without one."""
    most = one_off_ceiling(state.all(Slice).values())
    if most is None:
        return None
    return [entry.ew * ((entry.item.slice == ONE_OFF) - most) for entry in entries]


def _cover(forecast: Forecast, entries: list[Entry], level: float) -> tuple[list[list[float]], list[float]]:
    """(costs by team and item, capacity by team) in risk-adjusted ew, at which the odds are about ``level``."""
    shifts = common_quantile(forecast, level, give_back=True)
    costs, limits = [], []
    for team in forecast.plan.teams:
        slack = forecast.slack[team.id]
        spread = float(slack.std())
        z = (float(slack.mean()) + shifts[team.id]) / spread if spread > 0 else 0.0
        row = []
        for entry in entries:
            mean, variance = moments(forecast, entry, team.id)
            row.append(max(0.0, mean + (z / (2 * spread) * variance if spread > 0 else 0.0)))
        costs.append(row)
        limits.append(max(0.0, sum(row[: len(forecast.plan.entries)]) - shifts[team.id]))
    return costs, limits


def _unbeaten(points: Iterable[Point], *, less: bool) -> tuple[Point, ...]:
    """Those that no other beats on odds and value alike, by rising odds."""
    best: list[Point] = []
    for point in sorted(points, key=lambda each: (-each.odds, each.value if less else -each.value)):
        if not best or (point.value < best[-1].value if less else point.value > best[-1].value):
            best.append(point)
    return tuple(best[::-1])


def steps(point: Point) -> Iterator[str]:
    """What a point changes, in words."""
    yield from (f"out {each.words}" for each in point.out)
    yield from (f"in {entry.item.title}" for entry in point.come)
