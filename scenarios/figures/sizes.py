"""Sizes as people type and read them: one unit (engineer-weeks), a likely value or low-likely-high (P10-P50-P90)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from store.common.engineer_weeks import change_ew as change_ew
from store.common.engineer_weeks import format_ew as format_ew
from store.common.engineer_weeks import whole_ew as whole_ew
from store.common.errors import Refused
from store.common.limits import MOST_EW
from store.records import Shirt, Size, State

DAYS_PER_EW = 5.0

_NUMBER = r"\d+(?:[.,]\d+)?|[.,]\d+"
_RANGE = re.compile(rf"({_NUMBER})(?:\s*[-–]\s*({_NUMBER}))?(?:\s*[-–]\s*({_NUMBER}))?\s*(ew|w|d)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Range:
    """An effort in ew: ``likely`` (P50), with ``low`` (P10) and ``high`` (P90) where somebody stated them."""

    likely: float
    low: float | None = None
    high: float | None = None

    def scaled(self, factor: float) -> Range:
        """The same range, ``factor`` times as large."""
        return Range(
            self.likely * factor,
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )


def shirts_of(state: State) -> list[Shirt]:
    """The T-shirt sizes in their order."""
    return sorted(state.all(Shirt).values(), key=lambda shirt: shirt.position)


def parse_size(text: str, shirts: Iterable[Shirt] = ()) -> Range:
    """Read ``3``, ``2-5``, ``2-3-5.5``, ``4d`` (days) or a T-shirt letter as a range in ew.

    Two numbers are low and high; the likely value is then their geometric middle, as for any lognormal.
    Raises :class:`Refused` with a sentence where the text is no size, is out of order, or is absurd.
    """
    text = text.strip()
    for shirt in shirts:
        if shirt.letter.casefold() == text.casefold():
            return Range(shirt.likely, shirt.low, shirt.high)
    match = _RANGE.fullmatch(text)
    if not match:
        letters = " ".join(shirt.letter for shirt in shirts)
        raise Refused(
            f"“{text}” is not a size: write low-likely-high in engineer-weeks, as 2-3-5.5, or one number"
            + (f", or one of {letters}" if letters else "")
        )
    numbers = [float(part.replace(",", ".")) for part in match.groups()[:3] if part]
    if (match[4] or "").lower() == "d":
        numbers = [number / DAYS_PER_EW for number in numbers]
    if len(numbers) == 1:
        found = Range(numbers[0])
    elif len(numbers) == 2:
        low, high = numbers
        found = Range(math.sqrt(low * high), low, high)
    else:
        found = Range(numbers[1], numbers[0], numbers[2])
    check_range(found)
    return found


def check_range(size: Range) -> None:
    """Raise :class:`Refused` where a range is out of order, not above zero, or absurdly large."""
    low, high = size.low, size.high
    numbers = [number for number in (low, size.likely, high) if number is not None]
    if not all(math.isfinite(number) for number in numbers):
        raise Refused("a size must be a finite number of engineer-weeks")
    if size.likely <= 0 or (low is not None and low <= 0):
        raise Refused("a size must be above 0 engineer-weeks")
    if numbers != sorted(numbers):
        raise Refused(f"{format_range(size)} is out of order: low (P10), then likely (P50), then high (P90)")
    if numbers[-1] > MOST_EW:
        raise Refused(f"{format_ew(numbers[-1])} engineer-weeks is more than any plan holds: is the unit right?")


def range_of(size: Size) -> Range:
    """The range that a stored size states."""
    return Range(size.likely, size.low, size.high)


def _short(value: float) -> str:
    """One decimal, without the ``.0``; two decimals where one would show nothing."""
    # Decimal, because a float this small would be written as 1e-05.
    return f"{Decimal(f'{value:.2g}'):f}" if 0 < value < 0.05 else format_ew(value).replace(",", "").removesuffix(".0")


def format_range(size: Range) -> str:
    """``2-3-5.5``, or the likely value alone, as it would be typed."""
    parts = [part for part in (size.low, size.likely, size.high) if part is not None]
    return "-".join(_short(part) for part in parts)


def format_span(sizes: Iterable[Size]) -> str:
    """Low to high over all teams, as ``2–5.5``; the likely value where no range is stated; empty where unsized."""
    sizes = tuple(sizes)
    if not sizes:
        return ""
    low = sum(size.likely if size.low is None else size.low for size in sizes)
    high = sum(size.likely if size.high is None else size.high for size in sizes)
    return _short(low) if math.isclose(low, high) else f"{_short(low)}–{_short(high)}"
