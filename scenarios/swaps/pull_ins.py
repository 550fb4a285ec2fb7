"""What could come in from below the line with the room that a swap leaves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scenarios.plan.item_values import worths_of
from scenarios.plan.plan import Entry, entries_of
from scenarios.solver import Stopped
from scenarios.swaps.search import Stop, Swap
from scenarios.trade.door import Trade

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: Items with the highest worth that are looked at, of those that could fit by themselves.
_LOOKED_AT = 400


def pull_ins(trade: Trade, forecast: Forecast, swap: Swap, stop: Stop | None = None) -> tuple[Entry, ...]:
    """The one or two items from below the line that are worth most together and leave the odds at the target.

    No more than two come in for one swap: drop and pull together is another problem, and a far harder one.
    ``forecast`` is that of the plan with the swap done. What the swap sends away does not come back with it. Worth is
    the team's value; where nobody has given values, the ranking: the first that fits, then the next that fits beside
    it. Every answer is checked on the trials. Raises :class:`~scenarios.solver.Stopped`.
    """
    if not forecast.fits:
        return ()
    gone = {each.item_id for each in swap.out}
    room = forecast.room
    below = [entry for entry in entries_of(trade.state, "below") if entry.item.id not in gone and entry.sized]
    below = [entry for entry in below if entry.item.id != trade.proposal.item_id]
    worths = worths_of(trade.state, below)
    if worths:
        below = [entry for entry in below if worths[entry.item.id].amount > 0]
        below.sort(key=lambda entry: -worths[entry.item.id].amount)
    # Mean effort is no less than half of the likely one, for any range that is sound: a cheap first look.
    below = [
        entry
        for entry in below
        if all(
            0.4 * size.likely <= room.get(size.team_id, 0.0) or math.isinf(room[size.team_id]) for size in entry.sizes
        )
    ]
    target = forecast.plan.target
    single: list[Entry] = []
    for entry in below[:_LOOKED_AT]:
        if stop is not None and stop():
            raise Stopped
        if forecast.judged_if(come=(entry,)) >= target:
            single.append(entry)
    if not single:
        return ()
    best: tuple[Entry, ...] = (single[0],)
    reached = worths[single[0].item.id].amount if worths else 0.0
    for at, first in enumerate(single):
        for second in single[at + 1 :]:
            if stop is not None and stop():
                raise Stopped
            together = worths[first.item.id].amount + worths[second.item.id].amount if worths else 0.0
            if worths and together <= reached:
                break
            if forecast.judged_if(come=(first, second)) >= target:
                best, reached = (first, second), together
                break
        if not worths:
            # By rank: the first that fits, and with it the next that fits beside it.
            break
    return best
