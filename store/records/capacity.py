"""Who is there: teams, people and what takes days of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal

from store.records.fields import Days, EngineerWeeks, Name, Seed, Share, Text, Weeks
from store.records.record import Record

#: What takes days of somebody who is there.
AbsenceKind = Literal["leave", "on-call", "away"]


class Team(Record):
    """A team that items have sizes for. ``draw`` seeds its random draws, its number does where that is None."""

    table: ClassVar[str] = "teams"
    name: Name
    position: int = 0
    draw: Seed | None = None


class Capacity(Record):
    """Net capacity of a team in a quarter, in engineer-weeks."""

    table: ClassVar[str] = "capacities"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters", "team_id": "teams"}
    quarter_id: int
    team_id: int
    net: EngineerWeeks


class Place(Record):
    """Where people work: ISO 3166 codes of country and subdivision, whose public holidays count if ``holidays``."""

    table: ClassVar[str] = "places"
    name: Name
    country: Text = ""
    subdivision: Text = ""
    holidays: bool = True


class Closure(Record):
    """Days, first and last included, on which nobody works: of one team or place, or of all."""

    table: ClassVar[str] = "closures"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams", "place_id": "places"}
    name: Name
    starts: date
    ends: date
    team_id: int | None = None
    place_id: int | None = None


class TeamTime(Record):
    """How a team's people become net capacity: ``focus`` is the share of their time that is for planned work at all,
    ``interrupts`` the share of what is left then that unplanned work takes. A team with such a row has people."""

    table: ClassVar[str] = "team_times"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams"}
    team_id: int
    focus: Share = 1.0
    interrupts: Share = 0.0


class Person(Record):
    """Somebody of a team, from the first to the last day (None: before and after the quarter) at a share of full time.

    Who joins adds nothing for ``ramp_none`` weeks, and half for the ``ramp_half`` weeks after them.
    """

    table: ClassVar[str] = "people"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams", "place_id": "places"}
    team_id: int
    name: Name
    place_id: int | None = None
    starts: date | None = None
    ends: date | None = None
    share: Share = 1.0
    ramp_none: Weeks = 0.0
    ramp_half: Weeks = 0.0
    position: int = 0


class Absence(Record):
    """Days, first and last included, that take somebody from the team; ``days``: only so many working days of them."""

    table: ClassVar[str] = "absences"
    links: ClassVar[Mapping[str, str]] = {"person_id": "people"}
    person_id: int
    kind: AbsenceKind = "leave"
    starts: date
    ends: date
    days: Days | None = None
    note: Text = ""
