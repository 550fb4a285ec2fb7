"""Which signatures a settlement needs, just below, at and just above each threshold; who may sign; what stands."""

from datetime import date

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.plan import entry_of
from scenarios.rules.charter import RIGHTS
from scenarios.trade.changes import DecidedBy
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade
from scenarios.trade.guard import standing
from scenarios.trade.proposals import propose_item, propose_sizes
from scenarios.verdict.exceptions import standing_of
from scenarios.verdict.signatures import (
    Signoff,
    clear,
    needed_for,
    review,
    sign,
    standing_terms,
    warnings,
)
from store.common.errors import Refused
from store.records import Decision, Item, Quarter, Shortfall, Signature, Slice
from store.records.negotiation import DecisionDetail, SignedTerms
from tests.scenarios.making import NOON, add, add_item, empty, forecast
from tests.scenarios.negotiating import card, charter, decision, principle, request, role, stored

EVE = Signoff("Eve", "the account needs it", "reviewed in May", date(2027, 5, 1))


def room(planned=(("F", 9.0),), asked=1.0, net=100.0, slice="O", **figures):
    """A plan of these slices and sizes, and item 50 that asks to come in: $30,000 expected a week at $10,000 a week."""
    state = empty((net,))
    charter(state, **figures)
    for number, (letter, weeks) in enumerate(planned, 1):
        add_item(state, number, weeks, slice=letter)
    add_item(state, 50, asked, slice=slice, state="inbox", title="asked")
    request(state, 50, deal_amount=100_000.0 * asked, deal_probability=0.3)
    role(state, 1, "CEO", "Eve", "over ceiling", "below return", "under target")
    role(state, 2, "Head of Sales", "Sal", "one-off")
    return state


def ceiling(state, percent):
    add(state, state.all(Slice)[5].model_copy(update={"ceiling": percent}))


def asking(state):
    return Trade.of(state, propose_item(state, 50), forecast(state))


def rights(trade, out=(), **given):
    return [need.right for need in needed_for(trade, out, **given)]


class TestCeiling:
    @pytest.mark.parametrize(("percent", "needs"), [(10.01, []), (10.0, []), (9.99, ["over ceiling"])])
    def test_one_week_of_ten(self, percent, needs):
        state = room()
        ceiling(state, percent)
        assert rights(asking(state)) == needs

    def test_what_leaves_counts(self):
        state = room((("F", 5.0), ("F", 4.0)))
        ceiling(state, 10.0)
        trade = asking(state)
        assert rights(trade) == []
        assert rights(trade, [entry_of(state, 2)]) == ["over ceiling"], "1 of 6 is more than a tenth"

    def test_a_share_that_gets_no_larger_is_no_new_question(self):
        state = room((("O", 5.0), ("F", 5.0)), slice="F")
        ceiling(state, 10.0)
        assert rights(asking(state)) == []

    def test_what_was_signed_for_is_not_asked_again(self):
        state = room()
        ceiling(state, 5.0)
        decision(state, 1)
        terms = {"id": 1, "decision_id": 1, "right": "over ceiling", "name": "Eve", "reason": "r", "at": NOON}
        for figure, needs in ((0.0999, ["over ceiling"]), (0.1, []), (0.2, [])):
            add(state, SignedTerms.model_validate({**terms, "figure": figure}))
            assert rights(asking(state)) == needs


