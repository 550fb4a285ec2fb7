"""Quarters that run, made by hand, and a slow version of their odds from the formulas alone."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from store.records import Progress, Quarter, State
from tests.scenarios.making import add

#: Thirteen weeks from a Monday on; the Monday of week 6, from which 8 of 13 are left.
FIRST, LAST, WEEK_6 = date(2027, 1, 4), date(2027, 4, 4), date(2027, 2, 8)


def runs(state: State, *told: Progress, day: date | None = WEEK_6) -> State:
    """The state in a quarter of thirteen weeks, as of that day, with this progress; before it runs without a day."""
    old = state.quarter
    add(state, Quarter.model_validate({**old.model_dump(), "starts": FIRST, "ends": LAST, "progress_on": day}))
    return add(state, *told)


def told(item_id: int, spent: float, team_id: int = 1, /, **given: object) -> Progress:
    """What an item has taken of a team; ``done=True`` for what is done."""
    if given.pop("done", False):
        given["done_on"] = date(2027, 2, 1)
    fields = {"id": 100 * item_id + team_id, "item_id": item_id, "team_id": team_id, "told_on": WEEK_6}
    return Progress.model_validate({**fields, "spent": spent, **given})


def slow_odds(sizes: list[tuple[float, float, str]], capacity: float, trials: int = 60_000) -> float:
    """The odds of one typical team whose items are (likely size, spent, "" or "done"), by throwing away what cannot be.

    Of each item efforts are drawn until there are enough that take more than was spent. The overrun is counted as the
    largest that any choice of the unfinished beside all the finished gives.
    """
    draw = np.random.default_rng(3)
    sigma, m, s = 0.6, 0.07, 0.25
    seen = [size for size in sizes if size[1] > 0]
    if seen:
        weight = (math.exp(sigma**2) - 1) / s**2 * sum(e * e for e, *_ in seen) / sum(e for e, *_ in seen)
        finished = [size for size in seen if size[2]]
        going = [size for size in seen if not size[2]]
        found = []
        for choice in range(2 ** len(going)):
            counted = finished + [one for at, one in enumerate(going) if choice >> at & 1]
            took = sum(min(a, e * math.exp(m + 1.8)) for e, a, _ in counted)
            found.append((weight * math.exp(m) + took) / (weight + sum(e for e, *_ in counted)))
        m = math.log(max(found))
    total = np.zeros(trials)
    for estimate, spent, state in sizes:
        if state:
            continue
        kept: list[np.ndarray] = []
        while sum(map(len, kept)) < trials:
            drawn = estimate * np.exp(sigma * draw.standard_normal(8 * trials) - sigma**2 / 2)
            kept.append(drawn[drawn * math.exp(m) > spent])
        total += np.concatenate(kept)[:trials] - spent / math.exp(m)
    share = np.clip(0.10 + math.hypot(0.03, 0.03) * draw.standard_normal(trials), 0, 0.9)
    limit = capacity * (1 - share) / (1 - share).mean()
    return float((total * np.exp(m + s * draw.standard_normal(trials)) <= limit).mean())
