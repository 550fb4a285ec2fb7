"""The room's decision as one command: what is asked first at each threshold, and what is on record in the end."""

from datetime import date

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.requests.ways_out import Way, leaving_by
from scenarios.rules.charter import RIGHTS
from scenarios.rules.one_offs import PurseError, purse_of
from scenarios.swaps import Swaps
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Trade
from scenarios.trade.guard import standing
from scenarios.trade.proposals import propose_capacity, propose_item, propose_sizes
from scenarios.verdict.minutes import Minutes
from scenarios.verdict.settlement import (
    Question,
    RoomDecision,
    fill_unsigned,
)
from scenarios.verdict.signatures import Signoff, standing_terms
from store.common.errors import Refused
from store.records import Decision, Item, Signature, Slice
from store.records.negotiation import DecisionDetail, DecisionOption, PursePick, SignedTerms, WayOut
from tests.scenarios.making import NOON, add, add_item, empty, forecast
from tests.scenarios.negotiating import card, charter, pick, principle, request, role, stored

SAL = Verdict("Sal", "the pilot signs", NOON)
EVE = Signoff("Eve", "flagship", "once", date(2027, 5, 1))


def room(net=100.0, planned=9.0, asked=1.0, deal=100_000.0, ceiling=10.0, breaks=False, target=0.70, **figures):
    """A plan of one feature, and a one-off (item 50) that asks in: a tenth of the plan, worth three times its cost."""
    state = empty((net,), target=target)
    charter(state, **figures)
    add(state, state.all(Slice)[5].model_copy(update={"ceiling": ceiling}))
    add_item(state, 1, planned, slice="F")
    add_item(state, 50, asked, slice="O", state="inbox", title="asked")
    request(state, 50, deal_amount=deal, deal_probability=0.3, asked_by="sales-east")
    role(state, 1, "CEO", "Eve", *(right for right in RIGHTS if right != "one-off"))
    role(state, 2, "Head of Sales", "Sal", "one-off")
    if breaks:
        principle(state, 1, "No forks")
        card(state, 50, principle_id=1, stance="breaks")
    return state


def asking(state):
    return Trade.of(state, propose_item(state, 50), forecast(state))


def rights(trade, out=()):
    return [need.right for need in Question.of(trade, out).needed]


def odds_of(state):
    return asking(state).asked.odds


class TestWhatIsAskedFirst:
    """A yes goes in at once where nothing is to be asked; the threshold itself is inside."""

    @pytest.mark.parametrize(
        ("given", "asked"),
        [
            ({}, []),
            ({"ceiling": 9.99}, ["over ceiling"]),
            ({"ceiling": 10.01}, []),
            ({"least_return": 3.0}, []),
            ({"deal": 99_999.0}, ["below return"]),
            ({"deal": 100_001.0}, []),
            ({"rate": None, "deal": 1.0}, []),
            ({"breaks": True}, ["break a principle"]),
            ({"breaks": True, "ceiling": 9.0, "deal": 1.0}, ["over ceiling", "below return", "break a principle"]),
        ],
    )
    def test_of_a_plan_that_fits(self, given, asked):
        trade = asking(room(**given))
        assert trade.fits
        assert rights(trade) == asked
        assert (Question.of(trade).step != "write") == bool(asked)

    @pytest.mark.parametrize(("step", "asked"), [(-0.001, []), (0.0, []), (0.001, ["under target"])])
    def test_the_odds_against_the_target(self, step, asked):
        # Odds of about one half, and a target just below, at and just above them.
        odds = odds_of(room(net=10.0))
        assert 0.1 < odds < 0.9
        trade = asking(room(net=10.0, target=odds + step))
        assert rights(trade) == asked
        assert (Question.of(trade).step != "write") == bool(asked)

    def test_what_leaves_can_make_it_too_much(self):
        state = room()
        add_item(state, 2, 1.0, slice="F")
        trade = asking(state)
        assert rights(trade) == []
        assert rights(trade, [Leaving(entry_of(state, 1))]) == ["over ceiling"]

    def test_a_size_that_grows_is_asked_about_like_a_new_one(self):
        state = room()
        add(state, state.all(Item)[50].model_copy(update={"state": "plan"}))
        trade = Trade.of(state, propose_sizes(state, 50, {1: Range(1.1)}), forecast(state))
        assert rights(trade) == ["over ceiling", "below return"]

    def test_a_planned_item_that_becomes_a_one_off_is_asked_about_like_one_that_comes_in(self):
        state = room(deal=1.0, ceiling=9.0)
        part = state.all(Item)[50].model_copy(update={"state": "plan", "slice": "F"})
        add(state, part)
        proposal = propose_sizes(state, 50, {1: Range(1.0)}, part.model_copy(update={"slice": "O"}))
        assert rights(Trade.of(state, proposal, forecast(state))) == ["over ceiling", "below return"]

    def test_what_leaves_a_short_plan_no_worse_is_no_new_question(self):
        state = room(net=8.0)
        trade = Trade.of(state, propose_capacity(state, {1: 8.2}), forecast(state))
        assert not trade.fits
        assert rights(trade) == []
        assert Question.of(trade).step == "write"


