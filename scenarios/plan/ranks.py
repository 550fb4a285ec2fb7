"""Ranks: numbers that order the plan and the backlog; low is first."""

from __future__ import annotations

from scenarios.plan.plan import entries_of
from store.common.errors import Refused
from store.records import Command, Item, State


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


def placed(state: State, item_id: int, at: int) -> Command:
    """The item as number ``at`` (1 is the first) on its side of the line; empty where it is that already.

    Its own rank alone changes where there is one between its new neighbours, else all of that side are numbered anew.
    Raises :class:`Refused` where it stands on neither side, or that side has no such place.
    """
    item = state.all(Item)[item_id]
    if item.state not in ("plan", "below"):
        raise Refused(f"“{item.title}” is neither in plan nor below the line: it has no rank")
    peers = [entry.item for entry in entries_of(state, item.state)]
    if not 1 <= at <= len(peers):
        where = "in plan" if item.state == "plan" else "below the line"
        raise Refused(f"a rank {where} is from 1 to {len(peers)}, not {at}")
    here = next(number for number, peer in enumerate(peers, 1) if peer.id == item_id)
    if here == at:
        return Command("rank", "")
    others = [peer for peer in peers if peer.id != item_id]
    others.insert(at - 1, item)
    label = f"“{item.title}” from rank {here} to {at}"
    before = others[at - 2].rank if at > 1 else others[1].rank - 2.0
    after = others[at].rank if at < len(others) else others[-2].rank + 2.0
    between = (before + after) / 2
    if before < between < after:
        return Command("rank", label, (item.model_copy(update={"rank": between}),))
    first = min(peer.rank for peer in peers)
    fresh = [peer.model_copy(update={"rank": first + number}) for number, peer in enumerate(others)]
    return Command("rank", label, tuple(new for new, old in zip(fresh, others, strict=True) if new != old))
