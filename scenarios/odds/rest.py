"""What is left of a size on which something was spent: its own draws, given that it takes more than that.

An effort X with the distribution function F, of which ``a`` is spent, has the rest ``F^-1(F(a) + u*(1 - F(a))) - a``: u
is the item's own draw, the same with nothing spent, so that differences between plans stay sharp. Counted in logs of
the upper tail, so that it holds however far beyond its estimate a size is.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

Trials = npt.NDArray[np.float64]

#: The standard normal is tabled from here to there; between two places it is taken as a line.
_FROM, _TO, _STEP = -9.0, 37.0, 1 / 256
#: From here on its tail is as good as exponential.
_FAR = 30.0


@cache
def _table() -> tuple[Trials, Trials]:
    """(z, -ln P(Z > z)), both rising; made when first needed."""
    z = np.arange(_FROM, _TO + _STEP, _STEP)
    # On each side from the part that is small: 1 less that would be all there is left of it otherwise.
    minus_logs = [
        -math.log(0.5 * math.erfc(one / math.sqrt(2)))
        if one > 0
        else -math.log1p(-0.5 * math.erfc(-one / math.sqrt(2)))
        for one in z
    ]
    return z, np.array(minus_logs)


def beyond(luck: Trials, least: float) -> Trials:
    """Standard normal draws as they are given that they exceed ``least``: each at the same place of what is left.

    Shape of ``luck``, in the same order and none below ``least``; ``luck`` itself where that is far below all of it.
    """
    z, minus_logs = _table()
    further = np.interp(luck, z, minus_logs)
    if least >= _FAR:
        exponential: Trials = least + further / least
        return exponential
    found: Trials = np.interp(float(np.interp(least, z, minus_logs)) + further, minus_logs, z)
    return np.maximum(found, least)


def rest_of(mean: float, sigma: float, spent: float, luck: Trials) -> Trials:
    """What is left of an effort ``mean * exp(sigma*luck - sigma**2/2)`` of which ``spent`` is, none below 0.

    ``mean`` and ``spent`` in one unit, which is that of the answer; of the shape of ``luck``.
    """
    if mean <= 0:
        return np.zeros_like(luck)
    if spent > 0 and sigma > 0:
        luck = beyond(luck, (math.log(spent) - math.log(mean) + sigma**2 / 2) / sigma)
    left: Trials = np.maximum(mean * np.exp(sigma * luck - sigma**2 / 2) - spent, 0.0)
    return left
