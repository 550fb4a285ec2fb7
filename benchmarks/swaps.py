"""The best swaps: the search beside HiGHS, the whole answer, stopping, and what a second thread feels.

    python benchmarks/swaps.py [--seeds N] [--only ITEMS ...] [--quick] [--smoke]

README.md beside this file tells how to read what it prints.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from scenarios.solver import best, best_by_highs
from scenarios.swaps import Stopped, Swaps
from scenarios.swaps.explain import claim
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_item
from store.records import Capacity, Customer, Item, Quarter, Record, Size, Slice, State, Team, Wait, WorkspaceInfo

PLANS = ((20, 100), (60, 500), (200, 5_000), (1_000, 20_000))
SLICES = (("F", 50), ("I", 20), ("Q", 15), ("D", 10), ("O", 5))
#: Odds of the plan before the request, and its target.
ODDS, TARGET = 0.72, 0.70
ASKED = 1_000_000
#: Past this planned size HiGHS takes minutes a case, and is asked for fewer of them.
HIGHS_CASES = {200: 5, 1_000: 1}


def state_of(planned: int, backlog: int, seed: int) -> State:
    """A quarter of two or three teams, with values for all items, and some that customers wait for."""
    rng = np.random.default_rng([seed, planned])
    state, teams = State(), int(rng.integers(2, 4))

    def add(*records: Record) -> None:
        for record in records:
            state.tables[record.table][record.id] = record

    add(WorkspaceInfo(id=1, name="bench", seed=seed))
    add(Quarter(id=1, name="Q1", starts=date(2027, 1, 1), ends=date(2027, 3, 31), target=TARGET))
    for number, (letter, aim) in enumerate(SLICES, 1):
        add(Slice(id=number, letter=letter, name=letter, aim=aim, position=number))
    for number in range(1, 13):
        add(Customer(id=number, name=f"customer {number}", arr=float(rng.integers(1, 90)) * 1_000))
    load = dict.fromkeys(range(1, teams + 1), 0.0)
    waits = 0
    for number in range(1, planned + backlog + 1):
        kept = number <= planned
        letter = SLICES[int(rng.choice(5, p=(0.5, 0.2, 0.15, 0.1, 0.05)))][0]
        value = float(rng.integers(1, 100))
        place = "plan" if kept else "below"
        given = {"id": number, "title": f"item {number}", "state": place, "rank": number, "draw": number}
        add(Item.model_validate({**given, "slice": letter, "value": value}))
        for team in rng.permutation(teams)[: 1 + int(rng.random() < 0.25)] + 1:
            likely = round(float(rng.lognormal(0.7, 0.6)), 1) + 0.1
            ends = {"low": 0.6 * likely, "high": 1.8 * likely} if rng.random() < 0.5 else {}
            size = {"id": 10 * number + int(team), "item_id": number, "team_id": int(team), "likely": likely}
            add(Size.model_validate({**size, **ends}))
            load[int(team)] += likely * kept
        if kept and rng.random() < 0.25:
            waits += 1
            add(Wait(id=waits, item_id=number, customer_id=int(rng.integers(1, 13))))
    for team_id in load:
        add(Team(id=team_id, name=f"team {team_id}", position=team_id))
    low, high = 1.0, 2.5
    for _ in range(10):
        middle = (low + high) / 2
        for team_id, weeks in load.items():
            add(Capacity(id=team_id, quarter_id=1, team_id=team_id, net=round(middle * weeks, 2)))
        low, high = (middle, high) if forecast_of(state).odds < ODDS else (low, middle)
    # An ordinary request: some items' worth on one team, a little on another; more where the plan is large.
    weeks = 2.0 + 0.03 * sum(load.values()) / teams
    given = {"id": ASKED, "title": "asked", "state": "inbox", "rank": 0.0, "draw": ASKED, "value": 50.0}
    add(Item.model_validate(given))
    first, second = (int(team) + 1 for team in rng.permutation(teams)[:2])
    add(Size(id=ASKED, item_id=ASKED, team_id=first, likely=weeks))
    add(Size(id=ASKED + 1, item_id=ASKED, team_id=second, likely=weeks / 3))
    return state


def trade_of(planned: int, backlog: int, seed: int) -> Trade:
    """A request that does not fit, its forecasts made."""
    state = state_of(planned, backlog, seed)
    trade = Trade.of(state, propose_item(state, ASKED), forecast_of(state))
    if trade.fits:
        raise ValueError(f"the request of {planned} items, seed {seed}, fits as it is")
    return trade


def took(began: float) -> float:
    """Milliseconds since."""
    return 1000 * (time.perf_counter() - began)


def held_up(trade: Trade) -> float:
    """The longest (ms) that a thread which wakes every millisecond waits beyond it while all rows are found."""
    over, longest = threading.Event(), [0.0]

    def tick() -> None:
        while not over.is_set():
            began = time.perf_counter()
            time.sleep(0.001)
            longest[0] = max(longest[0], took(began) - 1)

    ticking = threading.Thread(target=tick)
    ticking.start()
    Swaps(trade).best()
    over.set()
    ticking.join()
    return longest[0]


def stopping(trade: Trade, whole: float, at: float) -> float:
    """How long (ms) a search goes on once it is told to stop, at a share of its time (``whole`` ms)."""
    told = [0.0]
    ends = time.perf_counter() + at * whole / 1000

    def stop() -> bool:
        now = time.perf_counter()
        if now < ends:
            return False
        told[0] = told[0] or ends
        return True

    try:
        Swaps(trade, stop).best()
    except Stopped:
        return took(ends)
    return 0.0


def spread(values: list[float]) -> str:
    """Median and worst."""
    return f"{statistics.median(values):8.1f} {max(values):8.1f}" if values else f"{'-':>8} {'-':>8}"


def measure(planned: int, backlog: int, seeds: int) -> None:
    """One line of the table."""
    branch, other, whole, stops, waits = [], [], [], [], []
    criteria: dict[str, list[float]] = {}
    proven = claimed = rows = differ = 0
    rng = np.random.default_rng(5)
    for seed in range(seeds):
        trade = trade_of(planned, backlog, seed)
        swaps = Swaps(trade)
        problem, objectives = swaps.criteria.problem("value", 1.0, 0.0), swaps.criteria.objectives("value")[:1]
        began = time.perf_counter()
        found = best(problem, objectives, 5)
        branch.append(took(began))
        proven += found.proven
        if seed < HIGHS_CASES.get(planned, seeds):
            began = time.perf_counter()
            second = best_by_highs(problem, objectives, 5)
            other.append(took(began))
            differ += [each.values for each in found.sets] != [each.values for each in second.sets]
        began = time.perf_counter()
        swaps = Swaps(trade)
        swaps.best()
        whole.append(took(began))
        swaps = Swaps(trade)
        order = sorted(swaps.available, key=lambda each: each in ("odds", "aims"))
        for criterion in order:
            began = time.perf_counter()
            for swap in swaps.ranked(criterion, 1):
                criteria.setdefault(criterion, []).append(took(began))
                if criterion not in ("odds", "aims"):
                    rows += 1
                    claimed += claim(swaps, swap, criterion).on_trials
        stops.append(stopping(trade, whole[-1], float(rng.uniform(0.05, 0.9))))
        waits.append(held_up(trade))
    times = [theirs / ours for theirs, ours in zip(other, branch, strict=False)]
    ratio = statistics.median(times) if times else 0
    print(
        f"{f'{planned:,}/{backlog:,}':>13} {spread(branch)} {proven:>4}/{seeds:<3}{spread(other)}"
        f" {ratio:7.1f} {differ:>6}  {spread(whole)}  {spread(stops)}  {spread(waits)}"
    )
    parts = ", ".join(f"{key} {statistics.median(values):.1f}" for key, values in criteria.items())
    print(f"{'':>13} medians by criterion: {parts}; claimed for the trials {claimed} of {rows}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, metavar="N", help="plans of each size (default 20)")
    parser.add_argument("--quick", action="store_true", help="three plans of each size, and none of 1,000 items")
    parser.add_argument("--only", type=int, nargs="*", metavar="ITEMS", help="planned items, such as 60 200")
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    given = parser.parse_args()
    print("milliseconds, median and worst of the plans; load of the machine:", os.getloadavg()[0])
    print(
        f"{'plan':>13} {'five best sets':>17} {'proven':>8}{'HiGHS':>17} {'ratio':>7} {'differ':>6}  "
        f"{'all rows':>17}  {'to stop':>17}  {'other thread':>17}"
    )
    seeds = 1 if given.smoke else 3 if given.quick else max(1, given.seeds)
    for planned, backlog in PLANS[: 1 if given.smoke else 3 if given.quick else None]:
        if given.only and planned not in given.only:
            continue
        measure(planned, backlog, seeds)


if __name__ == "__main__":
    main()
