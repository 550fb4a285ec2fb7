"""The plain changes of the small tables: units of an import, and the quarter's name and days."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.capacity.teams import capacity_of
from scenarios.figures.readers import day_in, number_in
from scenarios.quarter.tables import write_quarter, write_rates
from store.records import Command, State
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, Pairs, PlainChange, touched
from tui.session.session import Figures


def _rates(now: Figures, record: int | None) -> Values:
    info = now.state.workspace
    found = {"points": info.points_per_ew, "hours": info.hours_per_ew}
    return {name: "" if rate is None else f"{rate:g}" for name, rate in found.items()}


def _write_rates(now: Figures, record: int | None, values: Values) -> Command:
    info, given = now.state.workspace, touched(values, _rates(now, record))
    points = number_in(given, "points") if "points" in given else info.points_per_ew
    hours = number_in(given, "hours") if "hours" in given else info.hours_per_ew
    return write_rates(now.state, points, hours)


RATES = PlainChange(
    "rates",
    (
        Ask("points", "points to an ew", option="points", kind="number"),
        Ask("hours", "hours to an ew", option="hours", kind="number"),
    ),
    _write_rates,
    "Units of an import",
    "Used by the next import.",
    start=_rates,
    done="units changed",
    pairs=Pairs("unit", "points=8", "UNIT=NUMBER", "points or hours to an engineer-week; empty: not known"),
)


def _quarter(now: Figures, record: int | None) -> Values:
    quarter = now.state.quarter
    return {"name": quarter.name, "starts": quarter.starts.isoformat(), "ends": quarter.ends.isoformat()}


def _write_quarter(now: Figures, record: int | None, values: Values) -> Command:
    return write_quarter(now.state, values["name"], day_in(values, "starts"), day_in(values, "ends"))


def differing(state: State) -> list[str]:
    """The teams whose stored net capacity is another than what their people give."""
    teams = capacity_of(state).teams.values()
    return [f"{each.team.name}: {each.differs}" for each in teams if each.differs]


def _differing_by(state: State, command: Command) -> Sequence[str]:
    return differing(state.overlay(command)) if not command.empty else ()


QUARTER = PlainChange(
    "quarter",
    (
        Ask("name", "name", option="--name", help="what it is called"),
        Ask("starts", "first day", "", "--starts", "DATE", "its first day, as 2027-01-04", kind="day"),
        Ask("ends", "last day", "", "--ends", "DATE", "its last day, included", kind="day"),
    ),
    _write_quarter,
    "The quarter",
    start=_quarter,
    done="quarter changed",
    warn=_differing_by,
)

TABLES = (RATES, QUARTER)
