"""Asking the same once more, on a plan that changed meanwhile or in another process."""

import json

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.plan import entry_of
from scenarios.snapshots import freeze, restore
from scenarios.trade.door import Proposal
from scenarios.trade.proposals import (
    propose_capacity,
    propose_item,
    propose_item_at,
    propose_point,
    propose_settling,
    propose_sizes,
)
from scenarios.trade.resumption import ask, asked_of, proposed_again
from store.common.errors import Refused
from store.records import Command, Decision, Item, State
from tests.scenarios.making import NOON, add, add_item, empty


def room() -> State:
    state = empty((20.0, 10.0))
    add_item(state, 1, 3.0, title="Planned")
    add_item(state, 2, {1: 4.0, 2: 1.0}, title="Wanted", state="below")
    return state


def item(state: State, title: str) -> Item:
    return next(one for one in state.all(Item).values() if one.title == title)


def changed(state: State, title: str, /, **fields: object) -> State:
    """As somebody else left it: other fields, and a revision more."""
    one = item(state, title)
    return state.overlay(Command("edit", "", (one.model_copy(update={**fields, "rev": one.rev + 1}),)))


def proposals(state: State) -> dict[str, Proposal]:
    planned, team = item(state, "Planned").id, min(state.tables["teams"])
    return {
        "in": propose_item(state, item(state, "Wanted").id),
        "sizes": propose_sizes(state, planned, {team: Range(6.0, 4.0, 9.0)}),
        "capacity": propose_capacity(state, {team: 12.5}, 0.8, [("New", 4.0)]),
        "settle": propose_settling("below its target"),
    }


@pytest.mark.parametrize("kind", ["in", "sizes", "capacity", "settle"])
def test_what_is_asked_crosses_to_another_process(kind: str) -> None:
    state = room()
    proposal = proposals(state)[kind]
    again = ask(state, json.loads(json.dumps(asked_of(proposal))), "below its target")

    def plain(one: Proposal) -> object:
        puts = [(put.table, put.model_dump(exclude={"id", "team_id"})) for put in one.command.puts]
        return one.kind, one.title, one.item_id, puts, [row.id for row in one.command.removes]

    assert plain(again) == plain(proposal)


def test_a_size_that_is_taken_away_crosses_too() -> None:
    state = room()
    below, teams = item(state, "Wanted").id, sorted(state.tables["teams"])
    proposal = propose_sizes(state, below, {teams[1]: Range(2.0, None, None)})
    again = ask(state, json.loads(json.dumps(asked_of(proposal))), "")
    assert [row.id for row in again.command.removes] == [row.id for row in proposal.command.removes] != []


def test_a_point_of_the_frontier_crosses_by_its_items() -> None:
    state = room()
    proposal = propose_point(state, [entry_of(state, item(state, "Wanted").id)])
    again = ask(state, json.loads(json.dumps(asked_of(proposal))), "")
    assert [(put.id, put.state) for put in again.moves_in] == [(item(state, "Wanted").id, "plan")]
    assert again.title == proposal.title


def test_a_request_that_asks_in_smaller_crosses_with_its_sizes_and_with_what_goes() -> None:
    state = room()
    below = item(state, "Wanted").id
    first, second = sorted(state.tables["sizes"].values(), key=lambda row: row.team_id)[-2:]
    smaller = first.model_copy(update={"likely": 1.5})
    for puts, removes in (([smaller], []), ([], [second]), ([smaller], [second])):
        proposal = propose_item_at(state, below, puts, removes)
        asked = json.loads(json.dumps(asked_of(proposal)))
        again = ask(state, asked, "")
        assert [row.id for row in again.command.removes] == [row.id for row in removes]
        sizes = {(put.id, put.likely) for put in again.command.puts if put.table == "sizes"}
        assert sizes >= {(put.id, put.likely) for put in puts}
    assert "sizes" not in asked_of(propose_item(state, below))


