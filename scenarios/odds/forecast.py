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
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property, reduce
from typing import TYPE_CHECKING

from scenarios.odds.answers import DOTS, Answers
from scenarios.odds.draws import Draws, Trials
from scenarios.plan.plan import Entry, Plan, differing
from scenarios.plan.progress import Moment
from store.records import Size, TargetFor, Team

if TYPE_CHECKING:
    # Loaded with the first trial: what was noted of a plan is told without.
    import numpy as np
    import numpy.typing as npt


class Forecast:
    """The odds of one plan, and what would change them. All figures come from the same trials."""

    def __init__(self, draws: Draws, plan: Plan, base: Forecast | None = None) -> None:
        """Simulate ``plan``; ``base``, a forecast of a similar plan on the same draws, makes that cheap. What the draws
        have answers of is simulated once something else is asked."""
        self.draws = draws
        self.plan = plan
        self._walked: dict[int, float] = {}
        self._judged: dict[int, float] = {}
        self._above: dict[int, Trials] = {}
        self._dots: dict[int, tuple[float, ...]] = {}
        self._cut: dict[tuple[int, tuple[Size, ...]], float] = {}
        self._told: Mapping[str, float] = {}
        self._base = base
        noted = draws.answers(plan)
        if noted is None:
            self.simulate()
        else:
            self._recall(noted)

    def simulate(self) -> None:
        """Have all trials made."""
        _ = self._total, self._fine
        self._base = None

    def adopt(self, other: Forecast) -> None:
        """Take the trials of another forecast of this plan, which was simulated."""
        self.__dict__.update({name: other.__dict__[name] for name in ("_limit", "_total", "_slack", "_fine")})

    def answers(self, others: Iterable[Entry] = ()) -> Answers:
        """All that is asked to draw the plan, with what ``others`` would change if they came in, to be noted."""
        entries = {entry.item.id: entry for entry in (*self.plan.entries, *others) if entry.sized}
        return Answers(
            odds=self.odds,
            judged=self.judged,
            team_odds=dict(self.team_odds),
            room=dict(self.room),
            short=dict(self.short),
            load_range=self.load_range,
            dots=self.dots(DOTS),
            item_odds=dict(self.item_odds),
            item_judged=dict(self._judged),
            cuts={self.draws.stamp(entry): self.if_cut(entry) for entry in entries.values()},
        )

    def _recall(self, noted: Answers) -> None:
        found = {name: getattr(noted, name) for name in ("odds", "judged", "team_odds", "room", "short", "load_range")}
        self.__dict__.update(found)
        self._dots = {len(noted.dots): noted.dots}
        self._walked, self._judged, self._told = dict(noted.item_odds), dict(noted.item_judged), noted.cuts

    @cached_property
    def _limit(self) -> dict[int, Trials]:
        return {team.id: self.draws.limit(team, self.plan.left_of(team.id)) for team in self.plan.teams}

    @cached_property
    def _slack(self) -> dict[int, Trials]:
        return {key: self._limit[key] - self._total[key] for key in self._limit}

    @cached_property
    def _fine(self) -> dict[int, npt.NDArray[np.bool_]]:
        return {key: slack >= 0 for key, slack in self._slack.items()}

    @cached_property
    def _total(self) -> dict[int, Trials]:
        import numpy as np

        base = self._base
        totals = {team.id: np.zeros(self.draws.trials) for team in self.plan.teams}
        added: Iterable[Entry] = self.plan.entries
        if base is not None and base.draws is self.draws:
            # By what is drawn, not by record: an item that was just stored, or edited in words, is still the same.
            gone, fresh = differing(base.plan, self.plan, self.draws.key)
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
        import numpy as np

        self.simulate()
        found = copy(self)
        # What was found out of these items on that capacity holds no longer, whatever it is called.
        for name in [name for name, kind in vars(Forecast).items() if isinstance(kind, cached_property)]:
            found.__dict__.pop(name, None)
        found.plan = later
        found._walked, found._above, found._dots, found._cut, found._judged = {}, {}, {}, {}, {}
        found._told = {}
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
        return self.joint(self._fine)

    def joint(self, fine: Mapping[int, npt.NDArray[np.bool_]]) -> float:
        """The odds that all teams finish, by the trials in which each does."""
        if not fine:
            return 1.0
        import numpy as np

        return float(np.count_nonzero(reduce(np.logical_and, fine.values()))) / self.draws.trials

    def judge(self, fine: Mapping[int, npt.NDArray[np.bool_]]) -> float:
        """What the target is held against, of teams by the trials in which each finishes: their odds together, or the
        lowest of a team where the target is each team's."""
        if not self.plan.each_team:
            return self.joint(fine)
        return min((self.joint({key: each}) for key, each in fine.items()), default=1.0)

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
        return self.joint(self._fine_if(out, come))

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
        from scenarios.odds.drops import count_drops

        entries = self.plan.entries
        counts = count_drops(self._slack, map(self.rows, entries), self.draws.trials)
        return {entry.item.id: count / self.draws.trials for entry, count in zip(entries, counts, strict=True)}

    def if_cut(self, entry: Entry) -> float:
        """By how much (-1..1) the odds change when a planned item leaves, or when another one comes in."""
        key = (entry.item.id, entry.sizes)
        if key not in self._cut:
            told = self._told.get(self.draws.stamp(entry)) if self._told else None
            self._cut[key] = self._change(entry) if told is None else told
        return self._cut[key]

    def _change(self, entry: Entry) -> float:
        planned = entry.item.id in self._ids
        return (self.odds_if(out=(entry,)) if planned else self.odds_if(come=(entry,))) - self.odds

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
        self._walked[entry.item.id] = self.joint(fine)
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
        import numpy as np

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
        import numpy as np

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
            tries = {key: self.joint({**fine, key: slack[key] + step >= 0}) for key in slack}
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
        import numpy as np

        teams = {team.id: team for team in self.plan.teams}
        spent = np.sum([total * self.draws.factor(key, teams[key].draw) for key, total in self._total.items()], axis=0)
        low, middle, high = np.quantile(spent, (0.1, 0.5, 0.9))
        return float(low), float(middle), float(high)

    def dots(self, count: int = DOTS) -> tuple[float, ...]:
        """``count`` equally likely quarters as load of the tightest team over its capacity; up to 1 finishes."""
        if count not in self._dots:
            self._dots[count] = self._make_dots(count)
        return self._dots[count]

    def _make_dots(self, count: int) -> tuple[float, ...]:
        import numpy as np

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
        import numpy as np

        return {key: float(np.count_nonzero(fine)) / self.draws.trials for key, fine in self._fine.items()}
