"""The odds that the whole plan gets done: a simulation with common random numbers.

For a team, ``T = F * sum_i mean_i * exp(sigma_i * eps_i - sigma_i**2 / 2)`` with the shared factor
``F = exp(m + s * z_team)`` and ``z_team = sqrt(.15) * z_quarter + sqrt(.85) * z_own``; eps and z are standard normal.
A quarter finishes in a trial when every team's T is within its net capacity. Once the quarter runs, T is of what is
left (``rest``), and so is the capacity. The constants were fitted to public
records of estimates and actuals (docs/forecast.md). Net capacity is itself uncertain: unplanned work takes a share of
it that is only known on average, ``net * (1 - share) / E(1 - share)`` with the share normal, cut off at 0 and 0.9.

Draws are seeded by (workspace seed, the own ``draw`` number of an item or team), so the same plan has the same odds on
every machine, and a request keeps its odds when it gets its row in the store. Rows are rounded to 2**-20 ew: sums of
such numbers are exact in float64, so odds do not depend on the order in which items came and went.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property, reduce

import numpy as np
import numpy.typing as npt

from scenarios.odds.drops import count_drops
from scenarios.odds.rest import rest_of
from scenarios.odds.team_model import COMMON, FIRST_COMMON, MOST_INTERRUPTED, TYPICAL, TeamModel, effort_left
from scenarios.plan.plan import Entry, Plan
from scenarios.plan.progress import Moment, SizeProgress
from store.records import Size, TargetFor, Team
from store.records.plan import FIRST_EDITION

TRIALS = 10_000
_GRID = 2.0**20
#: Rows kept at a time: 80 kB each; a plan's own totals do not need them.
_KEPT = 1_500
Trials = npt.NDArray[np.float64]
#: What an item's rows depend on: its draw number, and of each size that is not done the team, mean, sigma and spent.
Key = tuple[int, tuple[tuple[int, float, float, float], ...]]

_UNTOLD = SizeProgress(0)


def _matched(sample: Trials) -> Trials:
    matched: Trials = (sample - sample.mean()) / sample.std()
    return matched


class Draws:
    """The common random numbers of one workspace: a row of trials for each item and team, made when first needed."""

    def __init__(self, seed: int, models: Mapping[int, TeamModel] | None = None, trials: int = TRIALS) -> None:
        self.seed = seed
        self.trials = trials
        self._models = dict(models or {})
        self._factors: dict[tuple[int, int | None], Trials] = {}
        self._shares: dict[tuple[int, int | None], Trials] = {}
        # Rows are made in the app's thread and, for large plans, in another one.
        self._turn = threading.Lock()
        self._rows: OrderedDict[Key, dict[int, Trials]] = OrderedDict()

    @property
    def models(self) -> Mapping[int, TeamModel]:
        """What is believed of each team that has a record, by team id."""
        return self._models

    def model(self, team_id: int) -> TeamModel:
        """What is believed of a team; a typical team where it has no record."""
        return self._models.get(team_id, TYPICAL)

    def _normal(self, *key: int) -> Trials:
        return np.random.default_rng([self.seed, *key]).standard_normal(self.trials)

    def factor(self, team_id: int, draw: int | None = None) -> Trials:
        """The shared factor of a team's quarter, shape (trials,); ``draw`` is the team's own, where it has one."""
        if (team_id, draw) not in self._factors:
            model = self.model(team_id)
            # A team that is only proposed has a negative id, and a seed may not be negative.
            own = (6, draw) if draw is not None else (1, team_id) if team_id >= 0 else (3, -team_id)
            # The shared factor decides most, so its sample is given the exact mean and spread (moment matching).
            common = FIRST_COMMON if model.edition == FIRST_EDITION else COMMON
            z = math.sqrt(common) * _matched(self._normal(0)) + math.sqrt(1 - common) * _matched(self._normal(*own))
            self._factors[team_id, draw] = np.exp(model.m + model.s * z)
        return self._factors[team_id, draw]

    def capacity(self, team_id: int, draw: int | None = None) -> Trials:
        """What there is of a team's net capacity, which is stated net of the expected interrupts; mean 1.

        Shape (trials,): more where unplanned work takes less than expected, and in reverse; where it is known
        what capacity there was in earlier quarters, as much more or less as there.
        """
        if (team_id, draw) not in self._shares:
            model = self.model(team_id)
            own = (7, draw) if draw is not None else (4, team_id) if team_id >= 0 else (5, -team_id)
            left = np.ones(self.trials)
            if model.capacity_quarters:
                left = np.exp(-model.capacity_spread * _matched(self._normal(*own)))
            elif model.interrupt_spread > 0:
                share = model.interrupt_share + model.interrupt_spread * _matched(self._normal(*own))
                left = 1 - np.clip(share, 0.0, MOST_INTERRUPTED)
            self._shares[team_id, draw] = left / left.mean()
        return self._shares[team_id, draw]

    def limit(self, team: Team, net: float) -> Trials:
        """What a team gets done of ``net`` ew in each trial, in ew before the shared factor; shape (trials,)."""
        return net * self.capacity(team.id, team.draw) / self.factor(team.id, team.draw)

    def calendar_luck(self, entry: Entry) -> tuple[Trials, Trials]:
        """How an item's turn and its waits go, standard normal, shape (trials,) each; apart from its effort."""
        return self._normal(8, entry.item.draw), self._normal(9, entry.item.draw)

    def has(self, entry: Entry) -> bool:
        """Whether an item's rows are there already."""
        return self.key(entry) in self._rows

    def key(self, entry: Entry) -> Key:
        """What an item's rows depend on."""
        return entry.item.draw, tuple(
            (size.team_id, *effort_left(size, told, self.model(size.team_id)))
            for size in entry.sizes
            for told in (entry.progress_of(size.team_id) if entry.progress else _UNTOLD,)
            if not told.done
        )

    def rows(self, entry: Entry) -> dict[int, Trials]:
        """An item's effort in ew before the shared factor, shape (trials,) for each of its teams: what is left of it
        where it was begun, and nothing of a team that is done.

        Its luck is its own and shared by its teams: one eps an item.
        """
        key = self.key(entry)
        spec = key[1]
        with self._turn:
            if key in self._rows:
                self._rows.move_to_end(key)
                return self._rows[key]
        rows: dict[int, Trials] = {}
        if spec:
            eps = self._normal(2, entry.item.draw)
            for team_id, mean, sigma, spent in spec:
                rows[team_id] = np.rint(rest_of(mean, sigma, spent, eps) * _GRID) / _GRID
        with self._turn:
            self._rows[key] = rows
            if len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        return rows


