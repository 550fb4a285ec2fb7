"""The exact problem behind a swap: which planned items leave (or shrink), at the least of a named criterion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Int = npt.NDArray[np.int64]
#: (sets, most) the options of many sets, -1 for none
Chosen = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Float = npt.NDArray[np.float64]
Stop = Callable[[], bool]
#: Sums below this are exact in float64, which is what the searches calculate in.
EXACT = 2**53


class Stopped(Exception):  # noqa: N818 - it is what was asked for, not an error
    """The search was told to stop before it had an answer."""


def as_ints(name: str, values: npt.ArrayLike) -> Int:
    """An int64 array of values that are whole already; raises ValueError where they are not, or sums would be
    inexact.
    """
    given = np.asarray(values)
    if given.size and given.dtype.kind not in "iub":
        raise ValueError(f"{name} must be whole numbers: round them in a smaller unit first")
    made = given.astype(np.int64)
    if made.size and float(np.abs(made.astype(np.float64)).sum()) >= EXACT:
        raise ValueError(f"{name} add up to 2**53 or more, where sums stop being exact: use a larger unit")
    return made


@dataclass(frozen=True, eq=False)
class Problem:
    """Which options to take: at most one of each item, at least what each row needs, at the least cost.

    ``item``: (options,) index of the item an option belongs to: an item may be dropped, or shrunk to one of its
    versions. ``rows``: (rows, options) whole numbers, what an option gives in each row, of any sign; ``rows @ taken
    >= need``. ``requires``: pairs (a, b): who takes option a takes option b. ``most``: at most so many items touched.
    Raises ValueError where shapes do not fit, numbers are not whole, or sums would not be exact in float64.
    """

    item: Int
    rows: Int
    need: Int
    requires: tuple[tuple[int, int], ...] = ()
    most: int = 6

    def __post_init__(self) -> None:
        item, need = as_ints("items", self.item), as_ints("needs", self.need)
        rows = as_ints("rows", self.rows)
        if item.ndim != 1 or need.ndim != 1 or rows.shape != (len(need), len(item)):
            raise ValueError(
                f"rows are (rows, options): {rows.shape} does not fit {need.shape} needs, {item.shape} options"
            )
        if any(not 0 <= each < len(item) for pair in self.requires for each in pair):
            raise ValueError("an option is required that is not there")
        if self.most < 0:
            raise ValueError("the most items touched is 0 or more")
        for name, value in (("item", item), ("need", need), ("rows", rows)):
            object.__setattr__(self, name, value)

    @property
    def options(self) -> int:
        """How many options there are."""
        return len(self.item)

    @cached_property
    def closures(self) -> tuple[tuple[int, ...], ...]:
        """For each option, all that is taken with it, itself first."""
        after: dict[int, list[int]] = {}
        for a, b in self.requires:
            after.setdefault(a, []).append(b)
        return tuple(self.closure((option,), after) if option in after else (option,) for option in range(self.options))

    @staticmethod
    def closure(options: Collection[int], after: dict[int, list[int]]) -> tuple[int, ...]:
        """Options with all that they require, directly or not; ``after``: option -> what it requires."""
        seen = list(dict.fromkeys(options))
        for option in seen:
            seen.extend(other for other in dict.fromkeys(after.get(option, ())) if other not in seen)
        return tuple(seen)

    def consistent(self, options: Collection[int]) -> bool:
        """Whether no two of them are of one item, and they are not too many."""
        return len(options) <= self.most and len({int(self.item[each]) for each in options}) == len(options)

    def allows(self, options: Collection[int]) -> bool:
        """Whether taking exactly these meets everything the problem states; in whole numbers."""
        taken = set(options)
        if not self.consistent(taken) or any(a in taken and b not in taken for a, b in self.requires):
            return False
        return bool((self.rows[:, sorted(taken)].sum(axis=1) >= self.need).all())


@dataclass(frozen=True)
class Choice:
    """What a search is left with: the options it may still take, and those it has to."""

    #: (usable,) option indices, ascending; without the forced ones
    usable: Int
    #: forced options with all that they require, ascending
    taken: tuple[int, ...]


def choice(problem: Problem, forced: Sequence[int], forbidden: Collection[int]) -> Choice | None:
    """The options that may be taken with those that are forced, and none that is forbidden; None where that cannot
    be.
    """
    taken = sorted({each for option in forced for each in problem.closures[option]})
    barred = set(forbidden)
    if not problem.consistent(taken) or barred & set(taken):
        return None
    usable = [
        option
        for option, closure in enumerate(problem.closures)
        if option not in taken and not barred.intersection(closure) and problem.consistent({*taken, *closure})
    ]
    return Choice(np.array(usable, dtype=np.int64), tuple(taken))
