"""The ways out: the fields of each, what each frees, and that pie and odds follow at once."""

import json
from datetime import date

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import entry_of
from scenarios.requests.ways_out import (
    FIELDS,
    NEEDED,
    WAYS,
    Way,
    answer,
    check_way,
    leaving_by,
    propose_way,
    quote_of,
    recorded,
)
from scenarios.trade.changes import DecidedBy
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.decision_records import decided_by_item
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from scenarios.trade.resumption import ask, asked_of, proposed_again
from store.common.errors import Refused
from store.records import Item, Move, Size, Slice
from store.records.negotiation import DecisionDetail, WayOut
from tests.scenarios.making import NOON, add_item, empty, forecast
from tests.scenarios.negotiating import charter, hidden, principle, stored

#: One good way of each kind for a request of 4 ew.
GOOD = {
    "swap": Way("swap"),
    "smaller first version": Way("smaller first version", {1: Range(1.5, 1.0, 2.0)}, note="no portal"),
    "sequence": Way("sequence", due=date(2027, 4, 1)),
    "configure": Way("configure", {1: Range(0.4)}),
    "package": Way("package", amount=12_000.0),
    "services": Way("services", markup=0.7, who="Field team"),
    "partner": Way("partner", {2: Range(0.5)}, who="Nordlys AS"),
    "proof of concept": Way("proof of concept", {1: Range(1.0)}, test="500 rows a second"),
    "pilot": Way("pilot", {1: Range(2.0)}, customers=4, test="3 of 4 use it weekly"),
    "buy": Way("buy", {1: Range(0.8)}, who="Vendor", amount=9_000.0),
    "decline": Way("decline", principle_id=1, note="we do not fork"),
}
TAKES = [kind for kind, way in GOOD.items() if way.sizes]
AWAY = [kind for kind, way in GOOD.items() if not way.sizes and kind != "swap"]


@pytest.fixture
def state():
    """A plan of 15 ew on two teams, full for its target, and request 50 of 4 ew on both."""
    state = empty((14.0, 10.0))
    charter(state)
    principle(state, 1, "No forks")
    add_item(state, 1, {1: 5.0}, title="Billing")
    add_item(state, 2, {1: 5.0, 2: 5.0}, title="Search")
    add_item(state, 50, {1: 3.0, 2: 1.0}, slice="O", state="inbox", title="EDI feed")
    assert forecast(state).fits
    return state


class TestFields:
    def test_every_way_is_there_with_its_fields(self):
        assert set(GOOD) == set(FIELDS) == set(NEEDED) == set(WAYS)
        assert all(set(NEEDED[kind]) <= set(FIELDS[kind]) for kind in WAYS)

    @pytest.mark.parametrize("kind", WAYS)
    def test_a_good_one_may_be(self, state, kind):
        check_way(state, entry_of(state, 50), GOOD[kind])

    @pytest.mark.parametrize("kind", [kind for kind in WAYS if NEEDED[kind]])
    def test_what_it_cannot_do_without(self, state, kind):
        for name in NEEDED[kind]:
            empty_value = {"sizes": {}, "who": " ", "test": ""}.get(name)
            way = Way(**{**GOOD[kind].__dict__, name: empty_value})
            with pytest.raises(Refused, match="needs its") as refused:
                check_way(state, entry_of(state, 50), way)
            assert refused.value.field == name

    @pytest.mark.parametrize(
        ("way", "field"),
        [
            (Way("smaller first version", {1: Range(4.0)}), "sizes"),
            (Way("smaller first version", {1: Range(2.0), 2: Range(2.0)}), "sizes"),
            (Way("smaller first version", {9: Range(1.0)}), "sizes"),
            (Way("smaller first version", {1: Range(1.0, 2.0, 3.0)}), "sizes"),
            (Way("sequence", due=date(2027, 3, 31)), "due"),
            (Way("services", markup=0.6), "markup"),
            (Way("pilot", {1: Range(1.0)}, customers=2, test="x"), "customers"),
            (Way("pilot", {1: Range(1.0)}, customers=6, test="x"), "customers"),
            (Way("package", amount=-1.0), "amount"),
            (Way("decline", principle_id=7), "principle_id"),
            (Way("decline", principle_id=1, amount=5.0), "amount"),
            (Way("swap", note="no field of a swap"), "note"),
        ],
    )
    def test_what_cannot_be(self, state, way, field):
        with pytest.raises(Refused) as refused:
            check_way(state, entry_of(state, 50), way)
        assert refused.value.field == field

    @pytest.mark.parametrize("customers", [3, 4, 5])
    def test_a_pilot_has_three_to_five(self, state, customers):
        check_way(state, entry_of(state, 50), Way("pilot", {1: Range(1.0)}, customers=customers, test="x"))


