"""Whether stated odds come true: this model on public records, earlier quarters predicting later ones.

    python benchmarks/calibration.py --data FOLDER [--running] [--smoke]

The folder holds Sip-task-info.csv and est-act-dates.csv.

The records are 10,266 commercial tasks of 2004-14 (SiP, github.com/Derek-Jones/SiP_dataset). An item is a finished task
with an estimate of half a day or more; its quarter is that of its start. A plan is what one project, or one person,
started in a quarter: at least 8 items. A forecast knows the plan's estimates and the same group's earlier quarters.

For each stated p the capacity is asked at which a forecast states p; it came true if the actual sum was within it.
ECE is the mean gap between stated p and how often it came true, over p = 5, 10, ... 95%; Brier is the mean of
(p - came true)^2 over the same; CRPS is in units of each plan's sum of estimates. The last line of a table is what a
perfect forecast scores on so many independent plans, in 9 of 10 cases; these plans are not quite independent, since a
task belongs to a project and to a person. Effort only: the records say nothing of capacity, so that it is taken as
certain here.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import NormalDist

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import running
from scores import SHOWN, STATED, crps_of, ece_of, ece_of_a_perfect_forecast
from sip import CHRONICLED, FINISHED, Task, first_day, plans_of, read_groups

from scenarios.figures.sizes import Range
from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TYPICAL, TeamModel, mean_of
from scenarios.odds.team_record import FinishedQuarter, learn
from scenarios.plan.plan import Entry, Plan
from scenarios.quarter.done_dates import SURE, counted_days, with_waits
from store.records import Item, Quarter, Size, Team
from store.records.plan import EDITION, FIRST_EDITION

QUARTER_DAYS = 365.25 / 4
#: Low and high that are put on every item, as multiples of its estimate.
RANGES = (0.5, 2.0)
#: The same, with ranges that say that an item may well take more.
SKEWED = (0.6, 3.0)
QUARTER = Quarter(id=1, name="Q", starts=date(2015, 1, 1), ends=date(2015, 3, 31))
TEAM = Team(id=1, name="team")


@dataclass(frozen=True)
class Case:
    """A plan whose end is known, in engineer-weeks, and the quarters that were finished before it."""

    number: int
    estimates: tuple[float, ...]
    actuals: tuple[float, ...]
    history: tuple[FinishedQuarter, ...]

    @property
    def estimate(self) -> float:
        return math.fsum(self.estimates)

    @property
    def actual(self) -> float:
        return math.fsum(self.actuals)


@dataclass(frozen=True)
class Judged:
    """How far up its own distribution (0..1) a forecast found the actual sum; its CRPS over the sum of estimates."""

    reached: float
    crps: float


def read_cases(folder: Path, statuses: frozenset[str] = FINISHED) -> dict[str, list[Case]]:
    """The plans by project and by person, of tasks with these statuses."""
    return {
        kind: [case_of(*plan) for group in found.values() for plan in plans_of(group)]
        for kind, found in read_groups(folder, statuses).items()
    }


def case_of(number: int, tasks: Sequence[Task], history: tuple[FinishedQuarter, ...]) -> Case:
    """A plan and its end."""
    return Case(number, tuple(one.estimate for one in tasks), tuple(one.actual for one in tasks), history)


def by_model(model: TeamModel, case: Case, seed: int, ranges: tuple[float, float] | None = None) -> Judged:
    """The forecast's own odds of finishing in exactly what it took, and the CRPS of its own trials.

    With ``ranges``, every estimate is stated with these multiples of it as low and high.
    """
    # What is known here is effort: there is no capacity that unplanned work could take from.
    draws = Draws(seed, {1: replace(model, interrupt_spread=0.0)})
    entries = tuple(
        Entry(
            Item(id=at, title="item", state="plan", rank=at, draw=at),
            (
                Size(
                    id=at,
                    item_id=at,
                    team_id=1,
                    low=ranges[0] * estimate if ranges else None,
                    likely=estimate,
                    high=ranges[1] * estimate if ranges else None,
                ),
            ),
        )
        for at, estimate in enumerate(case.estimates, 1)
    )
    reached = Forecast(draws, Plan(QUARTER, (TEAM,), {1: case.actual}, entries)).odds
    total = np.sum([draws.rows(entry)[1] for entry in entries], axis=0) * draws.factor(1)
    return Judged(reached, crps_of(total, case.actual) / case.estimate)


def by_point(case: Case, buffer: float) -> Judged:
    """One sum, stated with whatever certainty is asked for."""
    stated = case.estimate * buffer
    return Judged(0.0 if case.actual <= stated else 1.0, abs(case.actual - stated) / case.estimate)


def by_pert(case: Case) -> Judged:
    """Every item (0.5, 1, 2) times its estimate, independent: mean (a + 4m + b)/6, deviation (b - a)/6, sums normal."""
    middle = case.estimate * (0.5 + 4 + 2) / 6
    deviation = math.sqrt(math.fsum((1.5 / 6 * one) ** 2 for one in case.estimates))
    normal = NormalDist()
    z = (case.actual - middle) / deviation
    crps = deviation * (z * (2 * normal.cdf(z) - 1) + 2 * normal.pdf(z) - 1 / math.sqrt(math.pi))
    return Judged(normal.cdf(z), crps / case.estimate)


def by_throughput(case: Case) -> Judged:
    """As many items at what an item took in each earlier quarter; without any, the sum of estimates."""
    values = np.array([len(case.estimates) * math.fsum(one.actuals) / len(one.actuals) for one in case.history])
    if not len(values):
        return by_point(case, 1.0)
    reached = (float((values < case.actual).sum()) + 0.5) / (len(values) + 1)
    return Judged(reached, crps_of(values, case.actual) / case.estimate)


def forecasts() -> dict[str, Callable[[int, Case], Judged]]:
    """What is compared, by name."""
    return {
        "sum of estimates": lambda _, case: by_point(case, 1.0),
        "sum + 20%": lambda _, case: by_point(case, 1.2),
        "PERT (0.5, 1, 2), independent": lambda _, case: by_pert(case),
        "throughput of earlier quarters": lambda _, case: by_throughput(case),
        "this model, no history": lambda seed, case: by_model(TYPICAL, case, seed),
        "own history, first edition": lambda seed, case: by_model(learned(case, FIRST_EDITION), case, seed),
        "this model, own history": lambda seed, case: by_model(learned(case), case, seed),
        "ranges on all, first edition": lambda seed, case: by_model(learned(case, FIRST_EDITION), case, seed, RANGES),
        "ranges on all, no history": lambda seed, case: by_model(TYPICAL, case, seed, RANGES),
        "ranges on all, own history": lambda seed, case: by_model(learned(case), case, seed, RANGES),
        "skewed ranges, own history": lambda seed, case: by_model(learned(stated(case, SKEWED)), case, seed, SKEWED),
    }


def stated(case: Case, ranges: tuple[float, float]) -> Case:
    """The same where the record holds these ranges, too, as multiples of each estimate."""
    mean = mean_of(Range(1.0, *ranges))
    return replace(
        case,
        history=tuple(replace(one, estimates=tuple(mean * each for each in one.estimates)) for one in case.history),
    )


def learned(case: Case, edition: int = EDITION) -> TeamModel:
    """What the quarters before it taught."""
    return learn(case.history, case.number, edition=edition)


def report(name: str, judged: Sequence[Judged]) -> None:
    """One line of the table."""
    reached = np.array([one.reached for one in judged])
    # A sum without a distribution (reached 0 or 1) comes true or does not, whatever is stated.
    came = reached[:, None] <= STATED
    ece = ece_of(reached)
    brier = float(((came - STATED) ** 2).mean())
    crps = float(np.mean([one.crps for one in judged]))
    shown = "  ".join(f"{100 * float((reached <= p).mean()):3.0f}%" for p in SHOWN)
    print(f"  {name:<31} {ece:5.3f}   {brier:5.3f}   {crps:5.3f}   {shown}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the SiP files")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    parser.add_argument("--running", action="store_true", help="only of quarters that run, at 25, 50 and 75%% of each")
    given = parser.parse_args()
    folder, first = given.data, -5 if given.smoke else 0
    if given.running or given.smoke:
        running.show(folder, first)
    if given.running:
        return
    cases = {kind: found[first:] for kind, found in read_cases(folder).items()}
    pooled = cases["project"] + cases["person"]
    known = [case for case in pooled if len(case.history) >= 3]
    some = [case for case in pooled if case.history]
    show(
        {
            "by project": cases["project"],
            "by person": cases["person"],
            "pooled": pooled,
            "pooled, 1+ known": some,
            "pooled, 3+ known": known,
        }
    )
    wider = read_cases(folder, FINISHED | CHRONICLED)
    show({"pooled, and with tasks marked CHRONICLE": (wider["project"] + wider["person"])[first:]})
    print("\ndates: done by this day")
    show_dates(folder, first)


# ------------------------------------------------------------------ dates

#: So many of the last quarters say how much, and how many items, a group finishes in one.
PACE = 4


def show_dates(folder: Path, first: int = 0) -> None:
    """How often "done by this day" came true: from effort, and from counting items."""
    came: dict[str, list[tuple[bool, ...]]] = {"from effort and rank": [], "throughput, items counted": []}
    groups = [group for found in read_groups(folder).values() for group in found.values()]
    for group in groups[first:]:
        for number, tasks, past in plans_of(group):
            if past:
                pace = float(np.mean([math.fsum(one.actuals) for one in past[-PACE:]]))
                count = float(np.mean([len(one.actuals) for one in past[-PACE:]]))
                draws = Draws(number, {1: learn(past, number)})
                through = np.zeros(draws.trials)
                for at, task in enumerate(sorted(tasks, key=lambda one: (one.started, one.number)), 1):
                    size = Size(id=at, item_id=at, team_id=1, likely=task.estimate)
                    entry = Entry(Item(id=at, title="item", state="plan", rank=at, draw=at), (size,))
                    luck = draws.calendar_luck(entry)
                    through = through + draws.rows(entry)[1]
                    days = QUARTER_DAYS * through / draws.limit(TEAM, pace)
                    done = (task.completed - first_day(number)).days + 1
                    for name, found in (
                        ("from effort and rank", with_waits(days, luck)),
                        ("throughput, items counted", counted_days(at - 1, count, QUARTER_DAYS, luck)),
                    ):
                        stated = np.ceil(np.quantile(found, SURE))
                        came[name].append(tuple(bool(done <= day) for day in stated))
    for name, each in came.items():
        share = np.mean(each, axis=0) if each else (0.0, 0.0)
        print(f"  {name:<31} {len(each):,} items: {share[0]:.1%} by the day at 50%, {share[1]:.1%} by that at 85%")


def show(sets: dict[str, list[Case]]) -> None:
    """Judge every case once, and print a table for each set."""
    cases = list({id(case): case for part in sets.values() for case in part}.values())
    found = {
        name: {id(case): judge(seed, case) for seed, case in enumerate(cases)} for name, judge in forecasts().items()
    }
    for title, part in sets.items():
        ratio = float(np.median([case.actual / case.estimate for case in part]))
        print(f"\n{title}: {len(part)} plans, median effort {ratio:.2f} times the estimates")
        stated = "  ".join(f"{p:4.0%}" for p in SHOWN)
        print(f"  {'forecast':<31}   ECE   Brier    CRPS   {stated} stated: came true")
        for name, judged in found.items():
            report(name, [judged[id(case)] for case in part])
        low, high = ece_of_a_perfect_forecast(len(part))
        print(f"  {'a perfect forecast':<31} {low:5.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
