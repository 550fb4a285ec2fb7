"""Closing a quarter: what is kept of it, what goes on, and that the odds learn from it."""

from datetime import date
from pathlib import Path

import pytest

from scenarios.odds.finished_quarters import history_of, interrupts_of, models_of
from scenarios.plan.plan import entries_of
from scenarios.quarter.actuals import Took, correct_actuals, finished_quarters, took_of
from scenarios.quarter.close import Ending, close_quarter
from scenarios.trade.changes import baseline, fill
from store.common.errors import Refused
from store.records import (
    Actual,
    Capacity,
    Command,
    Delivered,
    Interrupt,
    Item,
    Person,
    Progress,
    Quarter,
    Shortfall,
    Size,
    Team,
    TeamTime,
)
from store.workspace.workspace import Workspace
from tests.scenarios.making import NOON, add, add_item, empty, forecast, item, planned, size
from tui.session.session import Session


def closed(state, took, interrupts=None):
    return state.overlay(close_quarter(state, Ending(took, interrupts=interrupts or {}), forecast(state)))


class TestWhatIsKept:
    def test_a_finished_item_is_done_and_its_figures_are_history(self):
        # Sizes have the numbers 101 and 201.
        state = closed(planned([(2.0, 3.0, 5.5), 4.0]), {101: 5.0}, {1: 0.15})
        assert state.all(Item)[1].state == "done"
        (actual,) = state.each(Actual)
        assert (actual.title, actual.actual, actual.team_id) == ("item 1", 5.0, 1)
        assert (actual.low, actual.estimate, actual.high) == (2.0, 3.0, 5.5)
        ((likely,),) = [one.estimates for one in history_of(state, 1)]
        assert likely == 3.0, "the record is of likely sizes"
        # The first quarter of 2027.
        assert actual.number == 2027 * 4
        assert [row.share for row in state.each(Interrupt)] == [0.15]

    def test_an_item_on_two_teams_is_done_when_both_have_a_figure(self):
        state = planned([{1: 2.0, 2: 3.0}], net=(30.0, 30.0))
        assert closed(state, {101: 2.5}).all(Item)[1].state == "below"
        assert closed(state, {101: 2.5, 102: 3.0}).all(Item)[1].state == "done"

    @pytest.mark.parametrize(("took", "shares"), [({101: -1.0}, {}), ({101: 1e5}, {}), ({}, {1: 1.5}), ({}, {1: -0.1})])
    def test_unsound_figures_get_a_sentence(self, took, shares):
        with pytest.raises(Refused, match="between 0 and"):
            close_quarter(state := planned([3.0]), Ending(took, interrupts=shares), forecast(state))

    def test_nothing_planned_is_no_quarter_to_close(self):
        with pytest.raises(Refused, match="nothing is in plan"):
            close_quarter(state := empty(), Ending(), forecast(state))


class TestWhatGoesOn:
    def test_what_was_spent_is_kept_and_the_total_counts_where_it_is_completed(self):
        # Item 1: 4 ew estimated, 3 spent when Q1 closed, 5 in all when Q2 does. Q1 learns from item 2 alone, Q2 from 1.
        state = planned([4.0, 3.0])
        after = state.overlay(close_quarter(state, Ending({201: 3.5}, spent={101: 3.0}), forecast(state)))
        assert [(row.item_id, row.team_id, row.spent) for row in after.each(Progress)] == [(1, 1, 3.0)]
        assert [(one.estimates, one.actuals) for one in history_of(after, 1)] == [((3.0,), (3.5,))]
        add(after, after.all(Item)[1].model_copy(update={"state": "plan"}))
        with pytest.raises(Refused, match=r"3\.0 ew were spent on “item 1” in earlier quarters.*not 2\.0"):
            close_quarter(after, Ending({101: 2.0}), forecast(after))
        last = after.overlay(close_quarter(after, Ending({101: 5.0}), forecast(after)))
        assert [(one.estimates, one.actuals) for one in history_of(last, 1)] == [((3.0,), (3.5,)), ((4.0,), (5.0,))]
        assert [row.spent for row in last.each(Progress)] == [5.0]

    def test_one_teams_part_that_is_finished_waits_for_the_other_teams(self):
        state = planned([{1: 2.0, 2: 3.0}], net=(30.0, 30.0))
        after = closed(state, {101: 2.5})
        assert not list(after.each(Actual))
        assert [(row.team_id, row.spent) for row in after.each(Progress)] == [(1, 2.5)]


class TestAsEstimated:
    def test_three_closes_without_a_figure_leave_the_odds_where_they_were(self):
        state = planned([3.0] * 4)
        before = forecast(state).odds
        for at in range(3):
            nobody = {100 * number + 1 for number in (*range(1, 5), 50 + at) if number in state.all(Item)}
            state = state.overlay(close_quarter(state, Ending(uncounted=nobody), forecast(state)))
            assert sum(not row.counted for row in state.each(Actual)) == 4 + at
            assert not models_of(state), "taken for a typical team"
            add_item(state, 51 + at, 3.0)
        for key in range(1, 5):
            add(state, state.all(Item)[key].model_copy(update={"state": "plan"}))
        add(state, state.all(Item)[53].model_copy(update={"state": "below"}))
        assert forecast(state).odds == before

    def test_one_item_may_still_be_said_to_have_taken_its_estimate(self):
        assert history_of(closed(planned([3.0]), {101: 3.0}), 1)[0].actuals == (3.0,)


