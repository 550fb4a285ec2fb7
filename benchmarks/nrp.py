"""The next release problem: the published cases solved to proof, with the time each took.

    python benchmarks/nrp.py [--data DIR] [--only NAME ...] [--smoke]

``DIR`` (default ../shared/data/nrp) holds the classic and realistic instance files of Xuan and others
(doi:10.1109/TSE.2011.92) and ``optima.csv``. A budget is a share of the whole cost, rounded half up.
Ends with 1 if an answer differs or is not proven.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scenarios.solver import Selection, best_selection

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "nrp"


@dataclass(frozen=True)
class Instance:
    """Requirements with costs, which of them need which, and customers who pay for some. Counted from 0."""

    costs: list[int]
    #: (requirement, the one it needs)
    needs: list[tuple[int, int]]
    #: profit, and what is wanted for it
    customers: list[tuple[int, list[int]]]


def read(path: Path) -> Instance:
    """An instance file; readme-classic.txt beside it tells the format. Raises ValueError where it does not add up."""
    numbers = iter([int(word) for word in path.read_text(encoding="utf-8").split()])
    costs: list[int] = []
    for _ in range(next(numbers)):
        costs += [next(numbers) for _ in range(next(numbers))]
    needs = []
    for _ in range(next(numbers)):
        before, after = next(numbers) - 1, next(numbers) - 1
        needs.append((after, before))
    customers = []
    for _ in range(next(numbers)):
        profit, count = next(numbers), next(numbers)
        customers.append((profit, [next(numbers) - 1 for _ in range(count)]))
    if next(numbers, None) is not None:
        raise ValueError(f"{path.name} goes on after its last customer")
    return Instance(costs, needs, customers)


def cases(data: Path) -> list[tuple[str, int, int, int]]:
    """The cases of optima.csv: instance, percent, budget, optimum."""
    with (data / "optima.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["instance"], int(row["budget_percent"]), int(row["budget"]), int(row["optimum"]))
            for row in csv.DictReader(file)
        ]


def budget(instance: Instance, percent: int) -> int:
    """A share of the whole cost, rounded half up."""
    return (2 * percent * sum(instance.costs) + 100) // 200


def solve(instance: Instance, percent: int) -> Selection:
    """The most profit within a budget. Requirements come first, then customers, as items that cost nothing."""
    count, customers = len(instance.costs), len(instance.customers)
    value = [0] * count + [profit for profit, _ in instance.customers]
    requires = [*instance.needs]
    for place, (_, wanted) in enumerate(instance.customers):
        requires += [(count + place, requirement) for requirement in wanted]
    return best_selection(value, [instance.costs + [0] * customers], [budget(instance, percent)], requires)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--only", nargs="*", help="instances, such as nrp1 nrp-e1")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    given = parser.parse_args()
    wrong, whole = 0, 0.0
    print(f"{'case':<12}{'budget':>8}{'optimum':>9}{'found':>9}{'seconds':>9}")
    for name, percent, stated, optimum in cases(given.data)[: 1 if given.smoke else None]:
        if given.only and name not in given.only:
            continue
        instance = read(given.data / f"{name}.txt")
        started = time.perf_counter()
        found = solve(instance, percent)
        took = time.perf_counter() - started
        right = found.value == optimum and found.proven and stated == budget(instance, percent)
        wrong, whole = wrong + (not right), whole + took
        worth = "none" if found.value is None else f"{found.value:.0f}"
        print(
            f"{name + f' {percent}%':<12}{stated:>8}{optimum:>9}{worth:>9}{took:>9.2f}{'' if right else '  differs'}",
            flush=True,
        )
    print(f"{wrong} differ; {whole:.1f} s in all")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
