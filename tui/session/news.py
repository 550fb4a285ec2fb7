"""What somebody else changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from store.records import Change, Event, Item


@dataclass(frozen=True)
class News:
    """What somebody else changed."""

    event: Event
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """Who did what, for people."""
        event = self.event
        took_back = {"undo": "took back: ", "redo": "brought back: "}.get(event.kind, "")
        return f"{event.actor}: {took_back}{event.label}"

    @property
    def items(self) -> frozenset[int]:
        """The items concerned."""
        found = set()
        for change in self.changes:
            row = change.after or change.before or {}
            item_id = change.id if change.table == Item.table else row.get("item_id")
            if isinstance(item_id, int):
                found.add(item_id)
        return frozenset(found)
