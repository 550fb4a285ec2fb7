"""Quarters as a calendar has them: eight closes in a row, fiscal years, the workspace's own names, drifted files."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from scenarios.odds.finished_quarters import history_of
from scenarios.quarter.close import Ending, close_quarter
from scenarios.quarter.drift import set_right
from store.common.errors import Refused
from store.imports.quarters import fiscal_year
from store.records import Actual, Interrupt, Quarter, State
from tests.scenarios.making import add, add_item, empty, forecast


def begun(name: str, starts: date, ends: date) -> State:
    state = empty(net=(30.0,))
    (first,) = state.each(Quarter)
    return add(state, first.model_copy(update={"name": name, "starts": starts, "ends": ends}))


def closes(state: State, count: int) -> State:
    """So many times: plan one item, close with what it took."""
    for at in range(count):
        add_item(state, 50 + at, 3.0)
        ending = Ending({100 * (50 + at) + 1: 4.0}, interrupts={1: 0.1})
        state = state.overlay(close_quarter(state, ending, forecast(state)))
    return state


def in_order(state: State) -> list[Quarter]:
    return sorted(state.each(Quarter), key=lambda quarter: quarter.starts)


#: where a fiscal year's quarter begins, its name, and those of the eight after it
CALENDARS = [
    (
        ("Q1 2027", date(2027, 1, 1), date(2027, 3, 31)),
        ["Q2 2027", "Q3 2027", "Q4 2027", "Q1 2028", "Q2 2028", "Q3 2028", "Q4 2028", "Q1 2029"],
        [(4, 1), (7, 1), (10, 1), (1, 1), (4, 1), (7, 1), (10, 1), (1, 1)],
    ),
    (
        ("FY27 Q3", date(2027, 2, 1), date(2027, 4, 30)),
        ["FY27 Q4", "FY28 Q1", "FY28 Q2", "FY28 Q3", "FY28 Q4", "FY29 Q1", "FY29 Q2", "FY29 Q3"],
        [(5, 1), (8, 1), (11, 1), (2, 1), (5, 1), (8, 1), (11, 1), (2, 1)],
    ),
    (
        ("4Q27", date(2027, 3, 1), date(2027, 5, 31)),
        ["1Q28", "2Q28", "3Q28", "4Q28", "1Q29", "2Q29", "3Q29", "4Q29"],
        [(6, 1), (9, 1), (12, 1), (3, 1), (6, 1), (9, 1), (12, 1), (3, 1)],
    ),
]


class TestEightCloses:
    @pytest.mark.parametrize(("first", "names", "begins"), CALENDARS)
    def test_days_names_and_numbers_are_those_of_a_calendar_and_each_is_learned_from_once(self, first, names, begins):
        state = closes(begun(*first), 8)
        quarters = in_order(state)
        assert [each.name for each in quarters[1:]] == names
        assert [(each.starts.month, each.starts.day) for each in quarters[1:]] == begins
        for before, after in pairwise(quarters):
            assert after.starts == before.ends + timedelta(days=1)
            assert state.number_of(after) == state.number_of(before) + 1
        learned = history_of(state, 1)
        assert [each.number for each in learned] == [state.number_of(each) for each in quarters[:8]]
        assert [(each.estimates, each.actuals) for each in learned] == [((3.0,), (4.0,))] * 8
        assert len({row.number for row in state.each(Interrupt)}) == 8

    def test_weeks_stay_whole_and_near_the_months(self):
        # Monday to Friday, from the Monday after New Year: never a Saturday, never a week from the month's turn.
        quarters = in_order(closes(begun("Q1 2027", date(2027, 1, 4), date(2027, 4, 2)), 8))
        assert [str(each.starts) for each in quarters[:5]] == [
            "2027-01-04", "2027-04-05", "2027-07-05", "2027-10-04", "2028-01-03",
        ]  # fmt: skip
        assert {(each.starts.weekday(), each.ends.weekday()) for each in quarters} == {(0, 4)}
        assert [each.name for each in quarters[-2:]] == ["Q4 2028", "Q1 2029"]

    def test_what_is_shorter_than_a_quarter_is_learned_from_as_well(self):
        state = closes(begun("Cycle 7", date(2027, 1, 4), date(2027, 2, 12)), 8)
        assert [each.name for each in in_order(state)][-2:] == ["Cycle 14", "Cycle 15"]
        assert len(history_of(state, 1)) == 8

    def test_a_name_comes_only_once(self):
        names = [each.name for each in in_order(closes(begun("Q1", date(2027, 1, 1), date(2027, 3, 31)), 8))]
        assert names[:5] == ["Q1", "Q2 2027", "Q3 2027", "Q4 2027", "Q1 2028"]
        assert len(set(names)) == 9

    def test_the_end_of_all_calendars_is_a_sentence(self):
        with pytest.raises(Refused, match="no calendar goes on"):
            closes(begun("Q4", date(9999, 10, 1), date(9999, 12, 31)), 1)


def drifted(count: int) -> State:
    """As closing made them once: as many days long as the one before, named and numbered by the first one's month."""
    state = begun("Q1 2027", date(2027, 1, 1), date(2027, 3, 31))
    (quarter,) = state.each(Quarter)
    for at in range(count):
        number = quarter.starts.year * 4 + (quarter.starts.month - 1) // 3
        add(
            state,
            quarter.model_copy(update={"state": "closed"}),
            Actual(id=at + 1, quarter=quarter.name, number=number, team_id=1, title="x", estimate=3.0, actual=4.0 + at),
        )
        starts = quarter.ends + timedelta(days=1)
        name = f"Q{(number + 1) % 4 + 1} {(number + 1) // 4}"
        quarter = Quarter(id=at + 2, name=name, starts=starts, ends=starts + (quarter.ends - quarter.starts))
        add(state, quarter)
    return state


