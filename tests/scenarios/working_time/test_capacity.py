"""Capacity taken apart: figures that add up exactly, whatever the people are, and as they are shown."""

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.working_time.breakdown import CAUSES, TICKS_PER_EW, Breakdown, total, words_of
from scenarios.working_time.holidays import places_known, public_holidays
from scenarios.working_time.teams import capacity_of
from scenarios.working_time.weeks import weeks_of
from store.common.errors import Refused
from store.records import TeamTime
from tests.scenarios.making import add
from tests.scenarios.working_time.capacity_making import (
    away,
    closed,
    days_of,
    net_by_week,
    person,
    place,
    quarter_of,
    team,
)

Q1 = (date(2027, 1, 4), date(2027, 4, 2))

dates = st.dates(date(2026, 11, 1), date(2027, 5, 31))
shares = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def spans(draw):
    starts = draw(dates)
    return starts, starts + timedelta(days=draw(st.integers(0, 40)))


@st.composite
def states(draw):
    records = [place(1, "DE", "BY", holidays=draw(st.booleans())), place(2, "GB", "ENG")]
    for number in range(1, draw(st.integers(1, 4)) + 1):
        starts, ends = draw(st.none() | dates), draw(st.none() | dates)
        fields = {"ramp_none": draw(st.integers(0, 6)) / 2, "ramp_half": draw(st.integers(0, 6)) / 2}
        fields |= {"share": draw(shares), "place_id": draw(st.sampled_from((None, 1, 2)))}
        records.append(person(number, starts=starts, ends=ends, **fields))
        for at in range(draw(st.integers(0, 4))):
            kind = draw(st.sampled_from(("leave", "on-call", "away")))
            days = draw(st.none() | st.integers(0, 12).map(lambda halves: halves / 2))
            records.append(away(10 * number + at, *draw(spans()), number, kind=kind, days=days))
    for at in range(draw(st.integers(0, 2))):
        records.append(closed(at + 1, *draw(spans()), team_id=draw(st.sampled_from((None, 1, 2)))))
    return quarter_of(*Q1, *records, focus=draw(shares), interrupts=draw(shares))


class TestAddsUp:
    @settings(max_examples=150, deadline=None)
    @given(states())
    def test_gross_less_what_was_taken_is_net_for_every_person_team_and_week(self, state):
        found = team(state)
        everything = [cell.breakdown for one in found.people for cell in one.cells]
        everything += [*found.weeks, found.total, *(one.total for one in found.people)]
        for each in everything:
            assert each.gross_ticks - sum(part.ticks for part in each.parts) == each.net_ticks
            assert each.net_ticks >= 0
            assert all(part.ticks > 0 for part in each.parts)
        by_person, by_week = total(one.total for one in found.people), total(found.weeks)
        assert by_person == by_week == found.total

    @settings(max_examples=60, deadline=None)
    @given(states())
    def test_agrees_with_another_way_to_count(self, state):
        """Day by day over the calendar, in fractions: what is left of each day after all that takes from it."""
        net = sum((_by_the_calendar(state, one) for one in state.tables["people"].values()), Fraction(0))
        # A tick is rounded at most twice in a week of a person.
        assert abs(Fraction(team(state).total.net_ticks, 1_000_000) - net) <= Fraction(13 * 4 * 8, 1_000_000)


def _by_the_calendar(state, one):
    left = {}
    first = min([Q1[0], *(row.starts for row in state.tables["absences"].values() if row.days is not None)])
    for ahead in range((Q1[1] - first).days + 1):
        day = first + timedelta(days=ahead)
        there = (one.starts is None or one.starts <= day) and (one.ends is None or day <= one.ends)
        if not there or day.weekday() > 4:
            continue
        left[day] = Fraction(1)
        if one.place_id:
            where = state.tables["places"][one.place_id]
            if where.holidays and day in public_holidays(where.country, where.subdivision, day.year):
                left[day] = Fraction(0)
        for row in state.tables["closures"].values():
            if row.team_id in (None, 1) and row.starts <= day <= row.ends:
                left[day] = Fraction(0)
    own = [row for row in state.tables["absences"].values() if row.person_id == one.id]
    for kind in ("leave", "on-call", "away"):
        whole = [row for row in own if row.kind == kind and row.days is None]
        some = sorted((row for row in own if row.kind == kind and row.days is not None),
                      key=lambda row: (row.starts, row.ends))  # fmt: skip
        for row in whole:
            left |= {day: Fraction(0) for day in left if row.starts <= day <= row.ends}
        for row in some:
            budget = Fraction(row.days)
            for day in sorted(left):
                if row.starts <= day <= row.ends:
                    used = min(budget, left[day])
                    left[day] -= used
                    budget -= used
    time = next(iter(state.tables["team_times"].values()))
    sums = Fraction(0)
    for day, rest in left.items():
        if day < Q1[0]:
            continue
        able = Fraction(str(one.share))
        if one.starts and (day - one.starts).days < round(7 * one.ramp_none):
            able = Fraction(0)
        elif one.starts and (day - one.starts).days < round(7 * (one.ramp_none + one.ramp_half)):
            able /= 2
        sums += able * rest
    return sums * Fraction(str(time.focus)) * (1 - Fraction(str(time.interrupts)))


