"""What the verdict asks: who is taken to decide and to sign, what is missing, what the purse says, who is not there."""

from dataclasses import replace
from datetime import date

import pytest

from scenarios.plan.plan import entry_of
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from scenarios.verdict.exceptions import clear_words, due_words, lost_words, mark_words, standing_of
from scenarios.verdict.questions import Asking, is_there, line_of
from scenarios.verdict.signatures import Signoff, standing_terms
from store.common.errors import Refused
from store.records import Item, Slice
from tests.scenarios.making import NOON, add, add_item, empty, forecast
from tests.scenarios.negotiating import charter, pick, request, role, stored
from tests.scenarios.snapshots.snapshotting import copied


def room(ceiling=10.0, **figures):
    """A feature of 8 weeks, and a one-off of 2 (item 50) that asks in: a fifth of the plan, six times its cost."""
    state = empty((100.0,))
    charter(state, **figures)
    add(state, state.all(Slice)[5].model_copy(update={"ceiling": ceiling}))
    add_item(state, 1, 8.0, slice="F")
    add_item(state, 50, 2.0, slice="O", state="inbox", title="asked")
    request(state, 50, deal_amount=400_000.0, deal_probability=0.3)
    role(state, 1, "CEO", "Eve", "over ceiling", "under target", "below return")
    role(state, 2, "Head of Sales", "Sal", "one-off")
    return state


def asking(state, out=()):
    return Asking.of(Trade.of(state, propose_item(state, 50), forecast(state)), out)


def signer(asked):
    return line_of(asked.needed[0], "signer")


class TestWho:
    def test_the_holder_of_what_has_to_be_signed_is_taken_to_decide(self):
        assert asking(room()).decider("Ben") == "Eve"

    def test_then_who_holds_the_purse_and_else_who_decided_last(self):
        state = room(ceiling=50.0)
        assert asking(state).decider("Ben") == "Sal"
        add(state, state.all(Slice)[5])
        role(state, 2, "Head of Sales", "")
        assert asking(state).decider("Ben") == "Ben"

    def test_a_decider_who_may_sign_signs_with_the_same_words(self):
        asked = asking(room())
        typed = {"by": "eve", "because": "flagship", "conditions": "once", "review": "2027-05-01"}
        assert asked.unseen(typed) == ()
        (signoff,) = asked.read(typed, NOON).signoffs.values()
        assert signoff == Signoff("eve", "flagship", "once", date(2027, 5, 1))

    def test_one_who_may_not_has_to_look_at_who_signs(self):
        asked = asking(room())
        typed = {"by": "Sal", "because": "flagship"}
        assert asked.unseen(typed) == asked.needed
        with pytest.raises(Refused, match=r"needs a name, of Eve \(CEO\)") as refused:
            asked.read(typed, NOON)
        assert refused.value.field == signer(asked)
        decision = asked.read(typed | {signer(asked): "Eve"}, NOON)
        assert decision.verdict.decided_by == "Sal"
        assert [signoff.who for signoff in decision.signoffs.values()] == ["Eve"]

    @pytest.mark.parametrize(
        ("typed", "field", "words"),
        [
            ({"by": "Eve"}, "because", "needs a reason"),
            ({"by": "Sal", "because": "my deal", "signer": "Sal"}, "signer", "Sal may not go over the one-off ceiling"),
            ({"by": "Eve", "because": "x", "review": "31 Smarch"}, "review", "is not a day"),
            ({"by": "Eve", "because": "x", "purse": "perhaps"}, "purse", "yes or no"),
            ({"by": "Eve", "because": "x", "purse": "yes"}, "purse", "spent by Sal"),
        ],
    )
    def test_what_is_refused(self, typed, field, words):
        asked = asking(room())
        typed = {signer(asked) if name == "signer" else name: text for name, text in typed.items()}
        with pytest.raises(Refused, match=words) as refused:
            asked.read(typed, NOON)
        assert refused.value.field == (signer(asked) if field == "signer" else field)

    def test_a_right_that_nobody_holds_is_signed_by_who_decides(self):
        state = room()
        role(state, 1, "CEO", "")
        asked = asking(state)
        assert "nobody holds this right" in asked.needed[0].words
        with pytest.raises(Refused, match="needs a name") as refused:
            asked.read({}, NOON)
        assert refused.value.field == "by"
        assert asked.read({"by": "Ben", "because": "why"}, NOON).signoffs

    def test_nothing_to_sign_nothing_has_to_be_said(self):
        state = room(ceiling=50.0)
        assert asking(state).read({}, NOON).verdict.decided_by == ""


