"""Sizes as people type them: one unit, low-likely-high, days, T-shirts, and sentences for what is not a size."""

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenarios.figures.sizes import (
    Range,
    change_ew,
    check_range,
    format_ew,
    format_range,
    format_span,
    parse_size,
    range_of,
    whole_ew,
)
from store.common.errors import Refused
from store.records import Shirt
from tests.scenarios.making import SHIRTS, size

WARDROBE = [Shirt(id=n, letter=a, low=b, likely=c, high=d) for n, (a, b, c, d) in enumerate(SHIRTS, 1)]


class TestReading:
    @pytest.mark.parametrize(
        ("typed", "low", "likely", "high"),
        [
            ("3", None, 3, None),
            ("2-3-5.5", 2, 3, 5.5),
            (" 2 - 3 - 5.5 ", 2, 3, 5.5),
            ("2–3–5.5", 2, 3, 5.5),
            ("2-8", 2, 4, 8),
            ("3-3", 3, 3, 3),
            ("0.5", None, 0.5, None),
            (".5", None, 0.5, None),
            ("1,5", None, 1.5, None),
            ("1,5-2-3,25", 1.5, 2, 3.25),
            ("4d", None, 0.8, None),
            ("5D", None, 1, None),
            ("2-3-5 d", 0.4, 0.6, 1.0),
            ("3ew", None, 3, None),
            ("3 w", None, 3, None),
            ("10000", None, 10_000, None),
            ("M", 1.5, 3, 5),
            ("xl", 8, 12, 20),
        ],
    )
    def test_what_may_be_typed(self, typed, low, likely, high):
        found = parse_size(typed, WARDROBE)
        assert (found.low, found.high) == (
            pytest.approx(low) if low is not None else None,
            pytest.approx(high) if high is not None else None,
        )
        assert found.likely == pytest.approx(likely)

    @pytest.mark.parametrize(
        "typed", ["", " ", "three", "-3", "3-", "1-2-3-4", "2--3", "3 weeks", "1e3", "∞", "L", "3d4"]
    )
    def test_what_is_no_size_says_what_to_write(self, typed):
        with pytest.raises(Refused) as caught:
            parse_size(typed, WARDROBE)
        assert str(caught.value) == (
            f"“{typed.strip()}” is not a size: write low-likely-high in engineer-weeks, as 2-3-5.5, or one number,"
            " or one of S M XL"
        )

    def test_without_shirts_none_is_offered(self):
        with pytest.raises(Refused, match=r"or one number$"):
            parse_size("M")

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("0", "a size must be above 0 engineer-weeks"),
            ("0-1-2", "a size must be above 0 engineer-weeks"),
            ("0-2", "a size must be above 0 engineer-weeks"),
            ("3-2-5", "3-2-5 is out of order: low (P10), then likely (P50), then high (P90)"),
            ("2-6-5", "2-6-5 is out of order: low (P10), then likely (P50), then high (P90)"),
            ("5-2", "out of order: low (P10), then likely (P50), then high (P90)"),
            ("10001", "10,001.0 engineer-weeks is more than any plan holds: is the unit right?"),
            ("1-2-99999", "99,999.0 engineer-weeks is more than any plan holds: is the unit right?"),
            ("9" * 400, "a size must be a finite number of engineer-weeks"),
        ],
    )
    def test_what_cannot_be_is_said_in_a_sentence(self, typed, sentence):
        with pytest.raises(Refused) as caught:
            parse_size(typed)
        assert str(caught.value).endswith(sentence)

    def test_a_days_limit_is_in_days(self):
        assert parse_size("50000d").likely == 10_000
        with pytest.raises(Refused):
            parse_size("50006d")

    @given(st.text(max_size=12))
    def test_any_text_is_a_sound_size_or_a_sentence(self, text):
        try:
            found = parse_size(text, WARDROBE)
        except Refused as error:
            said = str(error)
            assert "size" in said or "order" in said or "engineer-weeks" in said
        else:
            present = [part for part in (found.low, found.likely, found.high) if part is not None]
            assert present == sorted(present)
            assert 0 < present[0] <= present[-1] <= 10_000

    @pytest.mark.parametrize("bad", [math.nan, math.inf, -1.0, 0.0])
    def test_a_range_from_elsewhere_is_checked_too(self, bad):
        with pytest.raises(Refused):
            check_range(Range(bad))
        with pytest.raises(Refused):
            check_range(Range(2.0, bad, 3.0))


