"""The search line of the decision log: what it asks for, and what it finds."""

from datetime import timedelta

import pytest

from scenarios.decisions.log import log_of
from scenarios.decisions.log_search import Query, customers_called, query_of, search, slice_called
from scenarios.decisions.log_words import in_full, moved_words
from store.records import Wait
from store.records.negotiation import DecisionDetail, DecisionOption, SignedTerms, WayOut
from tests.scenarios.making import NOON, add, add_item, empty
from tests.scenarios.negotiating import customer, decision, move, request


@pytest.fixture
def state():
    """Three decisions: of Acme's audit log, of Acme Corp's search, and of nobody's capacity."""
    state = empty()
    customer(state, 1, "Acme")
    customer(state, 2, "Acme Corp")
    customer(state, 3, "Halvorsen Group")
    add_item(state, 1, 1.0, title="Audit log", slice="O")
    add_item(state, 2, 1.0, title="Search", slice="I")
    request(state, 1, customer_id=1)
    add(state, Wait(id=1, item_id=2, customer_id=2), Wait(id=2, item_id=2, customer_id=3))
    decision(state, 1, title="Audit log", item_id=1, decided_by="Eve Adams", at=NOON)
    move(state, 1, 1, "in", 3.0)
    add(state, DecisionDetail(id=1, decision_id=1, present="Ana; Ben", dissent="too early: banks"))
    decision(state, 2, title="Search", item_id=2, kind="drop", decided_by="Ana", at=NOON + timedelta(days=1))
    move(state, 2, 2, "out", 4.0)
    decision(state, 3, title="80% net", kind="capacity", decided_by="Ben", at=NOON + timedelta(days=2))
    return state


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("audit  log", Query("audit log")),
        ("customer:Acme slice:O person:Ana too early", Query("too early", "Acme", "O", "Ana")),
        ('customer:"Halvorsen Group" audit', Query("audit", "Halvorsen Group")),
        ('customer:"Halvorsen Gr', Query("", "Halvorsen Gr")),
        ('"too early" x', Query("too early x")),
        ("Customer:acme", Query("", "acme")),
        ("customer:a customer:b", Query("", "b")),
        ("customer:", Query("customer:")),
        ('customer:""', Query()),
        ("ratio 3:1 https://x", Query("ratio 3:1 https://x")),
    ],
)
def test_what_a_line_asks_for(text, query):
    assert query_of(text) == query


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("", [3, 2, 1], ""),
        ("customer:Acme", [1], ""),
        ("customer:acm", [2, 1], ""),
        ('customer:"acme corp"', [2], ""),
        ("customer:halv", [2], ""),
        ("customer:nobody", [], "there is no customer “nobody”"),
        ("slice:o", [1], ""),
        ("slice:infra", [2], ""),
        ("slice:z", [], "there is no slice “z”"),
        ("person:ana", [2, 1], ""),
        ("person:ana slice:i", [2], ""),
        ("person:ben banks", [1], ""),
        ("person:ben customer:corp", [], ""),
        ("80%", [3], ""),
    ],
)
def test_what_it_finds(state, text, found, unknown):
    result = search(state, log_of(state), query_of(text))
    assert [line.decision.id for line in result.lines] == found
    # Then it says what there is.
    assert result.unknown.split(": they are ")[0] == unknown
    assert (": they are " in result.unknown) == bool(unknown)


def test_names_that_are_parts_of_others(state):
    assert [each.name for each in customers_called(state, " ACME ")] == ["Acme"]
    assert [each.name for each in customers_called(state, "me")] == ["Acme", "Acme Corp"]
    assert slice_called(state, "f") == "F"
    assert slice_called(state, "one") == "O"
    assert slice_called(state, "x") is None


class TestWords:
    def test_a_decision_on_one_line(self, state):
        move(state, 1, 2, "out", 4.0)
        assert [moved_words(line) for line in log_of(state)] == [
            "80% net: capacity",
            "OUT Search",
            "IN Audit log 3.0  OUT Search",
        ]

    def test_many_items_are_counted(self, state):
        for number in range(10, 20):
            add_item(state, number, 1.0, title=f"t{number}")
            move(state, 3, number, "in", 1.0)
        words = moved_words(log_of(state)[0])
        assert words.startswith("IN 10 items: t10 1.0; t11 1.0; ")
        assert words.endswith("; …")

    def test_all_that_is_on_record(self, state):
        """Everything that was said of a decision is in it: also what a later one made of its signature."""
        details = {"asked_by": "sales", "conditions": "once", "review": "2027-03-31"}
        details |= {"load_before": 10.0, "load_after": 12.5, "one_offs_before": 0.0, "one_offs_after": 0.125}
        add(state, DecisionDetail.model_validate({"id": 1, "decision_id": 1, "present": "Ana", **details}))
        add(state, DecisionDetail(id=2, decision_id=3, about_id=1))
        add(
            state, DecisionOption(id=1, decision_id=1, title="Billing", chosen=True, odds=0.7, ew=2.0, value=8, arr=1e6)
        )
        add(state, WayOut(id=1, item_id=1, decision_id=1, kind="pilot", freed=1.0, customers=4))
        terms = {"id": 1, "decision_id": 1, "right": "over ceiling", "name": "Eve", "reason": "key account", "at": NOON}
        add(state, SignedTerms.model_validate({**terms, "figure": 0.125, "bound": 0.1, "cleared_id": 3}))
        about, _, first = (dict(in_full(line, state)) for line in log_of(state))
        assert about["About"] == "Audit log, decided 2026-11-21"
        assert first == {
            "Asked by": "sales",
            "Decided by": "Eve Adams",
            "Present": "Ana",
            "In": "Audit log, 3.0 ew",
            "Way out": "pilot, spares 1.0 ew, 4 customers",
            "Why": "no reason given",
            "Load": "10.0 → 12.5 ew",
            "One-offs": "0% → 12.5%",
            "Conditions": "once",
            "Review": "2027-03-31",
            "Signed": "Eve signed to go over the one-off ceiling: key account (one-offs 12.5% against 10%); cleared "
            "since",
            "Chosen": "Billing: odds 70%, frees 2.0 ew, displaces 8, $1.00M a year waits",
        }
