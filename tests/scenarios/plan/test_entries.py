"""The items of a state with their sizes: in order of rank, whatever is asked of them first."""

import random

from scenarios.plan.plan import Entries, entries_of
from store.records import Item, Size, State
from tests.scenarios.making import add, empty, item, size


def drawn(seed: int) -> State:
    """Items in some states, of few ranks, with sizes on up to three teams, in any order."""
    dice, state = random.Random(seed), empty((9.0, 9.0, 9.0))
    for key in filter(None, dice.sample(range(-20, 60), 40)):
        where = dice.choice(("plan", "below", "below", "inbox"))
        add(state, item(key, rank=dice.randrange(5), state=where))
    pairs = [(key, team) for key in state.all(Item) for team in dice.sample((1, 2, 3), dice.choice((0, 1, 1, 3)))]
    dice.shuffle(pairs)
    return add(state, *(size(key, team, 1.0, number) for number, (key, team) in enumerate(pairs, 1)))


def test_they_come_by_rank_and_then_by_number_with_their_sizes_by_team():
    for seed in range(20):
        state = drawn(seed)
        items = [one for one in state.all(Item).values() if one.state in ("plan", "below")]
        items.sort(key=lambda one: (one.rank, one.id))
        pairs = sorted((one.item_id, one.team_id) for one in state.all(Size).values())
        expected = [(one.id, [team for key, team in pairs if key == one.id]) for one in items]
        found = entries_of(state, "plan", "below")
        assert [(entry.item.id, [one.team_id for one in entry.sizes]) for entry in found] == expected
        assert [one.id for one in found.items] == [key for key, _ in expected]
        counts = {key: len(teams) for key, teams in expected if teams}
        assert {key: len(sizes) for key, sizes in found.sizes.items()} == counts


def test_an_entry_is_the_same_however_it_is_asked_for():
    found = entries_of(drawn(1), "below")
    last = found[-1]
    assert last is found[len(found) - 1]
    assert found[-1:] == [last]
    assert list(found)[-1] is last
    assert (last in found, found.index(last)) == (True, len(found) - 1)


def test_some_of_them_are_told_of_as_all_are():
    every = entries_of(drawn(2), "below")
    low = [entry for entry in every if entry.item.rank > 1]
    some = Entries.of(low)
    assert 0 < len(some) < len(every)
    assert all(here is there for here, there in zip(some, low, strict=True))
    assert {entry.item.id for entry in low if entry.sizes} == some.sizes.keys()
