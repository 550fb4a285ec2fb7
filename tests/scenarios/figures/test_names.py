"""What is typed against what is there: what is found, or a sentence that lists what there is and the nearest."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.figures.names import CUSTOMER, TEAM, exactly, item_named, named, principle_named, slice_named
from scenarios.figures.readers import day_of, number_of
from store.common.errors import Refused
from store.common.text import clean
from store.records import Customer, Slice, State, Team
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import principle

SLICES = [
    Slice(id=1, letter="F", name="Features", aim=60, position=0),
    Slice(id=2, letter="X", name="Quality", aim=20, position=1),
    Slice(id=3, letter="Q", name="F", aim=20, position=2),
]
TEAMS = [Team(id=10, name="Payments"), Team(id=11, name="Pay ops"), Team(id=12, name="Web")]


@pytest.fixture
def state() -> State:
    state = empty()
    for at, (title, place) in enumerate(
        [("Dark mode", "plan"), ("Dark launch", "below"), ("12", "plan"), ("A [b]bold[/b] plan", "inbox")], 1
    ):
        add_item(state, at, 1.0, state=place, title=title, source_key=f"PAY-{at}")
    add_item(state, 12, 1.0, state="below", title="Twelfth; the last")
    principle(state, 1, "No forks")
    principle(state, 2, "No custom code")
    add(state, *(Customer(id=at, name=f"Customer {at}") for at in range(1, 9)))
    return state


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dark mode", 1), ("  DARK   MODE ", 1), ("pay-2", 2), ("PAY-12", "there is no item “PAY-12”"), ("2", 2),
        # A title goes before a number, a beginning before a part.
        ("12", 3), ("4", 4), ("dark m", 1), ("launch", 2), ("twelfth; the last", 12), ("[b]bold", 4),
        ("dark", "“dark” could be 1 “Dark mode”, 2 “Dark launch”: give the number"),
        ("Drak mode", "there is no item “Drak mode”: they are 1 “Dark mode”, 2 “Dark launch”, 3 “12”, "
         "4 “A [b]bold[/b] plan”, 12 “Twelfth; the last”; did you mean 1 “Dark mode”?"),
    ],
)  # fmt: skip
def test_items(state: State, typed: str, found: int | str) -> None:
    if isinstance(found, int):
        assert item_named(state, typed).id == found
        return
    with pytest.raises(Refused) as refused:
        item_named(state, typed, field="needs")
    assert str(refused.value).startswith(found)
    assert refused.value.field == "needs"


def test_an_item_that_is_somewhere_else(state: State) -> None:
    assert item_named(state, "dark", "plan").id == 1
    for typed, words in (("dark launch", "“Dark launch” is below the line"), ("pay-4", "[/b] plan” is in the inbox")):
        with pytest.raises(Refused, match="is") as refused:
            item_named(state, typed, "plan")
        assert words in str(refused.value)
    with pytest.raises(Refused) as refused:
        item_named(state, "zebra", "below")
    assert str(refused.value) == "there is no item “zebra”: they are 2 “Dark launch”, 12 “Twelfth; the last”"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("payments", 10), ("WEB", 12), ("ops", 11), ("e", "“e” could be “Payments”, “Web”: give the whole name"),
        ("pay", "“pay” could be “Payments”, “Pay ops”: give the whole name"),
        ("Paymnts", "there is no team “Paymnts”: they are “Payments”, “Pay ops”, “Web”; did you mean “Payments”?"),
        ("", "there is no team “”: they are “Payments”, “Pay ops”, “Web”"),
    ],
)  # fmt: skip
def test_teams(typed: str, found: int | str) -> None:
    if isinstance(found, int):
        assert named(TEAMS, typed, TEAM).id == found
        return
    with pytest.raises(Refused) as refused:
        named(TEAMS, typed, TEAM)
    assert str(refused.value) == found


@pytest.mark.parametrize(
    ("typed", "letter"),
    # A letter goes before a name, and a name before what people call a slice.
    [("f", "F"), ("feature", "F"), ("feat", "F"), ("quality", "X"), ("debt", "Q"), ("x", "X"), ("lity", "X")],
)
def test_slices(typed: str, letter: str) -> None:
    assert slice_named(SLICES, typed).letter == letter


def test_a_slice_that_is_none() -> None:
    with pytest.raises(Refused, match=r"there is no slice “Z”: they are F “Features”, X “Quality”, Q “F”$"):
        slice_named(reversed(SLICES), "Z")


def test_principles_by_name_and_by_place(state: State) -> None:
    assert [principle_named(state, typed).id for typed in ("no forks", "2", "custom")] == [1, 2, 2]
    with pytest.raises(Refused, match=r"there is no principle “Frks”: they are .*; did you mean “No forks”"):
        principle_named(state, "Frks")
    with pytest.raises(Refused, match="there is no principle “any”: the charter has none yet"):
        principle_named(empty(), "any")


def test_a_long_list_is_cut(state: State) -> None:
    rows = state.each(Customer)
    with pytest.raises(Refused, match=r"they are “Customer 1”, .*“Customer 5” and 3 more$"):
        named(rows, "zzz", CUSTOMER)


def test_two_of_one_name_have_to_get_others() -> None:
    twice = [Customer(id=1, name="Acme"), Customer(id=2, name="ACME")]
    for find in (exactly, named):
        with pytest.raises(Refused, match="there are 2 customers “acme”: give one of them another name first"):
            find(twice, "acme", CUSTOMER)
    assert exactly(twice, "Acm", CUSTOMER) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), (" 1,200.5 ", 1200.5), ("-3", -3.0), ("1e12", 1e12), ("1e13", "is too large a number"),
     # A decimal comma is one, and none of it makes ten times as much.
     ("0,5", 0.5), ("2,5", 2.5), ("-12,25", -12.25), (",5", 0.5), ("0,125", 0.125), ("1.200,5", 1200.5),
     ("1,200", 1200.0), ("12,000,000", 12e6), ("1,2,3", "“1,2,3” is not a number"), ("1,23,456", "is not a number"),
     ("nan", "is not a number"), ("inf", "is too large"),
     ("twelve", "“twelve” is not a number"), ("1 2", "“1 2” is not a number")],
)  # fmt: skip
def test_numbers(typed: str, number: float | str | None) -> None:
    if not isinstance(number, str):
        assert number_of(typed) == number
        return
    with pytest.raises(Refused, match=number):
        number_of(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("", None), (" 2027-03-31 ", date(2027, 3, 31)),
     ("2027-02-30", "“2027-02-30” is not a day: write it as 2027-03-31"),
     ("soon", "“soon” is not a day")],
)  # fmt: skip
def test_days(typed: str, day: date | str | None) -> None:
    if not isinstance(day, str):
        assert day_of(typed) == day
        return
    with pytest.raises(Refused, match=day):
        day_of(typed)


NAMES = st.text(
    st.characters(codec="utf-8") | st.sampled_from("[]\\/\x1b\u202e\u2066\u05d0\u0627\u0130\u00df;“”"), max_size=12
)


@given(st.lists(NAMES, max_size=8), NAMES | st.sampled_from(["[/]", "\x1b[31mred", "\u202eevil", "\u05d0\u05d1"]))
def test_it_is_one_of_those_that_are_there_or_a_refusal_that_names_what_was_typed(names: list[str], typed: str) -> None:
    rows = [Customer(id=at, name=name) for at, name in enumerate(names, 1) if clean(name)]
    for text in (typed, *(row.name for row in rows[:2])):
        said = ""
        try:
            found = named(rows, text, CUSTOMER)
        except Refused as refused:
            found, said = None, str(refused)
        assert found in rows or f"“{clean(text)}”" in said
