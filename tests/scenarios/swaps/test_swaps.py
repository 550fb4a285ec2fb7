"""The best swaps beside every set there is, on plans small enough to try them all."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import after
from scenarios.swaps import Stopped, Swap, Swaps
from scenarios.swaps.compare import behind, in_order
from scenarios.swaps.explain import claim
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item
from store.records import Customer
from tests.scenarios.making import add_item, forecast, planned, wait
from tests.scenarios.swaps.swapping import MOST, Everything, anew, ceiling, needs, pin, random_trade, trades, version

LONG = bool(os.environ.get("MAKEROOM_LONG"))
CASES = 400 if LONG else 100
OPEN_ENDED = ("odds", "aims")


@dataclass
class Case:
    """What was found in one random trade, and what trying every set says of it."""

    seed: int
    #: by criterion, (found, best, proven on the trials): what the criterion says, the smaller, the better
    closed: dict[str, tuple[tuple[float, ...], tuple[float, ...], bool]] = field(default_factory=dict)
    #: by criterion, (found, best within the limit): odds, or the gap in points
    open_ended: dict[str, tuple[float, float]] = field(default_factory=dict)
    #: what a row shown must not be
    wrong: list[str] = field(default_factory=list)
    fitting: int = 0
    rows: int = 0


def judge(seed: int, trade: Trade) -> Case:
    """One trade, solved and tried."""
    every, swaps = Everything(trade), Swaps(trade)
    case = Case(seed, fitting=len(every.fitting))
    rows = swaps.best()
    case.rows = len(rows)
    fit = {each.key: each for each in every.fitting}
    for swap in rows:
        # Allowed, within six items, under the ceiling, and fitting: all that is what trying every set says of it.
        if swap.key not in fit:
            case.wrong.append(f"{swap.criteria}: no such set fits")
        if len({each.item_id for each in swap.out}) < len(swap.out) or len(swap.out) > MOST:
            case.wrong.append(f"{swap.criteria}: an item twice, or more than six")
        if swap.odds != trade.after(swap.out).odds or swap.odds < trade.asked.plan.target:
            case.wrong.append(f"{swap.criteria}: odds {swap.odds}")
        if held := trade.held(swap.out):
            case.wrong.append(f"{swap.criteria}: {held}")
        if swap.frees != pytest.approx(trade.asked.plan.load - trade.after(swap.out).plan.load):
            case.wrong.append(f"{swap.criteria}: frees {swap.frees}")
    for criterion in swaps.available if fit else ():
        (swap,) = swaps.ranked(criterion, 1)
        if criterion in OPEN_ENDED:
            inside = [each for each in fit.values() if sum(one.ew for one in each.out) <= swaps.limit + 1e-9]
            if criterion == "odds":
                case.open_ended[criterion] = (swap.odds, max(each.odds for each in inside))
                beaten = [row.odds for row in rows if row.odds > swap.odds]
            else:
                best = min(every.objective("aims", each.out)[0] for each in inside)
                case.open_ended[criterion] = (swap.gap, 100 * best)
                beaten = [row.gap for row in rows if row.gap < swap.gap - 1e-9]
            if beaten:
                case.wrong.append(f"{criterion}: another row shown is better")
        else:
            best = min(every.objective(criterion, each.out) for each in fit.values())
            case.closed[criterion] = (
                every.objective(criterion, swap.out), best, claim(swaps, swap, criterion).on_trials
            )  # fmt: skip
    return case


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [judge(seed, trade) for seed, trade in trades(CASES)]


class TestBesideEverySet:
    def test_the_cases_are_of_all_kinds(self, cases):
        # A check of the checks: without some of these the others would say little.
        assert sum(case.fitting > 50 for case in cases) > CASES / 2
        assert 0 < sum(not case.fitting for case in cases) < CASES / 4
        for criterion in ("value", "rank", "waiting", "clean", *OPEN_ENDED):
            assert sum(criterion in case.closed or criterion in case.open_ended for case in cases) >= CASES / 5

    def test_rows_are_there_just_where_some_set_fits(self, cases):
        assert [case.seed for case in cases if bool(case.rows) != bool(case.fitting)] == []

    def test_every_row_is_allowed_and_reaches_the_target_on_the_trials(self, cases):
        assert [(case.seed, case.wrong) for case in cases if case.wrong] == []

    def test_what_is_claimed_for_the_trials_is_the_best_of_all_sets(self, cases):
        wrong = [
            (case.seed, criterion, found, best)
            for case in cases
            for criterion, (found, best, on_trials) in case.closed.items()
            if on_trials and found != best
        ]
        assert wrong == []

    def test_on_small_plans_the_claim_is_mostly_made_and_the_best_nearly_always_found(self, cases):
        # Measured on 100 cases: all found, all claimed.
        every = [row for case in cases for row in case.closed.values()]
        assert sum(found == best for found, best, _ in every) >= 0.98 * len(every)
        assert sum(on_trials for _, _, on_trials in every) >= 0.95 * len(every)

    def test_no_set_within_the_limit_is_much_safer(self, cases):
        # Measured on 100 cases: none is safer at all. The sum that guides the search may miss by a little.
        behind_by = [best - found for case in cases for found, best in [case.open_ended.get("odds", (0, 0))]]
        assert max(behind_by) <= 0.01
        assert sum(each > 0 for each in behind_by) <= 0.02 * len(cases)

    def test_no_set_within_the_limit_is_closer_to_the_aims(self, cases):
        gaps = [(found, best) for case in cases for found, best in [case.open_ended.get("aims", (0, 0))]]
        # Aims and sizes are taken in thousandths, so a hundredth of a point may be off.
        assert max(found - best for found, best in gaps) <= 0.01


class TestNextBest:
    def test_lists_are_the_sets_in_which_nothing_could_stay_in_order(self):
        for seed, trade in trades(10, first=3):
            every, swaps = Everything(trade), Swaps(trade)
            fit = {each.key: each for each in every.fitting}
            tight = [each for key, each in fit.items() if not any(other < key for other in fit)]
            for criterion in swaps.available:
                if criterion in OPEN_ENDED:
                    continue
                found = swaps.ranked(criterion, 10)
                assert len({swap.key for swap in found}) == len(found), seed
                assert {swap.key for swap in found} <= {each.key for each in tight}, seed
                wanted = sorted(every.objective(criterion, each.out) for each in tight)[:10]
                assert [every.objective(criterion, swap.out) for swap in found] == wanted, (seed, criterion)

    def test_the_open_ended_ones_come_in_order_too(self):
        for _, trade in trades(5, first=40):
            swaps = Swaps(trade)
            for criterion in OPEN_ENDED:
                found = swaps.ranked(criterion, 10)
                own = [-swap.odds if criterion == "odds" else swap.gap for swap in found]
                assert own == sorted(own)
                assert len({swap.key for swap in found}) == len(found)
                assert all(swap.frees <= swaps.limit + 1e-9 for swap in found)

    def test_asking_for_more_keeps_what_was_said(self):
        for _, trade in trades(5, first=60):
            swaps, fresh = Swaps(trade), Swaps(trade)
            first = swaps.ranked("clean", 1)
            assert swaps.ranked("clean", 6)[:1] == first
            assert fresh.ranked("clean", 6) == swaps.ranked("clean", 6)


class TestOnOtherDraws:
    def test_what_is_shown_as_fitting_misses_the_target_by_little_on_a_hundred_thousand_other_trials(self):
        """Over 120 random cases by no more than 1.5 points (measured: 0.72); a lighter version on every push."""
        checked = []
        for seed, trade in trades(120 if LONG else 25):
            fresh = anew(trade)
            for swap in Swaps(trade).best():
                odds = Forecast(fresh.draws, after(trade.asked.plan, swap.out), fresh).odds
                checked.append((trade.asked.plan.target - odds, seed, swap.criteria))
        assert len(checked) >= 40
        assert [each for each in checked if each[0] > 0.015] == []


def rows_of(seed: int) -> str:
    """The rows of a random trade, as text."""
    trade = random_trade(seed)
    assert trade is not None
    swaps = Swaps(trade)
    rows = [
        (criterion, sorted(swap.key, key=str), swap.odds, swap.value, swap.gap)
        for criterion in swaps.available
        for swap in swaps.ranked(criterion, 4)
    ]
    return repr(rows)


class TestTheSameEveryTime:
    @pytest.fixture(scope="class")
    def seeds(self):
        return tuple(seed for seed, _ in trades(3, first=10))

    def test_twice_in_one_process(self, seeds):
        for seed in seeds:
            assert rows_of(seed) == rows_of(seed)

    def test_in_another_process(self, seeds):
        code = f"from tests.scenarios.swaps.test_swaps import rows_of\nfor seed in {seeds}: print(rows_of(seed))"
        env = {**os.environ, "PYTHONHASHSEED": "5"}
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env=env, capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines() == [rows_of(seed) for seed in seeds]
        assert done.stderr == ""


class TestStopping:
    def test_at_any_moment_it_stops_and_says_nothing(self, capfd):
        rng = np.random.default_rng(4)
        for _, trade in trades(4, first=20):
            asked = [0]

            def count(asked=asked) -> bool:
                asked[0] += 1
                return False

            Swaps(trade, count).best()
            assert asked[0] > 20
            for moment in [1, *rng.integers(2, asked[0], 5)]:
                left = [int(moment)]

                def stop(left=left) -> bool:
                    left[0] -= 1
                    return left[0] <= 0

                with pytest.raises(Stopped):
                    Swaps(trade, stop).best()
        assert capfd.readouterr() == ("", "")

    def test_what_was_stopped_answers_when_asked_again(self):
        _, trade = next(trades(1, first=20))
        left = [30]

        def stop() -> bool:
            left[0] -= 1
            return left[0] == 0

        swaps = Swaps(trade, stop)
        with pytest.raises(Stopped):
            swaps.best()
        assert [swap.key for swap in swaps.best()] == [swap.key for swap in Swaps(trade).best()]


def crowded(extra: float = 4.0, **given) -> Trade:
    """Five items of 4, 4, 4, 2 and 2 ew on one team, which has some room, and a request that is too much."""
    state = planned([4.0, 4.0, 4.0, 2.0, 2.0], [22.5], **given)
    add_item(state, 90, extra, state="inbox", title="asked")
    trade = Trade.of(state, propose_item(state, 90), forecast(state))
    assert not trade.fits
    return trade


def rows_by_criterion(swaps: Swaps) -> dict[str, Swap]:
    return {criterion: swap for swap in swaps.best() for criterion in swap.criteria}


class TestByHand:
    def test_one_row_is_the_best_on_several_criteria(self):
        trade = crowded(3.0)
        rows = Swaps(trade).best()
        assert sorted(criterion for swap in rows for criterion in swap.criteria) == sorted(Swaps(trade).available)
        assert len({swap.key for swap in rows}) == len(rows)

    def test_the_lowest_ranked_goes_where_nobody_has_given_values(self):
        swaps = Swaps(crowded(3.0))
        assert swaps.available == ("rank", "odds", "aims", "clean")
        assert [each.item_id for each in rows_by_criterion(swaps)["rank"].out] == [5]
        assert rows_by_criterion(swaps)["rank"].value is None

    def test_those_who_wait_are_counted_once_each(self):
        trade = crowded(5.0)
        big, small = Customer(id=1, name="Birch", arr=90_000), Customer(id=2, name="Ash", arr=10_000)
        for number in (1, 2):
            wait(trade.state, number, small)
        for number in (3, 4, 5):
            wait(trade.state, number, big)
        swap = rows_by_criterion(Swaps(trade))["waiting"]
        assert {each.item_id for each in swap.out} <= {1, 2}
        assert (swap.revenue, [one.name for one in swap.waiting]) == (10_000, ["Ash"])

    def test_what_a_one_off_ceiling_makes_leave_is_not_called_spare(self):
        # One of the first four would do for the odds; only with the small one-off are 3 of 15 ew under the ceiling.
        state = planned([4.0, 4.0, 4.0, 4.0, 0.5], [22.5])
        state.tables["items"][5] = state.tables["items"][5].model_copy(update={"slice": "O"})
        add_item(state, 90, 3.0, state="inbox", slice="O")
        ceiling(state, 21)
        trade = Trade.of(state, propose_item(state, 90), forecast(state))
        assert [trade.after(trade.leavable[at : at + 1]).fits for at in (0, 4)] == [True, False]
        found = {swap.key for swap in Swaps(trade).ranked("clean", 4)}
        assert found == {frozenset({(number, None), (5, None)}) for number in (1, 2, 3, 4)}

    def test_a_ceiling_that_no_set_can_keep_leaves_the_room_its_answers(self):
        trade = crowded(3.0)
        old = trade.state.tables["items"][5]
        trade.state.tables["items"][5] = old.model_copy(update={"slice": "O"})
        ceiling(trade.state, 5)
        pin(trade.state, 5)
        trade = Trade.of(trade.state, propose_item(trade.state, 90), forecast(trade.state))
        # Whatever leaves, the one-off that stays is a larger part of what is left.
        assert Swaps(trade).best()

    def test_a_smaller_version_is_an_answer_and_gives_only_its_part_of_the_value(self):
        state = planned([4.0, 4.0, 4.0, 2.0, 2.0], [22.5])
        for number in (1, 2, 3, 4, 5):
            old = state.tables["items"][number]
            state.tables["items"][number] = old.model_copy(update={"value": 10.0 * number})
        version(state, 1, {1: 1.0}, 6.0)
        add_item(state, 90, 4.0, state="inbox")
        trade = Trade.of(state, propose_item(state, 90), forecast(state))
        swap = rows_by_criterion(Swaps(trade))["value"]
        assert [(each.item_id, each.version.name) for each in swap.out] == [(1, "basics")]
        assert (swap.value, swap.frees) == (4.0, 3.0)

    def test_what_needs_an_item_leaves_with_it(self):
        trade = crowded(3.0)
        needs(trade.state, (4, 5))
        trade = Trade.of(trade.state, trade.proposal, forecast(trade.state))
        for swap in Swaps(trade).ranked("clean", 10):
            gone = {each.item_id for each in swap.out}
            assert 4 in gone or 5 not in gone

    def test_sets_are_compared_by_the_criterion(self):
        swaps = Swaps(crowded(3.0))
        places = {entry.item.id: place for place, entry in enumerate(swaps.trade.leavable)}
        rows = swaps.best()
        safest = in_order(rows, "odds", places)
        assert safest[0].odds == max(swap.odds for swap in rows)
        assert behind(safest[-1], safest[0], "odds", places) == pytest.approx(100 * (safest[0].odds - safest[-1].odds))
        lowest = in_order(rows, "rank", places)[0]
        assert lowest.key == swaps.ranked("rank", 1)[0].key
