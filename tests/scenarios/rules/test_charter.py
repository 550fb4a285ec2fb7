"""The charter: who holds which right, what is missing, and how it is edited."""

import pytest

from scenarios.rules.charter import (
    charter_of,
    gaps,
    grant,
    held_by,
    holder_words,
    holders,
    may,
    opened_by,
    principles_called,
    remove_principle,
    remove_role,
    withdraw,
    write_figures,
    write_principle,
    write_role,
)
from store.common.errors import Refused
from store.records.negotiation import Card, Charter, Principle, Right, WayOut
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import card, charter, principle, role


class TestNaming:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", []),
            (" ; ", []),
            ("no forks", [1]),
            ("  NO   Forks ", [1]),
            ("forks", [1]),
            ("SLA; forks", [3, 1]),
            ("forks; no forks", [1]),
            # The whole name of one is a part of another's.
            ("no custom code", [2]),
        ],
    )
    def test_by_the_name_or_a_part_that_no_other_has(self, text, found):
        assert [each.id for each in principles_called(self.three(), text)] == found

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("no custom", "“no custom” could be “No custom code”, “No custom code for SLAs”"),
            ("zebra", "there is no principle “zebra”: they are “No forks”, “No custom code”"),
            ("forks; zebra", "there is no principle “zebra”"),
        ],
    )
    def test_what_is_none_or_several_is_said(self, text, said):
        with pytest.raises(Refused, match=said):
            principles_called(self.three(), text)

    def test_a_charter_without_any(self):
        with pytest.raises(Refused, match="the charter has none yet"):
            principles_called(empty(), "forks")

    @staticmethod
    def three():
        state = empty()
        for number, name in enumerate(("No forks", "No custom code", "No custom code for SLAs"), 1):
            principle(state, number, name)
        return state


class TestWhoMay:
    def test_only_the_person_of_a_role_that_holds_it(self):
        state = empty()
        role(state, 1, "Head of Sales", "Sal  Ng", "one-off")
        role(state, 2, "CEO", "Eve", "under target", "over ceiling")
        assert may(state, "sal ng", "one-off")
        assert may(state, " Eve ", "over ceiling")
        assert not may(state, "Eve", "one-off")
        assert not may(state, "Sal Ng", "over ceiling")
        assert not may(state, "", "one-off")

    def test_a_role_without_a_person_lets_nobody(self):
        state = empty()
        role(state, 1, "Head of Sales", "  ", "one-off")
        assert not may(state, "", "one-off")
        assert not may(state, "  ", "one-off")
        assert holders(state, "one-off") == ()

    def test_a_principle_is_broken_by_who_may_break_it_or_any(self):
        state = empty()
        principle(state, 1, "No forks")
        principle(state, 2, "No custom SLAs")
        role(state, 1, "CTO", "Tove", "break a principle", principle_id=1)
        role(state, 2, "CEO", "Eve", "break a principle")
        assert may(state, "Tove", "break a principle", 1)
        assert not may(state, "Tove", "break a principle", 2)
        assert may(state, "Eve", "break a principle", 2)
        assert holder_words(state, "break a principle", 1) == "Tove (CTO) or Eve (CEO)"


class TestGaps:
    def test_each_right_without_a_holder_is_a_warning(self):
        state = empty()
        charter(state)
        principle(state, 1, "No forks")
        assert len(gaps(state)) == 5
        role(state, 1, "CEO", "Eve", "one-off", "under target", "over ceiling", "below return")
        assert gaps(state) == ("Nobody holds the right to break the principle “No forks”.",)
        role(state, 2, "CTO", "Tove", "break a principle", principle_id=1)
        assert gaps(state) == ()

    def test_a_missing_rate_is_one(self):
        state = empty()
        role(state, 1, "CEO", "Eve", "one-off", "under target", "over ceiling", "below return")
        assert [each for each in gaps(state) if "rate" in each]
        charter(state)
        assert gaps(state) == ()


