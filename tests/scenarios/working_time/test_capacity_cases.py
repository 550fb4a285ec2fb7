"""Twelve quarters worked out by hand, in days; to a tenth of a day, and most of them exactly. Costs a second."""

from datetime import date

import pytest

from scenarios.working_time.teams import capacity_of
from tests.scenarios.working_time.capacity_making import away, closed, days_of, net_by_week, person, place, quarter_of

#: Monday 4 January to Friday 2 April 2027: 13 weeks of 5 working days.
Q1 = (date(2027, 1, 4), date(2027, 4, 2))
MUNICH = place(1, "DE", "BY")
LONDON = place(2, "GB", "ENG")


def test_part_time_over_a_holiday():
    # Bavaria has 6 January (Wednesday), Good Friday 26 March and Easter Monday 29 March: 3 days.
    # At 60%: 65 x 0.6 = 39 days gross, 3 x 0.6 = 1.8 days of holidays.
    state = quarter_of(*Q1, MUNICH, person(share=0.6, place_id=1))
    assert days_of(state) == {"gross": 39.0, "holidays": 1.8, "net": 37.2}
    assert net_by_week(state)[:2] == [2.4, 3.0]


def test_leave_over_a_weekend():
    # Thursday 14 to Tuesday 19 January: Thursday, Friday, Monday, Tuesday. The weekend costs nothing.
    state = quarter_of(*Q1, person(), away(1, date(2027, 1, 14), date(2027, 1, 19)))
    assert days_of(state) == {"gross": 65.0, "leave": 4.0, "net": 61.0}
    assert net_by_week(state)[1:3] == [3.0, 3.0]


def test_a_hire_in_week_5_with_ramp_up():
    # Week 5 begins on Monday 1 February: 9 weeks are left, 45 days. Two weeks of nothing: 10 days go. Three weeks of
    # half (15 February to 5 March): 7.5 of 15 days go. 45 - 17.5 = 27.5.
    state = quarter_of(*Q1, person(starts=date(2027, 2, 1), ramp_none=2, ramp_half=3))
    assert days_of(state) == {"gross": 45.0, "ramp-up": 17.5, "net": 27.5}
    assert net_by_week(state) == [0, 0, 0, 0, 0, 0, 2.5, 2.5, 2.5, 5, 5, 5, 5]


def test_a_leaver_in_week_9():
    # Week 9 is 1 to 7 March; the last day is Wednesday 3 March: 8 x 5 + 3 = 43 days.
    state = quarter_of(*Q1, person(ends=date(2027, 3, 3)))
    assert days_of(state) == {"gross": 43.0, "net": 43.0}
    assert net_by_week(state)[7:10] == [5, 3, 0]


def test_two_locations():
    # Munich has 3 holidays (above), London 2: Good Friday and Easter Monday. 130 - 5 = 125.
    state = quarter_of(*Q1, MUNICH, LONDON, person(1, place_id=1), person(2, place_id=2))
    assert days_of(state) == {"gross": 130.0, "holidays": 5.0, "net": 125.0}
    assert net_by_week(state)[0] == 9.0


def test_a_closure_week_with_leave_in_it():
    # Closed Monday 22 to Friday 26 March: 5 days, but Good Friday is a holiday before it is a closed day: 4.
    # Leave from Thursday 25 to Tuesday 30 March finds only Tuesday: Thursday is closed, Friday and Monday holidays.
    state = quarter_of(
        *Q1,
        LONDON,
        person(place_id=2),
        closed(1, date(2027, 3, 22), date(2027, 3, 26)),
        away(1, date(2027, 3, 25), date(2027, 3, 30)),
    )
    assert days_of(state) == {"gross": 65.0, "holidays": 2.0, "closures": 4.0, "leave": 1.0, "net": 58.0}
    assert net_by_week(state)[11:] == [0.0, 3.0]


def test_a_quarter_that_starts_on_a_wednesday_and_ends_on_a_tuesday():
    # Wednesday 3 February to Tuesday 4 May 2027. Week 1 is Wednesday to Sunday, 3 working days; then 12 whole weeks
    # (8 February to 2 May), 60 days; the last week is Monday and Tuesday. 3 + 60 + 2 = 65, over 14 weeks.
    state = quarter_of(date(2027, 2, 3), date(2027, 5, 4), person(), focus=0.8)
    assert days_of(state) == {"gross": 65.0, "focus": 13.0, "net": 52.0}
    weeks = capacity_of(state).weeks
    assert (len(weeks), weeks[0].last, weeks[-1].first) == (14, date(2027, 2, 7), date(2027, 5, 3))
    assert net_by_week(state) == [2.4] + 12 * [4.0] + [1.6]


