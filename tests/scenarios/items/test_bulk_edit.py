"""One edit of many items: what changes, what is refused whole, and what asks the door."""

import pytest

from scenarios.items.bulk_edit import edit_items
from scenarios.plan.plan import entries_of, entry_of
from scenarios.trade.door import Trade, forecast_of
from store.common.errors import Refused
from store.records import Item, Size, State, Version, VersionSize
from tests.scenarios.making import add, add_item, empty


@pytest.fixture
def state() -> State:
    """Two teams of 12 and 3 net: two planned items of the first, then unsized, shared and waiting ones below."""
    state = empty((12.0, 3.0))
    add_item(state, 1, 3.0, owner="Ana", value=5.0)
    add_item(state, 2, 3.0)
    add_item(state, 3, None, state="below", priority="P2")
    add_item(state, 4, {1: 1.0, 2: 1.0}, state="below")
    add_item(state, 5, 2.0, state="below")
    add(state, Version(id=1, item_id=5, name="small"), VersionSize(id=1, version_id=1, team_id=1, likely=1.0))
    return state


def edit(state: State, *ids: int, **wanted: str):
    return edit_items(state, [entry_of(state, key) for key in ids], wanted)


def test_fields_of_all_of_them(state: State) -> None:
    found = edit(state, 1, 2, 3, owner=" Ana  Lee ", value="1,500", priority="P1", slice="infra")
    later = state.overlay(found.proposal.command)
    assert (found.words, found.asks_door) == ("3 of 3 items change.", False)
    for key in (1, 2, 3):
        item = later.all(Item)[key]
        assert (item.owner, item.value, item.priority, item.slice) == ("Ana Lee", 1500.0, "P1", "I")
        assert item.rank == state.all(Item)[key].rank
    assert later.all(Item)[5] == state.all(Item)[5]
    assert found.proposal.command.label == "3 items: owner Ana  Lee, value 1,500, priority P1, slice infra"


def test_an_empty_text_clears_and_what_is_so_already_stays(state: State) -> None:
    found = edit(state, 1, 2, owner="", value="")
    assert [put.id for put in found.proposal.command.puts] == [1]
    item = state.overlay(found.proposal.command).all(Item)[1]
    assert (item.owner, item.value) == ("", None)
    again = edit(state.overlay(found.proposal.command), 1, 2, owner="")
    assert (again.words, again.proposal.command.empty) == ("Nothing changes.", True)


def test_a_team_of_what_waits_moves_its_size_and_that_of_its_first_version(state: State) -> None:
    team = state.tables["teams"][2].name
    found = edit(state, 3, 5, team=team)
    later = state.overlay(found.proposal.command)
    assert not found.asks_door
    # What has no size yet is that team's to size.
    assert found.words == "2 of 2 items change."
    assert {item.id: item.team_id for item in later.tables["items"].values() if item.id in (3, 5)} == {3: 2, 5: None}
    assert [(size.team_id, size.likely) for size in entry_of(later, 5).sizes] == [(2, 2.0)]
    assert [row.team_id for row in later.all(VersionSize).values()] == [2]
    assert len(later.all(Size)) == len(state.all(Size))


def test_a_team_of_planned_items_asks_the_door(state: State) -> None:
    found = edit(state, 1, 2, team=state.tables["teams"][2].name)
    assert found.asks_door
    assert [move.item_id for move in found.proposal.moves] == [1, 2]
    trade = Trade.of(state, found.proposal, forecast_of(state))
    assert (trade.before.fits, trade.fits, trade.needs_choice) == (True, False, True)
    assert trade.asked.plan.load_of(2) == 6.0


@pytest.mark.parametrize(
    ("ids", "wanted", "words"),
    [
        ((4, 5), {"team": "2"}, "there is no team “2”"),
        ((4, 5), {"team": "SECOND"}, "“item 4” is sized for several teams: which of its sizes moves is not said"),
        ((1, 2, 5), {"slice": "O"}, "“item 1”, “item 2” are in plan: whether one is a one-off takes its own answer"),
        ((1,), {"value": "lots"}, "“lots” is not a number"),
        ((1,), {"slice": "zebra"}, "there is no slice “zebra”"),
        ((1,), {"title": "x"}, "“title” is not set of many items at once: it is one of slice, team, owner"),
        ((1,), {"owner": "x" * 30_000}, "The owner is refused"),
    ],
)
def test_what_is_refused_changes_nothing(state: State, ids, wanted, words) -> None:
    wanted = {key: text.replace("SECOND", state.tables["teams"][2].name) for key, text in wanted.items()}
    before = [entry.item for entry in entries_of(state, "plan", "below")]
    with pytest.raises(Refused) as caught:
        edit(state, *ids, **wanted)
    assert str(caught.value).startswith(words)
    assert [entry.item for entry in entries_of(state, "plan", "below")] == before
