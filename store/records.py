"""The records of a workspace: one pydantic model a table, and :class:`State`, all of them in memory.

A record is frozen. A change is a :class:`Command` that puts whole records; new ones carry a negative id,
which other records of the same command may refer to, and the store hands out the real ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import Field

from store.fields import (
    Days,
    Effort,
    EngineerWeeks,
    Letter,
    Money,
    Name,
    OneToTen,
    Packed,
    Part,
    Percent,
    Points,
    QuarterNumber,
    Rank,
    Seed,
    Sha256,
    Share,
    Text,
    Title,
    Weeks,
)
from store.fields import Record as Record
from store.negotiation import NEGOTIATION

ItemState = Literal["inbox", "plan", "below", "declined", "done"]
QuarterState = Literal["draft", "baselined", "closed"]
DecisionKind = Literal[
    "trade",
    "accept",
    "over-commit",
    "fill",
    "baseline",
    "drop",
    "decline",
    "defer",
    "capacity",
    "estimate",
    "target",
    "close",
]
MoveKind = Literal["in", "out", "resized", "capacity"]
RuleField = Literal["type", "label", "component"]
#: Where an item's value comes from: one number of the team's own, or computed from parts.
ValueModel = Literal["score", "rice", "ice", "wsjf", "cd3"]
#: What takes days of somebody who is there.
AbsenceKind = Literal["leave", "on-call", "away"]
#: What a snapshot was taken for.
SnapshotKind = Literal["asked", "baseline", "meeting start", "meeting end", "before restore", "branch", "imported"]
ScenarioState = Literal["open", "taken", "closed"]
#: Why an item may not leave the plan.
PinKind = Literal["contractual", "regulatory", "started", "pinned"]


class WorkspaceInfo(Record):
    """The one row that describes the workspace. ``seed`` starts all draws; rates are None until given."""

    table: ClassVar[str] = "workspace"
    name: Name
    seed: Seed
    points_per_ew: Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)] | None = None
    hours_per_ew: Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)] | None = None
    started: bool = False


class Quarter(Record):
    """A planning period; ``target`` is the least odds (0..1) at which a plan fits."""

    table: ClassVar[str] = "quarters"
    name: Name
    starts: date
    ends: date
    state: QuarterState = "draft"
    target: Share = 0.70
    baselined_at: datetime | None = None

    @property
    def number(self) -> int:
        """Its place in the row of all quarters, by the calendar: one more than the quarter before."""
        return self.starts.year * 4 + (self.starts.month - 1) // 3


class Team(Record):
    """A team that items have sizes for."""

    table: ClassVar[str] = "teams"
    name: Name
    position: int = 0


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
    """Who waits: yearly revenue and the day of renewal, where known."""

    table: ClassVar[str] = "customers"
    name: Name
    arr: Money | None = None
    renews: date | None = None


class Item(Record):
    """Something asked for. ``rank`` orders plan and backlog (low is first); ``draw`` seeds its random draws.

    ``source_*`` hold what the import last saw, so that a later import changes only what changed there.
    """

    table: ClassVar[str] = "items"
    title: Title
    slice: Letter = "F"
    state: ItemState = "below"
    rank: Rank
    draw: Seed
    owner: Text = ""
    note: Text = ""
    value: Points | None = None
    due: date | None = None
    baselined: bool = False
    source_key: Text | None = None
    source_title: Text | None = None
    source_size: Text | None = None


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
    """What an item's value is computed from; see :mod:`scenarios.values` for what each model takes.

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


class Decision(Record):
    """What was decided, by whom and why, with the odds (0..1) before and after; never edited, only undone."""

    table: ClassVar[str] = "decisions"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters", "item_id": "items"}
    quarter_id: int
    at: datetime
    kind: DecisionKind
    title: Text
    item_id: int | None = None
    decided_by: Text = ""
    because: Text = ""
    odds_before: Share | None = None
    odds_after: Share | None = None


class Move(Record):
    """One line of a decision: an item that went in or out, or was resized; ``ew`` is its likely effort then."""

    table: ClassVar[str] = "moves"
    links: ClassVar[Mapping[str, str]] = {"decision_id": "decisions", "item_id": "items"}
    decision_id: int
    item_id: int | None = None
    kind: MoveKind
    title: Text
    ew: Effort = 0.0


class Signature(Record):
    """An over-commit that someone signed: the plan may stand below the target, at no lower odds than ``odds``."""

    table: ClassVar[str] = "signatures"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters", "decision_id": "decisions"}
    quarter_id: int
    decision_id: int
    name: Name
    reason: Name
    odds: Share
    at: datetime
    cleared_at: datetime | None = None


class Shortfall(Record):
    """The plan is below the target and nobody has settled it: shown in the header until it is."""

    table: ClassVar[str] = "shortfalls"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters"}
    quarter_id: int
    cause: Text
    odds: Share
    at: datetime
    settled_at: datetime | None = None


class SliceRule(Record):
    """An imported type, label or component that means a slice."""

    table: ClassVar[str] = "slice_rules"
    field: RuleField
    value: Name
    slice: Letter
    position: int = 0


class Shirt(Record):
    """A T-shirt size: one key for a rough range in engineer-weeks."""

    table: ClassVar[str] = "shirts"
    letter: Annotated[str, Field(min_length=1, max_length=3)]
    low: EngineerWeeks
    likely: EngineerWeeks
    high: EngineerWeeks
    position: int = 0


