"""The plan as a value: which items are above the line, their sizes, and each team's net capacity."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from operator import attrgetter
from typing import overload

from scenarios.figures.sizes import range_of
from scenarios.figures.teams import teams_of
from scenarios.plan.progress import Moment, SizeProgress, moment_of, progress_by_item
from store.common.values import Value
from store.records import Capacity, Item, Quarter, Size, State, TargetFor, Team


class Entry(Value):
    """An item with its sizes, one a team, in order of team; ``progress`` is how far teams are with it, where the
    quarter runs and somebody has told."""

    item: Item
    sizes: tuple[Size, ...] = ()
    progress: tuple[SizeProgress, ...] = ()

    @cached_property
    def ew(self) -> float:
        """Likely effort over all teams, in engineer-weeks; 0 where unsized."""
        return sum(size.likely for size in self.sizes)

    @property
    def team_ids(self) -> tuple[int, ...]:
        """Whose it is: the teams that it has sizes for, else the one that will size it; empty where nobody said."""
        if self.sizes or self.item.team_id is None:
            return tuple([size.team_id for size in self.sizes])
        return (self.item.team_id,)

    def progress_of(self, team_id: int) -> SizeProgress:
        """How far a team is with it; nothing spent where nobody has told."""
        return next((each for each in self.progress if each.team_id == team_id), None) or SizeProgress(team_id)

    def left_of(self, size: Size) -> float:
        """What is likely left of one of its sizes, in ew; all of it where nobody has told."""
        return self.progress_of(size.team_id).left_of(size) if self.progress else size.likely

    @cached_property
    def spent(self) -> float:
        """What it has taken since its start, in ew."""
        return sum(each.spent for each in self.progress)

    @cached_property
    def left(self) -> float:
        """What is likely left of it over all teams, in ew; all of it before the quarter runs."""
        return sum(map(self.left_of, self.sizes))

    def resized(self, sizes: Iterable[Size]) -> Entry:
        """The item with these sizes: what was estimated to be left of another size holds no longer."""
        found = tuple(sizes)
        if not self.progress:
            return replace(self, sizes=found)
        old, new = ({size.team_id: range_of(size) for size in sizes} for sizes in (self.sizes, found))
        told = (
            each if new.get(each.team_id) == old.get(each.team_id) else replace(each, left=None)
            for each in self.progress
        )
        return replace(self, sizes=found, progress=tuple(told))

    @property
    def started(self) -> bool:
        """Whether somebody has begun with it."""
        return any(each.spent > 0 or each.started_on is not None or each.done for each in self.progress)

    @property
    def done(self) -> bool:
        """Whether all its teams are through with it."""
        return self.sized and all(self.progress_of(size.team_id).done for size in self.sizes)

    @property
    def sized(self) -> bool:
        """Whether it may go above the line."""
        return bool(self.sizes)


class Plan(Value):
    """What is above the line, best first, and what there is to do it with (net ew by team id)."""

    quarter: Quarter
    teams: tuple[Team, ...]
    net: Mapping[int, float]
    entries: tuple[Entry, ...] = ()
    target: float = field(default=0.70)
    #: what the target is of: the whole plan, or each team
    target_for: TargetFor = "plan"
    #: where the quarter stands; None before it runs
    moment: Moment | None = None

    @property
    def each_team(self) -> bool:
        """Whether the target is held against each team's own odds; a single team's are the plan's."""
        return self.target_for == "team"

    @cached_property
    def capacity(self) -> float:
        """Net capacity over all teams, in ew."""
        return sum(self.net.values())

    @cached_property
    def load(self) -> float:
        """Sum of the planned likely efforts, in ew."""
        return sum(entry.ew for entry in self.entries)

    def load_of(self, team_id: int) -> float:
        """One team's part of the load, in ew."""
        return sum(size.likely for entry in self.entries for size in entry.sizes if size.team_id == team_id)

    def load_left_of(self, team_id: int) -> float:
        """What is likely left of one team's part of the load, in ew."""
        return sum(entry.left_of(size) for entry in self.entries for size in entry.sizes if size.team_id == team_id)

    def left_of(self, team_id: int) -> float:
        """What of a team's net capacity is still to come, in ew; all of it before the quarter runs."""
        if self.moment is None:
            return self.net[team_id]
        team = self.moment.team(team_id)
        return max(0.0, self.net[team_id] * team.share - team.ahead)

    @cached_property
    def capacity_left(self) -> float:
        """What of net capacity is still to come over all teams, in ew."""
        return sum(map(self.left_of, self.net))

    @cached_property
    def load_left(self) -> float:
        """What is likely left of the planned efforts, in ew."""
        return sum(entry.left for entry in self.entries)

    def without(self, entries: Iterable[Entry]) -> Plan:
        """The plan when these items leave."""
        gone = {entry.item.id for entry in entries}
        return self._with(tuple(entry for entry in self.entries if entry.item.id not in gone))

    def plus(self, entries: Iterable[Entry]) -> Plan:
        """The plan when these items come in, at the end of the rank."""
        present = {entry.item.id for entry in self.entries}
        return self._with(self.entries + tuple(entry for entry in entries if entry.item.id not in present))

    def _with(self, entries: tuple[Entry, ...]) -> Plan:
        return replace(self, entries=entries)


