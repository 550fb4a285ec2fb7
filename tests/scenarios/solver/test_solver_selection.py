"""The whole plan as one choice, against every selection there is and against the published next release problems."""

import csv
import importlib.util
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from scenarios.solver import Stopped, best_selection

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data" / "nrp"
#: Those that are solved within a second or so.
QUICK = ("nrp1 30", "nrp1 70", "nrp-g4 50", "nrp-e4 30", "nrp-e1 50")


def test_the_most_value_is_that_of_trying_every_selection() -> None:
    for seed in range(60):
        rng = np.random.default_rng(seed)
        items, rows = int(rng.integers(1, 9)), int(rng.integers(1, 3))
        value = rng.integers(-2, 9, items) * (rng.random(items) < 0.8)
        costs, capacity = rng.integers(-1, 6, (rows, items)), rng.integers(0, 12, rows)
        requires = [(int(a), int(b)) for a, b in rng.integers(0, items, (int(rng.integers(0, 4)), 2))]
        marks = [int(each) for each in rng.permutation(items)]
        inside, outside = set(marks[: int(rng.integers(0, 2))]), set(marks[1 : 1 + int(rng.integers(0, 2))])
        worths = []
        for taken in product((0, 1), repeat=items):
            fits = all(
                sum(c * t for c, t in zip(row, taken, strict=True)) <= most
                for row, most in zip(costs, capacity, strict=True)
            )
            whole = all(taken[b] or not taken[a] for a, b in requires)
            if fits and whole and all(taken[each] for each in inside) and not any(taken[each] for each in outside):
                worths.append(sum(int(v) * t for v, t in zip(value, taken, strict=True)))
        found = best_selection(value, costs, capacity, requires, inside, outside)
        assert found.proven
        assert found.value == max(worths, default=None), seed
        if found.value is not None:
            chosen = np.isin(np.arange(items), found.taken)
            assert (costs @ chosen <= capacity).all()
            assert value @ chosen == found.value


@pytest.mark.skipif(not DATA.exists(), reason="the next release problems are not beside the repository")
@pytest.mark.parametrize("case", QUICK)
def test_a_published_optimum_is_found_and_proven(case: str) -> None:
    name, percent = case.rsplit(" ", 1)
    nrp = benchmark()
    with (DATA / "optima.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if (row["instance"], row["budget_percent"]) == (name, percent))
    instance = nrp.read(DATA / f"{name}.txt")
    assert nrp.budget(instance, int(percent)) == int(row["budget"])
    found = nrp.solve(instance, int(percent))
    assert (found.value, found.proven) == (int(row["optimum"]), True)


def benchmark():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("nrp_benchmark", ROOT / "benchmarks" / "nrp.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_an_item_that_is_both_in_and_out_leaves_no_selection() -> None:
    found = best_selection([1, 2], [[1, 1]], [2], fixed_in={0}, fixed_out={0})
    assert (found.taken, found.value, found.proven) == ((), None, True)


def test_a_selection_stops_when_told() -> None:
    with pytest.raises(Stopped):
        best_selection([1, 2], [[1, 1]], [1], stop=lambda: True)


def test_shapes_that_do_not_fit_are_said() -> None:
    with pytest.raises(ValueError, match="does not fit 2 rows"):
        best_selection([1, 2], [[1, 1]], [1, 1])
