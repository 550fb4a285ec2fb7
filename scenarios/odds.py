"""The odds that the whole plan gets done: a simulation with common random numbers.

For a team, ``T = F * sum_i mean_i * exp(sigma_i * eps_i - sigma_i**2 / 2)`` with the shared factor
``F = exp(m + s * z_team)`` and ``z_team = sqrt(.5) * z_quarter + sqrt(.5) * z_own``; eps and z are standard normal.
A quarter finishes in a trial when every team's T is within its net capacity. The constants were fitted to public
records of estimates and actuals (docs/forecast.md).

Draws are seeded by (workspace seed, the item's own ``draw`` number), so the same plan has the same odds on every
machine, and a request keeps its odds when it gets its row in the store. Every row is rounded to 2**-20 ew: sums of
such numbers are exact in float64, so odds do not depend on the order in which items came and went.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenarios.plan import Entry, Plan
from store.records import Size

TRIALS = 10_000
#: log standard deviation of one item where its range says nothing
SIGMA = 0.60
#: typical bias (log), its uncertainty for an unknown team, and the spread from quarter to quarter
BIAS, OMEGA, TAU = 0.07, 0.20, 0.15
#: part of the shared factor's variance that all teams have in common
COMMON = 0.5
#: ln(P90/P10) of a normal with standard deviation 1
DECILES = 2.563

_GRID = 2.0**20
#: Rows kept at a time: 80 kB each; a plan's own totals do not need them.
_KEPT = 1_500

Trials = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TeamModel:
    """What is believed of a team: item spread ``sigma``, bias ``m``, shared spread ``s``, all in logs."""

    sigma: float = SIGMA
    m: float = BIAS
    s: float = math.hypot(OMEGA, TAU)
    finished_quarters: int = 0


TYPICAL = TeamModel()


def mean_of(size: Size) -> float:
    """Mean effort in ew: the likely size, or Swanson's mean ``.3 low + .4 likely + .3 high`` of a stated range."""
    if size.low is None or size.high is None:
        return size.likely
    return 0.3 * size.low + 0.4 * size.likely + 0.3 * size.high


def sigma_of(size: Size, team_sigma: float = SIGMA) -> float:
    """Log standard deviation: half of the variance from the stated range, half from the team's record."""
    if size.low is None or size.high is None or size.low <= 0:
        return team_sigma
    stated = math.log(max(size.high / size.low, 1.0)) / DECILES
    return math.sqrt(0.5 * stated**2 + 0.5 * team_sigma**2)


def _matched(sample: Trials) -> Trials:
    matched: Trials = (sample - sample.mean()) / sample.std()
    return matched


class Draws:
    """The common random numbers of one workspace: a row of trials for each item and team, made when first needed."""

    def __init__(self, seed: int, models: Mapping[int, TeamModel] | None = None, trials: int = TRIALS) -> None:
        self.seed = seed
        self.trials = trials
        self._models = dict(models or {})
        self._factors: dict[int, Trials] = {}
        self._rows: OrderedDict[tuple[int, tuple[tuple[int, float, float], ...]], dict[int, Trials]] = OrderedDict()

    def model(self, team_id: int) -> TeamModel:
        """What is believed of a team; a typical team where it has no record."""
        return self._models.get(team_id, TYPICAL)

    def _normal(self, *key: int) -> Trials:
        return np.random.default_rng([self.seed, *key]).standard_normal(self.trials)

    def factor(self, team_id: int) -> Trials:
        """The shared factor of a team's quarter, shape (trials,)."""
        if team_id not in self._factors:
            model = self.model(team_id)
            # A team that is only proposed has a negative id, and a seed may not be negative.
            own = (1, team_id) if team_id >= 0 else (3, -team_id)
            # The shared factor decides most, so its sample is given the exact mean and spread (moment matching).
            z = math.sqrt(COMMON) * _matched(self._normal(0)) + math.sqrt(1 - COMMON) * _matched(self._normal(*own))
            self._factors[team_id] = np.exp(model.m + model.s * z)
        return self._factors[team_id]

    def rows(self, entry: Entry) -> dict[int, Trials]:
        """An item's effort in ew before the shared factor, shape (trials,) for each of its teams.

        Its luck is its own and shared by its teams: one eps an item.
        """
        spec = tuple(
            (size.team_id, mean_of(size), sigma_of(size, self.model(size.team_id).sigma)) for size in entry.sizes
        )
        key = (entry.item.draw, spec)
        if key in self._rows:
            self._rows.move_to_end(key)
            return self._rows[key]
        rows: dict[int, Trials] = {}
        if spec:
            eps = self._normal(2, entry.item.draw)
            for team_id, mean, sigma in spec:
                row = mean * np.exp(sigma * eps - sigma**2 / 2)
                rows[team_id] = np.rint(row * _GRID) / _GRID
        self._rows[key] = rows
        if len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        return rows