class TestShowing:
    @pytest.mark.parametrize(
        ("value", "shown"), [(3, "3.0"), (0.04, "0.0"), (-0.04, "0.0"), (-0.3, "-0.3"), (12.34, "12.3"), (-0.0, "0.0")]
    )
    def test_one_decimal_and_no_negative_zero(self, value, shown):
        assert format_ew(value) == shown

    @pytest.mark.parametrize(
        ("value", "shown"),
        [(1010.5, "1,010.5"), (999.95, "1,000.0"), (1.25, "1.3"), (1.15, "1.2"), (0.35, "0.4"), (-1.25, "-1.3")],
    )
    def test_thousands_are_parted_and_halves_go_up(self, value, shown):
        assert format_ew(value) == shown
        assert format_range(Range(abs(value))) == shown.strip("-").replace(",", "").removesuffix(".0")

    @given(st.integers(-2_000_000, 2_000_000))
    def test_the_decimal_that_is_typed_is_rounded_and_not_the_float(self, hundredths):
        typed = Decimal(hundredths) / 100
        assert Decimal(format_ew(float(typed)).replace(",", "")) == typed.quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert Decimal(change_ew(float(typed)).replace(",", "")) == typed.quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert Decimal(whole_ew(float(typed)).replace(",", "")) == typed.quantize(Decimal(1), ROUND_HALF_UP)

    def test_a_sum_that_misses_a_half_by_a_hair_is_that_half(self):
        assert sum([0.15] * 15) < 2.25
        assert format_ew(sum([0.15] * 15)) == "2.3"

    @pytest.mark.parametrize(
        ("given_range", "shown"),
        [
            (Range(3.0), "3"),
            (Range(3.0, 2.0, 5.5), "2-3-5.5"),
            (Range(0.2), "0.2"),
            (Range(0.04), "0.04"),
            (Range(0.00001), "0.00001"),
            (Range(120.0, 80.0, 200.0), "80-120-200"),
        ],
    )
    def test_a_range_as_it_would_be_typed(self, given_range, shown):
        assert format_range(given_range) == shown

    def test_a_span_adds_the_teams_up(self):
        assert format_span([]) == ""
        assert format_span([size(1, 1, (2.0, 3.0, 5.5))]) == "2–5.5"
        assert format_span([size(1, 1, (2.0, 3.0, 5.5)), size(1, 2, 1.5)]) == "3.5–7"
        assert format_span([size(1, 1, 3.0)]) == "3"

    def test_the_range_of_a_stored_size(self):
        assert range_of(size(1, 1, (2.0, 3.0, 5.5))) == Range(3.0, 2.0, 5.5)

    def test_scaling_keeps_the_shape(self):
        assert Range(3.0, 2.0, 5.5).scaled(2) == Range(6.0, 4.0, 11.0)
        assert Range(3.0).scaled(0.5) == Range(1.5)


tenths = st.integers(1, 20_000).map(lambda number: number / 10)


class TestRoundTrip:
    @given(tenths)
    def test_a_likely_value_of_tenths(self, likely):
        assert parse_size(format_range(Range(likely))) == Range(likely)

    @given(st.lists(tenths, min_size=3, max_size=3).map(sorted))
    def test_a_range_of_tenths(self, parts):
        low, likely, high = parts
        assert parse_size(format_range(Range(likely, low, high))) == Range(likely, low, high)

    @given(st.lists(st.floats(1e-6, 9_999), min_size=3, max_size=3).map(sorted))
    def test_any_range_is_read_back_to_the_figures_shown(self, parts):
        low, likely, high = parts
        back = parse_size(format_range(Range(likely, low, high)))
        for before, after in zip(parts, (back.low, back.likely, back.high), strict=True):
            assert after == pytest.approx(before, rel=0.06, abs=0.0501 if before >= 0.05 else 1e-12)

    @given(tenths, tenths)
    def test_two_numbers_put_the_likely_value_in_the_geometric_middle(self, low, high):
        assume(low <= high)
        found = parse_size(f"{low}-{high}")
        assert (found.low, found.high) == (low, high)
        assert found.likely / low == pytest.approx(high / found.likely)
