"""Accounts: sums that count each once and say of how many they are known, spellings of one name, merging, renaming.

``forty.csv`` was added up by another program (awk); which renewals fall into the horizon was told by hand.
"""

import csv
import os
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.accounts.edits import keep_apart, merge_accounts, write_account
from scenarios.accounts.revenue import renews_from, revenue_waiting
from scenarios.accounts.spellings import alike
from scenarios.accounts.table import account_rows
from scenarios.requests.who_waits import who_waits
from store.common.errors import Refused
from store.common.spellings import spelling
from store.records import Command, Customer, Request, State, Wait
from store.records.account_names import account_called
from tests.scenarios.making import NOON, add, add_item, empty
from tests.scenarios.negotiating import customer

FORTY = list(csv.DictReader(Path(__file__).with_name("forty.csv").open(encoding="utf-8")))
TODAY = date(2026, 11, 29)


def forty() -> State:
    """Forty accounts; each waits for item 1 or 2, every third for both."""
    state = empty()
    add_item(state, 1, 1.0)
    add_item(state, 2, 1.0)
    for number, row in enumerate(FORTY, 1):
        known = {
            "arr": float(row["arr"]) if row["arr"] else None,
            "renews": date.fromisoformat(row["renews"]) if row["renews"] else None,
            "term": int(row["term"] or 12),
        }
        add(state, Customer(id=number, name=row["name"], segment=row["segment"], owner=row["owner"], **known))
        for item_id in (1, 2) if number % 3 == 0 else (1 + number % 2,):
            add(state, Wait(id=10 * number + item_id, item_id=item_id, customer_id=number))
    return state


def changed(state: State, command: Command) -> State:
    assert not command.empty
    return state.overlay(command)


def test_forty_accounts_to_the_cent_each_once():
    found = who_waits(forty(), [1, 2])
    assert found.revenue.value == Fraction("5094683.90")
    assert found.revenue.text == "$5,094,683.90 (known for 33 of 40)"
    # Those that renewed before have a next renewal; of four nobody can tell.
    assert found.at_renewal.text == "$2,288,496.54 (known for 36 of 40)"
    assert len(found.renewing) == 18, "Dunmore, too, whose revenue is not known"
    assert revenue_waiting([*forty().each(Customer), *forty().each(Customer)]).said() == found.revenue.text


def test_the_table_has_most_revenue_first_and_says_what_each_waits_for():
    state = forty()
    state.tables["items"][2] = state.tables["items"][2].model_copy(update={"state": "below"})
    rows = account_rows(state, TODAY)
    assert [row.account.name for row in rows[:2]] == ["Elmstead", "Kestrel Freight"]
    assert [row.account.arr for row in rows[33:]] == [None] * 7
    both = next(row for row in rows if row.account.name == "Calder Mills GmbH")
    assert ([item.id for item in both.planned], [item.id for item in both.waiting]) == ([1], [2])
    assert both.renews == date(2027, 11, 15), "what renewed two weeks ago renews in a year"


def test_unknown_is_never_zero():
    state = empty()
    add_item(state, 1, 1.0)
    customer(state, 1, "Acme")
    add(state, Wait(id=1, item_id=1, customer_id=1))
    found = who_waits(state, [1])
    assert found.revenue.value is None
    assert found.at_renewal.value is None
    assert (found.revenue_words, found.renewing_words()) == ("revenue unknown", "what renews is unknown")


@pytest.mark.parametrize(
    ("renews", "term", "since", "next_one"),
    [
        (date(2027, 3, 1), 12, date(2027, 3, 1), date(2027, 3, 1)),
        (date(2027, 2, 28), 12, date(2027, 3, 1), date(2028, 2, 28)),
        (date(2024, 2, 29), 12, date(2026, 11, 29), date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2026, 11, 29), date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2026, 11, 29), date(2027, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 12, 31), date(2026, 12, 31)),
        (None, 12, date(2026, 11, 29), None),
    ],
)
def test_a_renewal_that_has_passed_comes_again(renews, term, since, next_one):
    assert renews_from(renews, term, since) == next_one


