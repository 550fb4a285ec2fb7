"""Why a set, and why not another one: what each part of it is needed for, what is proven, and the price of a week."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.leaving import Leaving
from scenarios.solver import best
from scenarios.swaps.criteria import OPEN_ENDED, Criterion
from scenarios.swaps.search import Swap, Swaps

#: How many better sets may be tried one by one to prove that none fits.
_TRIED = 1_536


@dataclass(frozen=True)
class Needed:
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


def necessity(swaps: Swaps, swap: Swap) -> tuple[Needed, ...]:
    """For each part of a set, the odds when it stays and the others leave."""
    numbers = [swaps.options.number_of(each) for each in swap.out]
    return tuple(
        Needed(each, swaps.odds(other for other in numbers if other != number))
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
    # Without anything to cover, sets come in the order of the criterion alone: all that are better are looked at.
    problem = swaps.criteria.problem(criterion, 0.0, 0.0)
    answer = best(problem, objectives, _TRIED, stop=swaps.stop)
    # Values of one objective are of one kind, so they compare.
    better = [each.options for each in answer.sets if objectives[0].value(each.options) < own]  # type: ignore[operator]
    fits = any(swaps.odds(each) >= swaps.trade.asked.plan.target for each in better)
    whole = answer.proven and (len(answer.sets) < _TRIED or len(better) < len(answer.sets))
    return Claim(whole and not fits, swap.proven, swap.share, swap.closed, len(better))


def why_not(swaps: Swaps, criterion: Criterion, out: Leaving, *, leaves: bool) -> Swap | None:
    """The best set on a criterion in which this leaves, or stays; None where there is none that fits.

    Raises :class:`~scenarios.solver.Stopped` like the searches, ValueError where it is no option of the trade.
    """
    return swaps.best_with(criterion, swaps.options.number_of(out), leaves=leaves)
