"""Two or three plans side by side: their figures, then only the differences, each of which can be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scenarios.compare.baseline import Came, Gone, SinceBaseline, since_baseline
from scenarios.compare.cherry_pick import NothingToTakeError, apply, take, take_all, take_over
from scenarios.compare.differences import Difference, Kind, differences_of, matched
from scenarios.compare.sides import Side, SideFigures, TeamFigures, figures_of_sides, side_now, side_of
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
    "side_now",
    "side_of",
    "since_baseline",
    "take",
    "take_all",
    "take_over",
]

#: As many plans as fit side by side.
MOST = 3


@dataclass(frozen=True)
class Pair:
    """The first side and another one: what differs, and how many items are the same in both.

    ``since`` is there where one of them is the plan as it was agreed on, and the other one keeps a record: what came in
    since, and what that displaced. ``agreed`` is which of them that is.
    """

    a: Side
    b: Side
    differences: tuple[Difference, ...]
    unchanged: int
    since: SinceBaseline | None = None
    agreed: Side | None = None


@dataclass(frozen=True)
class Comparison:
    """``pairs`` are the first side with each of the others, in order."""

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


def compare(sides: Sequence[Side], baseline: Side | None = None) -> Comparison:
    """Two or three sides; all differences are told from the first. Raises ValueError for fewer or more.

    ``baseline`` is the one of them that is the agreed plan of those that keep a record.
    """
    if not 2 <= len(sides) <= MOST:
        raise ValueError(f"two or three plans can be compared, not {len(sides)}")
    first, *others = sides
    pairs = []
    for other in others:
        both = matched(first.frozen, other.frozen)
        found = differences_of(first.frozen, other.frozen, both)
        touched = {each.key_a for each in found if each.item}
        state = other.state if first is baseline else first.state if other is baseline else None
        since = since_baseline(state, baseline.frozen) if baseline is not None and state is not None else None
        same = sum(key not in touched for key in both)
        pairs.append(Pair(first, other, with_reasons(found, first, other), same, since, baseline if since else None))
    return Comparison(tuple(sides), tuple(pairs))
