"""What a team's own finished quarters say about it: item spread, bias, and the spread from quarter to quarter.

Precision-weighted throughout: a typical team (the constants of ``forecast``, fitted to public records) is
where everybody starts, and each finished quarter moves that by as much as it can tell; one quarter alone stays near.
docs/forecast.md has the formulas at one glance, and where they come from. With e the estimates of a quarter's items,
E and A the sums of its estimates and actuals:

- ``sigma^2 = (20*0.6^2 + sum r^2) / (20 + dof)``, r = ln(actual/estimate) less its quarter's mean, clipped at 1.8;
  dof is n-1 a quarter.
- For each quarter, oldest first: ``h = sum e^2 / E^2``, ``v = ln(1 + (exp(sigma^2)-1)*h)`` (the variance that items
  alone give ln A), ``z = ln(A/E) + v/2``. From ``m = b0, P = omega^2``; a later quarter first widens
  ``P = min(P + drift^2 * gap, omega^2)``. Then ``K = P/(P + v + tau^2)``, ``m += K*(z-m)``, ``P *= 1-K``.
- From three quarters on ``tau^2 = max(.0025, (8*.15^2 + sum[(z-m_before)^2 - P_before - v]) / (8+k))``, where a
  surprise counts as two of its standard deviations at most, ``(z-m_before)^2 <= 4*(P_before + v + .15^2)``.
- Then P is counted once more, with ``tau^2`` for .15^2 and a drift smaller in the same proportion where it is smaller:
  a steady team is known better. m stays, so that a greater overrun never lowers it. ``s^2 = P + tau^2``.
- e is an estimate's mean as a plan would take it, with the range that was stated: what skewed ranges of a team are
  worth is in m.

The share of capacity that unplanned work takes is learned by the same steps, with v = 0: it is counted, not sampled.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.odds.team_model import (
    BIAS,
    CAPACITY_SPREAD,
    INTERRUPT_OMEGA,
    INTERRUPT_SHARE,
    INTERRUPT_TAU,
    MOST_INTERRUPTED,
    OMEGA,
    SIGMA,
    TAU,
    TeamModel,
)
from store.common.values import Value
from store.records.plan import EDITION, FIRST_EDITION

#: How much the bias of a team may wander in one quarter (log), and its share of interrupts (share of capacity).
DRIFT, INTERRUPT_DRIFT = 0.10, 0.02
#: How many items, and how many quarters, the typical team's figures weigh.
SIGMA_WEIGHT, TAU_WEIGHT = 20, 8
#: From this many quarters on the spread from quarter to quarter is learned, too; and the least it can be.
QUARTERS_FOR_TAU = 3
TAU_FLOOR, INTERRUPT_TAU_FLOOR = 0.05, 0.01
#: A quarter's surprise counts as this many of its standard deviations at most: one freak quarter is forgotten again.
MOST_SURPRISED = 2.0
#: How many quarters the typical spread of the net capacity weighs, and the least that it can be.
CAPACITY_WEIGHT, CAPACITY_FLOOR = 8, 0.01
#: A residual beyond this many logs counts as this many: a factor of six.
CLIP = 1.8
#: What is smaller or larger (ew) is no record of work.
LEAST, MOST = 1e-6, 1e6


class FinishedQuarter(Value):
    """What was estimated and what it took, item by item, in engineer-weeks; quarters are numbered in a row."""

    number: int
    estimates: tuple[float, ...]
    actuals: tuple[float, ...]


class InterruptedQuarter(Value):
    """The share (0..1) of a quarter's net capacity, before any allowance for it, that unplanned work took."""

    number: int
    share: float


class DeliveredQuarter(Value):
    """The net capacity of a quarter, in engineer-weeks: what was planned, and what there was."""

    number: int
    planned: float
    delivered: float


@dataclass
class _Belief:
    """A mean, its variance, and what each quarter showed: one precision-weighted step for each."""

    mean: float
    variance: float
    #: what the mean's variance never exceeds, the variance from quarter to quarter, and how fast the mean wanders
    most: float
    tau2: float
    drift: float
    most_surprised: float = math.inf
    last: int | None = None
    surprise: float = 0.0
    count: int = 0

    def wait_until(self, number: int) -> None:
        """Time passes without news: the team may have changed meanwhile."""
        if self.last is not None:
            self.variance = min(self.variance + self.drift**2 * max(0, number - self.last), self.most)

    def see(self, number: int, found: float, noise: float = 0.0) -> None:
        """A finished quarter: ``found`` with the variance ``noise`` of its own."""
        self.wait_until(number)
        spread2 = self.variance + noise + self.tau2
        self.surprise += min((found - self.mean) ** 2, self.most_surprised**2 * spread2) - self.variance - noise
        gain = self.variance / spread2
        self.mean += gain * (found - self.mean)
        self.variance *= 1 - gain
        self.last = number
        self.count += 1

    def from_quarter_to_quarter(self, floor: float) -> float:
        """The variance of a quarter around the mean: typical until three quarters can say more."""
        if self.count < QUARTERS_FOR_TAU:
            return self.tau2
        return max(floor**2, (TAU_WEIGHT * self.tau2 + self.surprise) / (TAU_WEIGHT + self.count))


