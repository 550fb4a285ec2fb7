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
    ``delivered`` the net capacities (ew) that there were, ``open_deals`` the items of whose deal nobody said how it
    ended."""

    done: bool
    quarter: str
    opens: str | None
    items: list[FinishedOut]
    unplanned: dict[str, float]
    delivered: dict[str, float]
    event: int | None
    open_deals: list[str]


class CameOut(Output):
    """What is known of a finished item: who uses it, and how many accounts where somebody counted; ``validated`` before
    it was built; how its deal ended. None: not known yet; ``lacks`` says what. ``adopted`` of ``could_adopt`` accounts,
    as was read ``adoption_on``, against ``adoption_aim`` (0..1); while nobody has read it, ``adoption_due`` is the day.
    """

    quarter: str
    title: str
    use: str | None
    users: int | None
    validated: bool | None
    deal: str | None
    lacks: list[str]
    adopted: int | None
    could_adopt: int | None
    adoption_on: date | None
    adoption_aim: float | None
    adoption_due: date | None


class OutcomesOut(Output):
    """``makeroom outcome``, those first of which something is not known yet."""

    items: list[CameOut]


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


class SizeProgressOut(Output):
    """How far a team is with an item; efforts in ew. ``spent`` is since its start, ``earlier`` what of it was before
    this quarter, ``left`` what is likely left, with a range where somebody ``estimated_anew``. What is ``done`` took
    ``spent``, where that was ``counted``; ``told`` is the day as of which all this is known."""

    team: str
    likely: float
    spent: float
    earlier: float
    left: float
    left_low: float | None
    left_high: float | None
    estimated_anew: bool
    started: date | None
    done: date | None
    counted: bool
    told: date | None


class ItemProgressOut(Output):
    """How far an item in plan is: what was spent on it and what is likely left of it, in ew, over all its teams."""

    id: int
    title: str
    done: bool
    spent: float
    left: float
    teams: list[SizeProgressOut]


class ProgressOut(Output):
    """``makeroom progress``: how the quarter runs, as of the day ``on``; None before anybody told, and ``week`` is None
    before the quarter runs.

    ``what`` says what was told, ``done`` whether anything was written, ``notes`` what should be looked at.
    """

    quarter: str
    on: date | None
    week: int | None
    weeks: int
    capacity_left: float
    load_left: float
    odds_before: float
    odds: float
    target: float
    fits: bool
    items: list[ItemProgressOut]
    what: str
    done: bool
    event: int | None
    notes: list[str]


class InterruptOut(Output):
    """What came unplanned: ``effort`` in ew, ``slice`` is whose time it was."""

    id: int
    day: date
    team: str
    effort: float
    title: str
    customer: str | None
    asked_by: str
    slice: str | None
    source: str


class TeamInterruptsOut(Output):
    """What came unplanned of a team's quarter: in ew, and as a share (0..1) of its net capacity, None without one."""

    team: str
    effort: float
    share: float | None


class InterruptsOut(Output):
    """``makeroom interrupts``: the quarter's, by day."""

    quarter: str
    interrupts: list[InterruptOut]
    teams: list[TeamInterruptsOut]


class BurnWeekOut(Output):
    """A week of the burn chart, at its end, in ew from the quarter's first day on; None where nobody told.

    ``net`` is the net capacity by then; after the present week, what was used and what is left of the capacity by then.
    ``planned`` is what the baseline would have used by then at an even pace, ``odds`` are as known then; ``p10``,
    ``p50`` and ``p90`` are what will have been used by then, as known today.
    """

    week: int
    ends: date
    net: float
    planned: float
    used: float | None
    interrupts: float | None
    odds: float | None
    p10: float | None
    p50: float | None
    p90: float | None


class BurnOut(Output):
    """``makeroom burn``: the quarter that runs, in its ``week`` (0: no progress is on record), as known on ``day``;
    ``capacity`` is what was used and what is left of its net capacity, in ew."""

    quarter: str
    day: date
    week: int
    capacity: float
    weeks: list[BurnWeekOut]


class ItemNewsOut(Output):
    """What became of an item since then: ``spent`` and ``left`` in ew, and by how much more that is than it was."""

    title: str
    what: str
    spent: float
    left: float
    more_spent: float
    more_left: float


class PromiseAtRiskOut(Output):
    """A promise that may not be kept; ``done_by`` is the day by which it is done at 85%, None where nothing says one,
    ``odds`` are the item's own, None where it is not in plan."""

    title: str
    promised_to: str
    due: date | None
    odds: float | None
    done_by: date | None
    why: str
    who_should_hear: list[str]


class WeekNewsOut(Output):
    """``makeroom week``: what is known as of ``on`` beside what was known as of ``since``, None before the quarter ran.

    Efforts in ew; ``interrupts`` are those that were told since then.
    """

    quarter: str
    on: date | None
    week: int
    weeks: int
    since: date | None
    odds_before: float
    odds: float
    target: float
    fits: bool
    first_at_risk: str | None
    capacity_left: float
    load_left: float
    moved: list[ItemNewsOut]
    drifting: list[str]
    interrupts: list[InterruptOut]
    promises_at_risk: list[PromiseAtRiskOut]


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
        "outcomes": OutcomesOut,
        "date": DateOut,
        "progress": ProgressOut,
        "week": WeekNewsOut,
        "interrupts": InterruptsOut,
        "burn": BurnOut,
        "slices": SlicesOut,
        "shirts": ShirtsOut,
        "rates": RatesOut,
        "quarter": QuarterOut,
    }
)
