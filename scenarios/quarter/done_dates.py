"""A date for one item: the days by which it is done at 50% and at 85%, from rank order and the weeks of its teams.

An item is done when its teams have worked through all that is ranked above it, and itself. How long that takes is the
forecast's own trials, on the calendar of each team's capacity; on its way it also waits, for a review, a release, or
what it lies beside. That was fitted to 5,370 tasks whose days of completion are public (docs/forecast.md).
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import numpy as np

from scenarios.odds.draws import Draws, Trials
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entry, entries_of, entry_of
from scenarios.working_time.teams import QuarterCapacity, capacity_of
from store.common.errors import Refused
from store.records import Actual, Quarter, State

#: Of both dates, how sure one is.
SURE = (0.50, 0.85)
#: How much (log) an item's turn differs from its rank; where only items are counted, and by how much less they need.
TURN, COUNTED_TURN, COUNTED_SHIFT = 0.5, 0.8, -0.15
#: Days for which an item waits beside the work on it: the median, and the spread (log).
WAIT, WAIT_SPREAD = 3.0, 2.4
#: So many of the last finished quarters say how many items a team finishes.
_QUARTERS = 4
#: What lies later (days) is no date.
_LATEST = 3_650


@dataclass(frozen=True)
class DoneBy:
    """The days by which an item is done at 50% and at 85%, None where that is more than ten years away.

    ``by`` says from what: effort, or how many items are finished in a quarter. ``ahead`` counts the items before it.
    ``since`` is the day from which what is left is counted, None before the quarter runs.
    """

    entry: Entry
    quarter: Quarter
    half: date | None
    sure: date | None
    by: Literal["effort", "throughput"]
    ahead: int
    each_quarter: float = 0.0
    since: date | None = None
    #: after how many days from the start it is done, in each trial
    days: Trials = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)

    def odds_by(self, day: date) -> float:
        """The odds (0..1) that it is done by the end of a day."""
        start = _from(self.quarter, self.since).starts
        return float(np.mean(self.days <= (day - start).days + 1))

    @property
    def words(self) -> str:
        """As a sentence, without the item's title."""
        said = ", ".join(
            f"by {_said(day)} at {at:.0%}" if day else f"at {at:.0%} not within ten years"
            for day, at in zip((self.half, self.sure), SURE, strict=True)
        )
        others = "the first" if not self.ahead else f"after {self.ahead} other{'s' * (self.ahead > 1)}"
        start = f"the first day of {self.quarter.name}" if self.since is None else f"{_said(self.since)} on"
        on = f"in rank order {others} of its teams, from {start}"
        if self.by == "throughput":
            pace = f"it has no size: by throughput, {self.each_quarter:.0f} items a finished quarter, a wider guess"
            return f"done {said}; {on}; {pace}"
        placed = "" if self.entry.item.state == "plan" else "; if it came in below all that is in plan"
        later = any(day is None or day > self.quarter.ends for day in (self.half, self.sure))
        beyond = f"; after {_said(self.quarter.ends)} at the same pace" if later else ""
        return f"done {said}; {on}{placed}{beyond}"