class Actual(Record):
    """An item of a finished quarter: what a team had estimated, as a mean, and what it took, in engineer-weeks.

    ``quarter`` is its name as people wrote it, ``number`` its place in the row. An actual of 0 was not done.
    """

    table: ClassVar[str] = "actuals"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams"}
    quarter: Name
    number: QuarterNumber
    team_id: int
    title: Text = ""
    estimate: EngineerWeeks
    actual: EngineerWeeks


class Interrupt(Record):
    """The share (0..1) of a team's capacity that unplanned work took of a finished quarter.

    Of its net capacity before any allowance for such work.
    """

    table: ClassVar[str] = "interrupts"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams"}
    quarter: Name
    number: QuarterNumber
    team_id: int
    share: Share


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


class Snapshot(Record):
    """A frozen, named copy of a plan and all that its figures depend on.

    ``content`` is the copy as TOML, packed (see :mod:`scenarios.snapshots`); ``hash`` is the SHA-256 of the TOML.
    """

    table: ClassVar[str] = "snapshots"
    links: ClassVar[Mapping[str, str]] = {"quarter_id": "quarters"}
    quarter_id: int
    name: Name
    kind: SnapshotKind = "asked"
    at: datetime
    author: Text = ""
    note: Text = ""
    hash: Sha256
    content: Packed


class Scenario(Record):
    """An alternative to the plan that is worked on in a workspace file of its own: ``file`` is its name in the folder
    ``<name>.scenarios`` beside the main one. ``snapshot_id`` is the plan that it branched from."""

    table: ClassVar[str] = "scenarios"
    links: ClassVar[Mapping[str, str]] = {"snapshot_id": "snapshots"}
    name: Name
    file: Name
    at: datetime
    author: Text = ""
    note: Text = ""
    snapshot_id: int | None = None
    state: ScenarioState = "open"


class Origin(Record):
    """The one row that makes a workspace a scenario: its name, the file name of the main workspace, and the number of
    the last event that both have."""

    table: ClassVar[str] = "origins"
    name: Name
    main: Name
    seq: Annotated[int, Field(ge=0)]
    at: datetime


#: Every table, parents before children.
RECORDS: tuple[type[Record], ...] = (
    WorkspaceInfo, Quarter, Team, Capacity, Place, Closure, TeamTime, Person, Absence, Slice, Customer, Item, Size,
    Wait, Pin, Dependency, Version, VersionSize, ValueParts, Valuing, Request, Decision, Move, Signature, Shortfall,
    SliceRule, Shirt, Actual, Interrupt, RoundEstimate, Snapshot, Scenario, Origin, *NEGOTIATION,
)  # fmt: skip
BY_TABLE: dict[str, type[Record]] = {record.table: record for record in RECORDS}

R = TypeVar("R", bound=Record)

_new_ids = count(-1, -1)


def new_id() -> int:
    """A negative id for a new record; never given twice, so commands can be put together from parts."""
    return next(_new_ids)


@dataclass(frozen=True)
class Command:
    """One change: what it is called, and the whole records that it writes or removes, in one transaction.

    ``puts`` with a negative id are new; others replace the row of that id, provided its ``rev`` is still the same.
    """

    kind: str
    label: str
    puts: tuple[Record, ...] = ()
    removes: tuple[Record, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.puts and not self.removes


@dataclass(frozen=True)
class Change:
    """One row that an event changed; ``before`` is None for a new row, ``after`` None for a removed one."""

    table: str
    id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Event:
    """One entry of the journal. ``undoes`` names the event that it took back (or, for a redo, the undo).

    ``session`` is that of the :class:`~store.workspace.Workspace` which wrote it: one seat, from open to close.
    """

    seq: int
    at: datetime
    actor: str
    kind: str
    label: str
    undoes: int | None = None
    session: str = ""


@dataclass(frozen=True)
class Applied:
    """What a command, an undo or a redo did."""

    event: Event
    changes: tuple[Change, ...]
    #: the real ids of what the command called by negative ones
    ids: Mapping[int, int] = field(default_factory=dict)


@dataclass
class State:
    """All records of a workspace, by table and id. Kept current by :meth:`apply`; treat the records as values.

    ``seq`` is the number of the last event in it when it was loaded.
    """

    tables: dict[str, dict[int, Any]] = field(default_factory=lambda: {r.table: {} for r in RECORDS})
    seq: int = 0

    def all(self, kind: type[R]) -> dict[int, R]:
        """The records of one kind, by id."""
        return self.tables[kind.table]

    def each(self, kind: type[R]) -> Iterator[R]:
        """The records of one kind, in order of id."""
        rows = self.tables[kind.table]
        return (rows[key] for key in sorted(rows))

    def apply(self, changes: Iterable[Change]) -> None:
        """Follow an event's changes."""
        for change in changes:
            rows = self.tables[change.table]
            if change.after is None:
                rows.pop(change.id, None)
            else:
                rows[change.id] = BY_TABLE[change.table].model_validate(change.after)

    def overlay(self, command: Command) -> State:
        """The state as it would be after ``command``, negative ids included; this one is left as it is."""
        tables = dict(self.tables)
        for table in {record.table for record in (*command.puts, *command.removes)}:
            tables[table] = dict(tables[table])
        for record in command.removes:
            tables[record.table].pop(record.id, None)
        for record in command.puts:
            tables[record.table][record.id] = record
        return State(tables)

    @property
    def workspace(self) -> WorkspaceInfo:
        """The workspace's own row."""
        return next(iter(self.all(WorkspaceInfo).values()))

    @property
    def quarter(self) -> Quarter:
        """The quarter that is planned now: the last one that is not closed, else the last."""
        quarters = list(self.each(Quarter))
        return next((q for q in reversed(quarters) if q.state != "closed"), quarters[-1])
