"""What an import would do, as values: shown first, then written as one command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from store.common.engineer_weeks import format_ew
from store.common.text import clean
from store.imports.estimates import Estimate
from store.imports.guesses import Guess
from store.imports.options import Choice
from store.records import Command, Record

KIND = "import"
#: why a row is not taken that has none
NO_TITLE = "has no title"


class New(NamedTuple):
    """A row that becomes an item; ``size`` as shown."""

    line: int
    key: str
    title: str
    slice: str
    size: str


@dataclass(frozen=True, slots=True)
class Update:
    """An item that follows the file; ``new_title`` and both sizes are empty where they stay; ``others`` in words."""

    line: int
    item_id: int
    title: str
    new_title: str
    old_size: str
    new_size: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file changed and somebody here had changed too, so that it stays as it is here."""

    line: int
    title: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that changed here and in the source: both as shown, and what was chosen (None: nobody has).

    ``before`` is what the source said last time, empty where nobody knows.
    """

    line: int
    item_id: int
    title: str
    field: str
    here: str
    source: str
    choice: Choice | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """An item from this source that the file no longer has, and where it stands here."""

    item_id: int
    key: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken, and why."""

    line: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusCount:
    """A status as the file has it (empty: none), and how many of its rows are taken, and left."""

    status: str
    taken: int
    left: int


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """What new items come to for a team: how many have a size, likely ew together, and the team's net (ew)."""

    team: str
    items: int
    likely: float
    net: float

    def __str__(self) -> str:
        items = "1 item" if self.items == 1 else f"{self.items:,} items"
        return f"{self.team} {format_ew(self.likely)} ew in {items}" + (
            f" (net {format_ew(self.net)})" if self.net else ""
        )


@dataclass(frozen=True, slots=True)
class FileTeam:
    """A team that the file names, in how many rows, and what it becomes: a ``team`` of ours, a ``new`` one, or none."""

    name: str
    rows: int
    team: str
    new: bool = False

    def __str__(self) -> str:
        what = "is new" if self.new else "is not a team here" if not self.team else ""
        what = what or ("is here" if self.team.casefold() == self.name.casefold() else f"is {self.team}")
        return f"{self.name} ({self.rows:,} row{'s' * (self.rows != 1)}) {what}"


@dataclass(frozen=True)
class ImportPlan:
    """Everything an import would do. ``puts`` are the records to write."""

    source: str
    new: tuple[New, ...]
    updated: tuple[Update, ...]
    kept: tuple[Kept, ...]
    unchanged: int
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]
    puts: tuple[Record, ...]
    conflicts: tuple[Conflict, ...] = ()
    gone: tuple[Gone, ...] = ()
    #: what was recognised, as in "a Jira export"; empty for a plain table
    format: str = ""
    #: what the ``line`` of a row counts: line or row
    counted: str = "line"
    #: the unchanged rows: line and item id
    same: tuple[tuple[int, int], ...] = ()
    #: what should make somebody look twice, said before all else
    warnings: tuple[str, ...] = ()
    statuses: tuple[StatusCount, ...] = ()
    loads: tuple[TeamLoad, ...] = ()
    #: every team that the file names
    teams: tuple[FileTeam, ...] = ()
    #: every column of the file, and what it is taken for
    columns: tuple[Guess, ...] = ()
    #: rows of work that came unplanned, which are taken as interrupts or could be
    interrupts: int = 0

    @property
    def rows(self) -> int:
        """How many rows the file has: each is in one of the counts of the summary."""
        return len(self.new) + len(self.updated) + self.kept_alone + self.unchanged + len(self.rejected)

    @property
    def kept_alone(self) -> int:
        """How many rows changed nothing because of what people changed here; some others are updated in part."""
        updated = {each.line for each in self.updated}
        return sum(each.line not in updated for each in self.kept)

    @property
    def summary(self) -> str:
        """The counts, which add up to the file's rows: ``12 new, 3 updated, 470 unchanged, 2 not taken``."""
        kept = f", {self.kept_alone:,} kept as changed here" if self.kept_alone else ""
        return (
            f"{len(self.new):,} new, {len(self.updated):,} updated{kept}, "
            f"{self.unchanged:,} unchanged, {len(self.rejected):,} not taken"
        )

    @property
    def brief(self) -> str:
        """The same for one line of a screen: without what is none, and what did not change last."""
        counts = (
            (len(self.new), "new"),
            (len(self.updated), "updated"),
            (len(self.rejected), "not taken"),
            (self.kept_alone, "kept"),
            (self.unchanged, "unchanged"),
        )
        return ", ".join(f"{count:,} {word}" for count, word in counts if count) or "nothing new"

    def command(self) -> Command:
        """The one change that carries the import out; empty if there is nothing to write."""
        label = f"import {clean(self.source)[:100]}: {len(self.new):,} new, {len(self.updated):,} updated"
        return Command(kind=KIND, label=label, puts=self.puts)


def shown_size(estimate: Estimate | None) -> str:
    """An estimate as people read it, in ew with one decimal."""
    return "unsized" if estimate is None else str(estimate)
