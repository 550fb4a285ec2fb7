"""Each account's share of revenue beside its share of the planned effort, by hand."""

from datetime import UTC, date, datetime
from fractions import Fraction

from scenarios.plan.plan import entries_of, entry_of
from scenarios.reports.accounts_paper import accounts_paper
from scenarios.requests.claim_checks import checks_of
from scenarios.requests.influence import influence_of
from scenarios.rules.one_offs import gauge_of
from store.records import Progress, Size, Slice, State, Wait
from tests.scenarios.making import add, planned
from tests.scenarios.negotiating import customer, request

TODAY = date(2027, 2, 1)


def room() -> State:
    """8 ew in plan: 4 that Acme asked for, 3 that Bolt and Cask wait for, 1 of nobody; item 4 was declined."""
    state = planned([4.0, 3.0, 1.0])
    customer(state, 1, "Acme", 100_000.0)
    customer(state, 2, "Bolt", 300_000.0)
    customer(state, 3, "Cask")
    customer(state, 4, "Dusk")
    request(state, 1, customer_id=1, received_at=datetime(2026, 6, 1, tzinfo=UTC))
    request(state, 3, customer_id=2, received_at=datetime(2026, 1, 31, tzinfo=UTC))
    add(state, Wait(id=1, item_id=2, customer_id=2), Wait(id=2, item_id=2, customer_id=3))
    # Who waits for what another asked for has no part in it.
    add(state, Wait(id=3, item_id=1, customer_id=3))
    return state


def test_shares_by_hand() -> None:
    found = {row.account.name: row for row in influence_of(room(), TODAY)}
    # Dusk neither pays, asked nor waits. Bolt asked for item 3 more than four quarters ago: its effort, no ask.
    assert list(found) == ["Acme", "Bolt", "Cask"]
    assert [row.revenue.value for row in found.values()] == [Fraction(1, 4), Fraction(3, 4), None]
    assert [row.effort.value for row in found.values()] == [Fraction(4, 8), Fraction(5, 16), Fraction(3, 16)]
    assert [(row.asks, row.yeses) for row in found.values()] == [(1, 1), (0, 0), (0, 0)]
    assert found["Acme"].revenue.partly == "of the revenue of 2 of 4 accounts"
    # Acme's half is just twice its quarter, which is not more than that.
    assert not any(row.too_much for row in found.values())
    assert ("item 2", "1.5 ew") in found["Bolt"].effort.inputs


def test_planned_effort_is_what_the_gauge_counts_in_a_running_quarter_too() -> None:
    """Item 1 of Acme took 6 ew and has 1 left, so 7 of 11 ew, not 4 of 8."""
    state = room()
    (size,) = (row for row in state.each(Size) if row.item_id == 1)
    add(state, state.quarter.model_copy(update={"state": "baselined", "progress_on": TODAY}))
    add(state, Progress(id=1, item_id=1, team_id=size.team_id, spent=6.0, left=1.0, told_on=date(2027, 2, 1)))
    found = {row.account.name: row.effort for row in influence_of(state, TODAY)}
    assert found["Acme"].value == Fraction(7, 11)
    assert ("planned effort", "11.0 ew") in found["Acme"].inputs
    assert ("planned effort", "11.0 ew") in gauge_of(entries_of(state, "plan"), state.each(Slice)).share.inputs


def test_more_than_twice_is_marked_where_revenue_is_known() -> None:
    state = room()
    customer(state, 2, "Bolt", 300_001.0)
    assert [row.account.name for row in influence_of(state, TODAY) if row.too_much] == ["Acme"]


def test_the_claim_of_a_strategic_account_quotes_both_shares() -> None:
    state = room()
    customer(state, 2, "Bolt", 300_001.0)
    words, figures = checks_of(state, entry_of(state, 1))["strategic account"]
    assert words == (
        "24.9% of the revenue of 2 of 4 accounts, 50% of planned effort, more than twice what its revenue would give"
    )
    assert figures[1].value == Fraction(1, 2)


def test_without_a_plan_nothing_is_said_of_effort() -> None:
    state = planned([])
    customer(state, 1, "Acme", 0.0)
    (row,) = influence_of(state, TODAY)
    assert (row.revenue.value, row.effort.value, row.too_much) == (None, None, False)


def test_shares_of_revenue_are_rounded_as_by_hand() -> None:
    """Of 1,550,000.50 in all: 80.645, 8.0645, 6.129 and 5.161 percent, which no bound waits for."""
    state = planned([4.0])
    paid = {"Van der Meer": 1_250_000.5, "Bakker": 125_000.0, "Rotterdam": 95_000.0, "DHZ": 80_000.0}
    for number, (name, arr) in enumerate(paid.items(), 1):
        customer(state, number, name, arr)
    part = next(part for part in accounts_paper(state, TODAY).parts if "Influence" in part.heading)
    rows = [row.cells[:2] for table in part.tables for row in table.rows]
    assert rows == [("Van der Meer", "80.6%"), ("Bakker", "8.1%"), ("Rotterdam", "6.1%"), ("DHZ", "5.2%")]
