"""What ``makeroom people`` says with ``--json``. Effort is in engineer-weeks, shares are 0..1, ramps are in weeks."""

from __future__ import annotations

from datetime import date

from tui.cli.outputs import OUTPUTS, Output


class AwayOut(Output):
    """Days away, first and last included; ``days``: only so many working days of them."""

    kind: str
    starts: date
    ends: date
    days: float | None
    note: str


class PersonOut(Output):
    """Somebody of a team: what they give (gross, what was taken by cause, net, net by week), and why."""

    name: str
    share: float
    starts: date | None
    ends: date | None
    ramp: float
    ramp_half: float
    place: str | None
    gross: float
    taken: dict[str, float]
    net: float
    weeks: list[float]
    away: list[AwayOut]


class TeamPeopleOut(Output):
    """A team: ``net`` is what the odds use; what its people give stands beside it, None where it is a plain number."""

    name: str
    net: float
    focus: float | None
    interrupts: float | None
    gross: float | None
    taken: dict[str, float]
    from_people: float | None
    differs: str
    people: list[PersonOut]


class PlaceOut(Output):
    """Where people work: ISO codes, and whether its public holidays count."""

    name: str
    country: str
    subdivision: str
    holidays: bool


class ClosedOut(Output):
    """Days on which nobody works: of one team or place, or of all."""

    name: str
    starts: date
    ends: date
    team: str | None
    place: str | None


class WeekOut(Output):
    """A week of the quarter, as ``w6`` names it."""

    number: int
    first: date
    last: date
    working_days: int


class PeopleOut(Output):
    """``makeroom people``; ``notes`` say what could not be counted."""

    quarter: str
    weeks: list[WeekOut]
    teams: list[TeamPeopleOut]
    places: list[PlaceOut]
    closed: list[ClosedOut]
    notes: list[str]


OUTPUTS["people"] = PeopleOut
