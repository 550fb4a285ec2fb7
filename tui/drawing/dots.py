"""Quantile dotplots: each dot is one of 50 (or 20) equally likely quarters, by its load as a share of capacity.

Lay readers decide best with these (Fernandes and others 2018: 97% of the optimal pay-off).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isfinite

from store.common.values import Value

FITS, OVERRUNS, GAINED, LOST = "●", "○", "◆", "◇"


def axis(now: Sequence[float], before: Sequence[float] | None = None) -> tuple[float, float, bool]:
    """What a dotplot's axis reaches from and to, as shares of capacity, and whether the longest loads lie beyond it.

    The capacity, 1.0, is always within. A long tail ends at the last place: it must not squeeze all the others.
    """
    every = [*now, *(before or ())]
    # A team with work and no capacity never finishes: its load is beyond any axis.
    loads = sorted(filter(isfinite, every))
    if not loads:
        return 0.5, 1.5, bool(every)
    low = min(loads[0], 0.9)
    far = max(loads[-1], 1.1)
    high = min(far, max(loads[int(0.9 * (len(loads) - 1))], 1 + 1.7 * (1 - low), 1.1))
    return low, high, far > high or len(loads) < len(every)


def thin(loads: Sequence[float], count: int) -> list[float]:
    """`count` of the loads, evenly spread over them in order; all of them where there are not more."""
    ranked = sorted(loads)
    if len(ranked) <= count:
        return ranked
    return [ranked[int((k + 0.5) * len(ranked) / count)] for k in range(count)]


class DotPlot(Value):
    """Where each dot stands; the capacity has a column of its own."""

    capacity: int
    """The capacity's cell."""
    dots: dict[tuple[int, int], str]
    """(cell from the left, row from the bottom) -> one of `FITS`, `OVERRUNS`, `GAINED`, `LOST`."""
    width: int


def plot(now: Sequence[float], before: Sequence[float] | None, width: int, rows: int) -> DotPlot:
    """Stack the loads in every second cell of `width`, `rows` high; a full stack spills over to its neighbours.

    A dot counts as gained where the quantile `before` overran and now fits, as lost in reverse. Dots never
    change sides of the capacity. Where a side is too small for its dots, those that find no place are left out.
    """
    places = (width + 1) // 2
    low, high, _ = axis(now, before)
    loads = sorted(now)
    earlier = sorted(before) if before is not None and len(before) == len(now) else loads
    left = round((places - 1) * (1 - low) / (high - low))
    fitting = sum(load <= 1 for load in loads)
    # Each side gets the places that its dots need, whatever the axis says.
    least_left, least_right = ceil(fitting / rows), ceil((len(loads) - fitting) / rows)
    left = min(max(left, least_left, 1), max(1, places - 1 - max(least_right, 1)))
    right = places - 1 - left
    step = max((1 - low) / left, (high - 1) / max(1, right))
    stacks: dict[int, int] = {}
    found: dict[tuple[int, int], str] = {}
    # From the capacity outwards on both sides, so that what spills over moves away from it.
    order = sorted(zip(loads, earlier, strict=True), key=lambda pair: abs(pair[0] - 1))
    for load, was in order:
        side, room = (-1, left) if load <= 1 else (1, right)
        wanted = min(max(1, ceil(abs(load - 1) / step - 1e-9)), room) if isfinite(load) else room
        outward = [*range(wanted, room + 1), *range(wanted - 1, 0, -1)]
        place = next((k for k in outward if stacks.get(side * k, 0) < rows), None)
        if place is None:
            continue
        column, row = left + side * place, stacks.get(side * place, 0)
        stacks[side * place] = row + 1
        if load <= 1:
            found[column * 2, row] = FITS if was <= 1 else GAINED
        else:
            found[column * 2, row] = OVERRUNS if was > 1 else LOST
    return DotPlot(left * 2, found, width)
