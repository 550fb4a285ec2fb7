"""What is believed of a team, and what an item's size says of its effort: the constants and the two moments."""

from __future__ import annotations

import math

from scenarios.figures.sizes import Range
from scenarios.plan.progress import SizeProgress
from store.common.values import Value
from store.records import Size
from store.records.plan import EDITION, FIRST_EDITION

#: log standard deviation of one item where its range says nothing
SIGMA = 0.60
#: typical bias (log), its uncertainty for an unknown team, and the spread from quarter to quarter
BIAS, OMEGA, TAU = 0.07, 0.20, 0.15
#: share of capacity that unplanned work takes of a typical team, its uncertainty for an unknown team, and its spread
#: from quarter to quarter; and what it never exceeds
INTERRUPT_SHARE, INTERRUPT_OMEGA, INTERRUPT_TAU = 0.10, 0.03, 0.03
MOST_INTERRUPTED = 0.9
#: how much (log) the net capacity that there is differs from the planned one, of a typical team
CAPACITY_SPREAD = 0.15
#: part of the shared factor's variance that all teams have in common, and what the first edition took for it
COMMON, FIRST_COMMON = 0.15, 0.5
#: ln(P90/P10) of a normal with standard deviation 1
DECILES = 2.563
#: Swanson's mean of a typical item over its likely size, 1.19: its low and high are as far away (log) as ``SIGMA`` says
TYPICAL_SKEW = 0.4 + 0.6 * math.cosh(SIGMA * DECILES / 2)
#: The widest stated range that counts, high over low.
_WIDEST = 1e300


class TeamModel(Value):
    """What is believed of a team: item spread ``sigma``, bias ``m``, shared spread ``s``, all in logs.

    ``s`` holds what is not known of the team and what differs from quarter to quarter (``tau``, of that alone).
    The ``interrupt`` figures are shares of capacity: with a spread of 0 the net capacity is taken as certain. Where
    it is known what capacity there was, in ``capacity_quarters``, its own spread (log) stands in their place.

    ``edition`` is that of the forecast by which sizes are taken, and teams share their luck.
    """

    sigma: float = SIGMA
    m: float = BIAS
    s: float = math.hypot(OMEGA, TAU)
    #: on how many of its own finished quarters this stands
    finished_quarters: int = 0
    tau: float = TAU
    interrupt_share: float = INTERRUPT_SHARE
    interrupt_spread: float = math.hypot(INTERRUPT_OMEGA, INTERRUPT_TAU)
    #: on how many quarters with logged interrupts those two stand
    interrupt_quarters: int = 0
    edition: int = EDITION
    capacity_spread: float = CAPACITY_SPREAD
    capacity_quarters: int = 0

    @property
    def overrun(self) -> float:
        """The typical overrun: effort over estimates, 1.0 where they are kept."""
        return math.exp(self.m)


TYPICAL = TeamModel()


def mean_of(size: Size | Range, edition: int = EDITION) -> float:
    """Mean effort in ew: the likely size, and more or less where a stated range says so.

    Swanson's mean ``.3 low + .4 likely + .3 high`` lies above the likely size of a typical item, too, and what those
    take beyond it is counted as bias already. So a range raises the mean only to what is left of its Swanson's mean
    without that, and lowers it where Swanson's mean is below the likely size. (The first edition took it as it is.)
    """
    if size.low is None or size.high is None:
        return size.likely
    swanson = 0.3 * size.low + 0.4 * size.likely + 0.3 * size.high
    if edition == FIRST_EDITION:
        return swanson
    return max(swanson / TYPICAL_SKEW, min(swanson, size.likely))


def sigma_of(size: Size | Range, team_sigma: float = SIGMA) -> float:
    """Log standard deviation: half of the variance from the stated range, half from the team's record."""
    if size.low is None or size.high is None or size.low <= 0:
        return team_sigma
    stated = math.log(min(max(size.high / size.low, 1.0), _WIDEST)) / DECILES
    return math.sqrt(0.5 * stated**2 + 0.5 * team_sigma**2)


def effort_left(size: Size, told: SizeProgress, model: TeamModel) -> tuple[float, float, float]:
    """(mean, sigma, spent) of what is drawn of a size that is not done, mean and spent in ew before the shared factor.

    Where somebody estimated anew what is left, that is drawn, and nothing of it is spent.
    """
    if told.left is not None:
        return mean_of(told.left, model.edition), sigma_of(told.left, model.sigma), 0.0
    spent = told.spent / model.overrun if told.spent > 0 else 0.0
    return mean_of(size, model.edition), sigma_of(size, model.sigma), spent
