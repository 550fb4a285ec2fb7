"""Odds against what happened: the Brier score, and a table of how often what was said came true.

Brier score: the mean of (odds - outcome)^2, with an outcome of 1 or 0. Nothing beats 0; 0.25 is what "50%" always gets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.amounts import exact, whole_percent

#: Under so many outcomes nothing can be said of odds.
LEAST_OUTCOMES = 20
#: Points of percent that a row of the table spans.
_SPAN = 10


@dataclass(frozen=True)
class Said:
    """Odds (0..1) that were stood by, and whether it came true."""

    odds: float
    came_true: bool


@dataclass(frozen=True)
class Band:
    """Odds from ``first`` to ``last`` percent, as they were read: of ``said`` of them, ``came_true`` did. ``mean`` is
    the mean of the odds (0..1)."""

    first: int
    last: int
    said: int
    came_true: int
    mean: Fraction


@dataclass(frozen=True)
class Calibration:
    """How odds did; ``brier`` and ``constant``, what would have scored that always said the share that came true, are
    None, and there are no bands, under :data:`LEAST_OUTCOMES`."""

    outcomes: int
    came_true: int
    brier: Fraction | None
    constant: Fraction | None
    bands: tuple[Band, ...]


def calibration_of(said: Sequence[Said]) -> Calibration:
    """What these odds were worth."""
    true = sum(each.came_true for each in said)
    if len(said) < LEAST_OUTCOMES:
        return Calibration(len(said), true, None, None, ())
    brier = sum(((exact(each.odds) - each.came_true) ** 2 for each in said), Fraction(0)) / len(said)
    share = Fraction(true, len(said))
    rows: dict[int, list[Said]] = {}
    for each in said:
        rows.setdefault(_band(each.odds), []).append(each)
    bands = tuple(
        Band(
            first,
            100 if first == 100 - _SPAN else first + _SPAN - 1,
            len(part),
            sum(each.came_true for each in part),
            sum((exact(each.odds) for each in part), Fraction(0)) / len(part),
        )
        for first, part in sorted(rows.items())
    )
    return Calibration(len(said), true, brier, share * (1 - share), bands)


def _band(odds: float) -> int:
    """The first percent of the band; odds are rounded first, as people read them."""
    return min(whole_percent(odds) // _SPAN * _SPAN, 100 - _SPAN)
