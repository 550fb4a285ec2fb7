"""Adoption is read 90 days after what shipped was done, against the aim on its card: hand-worked."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from scenarios.graded.adoption import adoption_due, adoption_of
from scenarios.graded.answers import ReadAdoption, ToldAnswer, tell_outcome
from scenarios.graded.rows import quarters_on_record
from scenarios.month.month import month_of
from scenarios.reports.month_paper import month_paper
from scenarios.reports.quarter_paper import quarter_paper
from scenarios.trade.door import forecast_of
from store.common.errors import Refused
from store.records import Item, Move, Outcome
from tests.scenarios.making import add, add_item, empty
from tests.scenarios.negotiating import card, decision, stored

#: The quarter of what is asked for was closed on this day; 90 days on it is 30 June.
CLOSED, DUE = date(2027, 4, 1), date(2027, 6, 30)
TODAY = date(2027, 7, 10)


@pytest.fixture
def state():
    """Items 1 to 4 done: 1 with a success measure and an aim of 60%, 2 with a measure alone, 3 with neither; 4 was
    not done. Of a file, item 9 with an aim, of which no day is known."""
    state = empty()
    decision(state, 7, kind="close", at=datetime(2027, 4, 1, 9, tzinfo=UTC))
    for number in (1, 2, 3, 4):
        add_item(state, number, 2.0, title=f"item {number}", state="done" if number < 4 else "plan")
        became = "done" if number < 4 else "unfinished"
        row = {"id": number, "quarter": "Q1", "number": 8108, "title": f"item {number}", "item_id": number}
        add(state, Outcome.model_validate({**row, "became": became}))
        if number < 4:
            add(state, Move(id=number, decision_id=7, item_id=number, kind="out", title=f"item {number}", ew=2.0))
    card(state, 1, success="8 of 10 export", adoption_aim=0.6)
    card(state, 2, success="no ticket")
    card(state, 4, success="never shipped", adoption_aim=0.5)
    add(state, Outcome(id=9, quarter="Q4 2026", number=8107, title="old", adoption_aim=0.3))
    return state


def read(state, number, adopted, could, on=None, use=None):
    return stored(state, tell_outcome(state, number, ToldAnswer(use), ReadAdoption(adopted, could, on), TODAY))


def words(state):
    return {row.outcome.title: row.words for row in adoption_of(state, state.each(Outcome))}


def due(state, today):
    return [row.outcome.title for row in adoption_due(state, today)]


def test_it_is_asked_90_days_after_it_shipped_and_not_a_day_before(state):
    assert timedelta(days=90) == DUE - CLOSED
    assert due(state, date(2027, 6, 29)) == []
    assert due(state, DUE) == due(state, TODAY) == ["item 1", "item 2"]
    unknown = "not known yet, to be read on 2027-06-30"
    assert words(state) == {"item 1": unknown, "item 2": unknown, "old": "not known yet"}


def test_not_known_yet_comes_back_and_nobody_is_an_answer(state):
    assert due(read(state, 1, None, 12), TODAY) == ["item 1", "item 2"]
    none = read(state, 1, 0, 12)
    assert due(none, TODAY) == ["item 2"]
    (row,) = (row for row in adoption_of(none, none.each(Outcome)) if row.outcome.id == 1)
    assert (row.share.value, row.share.text, row.reached) == (0, "0% (n = 12, under 20)", False)
    assert none.all(Outcome)[1].use == "nobody"


@pytest.mark.parametrize(
    ("adopted", "could", "said"),
    [
        # 12/20 = 60% is the aim; 11/20 = 55%; 5/8 = 62.5%; under 5 nothing is said.
        (12, 20, "12 of 20 accounts, 60%: the aim of 60% is reached"),
        (11, 20, "11 of 20 accounts, 55%: below the aim of 60%"),
        (5, 8, "5 of 8 accounts, 62.5%: the aim of 60% is reached; n under 20, a hint and no more"),
        (0, 6, "0 of 6 accounts, 0%: below the aim of 60%; n under 20, a hint and no more"),
        (3, 4, "3 of 4 accounts: n under 5, nothing can be said"),
        (0, 0, "no account could use it"),
        (7, None, "7 accounts, of how many is not known"),
    ],
)
def test_against_the_aim_by_hand(state, adopted, could, said):
    after = read(state, 1, adopted, could)
    assert words(after)["item 1"] == said
    (row,) = (row for row in adoption_of(after, after.each(Outcome)) if row.outcome.id == 1)
    assert row.share.value == (Fraction(adopted, could) if could and could >= 5 else None)
    assert dict(row.share.inputs)["aim"] == "60%"


def test_without_an_aim_it_is_told_all_the_same(state):
    assert words(read(state, 2, 10, 40))["item 2"] == "10 of 40 accounts, 25%: no aim on its card"
    # Nobody asks of what has neither a measure nor an aim, and what is told of it is kept.
    assert words(read(state, 3, 10, 40))["item 3"] == "10 of 40 accounts, 25%: no aim on its card"
    assert words(read(state, 9, 10, 40))["old"] == "10 of 40 accounts, 25%: below the aim of 30%"


def test_what_was_read_says_who_uses_it_where_nobody_had(state):
    after = read(state, 1, 7, 9)
    assert (after.all(Outcome)[1].use, after.all(Outcome)[1].users) == ("more", 7)
    assert (after.all(Outcome)[1].adoption_on) == TODAY
    told = read(state, 1, 7, 9, date(2027, 7, 1), "one or two")
    assert (told.all(Outcome)[1].use, told.all(Outcome)[1].adoption_on) == ("one or two", date(2027, 7, 1))
    taken_back = read(told, 1, None, None)
    assert taken_back.all(Outcome)[1].adoption_on is None


@pytest.mark.parametrize(
    ("adopted", "could", "on", "field", "said"),
    [
        (9, 8, None, "adopted", "9 accounts cannot have adopted what 8 could use"),
        (1.5, 8, None, "adopted", "whole number"),
        (-1, 8, None, "adopted", "whole number"),
        (1, -8, None, "could_adopt", "whole number"),
        (1, 8, date(2027, 7, 11), "adoption_on", "still to come"),
    ],
)
def test_what_cannot_be_is_said(state, adopted, could, on, field, said):
    with pytest.raises(Refused, match=said) as refused:
        read(state, 1, adopted, could, on)
    assert refused.value.field == field


def test_what_was_not_done_has_none(state):
    assert "item 4" not in words(state)
    with pytest.raises(Refused, match="was not done"):
        read(state, 4, 1, 2)
    assert state.all(Item)[4].state == "plan"


def test_the_month_and_the_quarter_graded_ask_for_it(state):
    add(state, Item.model_validate({**state.all(Item)[4].model_dump(), "state": "below"}))
    part = month_paper(state, month_of(state, forecast_of(state), date(2027, 6, 1), TODAY)).parts[7]
    assert [sentence.words for sentence in part.sentences] == [
        "No exception stands.",
        "Shipped is not done: item 1 of Q1: adoption not known yet, to be read on 2027-06-30, aim 60%.",
        "Shipped is not done: item 2 of Q1: adoption not known yet, to be read on 2027-06-30, no aim on its card.",
    ]
    later = read(read(state, 1, 3, 20), 2, 0, 0)
    assert adoption_due(later, TODAY) == ()
    (quarter,) = (one for one in quarters_on_record(later) if one.number == 8108)
    parts = {part.heading: part for part in quarter_paper(later, quarter, TODAY).parts}
    assert "Adoption to be read" not in parts
    shown = parts["Adoption after 90 days: shipped is not done"]
    assert shown.sentences[0].words == "Of 2 items, 0 reached the aim and 1 did not; of 1 it cannot be said."
    assert [row.cells for row in shown.tables[0].rows] == [
        ("item 1", "8 of 10 export", "60%", "3 of 20, 15%", "below it"),
        ("item 2", "no ticket", "none", "nobody could use it", ""),
    ]


@pytest.mark.parametrize(
    ("adopted", "could", "counts", "so"),
    [
        (None, None, "not known yet", "read on 2027-06-30"),
        (12, 20, "12 of 20, 60%", "reached"),
        (5, 9, "5 of 9, 55.6%", "below it, a hint"),
        (3, 4, "3 of 4", "too few to say"),
        (7, None, "7 accounts of ?", ""),
    ],
)
def test_in_two_short_cells(state, adopted, could, counts, so):
    after = read(state, 1, adopted, could)
    (row,) = (row for row in adoption_of(after, after.each(Outcome)) if row.outcome.id == 1)
    assert (row.counts, row.so) == (counts, so)
