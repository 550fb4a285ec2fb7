"""How the quarter runs, as values: what each size has taken and what is left of it, and what is left of the weeks.

A quarter runs from the first progress, or the first unplanned work, that somebody tells of; before that, every figure
is the whole quarter's. Figures are as of the day of which progress is known, never of the clock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from scenarios.figures.sizes import DAYS_PER_EW, Range
from scenarios.figures.teams import teams_of
from scenarios.working_time.weeks import weeks_of, working_days
from store.common.errors import Refused
from store.common.values import Value
from store.records import Progress, Quarter, Size, State, Team, UnplannedWork

#: Days after which it is said how old what is known of progress is.
OLD = 8


@dataclass(frozen=True, slots=True)
class SizeProgress:
    """How far a team is with an item; all efforts in ew.

    ``spent`` is since its start, ``earlier`` what of it was spent before this quarter; ``left`` is what is left, where
    somebody estimated that anew. What is done took ``spent``, where that was ``counted``.
    """

    team_id: int
    spent: float = 0.0
    earlier: float = 0.0
    left: Range | None = None
    started_on: date | None = None
    done_on: date | None = None
    counted: bool = True
    told_on: date | None = None

    @property
    def done(self) -> bool:
        """Whether the team is through with it."""
        return self.done_on is not None

    @property
    def this_quarter(self) -> float:
        """What it has taken of this quarter, in ew."""
        return self.spent - self.earlier

    def left_of(self, size: Size) -> float:
        """What is left of a size, in ew: as estimated anew, else the likely effort less what was spent, at least 0."""
        if self.done:
            return 0.0
        return self.left.likely if self.left is not None else max(0.0, size.likely - self.spent)


def size_progress(row: Progress) -> SizeProgress:
    """The value of a record."""
    left = None if row.left is None else Range(row.left, row.left_low, row.left_high)
    return SizeProgress(
        row.team_id, row.spent, row.earlier, left, row.started_on, row.done_on, row.counted, row.told_on
    )


@dataclass(frozen=True, slots=True)
class TeamMoment:
    """A team in a quarter that runs.

    ``share`` (0..1) of its net capacity is still to come. In ew: ``used`` is what items have taken of this quarter,
    ``unplanned`` what came between, and ``ahead`` what of it falls on days still to come, beyond what was allowed for
    such work until then.
    """

    share: float = 1.0
    used: float = 0.0
    unplanned: float = 0.0
    ahead: float = 0.0


class Moment(Value):
    """Where a quarter stands as the work of ``day`` begins: in ``week`` (from 1) of ``weeks``; teams by id.

    ``share`` (0..1) of its working days is still to come. ``told`` is whether somebody told of progress as of that day;
    else only unplanned work is known, and it is the quarter's first day.
    """

    day: date
    week: int
    weeks: int
    share: float
    teams: Mapping[int, TeamMoment]
    told: bool = True

    def team(self, team_id: int) -> TeamMoment:
        """A team's part; one that is new has what is left of the days."""
        return self.teams.get(team_id) or TeamMoment(self.share)

    def words(self, today: date | None = None) -> str:
        """``week 6 of 13, progress of 8 Feb``; with ``today``, how old that is where it is more than a week."""
        if not self.told:
            return "nobody has recorded progress yet"
        age = (today - self.day).days if today is not None else 0
        old = f", {age} days old" if age > OLD else ""
        return f"week {self.week} of {self.weeks}, progress of {day_words(self.day)}{old}"


def day_words(day: date) -> str:
    """``8 Feb``."""
    return f"{day.day} {day:%b}"


def require_day(quarter: Quarter, on: date) -> None:
    """Raise :class:`Refused` where the quarter does not run on a day, with what to do."""
    if quarter.state == "closed":
        raise Refused(f"{quarter.name} is closed: nothing more happens in it")
    if on < quarter.starts:
        raise Refused(
            f"{quarter.name} begins on {quarter.starts}, and {on} lies before it: wait until then, or say a day of the "
            f"quarter (--on {quarter.starts})"
        )
    if on > quarter.ends:
        raise Refused(
            f"{quarter.name} ended on {quarter.ends}, and {on} lies after it: say a day of the quarter (--on "
            f"{quarter.ends}), or close it (makeroom close)"
        )


def unplanned_in(state: State, quarter: Quarter) -> list[UnplannedWork]:
    """The unplanned work of a quarter, by day."""
    rows = [row for row in state.all(UnplannedWork).values() if quarter.starts <= row.day <= quarter.ends]
    return sorted(rows, key=lambda row: (row.day, row.id < 0, abs(row.id)))


