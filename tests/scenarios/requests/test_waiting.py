"""Who waits, against a fixture that was added up by hand."""

from datetime import date
from fractions import Fraction

import pytest

from scenarios.requests.who_waits import who_waits
from store.records import Wait
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import charter, customer

#: number, name, yearly revenue, renewal; the quarter begins on 1 January 2027, and its horizon ends on 30 June.
CUSTOMERS = (
    (1, "Aldermoor", 212_000.10, date(2027, 2, 28)),
    (2, "Bluewater", 180_000.20, date(2027, 3, 15)),
    (3, "Calder", 98_000.99, date(2027, 6, 30)),  # the last day
    (4, "Dovrefoss", 133_000.07, date(2027, 7, 1)),  # a day too late
    (5, "Eastgarth", 305_000.00, date(2026, 12, 31)),  # a day before
    (6, "Fennimore", 57_000.33, date(2027, 1, 1)),  # the first day
    (7, "Oakhollow", 29_000.00, None),
    (8, "Umbra", None, date(2027, 3, 28)),
    (9, "Nobody's", 999_999.99, date(2027, 3, 1)),  # waits for what stays
)
#: item -> who waits
WAITS = {1: (1, 2, 3, 4), 2: (2, 3, 5, 8), 3: (1, 6, 7), 4: (9,)}


@pytest.fixture
def state():
    state = empty()
    for number, name, arr, renews in CUSTOMERS:
        customer(state, number, name, arr, renews)
    for item_id, customers in WAITS.items():
        add_item(state, item_id, 1.0)
        for customer_id in customers:
            number = len(state.all(Wait)) + 1
            add(state, Wait(id=number, item_id=item_id, customer_id=customer_id))
    return state


def test_each_customer_once_to_the_cent(state):
    found = who_waits(state, [1, 2, 3])
    # 212,000.10 + 180,000.20 + 98,000.99 + 57,000.33; Umbra's revenue is not known.
    assert found.at_renewal.value == Fraction("547001.62")
    assert found.at_renewal.text == "$547,001.62 (known for 6 of 8)", "neither Umbra's revenue nor Oakhollow's day"
    assert [row.customer.id for row in found.renewing] == [6, 1, 2, 8, 3]
    # and 133,000.07 + 305,000 + 29,000 that renew at other times
    assert found.revenue.value == Fraction("1014001.69")
    assert len(found.rows) == 8


def test_who_waits_for_several_is_told_for_which(state):
    rows = {row.customer.name: [item.id for item in row.items] for row in who_waits(state, [1, 2, 3]).rows}
    assert rows["Bluewater"] == [1, 2]
    assert rows["Aldermoor"] == [1, 3]
    assert "Nobody's" not in rows


def test_the_horizon_is_the_charters(state):
    charter(state, renewal_days=181)
    assert who_waits(state, [1]).at_renewal.value == Fraction("623001.36"), "with Dovrefoss"
    charter(state, renewal_days=0)
    assert [row.customer.name for row in who_waits(state, [1, 2, 3]).renewing] == ["Fennimore"]


def test_what_renewed_before_today_is_left_out(state):
    found = who_waits(state, [1, 2, 3], since=date(2027, 3, 1))
    assert [row.customer.name for row in found.renewing] == ["Bluewater", "Umbra", "Calder"]


def test_the_figure_says_who_and_when(state):
    first, *inputs = who_waits(state, [3]).at_renewal.why
    assert first.startswith(
        "renewals that wait: $269,000.43 (known for 2 of 3) = sum of yearly revenue, renewals from 2027-01-01 to"
    )
    known = ["Fennimore: $57,000.33, renews 2027-01-01", "Aldermoor: $212,000.10, renews 2027-02-28"]
    assert inputs == [*known, "Oakhollow: $29,000, no renewal date"]


def test_nobody(state):
    assert who_waits(state, []).at_renewal.value == 0
    assert who_waits(state, []).rows == ()
