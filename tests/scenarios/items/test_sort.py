"""Sorting and moving by hand, beside lists that are sorted and cut by Python itself."""

import random
from datetime import date

import pytest

from scenarios.items.sort import sort_key_named, sorted_by
from scenarios.items.terms import SORT_KEYS, SortKey
from scenarios.plan.item_values import PARTS
from scenarios.plan.plan import entries_of, plan_of
from scenarios.plan.ranks import moved_to_end, placed, placed_beside, shifted
from store.common.errors import Refused
from store.records import Command, Customer, Item, Size, State, ValueParts, Valuing, Wait
from tests.scenarios.making import add, add_item, empty

PRIORITIES = ("P0", "P1", "P2", "High", "", "", "someday")
PLACES = {"P0": 0, "P1": 1, "P2": 2, "High": 2}


def made(seed: int, count: int = 30) -> State:
    """A backlog with holes in every column, and equal figures."""
    rng = random.Random(seed)
    state = empty((60.0,))
    for number, arr in ((1, 100.0), (2, 250.0), (3, None)):
        add(state, Customer(id=number, name=f"C{number}", arr=arr))
    for number in range(1, count + 1):
        add_item(
            state,
            number,
            rng.choice((None, 1.0, 2.0, 3.5)),
            state=rng.choice(("plan", "below", "below", "inbox")),
            rank=float(rng.randint(1, 20) if seed % 2 else number),
            value=rng.choice((None, 1.0, 5.0, 9.0)),
            priority=rng.choice(PRIORITIES),
            due=rng.choice((None, date(2027, 1, 5), date(2027, 3, 1))),
            source_key=rng.choice((None, f"PAY-{rng.randint(1, 200)}", f"pay-{number}")),
        )
        for customer in rng.sample((1, 2, 3), rng.randint(0, 2)):
            add(state, Wait(id=10 * number + customer, item_id=number, customer_id=customer))
    return state


def side(state: State, where: str) -> list[int]:
    return [entry.item.id for entry in entries_of(state, where)]


def oracle(state: State, where: str, by: SortKey, backwards: bool) -> list[int]:
    """By hand: figures of one kind in a list of pairs, sorted, what has none after them."""
    ids = side(state, where)
    ew = {size.item_id: size.likely for size in state.all(Size).values()}
    found: dict[int, object] = {}
    vague: list[int] = []
    for key in ids:
        item = state.all(Item)[key]
        if by == "value":
            found[key] = item.value
        elif by == "value-per-week":
            found[key] = item.value / ew[key] if item.value is not None and key in ew else None
        elif by == "priority":
            found[key] = PLACES.get(item.priority)
            vague += [key] if item.priority == "someday" else []
        elif by == "size":
            found[key] = ew.get(key)
        elif by == "due":
            found[key] = item.due
        elif by == "arr":
            who = {wait.customer_id for wait in state.all(Wait).values() if wait.item_id == key}
            arrs = [arr for one in who if (arr := state.all(Customer)[one].arr) is not None]
            found[key] = sum(arrs) if arrs else None
        elif by == "title":
            found[key] = int(item.title.split()[1])
        else:
            found[key] = int(item.source_key.split("-")[1]) if item.source_key else None
    known = [key for key in ids if found[key] is not None]
    sign = -1 if (by in ("value", "value-per-week", "arr")) is not backwards else 1
    numbers = {key: value.toordinal() if isinstance(value, date) else value for key, value in found.items()}
    known.sort(key=lambda key: sign * numbers[key])  # type: ignore[operator]
    rest = [key for key in ids if found[key] is None]
    return known + [key for key in rest if key in vague] + [key for key in rest if key not in vague]


@pytest.mark.parametrize("by", SORT_KEYS)
def test_sorted_as_by_hand(by: SortKey) -> None:
    for seed in range(6):
        for backwards in (False, True):
            state = made(seed)
            found = sorted_by(state, by, backwards=backwards)
            later = state.overlay(found.command)
            for where, shown in zip(("plan", "below"), found.after, strict=True):
                wanted = oracle(state, where, by, backwards)
                assert side(later, where) == wanted == [entry.item.id for entry in shown]
            assert side(later, "inbox") == side(state, "inbox")
            # What is in plan stays so, and once it is sorted there is nothing to do.
            assert {each.item.id for each in plan_of(later).entries} == {
                each.item.id for each in plan_of(state).entries
            }
            assert sorted_by(later, by, backwards=backwards).command.empty


