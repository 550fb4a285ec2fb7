"""The form of a way out as values: what stands in its fields, and the sentence beside the field that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.plan import entry_of
from scenarios.requests.way_fields import checked_way
from scenarios.requests.ways_out import FIELDS, WAYS, Way
from store.common.errors import Refused
from store.common.text import sentence
from store.records import State
from store.records.negotiation import WayKind
from tests.scenarios.making import add_item, empty
from tests.scenarios.negotiating import charter, principle
from tests.scenarios.requests.test_ways_out import GOOD
from tui.trade.way_form import about, way_fields


@pytest.fixture
def state() -> State:
    """Two teams at $10,000 a week; request 50 of 4.0 ew on both; two principles."""
    state = empty((14.0, 10.0))
    charter(state)
    principle(state, 1, "No forks")
    principle(state, 2, "Validate before building")
    add_item(state, 50, {1: 3.0, 2: 1.0}, slice="O", state="inbox", title="EDI feed")
    return state


def values_of(state: State, kind: WayKind, filled: Way | None = None, **typed: str) -> dict[str, str]:
    fields = way_fields(state, entry_of(state, 50), kind, filled)
    assert set(typed) <= {field.name for field in fields}, "the form has no such field"
    return {field.name: typed.get(field.name, field.value) for field in fields}


@pytest.mark.parametrize("kind", [kind for kind in WAYS if kind != "swap"])
def test_a_way_that_stands_in_its_form_is_read_as_it_was(state: State, kind: WayKind) -> None:
    """With all digits of sizes of which the form shows one, where nobody touched them."""
    way = GOOD[kind]
    if way.sizes:
        way = Way(**{**way.__dict__, "sizes": {1: Range(1.2345678, 0.98765, 1.5432)}})
    read = checked_way(values_of(state, kind, way), state, entry_of(state, 50), kind, way)
    assert read == way
    assert {name for name in values_of(state, kind) if not name.startswith("size-")} == set(FIELDS[kind]) - {"sizes"}


@pytest.mark.parametrize(
    ("kind", "typed", "field", "words"),
    [
        ("pilot", {"size-2": "1", "customers": "7", "test": "x"}, "customers", "A pilot has 3 to 5 customers."),
        ("pilot", {"size-2": "1", "customers": "3.5", "test": "x"}, "customers", "“3.5” is not a number of customers."),
        ("pilot", {"size-2": "1", "customers": "4"}, "test", "Pilot needs its success test."),
        ("pilot", {"size-2": "4", "customers": "4", "test": "x"}, "size-2", "Pilot takes less than the 4.0 ew that"),
        ("pilot", {"customers": "4", "test": "x"}, "size-1", "Pilot needs its size."),
        ("partner", {"size-1": "much", "who": "Nordlys"}, "size-1", "is not a size"),
        ("partner", {"size-1": "3-2-1", "who": "Nordlys"}, "size-1", "out of order"),
        ("sequence", {"due": "2027-03-31"}, "due", "name a day of a later quarter"),
        ("sequence", {"due": "spring"}, "due", "write it as 2027-03-31"),
        ("services", {"markup": "60%"}, "markup", "50%, 70% or 100%"),
        ("services", {"markup": "half"}, "markup", "not a number"),
        ("package", {"amount": "-5"}, "amount", "0 or more"),
        ("decline", {"principle_id": "3"}, "principle_id", "“No forks”, “Validate before building”"),
        ("decline", {}, "principle_id", "Decline needs its principle."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    state: State, kind: WayKind, typed: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        checked_way(values_of(state, kind, **typed), state, entry_of(state, 50), kind)
    assert refused.value.field == field
    assert words in sentence(refused.value)


@pytest.mark.parametrize("typed", ["2", "validate before building", "VAL"])
def test_a_principle_is_named_by_number_or_name(state: State, typed: str) -> None:
    values = values_of(state, "decline", principle_id=typed)
    assert checked_way(values, state, entry_of(state, 50), "decline").principle_id == 2


@pytest.mark.parametrize(("typed", "markup"), [("50", 0.5), ("70%", 0.7), (" 100 % ", 1.0)])
def test_services_by_what_is_on_top(state: State, typed: str, markup: float) -> None:
    values = values_of(state, "services", markup=typed)
    assert checked_way(values, state, entry_of(state, 50), "services").markup == markup


def test_what_stands_there_to_begin_with(state: State) -> None:
    assert values_of(state, "sequence")["due"] == "2027-04-01", "the first day after the quarter"
    hints = {field.name: field.hint for field in way_fields(state, entry_of(state, 50), "services", None)}
    # 4.0 ew at $10,000, and half, seven tenths, as much again.
    assert "50%: $60k, 70%: $68k, 100%: $80k" in hints["markup"]
    assert "build 4.0 ew x rate $10,000" in about(state, entry_of(state, 50), "services")
    charter(state, rate=None)
    assert "no rate per engineer-week" in about(state, entry_of(state, 50), "services")
    assert state.quarter.ends == date(2027, 3, 31)
