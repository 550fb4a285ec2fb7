"""What earlier imports wrote: the source's last version, for telling what changed there from what changed here.

Titles and sizes are remembered in the items themselves; what imports did with other columns stands in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from store.records import Change


class Memory(Protocol):
    """Where the changes of earlier imports are read."""

    def imported(self, table: str, pk: int | None = None) -> Iterable[Change]:
        """What imports did to the rows of a table, or to one of them, oldest first."""


class NoMemory:
    """Nothing was imported before, or nobody knows."""

    def imported(self, table: str, pk: int | None = None) -> Iterable[Change]:
        """No changes."""
        return ()


def last_written(memory: Memory, table: str, pk: int) -> Mapping[str, object]:
    """By column, what imports last gave a row; without those that no import has given it."""
    found: dict[str, object] = {}
    for change in memory.imported(table, pk):
        before, after = change.before or {}, change.after or {}
        found |= {name: value for name, value in after.items() if not change.before or before.get(name) != value}
    return found


def pairs_written(memory: Memory, table: str, one: str, other: str) -> set[tuple[int, int]]:
    """The pairs of ids in two columns of all rows that imports ever made in a table."""
    return {
        (change.after[one], change.after[other])
        for change in memory.imported(table)
        if change.before is None and change.after is not None
    }
