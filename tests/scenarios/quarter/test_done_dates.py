"""A date for one item: by hand where nothing is uncertain, in rank order, by people's weeks, by throughput."""

from datetime import date

import numpy as np
import pytest

from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TeamModel
from scenarios.plan.plan import plan_of
from scenarios.quarter import done_dates
from scenarios.quarter.done_dates import done_by
from store.common.errors import Refused
from store.records import Absence, Actual, Item, Person, Size, TeamTime
from tests.scenarios.making import add, add_item, forecast, planned
from tests.scenarios.odds.running_making import runs, told

#: A team of which everything is known: items take what they are estimated at, capacity is what it is.
CERTAIN = TeamModel(sigma=0.0, m=0.0, s=0.0, finished_quarters=4, interrupt_spread=0.0)


@pytest.fixture
def certain(monkeypatch):
    """Neither effort nor capacity nor the calendar is uncertain."""
    for name in ("TURN", "WAIT"):
        monkeypatch.setattr(done_dates, name, 0.0)
    monkeypatch.setattr(done_dates.with_waits, "__defaults__", (0.0,))
    return lambda state: Forecast(Draws(1, {1: CERTAIN, 2: CERTAIN}), plan_of(state))


class TestByHand:
    def test_the_calendar_days_of_what_is_ranked_above_and_itself(self, certain):
        # 90 days from 1 January, 30 ew: 10 ew are 30 days, so until the 30th; 25 ew are 75, until 16 March.
        state = planned([10.0, 15.0], net=(30.0,))
        dates = [done_by(state, certain(state), number) for number in (1, 2)]
        assert [each.half for each in dates] == [each.sure for each in dates] == [date(2027, 1, 30), date(2027, 3, 16)]
        assert [each.ahead for each in dates] == [0, 1]
        said = "done by 30 Jan 2027 at 50%, by 30 Jan 2027 at 85%; in rank order the first of its teams, "
        assert dates[0].words == f"{said}from the first day of Q1"

    def test_of_two_teams_the_later_one(self, certain):
        state = planned([{1: 10.0, 2: 5.0}, {2: 5.0}], net=(30.0, 10.0))
        assert done_by(state, certain(state), 1).half == date(2027, 2, 14)

    def test_once_it_runs_what_is_left_from_the_day_of_the_last_progress(self, certain):
        # 91 days from 4 January, 26 ew; 16 ew and 56 days are left from 8 February: 2 + 6 ew are 28, until 7 March.
        state = runs(
            planned([9.0, 5.0, 6.0], net=(26.0,)), told(1, 4.0, done=True), told(2, 3.0), told(3, 1.0, left=6.0)
        )
        found = done_by(state, certain(state), 3)
        assert (found.half, found.ahead) == (date(2027, 3, 7), 1)
        assert "in rank order after 1 other of its teams, from 8 Feb 2027 on" in found.words
        with pytest.raises(Refused, match="“item 1” is done"):
            done_by(state, certain(state), 1)
        late = runs(state, day=date(2027, 4, 3))
        with pytest.raises(Refused, match="Pay has nothing left of Q1"):
            done_by(late, certain(late), 3)

    def test_what_is_not_in_plan_comes_after_it_and_beyond_the_quarter_at_the_same_pace(self, certain):
        # 10 + 30 of 30 ew: 120 days, until 30 April.
        state = planned([10.0], net=(30.0,))
        add_item(state, 2, 30.0, state="below", rank=-5.0)
        found = done_by(state, certain(state), 2)
        assert (found.half, found.ahead) == (date(2027, 4, 30), 1)
        assert "if it came in below all that is in plan; after 31 Mar 2027 at the same pace" in found.words

    def test_the_weeks_in_which_people_are_there(self, certain):
        # Ada alone, away from 1 January to 14 February: what takes half of her time is done in the half that is left.
        state = planned([1.0], net=(1.0,))
        away = Absence(id=1, person_id=1, kind="leave", starts=date(2027, 1, 1), ends=date(2027, 2, 14))
        add(state, TeamTime(id=1, team_id=1), Person(id=1, team_id=1, name="Ada"), away)
        assert done_by(state, certain(state), 1).half == date(2027, 3, 31)
        (size,) = state.each(Size)
        add(state, size.model_copy(update={"likely": 0.01}))
        # The week of 15 February is the first in which she is there.
        assert done_by(state, certain(state), 1).half == date(2027, 2, 15)


class TestUncertain:
    def test_later_in_rank_is_later_and_85_is_later_than_50(self):
        state = planned([3.0] * 8, net=(30.0,))
        dates = [done_by(state, forecast(state), number) for number in range(1, 9)]
        assert [each.half for each in dates] == sorted(each.half for each in dates)
        assert all(each.half < each.sure for each in dates)

    def test_the_same_in_any_order(self):
        state, other = planned([3.0, 5.0, 2.0], net=(30.0,)), planned([], net=(30.0,))
        for number, size in ((3, 2.0), (1, 3.0), (2, 5.0)):
            add_item(other, number, size)
        one, two = (done_by(each, forecast(each), 2) for each in (state, other))
        assert (one.half, one.sure) == (two.half, two.sure)

    def test_a_wider_wait_only_where_it_is_said(self):
        luck = (np.zeros(4), np.zeros(4))
        assert done_dates.with_waits(np.full(4, 20.0), luck) == pytest.approx(23.0)


class TestThroughput:
    def test_items_that_a_quarter_finished(self):
        state = planned([3.0] * 4, net=(30.0,))
        add_item(state, 9, None, state="below", rank=50.0, team_id=1)
        with pytest.raises(Refused, match="has no size, and no finished quarter"):
            done_by(state, forecast(state), 9)
        number = 2027 * 4 - 1
        for at in range(10):
            given = {"quarter": "Q4", "number": number, "team_id": 1, "estimate": 3.0, "actual": 3.0}
            add(state, Actual(id=at + 1, counted=at > 5, **given))
        found = done_by(state, forecast(state), 9)
        assert (found.by, found.ahead, found.each_quarter) == ("throughput", 4, 10.0)
        # Five of ten items are half of a quarter, 45 days; 15% less and some days of waiting.
        assert date(2027, 2, 1) < found.half < date(2027, 3, 1) < found.sure
        assert "it has no size: by throughput, 10 items a finished quarter, a wider guess" in found.words


def test_what_has_no_date_gets_a_sentence():
    state = planned([3.0], net=(0.0,))
    with pytest.raises(Refused, match="has no net capacity"):
        done_by(state, forecast(state), 1)
    add(state, state.all(Item)[1].model_copy(update={"state": "done"}))
    with pytest.raises(Refused, match="is done"):
        done_by(state, forecast(state), 1)