def settled(state, signoffs=None, out=(), verdict=SAL, swaps=(), **said):
    trade = asking(state)
    question = Question.of(trade, out)
    given = {need.key: EVE for need in question.needed} if signoffs is None else signoffs
    return stored(state, question.settle(RoomDecision(verdict, signoffs=given, **said), swaps).command)


def only(state, kind):
    (row,) = state.all(kind).values()
    return row


class TestFill:
    def test_what_takes_a_signature_waits_below_the_line(self):
        state = room(ceiling=9.0)
        add(state, state.all(Item)[50].model_copy(update={"state": "below"}))
        add_item(state, 51, 1.0, slice="F", state="below")
        filled = fill_unsigned(state, forecast(state))
        assert [entry.item.id for entry in filled.taken] == [51]
        assert filled.unsigned == 1
        # One week of eleven is less than a tenth: it takes none.
        add(state, state.all(Slice)[5].model_copy(update={"ceiling": 10.0}))
        assert {entry.item.id for entry in fill_unsigned(state, forecast(state)).taken} == {50, 51}


class TestWhatIsOnRecord:
    def test_a_plain_yes_has_its_figures_and_who_asked(self):
        after = settled(room(), minutes=Minutes("Sal, Eve", "Ben: no", "one pilot", date(2027, 6, 1)))
        detail, made = only(after, DecisionDetail), only(after, Decision)
        assert (made.kind, made.decided_by, made.because) == ("accept", "Sal", "the pilot signs")
        assert (detail.decision_id, detail.asked_by, detail.present) == (made.id, "sales-east", "Sal, Eve")
        assert (detail.dissent, detail.conditions, detail.review) == ("Ben: no", "one pilot", date(2027, 6, 1))
        assert (detail.load_before, detail.load_after) == (9.0, 10.0)
        assert (detail.one_offs_before, detail.one_offs_after) == (0.0, 0.1)
        assert not after.all(SignedTerms)

    def test_who_signs_need_not_be_who_decides(self):
        state = room(net=9.0)
        after = settled(state)
        made, signature = only(after, Decision), only(after, Signature)
        assert (made.kind, made.decided_by, made.because) == ("over-commit", "Sal", "the pilot signs")
        assert (signature.name, signature.reason) == ("Eve", "flagship")
        (terms,) = standing_terms(after)
        assert (terms.right, terms.name, terms.conditions) == ("under target", "Eve", "once")
        assert terms.signature_id == signature.id
        assert standing(after) == (signature, None)

    def test_where_nobody_is_said_to_decide_the_signer_does(self):
        made = only(settled(room(net=9.0), verdict=Verdict("", "", NOON)), Decision)
        assert (made.decided_by, made.because) == ("Eve", "flagship")

    def test_the_swaps_on_the_table_with_the_chosen_one(self):
        state = room(net=9.0)
        add_item(state, 2, 2.0, slice="F")
        swaps = Swaps(asking(state)).best()
        after = settled(state, out=swaps[0].out, swaps=swaps)
        options = sorted(after.all(DecisionOption).values(), key=lambda row: row.position)
        assert len(options) == len(swaps)
        assert [row.chosen for row in options] == [True] + [False] * (len(swaps) - 1)

    def test_a_way_out_that_a_planned_item_takes(self):
        state = room(net=9.0)
        partner = Way("partner", {1: Range(1.0)}, who="Nordlys")
        out = [leaving_by(state, entry_of(state, 1), partner)]
        row = only(settled(state, out=out, ways={1: partner}), WayOut)
        assert (row.kind, row.item_id, row.effort, row.freed) == ("partner", 1, 1.0, 8.0)


class TestSigning:
    @pytest.mark.parametrize(
        ("signoff", "words"),
        [
            (Signoff("Sal", "my deal"), r"Sal may not go over the one-off ceiling; Eve \(CEO\) may"),
            (Signoff("Eve", " "), "a name and a reason"),
            (Signoff("", "why"), "a name and a reason"),
        ],
    )
    def test_refused(self, signoff, words):
        state = room(ceiling=9.0)
        (need,) = Question.of(asking(state)).needed
        with pytest.raises(Refused, match=words):
            settled(state, {need.key: signoff})

    def test_none_given(self):
        with pytest.raises(Refused, match="a name and a reason"):
            settled(room(ceiling=9.0), {})
        with pytest.raises(Refused, match="still short"):
            settled(room(net=9.0), {})


class TestPurse:
    def test_it_pays(self):
        after = settled(room(), purse="Sal")
        row = only(after, PursePick)
        assert (row.item_id, row.who, row.effort) == (50, "Sal", 1.0)
        assert row.decision_id == only(after, Decision).id

    def test_not_for_another_role(self):
        with pytest.raises(PurseError, match=r"not Eve's to spend: it is spent by Sal \(Head of Sales\) alone"):
            settled(room(), purse="Eve")

    def test_empty_it_says_what_has_to_leave_and_takes_it_when_that_does(self):
        state = room(ceiling=50.0, purse_count=1)
        add_item(state, 3, 0.5, slice="O")
        pick(state, 3, 0.5)
        with pytest.raises(PurseError, match="“item 3”"):
            settled(state, purse="Sal")
        after = settled(state, purse="Sal", out=[Leaving(entry_of(state, 3))])
        assert [row.item_id for row in purse_of(after).picks] == [50]