def test_over_the_end_of_the_year():
    # Monday 30 November 2026 to Friday 26 February 2027: 13 weeks, 65 days. In London, Christmas Day is Friday 25
    # December, Boxing Day falls on Saturday and is kept on Monday 28 December, New Year's Day is Friday 1 January: 3.
    # Leave from 21 December to 3 January: Monday to Thursday (4), then Tuesday to Thursday (3): 7.
    state = quarter_of(
        date(2026, 11, 30),
        date(2027, 2, 26),
        LONDON,
        person(place_id=2),
        away(1, date(2026, 12, 21), date(2027, 1, 3)),
    )
    assert days_of(state) == {"gross": 65.0, "holidays": 3.0, "leave": 7.0, "net": 55.0}
    assert net_by_week(state)[3:5] == [0.0, 0.0]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_over_the_change_of_clocks(zone, monkeypatch):
    # Clocks change on Sunday 14 March in New York, and on Sunday 28 March in Berlin; days are days all the same.
    # Leave from Friday 12 to Monday 15 March is 2 days, from Friday 26 to Monday 29 March 2 more.
    import time

    monkeypatch.setenv("TZ", zone)
    if hasattr(time, "tzset"):
        time.tzset()
    try:
        state = quarter_of(
            *Q1,
            person(),
            away(1, date(2027, 3, 12), date(2027, 3, 15)),
            away(2, date(2027, 3, 26), date(2027, 3, 29)),
        )
        assert days_of(state) == {"gross": 65.0, "leave": 4.0, "net": 61.0}
        assert net_by_week(state)[9:] == [4.0, 4.0, 4.0, 4.0]
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()


def test_a_leap_day():
    # Monday 3 January to Friday 31 March 2028: January has 21 working days from there, February 21 with Tuesday the
    # 29th, March 23: 65. Off from Monday 28 February to Wednesday 1 March: 3 days, the 29th among them.
    state = quarter_of(
        date(2028, 1, 3), date(2028, 3, 31), person(share=0.5), away(1, date(2028, 2, 28), date(2028, 3, 1))
    )
    assert days_of(state) == {"gross": 32.5, "leave": 1.5, "net": 31.0}


def test_overlapping_leave_counts_once():
    # Monday 1 to Friday 5 February, and again Wednesday 3 to Tuesday 9 February: 1, 2, 3, 4, 5, 8, 9: 7 days, not 10.
    # A week on call from the 8th has only the 10th to the 12th left: 3.
    state = quarter_of(
        *Q1,
        person(),
        away(1, date(2027, 2, 1), date(2027, 2, 5)),
        away(2, date(2027, 2, 3), date(2027, 2, 9)),
        away(3, date(2027, 2, 8), date(2027, 2, 12), kind="on-call"),
    )
    assert days_of(state) == {"gross": 65.0, "leave": 7.0, "on-call": 3.0, "net": 55.0}


def test_leave_outside_the_quarter():
    # Before it and after it costs nothing; what reaches into it costs its part: Monday 4 and Tuesday 5 January, and
    # Friday 2 April. Five days from Monday 28 December end with Friday 1 January, as there are no holidays here.
    state = quarter_of(
        *Q1,
        person(),
        away(1, date(2026, 11, 2), date(2026, 11, 20)),
        away(2, date(2026, 12, 30), date(2027, 1, 5)),
        away(3, date(2027, 4, 2), date(2027, 4, 16)),
        away(4, date(2027, 5, 3), date(2027, 5, 14)),
    )
    assert days_of(state) == {"gross": 65.0, "leave": 3.0, "net": 62.0}
    some = quarter_of(*Q1, person(), away(1, date(2026, 12, 28), date(2027, 1, 8), days=5))
    assert days_of(some) == {"gross": 65.0, "net": 65.0}
    # Seven days go on with Monday 4 and Tuesday 5 January.
    more = quarter_of(*Q1, person(), away(1, date(2026, 12, 28), date(2027, 1, 8), days=7))
    assert days_of(more) == {"gross": 65.0, "leave": 2.0, "net": 63.0}


def test_the_example_of_the_guide():
    # Three people: 39.0 ew, 195 days. Munich 3 holidays, London 2 for each of two: 7. Leave 20 days.
    # 195 - 7 - 20 = 168; a tenth of that is for interrupts: 16.8. 151.2 days are 30.24 ew.
    state = quarter_of(
        *Q1,
        MUNICH,
        LONDON,
        person(1, place_id=1),
        person(2, place_id=2),
        person(3, place_id=2),
        *(away(at, date(2027, 2, 1), date(2027, 2, 5), at) for at in (1, 2, 3)),
        away(4, date(2027, 2, 8), date(2027, 2, 12), 3),
        interrupts=0.1,
    )
    assert days_of(state) == {"gross": 195.0, "holidays": 7.0, "leave": 20.0, "interrupts": 16.8, "net": 151.2}
