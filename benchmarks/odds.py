"""Figures of the forecast beside plain numpy that simulates everything again, and of the pie.

    python benchmarks/odds.py [--runs N] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from scenarios.odds.draws import TRIALS, Draws
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import BIAS, COMMON, MOST_INTERRUPTED, OMEGA, TAU, TYPICAL, mean_of, sigma_of
from scenarios.plan.plan import Entry, Plan
from scenarios.plan.progress import Moment, SizeProgress, TeamMoment
from store.records import Item, Quarter, Size, Team
from tui.drawing import colours, pie
from tui.drawing.scene import Scene, Wedge

TEAMS = 3


def item_of(number: int) -> Entry:
    """One item, on one team."""
    likely = 1.0 + number % 5
    size = Size(
        id=number + 1,
        item_id=number + 1,
        team_id=number % TEAMS + 1,
        low=0.6 * likely,
        likely=likely,
        high=1.8 * likely,
    )
    item = Item(id=number + 1, title=f"item {number}", state="plan", rank=number, draw=1000 + number)
    return Entry(item, (size,))


def plan_of(count: int) -> Plan:
    """A plan of this many items on three teams, near its target."""
    quarter = Quarter(id=1, name="Q1", starts=date(2027, 1, 1), ends=date(2027, 3, 31))
    teams = tuple(Team(id=number + 1, name=f"team {number}", position=number) for number in range(TEAMS))
    entries = tuple(item_of(number) for number in range(count))
    load = sum(entry.ew for entry in entries) / TEAMS
    return Plan(quarter, teams, {team.id: 1.45 * load for team in teams}, entries)


def in_its_middle(plan: Plan) -> Plan:
    """The plan when half of its weeks are left, and of every three items one is done and one is begun."""
    moment = Moment(date(2027, 2, 15), 7, 13, 0.5, {team.id: TeamMoment(0.5) for team in plan.teams})
    entries = []
    for number, entry in enumerate(plan.entries):
        (size,) = entry.sizes
        done = date(2027, 2, 1) if number % 3 == 0 else None
        told = SizeProgress(size.team_id, spent=size.likely / 2, done_on=done)
        entries.append(entry if number % 3 == 2 else replace(entry, progress=(told,)))
    return replace(plan, entries=tuple(entries), moment=moment)


def plain_odds(plan: Plan, seed: int = 7) -> float:
    """The same model straight from the formula, every draw made anew."""
    generator = np.random.default_rng(seed)
    common = generator.standard_normal(TRIALS)
    totals = {team.id: np.zeros(TRIALS) for team in plan.teams}
    for entry in plan.entries:
        for size in entry.sizes:
            sigma = sigma_of(size)
            totals[size.team_id] += mean_of(size) * np.exp(sigma * generator.standard_normal(TRIALS) - sigma**2 / 2)
    fine = np.ones(TRIALS, dtype=bool)
    for team in plan.teams:
        z = math.sqrt(COMMON) * common + math.sqrt(1 - COMMON) * generator.standard_normal(TRIALS)
        share = TYPICAL.interrupt_share + TYPICAL.interrupt_spread * generator.standard_normal(TRIALS)
        net = plan.net[team.id] * (1 - np.clip(share, 0, MOST_INTERRUPTED)) / (1 - TYPICAL.interrupt_share)
        fine &= np.exp(BIAS + math.hypot(OMEGA, TAU) * z) * totals[team.id] <= net
    return float(fine.mean())


def best(work: Callable[[], object], runs: int) -> float:
    """The shortest of some runs, in milliseconds."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return 1000 * min(found)


def forecast_figures(count: int, runs: int) -> None:
    """One table: what each question costs, and what plain numpy takes for it."""
    plan = plan_of(count)
    draws = Draws(7)
    base = Forecast(draws, plan)
    middle = plan.entries[count // 2]
    out = plan.without((middle,))
    # The same plan in the middle of its quarter, a third of it begun, and as much done.
    half = in_its_middle(plan)
    halfway = Forecast(draws, half)
    whole, less = best(lambda: plain_odds(plan), runs), best(lambda: plain_odds(out), runs)
    # What takes microseconds is repeated until the clock has warmed up.
    questions: tuple[tuple[str, Callable[[], object], float, int], ...] = (
        ("first forecast, no draws yet", lambda: Forecast(Draws(7), plan).odds, whole, runs),
        ("forecast from kept draws", lambda: Forecast(draws, plan).odds, whole, runs),
        ("one item toggled, its odds", lambda: base.odds_if(out=(middle,)), less, 20 * runs),
        ("one item toggled, a forecast", lambda: Forecast(draws, out, base).odds, less, 20 * runs),
        ("every single drop", base.drops, less * count, runs),
        ("odds of every item", lambda: Forecast(draws, plan, base).item_odds, whole, runs),
        ("once it runs, from kept draws", lambda: Forecast(draws, half).odds, whole, runs),
        ("once it runs, one toggled", lambda: halfway.odds_if(out=(half.entries[1],)), less, 20 * runs),
        ("once it runs, every drop", halfway.drops, less * count, runs),
        ("50 likely quarters", lambda: Forecast(draws, plan, base).dots(50), whole, runs),
    )
    print(f"\n{count:,} planned items, {TEAMS} teams, {TRIALS:,} trials, best of {runs}")
    print(f"odds {base.odds:.1%}, in plain numpy {plain_odds(plan):.1%} (other draws)")
    print(f"{'':>30}  {'here':>11}  {'plain numpy':>16}  plain / here")
    for name, work, plain, times in questions:
        here = best(work, times)
        print(f"{name:>30}  {here:8.3f} ms  {plain:13,.1f} ms  {plain / here:12,.1f}")


def pie_figures(runs: int) -> None:
    """Drawing the pie with aims and a preview."""
    shades = colours.palette("makeroom-dark")
    after, aims, before = (
        tuple(Wedge(letter, share) for letter, share in zip("FIQDO", shares, strict=True))
        for shares in ((0.48, 0.2, 0.14, 0.07, 0.11), (0.5, 0.2, 0.15, 0.1, 0.05), (0.44, 0.19, 0.17, 0.09, 0.11))
    )
    scenes = [Scene((Wedge("F", 0.48 + step / 200), *after[1:]), aims, before, "10→7\npts off") for step in range(9)]
    print("\nThe pie, with aims and what it was before")
    for width, height in ((31, 15), (41, 21)):
        pie.draw(scenes[0], width, height, shades)
        took = best(lambda: [pie.draw(scene, width, height, shades) for scene in scenes], runs) / len(scenes)  # noqa: B023
        print(f"{f'{width}x{height}':>30}  {took:7.2f} ms")


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="the best of N counts (default 7)")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    chosen = parser.parse_args()
    runs = 1 if chosen.smoke else max(1, chosen.runs)
    for count in (20,) if chosen.smoke else (50, 500, 5_000):
        # Where a run takes seconds, the best of two will do.
        forecast_figures(count, runs if count < 5_000 else min(runs, 2))
    pie_figures(runs)


if __name__ == "__main__":
    main()
