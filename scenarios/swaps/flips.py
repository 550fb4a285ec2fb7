"""Over which sizes of what is disputed the same swap stays the best, and where it flips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from scenarios.odds.flip_point import disputed_ew, scaled
from scenarios.plan.departures import Key
from scenarios.plan.plan import Entry
from scenarios.swaps.criteria import Criterion
from scenarios.swaps.search import Stop, Swap, Swaps
from scenarios.trade.door import Trade

if TYPE_CHECKING:
    pass

#: Sizes that are tried evenly over the dispute before the flips between them are narrowed down.
_EVENLY = 9
#: A flip is told to so many ew.
_CLOSE = 0.1


@dataclass(frozen=True)
class Stretch:
    """From ``low`` to ``high`` (likely ew of the disputed item) the answer is the same: ``fits`` without giving
    anything up, ``swap`` is the best set, or neither: nothing reaches the target."""

    low: float
    high: float
    fits: bool
    swap: Swap | None

    @property
    def answer(self) -> tuple[bool, frozenset[Key]]:
        """What tells one stretch from the next."""
        return self.fits, self.swap.key if self.swap is not None else frozenset()


def stretches(
    trade: Trade, entry: Entry, low: float, high: float, criterion: Criterion, stop: Stop | None = None
) -> tuple[Stretch, ...]:
    """The answers over the sizes from ``low`` to ``high`` of an item in the asked plan, smallest sizes first.

    Tried at even steps, and flips between different answers narrowed to a tenth of an engineer-week; an answer that
    comes and goes within one step can be missed. Raises ValueError for ends that are not sound,
    :class:`~scenarios.solver.Stopped` like the searches.
    """
    if not 0 < low <= high or disputed_ew(entry) <= 0:
        raise ValueError("a dispute has two ends above 0: the smaller size, then the larger one")
    steps = [low + (high - low) * at / (_EVENLY - 1) for at in range(_EVENLY)] if high > low else [low]
    tried = [_at(trade, entry, size, criterion, stop) for size in steps]
    found: list[Stretch] = [tried[0]]
    for before, after in pairwise(tried):
        for each in _between(trade, entry, before, after, criterion, stop):
            if each.answer == found[-1].answer:
                found[-1] = replace(found[-1], high=each.high)
            else:
                found.append(each)
    return tuple(found)


def _between(
    trade: Trade, entry: Entry, before: Stretch, after: Stretch, criterion: Criterion, stop: Stop | None
) -> Iterator[Stretch]:
    if before.answer != after.answer and after.low - before.high > _CLOSE:
        middle = _at(trade, entry, (before.high + after.low) / 2, criterion, stop)
        yield from _between(trade, entry, before, middle, criterion, stop)
        yield from _between(trade, entry, middle, after, criterion, stop)
    else:
        yield before
        yield after


def _at(trade: Trade, entry: Entry, size: float, criterion: Criterion, stop: Stop | None) -> Stretch:
    resized = scaled(entry, size / disputed_ew(entry))
    plan = trade.asked.plan
    entries = tuple(resized if each.item.id == entry.item.id else each for each in plan.entries)
    asked = trade.asked.with_plan(replace(plan, entries=entries))
    if asked.fits:
        return Stretch(size, size, True, None)
    swaps = Swaps(Trade(trade.state, trade.proposal, trade.before, asked), stop)
    found = swaps.ranked(criterion if criterion in swaps.available else swaps.available[0], 1)
    return Stretch(size, size, False, found[0] if found else None)
