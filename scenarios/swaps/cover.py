"""The linear cover: by how much, in risk-adjusted engineer-weeks, each option brings each team back to the target.

Odds are joint over teams and need the trials; a solver needs sums. So effort is replaced by
``a = mean + z / (2 sd) * variance``, the tangent of ``mu + z * sd`` at the present plan, with z of each team from the
quantiles of the plan's own trials, and "the odds reach the target" by "every team frees what it is short of at one
common quantile", at which shifting all teams by just that much brings the joint odds to the target. Both are measured
in whole thousandths of an engineer-week, so that a set covers or does not. Sets made so are judged on the trials.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import mean_of, sigma_of
from scenarios.plan.plan import Entry
from scenarios.swaps.options import Options

Int = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]

#: Units of the cover in one engineer-week.
UNITS = 1_000
#: By so much the tangent may be off for the least that a team needs.
_ROUNDING = 0.08


@dataclass(frozen=True)
class Cover:
    """``teams`` are those with something short; ``frees`` (teams, options), ``needs`` and ``least`` (teams,) in ew.

    ``needs`` bring the odds of all teams together to the target, ``least`` each team's own odds: no set that fits does
    with less of any team, whatever it frees on the others.
    """

    options: Options
    teams: tuple[int, ...]
    frees: Float
    needs: Float
    least: Float
    #: by team, points of odds (0..1) that one more ew buys at the target, for "safest odds"
    worth: Float

    @classmethod
    def of(cls, options: Options, target: float | None = None) -> Cover:
        """The cover of a trade at its target, or at other odds (0..1)."""
        asked = options.trade.asked
        target = asked.plan.target if target is None else target
        shifts = common_quantile(asked, target)
        teams = tuple(key for key, shift in shifts.items() if shift > 0)
        frees = np.zeros((len(teams), len(options.all)))
        for row, team_id in enumerate(teams):
            slack = asked.slack[team_id]
            spread = float(slack.std())
            z = (float(slack.mean()) + shifts[team_id]) / spread if spread > 0 else 0.0
            for at, each in enumerate(options.all):
                mean, variance = moments(asked, each.entry, team_id)
                if each.stays is not None:
                    less, calmer = moments(asked, each.stays, team_id)
                    mean, variance = mean - less, variance - calmer
                frees[row, at] = mean + (z / (2 * spread) * variance if spread > 0 else 0.0)
        needs = np.array([shifts[key] for key in teams])
        least = np.array([_own_shift(asked, key, target) for key in teams])
        return cls(options, teams, frees, needs, least, _marginal(asked, teams, shifts))

    @cached_property
    def short(self) -> float:
        """What must leave over all teams, in risk-adjusted ew."""
        return float(self.needs.sum())

    def rows(self, share: float = 1.0) -> tuple[Int, Int]:
        """(rows, need) for the solver, both in thousandths of an ew.

        What is asked goes from the least (``share`` 0) to what all teams together need (1), and beyond it (2: twice).
        """
        least = self.least * (1 - _ROUNDING)
        need = least + share * (self.needs - least) if share <= 1 else self.needs * share
        return (
            np.floor(self.frees * UNITS + 1e-6).astype(np.int64),
            np.ceil(need * UNITS - 1e-6).astype(np.int64),
        )


def _own_shift(forecast: Forecast, team_id: int, target: float) -> float:
    """What brings one team's own odds to the target (ew); 0 where they reach it."""
    needed = math.ceil(target * forecast.draws.trials - 1e-9)
    slack = forecast.slack[team_id]
    at = len(slack) - max(needed, 1)
    return max(0.0, -float(np.partition(slack, at)[at]))


def common_quantile(forecast: Forecast, target: float, *, give_back: bool = False) -> dict[int, float]:
    """By team id, the shift (ew, before the shared factor) with which the joint odds just reach a target, each team's
    taken from its own trials at one common quantile: above 0 it is short.

    With ``give_back``, a team with room gives it up (below 0); without, it stays as it is (0).
    """
    trials = forecast.draws.trials
    ordered = {key: np.sort(slack) for key, slack in forecast.slack.items()}
    needed = math.ceil(target * trials - 1e-9)
    if needed <= 0 or not ordered:
        return dict.fromkeys(ordered, 0.0)
    own = forecast.plan.each_team

    def shifts(count: int) -> dict[int, float]:
        # With `count` trials in which a team finishes: its (trials - count)th smallest slack must not be below 0.
        found = {key: -float(each[trials - count]) for key, each in ordered.items()}
        return found if give_back else {key: max(0.0, shift) for key, shift in found.items()}

    def reaches(count: int) -> bool:
        fine = [forecast.slack[key] + shift >= 0 for key, shift in shifts(count).items()]
        return int(np.count_nonzero(np.logical_and.reduce(fine))) >= needed

    # Where the target is each team's, the quantile is the target itself.
    low, high = needed, needed if own else trials
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle + 1, high)
    return shifts(low)


def moments(forecast: Forecast, entry: Entry, team_id: int) -> tuple[float, float]:
    """Mean and variance of an item's effort on a team, before the shared factor (ew, ew squared)."""
    if entry.progress:
        # What is left of it has no such formula: as it is in the trials.
        row = forecast.rows(entry).get(team_id)
        return (0.0, 0.0) if row is None else (float(row.mean()), float(row.var()))
    for size in entry.sizes:
        if size.team_id == team_id:
            model = forecast.draws.model(team_id)
            mean = mean_of(size, model.edition)
            return mean, mean**2 * math.expm1(min(sigma_of(size, model.sigma) ** 2, 50.0))
    return 0.0, 0.0


def _marginal(forecast: Forecast, teams: tuple[int, ...], shifts: dict[int, float]) -> Float:
    """By team, the points of odds that one more ew buys once all are shifted to the target; never below a trace."""
    moved = {key: slack + shifts[key] for key, slack in forecast.slack.items()}
    step = 0.5
    fine = {key: slack >= 0 for key, slack in moved.items()}
    found = []
    for team_id in teams:
        tries = {**fine, team_id: moved[team_id] + step >= 0}
        gain = np.count_nonzero(np.logical_and.reduce(list(tries.values())))
        base = np.count_nonzero(np.logical_and.reduce(list(fine.values())))
        found.append(max(1.0, float(gain - base)) / forecast.draws.trials / step)
    return np.array(found)