class TestDrifted:
    def test_what_counting_days_did_is_set_right(self):
        state = drifted(5)
        assert [each.name for each in in_order(state)] == [
            "Q1 2027", "Q2 2027", "Q3 2027", "Q3 2027", "Q4 2027", "Q1 2028",
        ]  # fmt: skip
        command = set_right(state)
        after = state.overlay(command)
        assert [(each.name, str(each.starts)) for each in in_order(after)] == [
            ("Q1 2027", "2027-01-01"),
            ("Q2 2027", "2027-04-01"),
            ("Q3 2027", "2027-07-01"),
            ("Q4 2027", "2027-10-01"),
            ("Q1 2028", "2028-01-01"),
            ("Q2 2028", "2028-04-01"),
        ]
        assert [(row.quarter, row.number - 2027 * 4) for row in after.each(Actual)] == [
            ("Q1 2027", 0), ("Q2 2027", 1), ("Q3 2027", 2), ("Q4 2027", 3), ("Q1 2028", 4),
        ]  # fmt: skip
        assert [each.actuals for each in history_of(after, 1)] == [(4.0,), (5.0,), (6.0,), (7.0,), (8.0,)]
        assert "Q2 2028 2028-04-01 to 2028-06-30" in command.label
        assert set_right(after).empty

    def test_days_and_names_that_somebody_typed_stay(self):
        state = drifted(2)
        last = state.quarter.model_copy(update={"name": "Summer", "ends": date(2027, 9, 30)})
        after = add(state, last).overlay(set_right(state))
        assert after.quarter == last
        assert set_right(closes(begun("Q1 2027", date(2027, 1, 4), date(2027, 4, 2)), 8)).empty


def test_labels_of_a_fiscal_year_are_counted_as_the_workspace_counts():
    # The second quarter of FY27 begins in November 2026; the one before it in August.
    quarter = Quarter(id=1, name="FY27 Q2", starts=date(2026, 11, 1), ends=date(2027, 1, 31))
    year = fiscal_year(quarter)
    assert year.number("FY27 Q1") == quarter.number - 1
    assert year.number("2026-10") == year.of_day(date(2026, 10, 31)) == quarter.number - 1
    assert year.of_day(date(2027, 1, 31)) == quarter.number
    calendar = Quarter(id=1, name="Q1 2027", starts=date(2027, 1, 1), ends=date(2027, 3, 31))
    assert fiscal_year(calendar).number("2026-12") == calendar.number - 1
