"""What work took, as people type it: in engineer-weeks, in days, or in hours where a rate is known."""

from __future__ import annotations

import re

from scenarios.figures.sizes import DAYS_PER_EW, format_ew
from store.common.errors import Refused
from store.common.limits import MOST_EW
from store.common.text import short

_EFFORT = re.compile(r"(\d+(?:[.,]\d+)?|[.,]\d+)\s*(ew|w|weeks?|d|days?|h|hours?)?", re.IGNORECASE)


def looks_like_effort(text: str) -> bool:
    """Whether a text is written as an effort: ``2d``, ``6h``, ``0.5``."""
    return _EFFORT.fullmatch(text.strip()) is not None


def effort_of(text: str, hours_per_ew: float | None) -> float:
    """The effort in ew that a text says: ``1.5`` (or ``1.5w``), ``3d``, ``12h``.

    ``hours_per_ew`` is the workspace's rate. Raises :class:`Refused` for what is no effort, for hours without a rate,
    and for more than any item takes.
    """
    match = _EFFORT.fullmatch(text.strip())
    if match is None:
        raise Refused(f"“{short(text, 60)}” is not an effort: write 1.5 (engineer-weeks), 3d (days) or 12h (hours)")
    number, unit = float(match[1].replace(",", ".")), (match[2] or "").lower()[:1]
    if unit == "h":
        if hours_per_ew is None:
            raise Refused(
                f"“{short(text, 60)}” is in hours, and nobody has said how many make an engineer-week: write days (2d) "
                "or engineer-weeks (0.4), or say it with makeroom rates hours=40"
            )
        number /= hours_per_ew
    elif unit == "d":
        number /= DAYS_PER_EW
    if number > MOST_EW:
        raise Refused(f"{format_ew(number)} engineer-weeks is more than any plan holds: is the unit right?")
    return number
