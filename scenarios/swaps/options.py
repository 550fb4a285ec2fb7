"""The options of a trade: every planned item that may leave, whole or down to a smaller first version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from scenarios.plan.departures import Leaving, circle, needs_of, reached
from scenarios.trade.door import Trade


@dataclass(frozen=True)
class Options:
    """``all`` in order of rank, an item's drop before its versions; ``requires`` are pairs of their numbers: who takes
    the first must take the second. ``held`` are the ids of the items that stay, and with them nobody may be freed."""

    trade: Trade
    all: tuple[Leaving, ...]
    requires: tuple[tuple[int, int], ...]
    held: frozenset[int]

    @classmethod
    def of(cls, trade: Trade) -> Options:
        """The options of a trade; what is pinned, what a pinned item or the request needs, are left out."""
        held = set(trade.pins)
        held |= {entry.item.id for entry in trade.asked.plan.entries} - {entry.item.id for entry in trade.leavable}
        held |= reached(needs_of(trade.state), held & {entry.item.id for entry in trade.asked.plan.entries})
        versions = trade.versions
        found: list[Leaving] = []
        drops: dict[int, int] = {}
        for entry in trade.leavable:
            key = entry.item.id
            if key not in held:
                drops[key] = len(found)
                found += [Leaving(entry), *versions.get(key, ())]
            elif key not in trade.pins and key in versions:
                # What something held needs must not leave, but it may come smaller.
                found += versions[key]
        requires = tuple(
            (drops[key], drops[each])
            for key in drops
            for each in sorted(trade.hanging((key,)) - {key})
            if each in drops
        )
        return cls(trade, tuple(found), requires, frozenset(held))

    @cached_property
    def circle(self) -> tuple[int, ...]:
        """The ids of items that need each other in a circle, and so leave only together; empty where none do."""
        return circle(needs_of(self.trade.state))

    def number_of(self, out: Leaving) -> int:
        """The number of an option. Raises ValueError where it is none."""
        for number, each in enumerate(self.all):
            if each.key == out.key:
                return number
        raise ValueError(f"“{out.words}” is no option of this trade")
