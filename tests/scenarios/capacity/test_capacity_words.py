"""Single edits of capacity and what is said of them: each by itself."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from scenarios.capacity.days_off import _newest
from scenarios.capacity.draft import CapacityDraft, one_step
from scenarios.capacity.edits import add_person, set_target_for
from scenarios.capacity.places import add_place, change_place
from scenarios.capacity.words import _line, past_notes
from scenarios.plan.plan import plan_of
from scenarios.working_time.holidays import public_holidays
from store.common.errors import Refused
from store.records import Absence, Person, Place, TargetFor
from tests.scenarios.capacity.test_capacity_changes import room


def test_a_place_gets_another_name_and_codes() -> None:
    draft = add_place(CapacityDraft(room()), "Berlin", "DE", "BE")
    (place,) = draft.state.all(Place).values()
    (changed,) = change_place(draft, place.id, "Vienna", "AT", "9").state.all(Place).values()
    assert (changed.id, changed.name, changed.country, changed.subdivision) == (place.id, "Vienna", "AT", "9")


def test_the_target_is_of_each_team() -> None:
    draft = CapacityDraft(room())
    others: list[TargetFor] = [each for each in get_args(TargetFor) if each != draft.state.quarter.target_for]
    assert [set_target_for(draft, each).state.quarter.target_for for each in others] == others


def test_who_joins_stands_last() -> None:
    draft = add_person(CapacityDraft(room()), 1, "Ines")
    people = sorted(draft.state.all(Person).values(), key=lambda row: row.position)
    assert people[-1].name == "Ines"
    assert people[-1].position == 4


def test_nothing_done_is_no_step() -> None:
    draft = CapacityDraft(room())
    assert one_step(draft, draft) is draft


def test_the_latest_entry_of_days_off_comes_first() -> None:
    day = date(2027, 3, 1)
    rows = [Absence(id=number, person_id=1, starts=day, ends=day) for number in (1, 7, -1, -2)]
    assert [row.id for row in sorted(rows, key=_newest)] == [-2, -1, 7, 1]


def test_a_few_changes_are_named_and_the_rest_counted() -> None:
    assert _line("Pay", []) == "Pay"
    some = [f"change {number}" for number in range(20)]
    named = _line("Pay", some).split("; ")
    assert named[-1] == f"and {20 - (len(named) - 1)} more"
    assert "more" not in _line("Pay", some[: len(named) - 1])


def test_before_the_quarter_runs_nothing_of_it_is_past() -> None:
    plan = plan_of(room())
    assert past_notes(plan, plan) == []


def test_an_unknown_subdivision_is_told_with_those_that_are_known() -> None:
    with pytest.raises(Refused, match=r"no subdivision “XX”: known are .*[^.]$"):
        public_holidays("AT", "XX", 2027)
    with pytest.raises(Refused, match=r"no subdivision “XX”: known are .*, \.\.\.$"):
        public_holidays("US", "XX", 2027)
    with pytest.raises(Refused, match="“ABCDEFGHIJKLMNOPQRST” is not a country code"):
        public_holidays("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "", 2027)
