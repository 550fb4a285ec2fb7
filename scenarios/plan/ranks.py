"""Ranks: numbers that order the plan and the backlog; low is first."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from scenarios.plan.plan import entries_of
from store.common.errors import Refused
from store.common.text import short
from store.records import Command, Item, Record, State


def ranks(state: State, *states: str) -> list[float]:
    """The ranks of the items in any of these states, lowest first."""
    wanted = frozenset(states)
    return sorted(item.rank for item in state.all(Item).values() if item.state in wanted)


def plan_end(state: State) -> float:
    """A rank after everything in plan."""
    return max(ranks(state, "plan"), default=0.0) + 1.0


def below_top(state: State) -> float:
    """A rank before everything below the line; step down from it by whole numbers to stay in front."""
    return min(ranks(state, "below"), default=1.0) - 1.0


def below_end(state: State) -> float:
    """A rank after everything below the line."""
    return max(ranks(state, "below"), default=0.0) + 1.0


def placed(state: State, item_ids: Collection[int], at: int) -> Command:
    """These items together, in their order, from number ``at`` on (1 is the first) on their side of the line; empty
    where they stand so already.

    Their own ranks alone change where there is room between their new neighbours, else all of that side are numbered
    anew. Raises :class:`Refused` where one stands on neither side, where they are on both, or that side has no such
    place.
    """
    items = [state.all(Item)[key] for key in item_ids]
    for item in items:
        if item.state not in ("plan", "below"):
            raise Refused(f"“{item.title}” is neither in plan nor below the line: it has no rank")
    if len({item.state for item in items}) > 1:
        raise Refused("they stand on both sides of the line, and each side has ranks of its own: move one side's only")
    peers = [entry.item for entry in entries_of(state, items[0].state)]
    wanted = frozenset(item_ids)
    moving = [peer for peer in peers if peer.id in wanted]
    last = len(peers) - len(moving) + 1
    if not 1 <= at <= len(peers):
        where = "in plan" if items[0].state == "plan" else "below the line"
        raise Refused(f"a rank {where} is from 1 to {len(peers)}, not {at}")
    others = [peer for peer in peers if peer.id not in wanted]
    at = min(at, last)
    later = [*others[: at - 1], *moving, *others[at - 1 :]]
    if [item.id for item in later] == [item.id for item in peers]:
        return Command("rank", "")
    here = next(number for number, peer in enumerate(peers, 1) if peer.id in wanted)
    what = f"“{moving[0].title}” from rank {here}" if len(moving) == 1 else f"{len(moving)} items"
    label = f"{what} to {at}" if len(moving) == 1 else f"{what} to rank {at} and after"
    ranks = [item.rank for item in later]
    if others:
        count = len(moving)
        before = others[at - 2].rank if at > 1 else others[0].rank - count - 1.0
        after = others[at - 1].rank if at <= len(others) else others[-1].rank + count + 1.0
        step = (after - before) / (count + 1)
        ranks[at - 1 : at - 1 + count] = [before + step * number for number in range(1, count + 1)]
    if any(one >= other for one, other in pairwise(ranks)):
        first = min(peer.rank for peer in peers)
        ranks = [first + number for number in range(len(later))]
    changed = (item.model_copy(update={"rank": rank}) for item, rank in zip(later, ranks, strict=True))
    return Command("rank", label, tuple(new for new, old in zip(changed, later, strict=True) if new.rank != old.rank))


def moved_to_end(state: State, item_ids: Collection[int], *, top: bool) -> Command:
    """These items together to the top, or the bottom, of the side of the line that each is on; empty where they are."""
    items = state.all(Item)
    puts: list[Record] = []
    for side in ("plan", "below"):
        own = [key for key in item_ids if items[key].state == side]
        if own:
            puts += placed(state, own, 1 if top else sum(item.state == side for item in items.values())).puts
    named = [items[key] for key in item_ids if items[key].state in ("plan", "below")]
    if not puts:
        return Command("rank", "")
    what = f"“{named[0].title}”" if len(named) == 1 else f"{len(named)} items"
    return Command("rank", f"{what} to the {'top' if top else 'bottom'}", tuple(puts))


def shifted(state: State, item_ids: Collection[int], step: int) -> Command:
    """These items together one place up (``step`` -1) or down (+1) on the side of the line that each is on, those
    apart brought together; empty where they stand at its end."""
    items = state.all(Item)
    puts: list[Record] = []
    for side in ("plan", "below"):
        own = [key for key in item_ids if items[key].state == side]
        peers = [entry.item.id for entry in entries_of(state, side)] if own else []
        if own:
            first = next(at for at, key in enumerate(peers) if key in own)
            puts += placed(state, own, min(max(1, first + 1 + step), len(peers))).puts
    return Command(
        "rank", f"{len(item_ids)} items {'up' if step < 0 else 'down'} one rank" if puts else "", tuple(puts)
    )


def placed_beside(state: State, item_ids: Collection[int], other_id: int, *, after: bool = False) -> Command:
    """These items together just above another one, or just ``after`` it. Raises :class:`Refused` as :func:`placed`,
    and where that one is among them or on the other side of the line."""
    other = state.all(Item)[other_id]
    if other_id in item_ids:
        raise Refused("an item is neither above nor below itself")
    if any(state.all(Item)[key].state != other.state for key in item_ids):
        raise Refused(f"“{short(other.title, 60)}” is not on the same side of the line: makeroom trade and drop")
    others = [entry.item.id for entry in entries_of(state, other.state) if entry.item.id not in frozenset(item_ids)]
    return placed(state, item_ids, others.index(other_id) + (2 if after else 1))
