"""Efforts as they are said, in engineer-weeks: half and more of the last digit is rounded up, thousands are parted."""

from __future__ import annotations

import math

#: What a sum of floats may miss a half by: 1.15 is a little less, and Python gives 1.25 to the even digit.
_HAIR = 1e-9


def format_ew(value: float) -> str:
    """With one decimal, as ``1,010.5``; never a negative zero."""
    text = f"{_past_half(value):,.1f}"
    return text[1:] if text == "-0.0" else text


def whole_ew(value: float) -> str:
    """Without decimals, where there is no room for any."""
    text = f"{_past_half(value):,.0f}"
    return text[1:] if text == "-0" else text


def change_ew(value: float) -> str:
    """With a sign and one decimal, as ``+1.5``."""
    return f"{_past_half(value):+,.1f}"


def _past_half(value: float) -> float:
    return value + math.copysign(_HAIR, value)