def test_a_point_says_how_many_come_in_and_nothing_of_it_hangs_on_a_decision_that_is_there() -> None:
    state = room()
    add_item(state, 3, 1.0, title="Other", state="below")
    add(state, Decision(id=1, quarter_id=1, at=NOON, kind="trade", title="before"))
    entries = [entry_of(state, item(state, title).id) for title in ("Wanted", "Other")]
    assert propose_point(state, entries[:1]).title == "1 item from the frontier"
    point = propose_point(state, entries)
    assert point.title == "2 items from the frontier"
    assert not {move.decision_id for move in point.moves} & set(state.all(Decision))


def test_what_is_new_is_asked_again_as_it_was() -> None:
    before = room()
    proposal = propose_capacity(before, {}, None, [("New", 4.0)])
    now = changed(before, "Planned", owner="Cleo")
    assert proposed_again(proposal, before, now).command.puts == proposal.command.puts


def test_what_is_taken_over_from_another_plan_does_not_cross() -> None:
    """It would take titles and amounts with it; who follows is told so instead of being shown another question."""
    state = room()
    back = freeze(state)
    later = changed(state, "Planned", state="below", title="Planned otherwise")
    asked = asked_of(restore(later, back).proposal)
    assert "Planned" not in json.dumps(asked)
    with pytest.raises(Refused, match="cannot be asked again from here"):
        ask(later, asked, "")


def test_names_and_money_do_not_cross() -> None:
    state = changed(room(), "Wanted", title="Quixotic-Bank ledger", note="$73519")
    wanted = item(state, "Quixotic-Bank ledger").id
    for proposal in (propose_item(state, wanted), propose_sizes(state, wanted, {1: Range(2.0, None, None)})):
        assert "Quixotic" in proposal.title
        assert "Quixotic" not in json.dumps(asked_of(proposal))
        assert "73519" not in json.dumps(asked_of(proposal))


def test_asked_again_it_changes_what_it_changed_and_keeps_what_others_did() -> None:
    before = room()
    one = item(before, "Planned")
    team = min(before.tables["teams"])
    edited = one.model_copy(update={"title": "Planned, by me"})
    proposal = propose_sizes(before, one.id, {team: Range(6.0, None, None)}, edited)
    now = changed(before, "Planned", owner="Cleo", rank=17.0)
    (put,) = [put for put in proposed_again(proposal, before, now).command.puts if isinstance(put, Item)]
    assert (put.title, put.owner, put.rank, put.rev) == ("Planned, by me", "Cleo", 17.0, one.rev + 1)


def test_a_request_is_put_at_the_end_of_the_rank_as_it_is_now() -> None:
    before = room()
    proposal = propose_item(before, item(before, "Wanted").id)
    now = changed(before, "Planned", rank=500.0)
    (put,) = proposed_again(proposal, before, now).command.puts
    assert isinstance(put, Item)
    assert put.rank > 500.0


def test_what_is_gone_or_done_cannot_be_asked_again() -> None:
    before = room()
    wanted = item(before, "Wanted")
    proposal = propose_item(before, wanted.id)
    with pytest.raises(Refused, match="in plan already"):
        proposed_again(proposal, before, changed(before, "Wanted", state="plan"))
    sizes = [size for size in before.tables["sizes"].values() if size.item_id == wanted.id]
    gone = before.overlay(Command("edit", "", (), (wanted, *sizes)))
    with pytest.raises(Refused, match="not there any more"):
        proposed_again(proposal, before, gone)
    with pytest.raises(Refused, match="not there any more"):
        ask(gone, asked_of(proposal), "")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": "trade"},
        {"kind": "trade", "item": True},
        {"kind": "trade", "item": 10**9},
        {"kind": ["x"]},
        {"kind": "estimate", "item": 1, "sizes": 3, "gone": []},
        {"kind": "estimate", "item": 1, "sizes": {"x": [1, 2, 3]}, "gone": []},
        {"kind": "estimate", "item": 1, "sizes": {"1": [3, 2, 1]}, "gone": []},
        {"kind": "capacity", "net": {"1": "x"}, "new": [], "target": None},
        {"kind": "capacity", "net": {}, "new": [["x"]], "target": None},
        {"kind": "capacity", "net": {}, "new": [], "target": 7},
        {"kind": "capacity", "net": {"1": float("nan")}, "new": [], "target": None},
    ],
)
def test_nonsense_is_no_question(asked: dict[str, object]) -> None:
    with pytest.raises(Refused):
        ask(room(), asked, "")
