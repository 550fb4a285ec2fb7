"""The exact solver behind the best swaps: which planned items leave, each set exactly best on one named criterion."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from importlib.util import find_spec

from scenarios.solver.branch import Branch
from scenarios.solver.found import Answer, Best, FoundSet
from scenarios.solver.highs import Programs
from scenarios.solver.objectives import Count, Linear, MixDistance, Objective, Ranking, Union, Value, check
from scenarios.solver.problem import Choice, Problem, Stop, Stopped, choice
from scenarios.solver.selection import Selection, best_selection

__all__ = [
    "Answer", "Count", "FoundSet", "Linear", "MixDistance", "Objective", "Problem", "Ranking", "Selection", "Stopped",
    "Union", "Value", "best", "best_by_highs", "best_selection",
]  # fmt: skip

#: Partial sets that the branching may look at before HiGHS takes over (some seconds), and nodes of a HiGHS tree.
WORK, NODES = 5_000_000, 200_000


def best(
    problem: Problem,
    objectives: Sequence[Objective],
    count: int = 1,
    *,
    forced: Sequence[int] = (),
    forbidden: Collection[int] = (),
    exclude: Collection[frozenset[int]] = (),
    stop: Stop | None = None,
    work: int = WORK,
    nodes: int = NODES,
) -> Answer:
    """The best ``count`` sets that meet the problem: by the first objective, ties by the next ones, then by the
    smallest options.

    ``forced`` options are in every set and ``forbidden`` ones in none; sets in ``exclude`` are left out. Any option
    may be in a set, also one that nothing needs. The same on every run. ``stop`` is asked often: once it says true,
    Stopped is raised. ``work``: how many partial sets the branching looks at before HiGHS is asked, with a tree of at
    most so many ``nodes``. Where neither gets to the end, the best found comes with ``proven`` False. Raises
    ValueError where an objective is stated for other options.
    """
    found, given = _begin(problem, objectives, count, forced, forbidden, exclude)
    if given is None:
        return Answer((), True)
    answer = Branch(problem, found, given, stop, work).run()
    # Closest to the aims is a sum of many subsets near one number, where HiGHS is slower than the branching by far.
    enough = isinstance(objectives[0], MixDistance) and len(answer.sets) == count
    if answer.proven or enough or find_spec("highspy") is None:
        return answer
    other = Best(objectives, count, exclude)
    second = Programs(problem, other, given, stop, nodes).run()
    if second.proven:
        return replace(second, closed=answer.closed + second.closed)
    for each in answer.sets:
        other.add(each.options)
    bounds = [each.bound for each in (answer, second) if each.bound is not None]
    return Answer(tuple(other.sets), False, max(bounds, default=None), answer.closed + second.closed, "highs")


def best_by_highs(
    problem: Problem,
    objectives: Sequence[Objective],
    count: int = 1,
    *,
    forced: Sequence[int] = (),
    forbidden: Collection[int] = (),
    exclude: Collection[frozenset[int]] = (),
    stop: Stop | None = None,
    nodes: int | None = None,
) -> Answer:
    """What `best` answers, by HiGHS alone: the second opinion. Raises ImportError without highspy."""
    found, given = _begin(problem, objectives, count, forced, forbidden, exclude)
    return Answer((), True) if given is None else Programs(problem, found, given, stop, nodes).run()


def _begin(
    problem: Problem,
    objectives: Sequence[Objective],
    count: int,
    forced: Sequence[int],
    forbidden: Collection[int],
    exclude: Collection[frozenset[int]],
) -> tuple[Best, Choice | None]:
    check(objectives, problem.options)
    if count < 1:
        raise ValueError("a search is for one set at least")
    return Best(objectives, count, exclude), choice(problem, forced, forbidden)
