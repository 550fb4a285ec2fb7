"""Estimating together: people write down ranges without seeing the others', then look at the spread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from scenarios.figures.sizes import Range
from store.records import RoundEstimate, new_id

#: A likely value this many times above or below the middle one is worth a conversation.
FAR = 2.0


@dataclass(frozen=True)
class Estimate:
    """One person's range."""

    who: str
    size: Range


@dataclass(frozen=True)
class Spread:
    """All estimates, smallest likely first; the middle range; and who is far from it."""

    estimates: tuple[Estimate, ...]
    middle: Range
    outliers: tuple[Estimate, ...]

    def records(self, item_id: int, team_id: int, agreed: Range, at: datetime) -> tuple[RoundEstimate, ...]:
        """The round as it is kept: a line for each person, and one for what was agreed on."""
        lines = [(each.who, each.size, False) for each in self.estimates] + [("", agreed, True)]
        return tuple(
            RoundEstimate(
                id=new_id(),
                item_id=item_id,
                team_id=team_id,
                at=at,
                who=who,
                low=size.low,
                likely=size.likely,
                high=size.high,
                agreed=final,
            )
            for who, size, final in lines
        )

    @property
    def ratio(self) -> float:
        """Largest over smallest likely value; infinite where only the smallest is 0, and 1 where all are."""
        smallest, largest = self.estimates[0].size.likely, self.estimates[-1].size.likely
        if smallest > 0:
            return largest / smallest
        return math.inf if largest > 0 else 1.0


def reveal(estimates: Sequence[Estimate]) -> Spread:
    """What a round shows. The middle range takes the medians of the lows, likely values and highs that were stated.

    Raises ValueError where there are no estimates.
    """
    if not estimates:
        raise ValueError("nobody has estimated yet")
    ordered = tuple(sorted(estimates, key=lambda each: each.size.likely))
    likely = median(each.size.likely for each in ordered)
    lows = [each.size.low for each in ordered if each.size.low is not None]
    highs = [each.size.high for each in ordered if each.size.high is not None]
    middle = Range(likely, min(median(lows), likely), max(median(highs), likely)) if lows and highs else Range(likely)
    far = tuple(
        each for each in ordered if each.size.likely != likely and not likely / FAR < each.size.likely < likely * FAR
    )
    return Spread(ordered, middle, far)
