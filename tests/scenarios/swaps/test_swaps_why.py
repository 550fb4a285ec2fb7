"""What is said about the best swaps: why a set, why not another, at what price, and why there is none."""

from itertools import combinations

import pytest

from scenarios.odds.team_model import mean_of
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entries_of, entry_of
from scenarios.swaps import Stopped, Swaps
from scenarios.swaps.explain import claim, necessity, why_not
from scenarios.swaps.impossible import why_impossible
from scenarios.swaps.prices import prices
from scenarios.swaps.pull_ins import pull_ins
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_capacity, propose_item
from store.records import Dependency, Item, Pin, State
from tests.scenarios.making import add_item, forecast, planned
from tests.scenarios.swaps.swapping import Everything, ceiling, needs, pin, trades


def asking(state: State, weeks: float, **given) -> Trade:
    """A trade for a request of so many weeks on the first team."""
    add_item(state, 90, weeks, state="inbox", title="asked", **given)
    return Trade.of(state, propose_item(state, 90), forecast(state))


def valued(state: State, *values: float) -> State:
    """The state with these values for items 1, 2, ..."""
    for number, value in enumerate(values, 1):
        state.tables["items"][number] = state.tables["items"][number].model_copy(update={"value": value})
    return state


def again(trade: Trade) -> Trade:
    """The trade of a state that has been changed."""
    return Trade.of(trade.state, trade.proposal, forecast(trade.state))


class TestNecessity:
    def test_each_part_with_the_odds_if_it_alone_stayed(self):
        for _, trade in trades(6, first=30):
            swaps = Swaps(trade)
            for swap in swaps.best():
                for needed in necessity(swaps, swap):
                    rest = [each for each in swap.out if each is not needed.out]
                    assert needed.odds == trade.after(rest).odds
                assert [each.out for each in necessity(swaps, swap)] == list(swap.out)

    def test_nothing_in_a_best_set_is_there_for_nothing(self):
        for _, trade in trades(10, first=30):
            swaps = Swaps(trade)
            if trade.state.all(Dependency):
                continue
            for swap in swaps.ranked("clean", 3):
                assert all(each.odds < trade.asked.plan.target for each in necessity(swaps, swap))


class TestClaim:
    def test_a_set_that_is_not_the_best_has_no_claim(self):
        said = 0
        for _, trade in trades(8, first=50):
            every, swaps = Everything(trade), Swaps(trade)
            for swap in swaps.ranked("clean", 8):
                best = min(len(each.out) for each in every.fitting)
                if len(swap.out) > best:
                    said += 1
                    assert not claim(swaps, swap, "clean").on_trials
        assert said > 5

    def test_a_set_made_by_hand_is_judged_like_any_other(self):
        trade = asking(valued(planned([4.0, 4.0, 4.0], [18.0]), 5, 7, 9), 4.0)
        swaps = Swaps(trade)
        best, dear = (swaps.swap_of([Leaving(entry_of(trade.state, number))]) for number in (1, 3))
        # Of all that displaces less there is but one: to send nothing away.
        assert (claim(swaps, best, "value").on_trials, claim(swaps, best, "value").tried) == (True, 1)
        assert not claim(swaps, dear, "value").on_trials

    def test_worth_less_than_nothing_does_not_hide_a_better_set(self):
        # Sending 2 away with 1 displaces 5 - 3: less than the best single.
        trade = asking(valued(planned([4.0, 1.0, 4.0], [15.0]), 5, -3, 4), 4.0)
        swaps, every = Swaps(trade), Everything(trade)
        worse = swaps.swap_of([Leaving(entry_of(trade.state, 3))])
        assert min(every.value(each.out) for each in every.fitting) < 4
        assert not claim(swaps, worse, "value").on_trials

    def test_the_open_ended_ones_claim_nothing_for_the_trials(self):
        _, trade = next(trades(1))
        swaps = Swaps(trade)
        for criterion in ("odds", "aims"):
            assert not claim(swaps, swaps.ranked(criterion, 1)[0], criterion).on_trials