class TestWords:
    def test_as_in_the_guide(self):
        taken = dict.fromkeys(CAUSES, 0) | {"holidays": 7_500_000, "leave": 20_000_000, "interrupts": 19_500_000}
        breakdown = Breakdown(195_000_000, tuple(taken.values()))
        assert words_of(breakdown) == "39.0 gross - 1.5 holidays - 4.0 leave - 3.9 interrupts = 29.6"
        assert words_of(breakdown, 1_000_000) == "195.0 gross - 7.5 holidays - 20.0 leave - 19.5 interrupts = 148.0"
        assert words_of(Breakdown(25_000_000)) == "5.0 gross = 5.0"

    @settings(max_examples=400, deadline=None)
    @given(st.lists(st.integers(0, 30_000_000), min_size=8, max_size=8), st.integers(0, 300_000_000))
    def test_add_up_as_shown_and_no_figure_is_a_tenth_off(self, taken, net):
        breakdown = Breakdown(sum(taken) + net, tuple(taken))
        shown = [round(10 * float(figure)) for figure in re.findall(r"\d+\.\d", words_of(breakdown))]
        true = [breakdown.gross_ticks, *(part.ticks for part in breakdown.parts), net]
        assert shown[0] - sum(shown[1:-1]) == shown[-1]
        assert all(abs(tenths - 10 * ticks / TICKS_PER_EW) < 1 for tenths, ticks in zip(shown, true, strict=True))
        assert shown[-1] == round(10 * float(f"{breakdown.net:.1f}"))


class TestWeeks:
    @settings(max_examples=100, deadline=None)
    @given(dates, st.integers(0, 120))
    def test_every_day_once_and_mondays_begin_them(self, first, length):
        last = first + timedelta(days=length)
        weeks = weeks_of(first, last)
        days = [week.first + timedelta(days=at) for week in weeks for at in range((week.last - week.first).days + 1)]
        assert days == [first + timedelta(days=at) for at in range(length + 1)]
        assert all(week.first.weekday() == 0 for week in weeks[1:])
        assert [week.number for week in weeks] == list(range(1, len(weeks) + 1))
        assert [day for week in weeks for day in week.days] == [day for day in days if day.weekday() < 5]


class TestAbsencesOfSoManyDays:
    def test_half_days_begin_with_the_first_that_is_free(self):
        # 2.5 days of 1 to 12 February, whose Monday and Tuesday are leave already: Wednesday, Thursday, half of Friday.
        state = quarter_of(*Q1, person(), away(1, date(2027, 2, 1), date(2027, 2, 2)),
                           away(2, date(2027, 2, 1), date(2027, 2, 12), days=2.5))  # fmt: skip
        assert net_by_week(state)[4:6] == [0.5, 5.0]

    def test_more_days_than_the_span_has_are_its_days(self):
        assert days_of(quarter_of(*Q1, person(), away(1, date(2027, 2, 5), date(2027, 2, 8), days=30)))["leave"] == 2

    def test_leave_while_ramping_up_costs_what_they_would_have_given(self):
        # Two weeks of nothing from 1 February: leave on the 8th costs nothing, on the 15th half.
        state = quarter_of(*Q1, person(starts=date(2027, 2, 1), ramp_none=2, ramp_half=2),
                           away(1, date(2027, 2, 8), date(2027, 2, 8)),
                           away(2, date(2027, 2, 15), date(2027, 2, 15)))  # fmt: skip
        assert days_of(state) == {"gross": 45.0, "ramp-up": 15.0, "leave": 0.5, "net": 29.5}

    def test_a_span_from_long_ago_is_counted_in_no_time(self):
        state = quarter_of(*Q1, person(), away(1, date.min, date.max, days=4000))
        assert days_of(state)["net"] == 0.0