def test_what_it_does_is_said() -> None:
    state = empty()
    for number, priority in enumerate(("", "P2", "soonish", "P0"), 1):
        add_item(state, number, 1.0, state="below", priority=priority)
    found = sorted_by(state, "priority")
    assert found.words == (
        "2 of 4 items change place; 1 has no priority: last, in their order; "
        "“soonish” says no order: after those that do."
    )
    assert found.command.label == "sorted by priority, P0 first: 2 of 4 items"
    assert sorted_by(state.overlay(found.command), "priority").words.startswith("It stands in that order")


def test_only_the_marked_share_the_places_they_have() -> None:
    state = made(3)
    among = set(side(state, "below")[1::2])
    later = side(state.overlay(sorted_by(state, "value", among=among).command), "below")
    wanted = iter(key for key in oracle(state, "below", "value", False) if key in among)
    assert later == [next(wanted) if key in among else key for key in side(state, "below")]


def test_values_of_a_model_count() -> None:
    """RICE: the score divides by effort, value per week is the amount over effort: the same order."""
    state = empty()
    add(state, Valuing(id=1, model="rice"))
    names = [name for name, _ in PARTS["rice"]]
    for number, (reach, size) in enumerate(((10.0, 5.0), (10.0, 1.0), (40.0, 2.0)), 1):
        add_item(state, number, size, state="below")
        given = dict(zip(names, (reach, 1.0, 1.0), strict=True))
        add(state, ValueParts(id=number, item_id=number, **given))
    for by in ("value", "value-per-week"):
        assert side(state.overlay(sorted_by(state, by).command), "below") == [3, 2, 1]


def test_a_column_that_is_not_there() -> None:
    assert (sort_key_named(" Value per week"), sort_key_named("ARR")) == ("value-per-week", "arr")
    with pytest.raises(Refused, match="“colour” is nothing to sort by: it is one of value, value-per-week, priority"):
        sort_key_named("colour")


class TestByHand:
    def test_moves_beside_a_list(self) -> None:
        """Random moves of several at once, each beside the same cut and paste of a list."""
        rng = random.Random(5)
        for seed in range(8):
            state = made(seed)
            for _ in range(12):
                ids = side(state, "below")
                marked = sorted(rng.sample(ids, rng.randint(1, 4)), key=ids.index)
                others = [key for key in ids if key not in marked]
                match rng.randint(0, 4):
                    case 0:
                        command, at = moved_to_end(state, marked, top=True), 0
                    case 1:
                        command, at = moved_to_end(state, marked, top=False), len(others)
                    case 2:
                        number = rng.randint(1, len(others) + 1)
                        command, at = placed(state, marked, number), number - 1
                    case 3:
                        other = rng.choice(others)
                        command, at = placed_beside(state, marked, other), others.index(other)
                    case _:
                        step = rng.choice((-1, 1))
                        command = shifted(state, marked, step)
                        at = min(len(others), max(0, ids.index(marked[0]) + step))
                plan = side(state, "plan")
                state = state.overlay(command)
                assert side(state, "below") == [*others[:at], *marked, *others[at:]]
                assert side(state, "plan") == plan
                ranks = [entry.item.rank for entry in entries_of(state, "below")]
                assert command.empty or len(set(ranks)) == len(ranks)

    def test_what_stands_at_its_end_stays(self) -> None:
        state = made(2)
        plan, below = side(state, "plan"), side(state, "below")
        assert (
            shifted(state, [plan[0], below[0]], -1) == shifted(state, [plan[-1], below[-1]], 1) == Command("rank", "")
        )
        assert shifted(state, below[-2:], 1) == Command("rank", "")

    def test_both_sides_go_to_their_own_ends(self) -> None:
        state = made(2)
        plan, below = side(state, "plan"), side(state, "below")
        later = state.overlay(moved_to_end(state, [plan[-1], below[-1]], top=True))
        assert (side(later, "plan")[0], side(later, "below")[0]) == (plan[-1], below[-1])
        assert sorted(side(later, "plan")) == sorted(plan)

    def test_where_it_cannot_be(self) -> None:
        state = made(2)
        plan, below, inbox = side(state, "plan"), side(state, "below"), side(state, "inbox")
        for ids, at, words in (
            ((plan[0], below[0]), 1, "both sides of the line"),
            ((below[0],), len(below) + 1, f"from 1 to {len(below)}"),
            ((inbox[0],), 1, "has no rank"),
        ):
            with pytest.raises(Refused, match=words):
                placed(state, ids, at)
        with pytest.raises(Refused, match="neither above nor below itself"):
            placed_beside(state, below[:2], below[1])
        with pytest.raises(Refused, match="not on the same side"):
            placed_beside(state, below[:2], plan[0])
        assert placed(state, below[:2], 1) == Command("rank", "")
