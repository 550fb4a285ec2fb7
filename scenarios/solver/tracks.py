"""How the branching carries each objective: sums it keeps, exact columns to compare, and what its bounds relax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
import numpy.typing as npt

from scenarios.solver.objectives import Count, Linear, MixDistance, Objective, Ranking, Union, Value
from scenarios.solver.problem import EXACT, Chosen, Float, Int

#: A value as columns of floats whose order is the order of the values; only shares may be equal and yet differ.
Columns = tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Relaxation:
    """A bound in terms of a track's sums: cost of each, a constant, and constraints within boxes (see `Relaxed`)."""

    cost: Float  # (sums,)
    constant: float
    gain: Float  # (sums, constraints)
    need: Float  # (constraints,)
    low: Float
    high: Float
    #: the bound that nothing worth finding exceeds
    reach: float


class Track:
    """An objective with nothing to bound it by; the others say more."""

    #: (options, sums) what each option adds to the sums kept for each partial set
    sums: Float
    #: difference between neighbouring values, 0 where not known
    grain: float = 0.0
    #: whether taking more never makes it smaller
    grows = False
    #: how many columns a value has
    width = 1
    #: whether equal columns say that values are equal
    exact = True

    def columns(self, chosen: Chosen, sums: Float) -> list[Float]:
        """Exact columns of many sets; ``chosen``: (sets, most) options, -1 for none; ``sums``: (sets, sums)."""
        raise NotImplementedError

    def ceiling(self, value: Value) -> Columns:
        """The columns of one value."""
        return () if isinstance(value, tuple) else (float(value),)

    def relax(self, reach: float) -> Relaxation | None:
        """The bound, given that only values up to ``reach`` matter (infinite where nothing is found yet)."""
        return None

    def limit(self, reach: float) -> tuple[Float, float] | None:
        """Weights of the sums and what they must reach in any set that is no worse than ``reach``."""
        return None


class LinearTrack(Track):
    """A sum of costs."""

    def __init__(self, cost: Int) -> None:
        self.sums = cost.astype(np.float64)[:, None]
        self.grain = float(gcd(*map(int, cost))) or 1.0
        self.grows = bool((cost >= 0).all())

    def columns(self, chosen: Chosen, sums: Float) -> list[Float]:
        """What `Track.columns` says."""
        return [sums[:, 0]]

    def relax(self, reach: float) -> Relaxation:
        """What `Track.relax` says."""
        none = np.zeros(0)
        return Relaxation(np.ones(1), 0.0, np.zeros((1, 0)), none, none, none, reach)

    def limit(self, reach: float) -> tuple[Float, float]:
        """What `Track.limit` says."""
        return np.array([-1.0]), -reach


class UnionTrack(Track):
    """Customers counted once: bounded by each one's weight split over the options that touch them."""

    grows = True

    def __init__(self, union: Union, most: int) -> None:
        members = union.members & (union.weights > 0)[:, None]
        kept = members.any(axis=1)
        self.members = members[kept].T.astype(np.float64)  # (options, customers)
        self.weights = union.weights[kept].astype(np.float64)
        touching = np.maximum(np.minimum(self.members.sum(axis=0), max(most, 1)), 1)
        self.split = self.members * (self.weights / touching)
        self.sums = self.split.sum(axis=1)[:, None]
        self.alone = self.members @ self.weights
        self.grain = float(gcd(*map(int, union.weights))) or 1.0
        self.padded = np.vstack([self.members, np.zeros((1, len(self.weights)))]).astype(np.bool_)

    def waiting(self, chosen: Chosen) -> npt.NDArray[np.bool_]:
        """(sets, customers) who is touched."""
        waiting = self.padded[chosen[:, 0]] if chosen.shape[1] else np.zeros((len(chosen), len(self.weights)), np.bool_)
        for place in range(1, chosen.shape[1]):
            waiting = waiting | self.padded[chosen[:, place]]
        return waiting

    def columns(self, chosen: Chosen, sums: Float) -> list[Float]:
        """What `Track.columns` says."""
        return [self.waiting(chosen) @ self.weights]

    def relax(self, reach: float) -> Relaxation:
        """What `Track.relax` says."""
        none = np.zeros(0)
        return Relaxation(np.ones(1), 0.0, np.zeros((1, 0)), none, none, none, reach)

    def limit(self, reach: float) -> tuple[Float, float]:
        """What `Track.limit` says."""
        # The splits are rounded: a hair more is allowed.
        return np.array([-1.0]), -reach - 1e-9 * float(self.weights.sum())