class TestFocusAndInterrupts:
    def test_interrupts_are_a_share_of_what_focus_leaves(self):
        # 65 days less 5 of leave are 60; focus takes 12 of them, interrupts a tenth of the 48 that are left.
        state = quarter_of(*Q1, person(), away(1, date(2027, 2, 1), date(2027, 2, 5)), focus=0.8, interrupts=0.1)
        assert days_of(state) == {"gross": 65.0, "leave": 5.0, "focus": 12.0, "interrupts": 4.8, "net": 43.2}

    def test_nothing_is_left_where_focus_is_0_or_interrupts_are_all(self):
        assert days_of(quarter_of(*Q1, person(), focus=0.0))["net"] == 0
        assert days_of(quarter_of(*Q1, person(), interrupts=1.0)) == {"gross": 65.0, "interrupts": 65.0, "net": 0.0}


class TestPlaces:
    def test_switched_off(self):
        state = quarter_of(*Q1, place(1, "DE", "BY", holidays=False), person(place_id=1))
        assert days_of(state) == {"gross": 65.0, "net": 65.0}

    def test_a_holiday_on_a_weekend_costs_nothing(self):
        # In Germany 1 May 2027 is a Saturday and is kept on no other day; 6 May is Ascension, 17 May Whit Monday.
        state = quarter_of(date(2027, 4, 26), date(2027, 5, 21), place(1, "DE", "BE"), person(place_id=1))
        assert days_of(state) == {"gross": 20.0, "holidays": 2.0, "net": 18.0}

    @pytest.mark.parametrize(
        "codes", [("XX", ""), ("DE", "ZZ"), ("no country at all", ""), ("../etc", ""), ("\x1b", "")]
    )
    def test_unknown_codes_are_a_sentence_and_no_holidays(self, codes):
        found = capacity_of(quarter_of(*Q1, place(1, *codes), person(place_id=1)))
        assert found.teams[1].net == 13.0
        assert len(found.notes) == 1
        assert found.notes[0].startswith("place 1: ")
        with pytest.raises(Refused):
            public_holidays(*codes, 2027)

    def test_are_known_by_name_with_their_parts(self):
        known = {each.code: each for each in places_known()}
        assert (known["DE"].name, known["GB"].name) == ("Germany", "United Kingdom")
        assert "BY" in known["DE"].subdivisions
        assert len(known) > 150
        assert [each.name for each in places_known()] == sorted(each.name for each in places_known())

    def test_closures_of_one_place_or_another_team_leave_the_others_alone(self):
        people = (person(1, place_id=1), person(2))
        day = (date(2027, 2, 1), date(2027, 2, 1))
        state = quarter_of(*Q1, place(1, ""), *people, closed(1, *day, place_id=1), closed(2, *day, team_id=2))
        assert days_of(state) == {"gross": 130.0, "closures": 1.0, "net": 129.0}


class TestStored:
    def test_says_where_the_people_give_another_figure(self):
        state = quarter_of(*Q1, person(1), person(2))
        assert team(state).differs == "stored 30.0, from people 26.0"
        add(state, state.tables["capacities"][1].model_copy(update={"net": 26.0}))
        assert team(state).differs == ""
        add(state, state.tables["capacities"][1].model_copy(update={"net": 26.03}))
        assert team(state).differs == "stored 26.030, from people 26.000"

    def test_teams_that_are_a_plain_number_have_no_people(self):
        state = quarter_of(*Q1, person(1), person(2, team_id=2))
        assert set(capacity_of(state).teams) == {1}
        add(state, TeamTime(id=2, team_id=2))
        assert capacity_of(state).teams[2].net == 13.0

    def test_nobody_is_a_team_too(self):
        assert team(quarter_of(*Q1)).total == Breakdown()
        assert [week.net_ticks for week in team(quarter_of(*Q1)).weeks] == [0] * 13
