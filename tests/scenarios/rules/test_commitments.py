"""Commitments: what holds an item in plan, and promises that do not go away."""

from dataclasses import replace
from datetime import date

import pytest

from scenarios.items.worth_and_ties import tie, ties_of
from scenarios.plan.departures import pins_of
from scenarios.plan.plan import entry_of
from scenarios.rules.commitments import commit_to, given_items, outsider, promised_not_in_plan, promises, take_back
from scenarios.trade.changes import DecidedBy, drop
from store.common.errors import Refused
from store.records import Customer, Decision, Item, Pin
from store.records.negotiation import Commitment
from tests.scenarios.making import add, add_item, forecast, planned
from tests.scenarios.negotiating import stored


@pytest.fixture
def state():
    state = planned([2.0, 2.0])
    add_item(state, 5, 1.0, state="below", title="EDI feed")
    return state


class TestPins:
    @pytest.mark.parametrize("kind", ["contractual", "regulatory"])
    def test_contracts_and_regulations_hold_an_item_in_plan(self, state, kind):
        drop(state, entry_of(state, 1), forecast(state))
        after = stored(state, commit_to(state, 1, kind, "Hanseatic", date(2027, 4, 1)))
        assert pins_of(after)[1].kind == kind
        with pytest.raises(Refused, match="stays in plan"):
            drop(after, entry_of(after, 1), forecast(after))

    @pytest.mark.parametrize("kind", ["aim", "promised"])
    def test_aims_and_promises_do_not(self, state, kind):
        assert not pins_of(stored(state, commit_to(state, 1, kind, "Acme")))

    def test_a_pin_that_is_there_says_why_from_now_on(self, state):
        add(state, Pin(id=1, item_id=1, kind="started", note="since May"))
        after = stored(state, commit_to(state, 1, "contractual", "Acme"))
        (pin,) = after.all(Pin).values()
        assert (pin.id, pin.kind, pin.note) == (1, "contractual", "since May")
        again = stored(after, commit_to(after, 1, "regulatory"))
        assert pins_of(again)[1].kind == "contractual"

    @pytest.mark.parametrize("kind", ["promised", "contractual"])
    def test_a_promise_is_given_to_somebody(self, state, kind):
        with pytest.raises(Refused, match="to whom"):
            commit_to(state, 1, kind, " ")


class TestPromisedNotInPlan:
    @pytest.mark.parametrize(
        ("who", "kept", "said"),
        [
            ("calloway  FERRIES", "Calloway Ferries", ""),
            ("Calloway", "Calloway", ""),
            (
                "Brand",
                "Brand",
                "“Brand” is not an account here: no account's page will tell of it. Did you mean “Brandt”?",
            ),
            ("Zyx 77", "Zyx 77", "“Zyx 77” is not an account here: no account's page will tell of it."),
        ],
    )
    def test_an_account_is_known_however_it_is_spelled_and_who_is_none_is_told(self, state, who, kept, said):
        add(state, Customer(id=1, name="Calloway Ferries"), Customer(id=2, name="Brandt"))
        after = stored(state, commit_to(state, 5, "promised", who))
        assert [row.who for row in after.each(Commitment)] == [kept]
        assert outsider(state, "promised", who) == said
        assert not outsider(state, "regulatory", who)

    def test_it_stays_whatever_becomes_of_the_item(self, state):
        after = stored(state, commit_to(state, 5, "promised", "Acme", date(2027, 6, 1)))
        for where in ("inbox", "below", "declined"):
            add(after, after.all(Item)[5].model_copy(update={"state": where}))
            assert [each.item.id for each in promised_not_in_plan(after)] == [5], where
        for where in ("plan", "done"):
            add(after, after.all(Item)[5].model_copy(update={"state": where}))
            assert promised_not_in_plan(after) == (), where

    def test_an_aim_is_no_promise(self, state):
        assert promised_not_in_plan(stored(state, commit_to(state, 5, "aim"))) == ()

    def test_soonest_first_and_late_is_said(self, state):
        for number, due in ((6, None), (7, date(2027, 3, 31)), (8, date(2027, 4, 1))):
            add_item(state, number, 1.0, state="below")
            state = stored(state, commit_to(state, number, "promised", "Acme", due))
        found = promised_not_in_plan(state)
        assert [(each.item.id, each.late) for each in found] == [(7, True), (8, False), (6, False)]
        assert found[0].words == "“item 7” promised to Acme by 2027-03-31"


class TestTakingBack:
    def test_it_is_a_decision_and_the_pin_goes_with_its_last_holder(self, state):
        one = stored(state, commit_to(state, 1, "contractual", "Acme"))
        two = stored(one, commit_to(one, 1, "contractual", "Globex"))
        first, second = sorted(two.all(Commitment))
        said = DecidedBy("Eve", "the contract ended")
        kept = stored(two, take_back(two, first, said, forecast(two)))
        assert pins_of(kept)
        assert [row.decided_by for row in kept.all(Decision).values()] == ["Eve"]
        gone = stored(kept, take_back(kept, second, said, forecast(kept)))
        assert not pins_of(gone)
        assert not gone.all(Commitment)

    def test_it_takes_a_name_and_a_reason(self, state):
        after = stored(state, commit_to(state, 1, "promised", "Acme"))
        (row,) = after.all(Commitment)
        for said in (DecidedBy("", "x"), DecidedBy("Eve", " ")):
            with pytest.raises(Refused, match="a name and a reason"):
                take_back(after, row, said, forecast(after))


class TestHolding:
    def test_only_a_decision_lets_go_of_what_a_contract_holds(self, state):
        """V edits pins; one that a commitment put there goes with the commitment alone."""
        held = stored(state, commit_to(state, 1, "contractual", "Acme"))
        entry = entry_of(held, 1)
        known = ties_of(held, entry.item)
        for pin in (None, "pinned", "started"):
            with pytest.raises(Refused, match="that is taken back first") as refused:
                tie(held, entry, replace(known, pin=pin))
            assert refused.value.field == "pin"
        assert not tie(held, entry, replace(known, pin="regulatory")).empty
        (row,) = held.all(Commitment)
        free = stored(held, take_back(held, row, DecidedBy("Eve", "it ended"), forecast(held)))
        assert tie(free, entry_of(free, 1), replace(known, pin="pinned")).puts

    def test_a_pin_of_ones_own_comes_and_goes(self, state):
        add(state, Pin(id=1, item_id=1, kind="contractual"))
        entry = entry_of(state, 1)
        assert tie(state, entry, replace(ties_of(state, entry.item), pin=None)).removes


class TestEverythingPromised:
    def test_all_of_it_with_what_is_open_and_past(self, state):
        for item_id, kind, due in (
            (1, "promised", date(2027, 2, 1)),
            (5, "regulatory", date(2027, 5, 1)),
            (5, "aim", None),
        ):
            state = stored(state, commit_to(state, item_id, kind, "Acme", due))
        found = promises(state)
        assert [(each.item.id, each.commitment.kind, each.open, each.late) for each in found] == [
            (1, "promised", False, False),
            (5, "regulatory", True, False),
            (5, "aim", False, False),
        ]
        days = [date(2027, 2, 1), date(2027, 2, 2), date(2027, 5, 2)]
        assert [[each.past(day) for each in found] for day in days] == [
            [False, False, False],
            [True, False, False],
            [True, True, False],
        ]
        add(state, state.all(Item)[1].model_copy(update={"state": "done"}))
        assert not promises(state)[0].past(date(2028, 1, 1))
        assert given_items(state) == {1, 5}
