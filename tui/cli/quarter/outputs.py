"""What the commands for the quarter and its small tables say with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from tui.cli.outputs import OUTPUTS, Output
from tui.cli.rules.outputs import AimOut


class FinishedOut(Output):
    """A planned item as its quarter closes: whether it is ``done``, and what it took since its start, in ew, where that
    was counted; ``spent`` is what was spent so far on one that goes on."""

    id: int
    title: str
    ew: float
    done: bool
    took: float | None
    spent: float | None


class CloseOut(Output):
    """``makeroom close``; ``done`` is false where it only says what it would do. ``unplanned`` are shares by team,
    ``delivered`` the net capacities (ew) that there were."""

    done: bool
    quarter: str
    opens: str | None
    items: list[FinishedOut]
    unplanned: dict[str, float]
    delivered: dict[str, float]
    event: int | None


class ActualOut(Output):
    """An item of a finished quarter: its estimate and what it took since its start, in ew; None: nobody counted."""

    title: str
    team: str
    estimate: float
    took: float | None


class ActualsOut(Output):
    """``makeroom actuals``; ``unplanned`` are shares by team, ``planned`` and ``delivered`` net capacities (ew), where
    the latter was counted."""

    quarter: str
    items: list[ActualOut]
    unplanned: dict[str, float]
    planned: dict[str, float]
    delivered: dict[str, float]


class DateOut(Output):
    """``makeroom date``: the days by which an item is done at 50% and at 85%, None beyond ten years.

    ``by`` says from what: effort, or throughput where the item has no size; ``ahead`` counts the items before it, and
    one that is not ``planned`` is taken to come after all that is.
    """

    id: int
    title: str
    at_50: date | None
    at_85: date | None
    by: Literal["effort", "throughput"]
    ahead: int
    planned: bool


class RuleOut(Output):
    """An imported type, label or component that means a slice."""

    field: str
    value: str
    slice: str


class SlicesOut(Output):
    """``makeroom slices``: the slices, and the rules as they are tried; the first that matches wins."""

    slices: list[AimOut]
    rules: list[RuleOut]


class ShirtOut(Output):
    """A T-shirt size in engineer-weeks."""

    letter: str
    low: float
    likely: float
    high: float


class ShirtsOut(Output):
    """``makeroom shirts``."""

    shirts: list[ShirtOut]


class RatesOut(Output):
    """``makeroom rates``: points and hours to an engineer-week, None where not known; and what an item's value is."""

    points: float | None
    hours: float | None
    value: str


class QuarterTeamOut(Output):
    """A team and its net capacity in the quarter, in engineer-weeks."""

    name: str
    net: float


class QuarterOut(Output):
    """``makeroom quarter``; ``notes`` say where a team's net capacity is another than what its people give."""

    name: str
    state: str
    starts: date
    ends: date
    weeks: int
    working_days: int
    target: float
    teams: list[QuarterTeamOut]
    notes: list[str]


OUTPUTS.update(
    {
        "close": CloseOut,
        "actuals": ActualsOut,
        "date": DateOut,
        "slices": SlicesOut,
        "shirts": ShirtsOut,
        "rates": RatesOut,
        "quarter": QuarterOut,
    }
)
