"""The records of a workspace: one kind a table, and what is done with all of them."""

from store.records.capacity import Absence, AbsenceKind, Capacity, Closure, Person, Place, Team, TeamTime
from store.records.decisions import Decision, DecisionKind, Move, MoveKind, Shortfall, Signature
from store.records.outcomes import Became, Outcome, Use
from store.records.plan import (
    Customer,
    Dependency,
    Item,
    ItemState,
    PageSent,
    Pin,
    PinKind,
    Quarter,
    QuarterState,
    Request,
    RoundEstimate,
    Size,
    Slice,
    TargetFor,
    ValueModel,
    ValueParts,
    Valuing,
    Version,
    VersionSize,
    Wait,
    WorkspaceInfo,
)
from store.records.progress import Progress, UnplannedWork
from store.records.record import Record, RecordError
from store.records.state import BY_TABLE, RECORDS, Applied, Change, Command, Event, State, new_id
from store.records.tables import (
    Actual,
    Delivered,
    Interrupt,
    Origin,
    RuleField,
    Scenario,
    ScenarioState,
    Shirt,
    SliceRule,
    Snapshot,
    SnapshotKind,
)

__all__ = [
    "BY_TABLE", "RECORDS", "Absence", "AbsenceKind", "Actual", "Applied", "Became", "Capacity", "Change", "Closure",
    "Command", "Customer", "Decision", "DecisionKind", "Delivered", "Dependency", "Event", "Interrupt", "Item",
    "ItemState", "Move", "MoveKind", "Origin", "Outcome", "PageSent", "Person", "Pin", "PinKind", "Place",
    "Progress", "Quarter", "QuarterState", "Record", "RecordError", "Request", "RoundEstimate", "RuleField", "Scenario",
    "ScenarioState", "Shirt", "Shortfall", "Signature", "Size", "Slice", "SliceRule", "Snapshot", "SnapshotKind",
    "State", "TargetFor", "Team", "TeamTime", "UnplannedWork", "Use", "ValueModel", "ValueParts", "Valuing",
    "Version", "VersionSize", "Wait", "WorkspaceInfo", "new_id",
]  # fmt: skip
