"""Three of a kind: what one-offs of four quarters have in common, and the general request that they point to."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from scenarios.reports.paper_page import paper_html
from scenarios.reports.patterns_paper import patterns_paper
from scenarios.requests.offloads import offloads_of
from scenarios.requests.patterns import own_words, patterns_of
from store.records import Item, Outcome
from store.records.negotiation import Card, Evidence
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import card, customer, decision, move, request


class TestThreeOfAKind:
    def taken(self, *quarters, kind="report writer"):
        """One-offs 1, 2, ... that came in during these quarters (1 to 5, of which 5 is planned now)."""
        state = empty()
        first = state.quarter
        for number in range(1, 6):
            month = (number - 1) * 3
            starts = date(2026 + month // 12, month % 12 + 1, 1)
            quarter = {"id": number, "name": f"Q{number}", "starts": starts, "ends": starts}
            quarter |= {"state": "closed" if number < 5 else "draft"}
            add(state, first.model_copy(update=quarter))
        for number, quarter in enumerate(quarters, 1):
            add_item(state, number, float(number), slice="O", state="plan" if quarter == 5 else "done")
            card(state, number, one_off_kind=kind)
            decision(state, number, quarter_id=quarter)
            move(state, number, number, "in")
        return state

    @pytest.mark.parametrize(
        ("quarters", "ids"),
        [
            ((5, 5), None),
            ((5, 5, 5), (1, 2, 3)),
            ((2, 3, 5), (1, 2, 3)),
            ((1, 3, 5), None),
            ((1, 2, 3, 5), (2, 3, 4)),
        ],
    )
    def test_within_four_quarters(self, quarters, ids):
        found = patterns_of(self.taken(*quarters))
        assert [tuple(row.item_id for row in each.taken) for each in found] == ([ids] if ids else [])

    def test_they_say_what_would_have_been_absorbed(self):
        state = self.taken(2, 4, 5)
        (pattern,) = patterns_of(state)
        assert pattern.effort.value == 1 + 2 + 3
        (item,) = (put for put in pattern.propose(state).puts if isinstance(put, Item))
        assert (item.title, item.slice, item.state) == ("Platform: report writer", "I", "inbox")
        assert "6.0 ew of 3 one-offs" in item.note
        assert patterns_of(state.overlay(pattern.propose(state))) == ()

    def test_other_is_no_kind_and_what_was_declined_was_not_taken(self):
        assert patterns_of(self.taken(5, 5, 5, kind="other")) == ()
        state = self.taken(5, 5, 5)
        add(state, state.all(Item)[2].model_copy(update={"state": "declined"}))
        assert patterns_of(state) == ()


class TestAlike:
    def titled(self, *titles, accounts=()):
        """One-offs in plan of 1, 2, ... ew, each for its account."""
        state = empty()
        for number, title in enumerate(titles, 1):
            add_item(state, number, float(number), slice="O", title=title)
        for number, name in enumerate(accounts, 1):
            customer(state, number, name)
            request(state, number, customer_id=number)
        return state

    def test_titles_alike_without_the_accounts_names(self):
        titles = ("Acme: CSV dump of orders", "Orders as CSV dump", "Dump orders to CSV", "Blue theme")
        state = self.titled(*titles, accounts=("Acme Corp", "Globex", "Initech", "Hooli"))
        (pattern,) = patterns_of(state)
        assert (pattern.kind, pattern.name, pattern.title) == (
            None,
            "CSV dump of orders",
            "Platform: CSV dump of orders",
        )
        assert pattern.accounts == ("Acme Corp", "Globex", "Initech")
        assert pattern.effort.value == 1 + 2 + 3

    @pytest.mark.parametrize(
        ("title", "account", "words"),
        [
            ("Acme: feed", "Acme Corp", "feed"),
            ("Acme Corp: feed", "Acme Corp", "feed"),
            ("Acme:", "Acme Corp", "Acme:"),
            ("Phase 2: feed", "Acme Corp", "Phase 2: feed"),
        ],
    )
    def test_only_the_accounts_name_is_left_out(self, title, account, words):
        assert own_words(title, [account]) == words

    def test_quarters_before_makeroom_count_and_what_nobody_sized_is_said(self):
        state = self.titled("Dump orders to CSV", accounts=("Acme",))
        here = state.number_of(state.quarter)
        rows = [
            (here - 1, "CSV dump of orders", 4.5),
            (here - 2, "Orders as CSV dump", None),
            (here - 4, "Orders CSV", 9.0),
        ]
        for number, (quarter, title, took) in enumerate(rows, 1):
            given = {"quarter": f"Q{quarter}", "number": quarter, "title": title, "took": took, "account": "ACME"}
            add(state, Outcome(id=number, slice="O", **given))
        (pattern,) = patterns_of(state)
        assert [row.number for row in pattern.taken] == [here - 2, here - 1, here]
        assert pattern.effort.text == "5.5 ew (known for 2 of 3)"
        assert pattern.accounts == ("Acme",)

    def test_what_is_asked_in_general_is_a_request_as_any_other(self):
        state = self.titled("CSV dump", "A CSV dump", "The CSV dump", accounts=("Acme", "Globex", "Initech"))
        (pattern,) = patterns_of(state)
        after = state.overlay(pattern.propose(state))
        (made,) = (row for row in after.each(Card) if row.offloads)
        assert made.offloads == "CSV dump"
        assert "which would take about 6.0 ew again" in made.hypothesis
        (evidence,) = after.each(Evidence)
        assert (evidence.customers, evidence.from_deal) == (3, False)
        assert "would have absorbed 6.0 ew of 3 one-offs: CSV dump" in evidence.source
        assert patterns_of(after) == ()
        # Declined, it may be proposed again.
        declined = after.all(Item)[made.item_id].model_copy(update={"state": "declined"})
        add(after, declined)
        assert [row.name for row in patterns_of(after)] == ["CSV dump"]


class TestOffloads:
    """An answer that shipped on 1 July 2026, and asks on other days; a quarter is 91.25 days."""

    def followed(self, days, today, *, what="report writer", shipped=date(2026, 7, 1)):
        state = empty()
        add_item(state, 1, 3.0, slice="I", state="done" if shipped else "plan")
        card(state, 1, offloads=what)
        if shipped:
            decision(state, 1, kind="close", at=datetime(shipped.year, shipped.month, shipped.day, 12, tzinfo=UTC))
            move(state, 1, 1, "out")
        for number, day in enumerate(days, 2):
            add_item(state, number, 1.0, slice="O", state="declined")
            card(state, number, one_off_kind="report writer" if number % 7 else "odd environment")
            request(state, number, received_at=datetime(*day, 9, tzinfo=UTC))
        (found,) = offloads_of(state, today)
        return found

    def test_asks_before_and_since_by_hand(self):
        # Numbers 2 to 6 are of the kind, 7 is not; the year before begins on 1 July 2025, one day after the first.
        days = [(2025, 6, 30), (2025, 7, 1), (2026, 1, 1), (2026, 6, 30), (2026, 7, 1), (2026, 9, 1)]
        found = self.followed(days, date(2026, 12, 31))
        assert (found.shipped, found.begins) == (date(2026, 7, 1), date(2025, 7, 1))
        assert (found.asked_before, found.asked_since) == (3, 1)
        assert found.before.value == Fraction(3) * Fraction(365, 4) / 365
        assert found.since.value == Fraction(1) * Fraction(365, 4) / 184
        assert found.words.endswith("n = 4, under 5: nothing can be said")

    def test_under_twenty_is_a_hint(self):
        found = self.followed([(2026, 1, 1)] * 5 + [(2026, 1, 2)], date(2026, 12, 31))
        # On record since 1 January: 181 days.
        assert "5 in the 181 days before it shipped, 0 in the 184 days since" in found.words
        assert found.words.endswith("2.5 a quarter before, 0 since, n = 5: under 20, a hint and no more")

    def test_too_early_and_not_yet(self):
        assert "too early to compare" in self.followed([(2026, 1, 1)] * 4, date(2026, 8, 1)).words
        assert self.followed([(2026, 1, 1)], date(2026, 8, 1), shipped=None).words == (
            "it has not shipped yet: 1 ask of these so far"
        )

    def test_the_page_says_all_of_it(self):
        state = empty()
        assert "No one-off was taken in these quarters." in paper_html(patterns_paper(state, date(2026, 12, 1)))