class TestEditing:
    def test_the_defaults_are_those_of_the_product(self):
        charter = charter_of(empty())
        assert (charter.purse_count, charter.purse_effort, charter.least_return) == (2, 2.0, 3.0)

    def test_figures(self):
        state = empty()
        command = write_figures(state, {"rate": 9_000.0, "purse_count": 3})
        after = state.overlay(command)
        assert (charter_of(after).rate, charter_of(after).purse_count) == (9_000.0, 3)
        assert "rate per engineer-week" in command.label
        assert write_figures(after, {"rate": 9_000.0}).empty
        assert write_figures(state, {"purse_count": 2}).empty

    @pytest.mark.parametrize(
        ("figures", "words"),
        [({"purse_count": -1}, "purse buys"), ({"rate": -5.0}, "rate"), ({"odds": 0.5}, "no “odds”")],
    )
    def test_what_cannot_be(self, figures, words):
        with pytest.raises(Refused, match=words):
            write_figures(empty(), figures)

    def test_a_second_change_keeps_the_one_row(self):
        state = empty()
        charter(state, rate=1.0)
        command = write_figures(state, {"rate": 2.0})
        assert list(state.overlay(command).all(Charter)) == [1]

    def test_roles_and_rights_come_and_go(self):
        state = empty()
        state = state.overlay(write_role(state, " CEO ", "Eve"))
        (ceo,) = holders_of_all(state)
        state = state.overlay(grant(state, "one-off", ceo))
        assert may(state, "Eve", "one-off")
        assert grant(state, "one-off", ceo).empty
        (right,) = state.all(Right)
        assert not may(state.overlay(withdraw(state, right)), "Eve", "one-off")
        state = state.overlay(write_role(state, "CEO", "Ada", ceo))
        assert may(state, "Ada", "one-off")
        assert not may(state, "Eve", "one-off")
        gone = state.overlay(remove_role(state, ceo))
        assert not gone.all(Right)
        assert not may(gone, "Ada", "one-off")

    def test_what_is_left_without_a_holder_is_told_before(self):
        state = empty()
        charter(state)
        principle(state, 1, "No forks")
        role(state, 1, "CEO", "Eve", "one-off", "under target", "over ceiling", "below return", "break a principle")
        role(state, 2, "CFO", "Ana", "under target")
        assert opened_by(state, remove_role(state, 2)) == ()
        found = opened_by(state, remove_role(state, 1))
        assert [each.removeprefix("Nobody holds the right to ").partition(":")[0] for each in found] == [
            "take a one-off out of the purse",
            "go over the one-off ceiling",
            "take a one-off below the least return",
            "break the principle “No forks”.",
        ]
        assert len(opened_by(state, write_role(state, "CEO", "", 1))) == 4, "nor does a role that nobody has"

    def test_a_right_is_granted_and_withdrawn_just_as_that_one(self):
        state = empty()
        principle(state, 1, "No forks")
        role(state, 1, "CEO", "Eve", "break a principle")
        one = grant(state, "break a principle", 1, 1)
        assert one.label == "CEO may break the principle “No forks”"
        both = state.overlay(one)
        assert len(both.all(Right)) == 2
        any_of_them = held_by(both, "break a principle", 1)
        assert any_of_them is not None
        left = both.overlay(withdraw(both, any_of_them.id))
        assert [right.principle_id for right in left.all(Right).values()] == [1]
        assert withdraw(both, any_of_them.id).label == "CEO may no longer break any principle"

    def test_a_principle_goes_with_its_rights_and_from_the_cards(self):
        state = empty()
        principle(state, 1, "No forks")
        principle(state, 2, "No dates")
        add_item(state, 5, 1.0)
        card(state, 5, principle_id=1, stance="breaks")
        role(state, 1, "CEO", "Eve", "break a principle", principle_id=1)
        role(state, 2, "CTO", "Tove", "break a principle", principle_id=2)
        after = state.overlay(remove_principle(state, 1))
        assert list(after.all(Principle)) == [2]
        assert [right.principle_id for right in after.all(Right).values()] == [2]
        (left,) = after.all(Card).values()
        assert (left.principle_id, left.stance) == (None, "follows")

    def test_a_principle_that_a_decision_cites_stays(self):
        state = empty()
        principle(state, 1, "No forks")
        add_item(state, 5, 1.0)
        add(state, WayOut(id=1, item_id=5, kind="decline", principle_id=1))
        with pytest.raises(Refused, match="cited once"):
            remove_principle(state, 1)

    def test_names_are_needed_and_told_apart(self):
        state = empty()
        principle(state, 1, "No forks")
        with pytest.raises(Refused, match="needs a name"):
            write_role(state, " ", "Eve")
        with pytest.raises(Refused, match="already"):
            write_principle(state, "no  FORKS")
        assert write_principle(state, "No forks", "", 1).empty


def holders_of_all(state):
    from store.records.negotiation import Role

    return list(state.all(Role))