def _changes(draws: Draws, old: Plan, new: Plan) -> tuple[list[Entry], list[Entry]]:
    """The entries that only the old and only the new plan has, alike where what is drawn is."""
    # Most entries are the very same objects, and that is far quicker to see.
    olds, news = (dict(zip(map(id, plan.entries), plan.entries, strict=True)) for plan in (old, new))
    gone = {draws.key(entry): entry for at, entry in olds.items() if at not in news}
    added = {draws.key(entry): entry for at, entry in news.items() if at not in olds}
    return (
        [entry for key, entry in gone.items() if key not in added],
        [entry for key, entry in added.items() if key not in gone],
    )


class Forecast:
    """The odds of one plan, and what would change them. All figures come from the same trials."""

    def __init__(self, draws: Draws, plan: Plan, base: Forecast | None = None) -> None:
        """Simulate ``plan``; ``base``, a forecast of a similar plan on the same draws, makes that cheap."""
        self.draws = draws
        self.plan = plan
        self._limit: dict[int, Trials] = {team.id: draws.limit(team, plan.left_of(team.id)) for team in plan.teams}
        self._total: dict[int, Trials] = self._totals(base)
        self._slack = {key: self._limit[key] - self._total[key] for key in self._limit}
        self._fine = {key: slack >= 0 for key, slack in self._slack.items()}
        self._walked: dict[int, float] = {}
        self._judged: dict[int, float] = {}
        self._above: dict[int, Trials] = {}
        self._dots: dict[int, tuple[float, ...]] = {}
        self._cut: dict[tuple[int, tuple[Size, ...]], float] = {}

    def _totals(self, base: Forecast | None) -> dict[int, Trials]:
        totals = {team.id: np.zeros(self.draws.trials) for team in self.plan.teams}
        added: Iterable[Entry] = self.plan.entries
        if base is not None and base.draws is self.draws:
            # By what is drawn, not by record: an item that was just stored, or edited in words, is still the same.
            gone, fresh = _changes(self.draws, base.plan, self.plan)
            if len(gone) + len(fresh) < len(self.plan.entries):
                added = fresh
                totals.update({key: total.copy() for key, total in base._total.items() if key in totals})
                for entry in gone:
                    for team_id, row in self.draws.rows(entry).items():
                        if team_id in totals:
                            totals[team_id] -= row
        for entry in added:
            for team_id, row in self.rows(entry).items():
                totals[team_id] += row
        return totals

    def with_plan(self, plan: Plan) -> Forecast:
        """The forecast of a similar plan on the same draws."""
        return Forecast(self.draws, plan, self)

    def with_capacity(
        self,
        net: Mapping[int, float],
        target: float | None = None,
        new_teams: Sequence[Team] = (),
        target_for: TargetFor | None = None,
        moment: Moment | None = None,
    ) -> Forecast:
        """The same items with other net capacities (ew by team id), another target, and teams that have no items yet.

        ``moment`` is where the quarter stands then, where people's weeks changed. Equal to a forecast made afresh, at
        the cost of the teams of which something else is left: what the items take stays.
        """
        plan = self.plan
        teams, given = (*plan.teams, *new_teams), {**plan.net, **net}
        later = replace(
            plan,
            teams=teams,
            net={team.id: given.get(team.id, 0.0) for team in teams},
            target=plan.target if target is None else target,
            target_for=target_for or plan.target_for,
            moment=moment or plan.moment,
        )
        found = copy(self)
        # What was found out of these items on that capacity holds no longer, whatever it is called.
        for name in [name for name, kind in vars(Forecast).items() if isinstance(kind, cached_property)]:
            found.__dict__.pop(name, None)
        found.plan = later
        found._walked, found._above, found._dots, found._cut, found._judged = {}, {}, {}, {}, {}
        found._limit, found._total = dict(self._limit), dict(self._total)
        found._slack, found._fine = dict(self._slack), dict(self._fine)
        for team in teams:
            if team.id in self._limit and later.left_of(team.id) == plan.left_of(team.id):
                continue
            total = found._total.setdefault(team.id, np.zeros(self.draws.trials))
            limit = self.draws.limit(team, later.left_of(team.id))
            found._limit[team.id], found._slack[team.id] = limit, limit - total
            found._fine[team.id] = found._slack[team.id] >= 0
        return found

    def rows(self, entry: Entry) -> Mapping[int, Trials]:
        """An item's effort by team id, as :meth:`Draws.rows`. Raises ValueError where a team is not in the plan."""
        rows = self.draws.rows(entry)
        if not rows.keys() <= self._limit.keys():
            raise ValueError(f"“{entry.item.title}” has a size for a team that is not in this plan")
        return rows

    @property
    def slack(self) -> Mapping[int, Trials]:
        """By team id, what is left of the capacity in each trial, in ew before the shared factor; shape (trials,)."""
        return self._slack

    @cached_property
    def odds(self) -> float:
        """P(every team finishes all that is planned within its net capacity), 0..1."""
        return self._joint(self._fine)

    def _joint(self, fine: Mapping[int, npt.NDArray[np.bool_]]) -> float:
        if not fine:
            return 1.0
        return float(np.count_nonzero(reduce(np.logical_and, fine.values()))) / self.draws.trials

    def judge(self, fine: Mapping[int, npt.NDArray[np.bool_]]) -> float:
        """What the target is held against, of teams by the trials in which each finishes: their odds together, or the
        lowest of a team where the target is each team's."""
        if not self.plan.each_team:
            return self._joint(fine)
        return min((self._joint({key: each}) for key, each in fine.items()), default=1.0)

    @cached_property
    def judged(self) -> float:
        """The odds that the target is held against: :attr:`odds`, or those of the team that has the lowest."""
        return self.judge(self._fine)

    @property
    def fits(self) -> bool:
        """Whether the plan reaches its target odds."""
        return self.judged >= self.plan.target

    def judged_if(self, out: Iterable[Entry] = (), come: Iterable[Entry] = ()) -> float:
        """As :meth:`odds_if`, of what the target is held against."""
        return self.judge(self._fine_if(out, come))

    def odds_if(self, out: Iterable[Entry] = (), come: Iterable[Entry] = ()) -> float:
        """The odds when ``out`` leave and ``come`` come in, each of which must be / not be in the plan."""
        return self._joint(self._fine_if(out, come))

    def _fine_if(self, out: Iterable[Entry], come: Iterable[Entry]) -> Mapping[int, npt.NDArray[np.bool_]]:
        slack: dict[int, Trials] = {}
        for sign, entries in ((1.0, out), (-1.0, come)):
            for entry in entries:
                for team_id, row in self.rows(entry).items():
                    left = slack.get(team_id, self._slack[team_id])
                    slack[team_id] = left + row if sign > 0 else left - row
        return {**self._fine, **{key: value >= 0 for key, value in slack.items()}}

    def drops(self) -> dict[int, float]:
        """By item id, the odds after every possible single drop: as :meth:`odds_if` one by one, in less time."""
        entries = self.plan.entries
        counts = count_drops(self._slack, map(self.rows, entries), self.draws.trials)
        return {entry.item.id: count / self.draws.trials for entry, count in zip(entries, counts, strict=True)}

    def if_cut(self, entry: Entry) -> float:
        """By how much (-1..1) the odds change when a planned item leaves, or when another one comes in."""
        key = (entry.item.id, entry.sizes)
        if key not in self._cut:
            planned = entry.item.id in self._ids
            odds = self.odds_if(out=(entry,)) if planned else self.odds_if(come=(entry,))
            self._cut[key] = odds - self.odds
        return self._cut[key]

    def reaches_without(self, entry: Entry) -> bool:
        """Whether the target is reached when a planned item leaves, or when another one comes in."""
        if not self.plan.each_team:
            return self.odds + self.if_cut(entry) >= self.plan.target
        planned = entry.item.id in self._ids
        return self.judged_if((entry,) if planned else (), () if planned else (entry,)) >= self.plan.target

    @cached_property
    def _ids(self) -> frozenset[int]:
        return frozenset(entry.item.id for entry in self.plan.entries)

    @property
    def item_odds(self) -> dict[int, float]:
        """By item id: P(this item and all ranked above it on its teams finish). Never below :attr:`odds`."""
        for entry in self.plan.entries[len(self._walked) :]:
            self._walk(entry)
        return self._walked

    def item_odds_of(self, item_id: int) -> float:
        """One planned item's odds, at the cost of the items above it. Raises KeyError where it is not in plan."""
        for entry in self.plan.entries[len(self._walked) :]:
            if item_id in self._walked:
                break
            self._walk(entry)
        return self._walked[item_id]

    def _walk(self, entry: Entry) -> None:
        """The next item down the rank."""
        fine: dict[int, npt.NDArray[np.bool_]] = {}
        for team_id, row in self.rows(entry).items():
            self._above[team_id] = self._above[team_id] + row if team_id in self._above else row
            fine[team_id] = self._above[team_id] <= self._limit[team_id]
        self._walked[entry.item.id] = self._joint(fine)
        self._judged[entry.item.id] = self.judge(fine)

    def at_risk(self, item_id: int) -> bool:
        """Whether a planned item's own odds do not reach the target. Raises KeyError where it is not in plan."""
        self.item_odds_of(item_id)
        return self._judged[item_id] < self.plan.target

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
        others = [fine for key, fine in self._fine.items() if key != team_id and not self.plan.each_team]
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
        that each go where they help most. Where the target is each team's, what each is short of, exactly.
        """
        if self.fits:
            return {}
        alone = {team.id: -self._give(team.id) for team in self.plan.teams}
        if self.plan.each_team:
            return {key: weeks for key, weeks in alone.items() if weeks > 0}
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
        # Small enough to be fair, large enough to end soon where a range dwarfs its likely value.
        worst = sum(max(0.0, -float(each.min())) for each in slack.values())
        step = max(0.05, min(most, self.plan.load_left) / 40, worst / 4_000)
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
        """P10, P50 and P90 of the effort that the plan will take over all teams (ew); once it runs, of what is left."""
        if not self._total:
            return (0.0, 0.0, 0.0)
        teams = {team.id: team for team in self.plan.teams}
        spent = np.sum([total * self.draws.factor(key, teams[key].draw) for key, total in self._total.items()], axis=0)
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


class Filling:
    """Takes items into a plan one by one while the odds hold, at the cost of one item's draws each."""

    def __init__(self, forecast: Forecast) -> None:
        self._forecast = forecast
        self._slack = dict(forecast.slack)
        self.odds = forecast.odds

    def take(self, entry: Entry) -> frozenset[int]:
        """Take an item in if the odds then still reach the target; else the ids of its teams that are full for it."""
        rows = self._forecast.rows(entry)
        slack = {**self._slack, **{team_id: self._slack[team_id] - row for team_id, row in rows.items()}}
        fine = {team_id: each >= 0 for team_id, each in slack.items()}
        odds = self._forecast._joint(fine)
        plan = self._forecast.plan
        # What all teams are held against together is spent for all teams of an item alike.
        held = {key: self._forecast._joint({key: fine[key]}) if plan.each_team else odds for key in rows}
        full = frozenset(key for key, reached in held.items() if reached < plan.target)
        if not full:
            self._slack, self.odds = slack, odds
        return full
