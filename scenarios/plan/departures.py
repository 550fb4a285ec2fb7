"""What can leave a plan, and how: whole, or down to a smaller first version; what leaves with it, and what may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from scenarios.figures.sizes import format_ew
from scenarios.plan.plan import Entry, Plan
from store.common.values import Value
from store.records import Dependency, Pin, Size, State, Version, VersionSize

#: What tells options apart: (item id, version id); where it takes a way out, that in place of the version.
Key = tuple[int, int | str | None]

#: Why an item may not leave, in words.
PINNED = {
    "contractual": "a contract holds it",
    "regulatory": "a regulation holds it",
    "started": "work on it has started",
    "pinned": "it is pinned",
}


class Leaving(Value):
    """A planned item that goes below the line, or, with a ``version``, is cut down to it; ``stays`` is what is left.

    ``way`` names the way out by which it leaves, or stays smaller, where one was chosen (``ways_out``).
    """

    entry: Entry
    version: Version | None = None
    stays: Entry | None = None
    way: str = ""

    @property
    def item_id(self) -> int:
        """The item's number."""
        return self.entry.item.id

    @property
    def key(self) -> Key:
        """What tells options apart."""
        if not self.way:
            return self.item_id, self.version.id if self.version else None
        left = [(size.team_id, size.low, size.likely, size.high) for size in self.stays.sizes] if self.stays else []
        return self.item_id, f"{self.way} {left}"

    @cached_property
    def frees(self) -> Mapping[int, float]:
        """By team id, the likely effort (ew) that no longer has to be done, of what is left of it; below 0 where a
        version asks for more."""
        whole = {size.team_id: self.entry.left_of(size) for size in self.entry.sizes}
        left = {size.team_id: self.stays.left_of(size) for size in self.stays.sizes} if self.stays else {}
        return {key: whole.get(key, 0.0) - left.get(key, 0.0) for key in {**whole, **left}}

    @cached_property
    def ew(self) -> float:
        """Likely effort freed over all teams, in ew."""
        return sum(self.frees.values())

    @property
    def lost(self) -> float:
        """What was spent on it and is of no use once it leaves whole, in ew."""
        return self.entry.spent if self.stays is None else 0.0

    @property
    def becomes(self) -> str:
        """What it becomes, as ``first version`` or ``partner``; empty where it just leaves."""
        return self.version.name if self.version is not None else self.way

    @property
    def words(self) -> str:
        """As ``Slack digest``, ``Slack digest (1.5 ew already in it)``, ``Saved views → first version (-1.2)`` or
        ``EDI feed → partner (-2.0)``."""
        if not self.becomes:
            title = self.entry.item.title
            return f"{title} ({format_ew(self.lost)} ew already in it)" if self.lost > 0 else title
        return f"{self.entry.item.title} → {self.becomes} (-{format_ew(self.ew)})"


def leavings(out: Iterable[Entry | Leaving]) -> list[Leaving]:
    """What leaves; an entry alone leaves whole."""
    return [each if isinstance(each, Leaving) else Leaving(each) for each in out]


def key_of(out: Iterable[Leaving]) -> frozenset[Key]:
    """The key of each, which tells sets apart."""
    return frozenset(each.key for each in out)


def number_of(out: Leaving) -> int:
    """One number for what leaves and how: the item's id, or minus the id of the first version that it becomes."""
    return -out.version.id if out.version is not None else out.item_id


def after(plan: Plan, out: Iterable[Leaving]) -> Plan:
    """The plan when these leave, or stay as their smaller versions."""
    changed = {each.item_id: each.stays for each in out}
    entries = []
    for entry in plan.entries:
        stays = changed.get(entry.item.id, entry)
        if stays is not None:
            entries.append(stays)
    return replace(plan, entries=tuple(entries))


def versions_of(state: State, entries: Sequence[Entry]) -> dict[int, tuple[Leaving, ...]]:
    """By item id, its smaller first versions, as given; those that would free nothing are left out."""
    planned = {entry.item.id: entry for entry in entries}
    sizes: dict[int, list[VersionSize]] = {}
    for size in state.all(VersionSize).values():
        sizes.setdefault(size.version_id, []).append(size)
    found: dict[int, list[Leaving]] = {}
    for version in sorted(state.all(Version).values(), key=lambda each: (each.position, each.id)):
        entry = planned.get(version.item_id)
        if entry is None or version.id not in sizes:
            continue
        leaving = Leaving(entry, version, _as_version(entry, version, sizes[version.id]))
        if leaving.ew > 1e-9 and all(weeks >= 0 for weeks in leaving.frees.values()):
            found.setdefault(version.item_id, []).append(leaving)
    return {key: tuple(each) for key, each in found.items()}


def _as_version(entry: Entry, version: Version, sizes: Iterable[VersionSize]) -> Entry:
    present = {size.team_id: size for size in entry.sizes}
    kept = []
    for size in sorted(sizes, key=lambda each: each.team_id):
        fields: dict[str, Any] = {"low": size.low, "likely": size.likely, "high": size.high}
        old = present.get(size.team_id)
        if old is None:
            kept.append(Size(id=0, item_id=entry.item.id, team_id=size.team_id, **fields))
        else:
            kept.append(old.model_copy(update=fields))
    item = entry.item if version.value is None else entry.item.model_copy(update={"value": version.value})
    return replace(entry.resized(kept), item=item)


# ------------------------------------------------------------------ what holds and what hangs together


def pins_of(state: State) -> dict[int, Pin]:
    """By item id, what holds it in plan."""
    return {pin.item_id: pin for pin in state.each(Pin)}


def needs_of(state: State) -> dict[int, frozenset[int]]:
    """By item id, the ids of the items that it is of no use without."""
    found: dict[int, set[int]] = {}
    for row in state.all(Dependency).values():
        found.setdefault(row.item_id, set()).add(row.needs_id)
    return {key: frozenset(needs) for key, needs in found.items()}


def needed_by(state: State, planned: Iterable[int]) -> dict[int, set[int]]:
    """By item id, which of these planned items are of no use without it."""
    here = set(planned)
    found: dict[int, set[int]] = {}
    for row in state.all(Dependency).values():
        if row.item_id in here:
            found.setdefault(row.needs_id, set()).add(row.item_id)
    return found


def reached(edges: Mapping[int, Iterable[int]], start: Iterable[int]) -> set[int]:
    """All that these lead to, directly or not; may hold the start itself where the edges run in a circle."""
    found: set[int] = set()
    waiting = list(start)
    while waiting:
        for each in edges.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def circle(needs: Mapping[int, Iterable[int]]) -> tuple[int, ...]:
    """The items of one circle of needs, in order; empty where there is none."""
    done: set[int] = set()
    for start in needs:
        path: list[int] = []
        stack: list[tuple[int, bool]] = [(start, False)]
        while stack:
            here, left = stack.pop()
            if left:
                path.pop()
                done.add(here)
            elif here in path:
                return tuple(path[path.index(here) :])
            elif here not in done:
                path.append(here)
                stack.append((here, True))
                stack.extend((each, False) for each in needs.get(here, ()))
    return ()
