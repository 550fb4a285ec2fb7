"""Estimates and dates, as people and programs write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.imports.dates import day_order, parse_date
from store.imports.estimates import Estimate, EstimateError, NoRateError, NoUnitError, Rates, parse_estimate

RATES = Rates(points=8, hours=32, shirts={"M": (1.5, 3.0, 5.0)})


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("4", "points", 0.5),
        ("4.0", "points", 0.5),
        ("16", "hours", 0.5),
        ("7", "days", 1.4),
        ("1.5", "weeks", 1.5),
        ("57600", "seconds", 0.5),
        ("3d 4h", "seconds", 0.725),
        ("2w", "seconds", 2.0),
        ("1w 2d", "", 1.4),
        ("90m", "", 1.5 / 32),
        ("2.5 ew", "", 2.5),
        ("8 points", "weeks", 1.0),
        ("8 SP", "", 1.0),
        ("2,5", "weeks", 2.5),
        ("1,000", "hours", 31.25),
        ("+3", "days", 0.6),
        (" 3 ", "days", 0.6),
        ("1e1", "days", 2.0),
        ("~2d", "", 0.4),
    ],
)
def test_one_number(text: str, unit: str, expected: float) -> None:
    assert parse_estimate(text, unit, RATES) == Estimate(round(expected, 6))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("2-3-5.5", "weeks", Estimate(3, 2, 5.5)),
        ("2 – 3 – 5.5", "weeks", Estimate(3, 2, 5.5)),
        ("5-10-15", "days", Estimate(2, 1, 3)),
        ("1w-2w-3w", "", Estimate(2, 1, 3)),
        ("5-10-15 days", "weeks", Estimate(2, 1, 3)),
        ("m", "", Estimate(3, 1.5, 5)),
    ],
)
def test_range(text: str, unit: str, expected: Estimate) -> None:
    assert parse_estimate(text, unit, RATES) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "-", "?", "n/a", "TBD", "None", "0", "0.0", "0h", "0-0-0"])
def test_none(text: str) -> None:
    assert parse_estimate(text, "days", RATES) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("-3", "negative"),
        ("-3d", "negative"),
        ("lots", "not a number"),
        ("5 bananas", "unit that is not known: bananas"),
        ("1e9", "more than 10,000"),
        ("1e4000", "more than 10,000"),
        ("9" * 90, "more than 10,000"),
        ("inf", "more than 10,000"),
        ("-Infinity", "more than 10,000"),
        ("nan", "not a number"),
        ("2-5", "2 numbers"),
        ("5-3-2", "order"),
        ("2-3--5", "number"),
        ("3/4/2026", "not a number"),
        ("1_000", "not a number"),
        ("٣", "not a number"),
        ("5" * 200, "not a number"),
        ("=1+1", "not a number"),
    ],
)
def test_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(EstimateError, match=says):
        parse_estimate(text, "weeks", RATES)


def test_what_is_missing_is_told() -> None:
    with pytest.raises(NoRateError) as points:
        parse_estimate("3", "points", Rates())
    with pytest.raises(NoRateError) as hours:
        parse_estimate("3d 4h", "days", Rates())
    assert (points.value.unit, hours.value.unit) == ("points", "hours")
    with pytest.raises(NoUnitError):
        parse_estimate("3", "", RATES)


def test_decimal_comma_of_semicolon_files() -> None:
    assert parse_estimate("1,250", "weeks", RATES, decimal_comma=True) == Estimate(1.25)
    assert parse_estimate("1,250", "weeks", RATES) == Estimate(1250)


@given(st.text(max_size=120), st.sampled_from(["points", "hours", "days", "weeks", "seconds", ""]), st.booleans())
def test_any_text_is_an_estimate_or_a_reason(text: str, unit: str, comma: bool) -> None:
    try:
        found = parse_estimate(text, unit, RATES, decimal_comma=comma)  # type: ignore[arg-type]
    except (EstimateError, NoUnitError):
        return
    assert found is None or 0 <= (found.low or 0) <= found.likely <= (found.high or found.likely) <= 10_000


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-12",
        "2026-03-12 10:00",
        "2026-03-12T10:00:00.000+0100",
        "2026-03-12T10:00Z",
        "20260312",
        "2026/03/12",
        "12/Mar/26 8:00 AM",
        "12/Mar/26",
        "12-Mar-2026",
        "12 March 2026",
        "Mar 12, 2026",
        "12/Mär/26 08:00",
        "12.03.2026",
        "12.3.26",
        "12.03.2026 08:00",
    ],
)
def test_date_forms(text: str) -> None:
    assert parse_date(text, None) == date(2026, 3, 12)


def test_slashed_dates_are_settled_by_other_rows() -> None:
    assert parse_date("03/04/2026", None) is None
    assert parse_date("03/04/2026", day_order(["25/12/2026", "03/04/2026"])) == date(2026, 4, 3)
    assert parse_date("03/04/2026", day_order(["12/25/2026", "03/04/2026"])) == date(2026, 3, 4)
    assert day_order(["25/12/2026", "12/25/2026"]) is None
    assert parse_date("04/04/26", None) == date(2026, 4, 4)
    assert parse_date("25/12/2026", None) == date(2026, 12, 25)


@pytest.mark.parametrize(
    "text", ["soon", "2026-02-30", "99/99/9999", "0000-01-01", "12/Foo/26", "1", "Q3", "2026-13-01"]
)
def test_no_date(text: str) -> None:
    assert parse_date(text, "day-first") is None


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    parse_date(text, "month-first")
