"""The plain changes of the small tables: units of an import, and the quarter's name and days."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.capacity.teams import capacity_of
from scenarios.figures.readers import day_in, number_in
from scenarios.quarter.tables import write_quarter, write_rates
from store.records import Command, State
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange, shown
from tui.session.session import Figures


def _rates(now: Figures, record: int | None) -> Values:
    info = now.state.workspace
    return {"points": shown(info.points_per_ew), "hours": shown(info.hours_per_ew)}


RATES = PlainChange(
    "rates",
    (
        Ask("points", "points to an ew", "points", kind="number"),
        Ask("hours", "hours to an ew", "hours", kind="number"),
    ),
    lambda now, record, values: write_rates(now.state, number_in(values, "points"), number_in(values, "hours")),
    "Units of an import",
    "Used by the next import.",
    start=_rates,
    done="units changed",
    pairs=("unit", "points=8", "points or hours to an engineer-week; empty: not known"),
)


def _quarter(now: Figures, record: int | None) -> Values:
    return {name: str(getattr(now.state.quarter, name)) for name in ("name", "starts", "ends")}


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
        Ask("name", "name", "--name", help="what it is called"),
        Ask("starts", "first day", "--starts", help="its first day, as 2027-01-04", kind="day"),
        Ask("ends", "last day", "--ends", help="its last day, included", kind="day"),
    ),
    _write_quarter,
    "The quarter",
    start=_quarter,
    warn=_differing_by,
    done="quarter changed",
)

TABLES = (RATES, QUARTER)