class TestWhyNot:
    def test_the_best_set_that_takes_an_item_and_the_best_that_keeps_it(self):
        asked = 0
        for seed, trade in trades(12, first=70):
            every, swaps = Everything(trade), Swaps(trade)
            criterion = swaps.available[0]
            for ways in every.ways[:4]:
                drop = ways[0]
                if drop not in swaps.options.all:
                    continue
                for leaves in (True, False):
                    found = why_not(swaps, criterion, drop, leaves=leaves)
                    sets = [
                        each.out for each in every.fitting
                        if (drop in each.out if leaves else all(one.item_id != drop.item_id for one in each.out))
                    ]  # fmt: skip
                    assert (found is None) == (not sets), seed
                    if found is not None:
                        asked += 1
                        best = min(every.objective(criterion, each) for each in sets)
                        assert every.objective(criterion, found.out) == best, seed
        assert asked > 40

    def test_what_is_no_option_is_refused(self):
        trade = asking(planned([4.0, 4.0], [13.0]), 4.0)
        stranger = Leaving(entry_of(trade.state, 90))
        with pytest.raises(ValueError, match="“asked” is no option of this trade"):
            why_not(Swaps(trade), "clean", stranger, leaves=True)


class TestPrices:
    def test_one_team_is_priced_by_the_item_that_would_leave_in_part(self):
        """Items of one size: in order of value, and the price is the value per week of the one that is cut in part."""
        trade = asking(valued(planned([4.0] * 5, [26.0]), 10, 20, 30, 40, 50), 8.0)
        swaps = Swaps(trade)
        (need,) = swaps.cover.needs
        freed = swaps.cover.frees[0]
        assert freed == pytest.approx([freed[0]] * 5)
        place = int(need / freed[0])
        (price,) = prices(swaps, "value")
        assert (price.team_id, price.unit) == (1, "value")
        assert price.cost == pytest.approx((10, 20, 30, 40, 50)[place] / freed[0])

    def test_two_teams_that_share_no_item_are_priced_apart(self):
        state = planned([{1: 4.0}, {1: 4.0}, {2: 2.0}, {2: 2.0}], [10.5, 5.5])
        add_item(state, 90, {1: 3.0, 2: 1.5}, state="inbox")
        trade = Trade.of(valued(state, 8, 80, 6, 60), propose_item(state, 90), forecast(state))
        swaps = Swaps(trade)
        found = {price.team_id: price.cost for price in prices(swaps, "value")}
        wanted = {}
        for row, team_id in enumerate(swaps.cover.teams):
            freed, need = swaps.cover.frees[row], swaps.cover.needs[row]
            cheap, dear = ((0, 1), (2, 3))[team_id - 1]
            at = cheap if need < freed[cheap] else dear
            wanted[team_id] = (8, 80, 6, 60)[at] / freed[at]
        assert set(found) == {1, 2}
        assert found == pytest.approx(wanted)

    def test_without_values_the_price_is_in_items(self):
        swaps = Swaps(asking(planned([4.0] * 5, [26.0]), 8.0))
        (price,) = prices(swaps, swaps.available[0])
        assert price.unit == "items"
        assert price.cost == pytest.approx(1 / swaps.cover.frees[0][0])

    def test_nothing_short_has_no_price(self):
        assert prices(Swaps(asking(planned([1.0], [26.0]), 1.0)), "clean") == ()


def with_backlog(weeks: list[float], values: list[float] | None = None) -> Trade:
    """A request for which items have to leave, and a backlog below the line from number 20 on."""
    state = planned([6.0, 4.0, 4.0, 4.0], [26.5])
    if values is not None:
        valued(state, 30, 30, 30, 30)
    for at, each in enumerate(weeks):
        value = None if values is None else values[at]
        add_item(state, 20 + at, each, state="below", rank=50.0 + at, value=value)
    return asking(state, 3.0, value=None if values is None else 10.0)


