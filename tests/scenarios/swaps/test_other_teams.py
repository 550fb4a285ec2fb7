"""What a swap asks of a team that is not short is said, and why."""

from __future__ import annotations

from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of, plan_of
from scenarios.swaps.compare import in_order
from scenarios.swaps.other_teams import other_teams_words
from scenarios.swaps.search import Swaps, own_first
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_capacity, propose_item
from store.records import Capacity, State
from tests.scenarios.making import add, add_item, empty, wait
from tests.scenarios.negotiating import customer


def room() -> State:
    """Pay and Web are nearly full; what asks is Pay's."""
    state = empty((12.0, 12.0))
    for number, team in ((1, 1), (2, 1), (3, 2), (4, 2)):
        add_item(state, number, {team: 4.0})
    add_item(state, 5, {1: 1.0, 2: 1.0})
    add_item(state, 9, {1: 3.0}, state="below")
    return state


def words(state: State, *numbers: int) -> str:
    trade = Trade.of(state, propose_item(state, 9), forecast_of(state))
    return other_teams_words(trade, [Leaving(entry_of(state, number)) for number in numbers])


def test_another_team_that_gives_is_named_with_the_reason() -> None:
    state = room()
    assert words(state, 1, 2) == ""
    assert words(state, 1, 3) == "Web gives for Pay: the target is of the whole plan, so the odds of every team count"
    # What is of both leaves for the one that asks.
    assert words(state, 5) == ""


def test_a_team_that_lost_capacity_is_the_one_that_asks() -> None:
    state = room()
    trade = Trade.of(state, propose_capacity(state, {2: 8.0}), forecast_of(state))
    assert other_teams_words(trade, [Leaving(entry_of(state, 1))]).startswith("Pay gives for Web: ")
    assert other_teams_words(trade, [Leaving(entry_of(state, 3))]) == ""


def test_with_the_target_of_each_team_the_short_team_gives_alone() -> None:
    state = room()
    add(state, state.quarter.model_copy(update={"target_for": "team"}))
    trade = Trade.of(state, propose_item(state, 9), forecast_of(state))
    assert trade.needs_choice
    assert set(trade.asked.short) == {1}
    for swap in Swaps(trade).best():
        assert other_teams_words(trade, swap.out) == ""


def test_three_teams_are_listed_as_a_sentence_does() -> None:
    state = empty((12.0, 12.0, 12.0, 12.0))
    for number in (1, 2, 3, 4):
        add_item(state, number, {number: 8.0})
    add_item(state, 9, {1: 6.0}, state="below")
    names = [team.name for team in plan_of(state).teams]
    assert words(state, 2, 3, 4).startswith(f"{names[1]}, {names[2]} and {names[3]} give for {names[0]}: ")


def test_sets_in_which_the_asking_team_gives_come_first() -> None:
    """Least value leaves with the other team's work, for which somebody waits; Pay's own is worth more."""
    state = empty((12.0, 13.0))
    for number, (team, ew, value) in enumerate(
        ((1, 2, 20), (1, 2, 30), (1, 2, 25), (2, 4, 2), (2, 3, 1), (2, 2, 1)), 1
    ):
        add_item(state, number, {team: float(ew)}, value=float(value))
    wait(state, 4, customer(state, 1, "Acme", 9_000.0))
    wait(state, 5, customer(state, 2, "Globex", 8_000.0))
    wait(state, 6, customer(state, 3, "Initech", 8_000.0))
    add_item(state, 9, {1: 2.5}, state="below", value=60.0)
    trade = Trade.of(state, propose_item(state, 9), forecast_of(state))
    rows = Swaps(trade).best()
    gives = [bool(other_teams_words(trade, swap.out)) for swap in rows]
    assert gives[0] is False
    assert "value" in rows[-1].criteria
    assert gives == sorted(gives)
    assert [swap.by_others for swap in own_first(in_order(rows, "value", {}))] == gives


def test_where_each_team_has_its_own_target_it_says_whether_that_is_met() -> None:
    state = room()
    add(state, state.quarter.model_copy(update={"target_for": "team"}))
    assert words(state, 1, 3) == "Web gives for Pay, though its own target is met"
    short = state.all(Capacity)[2].model_copy(update={"net": 1.0})
    add(state, short)
    assert words(state, 1, 3) == "Web gives for Pay, being short too"
