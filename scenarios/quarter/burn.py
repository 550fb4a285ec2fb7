"""The burn chart as figures: week by week what was used, what was planned, and what the rest will take.

One computation for the text, the screen and the page. Everything is in engineer-weeks and counts up from the first day
of the quarter. Capacity that passed unused is gone: from today on there is what was used and the capacity that is left.
The fan is what the quarter will have used in all, as known today: what was used, and the P10, P50 and P90 of what is
left to do, spread over the capacity of the weeks that are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Plan
from scenarios.plan.progress import unplanned_in, week_at
from scenarios.working_time.teams import capacity_of
from store.common.errors import Refused
from store.records import State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: P10, P50 and P90 of an effort, in ew.
Fan = tuple[float, float, float]


@dataclass(frozen=True)
class Known:
    """What was known at the end of a week: ``used`` ew on what was in plan, what was ``left`` (ew), the odds (0..1)
    of finishing that in the ``capacity_left`` (ew)."""

    used: float
    left: Fan
    odds: float
    capacity_left: float


@dataclass(frozen=True)
class BurnWeek:
    """One week, at its end; all but ``capacity`` and ``planned`` is None where nobody reported.

    ``capacity`` is the net capacity until then; after the present week, what was used and what is left of the capacity
    until then. ``planned`` what the baseline would have used until then at an even
    pace. ``used``, ``interrupts`` and ``odds`` are of weeks that were, ``fan`` of the present week and those to come.
    """

    number: int
    last: date
    capacity: float
    planned: float
    used: float | None = None
    interrupts: float | None = None
    odds: float | None = None
    fan: Fan | None = None


@dataclass(frozen=True)
class Burn:
    """A quarter of these ``weeks``, known as of the end of the week ``now``; ``day`` is that of the last progress."""

    quarter: str
    day: date
    now: int
    weeks: tuple[BurnWeek, ...]

    @property
    def week(self) -> int:
        """The week, from 1, in which the ``day`` lies: on its Monday, what is known is of the end of the one before."""
        return min(len(self.weeks), 1 + sum(week.last < self.day for week in self.weeks))

    @property
    def capacity(self) -> float:
        """What was used and what is left of the net capacity, in ew."""
        return self.weeks[-1].capacity

    @property
    def passed(self) -> list[tuple[float, float]]:
        """The line of the capacity until today, as (weeks from the first day, ew)."""
        return [
            (0.0, 0.0),
            *((float(week.number), week.capacity) for week in self.weeks[: self.now] if week.number < len(self.weeks)),
        ]

    @property
    def ahead(self) -> list[tuple[float, float]]:
        """The line from what was used on by the capacity that is left, as (weeks from the first day, ew)."""
        used = self.weeks[self.now - 1].used if self.now else 0.0
        later = self.weeks[self.now :] or self.weeks[-1:]
        return [(float(self.now), used or 0.0), *((float(week.number), week.capacity) for week in later)]

    @property
    def most(self) -> float:
        """The greatest figure of the chart, in ew."""
        last = self.weeks[-1]
        ends = [last.capacity, last.planned, *(week.used or 0.0 for week in self.weeks)]
        return max(ends + [week.fan[2] for week in self.weeks if week.fan])

    @property
    def words(self) -> str:
        """What the quarter will have used, against what there is, as a sentence."""
        fan = self.weeks[-1].fan
        if fan is None:
            return ""
        low, middle, high = fan
        return (
            f"In all it will take {format_ew(middle)} ew (P10 {format_ew(low)}, P90 {format_ew(high)}); there are "
            f"{format_ew(self.capacity)}."
        )


def burn_of(
    quarter: str,
    ends: Sequence[date],
    given: Sequence[float],
    planned: float,
    known: Mapping[int, Known],
    interrupts: Mapping[int, float],
    day: date,
) -> Burn:
    """The chart of a quarter whose weeks end on ``ends``, with the net capacity that each week gives (ew).

    ``planned`` is the effort of the baseline in ew; ``known`` is, by number of the week (from 1), what was known at its
    end; the greatest number is the present week, known as of ``day``; 0 is the first day. Needs one at least.
    ``interrupts`` is what came in each week (ew).
    """
    now = max(known)
    told = max((now, *interrupts))
    whole = sum(given) or 1.0
    rest = sum(given[now:])
    weeks, until = [], 0.0
    for number, (end, net) in enumerate(zip(ends, given, strict=True), 1):
        until += net
        found = known.get(number)
        fan, capacity = None, until
        if number >= now:
            # On the last days there is no week left to spread it over: it is all there at once.
            share = sum(given[now:number]) / rest if rest > 0 else float(number == len(ends))
            used, left = known[now].used, known[now].left
            if number > now or number == len(ends):
                capacity = used + share * known[now].capacity_left
            fan = (used + share * left[0], used + share * left[1], used + share * left[2])
        weeks.append(
            BurnWeek(
                number,
                end,
                capacity,
                planned * until / whole,
                found.used if found else None,
                sum(ew for week, ew in interrupts.items() if week <= number) if number <= told else None,
                found.odds if found else None,
                fan,
            )
        )
    return Burn(quarter, day, now, tuple(weeks))


def known_of(forecast: Forecast) -> Known:
    """What a forecast of a running quarter knows."""
    moment = forecast.plan.moment
    used = sum(team.used for team in moment.teams.values()) if moment is not None else 0.0
    return Known(used, forecast.load_range, forecast.odds, forecast.plan.capacity_left)


def week_ended(plan: Plan) -> int:
    """The week at whose end, or within which, a plan's progress is known; 0 on the quarter's first day."""
    if plan.moment is None:
        return 0
    # Progress is known as the work of its day begins.
    return week_at(plan.quarter, plan.moment.day - timedelta(days=1))


def burn(state: State, plan: Plan, known: Mapping[int, Known], planned: float) -> Burn:
    """The chart of the quarter that runs, from what was known at the end of each week; ``planned`` as in
    :func:`burn_of`. Raises :class:`Refused` where it does not run yet."""
    if plan.moment is None:
        raise Refused(
            f"{plan.quarter.name} does not run yet: it does once somebody records progress or an interrupt "
            "(makeroom progress, makeroom interrupt)"
        )
    people = capacity_of(state)
    days = sum(len(week.days) for week in people.weeks) or 1
    given = [0.0] * len(people.weeks)
    for team in plan.teams:
        found = people.teams.get(team.id)
        peopled = found is not None and found.net > 0
        for at, week in enumerate(people.weeks):
            share = found.weeks[at].net / found.net if found is not None and peopled else len(week.days) / days
            given[at] += plan.net[team.id] * share
    interrupts: dict[int, float] = {}
    for row in unplanned_in(state, plan.quarter):
        week_of = week_at(plan.quarter, row.day)
        interrupts[week_of] = interrupts.get(week_of, 0.0) + row.effort
    ends = [week.last for week in people.weeks]
    return burn_of(plan.quarter.name, ends, given, planned, known, interrupts, plan.moment.day)
