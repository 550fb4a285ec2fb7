"""What is planned: the workspace, its quarters, slices and customers, the items and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from store.records.columns import Within
from store.records.fields import (
    EngineerWeeks,
    Letter,
    Money,
    Months,
    Name,
    OneToTen,
    Part,
    Percent,
    Points,
    Rank,
    Seed,
    Share,
    Text,
    Title,
)
from store.records.record import Record

ItemState = Literal["inbox", "plan", "below", "declined", "done"]
QuarterState = Literal["draft", "baselined", "closed"]
#: What the target odds are of: the whole plan, all teams in one quarter, or each team by itself.
TargetFor = Literal["plan", "team"]
#: Where an item's value comes from: one number of the team's own, or computed from parts.
ValueModel = Literal["score", "rice", "ice", "wsjf", "cd3"]
#: Why an item may not leave the plan.
PinKind = Literal["contractual", "regulatory", "started", "pinned"]

#: The editions of the forecast: odds that stand on a record were others by the first one.
FIRST_EDITION, EDITION = 1, 2
#: A quarter that begins after this day of a month is the next month's.
LATE = 17


class WorkspaceInfo(Record):
    """The one row that describes the workspace. ``seed`` starts all draws; rates are None until given; ``currency`` is
    the ISO 4217 code in which every amount is; ``edition`` is that of the forecast that people know its odds by."""

    table: ClassVar[str] = "workspace"
    name: Name
    seed: Seed
    points_per_ew: Annotated[float, Within(gt=0, le=1e6, allow_inf_nan=False)] | None = None
    hours_per_ew: Annotated[float, Within(gt=0, le=1e6, allow_inf_nan=False)] | None = None
    started: bool = False
    currency: Annotated[str, Within(min_length=3, max_length=3)] = "USD"
    edition: Annotated[int, Within(ge=1, le=100)] = FIRST_EDITION


class Quarter(Record):
    """A planning period; ``target`` is the least odds (0..1) at which a plan fits: its own, or those of each team.

    ``target_for`` is None until somebody decides it, and the target is the whole plan's then. Progress is known as of
    ``progress_on``, as the work of that day begins; None until somebody tells of any.
    """

    table: ClassVar[str] = "quarters"
    name: Name
    starts: date
    ends: date
    state: QuarterState = "draft"
    target: Share = 0.70
    target_for: TargetFor | None = None
    baselined_at: datetime | None = None
    progress_on: date | None = None

    @property
    def number(self) -> int:
        """Its place in the row of all quarters, by the calendar; one of whole weeks begins a little before or after it.

        ``State.number_of`` tells apart what is shorter than a quarter.
        """
        months = self.starts.year * 12 + self.starts.month - 1 + (self.starts.day > LATE)
        return months // 3


class Slice(Record):
    """A kind of work; aim, floor and ceiling are percent of planned effort; ``owner`` speaks for it in the room."""

    table: ClassVar[str] = "slices"
    letter: Letter
    name: Name
    owner: Text = ""
    aim: Percent
    floor: Percent | None = None
    ceiling: Percent | None = None
    position: int = 0


class Customer(Record):
    """An account: yearly revenue and the day of renewal, where known, which comes again every ``term`` months.

    ``also`` are the other names that it goes by, a line each; ``apart`` says that an account spelled alike is another.
    """

    table: ClassVar[str] = "customers"
    name: Name
    arr: Money | None = None
    renews: date | None = None
    term: Months = 12
    segment: Text = ""
    owner: Text = ""
    also: Text = ""
    apart: bool = False


class Item(Record):
    """Something asked for. ``rank`` orders plan and backlog (low is first); ``draw`` seeds its random draws.

    ``priority`` is what its source, or somebody here, called it: P0, High, 1; it orders nothing until somebody sorts.

    ``team_id`` is whose it is while it has no size; its sizes say it then. ``customer_title`` is what it is called on
    pages for customers, where that is another title.

    ``source_*`` hold what the import last saw, so that a later import changes only what changed there.
    """

    table: ClassVar[str] = "items"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams"}
    title: Title
    slice: Letter = "F"
    state: ItemState = "below"
    rank: Rank
    draw: Seed
    owner: Text = ""
    note: Text = ""
    value: Points | None = None
    priority: Text = ""
    due: date | None = None
    baselined: bool = False
    source_key: Text | None = None
    source_title: Text | None = None
    source_size: Text | None = None
    team_id: int | None = None
    customer_title: Text = ""


class Size(Record):
    """What an item takes of one team, in engineer-weeks: likely (P50), with low (P10) and high (P90) where stated."""

    table: ClassVar[str] = "sizes"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items", "team_id": "teams"}
    item_id: int
    team_id: int
    low: EngineerWeeks | None = None
    likely: EngineerWeeks
    high: EngineerWeeks | None = None


class Wait(Record):
    """A customer waits for an item."""

    table: ClassVar[str] = "waits"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items", "customer_id": "customers"}
    item_id: int
    customer_id: int


class PageSent(Record):
    """A page that was sent to an account, at a moment: from there on, the next one tells what changed."""

    table: ClassVar[str] = "pages_sent"
    links: ClassVar[Mapping[str, str]] = {"customer_id": "customers"}
    customer_id: int
    at: datetime


class Pin(Record):
    """An item that may not leave the plan, and why."""

    table: ClassVar[str] = "pins"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    kind: PinKind = "pinned"
    note: Text = ""


class Dependency(Record):
    """An item is of no use without another: when ``needs_id`` leaves the plan, ``item_id`` leaves too."""

    table: ClassVar[str] = "dependencies"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items", "needs_id": "items"}
    item_id: int
    needs_id: int


class Version(Record):
    """A smaller first version of an item, with the value that it would have; None: in proportion to its effort."""

    table: ClassVar[str] = "versions"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    name: Name
    value: Points | None = None
    position: int = 0


class VersionSize(Record):
    """What a smaller first version takes of one team, as :class:`Size`; an item's other teams have no part in it."""

    table: ClassVar[str] = "version_sizes"
    links: ClassVar[Mapping[str, str]] = {"version_id": "versions", "team_id": "teams"}
    version_id: int
    team_id: int
    low: EngineerWeeks | None = None
    likely: EngineerWeeks
    high: EngineerWeeks | None = None