class TestCorrected:
    def test_the_odds_learn_from_the_other_figures(self):
        state = planned([3.0, 4.0])
        state = state.overlay(close_quarter(state, Ending({101: 3.0}, {201}, interrupts={1: 0.1}), forecast(state)))
        (quarter,) = finished_quarters(state)
        one, other = quarter.items
        command = correct_actuals(state, quarter, {one.id: 6.0, other.id: 5.0}, {1: 0.2}, {1: 26.0})
        after = state.overlay(command)
        assert [found.actuals for found in history_of(after, 1)] == [(6.0, 5.0)]
        assert [found.share for found in interrupts_of(after, 1)] == [0.2]
        assert [(row.planned, row.net, row.quarter) for row in after.each(Delivered)] == [(30.0, 26.0, "Q1")]
        assert correct_actuals(after, finished_quarters(after)[0], {one.id: 6.0}, {1: 0.2}, {1: 26.0}).empty
        back = correct_actuals(after, finished_quarters(after)[0], {one.id: None}, {}, {})
        assert history_of(after.overlay(back), 1)[0].actuals == (5.0,)

    def test_unsound_figures_get_a_sentence(self):
        state = closed(planned([3.0]), {101: 3.0})
        (quarter,) = finished_quarters(state)
        for took, shares, nets in (({quarter.items[0].id: -1.0}, {}, {}), ({}, {1: 2.0}, {}), ({}, {}, {1: -1.0})):
            with pytest.raises(Refused, match="between 0 and"):
                correct_actuals(state, quarter, took, shares, nets)


@pytest.mark.parametrize(
    ("text", "took"),
    [("5", Took(5.0)), (" 3+ ", Took(3.0, goes_on=True)), ("?", Took(None)), ("", None), ("0.5 +", Took(0.5, True))],
)
def test_what_is_typed_of_an_item(text, took):
    assert took_of(text) == took


@pytest.mark.parametrize("text", ["five", "-1", "+", "1e9", "3++"])
def test_what_says_nothing_of_an_item_gets_a_sentence(text):
    with pytest.raises(Refused):
        took_of(text)


class TestTheNextQuarter:
    def test_it_opens_with_what_is_left_first_and_the_same_capacity(self):
        state = planned([3.0, 4.0, 5.0])
        add_item(state, 4, 2.0, state="below", rank=-7.0)
        after = closed(state, {201: 4.0})
        old, new = sorted(after.each(Quarter), key=lambda quarter: quarter.starts)
        assert (old.state, new.state, new.name) == ("closed", "draft", "Q2 2027")
        assert (new.starts - old.ends).days == 1
        assert new.target == old.target
        assert after.quarter == new
        assert [entry.item.title for entry in entries_of(after, "below")] == ["item 1", "item 3", "item 4"]
        assert [row.net for row in after.each(Capacity) if row.quarter_id == new.id] == [30.0]
        assert not forecast(after).plan.entries

    def test_what_stood_over_the_old_plan_is_settled(self):
        state = planned([30.0], net=(10.0,))
        add(state, Shortfall(id=1, quarter_id=1, cause="lost", odds=0.1, at=NOON))
        assert all(row.settled_at for row in closed(state, {}).each(Shortfall))

    def test_it_can_be_baselined_and_filled_anew(self):
        state = planned([3.0, 4.0])
        after = closed(state.overlay(baseline(state, forecast(state))), {101: 3.0})
        assert not any(one.baselined for one in after.all(Item).values())
        assert [entry.item.id for entry in fill(after, forecast(after)).taken] == [2]


class TestLearning:
    def test_the_odds_learn_from_it_and_undo_takes_all_back(self, tmp_path: Path):
        with Workspace.open(tmp_path / "a.db", seed=5) as workspace:
            quarter = workspace.load().quarter
            new = [Team(id=-1, name="Pay"), Capacity(id=-2, quarter_id=quarter.id, team_id=-1, net=60.0)]
            for number in range(12):
                new.append(item(number + 1).model_copy(update={"id": -100 - number}))
                new.append(size(-100 - number, -1, 3.0, -200 - number))
            workspace.apply(Command("test", "set up", tuple(new)))
            session = Session(workspace)
            before = session.now.forecast.odds
            took = {row.id: 4.5 for row in session.state.all(Size).values()}
            session.commit(close_quarter(session.state, Ending(took), session.now.forecast))
            (model,) = models_of(session.state).values()
            assert model.finished_quarters == 1
            assert model.overrun > 1.07
            assert Session(workspace).now.plan.quarter.name != quarter.name
            session.undo()
            assert session.now.forecast.odds == before
            assert session.state.quarter == quarter.model_copy(update={"rev": session.state.quarter.rev})


def test_teams_with_people_are_counted_for_the_dates_of_the_next_quarter():
    # Ada is there until the end of April, which has 22 working days: 4.4 ew of the 12.8 that she gave in Q1.
    state = planned([3.0], net=(12.8, 20.0))
    add(state, TeamTime(id=1, team_id=1), Person(id=1, team_id=1, name="Ada", ends=date(2027, 4, 30)))
    later = closed(state, {})
    net = {row.team_id: row.net for row in later.each(Capacity) if row.quarter_id == later.quarter.id}
    assert net == {1: 4.4, 2: 20.0}
