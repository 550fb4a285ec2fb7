"""HiGHS as the second opinion on plans too large to try every set, and as what takes over from the branching."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import scenarios.solver
from scenarios.solver import Answer, Linear, Problem, Stopped, best, best_by_highs
from tests.scenarios.solver.solving import KINDS, every, in_order, problem_of

ROOT = Path(__file__).resolve().parents[3]
#: Of ten plans for each kind of objective.
BATCHES = 4 if os.environ.get("MAKEROOM_LONG") else 2
SMALL_PLANS = 12 if os.environ.get("MAKEROOM_LONG") else 6


@pytest.mark.parametrize("first", range(5), ids=[kind.__name__ for kind in KINDS])
@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_ways_agree_on_plans_of_30_to_60_items(first: int, batch: int) -> None:
    for seed in range(10):
        rng = np.random.default_rng([9, first, batch, seed])
        problem, objectives = problem_of(rng, 30, 60, most=4, tight=True)
        count = 2 if seed < 3 and first != 4 else 1
        by_branch = best(problem, [objectives[first]], count)
        by_highs = best_by_highs(problem, [objectives[first]], count)
        assert (by_branch.by, by_branch.proven, by_highs.proven) == ("branch", True, True)
        assert [each.values for each in by_branch.sets] == [each.values for each in by_highs.sets], (first, batch, seed)


@pytest.mark.parametrize("first", range(5), ids=[kind.__name__ for kind in KINDS])
def test_past_the_work_of_the_branching_the_answer_is_the_same(first: int) -> None:
    for seed in range(SMALL_PLANS):
        rng = np.random.default_rng([21, first, seed])
        problem, objectives = problem_of(rng, 3, 8)
        wanted = in_order(rng, objectives, first)
        answer = best(problem, wanted, 3, work=0)
        assert answer.proven
        assert [(each.values, each.options) for each in answer.sets] == every(problem, wanted, 3), (first, seed)


def equal_items() -> tuple[Problem, list[Linear]]:
    """Sixty items that are all the same: no bound tells them apart."""
    return Problem(np.arange(60), np.full((1, 60), 2), np.array([6])), [Linear(np.full(60, 3))]


def test_ties_without_end_are_settled_by_the_smallest_options() -> None:
    problem, objectives = equal_items()
    answer = best_by_highs(problem, objectives, 3)
    assert [each.options for each in answer.sets] == [(0, 1, 2), (0, 1, 3), (0, 1, 4)]
    assert answer.sets == best(problem, objectives, 3).sets


def hard() -> tuple[Problem, list[Linear]]:
    """Costs equal to what is freed, in many rows: the bound says nothing, and the tree is without end."""
    rng = np.random.default_rng(0)
    rows = 2 * rng.integers(10_000, 90_000, (4, 120))
    return Problem(np.arange(120), rows, rows.sum(axis=1) // 2 - 1, (), 60), [Linear(rows.sum(axis=0))]


def test_what_is_not_proven_says_so_with_a_bound_and_the_best_found() -> None:
    problem, objectives = hard()
    answer = best(problem, objectives, work=2_000, nodes=1)
    assert not answer.proven
    assert answer.bound is not None
    for each in answer.sets:
        assert problem.allows(each.options)
        assert answer.bound <= each.values[0] + 1e-6


def test_highs_stops_when_told() -> None:
    problem, objectives = hard()
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 12

    with pytest.raises(Stopped):
        best_by_highs(problem, objectives, 5, stop=stop)
    assert asked == 13


def test_numbers_beyond_what_highs_tells_apart_are_not_called_proven() -> None:
    costs = np.array([2**40 + 1, 2**40, 2**40 + 2])
    problem = Problem(np.arange(3), np.array([[1, 1, 1]]), np.array([1]))
    assert not best_by_highs(problem, [Linear(costs)]).proven
    assert best(problem, [Linear(costs)]).proven


def test_without_highs_the_branching_answers_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenarios.solver, "find_spec", lambda name: None)
    problem, objectives = hard()
    answer = best(problem, objectives, work=500)
    assert isinstance(answer, Answer)
    assert (answer.by, answer.proven) == ("branch", False)


def test_nothing_is_ever_printed_and_highs_is_only_loaded_where_it_is_asked() -> None:
    script = """
import sys
import numpy as np
from scenarios.solver import Count, Linear, MixDistance, Problem, Union, best, best_by_highs, best_selection
assert "highspy" not in sys.modules
rng = np.random.default_rng(1)
rows = rng.integers(1, 50, (2, 25))
problem = Problem(np.arange(25), rows, np.array([60, 60]))
mix = MixDistance(rows, rows.sum(axis=1), np.array([1, 1]))
best(problem, [Linear(rows[0]), mix], 3)
assert "highspy" not in sys.modules
best(problem, [Linear(rows[0]), Count()], 3, work=0)
best_by_highs(problem, [mix], stop=lambda: False)
best_by_highs(Problem(np.arange(2), np.ones((1, 2), int), np.array([9])), [Count()])
best_selection([3, 2], [[1, 1]], [1])
assert "highspy" in sys.modules
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
