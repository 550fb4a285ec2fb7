"""What a week of each team costs at the margin: the duals of the relaxed problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.solver.milp import silent_highs
from scenarios.swaps.criteria import Criterion
from scenarios.swaps.search import Swaps


@dataclass(frozen=True)
class Price:
    """One more engineer-week short on a team costs ``cost`` of the criterion's ``unit``."""

    team_id: int
    cost: float
    unit: str


def prices(swaps: Swaps, criterion: Criterion) -> tuple[Price, ...]:
    """By team with something short, the price of a week in value, or in items where nobody has given values.

    From the linear relaxation (items may leave in part), so that a price is a rate and not a lump. Duals of
    ``min cost x, rows x >= need, 0 <= x <= 1``; items and their versions count as apart.
    """
    import highspy

    cover = swaps.cover
    if not cover.teams or not len(cover.options.all):
        return ()
    worths = swaps.criteria.displaced
    unit = "value" if worths and criterion != "clean" else "items"
    cost = np.ones(len(cover.options.all))
    if unit == "value":
        cost = np.array([each.amount if each else 0.0 for each in worths])
    solver = silent_highs()()
    solver.setOptionValue("threads", 1)
    options = len(cover.options.all)
    solver.addVars(options, np.zeros(options), np.ones(options))
    solver.changeColsCost(options, np.arange(options, dtype=np.int32), cost)
    for row, need in zip(cover.frees, cover.needs, strict=True):
        at = np.flatnonzero(row).astype(np.int32)
        solver.addRow(float(need), highspy.kHighsInf, len(at), at, row[at])
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return ()
    duals = solver.getSolution().row_dual
    return tuple(Price(team_id, float(dual), unit) for team_id, dual in zip(cover.teams, duals, strict=True))
