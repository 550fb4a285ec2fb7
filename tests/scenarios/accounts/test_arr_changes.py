"""Changes of revenue: what goes with what an account pays, and NRR, GRR and churn by the published formulas."""

from datetime import date
from fractions import Fraction

import pytest

from scenarios.accounts.arr_changes import change_arr, retention_of
from store.common.errors import Refused
from store.records import State
from store.records.looking_back import ArrChange
from tests.scenarios.making import add, empty
from tests.scenarios.negotiating import customer

TODAY = date(2027, 6, 30)


def changed(
    state: State, account: int, kind: str, amount: float | None, day: date = date(2027, 1, 15), **given: bool
) -> State:
    row = state.tables["customers"][account]
    command = change_arr(state, row, kind, day, amount, today=TODAY, **given)  # type: ignore[arg-type]
    return state.overlay(command)


def four() -> State:
    """100,000 a year at the start: 40, 30, 20 and 10 thousand."""
    state = empty()
    for number, (name, arr) in enumerate((("A", 40e3), ("B", 30e3), ("C", 20e3), ("D", 10e3)), 1):
        customer(state, number, name, arr)
    return state


def test_the_worked_example() -> None:
    """Start 100,000, expansion 20,000, contraction 5,000, churn 10,000: NRR 105%, GRR 85%; one of four left."""
    state = four()
    state = changed(state, 1, "expansion", 12e3)
    state = changed(state, 1, "expansion", 8e3, date(2027, 3, 1))
    state = changed(state, 2, "contraction", 5e3)
    state = changed(state, 4, "churn", None)
    customer(state, 5, "E", None)
    state = changed(state, 5, "new", 50e3)
    assert [row.arr for row in state.tables["customers"].values()] == [60e3, 25e3, 20e3, 0.0, 50e3]
    found = retention_of(state, TODAY)
    assert (found.start, found.expansion, found.contraction, found.churn) == (100_000, 20_000, 5_000, 10_000)
    assert (found.nrr.value, found.grr.value) == (Fraction(105, 100), Fraction(85, 100))
    assert (found.revenue_churn.value, found.logo_churn.value) == (Fraction(1, 10), Fraction(1, 4))
    assert (found.new, found.lost, found.accounts) == (50_000, ("D",), 4)
    # A quarter of the accounts took a tenth of the revenue with them.
    assert found.words.startswith("Those that left are small")


def test_a_rate_is_rounded_half_up_as_nobody_holds_it_against_a_bound() -> None:
    """9,975 on 100,000 is 109.975%, which no bound waits for: 110.0%. Just 110% is read without a decimal."""
    assert retention_of(changed(four(), 1, "expansion", 9_975.0), TODAY).nrr.text == "110.0%"
    assert retention_of(changed(four(), 1, "expansion", 10e3), TODAY).nrr.text == "110%"
    assert retention_of(changed(four(), 1, "contraction", 55.0), TODAY).grr.text == "99.9%"


def test_what_changed_before_the_four_quarters_is_in_the_start() -> None:
    state = changed(four(), 1, "expansion", 10e3, date(2026, 6, 30))
    assert (retention_of(state, TODAY).start, retention_of(state, TODAY).changes) == (110_000, 0)
    assert retention_of(state, date(2027, 6, 29)).expansion == 10_000


def test_a_few_large_accounts_make_the_difference_and_unknown_revenue_is_left_out() -> None:
    state = four()
    for number in range(5, 9):
        customer(state, number, f"small {number}", 1e3)
    customer(state, 9, "nobody knows")
    found = retention_of(changed(state, 1, "churn", 40e3), TODAY)
    assert (found.logo_churn.value, found.revenue_churn.value) == (Fraction(1, 8), Fraction(40, 104))
    assert found.words.startswith("Few large accounts")
    assert found.nrr.partly == "of 8 of 9 accounts"


def test_what_the_revenue_on_record_has_already_does_not_move_it_and_too_much_of_it_is_left_out() -> None:
    state = changed(four(), 4, "expansion", 15e3, already=True)
    assert state.tables["customers"][4].arr == 10e3
    found = retention_of(state, TODAY)
    assert (found.odd, found.start) == (("D",), 90_000)


@pytest.mark.parametrize(
    ("kind", "amount", "day", "words"),
    [
        ("new", 1e3, TODAY, "already"),
        ("contraction", 40e3, TODAY, "it is churn"),
        ("contraction", 41e3, TODAY, "cannot pay"),
        ("churn", 1e3, TODAY, "a contraction"),
        ("expansion", None, TODAY, "By how much"),
        ("expansion", 0.0, TODAY, "By how much"),
        ("expansion", 1e3, date(2027, 7, 1), "still to come"),
    ],
)
def test_what_does_not_go_with_what_it_pays_is_refused(kind: str, amount: float | None, day: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        changed(four(), 1, kind, amount, day)


def test_nothing_is_said_without_a_start() -> None:
    state = empty()
    customer(state, 1, "A", 10e3)
    add(state, ArrChange(id=1, customer_id=1, kind="new", day=date(2027, 2, 1), amount=10e3))
    found = retention_of(state, TODAY)
    assert (found.nrr.value, found.grr.value, found.logo_churn.value, found.new) == (None, None, None, 10_000)
