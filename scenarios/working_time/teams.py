"""Capacity of a quarter: each team that has people, week by week and person by person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from scenarios.working_time.breakdown import Breakdown, total
from scenarios.working_time.holidays import holidays_between
from scenarios.working_time.people import WHOLE, Away, PersonWeek, Terms, cells_of, counted_from
from scenarios.working_time.weeks import Week, weeks_of
from store.common.errors import Refused
from store.common.values import Value
from store.records import Absence, Capacity, Closure, Person, Place, Quarter, State, Team, TeamTime

#: Less than this (ew) apart, two figures are the same: a thousandth of a week is two minutes and a half a day.
SAME_EW = 1e-3
#: Sums of so many teams are kept: those of one workspace.
_MOST_SUMS = 1_000


class PersonCapacity(Value):
    """One person of a team: a :class:`~scenarios.working_time.people.PersonWeek` for each week of the quarter."""

    person: Person
    terms: Terms
    absences: tuple[Absence, ...]
    cells: tuple[PersonWeek, ...]

    @cached_property
    def total(self) -> Breakdown:
        """The whole quarter."""
        return total(cell.breakdown for cell in self.cells)


class TeamCapacity(Value):
    """A team with people. ``stored`` is the net capacity (ew) that odds use, None where there is none yet."""

    team: Team
    time: TeamTime
    people: tuple[PersonCapacity, ...]
    weeks: tuple[Breakdown, ...]
    stored: float | None

    @cached_property
    def total(self) -> Breakdown:
        """The whole quarter."""
        return total(self.weeks)

    @property
    def gross(self) -> float:
        """Gross in engineer-weeks."""
        return self.total.gross

    @property
    def net(self) -> float:
        """Net in engineer-weeks."""
        return self.total.net

    @property
    def differs(self) -> str:
        """What is stored beside what the people give, as words; empty where it is the same."""
        if self.stored is None or abs(self.stored - self.net) < SAME_EW:
            return ""
        stored, net = format_ew(self.stored), format_ew(self.net)
        if stored == net:
            stored, net = f"{self.stored:,.3f}", f"{self.net:,.3f}"
        return f"stored {stored}, from people {net}"


class QuarterCapacity(Value):
    """The quarter's weeks, and by id the teams that have people; ``notes`` say what could not be counted, and why."""

    quarter: Quarter
    weeks: tuple[Week, ...]
    teams: Mapping[int, TeamCapacity]
    notes: tuple[str, ...] = ()


def capacity_of(state: State, quarter: Quarter | None = None) -> QuarterCapacity:
    """What the people of a state give in a quarter: the present one, unless another is named."""
    quarter = quarter or state.quarter
    weeks = weeks_of(quarter.starts, quarter.ends)
    times = {row.team_id: row for row in state.all(TeamTime).values()}
    stored = {row.team_id: row.net for row in state.all(Capacity).values() if row.quarter_id == quarter.id}
    absences: dict[int, list[Absence]] = {}
    for absence in state.each(Absence):
        if absence.starts <= quarter.ends:
            absences.setdefault(absence.person_id, []).append(absence)
    people: dict[int, list[Person]] = {team_id: [] for team_id in times}
    for person in state.all(Person).values():
        if person.team_id in people:
            people[person.team_id].append(person)
    closures = sorted(
        (row for row in state.all(Closure).values() if row.starts <= quarter.ends), key=lambda row: row.starts
    )
    notes: dict[str, None] = {}
    teams = {}
    for team in teams_of(state):
        if team.id not in times:
            continue
        time = times[team.id]
        found = []
        for person in sorted(people[team.id], key=in_order):
            rows = absences.get(person.id, [])
            away = tuple(map(Away.of, rows))
            terms = _terms(state, quarter, time, person, away, closures, notes)
            found.append(PersonCapacity(person, terms, tuple(rows), cells_of(terms)))
        by_week = _summed(team.id, [one.cells for one in found], len(weeks))
        teams[team.id] = TeamCapacity(team, time, tuple(found), by_week, stored.get(team.id))
    return QuarterCapacity(quarter, weeks, teams, tuple(notes))


#: By team id, the sums that were made last, and of what.
_last_sums: dict[int, tuple[list[tuple[PersonWeek, ...]], tuple[Breakdown, ...]]] = {}


def _summed(team_id: int, people: list[tuple[PersonWeek, ...]], weeks: int) -> tuple[Breakdown, ...]:
    """What all of a team give in each week. Who gives the same has the very same cells, and so has the team."""
    known = _last_sums.get(team_id)
    alike = known is not None and (len(known[0]), len(known[1])) == (len(people), weeks)
    if known is not None and alike and all(one is other for one, other in zip(known[0], people, strict=True)):
        return known[1]
    found = tuple(total(cells[at].breakdown for cells in people) for at in range(weeks))
    if len(_last_sums) > _MOST_SUMS:
        _last_sums.clear()
    _last_sums[team_id] = people, found
    return found


def stored_net(state: State, quarter: Quarter | None = None) -> dict[int, float]:
    """By team id, the net capacity (ew) that is stored and that odds use; 0 where there is none."""
    quarter = quarter or state.quarter
    net = {team.id: 0.0 for team in teams_of(state)}
    net |= {row.team_id: row.net for row in state.all(Capacity).values() if row.quarter_id == quarter.id}
    return net


def in_order(person: Person) -> tuple[int, bool, int]:
    """What people of a team are ordered by: position, then as they were added (new ones have falling ids)."""
    return person.position, person.id < 0, abs(person.id)


def _terms(
    state: State,
    quarter: Quarter,
    time: TeamTime,
    person: Person,
    away: tuple[Away, ...],
    closures: list[Closure],
    notes: dict[str, None],
) -> Terms:
    place = None if person.place_id is None else state.all(Place).get(person.place_id)
    since = counted_from(quarter.starts, away)
    holidays: frozenset[date] = frozenset()
    if place is not None and place.holidays:
        try:
            holidays = holidays_between(place.country, place.subdivision, since, quarter.ends)
        except Refused as error:
            notes[f"{place.name}: {error}. No holidays are counted there."] = None
    return Terms(
        quarter.starts,
        quarter.ends,
        person.starts,
        person.ends,
        round(person.share * WHOLE),
        person.ramp_none,
        person.ramp_half,
        holidays,
        tuple(
            (row.starts, row.ends)
            for row in closures
            if row.team_id in (None, person.team_id) and row.place_id in (None, person.place_id)
        ),
        away,
        round(time.focus * WHOLE),
        round(time.interrupts * WHOLE),
    )
