"""What the capacity grid shows of a draft beside the plan as it is."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.capacity.words import span
from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry, Plan
from scenarios.working_time.breakdown import CAUSES, TICKS_PER_DAY, Breakdown, words_of
from scenarios.working_time.holidays import public_holidays
from scenarios.working_time.teams import PersonCapacity, QuarterCapacity, TeamCapacity
from scenarios.working_time.weeks import Week
from store.common.errors import Refused
from store.records import Person, Place, State, TeamTime
from tui.capacity.grid import GridRow, WeekCell
from tui.widgets.keys import key_named

#: Less than this is no difference: a millionth of a day.
_SAME = 1e-6


class RowMaker:
    """Makes the rows of the grid; a key press changes one person, and the rows of all others are had from before."""

    def __init__(self) -> None:
        self._loads: tuple[tuple[Entry, ...], Mapping[int, float]] | None = None
        self._people: dict[int, tuple[object, object, Person, GridRow]] = {}
        self._weeks: dict[int, tuple[list[object], TeamTime, object, tuple[WeekCell, ...]]] = {}

    def rows(self, now: QuarterCapacity, before: QuarterCapacity, plan: Plan, old: Plan) -> list[GridRow]:
        """Each team with its load and its people; ``plan`` has the draft's net capacities, ``old`` those of today."""
        if self._loads is None or self._loads[0] is not plan.entries:
            self._loads = plan.entries, loads_of(plan.entries)
        loads = self._loads[1]
        found = []
        for team in plan.teams:
            net, was, load = plan.net[team.id], old.net.get(team.id, 0.0), loads.get(team.id, 0.0)
            people, then = now.teams.get(team.id), before.teams.get(team.id)
            weeks = self._team_weeks(people, then) if people is not None else ()
            found.append(GridRow("team", team.id, team.name, cells=weeks, net=net, before=was))
            found.append(GridRow("load", team.id, team.name, net=net, before=was, load=load))
            if people is None:
                continue
            earlier = {one.person.id: one for one in then.people} if then is not None else {}
            found += [self._person(team.id, one, earlier.get(one.person.id)) for one in people.people]
        found.append(GridRow("new", 0, f"  {key_named('capacity.team')} adds a team"))
        return found

    def _team_weeks(self, now: TeamCapacity, then: TeamCapacity | None) -> tuple[WeekCell, ...]:
        # Whoever gives the same has the very same cells.
        cells: list[object] = [one.cells for one in now.people]
        known = self._weeks.get(now.team.id)
        if known is not None and known[1] == now.time and known[2] is then and _same(known[0], cells):
            return known[3]
        found = _team_weeks(now, then)
        self._weeks[now.team.id] = cells, now.time, then, found
        return found

    def _person(self, team_id: int, now: PersonCapacity, then: PersonCapacity | None) -> GridRow:
        before = then.cells if then is not None else None
        known = self._people.get(now.person.id)
        if known is not None and known[0] is now.cells and known[1] is before and known[2] == now.person:
            return known[3]
        row = _person(team_id, now, then)
        self._people[now.person.id] = now.cells, before, now.person, row
        return row


def _same(one: list[object], other: list[object]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def loads_of(entries: tuple[Entry, ...]) -> Mapping[int, float]:
    """By team id, its part of the load in ew: as :meth:`Plan.load_of`, of all teams at once."""
    found: dict[int, float] = {}
    for entry in entries:
        for size in entry.sizes:
            found[size.team_id] = found.get(size.team_id, 0.0) + size.likely
    return found


def _team_weeks(now: TeamCapacity, then: TeamCapacity | None) -> tuple[WeekCell, ...]:
    return tuple(
        WeekCell(week.gross, week.net, _moved(week.net, then.weeks[at].net) if then is not None else 0)
        for at, week in enumerate(now.weeks)
    )


def _person(team_id: int, now: PersonCapacity, then: PersonCapacity | None) -> GridRow:
    cells = tuple(
        WeekCell(
            cell.breakdown.gross_days,
            present_days(cell.breakdown),
            _moved(present_days(cell.breakdown), present_days(then.cells[at].breakdown)) if then is not None else 0,
            any(part.cause == "on-call" for part in cell.breakdown.parts),
        )
        for at, cell in enumerate(now.cells)
    )
    name, net = now.person.name if then is not None else f"+ {now.person.name}", now.total.net
    was = then.total.net if then is not None else 0.0
    return GridRow("person", team_id, name, now.person.id, cells, net, was)


def present(breakdown: Breakdown) -> Breakdown:
    """What the room thinks of as somebody's week: before focus and interrupts take their share."""
    taken = (
        0 if cause in ("focus", "interrupts") else ticks for cause, ticks in zip(CAUSES, breakdown.taken, strict=True)
    )
    return Breakdown(breakdown.gross_ticks, tuple(taken))


def present_days(breakdown: Breakdown) -> float:
    """The same in days."""
    return breakdown.net_days + breakdown.days("focus") + breakdown.days("interrupts")


def _moved(now: float, then: float) -> int:
    return 0 if abs(now - then) < _SAME else 1 if now > then else -1


def team_words(team: TeamCapacity | None, name: str, net: float, before: float) -> str:
    """The team's net taken apart; what it was where it is another one."""
    was = f"   was {format_ew(before)}" if format_ew(before) != format_ew(net) else ""
    if team is None:
        return f"{name}: {format_ew(net)} net, plain{was}"
    return f"{name}: {words_of(team.total)} net{was}{f'   ({team.differs})' if team.differs else ''}"


def week_words(state: State, person: PersonCapacity, week: Week) -> str:
    """A person's week taken apart in days, with the names of its holidays."""
    cell = person.cells[week.number - 1]
    names = _holiday_names(state, person, week)
    begin = f"{person.person.name}, week {week.number} ({', '.join([span(week.first, week.last), *names])}): "
    if not cell.breakdown.gross_ticks:
        return begin + "not there"
    notes = {
        one.note: None for one in person.absences if one.note and one.starts <= week.last and one.ends >= week.first
    }
    more = "; ".join(notes)
    words = words_of(present(cell.breakdown), TICKS_PER_DAY).replace("gross", "there", 1)
    return f"{begin}{words} days{f'   {more}' if more else ''}"


def _holiday_names(state: State, person: PersonCapacity, week: Week) -> list[str]:
    place = state.all(Place).get(person.person.place_id or 0)
    if place is None or not place.holidays or not place.country:
        return []
    try:
        known = public_holidays(place.country, place.subdivision, week.first.year)
    except Refused:
        return []
    return [known[day] for day in week.days if day in known]


def team_week_words(team: TeamCapacity, week: Week) -> str:
    """A team's week taken apart, in engineer-weeks."""
    return f"week {week.number} ({span(week.first, week.last)}): {words_of(team.weeks[week.number - 1])} ew"
