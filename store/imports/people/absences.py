"""Absences from files: what of them is here already, what has other days now, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from store.common.text import clean
from store.imports.report import KIND, Rejected
from store.records import Absence, AbsenceKind, Command, Record, State, new_id

Outcome = Literal["new", "changed", "same"]

MAX_NOTE = 1_000


@dataclass(frozen=True)
class Wanted:
    """An absence as a file has it; see :class:`~store.records.Absence`."""

    person_id: int
    kind: AbsenceKind
    starts: date
    ends: date
    days: float | None = None
    note: str = ""


@dataclass(frozen=True)
class PeoplePlan:
    """Everything that taking people or leave over from a file would do. ``puts`` are the records to write.

    Every row (or event) of the file is one of new, changed, same or rejected; ``changes`` say what changes.
    """

    source: str
    new: int
    changed: int
    same: int
    rejected: tuple[Rejected, ...]
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    puts: tuple[Record, ...]

    @property
    def summary(self) -> str:
        """The counts in one line."""
        return f"{self.new:,} new, {self.changed:,} changed, {self.same:,} unchanged, {len(self.rejected):,} not taken"

    def command(self) -> Command:
        """The one change that carries it out, without what follows for net capacity; empty if there is none."""
        return Command(
            KIND, f"people {clean(self.source)[:100]}: {self.new:,} new, {self.changed:,} changed", self.puts
        )


def merge_absences(state: State, wanted: Sequence[Wanted]) -> tuple[list[Outcome], list[Absence]]:
    """What becomes of each wanted absence, and the records to write.

    The same days are the same absence; of the rest, one of the same kind and first day is that one, changed.
    """
    here: dict[Wanted, Absence] = {}
    for row in state.each(Absence):
        here.setdefault(Wanted(row.person_id, row.kind, row.starts, row.ends, row.days), row)
    bare = [Wanted(one.person_id, one.kind, one.starts, one.ends, one.days) for one in wanted]
    listed = set(bare)
    by_first: dict[tuple[int, str, date], list[Absence]] = {}
    for key, row in here.items():
        if key not in listed:
            by_first.setdefault((key.person_id, key.kind, key.starts), []).append(row)
    outcomes: list[Outcome] = []
    puts: list[Absence] = []
    seen: set[Wanted] = set()
    for one, key in zip(wanted, bare, strict=True):
        rest = by_first.get((one.person_id, one.kind, one.starts))
        if key in here or key in seen:
            outcomes.append("same")
        elif rest:
            outcomes.append("changed")
            puts.append(rest.pop(0).model_copy(update={"ends": one.ends, "days": one.days}))
        else:
            outcomes.append("new")
            puts.append(Absence(id=new_id(), **{**one.__dict__, "note": one.note[:MAX_NOTE]}))
        seen.add(key)
    return outcomes, puts
