"""Counting all single drops and all one-for-one exchanges of a plan at once, on its own trials.

In a trial an exchange finishes when on every team ``slack + row of who leaves >= row of who comes``. On a team that
only one of the two is on, that can be asked of each alone: such answers are kept as bits, 64 trials a word, and a pair
costs one ``and``. Only a team that both are on is compared trial by trial, for all who would come in at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

Trials = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]


def count_drops(slack: Mapping[int, Trials], out: Iterable[Mapping[int, Trials]], trials: int) -> Iterator[int]:
    """In how many trials every team finishes after each drop; arguments as :func:`count_exchanges`."""
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


def count_exchanges(
    slack: Mapping[int, Trials],
    out: Sequence[Mapping[int, Trials]],
    come: Sequence[Mapping[int, Trials]],
    trials: int,
) -> npt.NDArray[np.int64]:
    """In how many trials every team finishes after each exchange, shape (out, come).

    ``slack`` is by team id what the plan leaves, shape (trials,); ``out`` and ``come`` are the rows of draws of items
    by team id, none below 0. Memory grows with the rows of ``come``, twice, and not with the number of pairs.
    """
    fine = {team_id: left >= 0 for team_id, left in slack.items()}
    comers = {team_id: [at for at, rows in enumerate(come) if team_id in rows] for team_id in slack}
    stacked = {team_id: np.stack([come[at][team_id] for at in chosen]) for team_id, chosen in comers.items() if chosen}
    alone = {team_id: _bits(slack[team_id] >= rows) for team_id, rows in stacked.items()}
    counts = np.zeros((len(out), len(come)), dtype=np.int64)
    for at, leaving in enumerate(out):
        left = {team_id: slack[team_id] + row for team_id, row in leaving.items()}
        after = _all({**fine, **{team_id: each >= 0 for team_id, each in left.items()}}, trials)
        bits = np.repeat(_bits(after[np.newaxis]), len(come), axis=0)
        for team_id, rows in stacked.items():
            bits[comers[team_id]] &= _bits(left[team_id] >= rows) if team_id in left else alone[team_id]
        np.bitwise_count(bits).sum(axis=1, dtype=np.int64, out=counts[at])
    return counts


def _all(fine: Mapping[int, npt.NDArray[np.bool_]], trials: int) -> npt.NDArray[np.bool_]:
    """In which trials all of these teams finish."""
    return reduce(np.logical_and, fine.values(), np.ones(trials, dtype=bool))


def _bits(fine: npt.NDArray[np.bool_]) -> Bits:
    """The answers of each row, (rows, trials), as words of 64; what is left of the last word is 0."""
    packed = np.packbits(fine, axis=1)
    words = np.zeros((len(fine), -(-packed.shape[1] // 8)), dtype=np.uint64)
    words.view(np.uint8)[:, : packed.shape[1]] = packed
    return words
