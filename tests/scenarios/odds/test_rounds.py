"""Estimating together: the middle, and who is far from it."""

import math

import pytest

from scenarios.figures.sizes import Range
from scenarios.odds.hidden_round import Estimate, reveal


def told(*sizes: Range | float) -> list[Estimate]:
    return [
        Estimate("ABCDEFGH"[at], each if isinstance(each, Range) else Range(float(each)))
        for at, each in enumerate(sizes)
    ]


class TestMiddle:
    def test_medians_of_each_end(self):
        found = reveal(told(Range(3, 2, 5), Range(4, 1, 9), Range(10, 3, 20)))
        assert found.middle == Range(4, 2, 9)

    def test_an_even_number_takes_the_mean_of_the_two_in_the_middle(self):
        found = reveal(told(Range(3, 2, 5), Range(4, 3, 8)))
        assert found.middle == Range(3.5, 2.5, 6.5)

    def test_only_likely_values(self):
        assert reveal(told(2, 5, 3)).middle == Range(3)

    def test_ranges_of_those_who_stated_one(self):
        assert reveal(told(Range(3, 2, 6), 3, 4)).middle == Range(3, 2, 6)

    def test_lows_without_highs_make_no_range(self):
        assert reveal(told(Range(3, 2), 4)).middle == Range(3.5)

    def test_it_is_in_order_whoever_stated_a_range(self):
        # The only range lies above what most say.
        found = reveal(told(Range(9, 8, 10), 2, 3)).middle
        assert (found.low, found.likely, found.high) == (3, 3, 10)
        found = reveal(told(Range(1, 0.5, 1.5), 4, 5)).middle
        assert (found.low, found.likely, found.high) == (0.5, 4, 4)

    def test_the_order_of_speaking_does_not_matter(self):
        estimates = told(5, Range(3, 1, 4), 4)
        assert reveal(estimates) == reveal(estimates[::-1])


class TestOutliers:
    @pytest.mark.parametrize(("other", "far"), [(7.99, False), (8.0, True), (8.01, True)])
    def test_twice_the_middle_is_far(self, other, far):
        found = reveal(told(4, 4, other))
        assert [each.who for each in found.outliers] == (["C"] if far else [])

    @pytest.mark.parametrize(("other", "far"), [(2.01, False), (2.0, True), (1.99, True)])
    def test_half_the_middle_is_far(self, other, far):
        found = reveal(told(other, 4, 4))
        assert [each.who for each in found.outliers] == (["A"] if far else [])

    def test_both_ends_smallest_first(self):
        found = reveal(told(30, 4, 1, 5))
        assert [each.who for each in found.outliers] == ["C", "A"]
        assert [each.who for each in found.estimates] == ["C", "B", "D", "A"]
        assert found.ratio == 30

    def test_of_two_people_the_one_below_half_of_the_middle_is_named(self):
        assert reveal(told(2, 3)).outliers == ()
        assert [each.who for each in reveal(told(1, 9)).outliers] == ["A"]

    def test_nothing_beside_something(self):
        found = reveal(told(0, 4, 4))
        assert [each.who for each in found.outliers] == ["A"]
        assert found.ratio == math.inf

    def test_all_nothing(self):
        found = reveal(told(0, 0))
        assert (found.outliers, found.ratio, found.middle) == ((), 1.0, Range(0))


class TestHowMany:
    def test_one_alone_is_the_middle(self):
        found = reveal(told(Range(3, 2, 5)))
        assert (found.middle, found.outliers, found.ratio) == (Range(3, 2, 5), (), 1.0)

    def test_nobody(self):
        with pytest.raises(ValueError, match="nobody has estimated yet"):
            reveal([])
