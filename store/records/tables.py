"""Small tables, what finished quarters took, and where plans and items came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from store.records.columns import Within
from store.records.fields import EngineerWeeks, Letter, Name, Packed, QuarterNumber, Sha256, Share, Text
from store.records.record import Record

RuleField = Literal["type", "label", "component"]
#: What a snapshot was taken for.
SnapshotKind = Literal["asked", "baseline", "meeting start", "meeting end", "before restore", "branch", "imported"]
ScenarioState = Literal["open", "taken", "closed"]


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
    letter: Annotated[str, Within(min_length=1, max_length=3)]
    low: EngineerWeeks
    likely: EngineerWeeks
    high: EngineerWeeks
    position: int = 0


class Actual(Record):
    """An item of a finished quarter: what a team had estimated as likely, with low and high where they were stated, and
    what it took since its start, in engineer-weeks.

    ``quarter`` is its name as people wrote it, ``number`` its place in the row. An actual of 0 was not done, and one
    that nobody ``counted`` is its estimate once more: neither says anything about estimates.
    """

    table: ClassVar[str] = "actuals"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams"}
    quarter: Name
    number: QuarterNumber
    team_id: int
    title: Text = ""
    low: EngineerWeeks | None = None
    estimate: EngineerWeeks
    high: EngineerWeeks | None = None
    actual: EngineerWeeks
    counted: bool = True


class Delivered(Record):
    """A team's net capacity in a finished quarter, in engineer-weeks: what was ``planned``, and what there was."""

    table: ClassVar[str] = "delivered"
    links: ClassVar[Mapping[str, str]] = {"team_id": "teams"}
    quarter: Name
    number: QuarterNumber
    team_id: int
    planned: EngineerWeeks
    net: EngineerWeeks


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
    seq: Annotated[int, Within(ge=0)]
    at: datetime
