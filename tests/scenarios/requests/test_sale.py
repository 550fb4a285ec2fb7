"""What the buyer gets for the price, worked out by hand, on the card, among the facts and in the memos."""

from datetime import date

import pytest

from scenarios.plan.plan import entry_of
from scenarios.requests.card_sections import sections_of
from scenarios.requests.facts import facts_of
from scenarios.requests.sale import buyer_roi, roi_words, security_words, stage_words
from scenarios.trade.door import forecast_of
from store.records.negotiation import Card, DealEnd
from tests.scenarios.making import add_item, empty
from tests.scenarios.negotiating import card


@pytest.fixture
def state():
    state = empty((30.0,))
    add_item(state, 1, 3.0, state="inbox", slice="O", title="Audit log")
    return state


def sale(**given) -> Card:
    return Card(id=1, item_id=1, **given)


class TestBuyerROI:
    @pytest.mark.parametrize(
        ("savings", "price", "said"),
        [
            # (300 - 100) / 100, (60 - 100) / 100, (100 - 100) / 100, (1 - 3) / 3, (0 - 5) / 5
            (300_000.0, 100_000.0, "200%"),
            (60_000.0, 100_000.0, "-40%"),
            (100_000.0, 100_000.0, "0%"),
            (1.0, 3.0, "-66.7%"),
            (0.0, 5.0, "-100%"),
        ],
    )
    def test_by_hand(self, savings, price, said):
        assert buyer_roi(sale(savings=savings, price=price)).text == said
        assert roi_words(sale(savings=savings, price=price)).startswith(f"{said} ($")

    def test_its_proof_or_the_word_asserted(self):
        assert roi_words(sale(savings=3e5, price=1e5)) == "200% ($300,000 saved for a price of $100,000), asserted"
        proved = sale(savings=3e5, price=1e5, savings_proof=" [b]their books[/b] ")
        assert roi_words(proved) == "200% ($300,000 saved for a price of $100,000); proof: [b]their books[/b]"
        assert dict(buyer_roi(proved).inputs) == {
            "savings": "$300,000", "price": "$100,000", "proof of the savings": "[b]their books[/b]",
        }  # fmt: skip

    def test_unknown_stays_unknown(self):
        assert roi_words(None) == roi_words(sale()) == roi_words(sale(savings_proof="a letter")) == ""
        assert roi_words(sale(savings=5.0)) == "not known (price missing)"
        assert roi_words(sale(price=5.0)) == "not known (savings missing)"
        assert not buyer_roi(sale(price=0.0)).known

    def test_a_price_of_nothing_has_none(self):
        free = sale(savings=9_000.0, price=0.0)
        assert not buyer_roi(free).known
        assert roi_words(free) == "$9,000 saved for a price of $0: a price of 0 has no return, asserted"

    def test_card_and_facts_have_it(self, state):
        def said():
            section = next(one for one in sections_of(state, entry_of(state, 1)) if one.key == "sale")
            facts = facts_of(state, 1, forecast_of(state))
            return [line.text for line in section.lines], section.missing, [f for f in facts if f.about == "buyer ROI"]

        assert said() == ([], ["stage", "security review", "service level asked for", "buyer ROI", "pricing model"], [])
        card(state, 1, savings=3e5, price=2e5, pricing="a seat, by the year")
        lines, missing, facts = said()
        words = "50% ($300,000 saved for a price of $200,000), asserted"
        assert lines == [f"buyer ROI: {words}", "pricing model: a seat, by the year"]
        assert missing == ["stage", "security review", "service level asked for"]
        assert [(fact.text, [figure.text for figure in fact.figures]) for fact in facts] == [(words, ["50%"])]


class TestHowFarItHasCome:
    def test_what_a_security_review_asks_for_and_how_it_went(self):
        asked = {"security_ask": "a SOC 2 report", "security_by": date(2027, 2, 1)}
        unknown = "a SOC 2 report, by 2027-02-01: not known yet whether it passed"
        assert security_words(sale(**asked)) == unknown
        assert security_words(sale(**asked, security_passed=True)) == "a SOC 2 report, by 2027-02-01: passed"
        assert security_words(sale(security_passed=False)) == "what it asks for is not given: not passed"
        assert security_words(sale(stage="security review")) == security_words(None) == ""

    def test_a_deal_that_ended_is_in_no_stage(self):
        end = DealEnd(id=1, item_id=1, outcome="lost", ended="2027-01-20")
        assert stage_words(sale(stage="contract"), None) == "contract"
        assert stage_words(sale(stage="contract"), end) == stage_words(None, end) == "lost 2027-01-20"
        assert stage_words(None, None) == stage_words(sale(), None) == ""

    def test_card_and_facts_have_it(self, state):
        card(state, 1, stage="contract", service_level="[b]up[/b] 99.9%", security_ask="a test", security_passed=True)
        (section,) = (one for one in sections_of(state, entry_of(state, 1)) if one.key == "sale")
        assert [line.text for line in section.lines] == [
            "stage: contract", "security review: a test: passed", "service level asked for: [b]up[/b] 99.9%",
        ]  # fmt: skip
        (fact,) = (one for one in facts_of(state, 1, forecast_of(state)) if one.about == "the sale")
        assert fact.text == "contract; security review: a test: passed; service level asked for: [b]up[/b] 99.9%"
