"""Mixed integer programs through HiGHS: silent, on one thread, the same answer on every run, and stopped when told
to.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from scenarios.solver.problem import Float, Stop, Stopped

#: Seconds between two looks at whether to stop.
_LOOK = 0.01
_SEED = 20

Terms = Sequence[tuple[Sequence[int], Sequence[float]]]


@dataclass(frozen=True)
class Outcome:
    """What HiGHS says: values of the columns (None where it has none), whether that is the optimum, and a lower bound.

    Without values and ``proven``: nothing meets the constraints.
    """

    values: Float | None
    proven: bool
    bound: float


@dataclass
class Model:
    """A program to be minimised, column by column and row by row."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[list[int], list[float], float, float]] = field(default_factory=list)

    def columns(self, count: int, *, low: float = 0.0, high: float = 1.0, whole: bool = False) -> list[int]:
        """Add columns that cost nothing; their indices."""
        start = len(self.cost)
        self.cost += [0.0] * count
        self.low += [low] * count
        self.high += [high] * count
        self.whole += [whole] * count
        return list(range(start, start + count))

    def row(self, terms: Mapping[int, float], low: float = -np.inf, high: float = np.inf) -> None:
        """Add a constraint; ``terms``: column -> factor."""
        kept = {column: float(factor) for column, factor in terms.items() if factor}
        self.rows.append((list(kept), list(kept.values()), low, high))

    def copy(self) -> Model:
        """A model that can be changed without changing this one."""
        return Model(list(self.cost), list(self.low), list(self.high), list(self.whole), list(self.rows))

    def price(self, terms: Mapping[int, float]) -> None:
        """Set the objective; ``terms``: column -> cost."""
        self.cost = [0.0] * len(self.cost)
        for column, cost in terms.items():
            self.cost[column] = float(cost)


@cache
def silent_highs() -> Any:
    """The class of HiGHS' solvers, but that none prints anything. Raises ImportError without HiGHS."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802
            # From 1.16 on, it says its name here, while it is made: after that would be too late to tell it.
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Silent


def solve(model: Model, stop: Stop | None = None, nodes: int | None = None) -> Outcome:
    """The optimum of a model, with no gap; at most so many ``nodes`` of its tree. Raises Stopped, and ImportError
    without HiGHS.
    """
    import highspy

    if stop is not None and stop():
        raise Stopped
    solver = silent_highs()()
    options: dict[str, bool | int | float | str] = {
        "log_to_console": False, "threads": 1, "parallel": "off", "random_seed": _SEED,
        "mip_rel_gap": 0.0, "mip_abs_gap": 0.0, "mip_feasibility_tolerance": 1e-7, "primal_feasibility_tolerance": 1e-7,
    }  # fmt: skip
    if nodes is not None:
        options["mip_max_nodes"] = nodes
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(_program(model, highspy))
    _run(solver, stop)
    status = solver.getModelStatus()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Outcome(None, True, np.inf)
    info = solver.getInfo()
    whole = any(model.whole)
    bound = float(info.mip_dual_bound if whole else info.objective_function_value)
    feasible = info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    values = np.array(solver.getSolution().col_value) if feasible else None
    return Outcome(values, status == kinds.kOptimal and values is not None, bound)


def _program(model: Model, highspy: ModuleType) -> Any:
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.cost), len(model.rows)
    program.col_cost_ = np.array(model.cost)
    program.col_lower_, program.col_upper_ = np.array(model.low), np.array(model.high)
    program.row_lower_ = np.array([low for *_, low, _ in model.rows])
    program.row_upper_ = np.array([high for *_, high in model.rows])
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(columns) for columns, *_ in model.rows])]).astype(
        np.int32
    )
    program.a_matrix_.index_ = np.array([column for columns, *_ in model.rows for column in columns], dtype=np.int32)
    program.a_matrix_.value_ = np.array(
        [factor for _, factors, *_ in model.rows for factor in factors], dtype=np.float64
    )
    kinds = highspy.HighsVarType
    program.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model.whole]
    return program


def _run(solver: Any, stop: Stop | None) -> None:
    """Run; where it may be stopped, on a thread of its own, since HiGHS does not always ask for long stretches."""
    if stop is None:
        solver.run()
        return
    told, done = threading.Event(), threading.Event()

    def asked(event: Any) -> None:
        if told.is_set():
            event.interrupt()

    solver.cbMipInterrupt += asked
    solver.cbSimplexInterrupt += asked
    solver.cbIpmInterrupt += asked

    def work() -> None:
        try:
            solver.run()
        finally:
            done.set()

    # Not a daemon: an interpreter that ends waits for it to notice that it was told.
    threading.Thread(target=work, name="HiGHS").start()
    while not done.wait(_LOOK):
        if stop():
            told.set()
            raise Stopped
