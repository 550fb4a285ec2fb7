"""``makeroom people``: who is in each team, and how its net capacity comes about; it changes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from scenarios.figures.names import TEAM, named
from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from scenarios.working_time.breakdown import Breakdown, words_of
from scenarios.working_time.teams import (
    PersonCapacity,
    QuarterCapacity,
    TeamCapacity,
    capacity_of,
    stored_net,
)
from store.records import Absence, Closure, Place, State, Team
from tui.cli.capacity.outputs import AwayOut, ClosedOut, PeopleOut, PersonOut, PlaceOut, TeamPeopleOut, WeekOut
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.workspace import look


def show(arguments: argparse.Namespace) -> int:
    """All teams, or the one that is named."""
    state = look(arguments)
    teams = teams_of(state)
    if arguments.team:
        teams = [named(teams, arguments.team, TEAM)]
    found = described(state, teams)
    if arguments.json:
        print_json(found)
        return DONE
    for line in _lines(found, capacity_of(state)):
        say(line)
    if not found.teams:
        say("no team yet: makeroom capacity Pay=34 --new-team makes one")
    return DONE


def described(state: State, teams: list[Team]) -> PeopleOut:
    """These teams with their people, the places and the closed days."""
    capacity, net = capacity_of(state), stored_net(state)
    places, names = state.all(Place), {team.id: team.name for team in state.each(Team)}
    quarter = state.quarter
    closed = [row for row in state.each(Closure) if row.starts <= quarter.ends and row.ends >= quarter.starts]
    return PeopleOut(
        quarter=quarter.name,
        weeks=[
            WeekOut(number=week.number, first=week.first, last=week.last, working_days=len(week.days))
            for week in capacity.weeks
        ],
        teams=[_team(team, net[team.id], capacity, places) for team in teams],
        places=[
            PlaceOut(name=row.name, country=row.country, subdivision=row.subdivision, holidays=row.holidays)
            for row in sorted(places.values(), key=lambda row: row.name.casefold())
        ],
        closed=[
            ClosedOut(
                name=row.name,
                starts=row.starts,
                ends=row.ends,
                team=None if row.team_id is None else names[row.team_id],
                place=None if row.place_id is None else places[row.place_id].name,
            )
            for row in sorted(closed, key=lambda row: (row.starts, row.id))
        ],
        notes=list(capacity.notes),
    )


def _team(team: Team, net: float, capacity: QuarterCapacity, places: dict[int, Place]) -> TeamPeopleOut:
    found: TeamCapacity | None = capacity.teams.get(team.id)
    return TeamPeopleOut(
        name=team.name,
        net=net,
        focus=found.time.focus if found else None,
        interrupts=found.time.interrupts if found else None,
        gross=found.gross if found else None,
        taken=_taken(found.total) if found else {},
        from_people=found.net if found else None,
        differs=found.differs if found else "",
        people=[_person(one, capacity, places) for one in found.people] if found else [],
    )


def _person(one: PersonCapacity, capacity: QuarterCapacity, places: dict[int, Place]) -> PersonOut:
    person = one.person
    first = capacity.quarter.starts
    return PersonOut(
        name=person.name,
        share=person.share,
        starts=person.starts,
        ends=person.ends,
        ramp=person.ramp_none,
        ramp_half=person.ramp_half,
        place=None if person.place_id is None else places[person.place_id].name,
        gross=one.total.gross,
        taken=_taken(one.total),
        net=one.total.net,
        weeks=[cell.breakdown.net for cell in one.cells],
        away=[
            AwayOut(kind=row.kind, starts=row.starts, ends=row.ends, days=row.days, note=row.note)
            for row in sorted(one.absences, key=_by_day)
            if row.ends >= first
        ],
    )


def _by_day(row: Absence) -> tuple[str, int]:
    return row.starts.isoformat(), row.id


def _taken(breakdown: Breakdown) -> dict[str, float]:
    return {part.cause: part.ew for part in breakdown.parts}


# ------------------------------------------------------------------ in lines


def _lines(found: PeopleOut, capacity: QuarterCapacity) -> Iterator[str]:
    totals = {team.team.name: team for team in capacity.teams.values()}
    for team in found.teams:
        counted = totals.get(team.name)
        if counted is None or team.focus is None or team.interrupts is None:
            yield f"{short(team.name)}: {format_ew(team.net)} ew, a plain number"
            continue
        shares = f"focus {100 * team.focus:.4g}%, interrupts {100 * team.interrupts:.4g}%"
        yield f"{short(team.name)}: {words_of(counted.total)} ew; {shares}"
        if team.differs:
            yield f"  note: {team.differs}: makeroom people team with --recount takes what they give"
        for one, person in zip(counted.people, team.people, strict=True):
            yield f"  {short(person.name)}: {words_of(one.total)} ew{_terms(person)}"
            for away in person.away:
                days = "" if away.days is None else f", {away.days:g} working days of them"
                note = f" ({short(away.note, 200)})" if away.note else ""
                yield f"    {away.kind} {away.starts} to {away.ends}{days}{note}"
    for place in found.places:
        codes = "-".join(filter(None, (place.country, place.subdivision))) or "no country"
        yield f"place {short(place.name)} ({codes}): public holidays {'on' if place.holidays else 'off'}"
    for row in found.closed:
        yield f"closed {row.starts} to {row.ends} ({short(row.name)}): {short(row.team or row.place or 'all')}"
    for note in found.notes:
        yield f"note: {short(note, 300)}"


def _terms(person: PersonOut) -> str:
    said = []
    if person.share != 1:
        said.append(f"at {100 * person.share:.4g}%")
    if person.starts is not None:
        said.append(f"from {person.starts}")
        if person.ramp or person.ramp_half:
            said.append(f"nothing for {person.ramp:g} weeks, then half for {person.ramp_half:g}")
    if person.ends is not None:
        said.append(f"until {person.ends}")
    if person.place is not None:
        said.append(f"in {short(person.place)}")
    return f"; {', '.join(said)}" if said else ""
