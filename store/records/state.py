"""All records together: a change as a :class:`Command` of whole records, and :class:`State`, all of them in memory.

A record is frozen. New ones carry a negative id, which other records of the same command may refer to, and the store
hands out the real ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from store.common.values import Value
from store.records.capacity import Absence, Capacity, Closure, Person, Place, Team, TeamTime
from store.records.decisions import Decision, Move, Shortfall, Signature
from store.records.looking_back import LOOKING_BACK
from store.records.negotiation import NEGOTIATION
from store.records.outcomes import Outcome
from store.records.plan import (
    Customer,
    Dependency,
    Item,
    PageSent,
    Pin,
    Quarter,
    Request,
    RoundEstimate,
    Size,
    Slice,
    ValueParts,
    Valuing,
    Version,
    VersionSize,
    Wait,
    WorkspaceInfo,
)
from store.records.practice import Part, Said
from store.records.progress import Progress, UnplannedWork
from store.records.record import Record
from store.records.tables import Actual, Delivered, Interrupt, Origin, Scenario, Shirt, SliceRule, Snapshot

#: Every table, parents before children.
RECORDS: tuple[type[Record], ...] = (
    WorkspaceInfo, Quarter, Team, Capacity, Place, Closure, TeamTime, Person, Absence, Slice, Customer, Item, Size,
    Wait, PageSent, Pin, Dependency, Version, VersionSize, ValueParts, Valuing, Request, Decision, Move, Signature,
    Shortfall, SliceRule, Shirt, Actual, Progress, UnplannedWork, Interrupt, Delivered, RoundEstimate, Snapshot,
    Scenario, Origin, Outcome, *NEGOTIATION, *LOOKING_BACK, Said, Part,
)  # fmt: skip
BY_TABLE: dict[str, type[Record]] = {record.table: record for record in RECORDS}

R = TypeVar("R", bound=Record)

_new_ids = count(-1, -1)


def new_id() -> int:
    """A negative id for a new record; never given twice, so commands can be put together from parts."""
    return next(_new_ids)


class Command(Value):
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


class Change(Value):
    """One row that an event changed; ``before`` is None for a new row, ``after`` None for a removed one."""

    table: str
    id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Event(Value):
    """One entry of the journal. ``undoes`` names the event that it took back (or, for a redo, the undo).

    ``session`` is that of the ``Workspace`` which wrote it: one seat, from open to close.
    """

    seq: int
    at: datetime
    actor: str
    kind: str
    label: str
    undoes: int | None = None
    session: str = ""


class Applied(Value):
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

    def number_of(self, quarter: Quarter) -> int:
        """A quarter's place in the row of all quarters: by the calendar, and never that of an earlier one."""
        number = -1
        for each in sorted(self.all(Quarter).values(), key=lambda one: (one.starts, one.id < 0, abs(one.id))):
            number = max(each.number, number + 1)
            if each.id == quarter.id:
                return number
        return quarter.number