def learn(
    history: Sequence[FinishedQuarter],
    now: int | None = None,
    interrupts: Sequence[InterruptedQuarter] = (),
    capacities: Sequence[DeliveredQuarter] = (),
    edition: int = EDITION,
) -> TeamModel:
    """What is believed of a team after these quarters, given in any order; the typical team where nothing is known.

    ``now`` is the number of the quarter to forecast, for what may have changed since the last finished one. An item
    counts where both of its figures are finite and above 0: one with an actual of 0 was not done. The first
    ``edition`` is what older versions said.
    """
    quarters = _sound(history)
    sigma = _sigma(quarters)
    belief = _believe(quarters, sigma, now, math.inf if edition == FIRST_EDITION else MOST_SURPRISED)
    tau2 = belief.from_quarter_to_quarter(TAU_FLOOR)
    variance = belief.variance
    if edition != FIRST_EDITION and tau2 < TAU**2:
        variance = _believe(quarters, sigma, now, MOST_SURPRISED, tau2 / TAU**2).variance
    share, spread, counted = _learn_interrupts(interrupts, now)
    return TeamModel(
        sigma=sigma,
        m=belief.mean,
        s=math.sqrt(variance + tau2),
        finished_quarters=belief.count,
        tau=math.sqrt(tau2),
        interrupt_share=share,
        interrupt_spread=spread,
        interrupt_quarters=counted,
        edition=edition,
        **_learn_capacity(capacities),
    )


def _believe(
    quarters: Iterable[FinishedQuarter], sigma: float, now: int | None, most_surprised: float, steadier: float = 1.0
) -> _Belief:
    """The bias after these quarters; ``steadier`` (0..1) is the part of the typical variances that is left of them."""
    belief = _Belief(
        BIAS, OMEGA**2, OMEGA**2, TAU**2 * steadier, DRIFT * math.sqrt(steadier), most_surprised=most_surprised
    )
    for quarter in quarters:
        total = math.fsum(quarter.estimates)
        concentration = math.fsum(e**2 for e in quarter.estimates) / total**2
        noise = math.log1p(math.expm1(sigma**2) * concentration)
        belief.see(quarter.number, math.log(math.fsum(quarter.actuals) / total) + noise / 2, noise)
    if now is not None:
        belief.wait_until(now)
    return belief


def _learn_capacity(capacities: Iterable[DeliveredQuarter]) -> dict[str, Any]:
    """How much the net capacity that there is differs from the planned one; nothing where no quarter says it.

    About the planned one, not about its own mean: capacity that is always short is uncertain for whoever plans it.
    """
    logs = {
        one.number: math.log(one.delivered / one.planned) for one in capacities if min(one.delivered, one.planned) > 0
    }
    if not logs:
        return {}
    squares = math.fsum(each**2 for each in logs.values())
    spread2 = (CAPACITY_WEIGHT * CAPACITY_SPREAD**2 + squares) / (CAPACITY_WEIGHT + len(logs))
    return {"capacity_spread": max(CAPACITY_FLOOR, math.sqrt(spread2)), "capacity_quarters": len(logs)}


def _learn_interrupts(interrupts: Iterable[InterruptedQuarter], now: int | None) -> tuple[float, float, int]:
    """The expected share of unplanned work, the standard deviation around it, and the quarters that this stands on."""
    shares = {
        one.number: min(one.share, MOST_INTERRUPTED)
        for one in interrupts
        if math.isfinite(one.share) and one.share >= 0
    }
    belief = _Belief(INTERRUPT_SHARE, INTERRUPT_OMEGA**2, INTERRUPT_OMEGA**2, INTERRUPT_TAU**2, INTERRUPT_DRIFT)
    for number, share in sorted(shares.items()):
        belief.see(number, share)
    if now is not None:
        belief.wait_until(now)
    return (
        belief.mean,
        math.sqrt(belief.variance + belief.from_quarter_to_quarter(INTERRUPT_TAU_FLOOR)),
        belief.count,
    )


def _sigma(quarters: Iterable[FinishedQuarter]) -> float:
    squares, freedom = 0.0, 0
    for quarter in quarters:
        logs = [math.log(a / e) for e, a in zip(quarter.estimates, quarter.actuals, strict=True)]
        middle = math.fsum(logs) / len(logs)
        squares += math.fsum(min(abs(one - middle), CLIP) ** 2 for one in logs)
        freedom += len(logs) - 1
    return math.sqrt((SIGMA_WEIGHT * SIGMA**2 + squares) / (SIGMA_WEIGHT + freedom))


def _sound(history: Iterable[FinishedQuarter]) -> list[FinishedQuarter]:
    """The quarters that hold something to learn from, each number once, oldest first."""
    pairs: dict[int, list[tuple[float, float]]] = {}
    for quarter in history:
        for estimate, actual in zip(quarter.estimates, quarter.actuals, strict=True):
            if LEAST <= estimate <= MOST and LEAST <= actual <= MOST:
                pairs.setdefault(quarter.number, []).append((estimate, actual))
    return [
        FinishedQuarter(number, tuple(e for e, _ in items), tuple(a for _, a in items))
        for number, items in sorted(pairs.items())
    ]