class ValueParts(Record):
    """What an item's value is computed from; see :mod:`scenarios.plan.item_values` for what each model takes.

    ``impact`` is RICE's (0.25 to 3) and ``impact_10`` is ICE's (1 to 10); ``confidence`` is a share (0..1) and
    ``confidence_10`` ICE's; ``cost_of_delay`` is per week.
    """

    table: ClassVar[str] = "value_parts"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items"}
    item_id: int
    reach: Part | None = None
    impact: Part | None = None
    confidence: Share | None = None
    impact_10: OneToTen | None = None
    confidence_10: OneToTen | None = None
    ease: OneToTen | None = None
    business: Part | None = None
    urgency: Part | None = None
    enablement: Part | None = None
    cost_of_delay: Part | None = None


class Valuing(Record):
    """The one row that says how this workspace values its items; without it, by their own score."""

    table: ClassVar[str] = "valuing"
    model: ValueModel = "score"


class Request(Record):
    """How an item was asked for: by whom, for which customer and deal, and the size that was claimed."""

    table: ClassVar[str] = "requests"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items", "customer_id": "customers"}
    item_id: int
    received_at: datetime
    asked_by: Text = ""
    customer_id: int | None = None
    problem: Text = ""
    claimed: Text = ""
    deal_amount: Money | None = None
    deal_probability: Share | None = None
    deal_closes: date | None = None


class RoundEstimate(Record):
    """One line of a hidden round: what somebody took an item to be, before seeing the others; rows of one round have
    the same ``at``. The range agreed on afterwards is a line of its own (``agreed``, nobody's name)."""

    table: ClassVar[str] = "round_estimates"
    links: ClassVar[Mapping[str, str]] = {"item_id": "items", "team_id": "teams"}
    item_id: int
    team_id: int
    at: datetime
    who: Text = ""
    low: EngineerWeeks | None = None
    likely: EngineerWeeks
    high: EngineerWeeks | None = None
    agreed: bool = False
