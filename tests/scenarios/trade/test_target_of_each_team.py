"""The target of each team: what fits, what is short, what fills take and swaps give up, against slow oracles."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.flip_point import flip_point
from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entries_of, entry_of
from scenarios.snapshots import freeze
from scenarios.snapshots.restore import restore
from scenarios.snapshots.text import from_toml, to_toml
from scenarios.snapshots.thaw import forecast_of_frozen
from scenarios.swaps.search import Swaps
from scenarios.trade.changes import fill, fill_command
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.guard import guard
from scenarios.trade.proposals import propose_capacity, propose_item
from scenarios.verdict.settlement import filled_for
from store.records import Command, Quarter, Shortfall, Size, State, TargetFor
from tests.scenarios.making import add, add_item, empty, planned

few = settings(max_examples=25, deadline=None)


def of_each(state: State, target_for: TargetFor | None = "team") -> State:
    """The same with the target of each team."""
    return add(state, state.quarter.model_copy(update={"target_for": target_for}))


def room(seed: int = 7) -> State:
    """Three teams of 12 ew, each filled to about four fifths: each is sound alone, all together are not."""
    state = empty((12.0, 12.0, 12.0), seed=seed)
    for number in range(1, 10):
        add_item(state, number, {1 + number % 3: 3.0}, value=float(number))
    return of_each(state)


def reached(forecast: Forecast) -> bool:
    """Whether each team finishes often enough, counted team by team on its trials."""
    target = forecast.plan.target
    return all(np.mean(slack >= 0) >= target for slack in forecast.slack.values())


SIZES = st.lists(st.tuples(st.integers(1, 3), st.floats(0.5, 6.0)), max_size=6)


@few
@given(SIZES, st.tuples(*[st.floats(0.0, 20.0)] * 3), st.sampled_from((0.3, 0.7, 0.9)))
def test_what_fits_and_what_is_short_is_each_teams_own(sizes, net, target):
    state = of_each(planned([{team: ew} for team, ew in sizes], net, target=target))
    found = forecast_of(state)
    assert found.fits == reached(found)
    assert found.judged == min(found.team_odds.values())
    assert found.odds <= found.judged
    for key, slack in found.slack.items():
        own = np.mean(slack >= 0)
        if own >= target:
            assert key not in found.short
            # So much more still reaches the target, and any more does not.
            assert np.mean(slack - found.room[key] >= 0) >= target > np.mean(slack - found.room[key] - 1e-6 >= 0)
        else:
            assert found.room[key] == 0
            assert np.mean(slack + found.short[key] >= 0) >= target > np.mean(slack + found.short[key] - 1e-6 >= 0)


def test_a_single_teams_target_is_the_plans():
    for ew in (5.0, 9.0, 12.0):
        whole, each = (forecast_of(of_each(planned([ew], (12.0,)), of)) for of in ("plan", "team"))
        assert (whole.fits, whole.room, whole.short) == (each.fits, each.room, each.short)


def test_nobody_has_decided_is_the_whole_plan():
    state = of_each(room(), None)
    assert not forecast_of(state).plan.each_team
    assert forecast_of(state).fits == (forecast_of(state).odds >= 0.7)


@pytest.mark.parametrize("target_for", ["plan", "team"])
@pytest.mark.parametrize("go_on", [False, True])
def test_a_fill_takes_what_one_item_after_the_other_would(target_for, go_on):
    state = of_each(empty((12.0, 9.0, 6.0)), target_for)
    sizes = [{1: 4.0}, {2: 7.0}, {1: 5.0}, {1: 1.0, 2: 1.0}, {2: 2.0}, {3: 5.5}, {3: 1.0}, {1: 0.5}, {2: 0.2}, {3: 0.2}]
    for number, size in enumerate(sizes, 1):
        add_item(state, number, size, state="below")
    before = forecast_of(state)
    filled = fill(state, before, go_on=go_on)
    # Slowly: a forecast afresh for each item, in rank order.
    taken, shut, closed = [], set(), {}
    for entry in entries_of(state, "below"):
        teams = {size.team_id for size in entry.sizes}
        if teams & shut:
            continue
        later = Forecast(before.draws, before.plan.plus([*taken, entry]))
        odds = {key: later.team_odds[key] if target_for == "team" else later.odds for key in teams}
        full = {key for key, each in odds.items() if each < 0.7}
        if not full:
            taken.append(entry)
            continue
        closed |= {key: entry.item.id for key in sorted(full) if key not in closed}
        shut |= set() if go_on else full
    assert [entry.item.id for entry in filled.taken] == [entry.item.id for entry in taken]
    assert {key: entry.item.id for key, entry in filled.closed.items()} == closed
    assert filled.odds == Forecast(before.draws, before.plan.plus(taken)).odds
    assert closed, "an oracle that never says no says nothing"
    words = filled.closed_words(before.plan)
    assert all(f"at “item {number}”" in words for number in closed.values())


def test_each_choice_plans_what_it_promised():
    state = of_each(empty((12.0, 12.0, 12.0, 12.0)), None)
    for number in range(1, 21):
        add_item(state, number, {1 + number % 4: 2.0}, state="below")
    before = forecast_of(state)
    loads = {}
    for target_for in ("plan", "team"):
        promised = filled_for(state, before, target_for)
        chosen = state.overlay(propose_capacity(state, {}, target_for=target_for).command)
        then = forecast_of(chosen)
        after = forecast_of(chosen.overlay(fill_command(chosen, fill(chosen, then), then)))
        assert {entry.item.id for entry in after.plan.entries} == {entry.item.id for entry in promised.plan.entries}
        assert (after.odds, after.judged, after.fits) == (promised.odds, promised.judged, True)
        loads[target_for] = after.plan.load
    assert loads["plan"] < loads["team"]


def test_the_best_swap_is_the_best_of_all_sets():
    state = room()
    add_item(state, 20, {1: 5.0}, state="below", value=50.0)
    trade = Trade.of(state, propose_item(state, 20), forecast_of(state))
    assert trade.needs_choice
    swap = Swaps(trade).ranked("value", 1)[0]
    sets = (each for size in range(1, 5) for each in combinations(trade.leavable, size))
    value, best = min(
        (sum(entry.item.value for entry in out), [entry.item.id for entry in out])
        for out in sets
        if reached(trade.after(Leaving(entry) for entry in out))
    )
    assert (swap.value, sorted(each.item_id for each in swap.out)) == (value, sorted(best))
    assert swap.fits
    # What the other teams have is of no use to the one that is short.
    assert {size.team_id for each in swap.out for size in each.entry.sizes} == {1}


def test_a_dispute_flips_where_the_team_no_longer_fits():
    state = room()
    before, entry = forecast_of(state), entry_of(state, 3)
    at = flip_point(before, entry, 0.1, 30.0).at
    for size, fits in ((at * 0.999, True), (at * 1.001, False)):
        other = of_each(room())
        (row,) = (each for each in other.each(Size) if each.item_id == 3)
        add(other, row.model_copy(update={"likely": size}))
        assert forecast_of(other).fits == fits


def test_the_choice_goes_through_the_door_and_the_guard_watches_it():
    state = room()
    fine = forecast_of(state)
    assert fine.fits
    assert fine.odds < 0.7
    back = propose_capacity(state, {}, target_for="plan")
    assert back.kind == "target"
    assert back.title == "target 70% of each team → 70% of the whole plan"
    assert Trade.of(state, back, fine).needs_choice
    left_open = guard(state, back.command, "back")
    assert [put.odds for put in left_open.puts if isinstance(put, Shortfall)] == [fine.odds]
    less = propose_capacity(state, {1: 8.0})
    later = state.overlay(less.command)
    (shortfall,) = (put for put in guard(state, less.command, "x").puts if isinstance(put, Shortfall))
    # It names the odds that the target is held against.
    assert shortfall.odds == min(forecast_of(later).team_odds.values())
    assert not any(isinstance(put, Shortfall) for put in guard(state, Command("x", "x"), "x").puts)


def test_it_is_in_snapshots_and_old_ones_read_as_before():
    state = room()
    frozen = freeze(state)
    text = to_toml(frozen)
    assert from_toml(text) == frozen
    assert forecast_of_frozen(frozen).judged == forecast_of(state).judged
    assert 'target_for = "team"' in text
    whole = of_each(room(), None)
    assert "target_for" not in to_toml(freeze(whole))
    again = whole.overlay(restore(whole, frozen).proposal.command)
    (quarter,) = again.each(Quarter)
    assert quarter.target_for == "team"