def runs(state: State) -> bool:
    """Whether the present quarter runs: somebody has told of progress, or of unplanned work."""
    quarter = state.quarter
    return quarter.progress_on is not None or bool(unplanned_in(state, quarter))


def finished_days(state: State) -> dict[int, date]:
    """By item id, the day on which the last of its teams was through with it, as somebody told."""
    teams: dict[int, set[int]] = {}
    for size in state.all(Size).values():
        teams.setdefault(size.item_id, set()).add(size.team_id)
    days: dict[int, dict[int, date]] = {}
    for row in state.all(Progress).values():
        if row.done_on is not None:
            days.setdefault(row.item_id, {})[row.team_id] = row.done_on
    return {key: max(done.values()) for key, done in days.items() if teams.get(key) and teams[key] <= done.keys()}


def progress_by_item(state: State) -> dict[int, tuple[SizeProgress, ...]]:
    """By item id, how far its teams are, in order of team; empty before the quarter runs."""
    if not runs(state):
        return {}
    found: dict[int, list[SizeProgress]] = {}
    for row in state.all(Progress).values():
        found.setdefault(row.item_id, []).append(size_progress(row))
    return {key: tuple(sorted(rows, key=lambda one: one.team_id)) for key, rows in found.items()}


def forgotten_left(state: State, item_id: int, team_ids: Collection[int]) -> list[Progress]:
    """The progress of an item on these teams without what was estimated to be left of it: of another size."""
    return [
        row.model_copy(update={"left_low": None, "left": None, "left_high": None})
        for row in state.all(Progress).values()
        if row.item_id == item_id and row.team_id in team_ids and row.left is not None
    ]


def moment_of(state: State) -> Moment | None:
    """Where the present quarter stands; None before it runs."""
    if not runs(state):
        return None
    # Most plans are made before anything runs.
    from scenarios.working_time.teams import capacity_of

    quarter = state.quarter
    day = quarter.progress_on or quarter.starts
    whole = capacity_of(state, quarter)
    rest = whole if day == quarter.starts else capacity_of(state, quarter.model_copy(update={"starts": day}))
    used: dict[int, float] = {}
    for row in state.all(Progress).values():
        used[row.team_id] = used.get(row.team_id, 0.0) + row.spent - row.earlier
    unplanned = unplanned_in(state, quarter)
    share = share_of_days(quarter, day)
    teams: dict[int, TeamMoment] = {}
    for team in teams_of(state):
        rows = [row for row in unplanned if row.team_id == team.id]
        peopled = whole.teams.get(team.id)
        net = peopled.total.net_ticks if peopled is not None else 0
        left = rest.teams[team.id].total.net_ticks / net if net else share
        ahead = _ahead(state, team, [row for row in rows if row.day >= day], day)
        teams[team.id] = TeamMoment(left, used.get(team.id, 0.0), sum(row.effort for row in rows), ahead)
    return Moment(day, week_at(quarter, day), weeks_in(quarter), share, teams, quarter.progress_on is not None)


def _ahead(state: State, team: Team, later: list[UnplannedWork], day: date) -> float:
    """What unplanned work takes of the days to come (ew), beyond what the net allows for until the last of it."""
    if not later:
        return 0.0
    from scenarios.working_time.teams import capacity_of

    until = state.quarter.model_copy(update={"starts": day, "ends": max(row.day for row in later)})
    peopled = capacity_of(state, until).teams.get(team.id)
    allowed = peopled.total.days("interrupts") / DAYS_PER_EW if peopled is not None else 0.0
    return max(0.0, sum(row.effort for row in later) - allowed)


def share_of_days(quarter: Quarter, day: date) -> float:
    """Which share (0..1) of a quarter's working days is still to come as the work of ``day`` begins."""
    whole = len(working_days(quarter.starts, quarter.ends))
    return len(working_days(day, quarter.ends)) / whole if whole else 0.0


def week_at(quarter: Quarter, day: date) -> int:
    """The week of the quarter in which a day lies, from 1."""
    return sum(week.first <= day for week in weeks_of(quarter.starts, quarter.ends))


def weeks_in(quarter: Quarter) -> int:
    """How many weeks the quarter has, Monday to Sunday; the first and the last may be short."""
    return len(weeks_of(quarter.starts, quarter.ends))
