"""The demonstration tells its story everywhere alike."""

from collections import Counter
from datetime import date

import pytest

from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import entries_of, plan_of
from store.common.errors import StoreError
from store.demo.demo import make_demo
from store.records import Customer, Decision, Item, Request, Size, Slice, Wait
from tests.store.helpers import content, fresh


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    with fresh(tmp_path_factory.mktemp("demo") / "demo.db") as workspace:
        make_demo(workspace)
        return workspace.load()


def test_has_a_quarter_a_backlog_and_three_requests(state):
    assert (state.quarter.name, state.quarter.starts, state.quarter.ends) == (
        "Q1 2027",
        date(2027, 1, 4),
        date(2027, 4, 2),
    )
    assert state.quarter.state == "draft"
    assert Counter(item.state for item in state.each(Item)) == {"plan": 18, "below": 42, "inbox": 3}
    assert len(state.all(Customer)) == 25
    asked = Counter(state.all(Item)[request.item_id].state for request in state.each(Request))
    assert asked == {"inbox": 3, "below": 4}, "three wait, four were asked before"
    assert {state.all(Decision)[row.id].item_id for row in state.each(Decision)} < {
        r.item_id for r in state.each(Request)
    }
    assert {size.item_id for size in state.each(Size)} == set(state.all(Item))
    assert all(size.low < size.likely < size.high for size in state.each(Size))
    assert {item.slice for item in state.each(Item)} == {s.letter for s in state.each(Slice)}
    assert len({item.draw for item in state.each(Item)}) == len(state.all(Item))
    assert len(Counter(size.item_id for size in state.each(Size)).values()) < len(state.all(Size))
    assert {wait.customer_id for wait in state.each(Wait)} == set(state.all(Customer))
    assert all(item.note and item.owner for item in state.each(Item))


def test_fits_with_one_small_request_and_with_no_other(state):
    plan = plan_of(state)
    forecast = Forecast(Draws(state.workspace.seed), plan)
    assert 0.71 <= forecast.odds <= 0.74
    odds = [forecast.odds_if(come=(entry,)) for entry in entries_of(state, "inbox")]
    assert odds[0] >= plan.target
    assert max(odds[1:]) < plan.target - 0.05


def test_its_mix_is_near_the_aims_and_not_at_them(state):
    plan = plan_of(state)
    share = Counter()
    for entry in plan.entries:
        share[entry.item.slice] += 100 * entry.ew / plan.load
    gaps = {s.letter: share[s.letter] - s.aim for s in state.each(Slice)}
    assert 5 <= share["O"] <= 7.1
    assert 0 < max(abs(gap) for gap in gaps.values()) < 6


def test_is_the_same_each_time_and_not_undone_by_accident(tmp_path, state):
    with fresh(tmp_path / "a.db", actor="someone else") as workspace:
        make_demo(workspace)
        assert content(workspace.load()) == content(state)
        assert workspace.undo() is None
        with pytest.raises(StoreError, match="already"):
            make_demo(workspace)