class TestPullIns:
    @staticmethod
    def fitting(trade: Trade, out: tuple[Leaving, ...]) -> list[tuple[int, ...]]:
        """Every single and every pair from below the line that leaves the odds at the target, by ids."""
        gone = {each.item_id for each in out} | {90}
        after = trade.after(out)
        below = [entry for entry in entries_of(trade.state, "below") if entry.item.id not in gone]
        return [
            tuple(entry.item.id for entry in some)
            for count in (1, 2)
            for some in combinations(below, count)
            if after.odds_if(come=some) >= after.plan.target
        ]

    @pytest.mark.parametrize("seed", range(8))
    def test_the_most_value_in_what_still_fits(self, seed):
        import numpy as np

        rng = np.random.default_rng(seed)
        weeks = [round(float(each), 1) for each in rng.uniform(0.3, 3.0, 12)]
        values = [float(each) for each in rng.integers(0, 30, 12)]
        trade = with_backlog(weeks, values)
        # Much leaves, so that there is room for something.
        swap = Swaps(trade).swap_of([Leaving(entry_of(trade.state, 1))])
        found = pull_ins(trade, trade.after(swap.out), swap)
        worth = {20 + at: value for at, value in enumerate(values)}
        best = max(sum(worth[each] for each in some) for some in self.fitting(trade, swap.out))
        assert sum(worth[entry.item.id] for entry in found) == best
        assert trade.after(swap.out).odds_if(come=found) >= trade.asked.plan.target

    def test_by_rank_where_nobody_has_given_values(self):
        trade = with_backlog([9.0, 0.8, 8.0, 0.6, 0.5])
        swap = Swaps(trade).swap_of([Leaving(entry_of(trade.state, 1))])
        fitting = self.fitting(trade, swap.out)
        found = tuple(entry.item.id for entry in pull_ins(trade, trade.after(swap.out), swap))
        first = min(some[0] for some in fitting if len(some) == 1)
        assert found == min((some for some in fitting if len(some) == 2 and some[0] == first), default=(first,))
        assert len(found) == 2

    def test_a_small_worth_is_worth_something(self):
        trade = with_backlog([0.5], [0.5])
        swap = Swaps(trade).swap_of([Leaving(entry_of(trade.state, 1))])
        assert [entry.item.id for entry in pull_ins(trade, trade.after(swap.out), swap)] == [20]

    def test_what_leaves_does_not_come_back_and_nothing_comes_into_a_plan_that_does_not_fit(self):
        trade = with_backlog([0.5], [5.0])
        swap = Swaps(trade).swap_of([Leaving(entry_of(trade.state, 4))])
        assert pull_ins(trade, trade.asked, swap) == ()
        # The item that asks is below the line itself, and is not offered as well.
        below = with_backlog([], [])
        below.state.tables["items"][90] = below.state.all(Item)[90].model_copy(update={"state": "below"})
        below = Trade.of(below.state, propose_item(below.state, 90), forecast(below.state))
        swap = Swaps(below).swap_of([Leaving(entry_of(below.state, 1))])
        assert pull_ins(below, below.after(swap.out), swap) == ()

    def test_it_stops(self):
        trade = with_backlog([0.5, 0.5], [5.0, 6.0])
        swap = Swaps(trade).swap_of([Leaving(entry_of(trade.state, 1))])
        with pytest.raises(Stopped):
            pull_ins(trade, trade.after(swap.out), swap, lambda: True)


