"""When a drill comes again: Leitner boxes.

Sebastian Leitner, So lernt man lernen (Herder, 1972): what went badly goes back to the first box, what went well on to
the next, and each box waits longer than the one before, here twice as long. Two things are ours: what went well at the
first attempt rests at once, since it is what went badly that is to be repeated, and what went so-so stays in its box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar, get_args

Went = Literal["badly", "so-so", "well"]
WENT: tuple[Went, ...] = get_args(Went)
#: Days that a drill waits in each box, from the first on.
WAITS = (1, 2, 4, 8, 16)
#: The box that a drill begins in that goes so-so at first.
_SECOND = 2

Key = TypeVar("Key")


@dataclass(frozen=True)
class Standing:
    """Where a drill stands: its box, from 1 on, and the day on which it is due; without a box it was never told how it
    went (no day), or it rests (``rests``)."""

    box: int | None = None
    due: date | None = None
    rests: bool = False
    last: date | None = None

    def is_due(self, today: date) -> bool:
        """Whether it is to be repeated by now."""
        return self.due is not None and self.due <= today


NEW = Standing()


def standing_of(attempts: Iterable[tuple[date, Went]]) -> Standing:
    """Where a drill stands after these attempts, in the order in which they were made."""
    found = NEW
    for day, went in attempts:
        found = _after(found, day, went)
    return found


def _after(before: Standing, day: date, went: Went) -> Standing:
    if went == "badly":
        box = 1
    elif went == "so-so":
        box = before.box or _SECOND
    elif before.box is None or before.box == len(WAITS):
        return Standing(rests=True, last=day)
    else:
        box = before.box + 1
    return Standing(box, day + timedelta(days=WAITS[box - 1]), last=day)


def next_of(keys: Sequence[Key], standings: Mapping[Key, Standing], today: date) -> Key:
    """The one to take now: of those that are due the one that has waited longest, else the first that is new, else the
    one that is due soonest, else the one that has rested longest. ``keys`` are in their order, and not none."""

    def order(key: Key) -> tuple[int, date]:
        standing = standings.get(key, NEW)
        if standing.is_due(today):
            return 0, standing.due or today
        if standing.last is None:
            return 1, today
        return (2, standing.due) if standing.due is not None else (3, standing.last)

    return min(keys, key=order)
