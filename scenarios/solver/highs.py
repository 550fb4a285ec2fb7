"""The best sets through HiGHS: slower than the branching, and for any size; also the second opinion in tests.

Objective by objective, each held while the next is made smallest; the next best by cutting off the sets that are
known. What HiGHS answers is rounded to a set, and judged again in whole numbers: a set that does not meet the problem
exactly is cut off too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scenarios.solver.found import Answer, Best, FoundSet
from scenarios.solver.milp import Model, Outcome, solve
from scenarios.solver.objectives import Count, Linear, MixDistance, Objective, Ranking, Union, Value
from scenarios.solver.problem import Choice, Int, Problem, Stop

#: Whole numbers differ by 1: half of that keeps tolerances from deciding.
_HALF = 0.5
#: Whole numbers up to here are told apart within the tolerances of HiGHS.
_TRUSTED = 10**8
#: Ties on the first objective that are listed before they are settled objective by objective.
_LISTED = 12


class Limited(Exception):  # noqa: N818 - an outcome, caught where it is known what to make of it
    """HiGHS reached its limit of nodes."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _unit(costs: Int) -> int:
    """The largest number that all of them are multiples of, at least 1."""
    return max(int(np.gcd.reduce(costs)), 1) if len(costs) else 1


@dataclass
class Measure:
    """An objective in a model: its terms where it is linear there."""

    objective: Objective
    terms: Mapping[int, float]
    #: what one unit of the terms is, in the objective's own
    unit: int = 1


