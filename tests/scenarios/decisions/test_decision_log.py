"""The decision log: what is found by words, customer, slice and person."""

from datetime import timedelta

import pytest

from scenarios.decisions.log import find_decisions
from store.records import Wait
from store.records.negotiation import DecisionDetail, SignedTerms
from tests.scenarios.making import NOON, add, add_item, empty
from tests.scenarios.negotiating import customer, decision, move, request


@pytest.fixture
def state():
    state = empty()
    customer(state, 1, "Acme")
    customer(state, 2, "Globex")
    add_item(state, 1, 1.0, title="Audit log", slice="O")
    add_item(state, 2, 1.0, title="Search")
    request(state, 1, customer_id=1)
    add(state, Wait(id=1, item_id=2, customer_id=2))
    decision(state, 1, title="Audit log", item_id=1, decided_by="Eve Adams", because="the auditors come in May")
    move(state, 1, 2, "out")
    add(state, DecisionDetail(id=1, decision_id=1, asked_by="Sal", present="Ben; Ana", dissent="too EARLY"))
    decision(state, 2, title="Search", item_id=2, kind="drop", decided_by="Ben", at=NOON + timedelta(days=1))
    terms = {"id": 1, "decision_id": 2, "right": "under target", "name": "Joan", "reason": "flagship", "at": NOON}
    add(state, SignedTerms.model_validate(terms))
    decision(state, 3, title="80% net capacity", kind="capacity", at=NOON - timedelta(days=1))
    return state


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [2, 1, 3]),
        ({"text": "search"}, [2, 1]),
        ({"text": "early may"}, [1]),
        ({"text": "flagship"}, [2]),
        ({"text": "audit nowhere"}, []),
        ({"text": "80%"}, [3]),
        ({"customer_id": 1}, [1]),
        ({"customer_id": 2}, [2, 1]),
        ({"slice": "O"}, [1]),
        ({"slice": "F"}, [2, 1]),
        ({"slice": "Q"}, []),
        ({"person": "ben"}, [2, 1]),
        ({"person": "eve"}, [1]),
        ({"person": "Joan"}, [2]),
        ({"person": "adams"}, []),
        ({"person": "Ben", "text": "auditors", "customer_id": 1, "slice": "O"}, [1]),
    ],
)
def test_what_is_found(state, asked, found):
    assert [line.decision.id for line in find_decisions(state, **asked)] == found


def test_everybody_whom_a_decision_names(state):
    first = find_decisions(state, text="auditors")[0]
    assert first.people == ("Eve Adams", "Sal", "Ben", "Ana")
