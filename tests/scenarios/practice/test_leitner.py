"""When a drill comes again, against a calendar worked out by hand."""

from __future__ import annotations

import os
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.practice.leitner import NEW, WENT, Standing, Went, next_of, standing_of


def day(text: str) -> date:
    return date.fromisoformat(f"2027-{text}")


#: A drill taken on each of these days, how it went, and the day on which it is due then: by hand on a calendar of 2027.
CALENDAR: tuple[tuple[str, Went, str | None], ...] = (
    ("01-11", "badly", "01-12"),  # Mon: box 1, a day
    ("01-12", "well", "01-14"),  # Tue: box 2, two days
    ("01-14", "well", "01-18"),  # Thu: box 3, four days
    ("01-18", "so-so", "01-22"),  # Mon: stays in box 3, four days more
    ("01-25", "well", "02-02"),  # Mon, three days late: box 4, eight days from the day on which it was taken
    ("02-02", "badly", "02-03"),  # Tue: back to box 1
    ("02-03", "well", "02-05"),  # box 2
    ("02-05", "well", "02-09"),  # box 3
    ("02-09", "well", "02-17"),  # box 4
    ("02-17", "well", "03-05"),  # box 5: sixteen days, over the end of a February of 28 days
    ("03-05", "well", None),  # out of the last box: it rests
    ("04-01", "so-so", "04-03"),  # taken again, from no box: the second one
    ("04-03", "badly", "04-04"),
)


def test_a_calendar_worked_out_by_hand() -> None:
    attempts = []
    for taken, went, due in CALENDAR:
        attempts.append((day(taken), went))
        found = standing_of(attempts)
        assert found.due == (None if due is None else day(due)), taken
        assert found.rests is (due is None)
        if found.due is not None:
            assert found.is_due(found.due)
            assert not found.is_due(found.due - timedelta(days=1))


def test_what_goes_well_at_first_rests_and_what_goes_so_so_comes_in_two_days() -> None:
    assert standing_of([(day("01-11"), "well")]).rests
    assert standing_of([(day("01-11"), "so-so")]).due == day("01-13")
    assert standing_of([]) == NEW


def test_the_next_one_is_due_then_new_then_the_soonest_then_the_longest_at_rest() -> None:
    waits = Standing(1, day("01-20"), last=day("01-19"))
    standings = {
        "rested": Standing(rests=True, last=day("01-02")),
        "late": Standing(2, day("01-10"), last=day("01-08")),
        "later": Standing(2, day("01-12"), last=day("01-10")),
        "waits": waits,
        "rests": Standing(rests=True, last=day("01-05")),
    }
    keys = ["rests", "waits", "later", "late", "new", "rested"]
    found = []
    while keys:
        found.append(next_of(keys, standings, day("01-15")))
        keys.remove(found[-1])
    assert found == ["late", "later", "new", "waits", "rested", "rests"]


@settings(max_examples=500 if os.environ.get("MAKEROOM_LONG") else 30)
@given(went=st.lists(st.sampled_from(WENT), max_size=12))
def test_nothing_that_went_badly_waits_longer_than_what_went_well(went: list[Went]) -> None:
    """Whatever came before: worse is never later."""
    before = [(day("01-01"), each) for each in went]
    badly, so_so, well = (standing_of([*before, (day("03-01"), last)]) for last in WENT)
    assert badly.due == day("03-02")
    assert so_so.due is not None
    assert badly.due <= so_so.due
    assert well.rests or (well.due is not None and well.due >= so_so.due)
