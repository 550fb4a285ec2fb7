"""What sets are measured by, which rules are said, what is asked of the linear cover: beside formulas written here."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.swaps import Swaps
from scenarios.swaps.compare import behind, measure
from scenarios.swaps.cover import UNITS, Cover, moments
from scenarios.swaps.flips import stretches
from scenarios.swaps.frontier import LEVELS, _cover
from scenarios.swaps.impossible import _held
from scenarios.swaps.pull_ins import pull_ins
from scenarios.swaps.rules import broken_by, rules_of
from scenarios.swaps.search import LADDER, Swap
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.records import Customer, State
from tests.scenarios.making import add_item, forecast, planned


def asking(state: State, weeks: float) -> Trade:
    add_item(state, 90, weeks, state="inbox", title="asked")
    return Trade.of(state, propose_item(state, 90), forecast(state))


def swap_of(*numbers: int, **values: Any) -> Swap:
    """A set of the items 1, 2, ... of a plan of three."""
    state = planned([1.0, 1.0, 1.0])
    out = tuple(Leaving(entry_of(state, number)) for number in numbers)
    given = {"odds": 0.75, "frees": 1.0, "value": None, "waiting": (), "gap": 3.5, "fits": True} | values
    return Swap(out=out, criteria=(), **given)


def test_each_criterion_measures_its_own() -> None:
    known, unknown = Customer(id=1, name="Acme", arr=5_000.0), Customer(id=2, name="Nordlys")
    swap = swap_of(1, 3, value=7.0, waiting=(known, unknown))
    # Who pays nothing that is known counts as a customer, and for no money.
    assert swap.revenue == 5_000.0
    assert measure(swap, "waiting", {}) == (5_000.0, 2.0)
    assert measure(swap, "clean", {}) == (2.0,)
    assert measure(swap, "value", {}) == (7.0,)
    assert measure(swap, "aims", {}) == (3.5,)
    assert measure(swap, "rank", {1: 4, 3: 9}) == (-4, -9)
    # What has no place in the ranking stands first.
    assert measure(swap, "rank", {3: 9}) == (0, -9)


def test_odds_are_behind_in_points() -> None:
    assert behind(swap_of(1, odds=0.71), swap_of(2, odds=0.75), "odds", {}) == pytest.approx(4.0, abs=1e-9)
    assert behind(swap_of(1, value=9.0), swap_of(2, value=4.0), "value", {}) == 5.0


def test_a_set_marked_by_hand_has_no_search_behind_it() -> None:
    swaps = Swaps(asking(planned([4.0] * 5, [26.0]), 8.0))
    marked = swaps.swap_of([swaps.options.all[0]])
    assert (marked.closed, marked.without) == (0, "")


def rules(**given: Any) -> tuple[str, ...]:
    """The rules of a trade in which nothing is special but what is given."""
    criteria = SimpleNamespace(
        ceiling=None, ceiling_words="", has_ceiling=given.get("has_ceiling", False), keeps_ceiling=lambda _: True
    )
    options = SimpleNamespace(held=given.get("held", frozenset()), requires=(), all=(1, 2))
    state = planned([1.0, 1.0])
    trade = SimpleNamespace(state=state, leavable=[entry_of(state, 1), entry_of(state, 2)])
    swaps: Any = SimpleNamespace(trade=trade, criteria=criteria, agreed=(), options=options)
    return rules_of(swaps)


def test_the_ceiling_is_said_where_there_is_one_that_no_set_keeps_and_pins_where_something_is_held() -> None:
    assert rules() == ()
    assert rules(has_ceiling=True) == (
        "no set keeps one-offs under their ceiling, so they are shown without that rule",
    )
    title = entry_of(planned([1.0, 1.0]), 2).item.title
    assert rules(held={2}) == (f"what is pinned, and what that or the request needs, stays: “{title}”",)


@pytest.mark.parametrize(
    ("opens", "ways"), [(True, "Letting it go would open"), (False, "All that is held would have")]
)
def test_what_is_held_is_named_whether_or_not_it_opens_the_way_alone(opens: bool, ways: str) -> None:
    state = planned([1.0, 1.0])
    entries = [entry_of(state, 1), entry_of(state, 2)]

    def after(out: list[Leaving]) -> Any:
        return SimpleNamespace(fits=opens and any(each.item_id == 2 for each in out))

    trade = SimpleNamespace(leavable=entries, pins={}, after=after)
    swaps: Any = SimpleNamespace(trade=trade, options=SimpleNamespace(held={1, 2}))
    said = [str(each) for each in _held(swaps, [])]
    assert len(said) == (1 if opens else 2)
    assert all(ways in each for each in said)
    assert entries[1].item.title in said[-1]


def test_more_is_asked_from_rung_to_rung_and_a_frontier_at_odds() -> None:
    assert all(low < high for low, high in pairwise(LADDER))
    assert all(low < high for low, high in pairwise((0.0, *LEVELS, 1.0)))


@pytest.mark.parametrize("weeks", [4.0, 0.2])
def test_the_cover_asks_from_each_teams_own_need_to_twice_all(weeks: float) -> None:
    """Small plans, too, in which the slack varies by less than a week."""
    state = planned([{1: weeks, 2: weeks}] * 5, [6.5 * weeks, 6.4 * weeks])
    add_item(state, 90, {1: 2 * weeks, 2: 2 * weeks}, state="inbox")
    trade = Trade.of(state, propose_item(state, 90), forecast(state))
    cover = Cover.of(Swaps(trade).options)
    assert cover.teams == (1, 2)
    assert (cover.least < cover.needs).all()
    for share, ew in ((1.0, cover.needs), (2.0, 2 * cover.needs)):
        assert cover.rows(share)[1] / UNITS == pytest.approx(ew, abs=0.002), share
    # A little less than the least, so that no set that fits is passed over.
    least = cover.rows(0.0)[1] / UNITS
    assert (0.9 * cover.least < least).all()
    assert (least < cover.least).all()
    for row, team_id in enumerate(cover.teams):
        for at, each in enumerate(cover.options.all):
            mean, variance = moments(trade.asked, each.entry, team_id)
            slack = trade.asked.slack[team_id]
            z = (float(slack.mean()) + float(cover.needs[row])) / float(slack.std())
            assert cover.frees[row, at] == pytest.approx(mean + z / (2 * float(slack.std())) * variance)
            # An item that may take longer frees more than its mean.
            assert cover.frees[row, at] > mean


@pytest.mark.parametrize("weeks", [4.0, 0.2])
def test_at_good_odds_an_item_costs_more_than_its_mean(weeks: float) -> None:
    state = planned([weeks] * 4, [6.5 * weeks])
    now = forecast(state)
    costs, _ = _cover(now, list(now.plan.entries), 0.9)
    means = [moments(now, entry, 1)[0] for entry in now.plan.entries]
    assert (np.array(costs[0]) > np.array(means) * 1.001).all()


def test_a_dispute_below_a_week_is_solved() -> None:
    trade = asking(planned([1.0] * 4, [6.0]), 0.8)
    found = stretches(trade, trade.subject, 0.4, 0.9, "clean")
    assert (found[0].low, found[-1].high) == (0.4, 0.9)


def test_a_target_that_is_met_exactly_is_met() -> None:
    trade = asking(planned([6.0, 4.0], [11.0]), 3.0)
    odds = trade.after((Leaving(entry_of(trade.state, 1)),)).judged
    assert 0 < odds < 1
    found = []
    for target in (odds, math.nextafter(odds, 1)):
        asked = Forecast(trade.asked.draws, replace(trade.asked.plan, target=target), trade.asked)
        swaps = Swaps(Trade(trade.state, trade.proposal, trade.before, asked))
        number = swaps.options.number_of(Leaving(entry_of(trade.state, 1)))
        found.append((swaps.reaches([number]), swaps.may_reach([number])))
    assert found == [(True, True), (False, False)]


def test_a_set_of_more_items_than_are_offered_says_so() -> None:
    trade = asking(planned([1.0] * 8, [20.0]), 9.0)
    out = [Leaving(entry_of(trade.state, number)) for number in range(1, 8)]
    assert broken_by(Swaps(trade), out[:6]) == ()
    assert broken_by(Swaps(trade), out) == ("touches more than 6 items",)


def test_what_just_fits_comes_in() -> None:
    """Of an item that takes nearly all of the room, its likely size included."""
    state = planned([6.0, 4.0], [20.0])
    trade = asking(state, 1.0)
    swap = Swaps(trade).swap_of([Leaving(entry_of(state, 1))])
    room = trade.after(swap.out).room[1]
    least = forecast(state).plan.target
    for tenths in range(99, 50, -1):
        likely = math.floor(room * tenths) / 100
        add_item(state, 20, likely, state="below")
        now = Trade.of(state, trade.proposal, forecast(state))
        after = now.after(swap.out)
        if after.odds_if(come=(entry_of(state, 20),)) >= least:
            break
    assert 1.4 * likely > room
    assert [entry.item.id for entry in pull_ins(now, after, swap)] == [20]
