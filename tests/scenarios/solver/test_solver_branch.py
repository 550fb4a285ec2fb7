"""The branching against every set there is: the very sets, in the very order, with the very values."""

import numpy as np
import pytest

from scenarios.solver import Count, FoundSet, Linear, MixDistance, Problem, Ranking, Stopped, Union, best, branch
from tests.scenarios.solver.solving import KINDS, every, in_order, problem_of, value


def pairs(sets: tuple[FoundSet, ...]) -> list[tuple[object, tuple[int, ...]]]:
    return [(each.values, each.options) for each in sets]


@pytest.mark.parametrize("first", range(5), ids=[kind.__name__ for kind in KINDS])
@pytest.mark.parametrize("batch", range(5))
def test_the_best_sets_are_those_of_trying_every_set(first: int, batch: int) -> None:
    for seed in range(20):
        rng = np.random.default_rng([first, batch, seed])
        problem, objectives = problem_of(rng, 1, 9)
        wanted = in_order(rng, objectives, first)
        count = int(rng.integers(1, 11))
        answer = best(problem, wanted, count)
        assert answer.proven
        assert pairs(answer.sets) == every(problem, wanted, count), (first, batch, seed)


@pytest.mark.parametrize("first", range(5), ids=[kind.__name__ for kind in KINDS])
def test_the_best_sets_of_larger_plans_are_those_of_trying_every_set(first: int) -> None:
    for seed in range(8):
        rng = np.random.default_rng([77, first, seed])
        problem, objectives = problem_of(rng, 12, 15, most=4, tight=True)
        wanted = in_order(rng, objectives, first)
        assert pairs(best(problem, wanted, 5).sets) == every(problem, wanted, 5), (first, seed)


@pytest.mark.parametrize("first", range(5), ids=[kind.__name__ for kind in KINDS])
def test_options_that_must_be_in_or_out_and_sets_that_are_known(first: int) -> None:
    for seed in range(25):
        rng = np.random.default_rng([5, first, seed])
        problem, objectives = problem_of(rng, 3, 8)
        wanted = in_order(rng, objectives, first)
        marks = rng.permutation(problem.options)
        inside = {int(each) for each in marks[: int(rng.integers(0, 3))]}
        outside = {int(each) for each in marks[2 : 2 + int(rng.integers(0, 3))]}
        known = [frozenset(options) for _, options in every(problem, wanted, 8)[::3]]

        def good(options: tuple[int, ...], inside=inside, outside=outside, known=known) -> bool:
            return inside <= set(options) and not outside & set(options) and frozenset(options) not in known

        answer = best(problem, wanted, 4, forced=sorted(inside), forbidden=outside, exclude=known)
        assert pairs(answer.sets) == every(problem, wanted, 4, good), (first, seed)


@pytest.mark.parametrize("first", range(5), ids=[kind.__name__ for kind in KINDS])
def test_bounds_made_on_the_way_lose_nothing(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branch, "_LESSON", 20)
    monkeypatch.setattr(branch, "_STAGED", 0)
    monkeypatch.setattr(branch, "_CHILDREN", 40)
    monkeypatch.setattr(branch, "_TIES", 1)
    for seed in range(25):
        rng = np.random.default_rng([31, first, seed])
        problem, objectives = problem_of(rng, 5, 9)
        wanted = in_order(rng, objectives, first)
        assert pairs(best(problem, wanted, 5).sets) == every(problem, wanted, 5), (first, seed)


def four(**more: object) -> Problem:
    """Four items of 3, 3, 2 and 1 for one team that is 3 short."""
    return Problem(np.arange(4), np.array([[3, 3, 2, 1]]), np.array([3]), **more)  # type: ignore[arg-type]


def test_by_hand_the_least_value_then_the_next() -> None:
    answer = best(four(), [Linear(np.array([9, 8, 5, 2]))], 3)
    assert pairs(answer.sets) == [((7,), (2, 3)), ((8,), (1,)), ((9,), (0,))]


def test_by_hand_what_depends_on_a_leaving_item_leaves_too() -> None:
    answer = best(four(requires=((3, 0),)), [Linear(np.array([9, 8, 5, 2]))], 2)
    assert pairs(answer.sets) == [((8,), (1,)), ((9,), (0,))]


def test_by_hand_a_chain_of_dependencies_counts_every_item() -> None:
    chain = four(requires=((1, 2), (2, 3)), most=2)
    assert pairs(best(chain, [Linear(np.array([9, 1, 1, 1]))], 5).sets) == [
        ((2,), (2, 3)),
        ((9,), (0,)),
        ((10,), (0, 3)),
    ]


def test_by_hand_of_one_item_only_one_option() -> None:
    # One item dropped or shrunk, and one of which both are too little.
    problem = Problem(np.array([0, 0, 1]), np.array([[4, 2, 2]]), np.array([4]))
    assert pairs(best(problem, [Linear(np.array([9, 1, 1]))], 5).sets) == [
        ((2,), (1, 2)),
        ((9,), (0,)),
        ((10,), (0, 2)),
    ]


def test_by_hand_customers_count_once() -> None:
    union = Union(np.array([5, 4]), np.array([[0, 1, 1, 1], [1, 0, 0, 0]], dtype=bool))
    problem = Problem(np.arange(4), np.array([[4, 2, 2, 3]]), np.array([4]))
    assert pairs(best(problem, [union, Count()], 3).sets) == [((4, 1), (0,)), ((5, 2), (1, 2)), ((5, 2), (1, 3))]


def test_by_hand_the_lowest_in_the_ranking_is_kept_out_first() -> None:
    ranking = Ranking(np.array([0, 1, 2, 3]))
    assert [each.options for each in best(four(), [ranking], 4).sets] == [(2, 3), (1,), (1, 3), (1, 2)]


