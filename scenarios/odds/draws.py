"""The common random numbers of a workspace: a row of trials for each item and team, made when first needed."""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from scenarios.odds.team_model import COMMON, FIRST_COMMON, MOST_INTERRUPTED, TYPICAL, TeamModel, effort_left
from scenarios.plan.plan import Entry, Plan
from scenarios.plan.progress import SizeProgress
from store.records import Team
from store.records.plan import FIRST_EDITION

if TYPE_CHECKING:
    # Loaded with the first trial: what was noted of a plan is told without.
    import numpy as np
    import numpy.typing as npt

    from scenarios.odds.answers import Answers

TRIALS = 10_000
_GRID = 2.0**20
#: Rows kept at a time: 80 kB each; a plan's own totals do not need them.
_KEPT = 1_500
Trials: TypeAlias = "npt.NDArray[np.float64]"
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
        #: what was noted of plans on these draws, by their stamps
        self.noted: Mapping[str, Answers] = {}
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
        import numpy as np

        return np.random.default_rng([self.seed, *key]).standard_normal(self.trials)

    def factor(self, team_id: int, draw: int | None = None) -> Trials:
        """The shared factor of a team's quarter, shape (trials,); ``draw`` is the team's own, where it has one."""
        if (team_id, draw) not in self._factors:
            import numpy as np

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
            import numpy as np

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

    def stamp(self, entry: Entry) -> str:
        """Another one where an item's rows are other ones."""
        return repr((entry.item.id, self.key(entry)))

    def plan_stamp(self, plan: Plan) -> str:
        """Another one where a forecast of a plan may say something else, in 64 hex digits."""
        follows_from = (
            (self.seed, self.trials, sorted(self._models.items())),
            [(team.id, team.draw, plan.left_of(team.id)) for team in plan.teams],
            [(self.stamp(entry), entry.left) for entry in plan.entries],
            (plan.target, plan.target_for),
        )
        return hashlib.sha256(repr(follows_from).encode()).hexdigest()

    def answers(self, plan: Plan) -> Answers | None:
        """What was noted of a plan; None where nothing was."""
        return self.noted.get(self.plan_stamp(plan)) if self.noted else None

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
            import numpy as np

            from scenarios.odds.rest import rest_of

            eps = self._normal(2, entry.item.draw)
            for team_id, mean, sigma, spent in spec:
                rows[team_id] = np.rint(rest_of(mean, sigma, spent, eps) * _GRID) / _GRID
        with self._turn:
            self._rows[key] = rows
            if len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        return rows
