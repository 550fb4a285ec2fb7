"""Why a set, and why not another one: what each part of it is needed for, what is proven, and the price of a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.plan.departures import Leaving
from scenarios.solver import Linear, Objective, Value
from scenarios.swaps.criteria import OPEN_ENDED, Criterion
from scenarios.swaps.search import Swap, Swaps

#: How many options may be summed over the trials to prove that none of the better sets fits: half a second.
_SUMS = 40_000


@dataclass(frozen=True)
class NeededPart:
    """A part of a set, and the odds (0..1) if it alone stayed."""

    out: Leaving
    odds: float


@dataclass(frozen=True)
class Claim:
    """What may be said of a set on its criterion; ``on_trials``: every better set was tried, none reached the target.

    ``closed`` is how many partial sets the search closed, ``tried`` how many better sets were simulated.
    """

    on_trials: bool
    proven: bool
    share: float
    closed: int
    tried: int


def necessity(swaps: Swaps, swap: Swap) -> tuple[NeededPart, ...]:
    """For each part of a set, the odds when it stays and the others leave."""
    numbers = [swaps.options.number_of(each) for each in swap.out]
    return tuple(
        NeededPart(each, swaps.odds(other for other in numbers if other != number))
        for each, number in zip(swap.out, numbers, strict=True)
    )


def claim(swaps: Swaps, swap: Swap, criterion: Criterion) -> Claim:
    """What is proven of a set: on the trials where every better set could be tried, else for the linear cover.

    Raises :class:`~scenarios.solver.Stopped` like the searches.
    """
    numbers = sorted(swaps.options.number_of(each) for each in swap.out)
    objectives = swaps.criteria.objectives(criterion)[:1]
    own = objectives[0].value(numbers)
    if criterion in OPEN_ENDED:
        # These are the best within an end that follows from the linear cover itself.
        return Claim(False, swap.proven, swap.share, swap.closed, 0)
    tried, none = _none_better(swaps, objectives[0], own)
    return Claim(none, swap.proven, swap.share, swap.closed, tried)


def _none_better(swaps: Swaps, objective: Objective, own: Value) -> tuple[int, bool]:
    """(sets simulated, whether it is sure that none which is better fits): by trying them, without the linear cover.

    Where even all that could still be added to a set would not do, none of the sets that begin with it is tried.
    """
    rules = swaps.criteria.rules
    # What is worth less than nothing makes a set better by leaving: then no set can be passed over for its cost.
    grows = not isinstance(objective, Linear) or bool((objective.cost >= 0).all())
    tried, sums = 0, 0
    # What was agreed today is among no set that is offered.
    free = [at for at, each in enumerate(swaps.options.all) if each.item_id not in swaps.agreed]
    waiting: list[tuple[tuple[int, ...], Sequence[int]]] = [((), free)]
    while waiting:
        taken, later = waiting.pop()
        # Values of one objective are of one kind, so they compare.
        if objective.value(taken) < own and rules.allows(taken):  # type: ignore[operator]
            tried, sums = tried + 1, sums + len(taken)
            if swaps.reaches(taken):
                return tried, False
        further = [
            each
            for each in (later if len(taken) < rules.most else ())
            if rules.consistent((*taken, each)) and not (grows and objective.value((*taken, each)) >= own)  # type: ignore[operator]
        ]
        sums += len(taken) + len(further)
        if sums > _SUMS:
            return tried, False
        if further and swaps.may_reach((*taken, *further)):
            waiting += [((*taken, each), further[at + 1 :]) for at, each in enumerate(further)]
    return tried, True


def why_not(swaps: Swaps, criterion: Criterion, out: Leaving, *, leaves: bool) -> Swap | None:
    """The best set on a criterion in which this leaves, or stays; None where there is none that fits.

    Raises :class:`~scenarios.solver.Stopped` like the searches, ValueError where it is no option of the trade.
    """
    return swaps.best_with(criterion, swaps.options.number_of(out), leaves=leaves)