def test_by_hand_the_mix_may_be_worth_more_than_it_needs() -> None:
    # 6 and 4 where 5 and 5 are wanted: taking 2 out of the first leaves 4 and 4.
    mix = MixDistance(np.array([[1, 2, 0], [0, 0, 1]]), np.array([6, 4]), np.array([50, 50]))
    problem = Problem(np.arange(3), np.array([[1, 2, 1]]), np.array([1]))
    assert pairs(best(problem, [mix, Count()], 2).sets) == [((0, 1), (1,)), ((0, 3), (0, 1, 2))]


@pytest.mark.parametrize("need", [0, -4])
def test_where_nothing_is_needed_taking_nothing_is_best(need: int) -> None:
    problem = Problem(np.arange(3), np.array([[1, 2, 3]]), np.array([need]))
    answer = best(problem, [Linear(np.array([1, 1, 1])), Count()], 2)
    assert pairs(answer.sets) == [((0, 0), ()), ((1, 1), (0,))]


@pytest.mark.parametrize("most", [0, 1, 6])
def test_where_nothing_is_enough_there_is_no_set_and_that_is_proven(most: int) -> None:
    problem = Problem(np.arange(3), np.array([[1, 2, 3]]), np.array([7]), (), most)
    answer = best(problem, [Linear(np.array([1, 1, 1]))], 5)
    assert (answer.sets, answer.proven) == ((), True)


def test_a_plan_without_items_has_the_empty_set_or_none() -> None:
    def bare(need: int) -> Problem:
        return Problem(np.zeros(0, dtype=int), np.zeros((1, 0), dtype=int), np.array([need]))

    assert [each.options for each in best(bare(0), [Count()]).sets] == [()]
    assert best(bare(1), [Count()]).sets == ()


def test_forcing_two_versions_of_one_item_is_impossible() -> None:
    problem = Problem(np.array([0, 0]), np.array([[1, 1]]), np.array([1]))
    assert best(problem, [Count()], forced=(0, 1)).sets == ()


def test_equal_items_come_in_the_order_of_their_numbers() -> None:
    problem = Problem(np.arange(12), np.full((2, 12), 2), np.array([4, 4]))
    answer = best(problem, [Linear(np.full(12, 3)), Count()], 4)
    assert [each.options for each in answer.sets] == [(0, 1), (0, 2), (0, 3), (0, 4)]


def test_where_everything_costs_nothing_the_other_criteria_decide() -> None:
    problem, objectives = problem_of(np.random.default_rng(3), 15, 15, most=4, tight=True)
    wanted = [Linear(np.zeros(problem.options, dtype=int)), Count(), objectives[0], objectives[1]]
    assert pairs(best(problem, wanted, 5).sets) == every(problem, wanted, 5)


def test_large_numbers_are_told_apart_to_the_last_one() -> None:
    cost = np.array([2**48 + 1, 2**48, 2**48 + 2])
    problem = Problem(np.arange(3), np.array([[2**48, 2**48, 2**48]]), np.array([2**48]))
    assert [each.options for each in best(problem, [Linear(cost)], 3).sets] == [(1,), (0,), (2,)]


def test_the_same_answer_on_every_run() -> None:
    problem, objectives = problem_of(np.random.default_rng(8), 40, 40, most=5, tight=True)
    once, again = (best(problem, objectives[:2], 5) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("patience", [0, 1, 5])
def test_the_search_stops_when_told(patience: int) -> None:
    problem, objectives = problem_of(np.random.default_rng(4), 60, 60, most=6, tight=True)
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > patience

    with pytest.raises(Stopped):
        best(problem, [objectives[2], objectives[0]], 10, stop=stop)
    assert asked == patience + 1


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda: Problem(np.arange(2), np.array([[0.5, 1]]), np.array([1])), "whole numbers"),
        (lambda: Problem(np.arange(2), np.array([[1, 1]]), np.array([1, 2])), "does not fit"),
        (lambda: Problem(np.arange(2), np.array([[2**52, 2**52]]), np.array([1])), r"2\*\*53"),
        (lambda: Problem(np.arange(2), np.array([[1, 1]]), np.array([1]), ((0, 2),)), "required that is not there"),
        (lambda: Problem(np.arange(2), np.array([[1, 1]]), np.array([1]), (), -1), "0 or more"),
        (lambda: Union(np.array([-1]), np.ones((1, 2))), "0 or more"),
        (lambda: MixDistance(np.ones((2, 2), dtype=int), np.array([2, 2]), np.array([0, 0])), "not all 0"),
        (lambda: best(four(), []), "give an objective"),
        (lambda: best(four(), [Linear(np.array([1]))]), "there are 4"),
        (lambda: best(four(), [Count()], 0), "one set at least"),
    ],
)
def test_what_cannot_be_solved_is_said_in_a_sentence(made: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        made()  # type: ignore[operator]


def test_the_values_are_those_of_the_definitions() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        problem, objectives = problem_of(rng, 4, 9)
        options = tuple(sorted(int(each) for each in rng.permutation(problem.options)[:3]))
        for objective in objectives:
            assert objective.value(options) == value(objective, options)


def test_nothing_to_choose_from_is_answered_by_every_objective():
    """No options at all: the empty set where nothing is needed, no set where something is."""
    none = np.zeros(0, dtype=np.int64)
    mix = MixDistance(np.zeros((1, 0), dtype=np.int64), np.array([1]), np.array([1]))
    for objective in (Linear(none), Count(), Ranking(none), Union(none, np.zeros((0, 0), dtype=bool)), mix):
        for need, expected in ((0, [()]), (1, [])):
            problem = Problem(none, np.zeros((1, 0), dtype=np.int64), np.array([need]))
            assert [each.options for each in best(problem, (objective,)).sets] == expected
