"""What a swap is judged on: each criterion by its name, exact on whole numbers. All are minimised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenarios.solver.problem import EXACT, Int, as_ints

#: What an objective says of a set: whole, a share, or ranks (see `Ranking`). Smaller is better.
Value = int | Fraction | tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Linear:
    """The sum of what the options cost; (options,) whole numbers of any sign."""

    cost: Int

    def __post_init__(self) -> None:
        object.__setattr__(self, "cost", as_ints("costs", self.cost))

    @property
    def options(self) -> int:
        """For how many options it is stated."""
        return len(self.cost)

    def value(self, options: Sequence[int]) -> int:
        """The cost of a set."""
        return int(self.cost[list(options)].sum())


@dataclass(frozen=True, eq=False)
class Count:
    """How many items are touched."""

    def value(self, options: Sequence[int]) -> int:
        """The size of a set."""
        return len(options)


@dataclass(frozen=True, eq=False)
class Union:
    """The weight of all who are touched, each counted once.

    ``weights``: (customers,) whole numbers of at least 0. ``members``: (customers, options) bool, who is touched by
    what.
    """

    weights: Int
    members: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", as_ints("weights", self.weights))
        object.__setattr__(self, "members", np.asarray(self.members, dtype=np.bool_))
        if self.members.ndim != 2 or len(self.members) != len(self.weights):
            raise ValueError("members are (customers, options), with a weight for each customer")
        if (self.weights < 0).any():
            raise ValueError("the weight of a customer is 0 or more")

    @property
    def options(self) -> int:
        """For how many options it is stated."""
        return int(self.members.shape[1])

    def value(self, options: Sequence[int]) -> int:
        """The weight of the customers whom a set touches."""
        return int(self.weights[self.members[:, list(options)].any(axis=1)].sum())


@dataclass(frozen=True, eq=False)
class MixDistance:
    """How far the portfolio mix is from its aims afterwards: the total variation distance of the shares, 0..1.

    ``effort``: (slices, options) what each option takes out of each slice; ``base``: (slices,) what is in each slice
    now, in the same unit; ``aims``: (slices,) parts of their sum. All whole. The distance is ``sum |after - aim * E|
    / (2 E)`` with E the effort that is left, and 1 where nothing is left.
    """

    effort: Int
    base: Int
    aims: Int

    def __post_init__(self) -> None:
        for name in ("effort", "base", "aims"):
            object.__setattr__(self, name, as_ints(name, getattr(self, name)))
        if not self.effort.ndim == 2 or not len(self.effort) == len(self.base) == len(self.aims):
            raise ValueError("effort is (slices, options), with a base and an aim for each slice")
        if (self.aims < 0).any() or not self.aims.sum():
            raise ValueError("aims are 0 or more, and not all 0")
        if (self.effort < 0).any() or (self.base < 0).any():
            raise ValueError("the effort in a slice, and what is taken out of it, is 0 or more")
        if 2 * int(self.base.sum()) * int(self.aims.sum()) >= EXACT:
            raise ValueError("effort times aims is 2**52 or more, where shares stop being exact: use larger units")

    @property
    def options(self) -> int:
        """For how many options it is stated."""
        return int(self.effort.shape[1])

    @cached_property
    def _plain(self) -> tuple[list[int], list[int], list[list[int]]]:
        """Base, aims, and effort by option, as Python's own numbers: a single set is quicker with them."""
        return self.base.tolist(), self.aims.tolist(), self.effort.T.tolist()

    def value(self, options: Sequence[int]) -> Fraction:
        """The distance of the mix from its aims without these options."""
        base, aims, efforts = self._plain
        after = list(base)
        for option in options:
            after = [slice_ - out for slice_, out in zip(after, efforts[option], strict=True)]
        left, parts = sum(after), sum(aims)
        if left <= 0:
            return Fraction(1)
        away = sum(abs(parts * slice_ - aim * left) for slice_, aim in zip(after, aims, strict=True))
        return Fraction(away, 2 * parts * left)


@dataclass(frozen=True, eq=False)
class Ranking:
    """Lowest in the ranking: of two sets, better is the one whose highest-ranked item is ranked lower, then the next
    highest.

    ``position``: (options,) the rank of the option's item, 0 the highest. A set that is another's beginning is better.
    """

    position: Int

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", as_ints("positions", self.position))

    @property
    def options(self) -> int:
        """For how many options it is stated."""
        return len(self.position)

    def value(self, options: Sequence[int]) -> tuple[int, ...]:
        """The ranks touched, highest first, negated so that smaller is better."""
        return tuple(-int(each) for each in np.sort(self.position[list(options)]))


Objective = Linear | Count | Union | MixDistance | Ranking


def check(objectives: Sequence[Objective], options: int) -> None:
    """Raise ValueError where there is no objective, or one is stated for other options."""
    if not objectives:
        raise ValueError("a search needs something to be best at: give an objective")
    for each in objectives:
        if not isinstance(each, Count) and each.options != options:
            raise ValueError(f"{type(each).__name__} is stated for {each.options} options, and there are {options}")
