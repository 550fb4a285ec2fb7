"""The language of the search line, each part beside what Python picks from the same items."""

import random
from collections.abc import Callable
from datetime import date

import pytest

from scenarios.items.filters import Filter
from scenarios.plan.plan import entries_of
from store.common.errors import Refused
from store.records import Customer, Item, Pin, State, Team, Wait
from tests.scenarios.making import add, add_item, empty

CUSTOMERS = {1: "Northwind Traders", 2: "Birch", 3: "Ácme"}


@pytest.fixture(scope="module")
def state() -> State:
    rng = random.Random(11)
    state = empty((30.0, 20.0))
    for number, name in CUSTOMERS.items():
        add(state, Customer(id=number, name=name))
    for number in range(1, 61):
        add_item(
            state,
            number,
            rng.choice((None, {1: 2.0}, {2: 3.0}, {1: 1.0, 2: 4.0})),
            state=rng.choice(("plan", "below", "below", "declined")),
            slice=rng.choice("FIO"),
            owner=rng.choice(("", "Ana", "Bo Ana")),
            value=rng.choice((None, 3.0, 5.0, 8.0)),
            priority=rng.choice(("", "P1", "1", "P10", "High")),
            due=rng.choice((None, date(2027, 1, 31), date(2027, 2, 1))),
            source_key=rng.choice((None, f"PAY-{number}")),
            note=rng.choice(("", "for the auditors")),
        )
        for customer in rng.sample((1, 2, 3), rng.randint(0, 2)):
            add(state, Wait(id=10 * number + customer, item_id=number, customer_id=customer))
    add(state, Pin(id=1, item_id=5, kind="started"), Pin(id=2, item_id=6, kind="pinned"))
    team = state.all(Team)[2]
    return add(state, team.model_copy(update={"name": "Mobile"}))


def waits(state: State, item: Item) -> set[int]:
    return {wait.customer_id for wait in state.all(Wait).values() if wait.item_id == item.id}


Oracle = Callable[[State, Item, dict[int, float]], bool]
CASES: dict[str, Oracle] = {
    "customer:northwind": lambda state, item, sizes: 1 in waits(state, item),
    'customer:"Northwind Traders"': lambda state, item, sizes: 1 in waits(state, item),
    "customer:birch,ácme": lambda state, item, sizes: bool(waits(state, item) & {2, 3}),
    "customer:none": lambda state, item, sizes: not waits(state, item),
    "is:wanted": lambda state, item, sizes: bool(waits(state, item)),
    "birch": lambda state, item, sizes: 2 in waits(state, item),
    "pay-1": lambda state, item, sizes: (item.source_key or "").startswith("PAY-1"),
    "mobile": lambda state, item, sizes: 2 in sizes,
    "team:mob": lambda state, item, sizes: 2 in sizes,
    "team:none": lambda state, item, sizes: not sizes,
    "value>5": lambda state, item, sizes: item.value is not None and item.value > 5,
    "value>=5 value<8": lambda state, item, sizes: item.value == 5,
    "value:3": lambda state, item, sizes: item.value == 3,
    "value:none": lambda state, item, sizes: item.value is None,
    "due<2027-02-01": lambda state, item, sizes: item.due == date(2027, 1, 31),
    "due<=2027-02-01": lambda state, item, sizes: item.due is not None,
    "due:none": lambda state, item, sizes: item.due is None,
    "size>2": lambda state, item, sizes: sum(sizes.values()) > 2,
    "is:unsized": lambda state, item, sizes: not sizes,
    "is:started": lambda state, item, sizes: item.id == 5,
    "is:pinned": lambda state, item, sizes: item.id in (5, 6),
    "is:planned": lambda state, item, sizes: item.state == "plan",
    "priority:p1": lambda state, item, sizes: item.priority in ("P1", "1"),
    "priority:P10,high": lambda state, item, sizes: item.priority in ("P10", "High"),
    "priority:none": lambda state, item, sizes: not item.priority,
    "owner:ana slice:f": lambda state, item, sizes: "Ana" in item.owner and item.slice == "F",
    "owner:none": lambda state, item, sizes: not item.owner,
    'owner:"bo ana"': lambda state, item, sizes: item.owner == "Bo Ana",
    "AUDIT team:mob value>3": lambda state, item, sizes: bool(item.note) and 2 in sizes and (item.value or 0) > 3,
    "team:": lambda state, item, sizes: True,
    "is:oneoff": lambda state, item, sizes: item.slice == "O",
}


@pytest.mark.parametrize("text", CASES)
def test_each_part_as_by_hand(state: State, text: str) -> None:
    found = Filter(text, state)
    entries = entries_of(state, "plan", "below")
    kept = {entry.item.id for entry in entries if found.keeps(entry)}
    wanted = {
        entry.item.id for entry in entries
        if CASES[text](state, entry.item, {size.team_id: size.likely for size in entry.sizes})
    }  # fmt: skip
    assert kept == wanted
    assert found.problems == []
    assert kept, "a case that keeps nothing shows nothing"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("value>much", "value>much: “much” is not a number"),
        ("due<soon", "due<soon: “soon” is not a day: write it as 2027-03-31"),
        ("is:nice", "is:nice means nothing; is: takes planned, below"),
    ],
)
def test_what_cannot_be_read_keeps_nothing_and_says_so(state: State, text: str, words: str) -> None:
    found = Filter(f"team:mob {text}", state)
    assert not any(found.keeps(entry) for entry in entries_of(state, "plan", "below"))
    with pytest.raises(Refused) as caught:
        found.require_sound()
    assert str(caught.value).startswith(words)


def test_no_text_breaks_it(state: State) -> None:
    """Whatever is typed, letter by letter, is a filter."""
    for text in ('customer:"Nor', "value>>3", "::", '"', "due<", "a:b:c", "is:", "priority:,", "[/b] value<-1"):
        for end in range(len(text) + 1):
            found = Filter(text[:end], state)
            assert isinstance(sum(found.keeps(entry) for entry in entries_of(state, "below")), int)
