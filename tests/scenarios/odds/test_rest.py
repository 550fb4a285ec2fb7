"""What is left of a size: against plain rejection sampling, the closed form, and what must hold of any."""

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.rest import beyond, rest_of

LUCK = np.random.default_rng(21).standard_normal(10_000)


def effort(mean: float, sigma: float, luck: np.ndarray) -> np.ndarray:
    return mean * np.exp(sigma * luck - sigma**2 / 2)


@pytest.mark.parametrize(("mean", "sigma", "spent"), [(3.0, 0.6, 1.0), (3.0, 0.6, 7.0), (1.0, 0.9, 2.0)])
def test_it_is_what_rejection_sampling_finds(mean: float, sigma: float, spent: float) -> None:
    """Draw efforts, throw away those that are through already, look at the rest of the others."""
    drawn = effort(mean, sigma, np.random.default_rng(7).standard_normal(500_000))
    kept = drawn[drawn > spent] - spent
    found = rest_of(mean, sigma, spent, LUCK)
    for at in (0.05, 0.25, 0.5, 0.75, 0.95):
        true = float(np.quantile(kept, at))
        # Of 10,000 draws, four standard errors of how many lie below.
        assert abs(float((found <= true).mean()) - at) < 4 * math.sqrt(at * (1 - at) / 10_000)
    error = float(kept.std()) / math.sqrt(10_000)
    assert abs(float(found.mean()) - float(kept.mean())) < 4 * error


def test_each_draw_keeps_its_place_in_what_is_left() -> None:
    """The closed form F^-1(F(a) + u(1 - F(a))) - a, by another library's normal distribution."""
    normal, mean, sigma, spent = NormalDist(), 2.0, 0.7, 1.5
    least = (math.log(spent / mean) + sigma**2 / 2) / sigma
    luck = np.array([-3.0, -1.0, 0.0, 0.4, 2.5])
    for one, found in zip(luck, rest_of(mean, sigma, spent, luck), strict=True):
        share = normal.cdf(least) + normal.cdf(one) * (1 - normal.cdf(least))
        assert found == pytest.approx(float(effort(mean, sigma, normal.inv_cdf(share))) - spent, abs=1e-5)


def test_nothing_spent_is_the_effort_to_the_last_digit() -> None:
    assert (rest_of(3.0, 0.6, 0.0, LUCK) == effort(3.0, 0.6, LUCK)).all()
    assert rest_of(0.0, 0.6, 1.0, LUCK).max() == 0


def test_far_beyond_its_estimate_something_is_left_and_the_more_the_later() -> None:
    """A lognormal effort that is late is expected to be later still."""
    means = [float(rest_of(1.0, 0.6, spent, LUCK).mean()) for spent in (5.0, 1e3, 1e8, 1e12)]
    assert all(0 < less < more < math.inf for less, more in pairwise(means))
    # Where the table is read and where it no longer is: an exponential of mean 1/least, nearly.
    for least in (29.9, 30.1, 40.0):
        assert float((beyond(LUCK, least) - least).mean()) == pytest.approx(1 / least, rel=0.03)


@given(
    mean=st.floats(0.01, 100),
    sigma=st.floats(0.05, 2.0),
    spent=st.floats(0, 300),
    more=st.floats(0, 100),
    scale=st.sampled_from([0.25, 2.0, 8.0]),
)
@settings(max_examples=50, deadline=None)
def test_what_holds_of_any(mean: float, sigma: float, spent: float, more: float, scale: float) -> None:
    luck = LUCK[:200]
    left = rest_of(mean, sigma, spent, luck)
    assert np.isfinite(left).all()
    assert (left >= 0).all()
    # More luck is more effort; what is more spent never makes less of it in all; and weeks are as good as days.
    assert (np.diff(left[np.argsort(luck)]) >= -1e-9 * (mean + spent)).all()
    later = rest_of(mean, sigma, spent + more, luck) + more
    assert (later >= left - 1e-6 * (1 + left + spent + more)).all()
    assert rest_of(scale * mean, sigma, scale * spent, luck) == pytest.approx(scale * left, rel=1e-6, abs=1e-9)
