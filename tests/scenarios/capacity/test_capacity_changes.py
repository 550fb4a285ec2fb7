"""A draft of capacity once more: on a plan that others changed, or from JSON in another process."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.capacity.days_off import leave, less_off, more_off, on_call
from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.draft_changes import Changes, drafted
from scenarios.capacity.draft_resumption import drafted_again, steps_of
from scenarios.capacity.edits import (
    add_person,
    add_team,
    leaves,
    make_plain,
    refine,
    set_focus,
    set_plain_net,
    set_share,
)
from scenarios.capacity.places import add_closure, add_place
from scenarios.plan.aims import shift
from scenarios.trade.door import Proposal, forecast_of
from scenarios.trade.resumption import ask, asked_of
from scenarios.working_time.teams import stored_net
from store.common.errors import Refused
from store.records import Absence, Command, Item, Person, Slice, State, TeamTime
from tests.scenarios.making import add, empty, size


def room() -> State:
    """Pay has three people, Web is a plain 20.0."""
    state = empty((38.4, 20.0))
    add(state, TeamTime(id=1, team_id=1))
    for at in range(1, 4):
        add(state, Person(id=at, team_id=1, name=f"engineer {at}", position=at))
    add(state, Absence(id=1, person_id=2, starts=date(2027, 3, 1), ends=date(2027, 3, 5)))
    return state


def put(state: State, *records: Any) -> State:
    """What somebody else made of it meanwhile."""
    return state.overlay(Command("edit", "", records))


def made(state: State) -> dict[str, list[dict[str, Any]]]:
    """All records without the ids of new ones: people by name, absences by person and days."""
    names = {row.id: row.name for row in state.all(Person).values()}
    return {
        "people": sorted(
            (row.model_dump(mode="json", exclude={"id", "rev", "place_id"}) for row in state.all(Person).values()),
            key=str,
        ),
        "absences": sorted(
            (
                {**row.model_dump(mode="json", exclude={"id", "rev", "person_id"}), "who": names[row.person_id]}
                for row in state.all(Absence).values()
            ),
            key=str,
        ),
        "net": sorted(({"net": round(net, 6)} for net in stored_net(state).values()), key=str),
    }


EDITS = {
    "off": lambda draft: more_off(draft, 1, 6),
    "back": lambda draft: less_off(draft, 2, 10),
    "leave": lambda draft: leave(draft, 3, date(2027, 2, 1), date(2027, 2, 12), note="[b]"),
    "call": lambda draft: on_call(draft, 1, 3),
    "leaves": lambda draft: leaves(draft, 1, date(2027, 1, 31)),
    "share": lambda draft: set_share(draft, 2, 0.6),
    "Mira": lambda draft: add_person(draft, 1, "Mira", share=0.5),
    "Mira is off": lambda draft: more_off(
        draft, next(row.id for row in draft.state.all(Person).values() if row.name == "Mira"), 5
    ),
    "place": lambda draft: add_place(draft, "Nowhere"),
    "closed": lambda draft: add_closure(draft, "days out", date(2027, 2, 15), date(2027, 2, 16)),
    "focus": lambda draft: set_focus(draft, 1, 0.9),
    "plain": lambda draft: set_plain_net(draft, 2, 17.5),
    "team": lambda draft: add_team(draft, "Ops", 12.0),
    "apart": lambda draft: refine(draft, 2),
    "together": lambda draft: make_plain(draft, 1, 30.0),
}


@given(st.lists(st.sampled_from(sorted(EDITS)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_draft_comes_back_from_json_as_it_was(names: list[str]) -> None:
    draft = CapacityDraft(room())
    for name in names:
        try:
            draft = EDITS[name](draft)
        except (Refused, StopIteration):
            continue
    again = drafted_again(room(), json.loads(json.dumps(steps_of(draft))))
    assert again.lost == ()
    assert made(again.draft.state) == made(draft.state)
    assert [step.label for step in again.draft.steps] == [step.label for step in draft.steps]
    # Step by step, so that undo goes on step by step.
    for one, other in zip(again.draft.steps, draft.steps, strict=True):
        assert made(one.state) == made(other.state)


def test_what_others_changed_stays_and_what_the_draft_changed_stays() -> None:
    draft = leaves(set_share(CapacityDraft(room()), 1, 0.5), 2, date(2027, 1, 31))
    one = room().all(Person)[1]
    later = put(room(), one.model_copy(update={"name": "Eva", "share": 0.8, "rev": 4}))
    found = drafted_again(later, steps_of(draft)).draft
    eva = found.state.all(Person)[1]
    assert (eva.name, eva.share, eva.rev) == ("Eva", 0.5, 4)
    # Half of 64 days, 21 of January, 64.
    assert found.net[1] == pytest.approx((32 + 21 + 64) / 5)


def test_somebody_who_is_gone_is_said_and_the_rest_stays() -> None:
    draft = more_off(more_off(CapacityDraft(room()), 1, 6), 3, 6)
    later = room().overlay(Command("edit", "", (), (room().all(Person)[1],)))
    found = drafted_again(later, steps_of(draft))
    assert found.lost == ("engineer 1: 0.5 days off in week 6",)
    # 64 - 5 and 64 - 0.5 days.
    assert found.draft.net[1] == pytest.approx((59 + 63.5) / 5)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[[",
        "{}",
        "null",
        "[1]",
        '{"steps": 5, "aims": {}, "reasons": []}',
        '{"steps": [], "aims": 7, "reasons": []}',
        '{"steps": [], "aims": {}, "reasons": 3}',
        "[" * 100_000,
    ],
)
def test_what_is_no_draft_is_a_sentence(kept: str) -> None:
    with pytest.raises(Refused, match="not a draft"):
        drafted(room(), kept)


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"label": 5, "puts": [["items", 1, {"title": "x"}]], "gone": []},
        {"label": "x", "puts": [["people", 1, {"share": "many"}]], "gone": []},
        {"label": "x", "puts": [["people", -1, {"name": "No", "team_id": 99}]], "gone": []},
        {"label": "x", "puts": "people", "gone": []},
        {"label": "x", "puts": [], "gone": [["people"]]},
        {"label": "x", "puts": [["workspace", 1, {"seed": 1}]], "gone": []},
    ],
)
def test_a_step_that_is_none_is_lost_and_changes_nothing(step: dict[str, Any]) -> None:
    found = drafted_again(room(), [step])
    assert len(found.lost) == 1
    assert found.draft.state.tables == room().tables


def test_nothing_but_capacity_is_taken_away() -> None:
    state = add(room(), Item(id=1, title="x", rank=1.0, draw=1))
    found = drafted_again(state, [{"label": "x", "puts": [], "gone": [["items", 1], ["slices", 1]]}])
    assert found.draft.empty
    assert 1 in found.draft.state.all(Item)


def test_aims_and_people_are_one_proposal_and_aims_alone_a_plain_change() -> None:
    changes = Changes.none(room())
    assert changes.asked(room()) is None
    aims, _ = shift(changes.aims, "F", 5)
    alone = replace(changes, aims=aims).asked(room())
    assert isinstance(alone, Command)
    assert sum(put.aim - room().all(Slice)[put.id].aim for put in alone.puts if isinstance(put, Slice)) == 0
    both = replace(changes, aims=aims, draft=more_off(changes.draft, 1, 6), reasons=("a", "a", "b")).asked(room())
    assert isinstance(both, Proposal)
    assert both.because == "a; b"
    assert {type(put).__name__ for put in both.command.puts} == {"Absence", "Capacity", "Slice"}


def test_aims_that_others_moved_too_stay_where_they_still_add_up_and_are_said_to_be_lost_where_not() -> None:
    aims, _ = shift(Changes.none(room()).aims.mark("I"), "F", 5)
    kept = replace(Changes.none(room()), aims=aims).kept()
    rows = {part.letter: part for part in room().all(Slice).values()}
    others = put(room(), rows["Q"].model_copy(update={"aim": 20.0}), rows["D"].model_copy(update={"aim": 5.0}))
    found, lost = drafted(others, kept)
    assert (list(found.aims.points.values()), lost) == ([55, 15, 20, 5, 5], ())
    same = put(room(), rows["F"].model_copy(update={"aim": 40.0}), rows["Q"].model_copy(update={"aim": 25.0}))
    found, lost = drafted(same, kept)
    assert (list(found.aims.points.values()), lost) == ([40, 20, 25, 10, 5], ("the aims",))


def test_the_odds_are_those_of_the_state_that_would_be_written() -> None:
    state = room()
    for number in range(1, 9):
        add(state, Item(id=number, title=f"item {number}", state="plan", rank=float(number), draw=number))
        add(state, size(number, 1 + number % 2, 4.0, number))
    changes = Changes.none(state)
    for edit in ("leaves", "plain", "team", "Mira"):
        changes = changes.with_draft(EDITS[edit](changes.draft))
        assert changes.after(forecast_of(state)).odds == forecast_of(changes.draft.state).odds, edit


class TestAskedAgain:
    def test_who_leaves_and_who_comes_is_asked_in_another_process(self) -> None:
        draft = EDITS["Mira is off"](EDITS["Mira"](EDITS["leaves"](CapacityDraft(room()))))
        changes = replace(Changes.none(room()), draft=draft, reasons=("she goes",))
        asked = changes.asked(room())
        assert isinstance(asked, Proposal)
        again = ask(room(), json.loads(json.dumps(asked_of(asked))), "x")
        assert made(room().overlay(again.command)) == made(room().overlay(asked.command))
        assert (again.title, again.because) == (asked.title, "she goes")
        assert [move.title for move in again.moves] == [move.title for move in asked.moves]

    @pytest.mark.parametrize(
        "rows",
        [
            [["items", {"id": 1}]],
            [["people", {"id": 9, "name": "gone", "team_id": 1}]],
            [["people", {"id": -1, "name": "x", "team_id": 77}]],
            [["people", {"id": 1}]],
            "people",
        ],
    )
    def test_what_cannot_be_asked_is_a_sentence(self, rows: object) -> None:
        asked = {"kind": "capacity", "label": "x", "because": "", "rows": rows, "gone": [], "moves": []}
        with pytest.raises(Refused):
            ask(room(), asked, "x")
