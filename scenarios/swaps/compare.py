"""Sets beside each other on a criterion: which is better, and by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenarios.swaps.criteria import Criterion
from scenarios.swaps.search import Swap

#: What a set is measured by on a criterion; the smaller, the better.
Measure = tuple[float, ...]


def measure(swap: Swap, criterion: Criterion, places: Mapping[int, int]) -> Measure:
    """What a set is compared by; ``places`` are item ids by place in the ranking, 0 the highest."""
    match criterion:
        case "value":
            return (swap.value or 0.0,)
        case "rank":
            # Highest-ranked first; a lower rank is a larger place, so the negative is the smaller, the better.
            return tuple(sorted((-places.get(each.item_id, 0) for each in swap.out), reverse=True))
        case "odds":
            return (-swap.odds,)
        case "waiting":
            return (swap.revenue, float(len(swap.waiting)))
        case "aims":
            return (swap.gap,)
        case "clean":
            return (float(len(swap.out)),)


def in_order(swaps: Sequence[Swap], criterion: Criterion, places: Mapping[int, int]) -> tuple[Swap, ...]:
    """The swaps, best on a criterion first; equal ones as they were, and last what does not keep to all rules."""
    return tuple(sorted(swaps, key=lambda swap: (bool(swap.without), measure(swap, criterion, places))))


def behind(swap: Swap, best: Swap, criterion: Criterion, places: Mapping[int, int]) -> float:
    """By how much a set is worse than the best: value, points of odds, revenue, points of the mix, items, or ranks."""
    own, other = measure(swap, criterion, places), measure(best, criterion, places)
    first = (own[0] if own else 0.0) - (other[0] if other else 0.0)
    return 100 * first if criterion == "odds" else first