class TestARequestComesInSmaller:
    @pytest.mark.parametrize("kind", TAKES)
    def test_pie_and_odds_are_those_of_the_smaller_size(self, state, kind):
        way = GOOD[kind]
        trade = Trade.of(state, propose_way(state, 50, way), forecast(state))
        # The same by hand: the item in plan with just these sizes.
        by_hand = empty((14.0, 10.0))
        for number, sizes in ((1, {1: 5.0}), (2, {1: 5.0, 2: 5.0})):
            add_item(by_hand, number, sizes)
        sizes = {team: size.likely if size.low is None else (size.low, size.likely, size.high)
                 for team, size in way.sizes.items()}  # fmt: skip
        add_item(by_hand, 50, sizes, slice="O", rank=3.0)
        expected = forecast(by_hand)
        assert trade.asked.odds == expected.odds
        assert trade.asked.plan.load == pytest.approx(10 + 5 + way.effort)
        slices = tuple(state.all(Slice).values())
        assert mix_of(trade.asked.plan.entries, slices).one_offs == mix_of(expected.plan.entries, slices).one_offs
        whole = Trade.of(state, propose_item(state, 50), forecast(state))
        assert trade.asked.odds > whole.asked.odds

    @pytest.mark.parametrize("kind", TAKES)
    def test_it_is_written_with_its_decision(self, state, kind):
        way = GOOD[kind]
        trade = Trade.of(state, propose_way(state, 50, way), forecast(state))
        command = settle(trade, [], Verdict("Eve", "agreed", NOON, signed=True))
        after = stored(state, recorded(state, command, {50: way}, subject=50))
        (row,) = after.all(WayOut).values()
        assert (row.kind, row.item_id, row.effort) == (kind, 50, way.effort)
        assert row.freed == pytest.approx(4.0 - way.effort)
        (detail,) = after.all(DecisionDetail).values()
        assert detail.way == kind
        assert row.decision_id == detail.decision_id
        assert after.all(Item)[50].state == "plan"
        assert {size.team_id: size.likely for size in after.all(Size).values() if size.item_id == 50} == {
            team: size.likely for team, size in way.sizes.items()
        }
        assert decided_by_item(after)[50][-1].outcome == f"answered by {kind}"

    def test_an_unsized_request_can_be_answered_by_a_proof_of_concept(self, state):
        add_item(state, 60, None, state="inbox", title="Forecasting")
        with pytest.raises(Refused):
            propose_item(state, 60)
        proposal = propose_way(state, 60, GOOD["proof of concept"])
        assert Trade.of(state, proposal, forecast(state)).subject.ew == 1.0

    def test_a_swap_asks_in_as_it_is(self, state):
        proposal = propose_way(state, 50, GOOD["swap"])
        assert Trade.of(state, proposal, forecast(state)).subject.ew == 4.0

    @pytest.mark.parametrize("kind", AWAY)
    def test_what_takes_nothing_does_not_go_through_the_door(self, state, kind):
        with pytest.raises(Refused, match="takes nothing"):
            propose_way(state, 50, GOOD[kind])

    @pytest.mark.parametrize("kind", TAKES)
    def test_asked_again_it_is_still_smaller(self, state, kind):
        """On a plan that changed, and in another process."""
        proposal = propose_way(state, 50, GOOD[kind])
        crossed = ask(state, json.loads(json.dumps(asked_of(proposal))), "")
        later = state.overlay(propose_item(state, 50).command)
        later.tables["items"][50] = state.all(Item)[50]
        add_item(later, 3, 0.1)
        again = proposed_again(proposal, state, later)
        for where, each in ((state, crossed), (later, again)):
            subject = Trade.of(where, each, forecast(where)).subject
            assert {size.team_id: size.likely for size in subject.sizes} == {
                team: size.likely for team, size in GOOD[kind].sizes.items()
            }


