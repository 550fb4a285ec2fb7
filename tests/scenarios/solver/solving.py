"""Random problems for the solver, and what is best in them by trying every set, from the definitions alone."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

from scenarios.solver import Count, Linear, MixDistance, Objective, Problem, Ranking, Union

KINDS = (Linear, Union, MixDistance, Count, Ranking)


def value(objective: Objective, options: Sequence[int]):  # type: ignore[no-untyped-def]
    """What an objective says of a set, from its definition."""
    if isinstance(objective, Linear):
        return sum(int(objective.cost[each]) for each in options)
    if isinstance(objective, Count):
        return len(options)
    if isinstance(objective, Union):
        waiting = {who for each in options for who in range(len(objective.weights)) if objective.members[who][each]}
        return sum(int(objective.weights[who]) for who in waiting)
    if isinstance(objective, Ranking):
        return tuple(sorted(-int(objective.position[each]) for each in options)[::-1])
    after = [
        int(all_) - sum(int(out[each]) for each in options)
        for all_, out in zip(objective.base, objective.effort, strict=True)
    ]
    if sum(after) <= 0:
        return Fraction(1)
    shares = [Fraction(slice_, sum(after)) for slice_ in after]
    aims = [Fraction(int(aim), int(sum(objective.aims))) for aim in objective.aims]
    return sum((abs(share - aim) for share, aim in zip(shares, aims, strict=True)), Fraction(0)) / 2


def allowed(problem: Problem, options: Collection[int]) -> bool:
    """Whether a set is what the problem asks for."""
    items = [int(problem.item[each]) for each in options]
    if len(set(items)) < len(items) or len(items) > problem.most:
        return False
    if any(a in options and b not in options for a, b in problem.requires):
        return False
    return all(
        sum(int(row[each]) for each in options) >= int(need)
        for row, need in zip(problem.rows, problem.need, strict=True)
    )


def every(problem: Problem, objectives: Sequence[Objective], count: int, good=lambda options: True):  # type: ignore[no-untyped-def]
    """The best sets of all there are, as (values, options)."""
    sets = (options for size in range(problem.most + 1) for options in combinations(range(problem.options), size))
    judged = (
        (tuple(value(each, options) for each in objectives), options)
        for options in sets
        if good(options) and allowed(problem, set(options))
    )
    return heapq.nsmallest(count, judged)


def problem_of(rng: np.random.Generator, least: int, largest: int, *, most: int | None = None, tight: bool = False):  # type: ignore[no-untyped-def]
    """A problem, and one objective of each kind; ``tight``: a need that a few items meet, and no degenerate numbers."""
    items = int(rng.integers(least, largest + 1))
    versions = rng.integers(1, 4, items) * (rng.random(items) < 0.25)
    item = np.repeat(np.arange(items), np.maximum(versions, 1))
    options = len(item)
    teams = int(rng.integers(1, 4))
    scale = 3000 if tight else int(rng.choice([1, 3, 30, 3000]))
    rows = rng.integers(0, scale + 1, (teams, options)) * (rng.random((teams, options)) < 0.7)
    share = rng.uniform(0.03, 2.5 / items) if tight else rng.uniform(-0.05, 0.6)
    need = (rows.sum(axis=1) * share).astype(np.int64)
    if rng.random() < 0.4:
        # A ceiling on one-offs: some options bring in more of them.
        rows = np.vstack([rows, -rng.integers(0, scale + 1, options) * (rng.random(options) < 0.5)])
        need = np.append(need, -int(rng.integers(0, 2 * scale + 1)))
    requires: tuple[tuple[int, int], ...] = ()
    if rng.random() < 0.4 and options > 1:
        pairs = rng.integers(0, options, (int(rng.integers(1, 5)), 2))
        requires = tuple((int(a), int(b)) for a, b in pairs if a != b)
    made = Problem(item, rows, need, requires, most or int(rng.integers(1, 7)))
    span = 1000 if tight else int(rng.choice([1, 3, 1000]))
    customers = int(rng.integers(1, max(items // 2, 2) + 1))
    below = span // 2 if rng.random() < 0.3 else 0
    slices = rng.integers(0, 5, items)[item]
    effort = (slices == np.arange(5)[:, None]) * rows[:teams].sum(axis=0)
    objectives: tuple[Objective, ...] = (
        Linear(rng.integers(-below, span, options)),
        Union(rng.integers(0, span, customers), rng.random((customers, options)) < min(0.3, 2 / customers)),
        MixDistance(
            effort,
            effort.sum(axis=1) + rng.integers(0, scale + 1, 5),
            rng.multinomial(100, (0.5, 0.2, 0.15, 0.1, 0.05)),
        ),
        Count(),
        Ranking(rng.permutation(items)[item]),
    )
    return made, objectives


def in_order(rng: np.random.Generator, objectives: Sequence[Objective], first: int) -> list[Objective]:
    """The objectives with one of them first, and some of the others to break ties."""
    others = [objectives[each] for each in rng.permutation(len(objectives)) if each != first]
    return [objectives[first], *others[: int(rng.integers(0, len(others) + 1))]]
