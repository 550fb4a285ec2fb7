"""What happened in a play, from its journal alone: each step with who took it, and what was asked for in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from scenarios.decisions.log import LogLine, lines_of
from scenarios.practice.case import Case
from scenarios.practice.script import PRACTICE
from store.records import Applied, Decision, Item, Record, State
from store.records.practice import Said


@dataclass(frozen=True)
class AskedFor:
    """Something that was asked for in the play: its item, when it was first heard of, and what was decided of it."""

    item: Item
    came: int
    decisions: tuple[LogLine, ...]

    @property
    def first(self) -> LogLine | None:
        """The first decision about it; None where there is none."""
        return self.decisions[0] if self.decisions else None

    @property
    def yes(self) -> LogLine | None:
        """The decision that let it in; None where none did."""
        return next(
            (line for line in self.decisions if any(move.item_id == self.item.id for move in line.moved("in"))), None
        )


@dataclass(frozen=True)
class PlayLog:
    """A play: ``start`` is the plan as it was set, ``state`` the plan as it is, ``steps`` the journal between them."""

    case: Case
    start: State
    state: State
    steps: tuple[Applied, ...]

    @cached_property
    def made(self) -> dict[tuple[str, int], int]:
        """By table and id of each row that was made in the play, the number of the entry that made it."""
        return {
            (change.table, change.id): step.event.seq
            for step in reversed(self.steps)
            for change in step.changes
            if change.before is None
        }

    @cached_property
    def at(self) -> dict[int, datetime]:
        """When each entry was written."""
        return {step.event.seq: step.event.at for step in self.steps}

    @cached_property
    def by_script(self) -> frozenset[int]:
        """The entries that the script wrote, or whoever ran it."""
        return frozenset(step.event.seq for step in self.steps if step.event.kind == PRACTICE)

    def seq(self, row: Record) -> int:
        """The entry that made a row; 0 where it was there from the beginning."""
        return self.made.get((row.table, row.id), 0)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """All that was said, oldest first."""
        return tuple(sorted(self.state.all(Said).values(), key=self.seq))

    @cached_property
    def decisions(self) -> tuple[LogLine, ...]:
        """What was decided in the play and stands, oldest first."""
        rows = [row for row in self.state.each(Decision) if self.seq(row)]
        return lines_of(self.state, sorted(rows, key=self.seq))

    @cached_property
    def asks(self) -> tuple[AskedFor, ...]:
        """What was asked for: what events brought, and what waited from the beginning, in this order."""
        items = self.state.all(Item)
        found: dict[int, int] = {}
        for item in self.start.each(Item):
            if item.state == "inbox" and item.id in items:
                found[item.id] = 0
        for row in self.said:
            if row.kind in ("told", "asked") or row.item_id is None or row.item_id not in items:
                continue
            if self.seq(items[row.item_id]) or row.item_id in found:
                found[row.item_id] = found.get(row.item_id) or self.seq(row)
        return tuple(AskedFor(items[key], came, tuple(self._about(key))) for key, came in found.items())

    def _about(self, item_id: int) -> Iterator[LogLine]:
        return (line for line in self.decisions if item_id in line.item_ids)

    def first_change(self, table: str, item_id: int, *columns: str) -> int | None:
        """The entry in which those who play first wrote a row of this table about an item, or one of its columns."""
        for step in self.steps:
            if step.event.kind == PRACTICE or step.event.undoes is not None:
                continue
            for change in step.changes:
                after: Any = change.after or {}
                if change.table != table or after.get("item_id") != item_id:
                    continue
                before: Any = change.before or {}
                if not columns or any(after.get(name) and after.get(name) != before.get(name) for name in columns):
                    return step.event.seq
        return None


def log_after(case: Case, start: State, state: State, steps: Sequence[Applied]) -> PlayLog:
    """The play of a case; ``steps`` are all entries after the one that set it."""
    return PlayLog(case, start, state, tuple(steps))