@pytest.mark.parametrize(
    "names",
    [
        ("Acme", "ACME", "acme, inc.", "Acme Inc", "Acmé GmbH", " acme  Ltd. "),
        ("Müller & Söhne GmbH & Co. KG", "MULLER & SOHNE", "Müller and Söhne"),
        ("Straße AG", "STRASSE"),
        ("S.A.P. SE", "SAP"),
        ("O'Neil Corp", "ONeil Corporation"),
    ],
)
def test_spellings_of_one_name(names):
    assert len({spelling(name) for name in names}) == 1


def test_names_that_are_not_the_same():
    assert (
        len({spelling(name) for name in ("Acme", "Acme Labs", "Inc", "AG", "SE Labs", "!!", "株式会社", "Ünal")}) == 8
    )


def two(state: State | None = None) -> State:
    state = state or empty()
    add_item(state, 1, 1.0)
    add_item(state, 2, 1.0)
    customer(state, 1, "Acme", 100_000.10, date(2027, 5, 1))
    customer(state, 2, "ACMÉ Inc.", 50_000.25, date(2026, 2, 1))
    for number, (item_id, who) in enumerate([(1, 1), (1, 2), (2, 2)], 1):
        add(state, Wait(id=number, item_id=item_id, customer_id=who))
    add(state, Request(id=1, item_id=2, received_at=NOON, customer_id=2))
    return state


def test_two_that_become_one():
    state = two()
    assert [[row.name for row in group] for group in alike(state)] == [["Acme", "ACMÉ Inc."]]
    rows = state.all(Customer)
    state = changed(state, merge_accounts(state, rows[2], rows[1]))
    (one,) = state.each(Customer)
    assert (one.name, one.arr, one.also) == ("Acme", 150_000.35, "ACMÉ Inc.")
    assert one.renews == date(2026, 2, 1), "which comes again before the other's"
    assert sorted((row.item_id, row.customer_id) for row in state.each(Wait)) == [(1, 1), (2, 1)]
    assert [row.customer_id for row in state.each(Request)] == [1]
    assert alike(state) == []
    for name in ("acme", "ACMÉ INC.", "Acme GmbH"):
        assert account_called(state.each(Customer), name) == one


def test_what_cannot_be_merged_or_named():
    state = two()
    acme, other = state.all(Customer).values()
    with pytest.raises(Refused, match="cannot be merged into itself"):
        merge_accounts(state, acme, acme)
    known = {"arr": None, "renews": None, "term": None, "segment": "", "owner": ""}
    for name, sentence in [("", "needs a name"), ("aCME", "already: merge"), ("x" * 201, "200 characters")]:
        with pytest.raises(Refused, match=sentence):
            write_account(state, other, name=name, **known)
    for field, value, sentence in [
        ("arr", -1.0, "below zero"),
        ("arr", 1e15, "too large to be true"),
        ("term", 0.5, "whole number of months"),
        ("term", 1000.0, "whole number of months"),
        ("renews", date(1, 3, 1), "between 1990 and 2100"),
    ]:
        with pytest.raises(Refused, match=sentence) as refused:
            write_account(state, other, name=other.name, **{**known, field: value})
        assert refused.value.field == field


def test_accounts_that_are_said_to_be_different_are_asked_about_once():
    state = two()
    acme, other = state.all(Customer).values()
    state = changed(state, keep_apart(state, acme))
    assert alike(state) == []
    assert account_called(state.each(Customer), "acmé inc.").id == other.id
    assert account_called(state.each(Customer), "Acme AG") is None
    with pytest.raises(Refused, match="No other account"):
        keep_apart(state, state.all(Customer)[1])


@settings(max_examples=1_000 if os.environ.get("MAKEROOM_LONG") else 50, deadline=None)
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 39), st.integers(0, 39)), max_size=12))
def test_merge_and_rename_never_change_a_sum(steps):
    state = forty()
    before = who_waits(state, [1, 2]).revenue.value
    for merges, first, second in steps:
        rows = list(state.each(Customer))
        one, other = rows[first % len(rows)], rows[second % len(rows)]
        if not merges:
            known = {name: getattr(one, name) for name in ("arr", "renews", "term", "segment", "owner")}
            state = state.overlay(write_account(state, one, name=f"{one.name} {second}", **known))
        elif one is not other:
            state = state.overlay(merge_accounts(state, one, other))
    assert who_waits(state, [1, 2]).revenue.value == before
    called = {name.casefold() for row in state.each(Customer) for name in (row.name, *row.also.split("\n"))}
    assert {row["name"].casefold() for row in FORTY} <= called, "whoever had a name still answers to it"
