"""Capacity that changes in a quarter that runs: what is left of it follows, and what lies behind is said to."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.capacity.days_off import remove_absence
from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.draft_changes import Changes
from scenarios.capacity.edits import remove_person
from scenarios.capacity.words import past_notes
from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import plan_of
from store.records import Capacity, Quarter, State
from tests.scenarios.making import add, add_item
from tests.scenarios.working_time.capacity_making import away, person, quarter_of

FIRST, LAST = date(2027, 1, 4), date(2027, 4, 4)


@pytest.fixture
def state() -> State:
    """Three engineers, the first away in week 2 and the second in week 10; it is the Monday of week 6."""
    found = quarter_of(FIRST, LAST, person(), person(2), person(3))
    add(found, away(1, date(2027, 1, 11), date(2027, 1, 17)), away(2, date(2027, 3, 8), date(2027, 3, 14), 2))
    add(found, Quarter(id=1, name="Q", starts=FIRST, ends=LAST, progress_on=date(2027, 2, 8)))
    add(found, Capacity(id=1, quarter_id=1, team_id=1, net=37.0))
    for number in range(1, 6):
        add_item(found, number, 4.0)
    return found


def test_a_draft_has_the_odds_that_it_will_have(state: State) -> None:
    base = Forecast(Draws(7), plan_of(state))
    draft = remove_person(CapacityDraft(state), 3)
    later = plan_of(draft.state)
    # 11 of two people's 24 weeks come after week 5: 8 each, but for one away.
    assert later.left_of(1) == pytest.approx(15.0)
    found = Changes.none(state).with_draft(draft).after(base)
    assert found.odds == Forecast(Draws(7), later).odds
    assert found.plan.moment == later.moment


def test_what_lies_behind_is_said_to(state: State) -> None:
    before = plan_of(state)
    assert before.left_of(1) == pytest.approx(23.0)
    gone = plan_of(remove_absence(CapacityDraft(state), 1).state)
    assert (gone.net[1], gone.left_of(1)) == (38.0, pytest.approx(23.0))
    (note,) = past_notes(before, gone)
    assert note == (
        "Pay: all of that lies before 8 Feb, as of which progress is known: what is left of its capacity stays as it is"
    )
    ahead = plan_of(remove_absence(CapacityDraft(state), 2).state)
    assert (ahead.left_of(1), past_notes(before, ahead)) == (pytest.approx(24.0), [])