class TestPurse:
    def test_it_pays_where_the_holder_decides_unless_they_say_no(self):
        asked = asking(room(ceiling=50.0))
        assert asked.purse_words("Sal") == ("from the purse: 0 of 2 one-offs, 0.0 of 2.0 ew", True)
        assert asked.read({"by": "Sal"}, NOON).purse == "Sal"
        assert asked.read({"by": "Sal", "purse": "no"}, NOON).purse == ""
        assert asked.read({"by": "Eve"}, NOON).purse == ""

    def test_empty_it_names_the_earlier_pick_that_has_to_leave(self):
        state = room(ceiling=90.0, purse_count=1)
        add_item(state, 3, 1.0, slice="O")
        pick(state, 3, 1.0)
        words, takes = asking(state).purse_words("Sal")
        assert "“item 3”" in words
        assert not takes
        out = asking(state, [leaving(state, 3)])
        assert out.read({"by": "Sal"}, NOON).purse == "Sal"

    def test_it_is_not_asked_of_a_feature_nor_where_nobody_holds_it(self):
        state = room(ceiling=50.0)
        assert asking(state).of_purse
        role(state, 2, "Head of Sales", "")
        assert not asking(state).of_purse


def leaving(state, number):
    from scenarios.plan.departures import Leaving

    return Leaving(entry_of(state, number))


class TestWhoIsNotThere:
    def test_a_slice_that_shrinks_while_its_owner_is_away(self):
        state = room()
        role(state, 3, "Marketing", "Mia")
        part = state.all(Slice)[1]
        add(state, part.model_copy(update={"owner": "Marketing"}))
        asked = asking(state)
        assert asked.shrinking("") == (), "nobody said who is there"
        assert asked.shrinking("Sal, Eve") == ("Features 100% → 80%: Marketing not in the room",)
        assert asked.shrinking("Sal, mia") == ()

    def test_by_the_name_or_by_the_role(self):
        state = room()
        assert is_there(state, "Head of Sales", "Ann; sal")
        assert is_there(state, "Ann", "ann,Ben")
        assert not is_there(state, "Head of Sales", "Sally")


class TestStanding:
    def test_marks_and_those_that_are_due_first(self):
        state = room()
        asked = asking(state)
        typed = {"by": "Eve", "because": "flagship", "conditions": "once", "review": "2027-05-01"}
        after = stored(state, asked.question.settle(asked.read(typed, NOON)).command)
        assert len(standing_terms(after)) == 1
        (row,) = standing_of(after, date(2027, 4, 30))
        assert row.what == "over ceiling: 20%, bound 10%"
        assert mark_words([row], "!") == "signed: over ceiling (Eve)"
        assert due_words([row], "!") == ""
        assert row.sentence.endswith(
            "to go over the one-off ceiling (20% against 10%) for “asked”, because flagship; on condition: once; "
            "review on 2027-05-01"
        )
        (row,) = standing_of(after, date(2027, 5, 1))
        assert due_words([row], "!") == "REVIEW DUE since 01 May: over ceiling (Eve) (!)"

    def test_a_signature_whose_cause_has_gone_says_so_and_is_cleared_by_somebody(self):
        state = room()
        asked = asking(state)
        after = stored(state, asked.question.settle(asked.read({"by": "Eve", "because": "flagship"}, NOON)).command)
        (row,) = signed = standing_of(after, date(2027, 4, 30))
        assert row.ends == "nothing asks for it once one-offs are at 10% or less, or “asked” leaves the plan"
        assert (row.over, lost_words(signed, signed, "!")) == ("", "")
        less = copied(after)
        add(less, after.all(Item)[50].model_copy(update={"state": "below"}))
        (row,) = standing_of(less, date(2027, 4, 30))
        assert row.over == "one-offs are at 0% of 10% again"
        assert row.sentence.endswith("one-offs are at 0% of 10% again: it can be cleared")
        assert mark_words([row], "!") == "to clear: over ceiling (Eve) (!)"
        assert lost_words(signed, [row], "!") == (
            "Nothing asks for over ceiling (Eve) any more, one-offs are at 0% of 10% again: it can be cleared (!)"
        )
        assert lost_words([row], [row], "!") == ""
        other = replace(row, terms=row.terms.model_copy(update={"id": 7, "name": "Ana"}))
        assert list(clear_words([row, other])) == [
            "one-offs are at 0% of 10% again: nothing asks for over ceiling (Eve and Ana) any more "
            f"(makeroom exceptions clear {row.terms.id} and makeroom exceptions clear 7)"
        ]