class Forecast:
    """The odds of one plan, and what would change them. All figures come from the same trials."""

    def __init__(self, draws: Draws, plan: Plan, base: Forecast | None = None) -> None:
        """Simulate ``plan``; ``base``, a forecast of a similar plan on the same draws, makes that cheap."""
        self.draws = draws
        self.plan = plan
        self._limit: dict[int, Trials] = {team.id: plan.net[team.id] / draws.factor(team.id) for team in plan.teams}
        self._total: dict[int, Trials] = self._totals(base)
        self._slack = {key: self._limit[key] - self._total[key] for key in self._limit}
        self._fine = {key: slack >= 0 for key, slack in self._slack.items()}
        self._dots: dict[int, tuple[float, ...]] = {}
        self._cut: dict[tuple[int, tuple[Size, ...]], float] = {}

    def _totals(self, base: Forecast | None) -> dict[int, Trials]:
        totals = {team.id: np.zeros(self.draws.trials) for team in self.plan.teams}
        added: Iterable[Entry] = self.plan.entries
        if base is not None and base.draws is self.draws:
            old = {(entry.item.draw, entry.sizes): entry for entry in base.plan.entries}
            new = {(entry.item.draw, entry.sizes): entry for entry in self.plan.entries}
            gone = [entry for key, entry in old.items() if key not in new]
            added = [entry for key, entry in new.items() if key not in old]
            if len(gone) + len(added) < len(new):
                totals.update({key: total.copy() for key, total in base._total.items() if key in totals})
                for entry in gone:
                    for team_id, row in self.draws.rows(entry).items():
                        if team_id in totals:
                            totals[team_id] -= row
            else:
                added = self.plan.entries
        for entry in added:
            for team_id, row in self.draws.rows(entry).items():
                totals[team_id] += row
        return totals

    @cached_property
    def odds(self) -> float:
        """P(every team finishes all that is planned within its net capacity), 0..1."""
        return self._joint(self._fine)

    def _joint(self, fine: Mapping[int, npt.NDArray[np.bool_]]) -> float:
        if not fine:
            return 1.0
        return float(np.count_nonzero(np.logical_and.reduce(list(fine.values())))) / self.draws.trials

    @property
    def fits(self) -> bool:
        """Whether the plan reaches its target odds."""
        return self.odds >= self.plan.target

    def odds_if(self, out: Iterable[Entry] = (), come: Iterable[Entry] = ()) -> float:
        """The odds when ``out`` leave and ``come`` come in, each of which must be / not be in the plan."""
        slack: dict[int, Trials] = {}
        for sign, entries in ((1.0, out), (-1.0, come)):
            for entry in entries:
                for team_id, row in self.draws.rows(entry).items():
                    slack[team_id] = slack.get(team_id, self._slack[team_id]) + sign * row
        return self._joint({**self._fine, **{key: value >= 0 for key, value in slack.items()}})

    def if_cut(self, entry: Entry) -> float:
        """By how much (-1..1) the odds change when a planned item leaves, or when another one comes in."""
        key = (entry.item.id, entry.sizes)
        if key not in self._cut:
            planned = entry.item.id in self._ids
            odds = self.odds_if(out=(entry,)) if planned else self.odds_if(come=(entry,))
            self._cut[key] = odds - self.odds
        return self._cut[key]

    @cached_property
    def _ids(self) -> frozenset[int]:
        return frozenset(entry.item.id for entry in self.plan.entries)

    @cached_property
    def item_odds(self) -> dict[int, float]:
        """By item id: P(this item and all ranked above it on its teams finish). Never below :attr:`odds`."""
        sums = {team.id: np.zeros(self.draws.trials) for team in self.plan.teams}
        found: dict[int, float] = {}
        for entry in self.plan.entries:
            fine: dict[int, npt.NDArray[np.bool_]] = {}
            for team_id, row in self.draws.rows(entry).items():
                sums[team_id] += row
                fine[team_id] = sums[team_id] <= self._limit[team_id]
            found[entry.item.id] = self._joint(fine)
        return found

    @cached_property
    def room(self) -> dict[int, float]:
        """By team id: how many more planned ew would bring the odds down to the target; 0 where below it."""
        return {team.id: max(0.0, self._give(team.id)) for team in self.plan.teams}

    def _give(self, team_id: int) -> float:
        """Largest x (ew, negative: smallest that must leave) for which the odds with x more on the team reach the
        target; -inf where no x of this team alone is enough. Exact on the trials: an order statistic of the slack."""
        needed = math.ceil(self.plan.target * self.draws.trials - 1e-9)
        if needed == 0:
            return math.inf
        others = [fine for key, fine in self._fine.items() if key != team_id]
        slack = self._slack[team_id]
        if others:
            slack = slack[np.logical_and.reduce(others)]
        if len(slack) < needed:
            return -math.inf
        return float(np.partition(slack, len(slack) - needed)[len(slack) - needed])

    @cached_property
    def short(self) -> dict[int, float]:
        """By team id: how many planned ew must leave to bring the odds back up to the target; empty where it fits.

        The least total that was found: from one team alone, exact on the trials, or from several, in small steps
        that each go where they help most.
        """
        if self.fits:
            return {}
        alone = {team.id: -self._give(team.id) for team in self.plan.teams}
        best = min(alone, key=lambda key: alone[key])
        together = self._short_together(alone[best]) if len(alone) > 1 else {}
        if together and sum(together.values()) < alone[best]:
            return together
        return {best: alone[best]}

    def _short_together(self, most: float) -> dict[int, float]:
        """What must leave over several teams, in no more than ``most`` ew in all; empty where that is not enough."""
        needed = math.ceil(self.plan.target * self.draws.trials - 1e-9)
        # A removal helps by lifting a team's slack; only trials that can still finish matter, so steps are cheap.
        slack = dict(self._slack)
        taken = dict.fromkeys(slack, 0.0)
        step = max(0.05, min(most, self.plan.load) / 40)
        while sum(taken.values()) < most:
            fine = {key: value >= 0 for key, value in slack.items()}
            if np.count_nonzero(np.logical_and.reduce(list(fine.values()))) >= needed:
                return {key: value for key, value in taken.items() if value > 0}
            tries = {key: self._joint({**fine, key: slack[key] + step >= 0}) for key in slack}
            # Where no single step helps (two teams far over), the one that finishes least often gives.
            chosen = max(tries, key=lambda key: (tries[key], -np.count_nonzero(fine[key])))
            slack[chosen] = slack[chosen] + step
            taken[chosen] += step
        return {}

    @cached_property
    def load_range(self) -> tuple[float, float, float]:
        """P10, P50 and P90 of the effort that the plan will take over all teams, in ew."""
        if not self._total:
            return (0.0, 0.0, 0.0)
        spent = np.sum([total * self.draws.factor(key) for key, total in self._total.items()], axis=0)
        low, middle, high = np.quantile(spent, (0.1, 0.5, 0.9))
        return float(low), float(middle), float(high)

    def dots(self, count: int = 50) -> tuple[float, ...]:
        """``count`` equally likely quarters as load of the tightest team over its capacity; up to 1 finishes."""
        if count not in self._dots:
            self._dots[count] = self._make_dots(count)
        return self._dots[count]

    def _make_dots(self, count: int) -> tuple[float, ...]:
        worst = np.zeros(self.draws.trials)
        for key, total in self._total.items():
            limit = self._limit[key]
            # A team without capacity finishes only what is nothing.
            with np.errstate(over="ignore"):
                ratio = np.divide(total, limit, out=np.where(total > 0, np.inf, 0.0), where=limit > 0)
            np.maximum(worst, ratio, out=worst)
        at = ((np.arange(count) + 0.5) * self.draws.trials / count).astype(int)
        return tuple(float(value) for value in np.partition(worst, at)[at])

    @cached_property
    def team_odds(self) -> dict[int, float]:
        """By team id: P(this team finishes what it has in plan)."""
        return {key: float(np.count_nonzero(fine)) / self.draws.trials for key, fine in self._fine.items()}
