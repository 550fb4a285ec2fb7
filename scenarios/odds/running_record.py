"""What a quarter that runs has shown so far of a team's overrun: its finished sizes, and those that are over already.

As if some work had been seen at the team's typical overrun, and this quarter's beside it:

    exp(m) = (E0 * exp(m_before) + A) / (E0 + E),    E0 = (exp(sigma^2) - 1) / s^2 * sum e^2 / sum e

with A and E the sums of what they took and of their estimates (each of the size's mean). E0 is the weight of the team's
record beside items of this size: what is known of a team (s) against what one item can tell (sigma).

What is finished early need not be a fair sample. So a size that is not finished, and has taken more of its estimate
than all these together, is counted with what it has taken until now. Saying that it is done leaves that as it is, or
lowers m where it took less: finishing something never lowers the odds of the rest. s stays what it was before the
quarter: a narrower one scored no better (docs/forecast.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from scenarios.odds.team_model import TeamModel
from scenarios.odds.team_record import CLIP, LEAST, MOST
from store.common.values import Value


class Told(Value):
    """What a size has taken so far, in the unit of its estimate (its mean), and whether it is done."""

    estimate: float
    spent: float
    done: bool


def seen_so_far(model: TeamModel, told: Iterable[Told]) -> TeamModel:
    """What is believed of a team in a quarter of which this is told, in any order; the same where that says nothing.

    What has no estimate, or has taken nothing, says nothing; what took more than ``CLIP`` (log) beyond the typical
    overrun counts as that.
    """
    sizes = [one for one in told if all(LEAST <= each <= MOST for each in (one.estimate, one.spent))]
    if not sizes or model.s <= 0:
        return model
    usual = math.exp(model.m)
    one_size = math.fsum(one.estimate**2 for one in sizes) / math.fsum(one.estimate for one in sizes)
    estimates = math.expm1(model.sigma**2) / model.s**2 * one_size
    took = estimates * usual
    most = usual * math.exp(CLIP)
    ratio = {one: min(one.spent / one.estimate, most) for one in sizes}
    # Those that are over, most first: what counts with them is the most that any of them together say.
    over = sorted((one for one in sizes if not one.done), key=lambda one: -ratio[one])
    seen = False
    for one in [*(one for one in sizes if one.done), *over]:
        if one.done or ratio[one] * estimates > took:
            estimates += one.estimate
            took += ratio[one] * one.estimate
            seen = True
    return replace(model, m=math.log(took / estimates)) if seen else model