class TestAnswered:
    @pytest.mark.parametrize("kind", AWAY)
    def test_the_plan_stays_as_it_is_and_the_answer_is_on_record(self, state, kind):
        command = answer(state, 50, GOOD[kind], forecast(state), DecidedBy("Eve", ""))
        after = stored(state, command)
        assert forecast(after).odds == forecast(state).odds
        assert after.all(Item)[50].state == ("declined" if kind == "decline" else "below")
        (row,) = after.all(WayOut).values()
        assert (row.kind, row.freed) == (kind, 4.0)
        words = "declined" if kind == "decline" else f"answered by {kind}"
        assert decided_by_item(after)[50][-1].outcome == words

    def test_a_decline_says_its_principle(self, state):
        command = answer(state, 50, Way("decline", principle_id=1), forecast(state), DecidedBy("Eve"))
        (decision,) = [put for put in command.puts if put.table == "decisions"]
        assert decision.because == "No forks"

    def test_what_takes_something_goes_through_a_trade(self, state):
        with pytest.raises(Refused, match="through a trade"):
            answer(state, 50, GOOD["pilot"], forecast(state), DecidedBy("Eve"))
        with pytest.raises(Refused, match="in plan"):
            answer(state, 1, GOOD["sequence"], forecast(state), DecidedBy("Eve"))


class TestAPlannedItemTakesOne:
    @pytest.mark.parametrize("kind", [kind for kind in GOOD if kind != "swap"])
    def test_it_frees_what_it_claims(self, state, kind):
        way = GOOD[kind]
        trade = Trade.of(state, propose_item(state, 50), forecast(state))
        out = leaving_by(state, entry_of(state, 2), way)
        after = trade.after([out])
        assert out.ew == pytest.approx(10.0 - way.effort)
        assert after.plan.load == pytest.approx(19 - out.ew)
        assert after.odds > trade.asked.odds
        assert kind in out.words

    def test_settled_the_line_says_what_it_became(self, state):
        way = GOOD["partner"]
        trade = Trade.of(state, propose_item(state, 50), forecast(state))
        command = settle(trade, [leaving_by(state, entry_of(state, 2), way)], Verdict("Eve", "yes", NOON, True))
        after = stored(state, recorded(state, command, {2: way}, subject=50))
        assert [move.title for move in after.all(Move).values() if move.item_id == 2] == ["Search → partner"]
        (row,) = after.all(WayOut).values()
        assert (row.item_id, row.who, row.freed) == (2, "Nordlys AS", 9.5)
        assert not after.all(DecisionDetail), "the request itself just came in"
        assert after.all(Item)[2].state == "plan"
        assert "“Search” → partner" in command.label
        outcomes = {key: rows[-1].outcome for key, rows in decided_by_item(after).items()}
        assert outcomes == {2: "answered by partner", 50: "in plan"}


@pytest.mark.parametrize(("markup", "price"), [(0.5, 60_000), (0.7, 68_000), (1.0, 80_000)])
def test_services_are_quoted_at_cost_and_so_much(state, markup, price):
    """4 ew at $10,000."""
    figure = quote_of(state, entry_of(state, 50), markup)
    assert figure.value == price
    assert f"on top of cost: {markup:.0%}" in figure.why
    after = stored(state, answer(state, 50, Way("services", markup=markup), forecast(state), DecidedBy("Eve")))
    assert [row.amount for row in after.all(WayOut).values()] == [price]


def test_services_are_never_quoted_below_the_full_cost(state):
    """4 ew, half of that hidden, and 0.25 ew of upkeep a quarter, at $10,000: $70,000, and half of it on top."""
    hidden(state, 50, "drag", share=0.5, upkeep=0.25)
    assert quote_of(state, entry_of(state, 50), 0.5).value == 105_000


def test_no_rate_no_quote(state):
    charter(state, rate=None)
    assert not quote_of(state, entry_of(state, 50), 0.5).known
