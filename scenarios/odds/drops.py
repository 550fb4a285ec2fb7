"""Counting what every single drop of a plan would do to its odds, at once, on its own trials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

import numpy as np
import numpy.typing as npt

Trials = npt.NDArray[np.float64]


def count_drops(slack: Mapping[int, Trials], out: Iterable[Mapping[int, Trials]], trials: int) -> Iterator[int]:
    """In how many trials every team finishes after each drop.

    ``slack`` is by team id what the plan leaves, shape (trials,); ``out`` is by item the rows of draws by team id, none
    below 0.
    """
    fine = {team_id: left >= 0 for team_id, left in slack.items()}
    finishing = int(np.count_nonzero(_all(fine, trials)))
    # An item that leaves one team can only help in trials in which that team alone is short, and these are few.
    short: dict[int, tuple[npt.NDArray[np.intp], Trials]] = {}
    for leaving in out:
        if len(leaving) != 1:
            left = {team_id: slack[team_id] + row >= 0 for team_id, row in leaving.items()}
            yield int(np.count_nonzero(_all({**fine, **left}, trials)))
            continue
        ((team_id, row),) = leaving.items()
        if team_id not in short:
            others = {key: each for key, each in fine.items() if key != team_id}
            at = np.flatnonzero(_all(others, trials) & ~fine[team_id])
            short[team_id] = at, -slack[team_id][at]
        at, needed = short[team_id]
        yield finishing + int(np.count_nonzero(row[at] >= needed))


def _all(fine: Mapping[int, npt.NDArray[np.bool_]], trials: int) -> npt.NDArray[np.bool_]:
    """In which trials all of these teams finish."""
    return reduce(np.logical_and, fine.values(), np.ones(trials, dtype=bool))
