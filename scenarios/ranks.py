"""Ranks: numbers that order the plan and the backlog; low is first."""

from __future__ import annotations

from store.records import Item, State


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
