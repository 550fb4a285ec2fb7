"""How the success test of a pilot or a proof of concept ended."""

from datetime import date, timedelta

import pytest

from scenarios.decisions.log_words import way_words
from scenarios.trade.trials import end_trial, trial_of, trial_words
from store.common.errors import Refused
from store.records.negotiation import WayOut
from tests.scenarios.making import NOON, add, add_item, empty
from tests.scenarios.negotiating import decision, stored

TODAY = date(2027, 3, 20)


@pytest.fixture
def state():
    """A pilot with 4 customers that was agreed on after a proof of concept, and a decline; item 2 has none of them."""
    state = empty()
    add_item(state, 1, 2.0, title="Audit log")
    add_item(state, 2, 2.0, title="Search")
    for number, kind in ((1, "proof of concept"), (3, "decline"), (2, "pilot")):
        decision(state, number, item_id=1, at=NOON + timedelta(days=number))
        given = {"customers": 4, "test": "[b]weekly use[/b]"} if kind == "pilot" else {"test": "it runs"}
        add(state, WayOut(id=number, item_id=1, decision_id=number, kind=kind, **given))
    return state


def told(state, *said):
    return stored(state, end_trial(state, 1, *said, TODAY))


def test_the_last_one_is_told_of(state):
    assert trial_of(state, 1).kind == "pilot"
    assert trial_of(state, 2) is None
    assert trial_words(trial_of(state, 1)) == (
        "pilot with 4 customers, to show: [b]weekly use[/b]; not known yet whether its test was met"
    )


@pytest.mark.parametrize(
    ("result", "met_by", "said"),
    [
        ("met", 3.0, "test met by 3 of 4 customers, 2027-03-14"),
        ("Miss", 1.0, "test missed, 1 of 4 customers met it, 2027-03-14"),
        ("missed", 0.0, "test missed, 0 of 4 customers met it, 2027-03-14"),
        ("met", None, "test met, 2027-03-14"),
    ],
)
def test_met_or_missed_and_by_how_many(state, result, met_by, said):
    command = end_trial(state, 1, result, met_by, date(2027, 3, 14), TODAY)
    assert command.label == f"pilot of “Audit log”: {said}"
    way = trial_of(stored(state, command), 1)
    assert trial_words(way).endswith(f"; {said}")
    assert way_words(way, state).endswith(f", {said}")
    assert end_trial(stored(state, command), 1, result, met_by, date(2027, 3, 14), TODAY).empty


def test_the_day_is_today_unless_said_and_stays(state):
    later = told(state, "met", 2.0, None)
    assert trial_of(later, 1).ended == TODAY
    assert trial_of(told(told(state, "met", 2.0, date(2027, 2, 1)), "missed", 2.0, None), 1).ended == date(2027, 2, 1)


def test_open_takes_it_back_and_stays_unknown(state):
    assert end_trial(state, 1, "open", None, None, TODAY).empty
    way = trial_of(told(told(state, "met", 2.0, None), "open", None, None), 1)
    assert (way.met, way.met_by, way.ended) == (None, None, None)
    assert "test" not in way_words(way, state).replace("test: [b]", "")


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        (("great", None, None), "met", "met or missed, or is still open"),
        (("", None, None), "met", "met or missed, or is still open"),
        (("met", 5.0, None), "met_by", "agreed on with 4 customers"),
        (("met", 0.0, None), "met_by", "nobody met was missed"),
        (("met", 1.5, None), "met_by", "whole number"),
        (("met", -1.0, None), "met_by", "whole number"),
        (("open", 2.0, None), "met_by", "known once"),
        (("met", 2.0, date(2027, 3, 21)), "ended", "still to come"),
    ],
)
def test_what_cannot_be_is_said(state, said, field, words):
    with pytest.raises(Refused, match=words) as refused:
        told(state, *said)
    assert refused.value.field == field


def test_where_none_was_agreed_on(state):
    with pytest.raises(Refused, match="No pilot and no proof of concept was agreed on for “Search”"):
        end_trial(state, 2, "met", None, None, TODAY)
