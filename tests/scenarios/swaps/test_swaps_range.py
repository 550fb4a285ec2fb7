"""Over which sizes a swap stays the best, and what is possible at which odds."""

from itertools import combinations, pairwise

import pytest

from scenarios.figures.sizes import Range
from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import Plan, entry_of
from scenarios.swaps import Stopped
from scenarios.swaps.flips import stretches
from scenarios.swaps.frontier import plan_frontier, request_frontier, steps
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item, propose_sizes
from store.records import State, Team
from tests.scenarios.making import add, add_item, forecast, planned
from tests.scenarios.swaps.swapping import Everything, ceiling, needs, pin


def plan_of_point(plan, point):
    """The plan of a point."""
    return plan.without(each.entry for each in point.out).plus(point.come)


def state_of(**given) -> State:
    state = planned([3.0, 1.5, 2.0, 4.0, 2.5], [18.5], **given)
    for number, value in enumerate((9, 5, 4, 12, 7), 1):
        state.tables["items"][number] = state.tables["items"][number].model_copy(update={"value": float(value)})
    return state


def sized(state: State, weeks: float) -> Trade:
    """The trade for a request of another size."""
    proposal = propose_item(state, 90)
    trade = Trade.of(state, proposal, forecast(state))
    entry = entry_of(trade.state.overlay(proposal.command), 90)
    resized = type(entry)(entry.item, (entry.sizes[0].model_copy(update={"likely": weeks}),))
    plan = trade.asked.plan
    entries = tuple(resized if each.item.id == 90 else each for each in plan.entries)
    asked = Forecast(trade.asked.draws, Plan(plan.quarter, plan.teams, plan.net, entries, plan.target))
    return Trade(state, proposal, trade.before, asked)


class TestFlips:
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_beside_every_tenth_of_a_week_solved_by_trying_every_set(self, seed):
        state = state_of(seed=seed)
        add_item(state, 90, 2.0, state="inbox", value=20.0)
        trade = Trade.of(state, propose_item(state, 90), forecast(state))
        found = stretches(trade, trade.subject, 0.5, 5.0, "value")
        assert (found[0].low, found[-1].high) == (0.5, 5.0)
        assert all(before.answer != after.answer for before, after in pairwise(found))
        assert all(0 < after.low - before.high <= 0.1 + 1e-9 for before, after in pairwise(found))
        checked = 0
        for tenth in range(5, 51):
            weeks = tenth / 10
            inside = [each for each in found if each.low <= weeks <= each.high]
            if not inside:
                continue
            asked = sized(state, weeks)
            assert asked.fits == inside[0].fits, weeks
            if not asked.fits:
                every = Everything(asked)
                best = min((every.objective("value", each.out) for each in every.fitting), default=None)
                assert (best is None) == (inside[0].swap is None), weeks
                if best is not None:
                    assert every.objective("value", inside[0].swap.out) == best, weeks
            checked += 1
        assert checked > 35

    def test_ends_that_are_not_sound_and_one_size(self):
        state = state_of()
        add_item(state, 90, 4.0, state="inbox", value=20.0)
        trade = Trade.of(state, propose_item(state, 90), forecast(state))
        for low, high in ((0.0, 2.0), (3.0, 2.0)):
            with pytest.raises(ValueError, match="two ends above 0"):
                stretches(trade, trade.subject, low, high, "value")
        (only,) = stretches(trade, trade.subject, 4.0, 4.0, "value")
        assert (only.low, only.high) == (4.0, 4.0)
        with pytest.raises(Stopped):
            stretches(trade, trade.subject, 3.0, 6.0, "value", lambda: True)


class TestRequestFrontier:
    def test_points_are_unbeaten_by_any_set_and_their_odds_are_those_of_the_trials(self):
        state = state_of()
        add_item(state, 90, 4.0, state="inbox", value=20.0)
        trade = Trade.of(state, propose_item(state, 90), forecast(state))
        marked = [Leaving(entry_of(state, 4))]
        found = request_frontier(trade, marked)
        assert (found.present.odds, found.present.value) == (trade.after(marked).odds, 12.0)
        assert len(found.points) > 3
        assert [point.odds for point in found.points] == sorted(point.odds for point in found.points)
        every = Everything(trade)
        for point in found.points:
            assert point.odds == trade.after(point.out).odds
            assert point.value == every.value(point.out)
            # A set that is as safe and displaces less would have been found at that point's level or before it.
            assert not any(each.odds >= point.odds and every.value(each.out) < point.value for each in every.sets)
        levels = [each for each in found.points if each.odds >= trade.asked.plan.target]
        assert levels[0].value == min(every.value(each.out) for each in every.sets if each.odds >= 0.70)


