"""Amounts as they are typed and written, in the workspace's currency; never one for another."""

import pytest

from scenarios.figures.amounts import cents, money, use_currency
from scenarios.figures.money import money_of
from store.common.errors import Refused


@pytest.mark.parametrize(
    ("code", "full", "short"),
    [
        ("USD", "$1,234.50", "$480k"),
        ("EUR", "€1,234.50", "€480k"),
        ("GBP", "£1,234.50", "£480k"),
        ("CHF", "CHF 1,234.50", "CHF 480k"),
        ("SEK", "1,234.50 kr", "480k kr"),
        ("CAD", "C$1,234.50", "C$480k"),
    ],
)
def test_the_usual_sign_in_its_usual_place_and_read_back(code, full, short):
    use_currency(code)
    assert (cents(1234.5), money(480_000)) == (full, short)
    assert (money_of(full), money_of(short)) == (1234.5, 480_000)


@pytest.mark.parametrize(
    ("amount", "short"),
    [(306_500, "$307k"), (305_500, "$306k"), (306_499.99, "$306k"), (999_499, "$999k"), (999_500, "$1.00M"), (1, "$1"),
     (1_235_000, "$1.24M"), (1_225_000, "$1.23M"), (999_995_000, "$1.00B"), (999.5, "$1k"), (0.5, "$1"), (0, "$0")],
)  # fmt: skip
def test_half_of_the_last_digit_is_rounded_up(amount, short):
    assert money(amount) == short


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("180k", 180_000), ("$1.2M", 1_200_000), ("1.250,50", 1250.5),
     ("180,000.25", 180_000.25), ("12,5", 12.5), ("", None), ("usd 5", 5),
     ("-5", -5), ("1 200 000", 1_200_000), ("0", 0)],
)  # fmt: skip
def test_what_is_typed(typed, amount):
    assert money_of(typed) == amount


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("€50k", "is in EUR, and amounts here are in USD"), ("50 kr", "is in SEK"), ("C$5", "is in CAD"),
     ("lots", "is not an amount"), ("1,23,456", "is not an amount"), ("180.000", "180000, or 180"),
     ("5e9", "is not an amount"),
     ("1000000000000000", "too large"), ("x" * 200, "is not an amount"), ("$5 apples", "is not an amount")],
)  # fmt: skip
def test_what_is_refused(typed, sentence):
    with pytest.raises(Refused, match=sentence):
        money_of(typed)


def test_a_sign_that_several_share_means_the_workspaces_own():
    use_currency("CAD")
    assert money_of("$5k") == 5_000
    use_currency("NOK")
    assert money_of("5k kr") == 5_000
