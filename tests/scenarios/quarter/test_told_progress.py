"""What somebody tells of items: what it comes to, what is refused and with which way out, and that nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.figures.sizes import Range
from scenarios.plan.plan import plan_of
from scenarios.quarter.progress import ToldItem, others_words, tell_progress
from store.common.errors import Refused
from store.records import Progress, Quarter, State
from tests.scenarios.making import add, add_item, planned

FIRST, LAST = date(2027, 1, 4), date(2027, 4, 4)
DAY = date(2027, 2, 8)


@pytest.fixture
def state() -> State:
    """Items 1 (10 ew), 2 (4-6-9) and 3 (Pay 3, Web 1) in plan, 4 below the line."""
    found = planned([10.0, (4.0, 6.0, 9.0), {1: 3.0, 2: 1.0}], (26.0, 13.0))
    add_item(found, 4, 2.0, state="below")
    return add(found, Quarter(id=1, name="Q1 2027", starts=FIRST, ends=LAST))


def told(state: State, *each: ToldItem, on: date = DAY, because: str = "") -> State:
    return state.overlay(tell_progress(state, on, each, because).command)


def row(state: State, item_id: int, team_id: int = 1) -> Progress:
    return next(each for each in state.each(Progress) if (each.item_id, each.team_id) == (item_id, team_id))


def test_what_is_told_stands_as_of_that_day(state: State) -> None:
    found = tell_progress(state, DAY, [ToldItem(1, spent=2.5), ToldItem(2, left=Range(2.0, 1.0, 3.0))], by="Ana")
    assert found.command.label == "progress of 8 Feb: “item 1” 2.5 ew spent; “item 2” 1-2-3 ew left (Ana)"
    later = state.overlay(found.command)
    assert later.quarter.progress_on == DAY
    assert [entry.left for entry in plan_of(later).entries] == [7.5, 2.0, 4.0]
    # Twice is once; the next day it is known as of then, and nothing else is another.
    assert tell_progress(later, DAY, [ToldItem(1, spent=2.5), ToldItem(2, left=Range(2.0, 1.0, 3.0))]).command.empty
    next_day = told(later, on=date(2027, 2, 9))
    assert next_day.quarter.progress_on == date(2027, 2, 9)
    assert list(next_day.each(Progress)) == list(later.each(Progress))


def test_the_weeks_gone_are_said_of_what_nobody_told(state: State) -> None:
    one = [ToldItem(1, spent=2.5)]
    assert others_words(plan_of(state), one, DAY) == (
        "2 other items in plan count as known before, 2 of them as not begun, with the weeks until 8 Feb gone: "
        "record what moved, too"
    )
    later = told(state, *one, ToldItem(2, done_on=DAY))
    assert others_words(plan_of(later), [ToldItem(3, tenths=1)], DAY) == "", "no week has gone since"
    assert others_words(plan_of(later), [ToldItem(3, tenths=1)], date(2027, 2, 15)) == (
        "1 other item in plan counts as known before, with the weeks until 15 Feb gone: record what moved, too"
    )
    every = [ToldItem(each, tenths=1) for each in (1, 2, 3)]
    assert others_words(plan_of(state), every, DAY) == ""
    assert others_words(plan_of(state), [], DAY) == "", "that nothing is new was said of all"


def test_tenths_are_of_what_was_spent_and_what_is_left(state: State) -> None:
    later = told(state, ToldItem(1, tenths=4))
    assert (row(later, 1).spent, row(later, 1).left) == (4.0, None)
    # Eight weeks for four tenths: there are twelve more.
    slow = told(state, ToldItem(1, spent=8.0, tenths=4))
    assert (row(slow, 1).spent, row(slow, 1).left) == (8.0, pytest.approx(12.0))
    # What was told before is not taken back by tenths.
    again = told(slow, ToldItem(1, tenths=5))
    assert (row(again, 1).spent, row(again, 1).left) == (8.0, pytest.approx(8.0))
    both = told(state, ToldItem(3, tenths=5))
    assert {each.team_id: each.spent for each in both.each(Progress)} == {1: 1.5, 2: 0.5}


def test_done_took_what_was_spent_or_nobody_counted(state: State) -> None:
    counted = told(told(state, ToldItem(1, spent=7.0)), ToldItem(1, done_on=date(2027, 2, 5)))
    assert (row(counted, 1).done_on, row(counted, 1).spent, row(counted, 1).counted) == (date(2027, 2, 5), 7.0, True)
    guess = told(state, ToldItem(2, done_on=DAY))
    assert (row(guess, 2).spent, row(guess, 2).counted) == (6.0, False)
    # Somebody says it later, and it may be less than the guess.
    said = told(guess, ToldItem(2, spent=3.0))
    assert (row(said, 2).spent, row(said, 2).counted, row(said, 2).done_on) == (3.0, True, DAY)
    assert plan_of(told(state, ToldItem(3, done_on=DAY))).entries[2].done


def test_what_goes_on_again_needs_a_reason(state: State) -> None:
    done = told(told(state, ToldItem(1, spent=7.0)), ToldItem(1, done_on=DAY))
    for again in (ToldItem(1, tenths=5), ToldItem(1, left=Range(1.0))):
        with pytest.raises(Refused, match="was done on 2027-02-08: open it again first"):
            tell_progress(done, DAY, [again])
    with pytest.raises(Refused, match="say why it is open again"):
        tell_progress(done, DAY, [ToldItem(1, reopen=True)])
    open_again = tell_progress(done, DAY, [ToldItem(1, reopen=True, left=Range(2.0))], "the fix was none")
    assert open_again.command.label == ("progress of 8 Feb: “item 1” open again, 2 ew left, because the fix was none")
    later = row(done.overlay(open_again.command), 1)
    assert (later.done_on, later.spent, later.left) == (None, 7.0, 2.0)
    # A guess at what it took is none of what was spent.
    guess = told(told(state, ToldItem(2, done_on=DAY)), ToldItem(2, reopen=True), because="it came back")
    assert (row(guess, 2).spent, row(guess, 2).counted) == (0.0, True)
    with pytest.raises(Refused, match="is not done: there is nothing to open"):
        tell_progress(state, DAY, [ToldItem(1, reopen=True)], "so")


def test_less_than_before_needs_a_reason(state: State) -> None:
    later = told(state, ToldItem(1, spent=4.0))
    with pytest.raises(Refused, match=r"4\.0 ew were spent already, and 3\.0 is less: say why"):
        tell_progress(later, DAY, [ToldItem(1, spent=3.0)])
    assert row(told(later, ToldItem(1, spent=3.0), because="two weeks were another item"), 1).spent == 3.0
    add(state, Progress(id=9, item_id=1, team_id=1, spent=4.0))
    with pytest.raises(Refused, match=r"4\.0 ew were spent on it in earlier quarters"):
        tell_progress(state, DAY, [ToldItem(1, spent=3.0)], "so")
    carried = row(told(state, ToldItem(1, spent=5.5)), 1)
    assert (carried.earlier, carried.spent) == (4.0, 5.5)
    # Done without a word of this quarter's work: nobody counted that, and it was not less than before.
    ended = row(told(state, ToldItem(1, done_on=DAY)), 1)
    assert (ended.spent, ended.earlier, ended.counted) == (10.0, 4.0, False)


def test_more_than_the_high_size_is_taken_and_said(state: State) -> None:
    found = tell_progress(state, DAY, [ToldItem(2, spent=9.5), ToldItem(1, spent=10.5, left=Range(1.0))])
    assert found.notes == ("“item 2”: 9.5 ew spent is more than its high size of 9.0 ew: say what is left",)
    assert row(state.overlay(found.command), 2).spent == 9.5


@pytest.mark.parametrize(
    ("told_of", "on", "sentence"),
    [
        (ToldItem(4, spent=1.0), DAY, "is not in plan but below the line"),
        (ToldItem(1), DAY, "nothing is said of “item 1”"),
        (ToldItem(3, spent=1.0), DAY, "of several teams: say whose part .*Pay and Web"),
        (ToldItem(1, team_id=2, spent=1.0), DAY, "has no part of Web: it is of Pay"),
        (ToldItem(1, tenths=10), DAY, "tenths done are 1 to 9, not 10"),
        (ToldItem(1, done_on=date(2027, 2, 9)), DAY, "2027-02-09, which is still to come"),
        (ToldItem(1, started_on=date(2027, 2, 9)), DAY, "starts on 2027-02-09, which is still to come"),
        (ToldItem(1, done_on=date(2026, 12, 31)), DAY, "cannot have been done on 2026-12-31: the quarter begins"),
        (ToldItem(1, spent=1.0), date(2027, 1, 3), "begins on 2027-01-04, and 2027-01-03 lies before it"),
        (ToldItem(1, spent=1.0), date(2027, 4, 5), "ended on 2027-04-04, and 2027-04-05 lies after it"),
    ],
)
def test_what_cannot_be_is_a_sentence(state: State, told_of: ToldItem, on: date, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        tell_progress(state, on, [told_of])


def test_a_clock_that_was_set_back_is_told(state: State) -> None:
    with pytest.raises(Refused, match="known as of 2027-02-08, and 2027-02-01 lies before it: is the clock right"):
        tell_progress(told(state), date(2027, 2, 1), [ToldItem(1, spent=1.0)])
    closed = add(state, state.quarter.model_copy(update={"state": "closed"}))
    with pytest.raises(Refused, match="Q1 2027 is closed"):
        tell_progress(closed, DAY, [ToldItem(1, spent=1.0)])
