"""The words that a memo uses, explained for whoever was not in the room."""

from __future__ import annotations

from scenarios.memos.template import plain
from scenarios.plan.mix import ONE_OFF_BANDS
from store.records import Slice, State


def legend_of(state: State) -> list[str]:
    """A sentence for each word that is not plain English, with this workspace's own slices."""
    slices = sorted(state.all(Slice).values(), key=lambda part: (part.position, part.id))
    letters = ", ".join(f"{plain(part.letter)} {plain(part.name)}" for part in slices)
    bands = ", ".join(f"{word} to {end:g}%" for end, word in ONE_OFF_BANDS[:-1])
    found = [
        "ew: engineer-weeks, the work of one engineer in five days, at the likely size",
        "odds: in how many of 100 simulated quarters all that is planned gets done; the target is how many are wanted",
        "good, not now: below the line of the plan, not rejected",
        f"one-off: work that only one or two accounts would use; its share of planned effort is {bands}, above that "
        f"{ONE_OFF_BANDS[-1][1]}",
        "purse: the one-offs that Sales may take in a quarter without asking anybody",
        "first version: a smaller piece of an item, done first; who waits, waits for the rest",
    ]
    return found + ([f"slices of the plan: {letters}"] if letters else [])
