"""What a forecast takes over from another one, or stops early at, is what it would be afresh."""

from datetime import date

import pytest

from scenarios.odds.draws import Draws
from scenarios.odds.finished_quarters import capacities_of, needed_ratio
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TYPICAL
from scenarios.plan.plan import Entry, Plan
from store.records import Delivered, Quarter
from tests.scenarios.making import add, empty, forecast, item, plan, planned, size

BASE = forecast(planned([{1: 3.0}, {1: 4.0, 2: 2.0}, {2: 5.0}, {1: 2.0}], [12.0, 10.0]))


def afresh(of: Forecast, changed: Plan) -> Forecast:
    return Forecast(Draws(of.draws.seed, of.draws.models), changed)


def alike(one: Forecast, other: Forecast) -> None:
    assert one.odds == other.odds
    assert one.item_odds == other.item_odds
    assert one.load_range == pytest.approx(other.load_range)


@pytest.mark.parametrize("at", range(4))
def test_without_an_item(at: int) -> None:
    rest = BASE.plan.without((BASE.plan.entries[at],))
    alike(Forecast(BASE.draws, rest, BASE), afresh(BASE, rest))


def test_with_another_one() -> None:
    more = BASE.plan.plus((Entry(item(9), (size(9, 2, 1.5),)),))
    alike(Forecast(BASE.draws, more, BASE), afresh(BASE, more))


def test_on_other_capacity() -> None:
    other = BASE.with_capacity({2: 7.0})
    alike(other, forecast(planned([{1: 3.0}, {1: 4.0, 2: 2.0}, {2: 5.0}, {1: 2.0}], [12.0, 7.0])))
    assert other.plan.target == BASE.plan.target
    raised = BASE.with_capacity({}, target=0.9)
    assert (raised.plan.target, raised.odds) == (0.9, BASE.odds)
    assert BASE.plan.target == 0.7


def test_one_item_s_odds_are_its_own_wherever_they_are_asked_first() -> None:
    every = afresh(BASE, BASE.plan).item_odds
    for number in (4, 1, 3):
        assert afresh(BASE, BASE.plan).item_odds_of(number) == every[number]
    with pytest.raises(KeyError):
        afresh(BASE, BASE.plan).item_odds_of(77)


def test_two_teams_that_are_both_over_give_in_steps_that_are_fair() -> None:
    """Alone, neither could bring the plan back; together they give about what is over, and not much more."""
    over = forecast(planned([{1: 12.0}, {2: 12.0}], [10.0, 10.0]))
    short = over.short
    assert set(short) == {1, 2}
    assert short[1] == pytest.approx(short[2], abs=0.7)
    left = {number: 12.0 - weeks for number, weeks in short.items()}
    # What is left fits, and with half a week more on each it would not.
    assert over.with_capacity({key: 10.0 + short[key] * 1.1 for key in short}).odds > 0.6
    assert all(2.0 < weeks < 9.5 for weeks in left.values()), left


@pytest.mark.parametrize("odds", [0.5, 0.7, 0.9])
def test_what_a_plan_of_twenty_items_needs(odds: float) -> None:
    needed = needed_ratio(TYPICAL, odds)
    twenty = plan([1.0] * 20, [20 * needed], target=odds)
    entries = tuple(Entry(item(at, draw=at - 1), entry.sizes) for at, entry in enumerate(twenty.entries, 1))
    drawn = Forecast(Draws(0, {1: TYPICAL}), Plan(twenty.quarter, twenty.teams, dict(twenty.net), entries))
    assert drawn.odds == pytest.approx(odds, abs=0.002)


def test_only_finished_quarters_tell_of_capacity() -> None:
    state = empty()
    add(state, Quarter(id=2, name="Q2", starts=date(2027, 4, 1), ends=date(2027, 6, 30)))
    now = state.number_of(state.quarter)
    for number in (now - 1, now, now + 1):
        add(state, Delivered(id=number + 9, quarter=f"Q{number}", team_id=1, number=number, planned=10.0, net=8.0))
    assert [row.number for row in capacities_of(state, 1)] == [now - 1]