class TestReturn:
    @pytest.mark.parametrize(("least", "needs"), [(2.99, []), (3.0, []), (3.01, ["below return"])])
    def test_three_times(self, least, needs):
        assert rights(asking(room(least_return=least))) == needs

    @pytest.mark.parametrize(("amount", "needs"), [(99_999.99, ["below return"]), (100_000.0, []), (100_000.01, [])])
    def test_by_the_cent(self, amount, needs):
        state = room()
        request(state, 50, deal_amount=amount, deal_probability=0.3)
        assert rights(asking(state)) == needs

    def test_a_deal_that_nobody_told_has_no_return(self):
        state = room()
        request(state, 50)
        assert rights(asking(state)) == ["below return"]

    def test_without_a_rate_nothing_can_be_told(self):
        state = room(rate=None)
        request(state, 50)
        assert rights(asking(state)) == []

    def test_only_one_offs_have_to(self):
        state = room(slice="F")
        request(state, 50)
        assert rights(asking(state)) == []

    def test_a_planned_one_that_grows_below_it(self):
        state = room((("F", 50.0), ("O", 1.0)))
        request(state, 2, deal_amount=100_000.0, deal_probability=0.3)
        for weeks, needs in ((1.0, []), (0.9, []), (1.1, ["below return"])):
            proposal = propose_sizes(state, 2, {1: Range(weeks)})
            assert rights(Trade.of(state, proposal, forecast(state))) == needs


class TestTarget:
    def test_at_the_target_nobody_signs(self):
        state = room((("F", 70.0),), asked=5.0, slice="F")
        odds = asking(state).asked.odds
        assert 0 < odds < 1
        for target, needs in ((odds - 1e-4, []), (odds, []), (odds + 1e-4, ["under target"])):
            add(state, state.quarter.model_copy(update={"target": target}))
            assert rights(asking(state)) == needs, target


class TestPrinciples:
    def test_one_that_the_card_breaks(self):
        state = room(slice="F")
        principle(state, 1, "No forks")
        card(state, 50, principle_id=1, stance="follows")
        assert rights(asking(state)) == []
        card(state, 50, principle_id=1, stance="breaks")
        (need,) = needed_for(asking(state), ())
        assert (need.right, need.principle_id, need.item_id) == ("break a principle", 1, 50)
        assert need.words == "it breaks the principle “No forks”: nobody holds this right in the charter"
        assert warnings(state, [need]) == (f"Nobody holds the right to {RIGHTS['break a principle']}.",)

    def test_one_that_the_room_names(self):
        state = room(slice="F")
        principle(state, 1, "No forks")
        (need,) = needed_for(asking(state), (), [1])
        assert (need.right, need.principle_id, need.item_id) == ("break a principle", 1, 50)


def signed(state, **signoffs):
    """The trade settled with all that it needs signed by Eve, unless other words are given by right."""
    trade = asking(state)
    needed = needed_for(trade, ())
    verdict = Verdict("Eve", "the account needs it", NOON, signed=True)
    given = {need.key: signoffs.get(need.right.replace(" ", "_"), EVE) for need in needed}
    return sign(state, settle(trade, [], verdict), needed, given)


class TestSigning:
    def both(self):
        """Over the ceiling and below the return."""
        state = room(least_return=5.0)
        ceiling(state, 5.0)
        return state

    def test_terms_name_right_person_reason_conditions_and_date(self):
        state = self.both()
        after = stored(state, signed(state))
        over, below = standing_terms(after)
        assert (over.right, below.right) == ("over ceiling", "below return")
        (decision,) = after.all(Decision)
        for row in (over, below):
            assert (row.name, row.reason, row.conditions) == (EVE.who, EVE.reason, EVE.conditions)
            assert (row.review, row.decision_id) == (date(2027, 5, 1), decision)
        assert (over.figure, over.bound) == (0.1, 0.05)
        assert (below.figure, below.bound, below.item_id) == (3.0, 5.0, 50)
        assert after.all(Item)[50].state == "plan"

    @pytest.mark.parametrize(
        ("signoff", "words"),
        [
            (Signoff("Sal", "my deal"), r"Sal may not go over the one-off ceiling; Eve \(CEO\) may"),
            (Signoff("", "my deal"), "a name and a reason"),
            (Signoff("Eve", "  "), "a name and a reason"),
        ],
    )
    def test_by_another_or_without_a_reason(self, signoff, words):
        with pytest.raises(Refused, match=words):
            signed(self.both(), over_ceiling=signoff)

    def test_one_that_is_missing(self):
        state = self.both()
        trade = asking(state)
        needed = needed_for(trade, ())
        command = settle(trade, [], Verdict("Eve", "yes", NOON))
        with pytest.raises(Refused, match="name and a reason"):
            sign(state, command, needed, {needed[0].key: EVE})

    def test_a_right_that_nobody_holds_is_signed_by_whoever_says_so(self):
        state = self.both()
        role(state, 1, "CEO", "")
        assert len(warnings(state, needed_for(asking(state), ()))) == 2
        assert len(standing_terms(stored(state, signed(state)))) == 2

    def test_nothing_needed_nothing_added(self):
        state = room()
        command = settle(asking(state), [], Verdict("Eve", "yes", NOON))
        assert sign(state, command, (), {}) == command