def _said(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def done_by(state: State, forecast: Forecast, item_id: int) -> DoneBy:
    """The dates of an item. Raises :class:`Refused` where nothing says one."""
    entry = entry_of(state, item_id)
    if entry.item.state in ("done", "declined"):
        raise Refused(f"“{entry.item.title[:60]}” is {entry.item.state}: it has no date to come")
    if entry.done:
        raise Refused(f"“{entry.item.title[:60]}” is done: it has no date to come")
    since = forecast.plan.moment.day if forecast.plan.moment is not None else None
    if not entry.sizes:
        return _by_throughput(state, forecast.draws, entry, since)
    planned = [each for each in forecast.plan.entries if each.item.id != item_id and not each.done]
    before = [each for each in planned if entry.item.state != "plan" or each.item.rank < entry.item.rank]
    quarter = _from(forecast.plan.quarter, since)
    capacity = capacity_of(state, quarter)
    days = np.zeros(forecast.draws.trials)
    own = {size.team_id for size in entry.sizes}
    for team in forecast.plan.teams:
        if team.id not in own:
            continue
        net = forecast.plan.left_of(team.id)
        if forecast.plan.net[team.id] <= 0:
            raise Refused(f"{team.name} has no net capacity: set it first (makeroom capacity)")
        if net <= 0:
            raise Refused(f"{team.name} has nothing left of {quarter.name}: no date follows from it")
        rows = [forecast.draws.rows(each).get(team.id) for each in (*before, entry)]
        work = np.sum([row for row in rows if row is not None], axis=0)
        share = work / forecast.draws.limit(team, net)
        days = np.maximum(days, _days(capacity, team.id, quarter, share))
    ahead = sum(any(size.team_id in own for size in each.sizes) for each in before)
    found = with_waits(days, forecast.draws.calendar_luck(entry))
    return DoneBy(entry, forecast.plan.quarter, *_dates(quarter, found), "effort", ahead, since=since, days=found)


def _from(quarter: Quarter, since: date | None) -> Quarter:
    """What is left of a quarter from a day on; all of it where none is given."""
    return quarter if since is None else quarter.model_copy(update={"starts": min(since, quarter.ends)})


def with_waits(days: Trials, luck: tuple[Trials, Trials], turn: float = TURN) -> Trials:
    """When an item is done, in days, whose work is through after ``days``."""
    waits: Trials = days * np.exp(turn * luck[0]) + WAIT * np.exp(WAIT_SPREAD * luck[1])
    return waits


def counted_days(ahead: int, each_quarter: float, length: float, luck: tuple[Trials, Trials]) -> Trials:
    """The same of an item after ``ahead`` others, where a quarter of ``length`` days finishes so many."""
    through = np.full(len(luck[0]), length * (ahead + 1) / each_quarter * math.exp(COUNTED_SHIFT))
    return with_waits(through, luck, COUNTED_TURN)


def _days(capacity: QuarterCapacity, team_id: int, quarter: Quarter, share: Trials) -> Trials:
    """After how many days a team has given this share of its quarter's capacity; beyond it at the mean pace."""
    length = float((quarter.ends - quarter.starts).days + 1)
    team = capacity.teams.get(team_id)
    days: Trials = share * length
    if team is None or team.net <= 0:
        return days
    given = np.cumsum([0.0, *(week.net for week in team.weeks)]) / team.net
    ends = np.array([0.0, *((week.last - quarter.starts).days + 1.0 for week in capacity.weeks)])
    inside: Trials = np.interp(share, given, ends)
    return np.where(share <= 1, inside, days)


def _by_throughput(state: State, draws: Draws, entry: Entry, since: date | None) -> DoneBy:
    """From the items that its team, or all, finished in a quarter: what was not counted in weeks counts here."""
    quarter, item = state.quarter, entry.item
    end = state.number_of(quarter)
    teams = _teams(state, item.team_id)
    counts: dict[int, int] = {}
    for row in state.each(Actual):
        if row.number < end and row.team_id in teams:
            counts[row.number] = counts.get(row.number, 0) + 1
    if not counts:
        raise Refused(
            f"“{item.title[:60]}” has no size, and no finished quarter says how many items are done in one: "
            "give it a size, or import finished quarters"
        )
    last = [counts[number] for number in sorted(counts)[-_QUARTERS:]]
    waiting = [*entries_of(state, "plan"), *entries_of(state, "below")]
    before = [each for each in waiting if each.item.id != item.id and _ahead(each, entry) and not each.done]
    ahead = sum(any(size.team_id in teams for size in each.sizes) or not each.sizes for each in before)
    pace = sum(last) / len(last)
    length = float((quarter.ends - quarter.starts).days + 1)
    found = counted_days(ahead, pace, length, draws.calendar_luck(entry))
    days = _dates(_from(quarter, since), found)
    return DoneBy(entry, quarter, *days, "throughput", ahead, pace, since, found)


def _ahead(other: Entry, entry: Entry) -> bool:
    """Whether another item comes first: what is in plan before what is below it, then by rank."""
    return (other.item.state != "plan", other.item.rank) < (entry.item.state != "plan", entry.item.rank)


def _teams(state: State, team_id: int | None) -> Collection[int]:
    return {row.team_id for row in state.each(Actual)} if team_id is None else {team_id}


def _dates(quarter: Quarter, days: Trials) -> tuple[date | None, date | None]:
    half, sure = (float(np.quantile(days, at)) for at in SURE)
    return _date(quarter, half), _date(quarter, sure)


def _date(quarter: Quarter, days: float) -> date | None:
    """The day that ends after so many; None where that is no date."""
    if not days <= _LATEST:
        return None
    return quarter.starts + timedelta(days=max(0, math.ceil(days) - 1))