class MixTrack(Track):
    """A distance of shares: bounded, for distances below one that is known, by signs for the slices (Dinkelbach
    1967).
    """

    exact = False

    def __init__(self, mix: MixDistance) -> None:
        self.sums = mix.effort.T.astype(np.float64)
        self.base = mix.base.astype(np.float64)
        self.parts = int(mix.aims.sum())
        self.aims = mix.aims.astype(np.float64)
        self.start = float(mix.value(()))

    def columns(self, chosen: Chosen, sums: Float) -> list[Float]:
        """What `Track.columns` says."""
        after = self.base - sums
        left = after.sum(axis=1)
        away = np.abs(self.parts * after - self.aims * left[:, None]).sum(axis=1)
        # Whole numbers below 2**53 divided: rounded, but never in the wrong order.
        return [np.divide(away, 2 * self.parts * left, out=np.ones_like(away), where=left > 0)]

    def relax(self, reach: float) -> Relaxation:
        """What `Track.relax` says."""
        ratio = min(reach, self.start if np.isinf(reach) else reach) * (1 + 1e-15)
        slices = len(self.base)
        aims = self.aims / self.parts
        return Relaxation(
            cost=np.full(slices, 2 * ratio),
            constant=-2 * ratio * float(self.base.sum()),
            gain=np.eye(slices) - aims[None, :],
            need=self.base - aims * self.base.sum(),
            low=np.full(slices, -1.0),
            high=np.full(slices, 1.0),
            reach=0.0 if np.isfinite(reach) else np.inf,
        )


class RankingTrack(Track):
    """Ranks as digits, the highest first, several to a column."""

    def __init__(self, ranking: Ranking, most: int) -> None:
        self.sums = np.zeros((len(ranking.position), 0))
        distinct = sorted(set(ranking.position.tolist()))
        dense = np.searchsorted(np.array(distinct, dtype=np.int64), ranking.position)
        self.digit = {rank: len(distinct) - place for place, rank in enumerate(distinct)}
        self.digits = np.append(len(distinct) - dense, 0).astype(np.int64)
        self.order = np.argsort(dense, kind="stable")
        self.per_column, self.most = 1, max(most, 1)
        # Without options there is nothing to tell apart, and one column holds it.
        while distinct and (len(distinct) + 1) ** (self.per_column + 1) < EXACT:
            self.per_column += 1
        self.radix = len(distinct) + 1
        self.width = -(-self.most // self.per_column)

    def _pack(self, digits: Int) -> list[Float]:
        wide = np.zeros((len(digits), self.width * self.per_column), dtype=np.int64)
        wide[:, : digits.shape[1]] = digits
        powers = self.radix ** np.arange(self.per_column - 1, -1, -1, dtype=np.int64)
        return [
            (wide[:, place * self.per_column : (place + 1) * self.per_column] @ powers).astype(np.float64)
            for place in range(self.width)
        ]

    def columns(self, chosen: Chosen, sums: Float) -> list[Float]:
        """What `Track.columns` says."""
        return self._pack(-np.sort(-self.digits[chosen], axis=1))

    def ceiling(self, value: Value) -> Columns:
        """What `Track.ceiling` says."""
        ranks = value if isinstance(value, tuple) else ()
        digits = np.array([self.digit[-each] for each in ranks], dtype=np.int64).reshape(1, -1)
        return tuple(float(column[0]) for column in self._pack(digits))


def tracks(objectives: Sequence[Objective], options: int, most: int) -> list[Track]:
    """A track for each objective."""
    made: list[Track] = []
    for each in objectives:
        if isinstance(each, Linear):
            made.append(LinearTrack(each.cost))
        elif isinstance(each, Count):
            made.append(LinearTrack(np.ones(options, dtype=np.int64)))
        elif isinstance(each, Union):
            made.append(UnionTrack(each, most))
        elif isinstance(each, MixDistance):
            made.append(MixTrack(each))
        else:
            made.append(RankingTrack(each, most))
    return made
