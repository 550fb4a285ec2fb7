"""Two or three plans side by side: their figures, then only the differences, each of which can be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scenarios.compare.baseline import Came, Gone, SinceBaseline, since_baseline
from scenarios.compare.cherry_pick import NothingToTakeError, apply, take, take_over
from scenarios.compare.differences import Difference, Kind, differences_back, differences_of, matched
from scenarios.compare.sides import Side, SideFigures, TeamFigures, figures_of_sides, forwards, side_now, side_of
from scenarios.compare.why_differs import with_reasons

__all__ = [
    "Came",
    "Comparison",
    "Difference",
    "Gone",
    "Kind",
    "NothingToTakeError",
    "Pair",
    "Side",
    "SideFigures",
    "SinceBaseline",
    "TeamFigures",
    "apply",
    "compare",
    "forwards",
    "side_now",
    "side_of",
    "since_baseline",
    "take",
    "take_over",
]

#: As many plans as fit side by side.
MOST = 3


@dataclass(frozen=True)
class Pair:
    """Two sides: what is another in B than in A, and how many items are the same in both.

    One of them is the comparison's own: into its plan a difference is taken over from the other. ``since`` is there
    where one of them is the plan as it was agreed on, and the other one keeps a record: what came in since, and what
    that displaced. ``agreed`` is which of them that is.
    """

    a: Side
    b: Side
    differences: tuple[Difference, ...]
    unchanged: int
    since: SinceBaseline | None = None
    agreed: Side | None = None
    own_is_b: bool = False

    @property
    def own(self) -> Side:
        """The side that takes differences over."""
        return self.b if self.own_is_b else self.a

    @property
    def other(self) -> Side:
        """The side that they are taken from."""
        return self.a if self.own_is_b else self.b

    def taken(self, difference: Difference) -> Difference:
        """One of the differences as the own side takes it over: from it to the other, whichever of them is A."""
        return self._back[difference.id] if self.own_is_b else difference

    @cached_property
    def _back(self) -> dict[str, Difference]:
        a, b = self.a.frozen, self.b.frozen
        return differences_back(a, b, matched(a, b))


@dataclass(frozen=True)
class Comparison:
    """``pairs`` are the own side, which is the first unless it is said, with each of the others, in order."""

    sides: tuple[Side, ...]
    pairs: tuple[Pair, ...]

    @cached_property
    def figures(self) -> tuple[SideFigures, ...]:
        """The figures of each side, in order."""
        return figures_of_sides(self.sides)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """All differences, pair by pair."""
        return tuple(each for pair in self.pairs for each in pair.differences)

    @property
    def unchanged(self) -> int:
        """How many items are in all sides, and the same in all."""
        return min((pair.unchanged for pair in self.pairs), default=0)

    @property
    def same(self) -> bool:
        """Whether the plans are the same, whatever is believed of the teams."""
        return not any(each.takes for each in self.differences)


def compare(sides: Sequence[Side], baseline: Side | None = None, own: Side | None = None) -> Comparison:
    """Two or three sides; differences are told from the one that stands before. Raises ValueError for fewer or more.

    ``baseline`` is the one of them that is the agreed plan of those that keep a record; ``own`` the one that is
    compared with each of the others, without it the first.
    """
    if not 2 <= len(sides) <= MOST:
        raise ValueError(f"two or three plans can be compared, not {len(sides)}")
    own_at = next((at for at, side in enumerate(sides) if side is own), 0)
    pairs = []
    for at in range(len(sides)):
        if at != own_at:
            a, b = sides[min(at, own_at)], sides[max(at, own_at)]
            pairs.append(_pair(a, b, baseline, own_is_b=own_at > at))
    return Comparison(tuple(sides), tuple(pairs))


def _pair(a: Side, b: Side, baseline: Side | None, *, own_is_b: bool) -> Pair:
    both = matched(a.frozen, b.frozen)
    found = differences_of(a.frozen, b.frozen, both)
    touched = {each.key_a for each in found if each.item}
    state = b.state if a is baseline else a.state if b is baseline else None
    since = since_baseline(state, baseline.frozen) if baseline is not None and state is not None else None
    same = sum(key not in touched for key in both)
    return Pair(a, b, with_reasons(found, a, b), same, since, baseline if since else None, own_is_b)
