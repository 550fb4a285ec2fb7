"""Days as people write them, on a calendar that was looked at: 21 November 2026 is a Saturday."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.figures.days import use_quarter, written_day
from scenarios.figures.readers import day_of
from store.common.errors import Refused

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-21"),
        ("Tomorrow", "2026-11-22"),
        ("yesterday", "2026-11-20"),
        ("next friday", "2026-11-27"),
        ("friday", "2026-11-27"),
        ("Fri", "2026-11-27"),
        ("saturday", "2026-11-28"),
        ("next sunday", "2026-11-22"),
        ("on monday", "2026-11-23"),
        ("last friday", "2026-11-20"),
        ("last saturday", "2026-11-14"),
        ("in 2 weeks", "2026-12-05"),
        ("2 weeks", "2026-12-05"),
        ("in 2w", "2026-12-05"),
        ("in a week", "2026-11-28"),
        ("in 10 days", "2026-12-01"),
        ("3 days from now", "2026-11-24"),
        ("in three months", "2027-02-21"),
        ("in a year", "2027-11-21"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("15 Mar", "2027-03-15"),
        ("15 March", "2027-03-15"),
        ("Mar 15", "2027-03-15"),
        ("march 15th, 2028", "2028-03-15"),
        ("15 Mar 2026", "2026-03-15"),
        ("15-Mar-2027", "2027-03-15"),
        ("1st of february", "2027-02-01"),
        ("01 Feb", "2027-02-01"),
        ("21 Nov", "2026-11-21"),
        ("22 nov", "2026-11-22"),
        ("20 Nov", "2027-11-20"),
        ("3 sept", "2027-09-03"),
        ("29 Feb", "2028-02-29"),
        ("15.3.", "2027-03-15"),
        ("15.3", "2027-03-15"),
        ("15. 3. 2028", "2028-03-15"),
        ("15.03.27", "2027-03-15"),
        ("24.12.", "2026-12-24"),
        ("15/03/2027", "2027-03-15"),
        ("3/15/2027", "2027-03-15"),
        ("15/3", "2027-03-15"),
        ("5/5", "2027-05-05"),
        ("15-3-2027", "2027-03-15"),
        ("2027/03/31", "2027-03-31"),
        ("2027.3.31", "2027-03-31"),
        ("  15   MAR ", "2027-03-15"),
        ("15. March", "2027-03-15"),
        ("end of march", "2027-03-31"),
        ("end of november", "2026-11-30"),
        ("end of month", "2026-11-30"),
        ("end of year", "2026-12-31"),
    ],
)
def test_what_people_write(text: str, day: str) -> None:
    assert written_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "spring",
        "2027-02-30",
        "31 feb",
        "30.2.2027",
        "32 Mar",
        "15 ma",
        "ma 3",
        "15",
        "w6",
        "in",
        "in weeks",
        "in 99999 weeks",
        "mar",
        "15 Mar 99999",
        "month",
        "next",
        "1/2/3/4",
        "99/99/2027",
        "in -3 days",
        "a week",
        "friday the 13th",
        "0.0.",
        "Smarch 3",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert written_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("w1", "2027-01-03"), ("w6", "2027-02-07"), ("W 6", "2027-02-07"), ("week 14", "2027-03-31")],
)
def test_a_week_of_the_quarter_is_over_with_its_last_day(text: str, day: str) -> None:
    # The first day is a Friday, the last a Wednesday.
    use_quarter(date(2027, 1, 1), date(2027, 3, 31))
    assert day_of(text) == date.fromisoformat(day)
    assert [day_of(each, begins=True) for each in ("w1", "w2")] == [date(2027, 1, 1), date(2027, 1, 4)]
    for none in ("w0", "w15"):
        with pytest.raises(Refused, match="the quarter has weeks 1 to 14"):
            day_of(none)


def test_what_may_be_two_days_is_asked_about() -> None:
    with pytest.raises(Refused, match=r"“3/4/2027” may be 3 Apr or 4 Mar: write it as 2027-04-03 or 2027-03-04"):
        written_day("3/4/2027", TODAY)
    with pytest.raises(Refused, match="2027-04-03 or 2027-03-04"):
        written_day("03/04", TODAY)


def test_what_has_been() -> None:
    assert written_day("20 Nov", TODAY, past=True) == date(2026, 11, 20)
    assert written_day("22 Nov", TODAY, past=True) == date(2025, 11, 22)
    assert written_day("15.3.", TODAY, past=True) == date(2026, 3, 15)
    assert written_day("end of march", TODAY, past=True) == date(2026, 3, 31)
    # Today is a Saturday.
    assert written_day("friday", TODAY, past=True) == date(2026, 11, 20)
    assert written_day("sat", TODAY, past=True) == date(2026, 11, 14)
    assert written_day("next friday", TODAY, past=True) == date(2026, 11, 27)


@settings(max_examples=50)
@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_is_written_out_is_read_back_on_any_day(today: date, day: date) -> None:
    for text in (
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ):
        assert written_day(text, today) == day
    soon = written_day(f"{day.day} {day:%b}", today)
    assert soon is not None
    assert (soon.day, soon.month) == (day.day, day.month)
    assert soon >= today
    for name in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
        found = written_day(f"next {name}", today)
        assert found is not None
        assert f"{found:%A}".lower() == name
        assert today < found <= today + timedelta(days=7)