class TestImpossible:
    def test_there_is_no_reason_where_there_is_a_swap(self):
        trade = asking(planned([4.0] * 4, [23.0]), 4.0)
        assert Swaps(trade).best()
        assert why_impossible(Swaps(trade)) == ()

    def test_everything_pinned(self):
        state = planned([4.0, 4.0, 4.0], [18.0])
        pin(state, 1, 2, 3)
        trade = asking(state, 4.0)
        assert Swaps(trade).best() == ()
        reasons = why_impossible(Swaps(trade))
        assert "“item 1” has to stay: a contract holds it." in [reason.rule for reason in reasons]
        opened = [reason for reason in reasons if reason.relax == "Letting it go would open a swap."]
        assert opened
        # Letting go what is named does open one.
        named = next(entry for entry in trade.leavable if entry.item.title in opened[0].rule)
        row = next(key for key, each in state.all(Pin).items() if each.item_id == named.item.id)
        del state.tables["pins"][row]
        assert Swaps(again(trade)).best()

    def test_a_request_larger_than_the_quarter(self):
        trade = asking(planned([4.0, 4.0, 4.0], [18.0]), 40.0)
        assert Swaps(trade).best() == ()
        (reason,) = why_impossible(Swaps(trade))
        alone = trade.after(trade.leavable)
        assert f"“asked” alone has odds of {100 * alone.odds:.0f}%, and the target is 70%" in reason.rule
        # As much less as it says does open one.
        less = sum(alone.short.values())
        assert f"{less:.1f} ew less" in reason.relax
        state = planned([4.0, 4.0, 4.0], [18.0])
        assert Swaps(asking(state, 40.0 - less - 0.1)).best()

    def test_capacity_lost_altogether(self):
        state = planned([4.0, 4.0], [13.0])
        pin(state, 1)
        trade = Trade.of(state, propose_capacity(state, {1: 3.0}), forecast(state))
        assert Swaps(trade).best() == ()
        assert "“item 1” has to stay: a contract holds it." in [reason.rule for reason in why_impossible(Swaps(trade))]

    def test_more_than_six_items(self):
        trade = asking(planned([1.0] * 16, [22.0]), 10.0)
        swaps = Swaps(trade)
        assert swaps.best() == ()
        (reason,) = why_impossible(swaps)
        least = next(count for count in range(17) if trade.after(trade.leavable[:count]).fits)
        assert least > 6
        # From the linear cover, so one more or less than the trials say.
        assert any(f"at least {count} planned items" in reason.rule for count in (least - 1, least, least + 1))
        # A first version, as it says, opens one.
        smaller = asking(planned([1.0] * 16, [22.0]), 4.0)
        assert Swaps(smaller).best()

    def test_a_circle_of_needs(self):
        state = planned([2.0] * 8, [20.5])
        needs(state, *((number, number % 8 + 1) for number in range(1, 9)))
        trade = asking(state, 4.0)
        assert Swaps(trade).best() == ()
        circle = [reason for reason in why_impossible(Swaps(trade)) if "in a circle" in reason.rule]
        assert len(circle) == 1
        assert circle[0].relax == "Remove one need of the circle."
        del state.tables["dependencies"][8]
        assert Swaps(again(trade)).best()

    def test_what_the_request_itself_needs(self):
        state = planned([4.0], [6.5])
        trade = asking(state, 3.0)
        assert Swaps(trade).best()
        needs(state, (90, 1))
        trade = again(trade)
        assert Swaps(trade).best() == ()
        assert [reason.rule for reason in why_impossible(Swaps(trade))] == [
            "“item 1” has to stay: what stays in plan needs it."
        ]

    def test_a_ceiling_alone_never_takes_the_answers_away(self):
        state = planned([4.0, 4.0, 4.0], [18.0])
        trade = asking(state, 4.0, slice="O")
        ceiling(state, 1)
        assert Swaps(again(trade)).best()
        assert why_impossible(Swaps(again(trade))) == ()

    def test_small_plans_have_a_reason_just_where_trying_every_set_finds_none(self):
        none = 0
        for seed, trade in trades(30, first=200):
            every = Everything(trade)
            reasons = why_impossible(Swaps(trade)) if not every.fitting else None
            if reasons is not None:
                none += 1
                assert reasons, seed
                assert all(reason.rule and reason.relax for reason in reasons)
        assert none


def test_mean_is_what_a_range_says():
    # The hand-worked figures above lean on sizes without a range being their own mean.
    assert mean_of(entry_of(planned([4.0]), 1).sizes[0]) == 4.0
