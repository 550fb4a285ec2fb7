"""The second edition of the odds model once more: small, slow, readable, and not made from the first; one team."""

import numpy as np

SIGMA, SIGMA_WEIGHT, BIAS, OMEGA, TAU, TAU_WEIGHT, DRIFT = 0.60, 20, 0.07, 0.20, 0.15, 8, 0.10
TRIALS = 400_000


def learn(history, now=None):
    """(sigma, m, s) after the finished quarters in history: (quarter number, estimates, actuals), oldest first."""
    squares = dof = 0.0
    for _, estimates, actuals in history:
        residual = np.log(np.asarray(actuals, float) / np.asarray(estimates, float))
        residual = np.clip(residual - residual.mean(), -1.8, 1.8)
        squares, dof = squares + (residual**2).sum(), dof + len(residual) - 1
    sigma = np.sqrt((SIGMA_WEIGHT * SIGMA**2 + squares) / (SIGMA_WEIGHT + dof))
    m, _, surprises = walk(history, sigma, now, TAU**2, DRIFT**2)
    tau2 = TAU**2
    if len(surprises) >= 3:
        tau2 = max(0.0025, (TAU_WEIGHT * TAU**2 + sum(surprises)) / (TAU_WEIGHT + len(surprises)))
    # a team steadier than a typical one is known better, too; its m stays.
    calm = min(1.0, tau2 / TAU**2)
    _, variance, _ = walk(history, sigma, now, calm * TAU**2, calm * DRIFT**2)
    return float(sigma), float(m), float(np.sqrt(variance + tau2))


def walk(history, sigma, now, tau2, drift2):
    """(m, its variance, the surprises of the quarters)."""
    m, variance, last, surprises = BIAS, OMEGA**2, None, []
    for quarter, estimates, actuals in history:
        e = np.asarray(estimates, float)
        v = np.log1p(np.expm1(sigma**2) * (e**2).sum() / e.sum() ** 2)
        z = np.log(np.sum(actuals) / e.sum()) + v / 2
        if last is not None:
            variance = min(variance + drift2 * (quarter - last), OMEGA**2)
        # a surprise beyond two standard deviations counts as two.
        total = variance + v + tau2
        surprises.append(min((z - m) ** 2, 4 * total) - variance - v)
        gain = variance / total
        m, variance, last = m + gain * (z - m), variance * (1 - gain), quarter
    if history and now is not None:
        variance = min(variance + drift2 * (now - last), OMEGA**2)
    return m, variance, surprises


def mean_and_sigma(size, sigma):
    """An item's mean and log standard deviation from its likely size or its (P10, P50, P90)."""
    if np.ndim(size) == 0:
        return float(size), sigma
    low, likely, high = map(float, size)
    stated = np.log(high / low) / 2.563
    mean = 0.3 * low + 0.4 * likely + 0.3 * high
    if mean > likely:
        # low and high of a typical item are 1/2.1575 and 2.1575 times its likely size, and so skewed it is anyway.
        mean = max(likely, mean / (0.4 + 0.3 * (2.1575 + 1 / 2.1575)))
    return mean, float(np.sqrt(0.5 * stated**2 + 0.5 * sigma**2))


def odds(sizes, capacity, history=(), now=None, seed=1):
    sigma, m, s = learn(history, now)
    draw = np.random.default_rng(seed)
    total = np.zeros(TRIALS)
    for size in sizes:
        mean, spread = mean_and_sigma(size, sigma)
        total += mean * np.exp(spread * draw.standard_normal(TRIALS) - spread**2 / 2)
    total *= np.exp(m + s * draw.standard_normal(TRIALS))
    return float((total <= capacity).mean())
