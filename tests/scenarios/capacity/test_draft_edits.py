"""Edits of a draft of capacity that a person makes one at a time: what is there after each of them."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.capacity import days_off, edits, places
from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.draft_changes import Changes
from scenarios.capacity.team_changes import add_named, merge_teams, remove_team
from store.common.errors import Refused
from store.common.team_names import NamedTeam
from store.records import Absence, Closure, Person, Place, Progress, State, Team
from tests.scenarios.capacity.test_team_changes import OPS, PAY, WEB, room
from tests.scenarios.making import add
from tests.scenarios.working_time.capacity_making import away, person, quarter_of

Q1 = (date(2027, 1, 4), date(2027, 4, 2))
MONDAY = date(2027, 2, 1)


@pytest.fixture
def draft() -> CapacityDraft:
    return CapacityDraft(quarter_of(*Q1, person(1), person(2), person(3)))


def words(draft: CapacityDraft) -> list[str]:
    return [said.words for said in draft.said]


def test_something_is_to_be_recorded_once_something_changed(draft: CapacityDraft) -> None:
    changes = Changes.none(draft.state)
    assert changes.any is False
    assert changes.with_draft(edits.rename_person(draft, 1, "Ada")).any is True
    # Done, and done back again.
    back = edits.rename_person(edits.rename_person(draft, 1, "Ada"), 1, "engineer 1")
    assert changes.with_draft(back).any is False


def test_a_new_team_of_weeks(draft: CapacityDraft) -> None:
    later = add_named(draft, NamedTeam("Mobile", net=12.0))
    (team,) = [row for row in later.state.each(Team) if row.id < 0]
    assert (team.name, later.net[team.id], team.id in later.capacity.teams) == ("Mobile", 12.0, False)


def test_people_who_are_there_make_a_plain_team_one_of_people(draft: CapacityDraft) -> None:
    add(draft.base, person(8, team_id=2, name="Ada"), person(9, team_id=2, name="Ben"))
    refined = edits.refine(draft, 2)
    assert [one.person.name for one in refined.capacity.teams[2].people] == ["Ada", "Ben"]
    # Two give 26.0; they stay at the 20.0 that were stored, by their focus.
    assert refined.net[2] == pytest.approx(20.0, abs=1e-4)


def test_a_long_label_is_cut_at_its_longest(draft: CapacityDraft) -> None:
    label = edits.rename_person(draft, 1, "A" * 60).command.label
    for number, letter in ((2, "B"), (3, "C")):
        draft = edits.rename_person(draft, number, letter * 80)
    for at in range(12):
        draft = places.add_place(draft, f"{at} {'D' * 60}")
    assert "…" not in label
    assert (len(draft.command.label), draft.command.label[-1]) == (300, "…")


def test_leave_that_is_taken_back_is_said() -> None:
    state = quarter_of(*Q1, person(1), away(5, MONDAY, date(2027, 2, 5), kind="leave"))
    draft = CapacityDraft(state)
    (row,) = state.each(Absence)
    back = draft.then("back", (), (row,))
    assert len(words(back)) == 1
    assert words(back)[0].endswith("engineer 1: no leave 1 to 5 Feb")
    # Whoever leaves takes it along without a word of its own.
    assert "no leave" not in words(edits.set_head_count(draft, 1, 0))[0]


def test_a_single_day_may_be_closed(draft: CapacityDraft) -> None:
    (row,) = places.add_closure(draft, "moving", MONDAY, MONDAY).state.each(Closure)
    assert (row.starts, row.ends, row.name) == (MONDAY, MONDAY, "moving")
    with pytest.raises(Refused, match="is before the first"):
        places.add_closure(draft, "moving", MONDAY, date(2027, 1, 31))


def test_of_two_days_off_half_a_day_is_taken_back(draft: CapacityDraft) -> None:
    some = days_off.more_off(draft, 1, 5, 2.0)
    (before,) = some.state.each(Absence)
    (after,) = days_off.less_off(some, 1, 5, 0.5).state.each(Absence)
    assert (before.days, after.days, after.starts) == (2.0, 1.5, before.starts)
    assert not [*days_off.less_off(some, 1, 5, 2.0).state.each(Absence)]


def test_all_of_a_person_is_changed_in_one_step(draft: CapacityDraft) -> None:
    draft = places.add_place(draft, "Berlin", "DE", "BE")
    (place,) = draft.state.each(Place)
    later = edits.change_person(draft, 1, "Ada", 0.5, place.id, MONDAY, date(2027, 3, 5))
    ada = later.state.all(Person)[1]
    assert (ada.name, ada.share, ada.place_id, ada.starts, ada.ends) == (
        "Ada", 0.5, place.id, MONDAY, date(2027, 3, 5)
    )  # fmt: skip
    assert len(later.steps) == len(draft.steps) + 1
    assert edits.change_person(later, 1, "Ada", 0.5, place.id, MONDAY, date(2027, 3, 5)) is later


def test_a_place_goes_with_its_closures_once_nobody_works_there(draft: CapacityDraft) -> None:
    draft = places.add_place(draft, "Berlin", "DE", "BE")
    (place,) = draft.state.each(Place)
    draft = places.add_closure(draft, "moving", MONDAY, MONDAY, place_id=place.id)
    draft = places.add_closure(draft, "off-site", MONDAY, MONDAY)
    there = edits.set_place(draft, 1, place.id)
    with pytest.raises(Refused, match="1 person works in Berlin: move them first"):
        places.remove_place(there, place.id)
    gone = places.remove_place(edits.set_place(there, 1, None), place.id)
    assert not [*gone.state.each(Place)]
    assert [row.name for row in gone.state.each(Closure)] == ["off-site"]


def test_a_team_that_goes_says_who_takes_its_items() -> None:
    assert remove_team(room(), WEB, OPS).title == "Web removed: 3 items to Ops"


def merged(one: dict[str, object], other: dict[str, object]) -> Progress:
    """What both had told of one item, when their teams are one."""
    state: State = room()
    for number, team, told in ((1, PAY, one), (2, WEB, other)):
        add(state, Progress.model_validate({"id": number, "item_id": 2, "team_id": team, "spent": 1.0, **told}))
    (row,) = state.overlay(merge_teams(state, WEB, PAY).command).each(Progress)
    return row


def test_what_two_teams_told_is_told_of_both() -> None:
    early, late = date(2027, 2, 3), date(2027, 3, 3)
    both_done = merged({"done_on": early}, {"done_on": late})
    assert (both_done.done_on, both_done.left, both_done.spent) == (late, None, 2.0)
    one_done = merged({"done_on": early}, {"left": 3.0, "left_low": 2.0, "left_high": 5.0})
    assert (one_done.done_on, one_done.left_low, one_done.left, one_done.left_high) == (None, 2.0, 3.0, 5.0)
    both_left = merged({"left": 1.0}, {"left": 3.0})
    assert (both_left.left, both_left.left_low, both_left.left_high) == (4.0, None, None)
    # What is left of one is not known: then nothing is known of both.
    assert merged({}, {"left": 3.0}).left is None