class TestPlanFrontier:
    @staticmethod
    def room(**given) -> State:
        state = state_of(**given)
        for number, (weeks, value) in enumerate(((1.0, 6), (2.0, 3), (3.0, 11)), 20):
            add_item(state, number, weeks, state="below", rank=30.0 + number, value=float(value))
        return state

    def test_points_are_unbeaten_and_simulated(self):
        state = self.room()
        now = forecast(state)
        found = plan_frontier(state, now)
        assert found is not None
        assert (found.present.odds, found.present.value, found.passed_over) == (now.odds, 37.0, 0)
        for before, after in pairwise(found.points):
            assert before.odds < after.odds
            assert before.value > after.value
        for point in found.points:
            assert point.odds == Forecast(now.draws, plan_of_point(now.plan, point)).odds
            assert len(list(steps(point))) == len(point.out) + len(point.come)

    @pytest.mark.parametrize("seed", [1, 2, 3, 4])
    def test_items_of_one_spread_make_the_best_plan_of_all_subsets_at_its_weeks(self, seed):
        """Without ranges, risk-adjusted weeks only grow with the weeks: no subset of less weeks is worth more than a
        point, whose plan is the best within some limit of a sum that every item of a size enters alike."""
        state = planned([2.0] * 5, [16.5], seed=seed)
        values = (9, 5, 4, 12, 7, 6, 3, 11)
        for number in (20, 21, 22):
            add_item(state, number, 2.0, state="below", rank=float(number))
        for number, value in zip((1, 2, 3, 4, 5, 20, 21, 22), values, strict=True):
            state.tables["items"][number] = state.tables["items"][number].model_copy(update={"value": float(value)})
        found = plan_frontier(state, forecast(state))
        assert found is not None
        assert len(found.points) > 3
        for point in found.points:
            count = 5 - len(point.out) + len(point.come)
            if point.value != found.present.value:
                assert point.value == max(sum(some) for some in combinations(values, count))

    def test_what_is_pinned_stays_and_what_is_needed_comes_along(self):
        state = self.room()
        pin(state, 3)
        needs(state, (22, 2))
        found = plan_frontier(state, forecast(state))
        assert found is not None
        for point in found.points:
            gone = {each.item_id for each in point.out}
            assert 3 not in gone
            if 22 in {entry.item.id for entry in point.come}:
                assert 2 not in gone

    def test_one_offs_stay_under_their_ceiling(self):
        state = self.room()
        state.tables["items"][22] = state.tables["items"][22].model_copy(update={"slice": "O"})
        ceiling(state, 10)
        now = forecast(state)
        found = plan_frontier(state, now)
        assert found is not None
        for point in found.points:
            plan = plan_of_point(now.plan, point)
            one_offs = sum(entry.ew for entry in plan.entries if entry.item.slice == "O")
            assert one_offs <= 0.1 * plan.load + 1e-6

    def test_a_team_without_capacity_takes_nothing_and_stops_nobody(self):
        state = self.room()
        add(state, Team(id=2, name="Away", position=2))
        add_item(state, 23, {2: 0.5}, state="below", rank=60.0, value=100.0)
        found = plan_frontier(state, forecast(state))
        assert found is not None
        come = {entry.item.id for point in found.points for entry in point.come}
        assert come
        assert 23 not in come

    def test_nobody_has_given_values(self):
        state = planned([2.0], [10.0])
        assert plan_frontier(state, forecast(state)) is None

    def test_it_stops(self):
        with pytest.raises(Stopped):
            plan_frontier(self.room(), forecast(self.room()), lambda: True)


def test_a_bigger_estimate_has_stretches_too():
    state = state_of()
    proposal = propose_sizes(state, 4, {1: Range(6.0)})
    trade = Trade.of(state, proposal, forecast(state))
    found = stretches(trade, trade.subject, 3.0, 8.0, "value")
    assert found[0].fits
    assert found[-1].swap is not None
    assert 4 not in {each.item_id for each in found[-1].swap.out}
