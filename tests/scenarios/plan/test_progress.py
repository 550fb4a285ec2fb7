"""A quarter as it runs: what is left of items and of the weeks, and that nothing moves before somebody tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scenarios.capacity.team_changes import merge_teams
from scenarios.figures.sizes import Range
from scenarios.plan.plan import plan_of
from scenarios.plan.progress import TeamMoment
from scenarios.quarter.close import Ending, close_quarter
from scenarios.snapshots import forecast_of_frozen, freeze, from_toml, plan_of_frozen, to_toml
from store.records import Progress, Quarter, State, UnplannedWork
from tests.scenarios.making import add, forecast, planned
from tests.scenarios.working_time.capacity_making import away, person, quarter_of

#: Thirteen weeks from a Monday on: 65 working days.
FIRST, LAST = date(2027, 1, 4), date(2027, 4, 4)


def running(day: date | None = date(2027, 2, 8)) -> State:
    """Three items of 10, 6 and 4 ew, the last of two teams; told of on the Monday of week 6 unless said otherwise."""
    state = planned([10.0, (4.0, 6.0, 9.0), {1: 3.0, 2: 1.0}], (26.0, 13.0))
    return add(state, Quarter(id=1, name="Q1 2027", starts=FIRST, ends=LAST, progress_on=day))


def told(number: int, item_id: int, team_id: int = 1, **given: object) -> Progress:
    return Progress.model_validate(
        {"id": number, "item_id": item_id, "team_id": team_id, "told_on": date(2027, 2, 8)} | given
    )


def came(number: int, day: date, effort: float = 1.0, team_id: int = 1) -> UnplannedWork:
    return UnplannedWork(id=number, day=day, effort=effort, team_id=team_id, title="outage")


def test_before_anybody_tells_the_plan_is_the_whole_quarters() -> None:
    plan = plan_of(add(running(None), told(1, 1, spent=3.0, told_on=None)))
    assert plan.moment is None
    assert (plan.capacity_left, plan.load_left) == (plan.capacity, plan.load) == (39.0, 20.0)
    assert [entry.progress for entry in plan.entries] == [(), (), ()]


def test_on_a_monday_the_weeks_from_there_on_are_left() -> None:
    plan = plan_of(running())
    moment = plan.moment
    assert moment is not None
    assert (moment.week, moment.weeks, moment.day) == (6, 13, date(2027, 2, 8))
    assert plan.left_of(1) == pytest.approx(26 * 8 / 13)
    assert plan.capacity_left == pytest.approx(39 * 8 / 13)
    first, last = (plan_of(running(day)) for day in (FIRST, LAST))
    assert first.capacity_left == first.capacity
    assert first.moment is not None
    assert first.moment.week == 1
    # The last day is a Sunday.
    assert last.capacity_left == 0


def test_what_is_left_of_items() -> None:
    state = add(
        running(),
        told(1, 1, spent=4.0),
        told(2, 2, spent=3.0, left_low=1.0, left=2.0, left_high=5.0),
        told(3, 3, spent=2.5, done_on=date(2027, 1, 29)),
        told(4, 3, 2, spent=0.0, started_on=date(2027, 2, 1)),
    )
    plan = plan_of(state)
    assert [entry.left for entry in plan.entries] == [6.0, 2.0, 1.0]
    assert [entry.done for entry in plan.entries] == [False, False, False]
    assert [entry.started for entry in plan.entries] == [True, True, True]
    assert plan.entries[1].progress_of(1).left == Range(2.0, 1.0, 5.0)
    assert plan.load_left == 9.0
    assert plan.moment is not None
    assert plan.moment.team(1).used == 9.5
    over = plan_of(add(state, told(1, 1, spent=12.0)))
    assert over.entries[0].left == 0


def test_what_earlier_quarters_spent_is_told_from_what_this_one_did() -> None:
    plan = plan_of(add(running(), told(1, 1, spent=4.0, carried=3.0), told(2, 2, spent=2.0, told_on=None)))
    one, other = (plan.entries[at].progress_of(1) for at in (0, 1))
    assert (one.spent, one.earlier, one.this_quarter) == (4.0, 3.0, 1.0)
    assert (other.spent, other.earlier, other.this_quarter) == (2.0, 2.0, 0.0)
    assert plan.moment is not None
    assert plan.moment.team(1).used == 1.0


def test_peoples_own_weeks_are_left_where_a_team_has_people() -> None:
    """Two engineers, one of whom is away for the last four weeks: of 22 weeks, 12 come after week 5."""
    state = quarter_of(FIRST, LAST, person(), person(2), away(1, date(2027, 3, 8), LAST, 2))
    add(state, Quarter(id=1, name="Q", starts=FIRST, ends=LAST, progress_on=date(2027, 2, 8)))
    plan = plan_of(state)
    assert plan.moment is not None
    assert plan.moment.team(1).share == pytest.approx(12 / 22)
    assert plan.moment.team(2).share == pytest.approx(8 / 13)
    # In the middle of a week, day by day.
    add(state, Quarter(id=1, name="Q", starts=FIRST, ends=LAST, progress_on=date(2027, 2, 10)))
    middle = plan_of(state).moment
    assert middle is not None
    assert middle.team(1).share == pytest.approx((60 - 4) / 110)


def test_unplanned_work_alone_makes_a_quarter_run_and_takes_what_was_not_allowed_for() -> None:
    state = add(running(None), came(1, date(2027, 1, 13), 2.0), came(2, LAST + timedelta(days=1)))
    plan = plan_of(state)
    moment = plan.moment
    assert moment is not None
    assert (moment.day, moment.told, moment.week) == (FIRST, False, 1)
    assert moment.team(1) == TeamMoment(1.0, 0.0, 2.0, 2.0)
    assert (plan.left_of(1), plan.left_of(2)) == (24.0, 13.0)
    # Once it lies behind, it is a part of what was used.
    later = plan_of(add(state, Quarter(id=1, name="Q", starts=FIRST, ends=LAST, progress_on=date(2027, 2, 8))))
    assert later.left_of(1) == pytest.approx(26 * 8 / 13)
    # A team that keeps a fifth of ten weeks for such work has 2 ew for it in them.
    peopled = quarter_of(FIRST, LAST, person(), interrupts=0.2)
    add(peopled, came(1, FIRST + timedelta(days=67), 2.5))
    seen = plan_of(peopled).moment
    assert seen is not None
    assert seen.team(1).ahead == pytest.approx(0.5)


def test_a_quarter_that_nobody_works_in_has_nothing_left() -> None:
    state = add(running(), Quarter(id=1, name="Q", starts=date(2027, 1, 2), ends=date(2027, 1, 3)))
    add(state, came(1, date(2027, 1, 2)))
    assert plan_of(state).capacity_left == 0


def test_a_snapshot_keeps_how_far_everything_was() -> None:
    state = add(running(), told(1, 1, spent=4.0, carried=1.0), told(2, 2, spent=3.0, left=2.0))
    add(state, told(3, 3, spent=2.5, done_on=date(2027, 1, 29), counted=False), came(1, date(2027, 2, 9)))
    plan = plan_of(state)
    frozen = from_toml(to_toml(freeze(state)))
    then = plan_of_frozen(frozen)
    assert then.moment == plan.moment
    assert [entry.progress for entry in then.entries] == [entry.progress for entry in plan.entries]
    assert (then.capacity_left, then.load_left) == (plan.capacity_left, plan.load_left)
    assert forecast_of_frozen(frozen).odds == forecast(state).odds
    # What runs on afterwards leaves it as it was.
    add(state, told(1, 1, spent=9.0))
    assert plan_of_frozen(frozen).entries[0].spent == 4.0


def test_a_plan_that_does_not_run_has_a_snapshot_as_before() -> None:
    text = to_toml(freeze(running(None)))
    assert not [word for word in ("progress", "moment", "spent") if word in text]


def test_closing_leaves_nothing_told_of_the_next_quarter() -> None:
    state = add(running(), told(1, 1, spent=4.0), told(2, 2, spent=1.0))
    add(state, *(each.model_copy(update={"state": "below"}) for each in state.tables["items"].values() if each.id == 2))
    sizes = [size.id for entry in plan_of(state).entries for size in entry.sizes]
    command = close_quarter(state, Ending(spent=dict.fromkeys(sizes, 4.5)), forecast(state))
    later = state.overlay(command)
    assert plan_of(later).moment is None
    assert all(row.told_on is None for row in later.each(Progress))
    assert {row.item_id: row.earlier for row in later.each(Progress) if row.team_id == 1} == {1: 4.5, 2: 1.0, 3: 4.5}


def test_merged_teams_have_spent_what_both_had() -> None:
    state = add(running(), told(1, 3, spent=2.0, carried=1.0, done_on=date(2027, 1, 29)), came(1, FIRST, 1.0, 2))
    add(state, told(2, 3, 2, spent=0.5, left=0.25, started_on=date(2027, 1, 20)))
    later = state.overlay(merge_teams(state, 2, 1).command)
    (row,) = later.each(Progress)
    assert (row.spent, row.earlier, row.left, row.done_on) == (2.5, 1.0, 0.25, None)
    assert [each.team_id for each in later.each(UnplannedWork)] == [1]