def differing(old: Plan, new: Plan, key: Callable[[Entry], Hashable]) -> tuple[list[Entry], list[Entry]]:
    """The entries that only the old and only the new plan has, by a key of what counts in them."""
    # Most entries are the very same objects, and that is far quicker to see.
    olds, news = (dict(zip(map(id, plan.entries), plan.entries, strict=True)) for plan in (old, new))
    gone = {key(entry): entry for at, entry in olds.items() if at not in news}
    added = {key(entry): entry for at, entry in news.items() if at not in olds}
    return (
        [entry for at, entry in gone.items() if at not in added],
        [entry for at, entry in added.items() if at not in gone],
    )


class Entries(Sequence[Entry]):
    """Items with their sizes, in an order; each entry is made when it is asked for: of a long backlog most never are.

    ``items`` are those of all entries, and ``sizes`` theirs by item id; what has none is not in it.
    """

    def __init__(
        self,
        items: Sequence[Item],
        sizes: Mapping[int, Sequence[Size]],
        progress: Mapping[int, tuple[SizeProgress, ...]] | None = None,
        made: Mapping[int, Entry] | None = None,
    ) -> None:
        """``made`` are entries that are there already, by item id."""
        self.items, self.sizes = items, sizes
        self._progress = progress or {}
        self._made = dict(made or {})

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Entries:
        """These entries."""
        if isinstance(entries, Entries):
            return entries
        by_item = {entry.item.id: entry for entry in entries}
        sizes = {key: entry.sizes for key, entry in by_item.items() if entry.sizes}
        return cls([entry.item for entry in entries], sizes, made=by_item)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        return list(map(self._entry, self.items[at])) if isinstance(at, slice) else self._entry(self.items[at])

    def __iter__(self) -> Iterator[Entry]:
        return map(self._entry, self.items)

    def _entry(self, item: Item) -> Entry:
        found = self._made.get(item.id)
        if found is None:
            sizes = tuple(sorted(self.sizes.get(item.id, ()), key=attrgetter("team_id")))
            found = self._made.setdefault(item.id, Entry(item, sizes, self._progress.get(item.id, ())))
        return found


def entries_of(state: State, *states: str) -> Entries:
    """The items in any of these states ("plan", "below", "inbox", "declined"), by rank."""
    wanted = frozenset(states)
    items = [item for item in state.all(Item).values() if item.state in wanted]
    # Twice by one column: ten thousand pairs would be made to be compared.
    items.sort(key=attrgetter("id"))
    items.sort(key=attrgetter("rank"))
    ids = {item.id for item in items}
    sizes: dict[int, list[Size]] = {}
    for size in state.all(Size).values():
        if size.item_id in ids:
            sizes.setdefault(size.item_id, []).append(size)
    return Entries(items, sizes, progress_by_item(state))


def entry_of(state: State, item_id: int) -> Entry:
    """One item with its sizes. Raises KeyError where there is none of that id."""
    sizes = sorted(
        (size for size in state.all(Size).values() if size.item_id == item_id), key=lambda size: size.team_id
    )
    return Entry(state.all(Item)[item_id], tuple(sizes), progress_by_item(state).get(item_id, ()))


def plan_of(state: State) -> Plan:
    """The plan of the present quarter."""
    quarter = state.quarter
    teams = tuple(teams_of(state))
    net = {team.id: 0.0 for team in teams}
    for capacity in state.all(Capacity).values():
        if capacity.quarter_id == quarter.id:
            net[capacity.team_id] = capacity.net
    entries, moment = tuple(entries_of(state, "plan")), moment_of(state)
    return Plan(quarter, teams, net, entries, quarter.target, quarter.target_for or "plan", moment)
