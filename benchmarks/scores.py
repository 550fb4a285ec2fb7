"""How forecasts are scored: against what came true, and beside each other."""

from __future__ import annotations

import numpy as np

STATED = np.arange(5, 100, 5) / 100
SHOWN = (0.5, 0.7, 0.8, 0.9)


def crps_of(trials: np.ndarray, actual: float) -> float:
    """E|T - actual| - E|T - T'|/2 of equally likely values."""
    ordered = np.sort(trials)
    count = len(ordered)
    spread = float(np.dot(2 * np.arange(1, count + 1) - count - 1, ordered)) / count**2
    return float(np.abs(ordered - actual).mean()) - spread


def ece_of(reached: np.ndarray) -> float:
    """The mean gap between what is stated and how often it comes true."""
    return float(np.abs((reached[:, None] <= STATED).mean(axis=0) - STATED).mean())


def ece_of_a_perfect_forecast(count: int) -> tuple[float, float]:
    """The 5th and 95th percentile over many sets of this many independent plans."""
    draw = np.random.default_rng(count)
    low, high = np.quantile([ece_of(draw.random(count)) for _ in range(2_000)], (0.05, 0.95))
    return float(low), float(high)
