"""The facts card, line by line, for a request whose figures were worked by hand."""

from datetime import UTC, date, datetime

import pytest

from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.requests.facts import facts_of
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.records import Dependency, Slice, Wait
from store.records.negotiation import DealEnd, Evidence
from tests.scenarios.making import add, add_item, empty, forecast
from tests.scenarios.negotiating import charter, customer, decision, request


@pytest.fixture
def state():
    """Ten weeks of features for which two customers wait; Globex asks for a one-off of 2 ew, for the third time."""
    state = empty((14.0,))
    charter(state, licence=6_000.0)
    add(state, state.all(Slice)[5].model_copy(update={"ceiling": 10.0}))
    customer(state, 1, "Acme", 212_000.5, date(2027, 2, 28))
    customer(state, 2, "Bluewater", 100_000.0, date(2028, 2, 28))
    customer(state, 3, "Globex", 50_000.0)
    add_item(state, 1, 6.0, title="Billing")
    add_item(state, 2, 4.0, title="Search")
    for number, (item_id, customer_id) in enumerate([(1, 1), (2, 1), (2, 2)], 1):
        add(state, Wait(id=number, item_id=item_id, customer_id=customer_id))
    for number, title, outcome in ((5, "Dark mode", "won"), (6, "Export of the audit log", "lost")):
        add_item(state, number, 1.0, state="declined", title=title)
        request(state, number, customer_id=3, received_at=datetime(2026, number, 1, tzinfo=UTC))
        decision(state, number, kind="decline", item_id=number, at=datetime(2026, number, 9, tzinfo=UTC))
        add(state, DealEnd.model_validate({"id": number, "item_id": number, "outcome": outcome, "ended": "2026-07-01"}))
    add_item(state, 9, 2.0, state="inbox", slice="O", title="Audit log export")
    request(state, 9, customer_id=3, deal_amount=120_000.0, deal_probability=0.5)
    add(state, Evidence(id=1, item_id=9, customers=4, source="win/loss calls"))
    add(state, Evidence(id=2, item_id=9, customers=1, source="Globex's RFP", from_deal=True))
    return state


def card(state, out=(), **given):
    return {fact.about: fact for fact in facts_of(state, 9, forecast(state), out, **given)}


def test_the_lines_of_the_card(state):
    facts = card(state, [Leaving(entry_of(state, 2))])
    assert facts["postponed for it"].text == "4.0 ew: Search"
    # Acme waits for Billing as well, which stays; Bluewater renews in a year.
    assert facts["who waits for that"].text == ("2 customers with $312,000.50 a year; $212,000.50 renews by 2027-06-30")
    assert facts["the deal"].text == (
        "expected value $60,000, full cost $20,000, return 3 times; the cost equals 4 standard licences"
    )
    assert facts["demand"].text == "4 customers by evidence"
    # 2 of 6 + 2
    assert facts["one-offs after a yes"].text == "0% → 25%, struggling; ceiling 10%"
    # 50,000 of 362,000.50 a year; of what is planned nothing is Globex's.
    assert facts["influence of Globex"].text == (
        "13.8% of yearly revenue, 0% of planned effort; 3 asks in four quarters, 0 in plan or done"
    )
    assert facts["asked by Globex before"].text == "2 earlier: 2 declined; deals: 1 lost, 1 won"
    assert facts["similar before"].more == (
        "“Export of the audit log” for Globex, asked 2026-06-01: declined 2026-06-09; deal lost 2026-07-01",
    )


def test_every_figure_answers_why(state):
    trade = Trade.of(state, propose_item(state, 9), forecast(state))
    out = [Leaving(entry_of(state, 2))]
    for fact in card(state, out, afterwards=trade.after(out)).values():
        assert fact.figures, fact.about
        for figure in fact.figures:
            first, *inputs = figure.why
            assert figure.text in first
            assert figure.formula in first
            assert inputs, figure.name


def test_room_is_that_of_the_forecast(state):
    now = forecast(state)
    assert now.fits
    fact = card(state)["room now"]
    assert 0 <= now.room[1] - fact.figures[0].amount < 0.1, "rounded down to a tenth"
    assert fact.text == f"Pay {fact.figures[0].text}"
    assert {"net capacity: 14.0 ew", "load: 10.0 ew", "target: 70%"} <= set(fact.why)


def test_a_plan_that_is_short_says_so(state):
    add_item(state, 3, 9.0)
    now = forecast(state)
    assert not now.fits
    short = card(state)["short now"].figures[0]
    assert 0 <= short.amount - now.short[1] < 0.1, "rounded up to a tenth"


def test_without_a_trade_nothing_is_postponed(state):
    facts = card(state)
    assert facts["postponed for it"].text == "nothing"
    assert facts["who waits for that"].text == "no customer on record"
    assert "odds after a yes" not in facts
    # 2 of 10 + 2
    assert facts["one-offs after a yes"].figures[1].text == "16.6%"


def test_what_it_needs_first(state):
    assert "needs first" not in card(state)
    add(state, Dependency(id=1, item_id=9, needs_id=5))
    assert card(state)["needs first"].text == "Dark mode"


def test_a_request_of_which_nothing_is_known(state):
    add_item(state, 10, None, state="inbox", title="Something else")
    facts = {fact.about: fact for fact in facts_of(state, 10, forecast(state))}
    assert facts["the deal"].text == (
        "expected value not known (deal amount, probability missing), full cost not known, return not known"
    )
    assert facts["similar before"].text == "none on record"


def test_a_deal_that_ended_says_how_before_what_it_was_worth_when_asked(state):
    add_item(state, 10, None, state="inbox", title="Something else")
    add(state, DealEnd(id=77, item_id=10, outcome="won", ended=date(2026, 9, 1), amount=95_000.0))
    facts = {fact.about: fact for fact in facts_of(state, 10, forecast(state))}
    said = "won on 2026-09-01 for $95,000; as it was asked for: expected value not known"
    assert facts["the deal"].text.startswith(said)
