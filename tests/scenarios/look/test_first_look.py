"""The first look by hand: shares, bands, accounts, what was not planned, lead times, and what no rule says."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.look.first_look import FirstLook, LookOptions, first_look
from scenarios.look.quarters import CALENDAR, Quarters, quarters_from
from scenarios.look.rules import LookRule, read_rule, usual_rules, with_rules
from scenarios.look.titles import AccountsInTitles
from scenarios.look.words import headline_of, notes_of
from store.common.errors import Refused
from store.common.issues import FinishedIssues, Issue
from store.records import Customer, Slice, State
from store.workspace.defaults import beginning

STATE = State().overlay(beginning("look", date(2026, 11, 1)))
SLICES = list(STATE.each(Slice))
LETTERS = [row.letter for row in SLICES]


def issue(
    title: str = "A",
    amount: float | None = 1.0,
    *,
    created: date | None = None,
    finished: date | None = date(2026, 2, 5),
    types: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
    customers: tuple[str, ...] = (),
    slice: str = "",
    period: int | None = None,
) -> Issue:
    return Issue(
        2, 0, "", title, types, labels, (), customers, slice, created, finished, finished, period, amount, False
    )


def look(*found: Issue, accounts: tuple[Customer, ...] = (), rules: tuple[LookRule, ...] | None = None,
         fiscal: Quarters = CALENDAR, since: date | None = None) -> FirstLook:  # fmt: skip
    source = FinishedIssues("done.csv", "", len(found), found, "ew", (), (), ())
    options = LookOptions(usual_rules(STATE) if rules is None else rules, fiscal, since)
    return first_look(source, options, SLICES, accounts)


def shares(found: FirstLook) -> dict[str, float]:
    return {letter: round(found.total.share(letter), 4) for letter in found.letters}


def test_what_went_where_is_a_share_of_what_all_took() -> None:
    found = look(
        issue("A", 3.0, types=("Bug",)),
        issue("B", 4.0, types=("Story",)),
        issue("C", 1.0, labels=("one-off",)),
        issue("D", 2.0, types=("Task",)),
    )
    assert shares(found) == {"F": 0.4, "Q": 0.3, "O": 0.1, "": 0.2}
    assert found.total.band == "within budget"
    assert headline_of(found) == (
        "One-offs took 10% (1.0 ew of 10.0 ew): within budget; up to 30% (struggling) if all without a rule were "
        "one-offs."
    )


@pytest.mark.parametrize(
    ("one_offs", "band"),
    [(10, "within budget"), (11, "over budget"), (15, "over budget"), (20, "juggling"), (30, "struggling"),
     (31, "off the road")],
)  # fmt: skip
def test_the_band_is_the_boards(one_offs: int, band: str) -> None:
    found = look(issue(amount=float(one_offs), labels=("one-off",)), issue(amount=100.0 - one_offs, types=("Bug",)))
    assert found.total.band == band


def test_a_customers_bug_is_a_bug_and_who_names_three_tells_of_demand() -> None:
    found = look(
        issue("A", types=("Bug",), customers=("Acme",)),
        issue("B", types=("Task",), customers=("Acme", "Globex")),
        issue("C", types=("Task",), customers=("Acme", "Globex", "Hooli")),
    )
    assert [(each.issues, each.rule.text) for each in found.rules if each.rule and each.issues] == [
        (1, "type:bug=Q"),
        (1, "customer:*=O"),
    ]
    assert found.unmatched.samples == ("C",)
    assert found.several == 1


def test_the_first_rule_counts_and_what_somebody_says_goes_before_the_usual() -> None:
    own = read_rule("type:Bug=O", LETTERS)
    rules = with_rules([own], usual_rules(STATE))
    assert shares(look(issue(types=("bug",)), rules=rules)) == {"O": 1.0}
    assert sum(rule.same(own) for rule in rules) == 1


def test_a_slice_column_goes_before_every_rule() -> None:
    assert shares(look(issue(types=("bug",), slice="Features"))) == {"F": 1.0}


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Acme: audit log", ("Acme GmbH",)),
        ("audit log for NORTHWIND TRADERS, Inc.", ("Northwind Traders",)),
        ("set a target", ()),
        ("Target: set", ("Target",)),
        ("Acmeology", ()),
        ("Export for Acme and northwind traders", ("Acme GmbH", "Northwind Traders")),
        ("", ()),
    ],
)
def test_accounts_are_found_in_titles_as_whole_names(title: str, named: tuple[str, ...]) -> None:
    names = {"Acme GmbH": "Acme GmbH", "Northwind Traders": "Northwind Traders", "Target": "Target"}
    assert AccountsInTitles(names).of(title) == named


def test_an_account_spelled_three_ways_is_one_with_its_revenue_or_none() -> None:
    acme = Customer(id=1, name="Acme GmbH", arr=50_000.0)
    found = look(
        issue("A", 2.0, customers=("ACME",)),
        issue("Acme: B", 3.0, types=("Bug",)),
        issue("C", 4.0, customers=("acme gmbh", "Globex")),
        accounts=(acme,),
    )
    assert [(row.name, row.amount, row.issues, row.one_offs, row.revenue) for row in found.accounts] == [
        ("Acme GmbH", 9.0, 3, 6.0, 50_000.0),
        ("Globex", 4.0, 1, 4.0, None),
    ]


def test_not_planned_is_created_after_the_first_day_and_finished_in_the_quarter() -> None:
    found = look(
        issue("first day", created=date(2026, 1, 1)),
        issue("day after", 2.0, created=date(2026, 1, 2)),
        issue("last year", created=date(2025, 12, 31)),
        issue("nobody knows"),
        issue("backwards", created=date(2026, 3, 1)),
    )
    unplanned = found.total.unplanned
    assert (unplanned.issues, unplanned.amount, unplanned.known, unplanned.known_amount) == (1, 2.0, 3, 4.0)
    assert unplanned.share == 0.5
    assert found.backwards == 1


def test_lead_times_are_the_median_and_the_day_by_which_85_of_100_are_done() -> None:
    started = [issue(created=date(2026, 2, 5 - days)) for days in (0, 1, 2, 3)]
    assert (look(*started).lead.half, look(*started).lead.most) == (None, None)
    twenty = [issue(created=date(2026, 1, day), finished=date(2026, 1, 25)) for day in range(5, 25)]
    # 1 to 20 days; seventeen of twenty are done within 17.
    lead = look(*twenty).lead
    assert (lead.issues, lead.half, lead.most) == (20, 10.5, 17)


def test_a_quarter_with_nothing_is_there_and_what_has_no_day_is_in_the_totals_alone() -> None:
    found = look(
        issue(finished=date(2026, 2, 1)),
        issue(finished=date(2026, 8, 1)),
        issue(finished=None),
        issue(finished=None, period=2026 * 4 + 1),
    )
    assert [(each.name, each.issues) for each in found.quarters] == [("Q1 2026", 1), ("Q2 2026", 1), ("Q3 2026", 1)]
    assert (found.total.issues, found.undated) == (4, 1)
    empty = look(issue(finished=date(2026, 2, 1)), issue(finished=date(2026, 8, 1)))
    assert [(each.name, each.issues) for each in empty.quarters][1] == ("Q2 2026", 0)


def test_since_leaves_out_what_was_finished_before() -> None:
    found = look(
        issue(), issue(finished=date(2025, 2, 1)), issue(finished=None, period=2025 * 4), since=date(2026, 1, 1)
    )
    assert (found.total.issues, found.earlier) == (1, 2)


def test_without_amounts_issues_are_counted_and_that_is_said() -> None:
    found = look(issue(amount=None), issue(amount=None, types=("bug",)), issue(amount=5.0, labels=("one-off",)))
    assert found.unit == "issues"
    assert shares(found) == pytest.approx({"Q": 1 / 3, "O": 1 / 3, "": 1 / 3}, abs=1e-4)
    assert "1 of 3 issues has an amount: issues are counted, all alike (--by amounts shows the amounts)." in [
        *notes_of(found)
    ]


def test_what_has_no_amount_is_left_out_and_that_is_said() -> None:
    found = look(issue(amount=None), issue(amount=2.0), issue(amount=5.0))
    assert (found.unit, found.total.amount, found.unsized) == ("ew", 7.0, 1)
    assert "1 issue has no amount and is not in the figures." in [*notes_of(found)]


def test_where_no_rule_says_anything_nothing_is_said_of_one_offs() -> None:
    found = look(issue(), issue())
    assert found.total.band == ""
    assert "nothing can be said of one-offs yet" in headline_of(found)
    assert headline_of(look()) == "No finished issue is in it: nothing can be said."


@pytest.mark.parametrize(
    ("begins", "day", "name", "first"),
    [
        ("1", date(2026, 12, 31), "Q4 2026", date(2026, 10, 1)),
        ("February", date(2026, 1, 31), "FY26 Q4", date(2025, 11, 1)),
        ("feb", date(2026, 2, 1), "FY27 Q1", date(2026, 2, 1)),
        ("10", date(2026, 10, 1), "FY27 Q1", date(2026, 10, 1)),
        ("July", date(2026, 6, 30), "FY26 Q4", date(2026, 4, 1)),
    ],
)
def test_fiscal_quarters(begins: str, day: date, name: str, first: date) -> None:
    fiscal = quarters_from(begins)
    number = fiscal.of_day(day)
    assert (fiscal.name(number), fiscal.first_day(number)) == (name, first)
    last = fiscal.last_day(number)
    assert last is not None
    assert first <= day <= last


@pytest.mark.parametrize("text", ["", "13", "0", "ju", "spring", "-2"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a month in which a fiscal year begins"):
        quarters_from(text)


@pytest.mark.parametrize("text", ["", "label", "label:x", "label:=O", "colour:red=O", "label:x=Z", "label:x=", ":x=O"])
def test_a_rule_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_rule(text, LETTERS)