class Programs:
    """One search by HiGHS."""

    def __init__(self, problem: Problem, best: Best, given: Choice, stop: Stop | None, nodes: int | None) -> None:
        self.problem, self.best, self.given, self.stop, self.nodes = problem, best, given, stop, nodes
        self.model = Model()
        self.model.columns(problem.options, whole=True)
        self._state()
        self.measures = [self._measure(each) for each in best.objectives]
        self.solved = 0
        self.trusted = problem.rows.size == 0 or int(np.abs(problem.rows).max()) <= _TRUSTED
        for each in best.objectives:
            if isinstance(each, Linear | Union):
                costs = each.cost if isinstance(each, Linear) else each.weights
                self.trusted &= int(np.abs(costs).max(initial=0)) // _unit(costs) <= _TRUSTED

    def _state(self) -> None:
        """What the problem states."""
        problem, model = self.problem, self.model
        allowed = {*map(int, self.given.usable), *self.given.taken}
        for option in range(problem.options):
            model.high[option] = float(option in allowed)
        for option in self.given.taken:
            model.low[option] = 1.0
        for row, need in zip(problem.rows, problem.need, strict=True):
            model.row({option: float(gain) for option, gain in enumerate(row)}, low=float(need) - _HALF)
        of: dict[int, list[int]] = {}
        for option, item in enumerate(problem.item):
            of.setdefault(int(item), []).append(option)
        for options in of.values():
            if len(options) > 1:
                model.row(dict.fromkeys(options, 1.0), high=1.0)
        for a, b in problem.requires:
            if a != b:
                model.row({a: 1.0, b: -1.0}, high=0.0)
        model.row(dict.fromkeys(range(problem.options), 1.0), high=float(problem.most))

    def _measure(self, objective: Objective) -> Measure:
        model = self.model
        if isinstance(objective, Linear):
            unit = _unit(objective.cost)
            return Measure(objective, {option: float(cost // unit) for option, cost in enumerate(objective.cost)}, unit)
        if isinstance(objective, Count):
            return Measure(objective, dict.fromkeys(range(self.problem.options), 1.0))
        if isinstance(objective, Union):
            unit = _unit(objective.weights)
            waiting = model.columns(len(objective.weights))
            for customer, column in enumerate(waiting):
                for option in np.flatnonzero(objective.members[customer]):
                    model.row({int(option): 1.0, column: -1.0}, high=0.0)
            weights = zip(waiting, objective.weights, strict=True)
            return Measure(objective, {column: float(weight // unit) for column, weight in weights}, unit)
        if isinstance(objective, MixDistance):
            return Measure(objective, self._away(objective))
        return Measure(objective, {})

    def _away(self, mix: MixDistance) -> dict[int, float]:
        """Columns for how far each slice is from its aim, in effort."""
        columns = self.model.columns(len(mix.base), high=np.inf)
        total, parts = int(mix.base.sum()), int(mix.aims.sum())
        taken = mix.effort.sum(axis=0)
        for slice_, column in enumerate(columns):
            share = int(mix.aims[slice_]) / parts
            # after - share * left = start - sum(moves): at most the column, either way.
            start = float(mix.base[slice_]) - share * total
            moves = mix.effort[slice_] - share * taken
            terms = {option: float(move) for option, move in enumerate(moves)}
            self.model.row({**terms, column: 1.0}, low=start)
            self.model.row({**{option: -move for option, move in terms.items()}, column: 1.0}, low=-start)
        return dict.fromkeys(columns, 1.0)

    # one solve

    def _solve(self, model: Model) -> tuple[int, ...] | None:
        """The best set of a model, exactly allowed; None where there is none. Raises Limited and Stopped."""
        while True:
            outcome = solve(model, self.stop, self.nodes)
            self.solved += 1
            if outcome.values is None and outcome.proven:
                return None
            options = None
            if outcome.values is not None:
                options = tuple(int(each) for each in np.flatnonzero(outcome.values[: self.problem.options] > _HALF))
                if not self.problem.allows(options):
                    options = None
            if not outcome.proven:
                if options is not None:
                    self.best.add(options)
                raise Limited(outcome)
            if options is not None:
                return options
            values = np.asarray(outcome.values)
            self._cut(model, [int(each) for each in np.flatnonzero(values[: self.problem.options] > _HALF)])

    def _cut(self, model: Model, options: Collection[int]) -> None:
        """Cut off exactly this set."""
        taken = set(options)
        model.row({each: -1.0 if each in taken else 1.0 for each in range(self.problem.options)}, low=1.0 - len(taken))

    # one objective

    def _least(self, model: Model, measure: Measure) -> tuple[int, ...] | None:
        """The best set by one objective; None where there is none."""
        if isinstance(measure.objective, MixDistance):
            return self._closest(model, measure.objective, measure.terms)
        if isinstance(measure.objective, Ranking):
            return self._lowest(model, measure.objective)
        model = model.copy()
        model.price(measure.terms)
        return self._solve(model)

    def _closest(self, model: Model, mix: MixDistance, away: Mapping[int, float]) -> tuple[int, ...] | None:
        """The set closest to the aims: the least of distance less ratio, until the ratio does not fall (Dinkelbach
        1967).
        """
        model = model.copy()
        taken = mix.effort.sum(axis=0)
        model.price({})
        found = self._solve(model)
        while found is not None:
            ratio = mix.value(found)
            model.price({**away, **{option: 2 * float(ratio) * float(effort) for option, effort in enumerate(taken)}})
            closer = self._solve(model)
            if closer is None or mix.value(closer) >= ratio:
                return found
            found = closer
        return None

    def _lowest(self, model: Model, ranking: Ranking) -> tuple[int, ...] | None:
        """The set lowest in the ranking: the lowest first rank by bisection, how many have it, then the next."""
        model = model.copy()
        model.price({})
        found = self._solve(model)
        if found is None:
            return None
        done = -1
        while True:
            below = [rank for rank in sorted({int(each) for each in ranking.position}) if rank > done]
            touched = sorted(int(ranking.position[each]) for each in found if ranking.position[each] > done)
            if not touched:
                return found
            # Which ranks may be kept, the highest ones first: all of ``below`` would be nothing else to touch.
            low, high = below.index(touched[0]), len(below)
            while low < high:
                middle = (low + high + 1) // 2
                tried = self._without(model, ranking, below[:middle])
                other = self._solve(tried)
                if other is None:
                    high = middle - 1
                else:
                    found = other
                    rest = [int(ranking.position[each]) for each in other if ranking.position[each] > done]
                    low = below.index(min(rest)) if rest else len(below)
            if low == len(below):
                return found
            model = self._without(model, ranking, below[:low])
            at = {int(each): 1.0 for each in np.flatnonzero(ranking.position == below[low])}
            fewest = model.copy()
            fewest.price(at)
            found = self._solve(fewest) or found
            model.row(at, high=sum(each in at for each in found) + _HALF)
            done = below[low]

    def _without(self, model: Model, ranking: Ranking, ranks: Collection[int]) -> Model:
        model = model.copy()
        for option in np.flatnonzero(np.isin(ranking.position, list(ranks))):
            model.high[option] = 0.0
            if model.low[option]:
                model.row({int(option): 1.0}, low=1.0)
                model.low[option] = 0.0
        return model

    def _hold(self, model: Model, measure: Measure, value: Value) -> None:
        """Let an objective be no worse than a value."""
        objective = measure.objective
        if isinstance(objective, Ranking) and isinstance(value, tuple):
            ranks = [-each for each in value]
            for rank in sorted(set(map(int, objective.position))):
                options = {int(each): 1.0 for each in np.flatnonzero(objective.position == rank)}
                model.row(options, low=ranks.count(rank) - _HALF, high=ranks.count(rank) + _HALF)
        elif isinstance(objective, MixDistance) and isinstance(value, Fraction):
            taken, total = objective.effort.sum(axis=0), int(objective.base.sum())
            terms = {option: 2 * float(value) * float(effort) for option, effort in enumerate(taken)}
            slack = 1e-9 * max(total, 1)
            model.row({**measure.terms, **terms}, high=2 * float(value) * total + slack)
        elif isinstance(value, int):
            model.row(measure.terms, high=value // measure.unit + _HALF)

    # the whole search

    def run(self) -> Answer:
        """The best sets; not proven where HiGHS was limited. Raises Stopped."""
        try:
            self._listed()
        except Limited as limit:
            first = self.best.objectives[0]
            exact = isinstance(first, Linear | Count | Union) and np.isfinite(limit.outcome.bound)
            return Answer(tuple(self.best.sets), False, limit.outcome.bound if exact else None, self.solved, "highs")
        return Answer(tuple(self.best.sets), self.trusted, None, self.solved, "highs")

    def _listed(self) -> None:
        """List sets by the first objective until the next is worse than the last wanted; where many tie, settle ties
        one by one.
        """
        model = self.model.copy()
        for known in self.best.exclude:
            self._cut(model, known)
        chain = model.copy()
        self.best.sets = []
        first: list[Value] = []
        for _ in range(self.best.count + _LISTED):
            options = self._least(model, self.measures[0])
            if options is None:
                return
            value = self.best.objectives[0].value(options)
            if len(first) >= self.best.count and self._above(value, first[self.best.count - 1]):
                return
            first.append(value)
            self.best.add(options)
            self._cut(model, options)
        settled: list[FoundSet] = []
        for _ in range(self.best.count):
            options = self._settled(chain)
            if options is None:
                break
            settled.append(self.best.judge(options))
            self._cut(chain, options)
        self.best.sets = sorted(settled)

    @staticmethod
    def _above(value: Value, other: Value) -> bool:
        return value > other  # type: ignore[operator]

    def _settled(self, model: Model) -> tuple[int, ...] | None:
        """The one best set: by each objective in turn, then by its smallest options."""
        model = model.copy()
        options = None
        for measure in self.measures:
            options = self._least(model, measure)
            if options is None:
                return None
            self._hold(model, measure, measure.objective.value(options))
        return self._smallest(model, options) if options is not None else None

    def _smallest(self, model: Model, options: tuple[int, ...]) -> tuple[int, ...]:
        """Of the sets a model allows, the one with the smallest options, first to last."""
        kept: list[int] = []
        held = self.best.judge(options).values
        while True:
            exact = model.copy()
            for each in range(self.problem.options):
                if each not in kept and each not in self.given.taken:
                    exact.high[each] = 0.0
                if each not in kept and each in self.given.taken:
                    exact.low[each], exact.high[each] = 0.0, 0.0
            exact.price({})
            only = self._solve(exact)
            if only is not None and self.best.judge(only).values == held:
                return only
            after = kept[-1] + 1 if kept else 0
            if after >= self.problem.options:
                return options
            model = model.copy()
            ahead = model.copy()
            firsts = ahead.columns(self.problem.options - after)
            rest = range(after, self.problem.options)
            ahead.row(dict.fromkeys(firsts, 1.0), low=1.0, high=1.0)
            for option, column in zip(rest, firsts, strict=True):
                ahead.row({option: -1.0, column: 1.0}, high=0.0)
            ahead.price({column: float(option) for option, column in zip(rest, firsts, strict=True)})
            found = self._solve(ahead)
            if found is None:
                return options
            options = found
            chosen = min(each for each in found if each >= after)
            for each in range(after, chosen):
                model.high[each] = 0.0
            model.low[chosen] = 1.0
            kept.append(chosen)
