"""Odds as they are read against a target: what is said of the two is what the words read as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.figures.amounts import arrow, odds_percent, target_percent


@pytest.mark.parametrize(
    ("odds", "target", "read"),
    [
        (0.6999, 0.7, "69.9%"),
        (0.695, 0.7, "69.5%"),
        (0.6949, 0.7, "69%"),
        (0.7, 0.7, "70%"),
        (0.7001, 0.7, "70.0%"),
        (0.7049, 0.7, "70.4%"),
        (0.7051, 0.7, "71%"),
        (0.726, 0.725, "72.6%"),
        (0.725, 0.725, "72.5%"),
        (0.9951, 0.7, "99%"),
        (0.9999, 0.99, "99.9%"),
        (0.6999, None, "70%"),
    ],
)
def test_near_the_target_there_is_one_decimal(odds, target, read):
    assert odds_percent(odds, target) == read


@given(st.integers(0, 10_000), st.integers(2, 198))
def test_what_misses_the_target_reads_below_it(trials, halves):
    """Of 10,000 trials, against any target in whole or half percents."""
    odds, target = trials / 10_000, halves / 200
    read, wanted = (float(text.rstrip("%")) for text in (odds_percent(odds, target), target_percent(target)))
    assert (read >= wanted) == (odds >= target)
    assert abs(read - 100 * odds) <= 0.5 + 1e-9 or trials in range(1, 50) or trials in range(9_950, 10_000)


def test_before_and_after_are_told_apart_where_it_matters():
    assert arrow(0.6961, 0.7012, 0.7) == "69.6% → 70.1%"
    assert arrow(0.6961, 0.7012) == "70%"
    assert arrow(0.7012, 0.7014, 0.7) == "70.1%"
