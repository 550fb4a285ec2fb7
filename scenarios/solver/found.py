"""What a search has found so far, and what it answers."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scenarios.solver.objectives import Objective, Value


@dataclass(frozen=True, order=True)
class FoundSet:
    """A set of options, ascending, and what each objective says of it; ordered as the search orders them."""

    values: tuple[Value, ...]
    options: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """The best sets, best first. Empty and ``proven`` where nothing meets the problem.

    ``proven``: no set that is not among them is better than the last. Where not proven, ``bound`` is a lower bound on
    the first objective of the best set (None where there is none). ``closed``: partial sets looked at. ``by``:
    "branch", "highs", or "none" where nothing had to be searched.
    """

    sets: tuple[FoundSet, ...]
    proven: bool
    bound: float | None = None
    closed: int = 0
    by: str = "none"


class Best:
    """The best so many sets, by their objectives in order, then by their smallest options."""

    def __init__(self, objectives: Sequence[Objective], count: int, exclude: Collection[frozenset[int]]) -> None:
        self.objectives, self.count = tuple(objectives), count
        self.exclude = {frozenset(each) for each in exclude}
        self.sets: list[FoundSet] = []
        self._kept: set[tuple[int, ...]] = set()
        #: grows with every change
        self.version = 0

    def judge(self, options: Collection[int]) -> FoundSet:
        """A set with its values."""
        ordered = tuple(sorted(int(each) for each in options))
        return FoundSet(tuple(each.value(ordered) for each in self.objectives), ordered)

    def add(self, options: Collection[int]) -> None:
        """Keep a set that meets the problem, if it is among the best."""
        found = self.judge(options)
        if found.options in self._kept or frozenset(found.options) in self.exclude:
            return
        if self.last is not None:
            if found >= self.last:
                return
            self._kept.discard(self.sets.pop().options)
        insort(self.sets, found)
        self._kept.add(found.options)
        self.version += 1

    @property
    def last(self) -> FoundSet | None:
        """The set that a better one would push out; None while there is room."""
        return self.sets[-1] if len(self.sets) >= self.count else None
