"""What a snapshot's names and keys mean in a workspace."""

from __future__ import annotations

from functools import cached_property

from scenarios.snapshots.freeze import item_keys, name_keys
from scenarios.snapshots.frozen import Frozen
from store.common.text import clean
from store.records import Customer, Item, State, Team


def team_ids(frozen: Frozen, state: State) -> dict[str, int]:
    """By key of the snapshot, the team here: that of its number if it is still called so, else the one of its name."""
    here = state.all(Team)
    found: dict[str, int] = {}
    for key, team in frozen.teams.items():
        known = here.get(team.number)
        if known is not None and _same(known.name, frozen.team_name(key)):
            found[key] = team.number
    taken = set(found.values())
    for key in frozen.teams:
        if key in found:
            continue
        like = (one.id for one in here.values() if one.id not in taken and _same(one.name, frozen.team_name(key)))
        team_id = next(like, None)
        if team_id is not None:
            found[key] = team_id
            taken.add(team_id)
    return found


def customer_keys(state: State) -> dict[str, Customer]:
    """The customers here, by the key that a snapshot would give them."""
    people = state.all(Customer)
    return {key: people[number] for number, key in name_keys((one.id, one.name) for one in people.values()).items()}


class NeededItems:
    """The items here that a snapshot's keys mean which head none of its own tables."""

    def __init__(self, state: State) -> None:
        self._state = state

    @cached_property
    def _keys(self) -> dict[str, int]:
        return {key: number for number, key in item_keys(self._state, self._state.all(Item)).items()}

    def item_id(self, key: str) -> int | None:
        """The item of that key, else of its draw number, else of its key elsewhere; None where there is none."""
        if key in self._keys:
            return self._keys[key]
        own, mark, end = key.rpartition("~")
        draw = end if mark else key.removeprefix("draw-")
        items = list(self._state.each(Item))
        found = (item.id for item in items if str(item.draw) == draw)
        alike = (item.id for item in items if item.source_key and clean(item.source_key) in (key, own))
        return next(found, None) or next(alike, None)


def _same(name: str, other: str) -> bool:
    return clean(name).casefold() == other.casefold()
