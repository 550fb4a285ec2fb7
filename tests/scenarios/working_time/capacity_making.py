"""Teams with people made by hand: a quarter of dates, people in a few words each, and what becomes of their days."""

from __future__ import annotations

from datetime import date

from scenarios.working_time.teams import TeamCapacity, capacity_of
from store.records import Absence, Closure, Person, Place, Quarter, Record, State, TeamTime
from tests.scenarios.making import add, empty


def quarter_of(starts: date, ends: date, *records: Record, focus: float = 1.0, interrupts: float = 0.0) -> State:
    """Team 1 has people, team 2 is a plain number of 20.0 ew."""
    state = empty((30.0, 20.0))
    add(state, Quarter(id=1, name="Q", starts=starts, ends=ends))
    return add(state, TeamTime(id=1, team_id=1, focus=focus, interrupts=interrupts), *records)


def person(number: int = 1, **given: object) -> Person:
    return Person.model_validate({"id": number, "team_id": 1, "name": f"engineer {number}"} | given)


def away(number: int, starts: date, ends: date, person_id: int = 1, **given: object) -> Absence:
    fields = {"id": number, "person_id": person_id, "starts": starts, "ends": ends}
    return Absence.model_validate(fields | given)


def place(number: int, country: str, subdivision: str = "", **given: object) -> Place:
    fields = {"id": number, "name": f"place {number}", "country": country, "subdivision": subdivision}
    return Place.model_validate(fields | given)


def closed(number: int, starts: date, ends: date, **given: object) -> Closure:
    return Closure.model_validate({"id": number, "name": "closed", "starts": starts, "ends": ends} | given)


def team(state: State) -> TeamCapacity:
    return capacity_of(state).teams[1]


def days_of(state: State) -> dict[str, float]:
    """Gross, every cause that took something, and net, of team 1 in engineer-days."""
    whole = team(state).total
    return {
        "gross": whole.gross_days,
        **{part.cause: part.days for part in whole.parts},
        "net": whole.net_days,
    }


def net_by_week(state: State) -> list[float]:
    """Net days of team 1, week by week."""
    return [week.net_days for week in team(state).weeks]
