"""The whole plan as one choice: the most value within the capacities, prerequisites included (next release problem,
Bagnall 2001).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenarios.solver.milp import Model, solve
from scenarios.solver.problem import Stop


@dataclass(frozen=True)
class Selection:
    """What to take, ascending, and what it is worth. Empty with ``value`` None where nothing can be taken as asked.

    ``bound``: no selection is worth more, as far as is known; equal to ``value`` where ``proven``.
    """

    taken: tuple[int, ...]
    value: float | None
    proven: bool
    bound: float


def best_selection(
    value: npt.ArrayLike,
    cost_rows: npt.ArrayLike,
    capacity_rows: npt.ArrayLike,
    requires: Sequence[tuple[int, int]] = (),
    fixed_in: Collection[int] = (),
    fixed_out: Collection[int] = (),
    stop: Stop | None = None,
    *,
    nodes: int | None = None,
) -> Selection:
    """The selection of most value: ``cost_rows @ taken <= capacity_rows``, and who is taken takes what it requires.

    ``value``: (items,); ``cost_rows``: (rows, items); ``capacity_rows``: (rows,); ``requires``: pairs (a, b), a needs
    b. An item that is worth nothing and costs at least nothing is only taken where something requires it, so it need
    not be whole in the program: its share can be no less than that of what requires it. ``nodes``: the most nodes of
    the tree, after which it is not ``proven``. Raises ValueError where shapes do not fit, Stopped, and ImportError
    without highspy.
    """
    worth = np.asarray(value, dtype=np.float64)
    costs, capacity = np.asarray(cost_rows, dtype=np.float64), np.asarray(capacity_rows, dtype=np.float64)
    if costs.shape != (len(capacity), len(worth)):
        raise ValueError(
            f"costs are (rows, items): {costs.shape} does not fit {len(capacity)} rows of {len(worth)} items"
        )
    if not (np.isfinite(worth).all() and np.isfinite(costs).all()):
        raise ValueError("values and costs are numbers")
    model = Model()
    columns = model.columns(len(worth))
    for item in columns:
        # Only what has a worth of its own, or frees something, decides; the rest follows.
        model.whole[item] = bool(worth[item] or (costs[:, item] < 0).any())
        model.low[item] = float(item in set(fixed_in))
        model.high[item] = float(item not in set(fixed_out))
    if any(model.low[item] > model.high[item] for item in columns):
        return Selection((), None, True, -np.inf)
    whole = bool((costs == np.round(costs)).all() and (capacity == np.round(capacity)).all())
    for row, most in zip(costs, capacity, strict=True):
        model.row({item: float(cost) for item, cost in enumerate(row)}, high=float(most) + (0.5 if whole else 0.0))
    for a, b in requires:
        model.row({a: 1.0, b: -1.0}, high=0.0)
    model.price({item: -float(each) for item, each in enumerate(worth)})
    outcome = solve(model, stop, nodes)
    if outcome.values is None:
        return Selection((), None, outcome.proven, -outcome.bound)
    taken = _closed(outcome.values, model, requires, set(fixed_in))
    total = float(worth[taken].sum())
    fits = bool(
        (costs[:, taken].sum(axis=1) <= capacity + (0.0 if whole else 1e-6 * np.maximum(np.abs(capacity), 1))).all()
    )
    proven = outcome.proven and fits
    return Selection(tuple(taken), total, proven, total if proven else -outcome.bound)


def _closed(
    values: npt.NDArray[np.float64], model: Model, requires: Sequence[tuple[int, int]], fixed: set[int]
) -> list[int]:
    """The items that decide, with all that they require; nothing else, whatever share the program gave it."""
    after: dict[int, list[int]] = {}
    for a, b in requires:
        after.setdefault(a, []).append(b)
    taken = {item for item in range(len(model.whole)) if model.whole[item] and values[item] > 0.5} | fixed
    waiting = list(taken)
    while waiting:
        for other in after.get(waiting.pop(), ()):
            if other not in taken:
                taken.add(other)
                waiting.append(other)
    return sorted(taken)
