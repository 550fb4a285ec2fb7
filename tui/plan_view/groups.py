"""The rows of the plan's table in groups: by team, slice, owner or priority, each under a heading; ranks stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scenarios.figures.sizes import format_ew
from scenarios.items.priorities import has_priority, priority_place
from scenarios.plan.plan import Entry
from store.common.values import Value
from tui.session.figures import Figures

#: What rows can be grouped by, and what one that has none is called.
GROUPS: Mapping[str, str] = {
    "team": "no team yet", "slice": "no slice", "owner": "nobody's", "priority": "no priority",
}  # fmt: skip


class GroupHeading(Value):
    """A row above a group: what it is called, how many items it has and of how much likely effort (ew)."""

    name: str
    count: int
    ew: float
    unsized: int

    @property
    def words(self) -> str:
        """What there is in it."""
        found = f"{self.count:,} item{'' if self.count == 1 else 's'}, {format_ew(self.ew)} ew"
        return f"{found}, {self.unsized:,} without a size" if self.unsized else found


def grouped(figures: Figures, entries: Sequence[Entry], by: str) -> Sequence[Entry | GroupHeading]:
    """The items with a heading before each group; within one they keep their order. As they are where ``by`` is none of
    :data:`GROUPS`."""
    if by not in GROUPS:
        return entries
    key = _key(figures, by)
    groups: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    rows: list[Entry | GroupHeading] = []
    for place, group in sorted(groups.items(), key=lambda pair: pair[0]):
        unsized = sum(not entry.sized for entry in group)
        rows.append(GroupHeading(place[-1] or GROUPS[by], len(group), sum(entry.ew for entry in group), unsized))
        rows += group
    return rows


def _key(figures: Figures, by: str) -> Callable[[Entry], tuple[Any, ...]]:
    """What puts an item into its group: where the group stands, its name last; what has none comes last."""
    if by == "team":
        places = {team.id: at for at, team in enumerate(figures.plan.teams)}
        names = {team.id: team.name for team in figures.plan.teams}

        def of_teams(entry: Entry) -> tuple[Any, ...]:
            ids = sorted(entry.team_ids, key=lambda each: places.get(each, len(places)))
            at = tuple(places.get(each, len(places)) for each in ids)
            return (not ids, at, " + ".join(names.get(each, "?") for each in ids))

        return of_teams
    if by == "slice":
        slices = {part.letter: (at, part.name) for at, part in enumerate(figures.slices)}
        return lambda entry: (False, *slices.get(entry.item.slice, (len(slices), entry.item.slice)))
    if by == "owner":
        return lambda entry: (not entry.item.owner, entry.item.owner.casefold(), entry.item.owner)

    def of_priority(entry: Entry) -> tuple[Any, ...]:
        text = entry.item.priority if has_priority(entry.item.priority) else ""
        place = priority_place(text)
        return (not text, place is None, place or 0.0, text)

    return of_priority
