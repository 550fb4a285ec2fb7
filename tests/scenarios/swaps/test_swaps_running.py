"""Swaps in a quarter that runs: what leaves frees what is left of it, and says what is lost."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.figures.sizes import Range
from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import plan_of
from scenarios.requests.facts import facts_of
from scenarios.swaps import Swaps
from scenarios.swaps.flips import stretches
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_item, propose_sizes
from store.records import Progress, State
from tests.scenarios.making import NOON, add_item, forecast, planned
from tests.scenarios.odds.running_making import runs, told
from tests.scenarios.swaps.swapping import ASKED, version


def trade(*rows: Progress, size: float = 4.0) -> Trade:
    """Week 6: 16 of 26 ew are left, and four items of 5 ew are in plan beside what these say of them."""
    state = planned([5.0, 5.0, 5.0, 5.0], (30.0,))
    for number, value in enumerate((9, 9, 9, 8), 1):
        add_item(state, number, 5.0, value=value)
    add_item(state, ASKED, size, state="inbox")
    return weighed(runs(state, *rows), propose_item(runs(state, *rows), ASKED))


def weighed(state: State, proposal: object) -> Trade:
    return Trade.of(state, proposal, forecast(state))  # type: ignore[arg-type]


BEGUN = (told(1, 6.0, done=True), told(2, 3.5), told(3, 2.0, left=3.0))


def test_candidates_free_what_is_left_and_what_is_done_is_none() -> None:
    found = {one.entry.item.id: one for one in trade(*BEGUN).candidates}
    assert {key: (one.frees, one.frees_short) for key, one in found.items()} == {
        2: (1.5, 1.5),
        3: (3.0, 3.0),
        4: (5.0, 5.0),
    }
    # 8 for 5 weeks is less a week than 9 for 3, and that less than 9 for what 1.5 would still free.
    assert [one.entry.item.id for one in trade(*BEGUN).candidates] == [4, 3, 2]


def test_the_best_swap_is_enough_on_the_trials_and_says_what_is_lost() -> None:
    asked = trade(*BEGUN)
    assert not asked.fits
    for swap in Swaps(asked).best():
        left = Forecast(Draws(asked.before.draws.seed, asked.asked.draws.models), asked.after(swap.out).plan)
        assert left.odds == swap.odds >= asked.asked.plan.target
        assert all(not each.entry.done for each in swap.out)
        assert swap.frees == pytest.approx(sum(each.entry.left for each in swap.out))
    assert Leaving(asked.leavable[0]).words == "item 2 (3.5 ew already in it)"
    assert Leaving(asked.leavable[-1]).words == "item 4"


def test_a_version_lets_go_of_what_was_estimated_to_be_left_and_the_odds_said_are_those_that_come() -> None:
    asked = trade(*BEGUN, size=1.0)
    version(asked.state, 3, {1: 2.5})
    (cut,) = asked.versions[3]
    # Of 2.5 ew 2 are spent; of the whole, 3 were said to be left.
    assert cut.ew == pytest.approx(3.0 - 0.5)
    after = asked.after([cut])
    command = settle(asked, [cut], Verdict("Ines", "in time", NOON, signed=True), after)
    later = asked.state.overlay(command)
    (row,) = [one for one in later.each(Progress) if one.item_id == 3]
    assert (row.spent, row.left) == (2.0, None)
    assert Forecast(after.draws, plan_of(later)).odds == after.odds


def test_another_size_lets_go_of_it_too_and_weighs_what_the_quarter_has_shown() -> None:
    asked = trade(*BEGUN)
    bigger = weighed(asked.state, propose_sizes(asked.state, 3, {1: Range(9.0)}))
    later = asked.state.overlay(bigger.proposal.command)
    assert forecast(later).odds == bigger.asked.odds < asked.before.odds
    # Of what is done, another size is another overrun.
    dearer = weighed(asked.state, propose_sizes(asked.state, 1, {1: Range(2.0)}))
    assert dearer.asked.draws.model(1).m > dearer.before.draws.model(1).m
    assert dearer.asked.odds < dearer.before.odds


def test_what_is_bigger_than_the_time_left_is_said_so() -> None:
    small, big = trade(*BEGUN), trade(*BEGUN, size=21.0)
    assert small.too_big == ""
    assert big.too_big == "21.0 ew for Pay, which has 18.5 left of Q1"
    before = runs(big.state, day=None)
    assert weighed(before, propose_item(before, ASKED)).too_big == ""
    (room,) = [fact for fact in facts_of(big.state, ASKED, big.before) if fact.about.endswith(" now")]
    assert {"net capacity left: 18.5 ew", "load left: 9.5 ew"} <= set(room.why)


def test_a_disputed_size_of_something_begun_has_its_answers() -> None:
    asked = trade(*BEGUN)
    entry = next(each for each in asked.asked.plan.entries if each.item.id == 2)
    found = stretches(asked, entry, 2.0, 9.0, "value")
    assert (found[0].low, found[-1].high) == (2.0, 9.0)
    assert all(one.fits or one.swap is not None for one in found)
    assert date(2027, 2, 8) == asked.asked.plan.moment.day  # type: ignore[union-attr]