def below_target():
    """A plan that was signed for, below its target."""
    state = room((("F", 90.0),), asked=30.0, slice="F")
    with pytest.raises(Refused):
        settle(asking(state), [], Verdict("Eve", "yes", NOON))
    return stored(state, signed(state))


class TestWhatStands:
    def test_an_over_commit_stands_with_its_signature(self):
        state = below_target()
        (terms,) = standing_terms(state)
        (signature,) = state.all(Signature).values()
        assert (terms.right, terms.signature_id) == ("under target", signature.id)
        add(state, signature.model_copy(update={"cleared_at": NOON}))
        assert standing_terms(state) == ()

    def test_with_its_quarter_it_ends_but_a_broken_principle_does_not(self):
        state = room()
        principle(state, 1, "No forks")
        for number, right in enumerate(("over ceiling", "below return", "break a principle"), 1):
            decision(state, number)
            given = {"id": number, "decision_id": number, "right": right, "name": "Eve", "reason": "r", "at": NOON}
            add(state, SignedTerms.model_validate(given))
        assert len(standing_terms(state)) == 3
        add(state, state.quarter.model_copy(update={"state": "closed"}))
        add(state, Quarter(id=2, name="Q2", starts=date(2027, 4, 1), ends=date(2027, 6, 30)))
        assert [row.right for row in standing_terms(state)] == ["break a principle"]

    def test_it_is_due_on_its_date(self):
        state = below_target()
        (terms,) = standing_terms(state)
        (before,), (then,) = standing_of(state, date(2027, 4, 30)), standing_of(state, date(2027, 5, 1))
        assert (before.terms, before.due) == (then.terms, False)
        assert (then.terms, then.due) == (terms, True)

    def test_reviewing_is_a_decision(self):
        state = below_target()
        (terms,) = standing_terms(state)
        command = review(state, terms, DecidedBy("Ana", "still worth it"), forecast(state), date(2027, 6, 1))
        after = stored(state, command)
        (again,) = standing_terms(after)
        made = after.all(Decision)[again.reviewed_id]
        assert (made.decided_by, made.because) == ("Ana", "still worth it")
        assert again.review == date(2027, 6, 1)
        assert again.conditions == terms.conditions
        (detail,) = [row for row in after.all(DecisionDetail).values() if row.decision_id == made.id]
        assert detail.about_id == terms.decision_id

    def test_clearing_leaves_an_open_shortfall_where_the_plan_is_still_below(self):
        state = below_target()
        (terms,) = standing_terms(state)
        assert standing(state)[1] is None
        command = clear(state, terms, DecidedBy("Ana", "the account left"), forecast(state))
        after = stored(state, command)
        assert standing_terms(after) == ()
        signature, shortfall = standing(after)
        assert signature is None
        assert isinstance(shortfall, Shortfall)
        assert [row.cleared_id for row in after.all(SignedTerms).values()] != [None]

    def test_neither_without_a_name_nor_twice(self):
        state = below_target()
        (terms,) = standing_terms(state)
        with pytest.raises(Refused, match="a name and a reason"):
            review(state, terms, DecidedBy("Ana", " "), forecast(state))
        gone = stored(state, clear(state, terms, DecidedBy("Ana", "over"), forecast(state)))
        with pytest.raises(Refused, match="no longer"):
            clear(gone, gone.all(SignedTerms)[terms.id], DecidedBy("Ana", "over"), forecast(gone))
