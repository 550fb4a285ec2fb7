"""Whether odds come true in a quarter that runs: on the SiP records, at 25, 50 and 75% of each quarter.

What is known then: of a task that was completed, what it took; of one that was started, the part of its hours that its
working days until then are of all its working days; of the rest, the estimates; and the earlier quarters. A forecast
gives the effort that all of the plan's tasks will have taken.

ECE is of the odds stated that day, as in calibration.py. Brier is of the capacities at which the first day's forecast
states 5, 10, ... 95%: the mean of (odds of that capacity now - whether it was enough)^2, so that it falls with what
becomes known. CRPS is in units of each plan's sum of estimates.

How the rest is worked out was chosen on the plans of tasks of half a day or more. The same is scored on plans of tasks
below that, which nothing was chosen on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import numpy as np
from scores import STATED, crps_of, ece_of, ece_of_a_perfect_forecast
from sip import Task, first_day, plans_of, read_groups

from scenarios.odds.draws import Draws
from scenarios.odds.rest import rest_of
from scenarios.odds.running_record import Told, seen_so_far
from scenarios.odds.team_model import TeamModel
from scenarios.odds.team_record import FinishedQuarter, learn

#: How far the quarter is when a forecast is made.
MOMENTS = (0.25, 0.50, 0.75)
#: A quarter's number, its tasks, and the quarters that were finished before.
SipPlan: TypeAlias = tuple[int, list[Task], tuple[FinishedQuarter, ...]]


@dataclass(frozen=True)
class Standing:
    """A plan on a day of its quarter: each task's estimate and what it has taken (ew), and the team's record."""

    seed: int
    told: tuple[Told, ...]
    actual: float
    model: TeamModel

    @property
    def estimate(self) -> float:
        return math.fsum(one.estimate for one in self.told)

    @property
    def done(self) -> list[Told]:
        return [one for one in self.told if one.done]


def standing(seed: int, number: int, tasks: Sequence[Task], past: tuple[FinishedQuarter, ...], at: float) -> Standing:
    """What was known after this share of a quarter."""
    begins, ends = first_day(number), first_day(number + 1)
    day = begins + timedelta(days=round((ends - begins).days * at))
    told = []
    for task in tasks:
        if task.completed < day:
            told.append(Told(task.estimate, task.actual, True))
            continue
        days = max(1, np.busday_count(task.started, task.completed + timedelta(days=1)))
        gone = np.busday_count(task.started, day) if task.started < day else 0
        told.append(Told(task.estimate, task.actual * min(gone, days - 0.5) / days, False))
    model = replace(learn(past, number), interrupt_spread=0.0)
    return Standing(seed, tuple(told), math.fsum(task.actual for task in tasks), model)


def by_model(now: Standing, model: TeamModel) -> np.ndarray:
    """The trials of what all will have taken: what it took until now, and what is left of it."""
    draws = Draws(now.seed, {1: model})
    left = np.zeros(draws.trials)
    for at, one in enumerate(now.told):
        if not one.done:
            luck = np.random.default_rng([now.seed, 2, at]).standard_normal(draws.trials)
            left += rest_of(one.estimate, model.sigma, one.spent / math.exp(model.m) if one.spent else 0.0, luck)
    return math.fsum(one.spent for one in now.told) + left * draws.factor(1)


def unchanged(now: Standing) -> np.ndarray:
    """What was said on the first day."""
    return by_model(replace(now, told=tuple(replace(one, spent=0.0, done=False) for one in now.told)), now.model)


def as_one_more_quarter(model: TeamModel, done: Sequence[Told]) -> TeamModel:
    """What is finished as the formulas for finished quarters take it: tried beside, not what makeroom does."""
    if not done:
        return model
    total = math.fsum(one.estimate for one in done)
    noise = math.log1p(math.expm1(model.sigma**2) * math.fsum(one.estimate**2 for one in done) / total**2)
    found = math.log(math.fsum(one.spent for one in done) / total) + noise / 2
    gain = model.s**2 / (model.s**2 + noise)
    return replace(model, m=model.m + gain * (found - model.m), s=model.s * math.sqrt(1 - gain))


def percent_complete(now: Standing) -> np.ndarray:
    """The estimates, times what the finished ones took of theirs: one sum, without a spread."""
    done = math.fsum(one.estimate for one in now.done)
    took = math.fsum(one.spent for one in now.done)
    return np.array([now.estimate * took / done if done else now.estimate])


def forecasts() -> dict[str, Callable[[Standing], np.ndarray]]:
    """What is compared, by name."""
    return {
        "first day's figure, unchanged": unchanged,
        "percent complete": percent_complete,
        "this model, overrun as before": lambda now: by_model(now, now.model),
        "finished ones as one more quarter": lambda now: by_model(now, as_one_more_quarter(now.model, now.done)),
        "finished ones alone": lambda now: by_model(now, seen_so_far(now.model, now.done)),
        "this model": lambda now: by_model(now, seen_so_far(now.model, now.told)),
    }


#: The forecasts that are scored on what was held out, too.
ANEW = ("first day's figure, unchanged", "percent complete", "this model, overrun as before", "this model")


def show(folder: Path, first: int = 0) -> None:
    """Print a table for each moment: of what the formula was chosen on, then of what was held out."""
    show_tables("plans that it was chosen on", read_plans(folder)[first:], forecasts())
    anew = {name: each for name, each in forecasts().items() if name in ANEW}
    show_tables("held out: tasks below half a day", read_plans(folder, smaller=True)[first:], anew)


def read_plans(folder: Path, *, smaller: bool = False) -> list[SipPlan]:
    """All plans of projects, then those of persons."""
    found = read_groups(folder, smaller=smaller).values()
    return [plan for groups in found for group in groups.values() for plan in plans_of(group)]


def show_tables(what: str, plans: Sequence[SipPlan], compared: Mapping[str, Callable[[Standing], np.ndarray]]) -> None:
    """Print a table for each moment."""
    for at in MOMENTS:
        stands = [standing(seed, *plan, at) for seed, plan in enumerate(plans)]
        capacities = [np.quantile(unchanged(now), STATED) for now in stands]
        told = [one for now in stands for one in now.told]
        done, begun = (np.mean([one.done is is_done and one.spent > 0 for one in told]) for is_done in (True, False))
        print(f"\n{what}, at {at:.0%} of the quarter: {len(stands)} plans, {done:.0%} of items done, {begun:.0%} begun")
        print(f"  {'forecast':<34}   ECE   Brier    CRPS   stated 10 50 90%: came true")
        for name, forecast in compared.items():
            found = [forecast(now) for now in stands]
            report(name, stands, capacities, found)
            if name == "percent complete":
                report(f"{name}, its spread known", stands, capacities, with_spread(stands, found))
        low, high = ece_of_a_perfect_forecast(len(stands))
        print(f"  {'a perfect forecast':<34} {low:5.3f} to {high:.3f}", flush=True)


def with_spread(stands: Sequence[Standing], sums: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Sums with the spread (log) that they turned out to have, which is known only afterwards."""
    spread = float(np.std([math.log(now.actual / each[0]) for now, each in zip(stands, sums, strict=True)]))
    return [each * np.exp(spread * np.random.default_rng(0).standard_normal(10_000)) for each in sums]


def report(
    name: str, stands: Sequence[Standing], capacities: Sequence[np.ndarray], found: Sequence[np.ndarray]
) -> None:
    """One line of a table."""
    actuals = np.array([now.actual for now in stands])
    reached = np.array([float((trials < actual).mean()) for actual, trials in zip(actuals, found, strict=True)])
    odds = np.array([(trials[:, None] <= each).mean(axis=0) for trials, each in zip(found, capacities, strict=True)])
    brier = float(((odds - (actuals[:, None] <= np.array(capacities))) ** 2).mean())
    crps = np.mean([crps_of(trials, now.actual) / now.estimate for now, trials in zip(stands, found, strict=True)])
    shown = "  ".join(f"{100 * float((reached <= p).mean()):3.0f}%" for p in (0.1, 0.5, 0.9))
    print(f"  {name:<34} {ece_of(reached):5.3f}   {brier:5.3f}   {crps:5.3f}   {shown}")
