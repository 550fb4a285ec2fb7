"""The draws of chance are made once in a process: most tests begin with the same plan and the same seed.

What a seed and a number draw is always the same, so nobody can tell; a row that somebody wrote into would be refused.
"""

from __future__ import annotations

from functools import lru_cache
from types import CodeType

import numpy as np

from scenarios.odds.draws import Draws, Trials

_draw = Draws._normal
#: Rows that are kept, of some 80 kB each.
_KEPT = 512


@lru_cache(_KEPT)
def _drawn(how: CodeType, seed: int, trials: int, key: tuple[int, ...]) -> Trials:
    """``how``: who changes the code of the draw, to see whether a test notices, gets what that draws."""
    row = np.asarray(_draw(Draws(seed, trials=trials), *key))
    row.flags.writeable = False
    return row


def draw_once() -> None:
    """From now on in this process."""
    Draws._normal = lambda draws, *key: _drawn(_draw.__code__, draws.seed, draws.trials, key)  # type: ignore[method-assign]
