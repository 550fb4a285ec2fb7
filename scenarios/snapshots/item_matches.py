"""Which item here is which item of a snapshot: by its draw number, else its key elsewhere, else its exact title.

The draw number is kept from an item's making and is the same in every copy of a workspace's file.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Protocol, TypeVar

from scenarios.snapshots.frozen import Frozen, FrozenItem
from store.records import Item, State


class _Known(Protocol):
    @property
    def draw(self) -> int: ...
    @property
    def title(self) -> str: ...


Here = TypeVar("Here", bound=_Known)
There = TypeVar("There", bound=_Known)
A = TypeVar("A", bound=Hashable)
B = TypeVar("B", bound=Hashable)


def match_items(frozen: Frozen, state: State) -> dict[str, int]:
    """By key of the snapshot, the id of the item here; without those that are not here."""
    # Where several would do, the one in plan is meant.
    items = sorted(state.all(Item).values(), key=lambda item: (item.state != "plan", item.id))
    return pair_up(frozen.items, {item.id: item for item in items}, _source, lambda item: item.source_key)


def match_frozen(one: Frozen, other: Frozen) -> dict[str, str]:
    """By key of the one snapshot, the key of the same item in the other; without those that only one has."""
    return pair_up(one.items, other.items, _source, _source)


def _source(item: FrozenItem) -> str | None:
    return item.source


def pair_up(
    here: Mapping[A, Here],
    there: Mapping[B, There],
    source_here: Callable[[Here], str | None],
    source_there: Callable[[There], str | None],
) -> dict[A, B]:
    """Each with its like: the surest sign first, and nothing twice."""
    found: dict[A, B] = {}
    signs: tuple[tuple[Callable[[Here], Hashable], Callable[[There], Hashable]], ...] = (
        # Both at once first: copies of one item may have the same draw number.
        (lambda one: (one.draw, one.title), lambda other: (other.draw, other.title)),
        (lambda one: one.draw, lambda other: other.draw),
        (source_here, source_there),
        (lambda one: one.title, lambda other: other.title),
    )
    left, rest = dict(here), dict(there)
    for sign_here, sign_there in signs:
        if not left or not rest:
            break
        free: dict[Hashable, list[B]] = {}
        for key, other in rest.items():
            free.setdefault(sign_there(other), []).append(key)
        for own, one in list(left.items()):
            sign = sign_here(one)
            if sign is not None and (like := free.get(sign)):
                found[own] = like.pop(0)
                del left[own], rest[found[own]]
    return found
