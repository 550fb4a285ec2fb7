"""Was this asked before: recall and false alarms on pairs that were labelled by hand, and what is told of each.

The thresholds were chosen on the first half of the pairs (those at even places); what is measured is the other half.
"""

from datetime import UTC, date, datetime

import pytest

from scenarios.requests.earlier_asks import ANYBODY, SAME_CUSTOMER, asked_before, earlier_asks, likeness
from store.records import Wait
from store.records.negotiation import DealEnd
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import customer, decision, move, request
from tests.scenarios.requests.asked_pairs import CHOSEN_ON, MEASURED_ON, PAIRS, measured


class TestRecall:
    def test_there_are_enough_pairs_of_every_kind(self):
        assert len(set(PAIRS)) == len(PAIRS) >= 60
        for half in (CHOSEN_ON, MEASURED_ON):
            kinds = [(pair[1] == pair[3], pair[4]) for pair in half]
            assert min(kinds.count((same, label)) for same in (True, False) for label in (True, False)) >= 7

    def test_recall_and_false_alarms_on_the_other_half(self, record_property):
        found, same, alarms, different = measured(MEASURED_ON)
        record_property("recall", f"{found}/{same}")
        record_property("false alarms", f"{alarms}/{different}")
        print(f"asked before: recall {found}/{same}, false alarms {alarms}/{different} on the half held out")
        assert found / same >= 0.85
        assert alarms / different <= 0.10

    @pytest.mark.parametrize(("same_customer", "threshold"), [(True, SAME_CUSTOMER), (False, ANYBODY)])
    def test_the_thresholds_are_best_on_the_half_they_were_chosen_on(self, same_customer, threshold):
        pairs = [pair for pair in CHOSEN_ON if (pair[1] == pair[3]) is same_customer]
        likes = [(likeness(pair[0], pair[2], (pair[1], pair[3])), pair[4]) for pair in pairs]

        def right(least):
            return sum((like >= least) is label for like, label in likes)

        assert right(threshold) == max(map(right, range(101)))


class TestLikeness:
    def test_the_same_words_are_wholly_alike(self):
        assert likeness("Audit log export", "export AUDIT log") == 100

    def test_nothing_in_common_is_not(self):
        assert likeness("Dark mode", "Zebra label printing") < 30

    def test_a_customers_name_says_nothing(self):
        assert likeness("Acme audit log", "Acme SSO", ("Acme",)) == likeness("audit log", "SSO")

    @pytest.mark.parametrize("title", ["", "   ", "!!", "the", "東京", "a" * 20_000, "[bold]", "(((", "\\"])
    def test_whatever_the_title(self, title):
        assert 0 <= likeness(title, "Audit log", ("(", title[:200])) <= 100
        assert likeness(title, title) in (0, 100)


class TestInAWorkspace:
    @pytest.fixture
    def state(self):
        state = empty()
        customer(state, 1, "Acme")
        customer(state, 2, "Globex")
        add_item(state, 1, 2.0, title="Export of the audit log", state="declined")
        request(state, 1, customer_id=2, asked_by="sales-west", received_at=datetime(2026, 2, 3, 9, tzinfo=UTC))
        decision(state, 1, kind="decline", item_id=1, at=datetime(2026, 2, 10, 9, tzinfo=UTC))
        add(state, DealEnd(id=1, item_id=1, outcome="lost", ended=date(2026, 5, 1)))
        add_item(state, 2, 2.0, title="Dark mode")
        request(state, 2, customer_id=1, received_at=datetime(2026, 3, 1, 9, tzinfo=UTC))
        decision(state, 2)
        move(state, 2, 2, "in")
        add_item(state, 3, 2.0, title="Audit trail", state="below")
        add(state, Wait(id=1, item_id=3, customer_id=1))
        add_item(state, 4, None, title="Audit log export", state="inbox")
        request(state, 4, customer_id=1, received_at=datetime(2026, 11, 1, 9, tzinfo=UTC))
        return state

    def test_by_title_with_what_was_decided_and_how_the_deal_ended(self, state):
        found = asked_before(state, "Audit log export", item_id=4)
        assert [each.item.id for each in found] == [1]
        assert found[0].words == (
            "“Export of the audit log” for Globex, asked 2026-02-03 by sales-west: declined 2026-02-10; "
            "deal lost 2026-05-01"
        )

    def test_the_same_customer_is_asked_less_likeness(self, state):
        found = asked_before(state, "Acme audit log", customer_id=1, item_id=4)
        assert {each.item.id: each.same_customer for each in found}[3] is True
        assert 3 not in [each.item.id for each in asked_before(state, "Acme audit log", item_id=4)]

    def test_itself_is_left_out_and_the_likest_is_first(self, state):
        found = asked_before(state, "Audit log export", customer_id=1)
        assert found[0].item.id in (1, 4)
        assert [each.like for each in found] == sorted((each.like for each in found), reverse=True)
        assert 4 not in [each.item.id for each in asked_before(state, "Audit log export", 1, 4)]

    def test_all_that_a_customer_asked_for_latest_first(self, state):
        assert [each.item.id for each in earlier_asks(state, 1)] == [4, 2]
        (dark,) = earlier_asks(state, 1, item_id=4)
        assert dark.words == "“Dark mode” for Acme, asked 2026-03-01: in plan 2026-11-21"
        assert earlier_asks(state, 2, item_id=1) == ()
