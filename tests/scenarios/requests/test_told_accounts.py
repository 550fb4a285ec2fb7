"""A request may tell what its account pays and when it renews: known from then on, never changed by the way."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.requests.intake import receive
from scenarios.requests.quick_add import RequestDraft, parse_line
from store.common.errors import Refused
from store.records import Command, Customer, Item, Shirt, Slice, State, Team
from store.records.plan import Request
from tests.scenarios.making import empty
from tui.forms.card import FORMS

DAY = date(2027, 3, 31)
STATE = empty((30.0,)).overlay(
    Command("t", "", (Customer(id=1, name="Acme Inc"), Customer(id=2, name="Known", arr=90_000.5, renews=DAY)))
)


def asked(line: str, state: State = STATE) -> State:
    draft = parse_line(line, state.each(Slice), state.each(Team), state.each(Shirt), state.each(Customer))
    assert draft.unknown == ()
    return state.overlay(receive(state, draft))


def figures(state: State) -> dict[str, tuple[float | None, date | None]]:
    return {row.name: (row.arr, row.renews) for row in state.each(Customer)}


def test_of_a_new_account_and_of_one_that_was_not_known() -> None:
    told = figures(asked("Export >Newco arr:180k renews:2027-03-31"))
    assert told["Newco"] == (180_000.0, DAY)
    # Spelled another way, it is the same account; what is said twice alike is no change.
    told = figures(asked("Import >acme arr:$1.5M", asked("Export >ACME renews:2027-03-31")))
    assert told["Acme Inc"] == (1_500_000.0, DAY)
    assert len(told) == 2
    assert figures(asked("Import >Known arr:90000.5 renews:2027-03-31")) == figures(STATE)


@pytest.mark.parametrize(
    ("line", "said", "field"),
    [
        ("X >Known arr:180k", "The yearly revenue of “Known” is $90,000.50 here", "arr"),
        ("X >Known renews:2027-04-01", "The renewal of “Known” is 2027-03-31 here", "renews"),
        ("X arr:180k", "Name the customer", "customer"),
        ("X >Newco arr:-5", "cannot be below zero", "arr"),
        ("X >Newco renews:1901-01-01", "write it as 2027-03-31", "renews"),
    ],
)
def test_what_cannot_be_is_refused(line: str, said: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(line)
    assert said in str(refused.value)
    assert refused.value.field == field


def test_what_is_no_amount_or_no_day_stays_in_the_title() -> None:
    found = parse_line("Export arr:lots arr:€5k renews:soon", (), ())
    assert found == RequestDraft("Export arr:lots arr:€5k renews:soon", unknown=("arr:lots", "arr:€5k", "renews:soon"))


def test_the_card_tells_it_in_the_same_change() -> None:
    state = asked("Export")
    item_id = next(item.id for item in state.each(Item))
    form = FORMS["whom"]
    values = {field.name: field.value for field in form.fields(state, item_id)}
    command = form.read(state, item_id, {**values, "customer": "Acme", "arr": "42k", "renews": "2027-03-31"})
    after = state.overlay(command)
    assert figures(after)["Acme Inc"] == (42_000.0, DAY)
    assert [row.customer_id for row in after.each(Request)] == [1]
    for typed in ({"customer": "Known", "arr": "42k"}, {"customer": "", "arr": "42k"}):
        with pytest.raises(Refused):
            form.read(state, item_id, {**values, **typed})
