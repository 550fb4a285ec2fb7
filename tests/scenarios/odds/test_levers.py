"""The levers: each is what a forecast of the changed plan says, and they are the best of all there are."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.figures.sizes import Range
from scenarios.odds import levers as module
from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.odds.levers import FIRST_VERSION, LEAST, MOST_OF_A_KIND, Lever, levers, narrowed, with_sizes
from scenarios.plan.plan import Entry, Plan
from tests.scenarios.making import empty, forecast, item, plan, planned, size

SIZES = st.one_of(
    st.floats(0.1, 12.0),
    st.tuples(st.floats(0.1, 1.0), st.floats(1.0, 3.0), st.floats(1.0, 4.0)).map(
        lambda given: (given[0] * 3, 3.0 * given[1], 3.0 * given[1] * given[2])
    ),
)
PLANS = st.builds(
    lambda sizes, net, seed: planned(sizes, net, seed=seed),
    st.lists(st.dictionaries(st.integers(1, 3), SIZES, min_size=1, max_size=3), max_size=8),
    st.tuples(st.floats(1.0, 60.0), st.floats(5.0, 60.0), st.floats(5.0, 60.0)),
    st.integers(0, 2**53 - 1),
)
few = settings(max_examples=30, deadline=None)


def anew(before: Forecast, changed: Plan) -> float:
    """The odds of a plan from draws of its own."""
    return Forecast(Draws(before.draws.seed, before.draws.models), changed).odds


def with_entry(present: Plan, changed: Entry) -> Plan:
    return replace(
        present, entries=tuple(changed if one.item.id == changed.item.id else one for one in present.entries)
    )


def more(present: Plan, team_id: int, weeks: float = 1.0) -> Plan:
    return replace(present, net={**present.net, team_id: present.net[team_id] + weeks})


def after(lever: Lever, present: Plan) -> Plan:
    """The plan when the lever is pulled."""
    if lever.kind == "drop":
        return present.without((lever.entry,))
    if lever.kind == "capacity":
        return more(present, lever.team.id)
    return with_entry(present, with_sizes(lever.entry, lever.sizes))


def half(entry: Entry) -> Entry:
    values = ("low", "likely", "high")
    sizes = []
    for one in entry.sizes:
        fields = {name: getattr(one, name) for name in values}
        fields = {name: None if value is None else value * FIRST_VERSION for name, value in fields.items()}
        sizes.append(one.model_copy(update=fields))
    return Entry(entry.item, tuple(sizes))


def nearer(entry: Entry) -> Entry:
    sizes = []
    for one in entry.sizes:
        fields = {}
        if one.low is not None:
            fields = {"low": math.sqrt(one.low * one.likely), "high": math.sqrt(one.high * one.likely)}
        sizes.append(one.model_copy(update=fields))
    return Entry(entry.item, tuple(sizes))


def all_gains(before: Forecast) -> dict[str, list[float]]:
    """Every change there is, tried one after the other on forecasts of their own."""
    present, found = before.plan, {"drop": [], "smaller": [], "narrow": [], "capacity": []}
    for entry in present.entries:
        found["drop"].append(anew(before, present.without((entry,))))
        found["smaller"].append(anew(before, with_entry(present, half(entry))))
        if any(one.low is not None for one in entry.sizes):
            found["narrow"].append(anew(before, with_entry(present, nearer(entry))))
    found["capacity"] = [anew(before, more(present, team.id)) for team in present.teams]
    return {kind: [odds - before.odds for odds in each] for kind, each in found.items()}


class TestLevers:
    @few
    @given(PLANS)
    def test_each_is_exactly_a_forecast_of_the_changed_plan(self, state):
        before = forecast(state)
        for lever in levers(before):
            assert lever.odds == anew(before, after(lever, before.plan))
            assert lever.gain == lever.odds - before.odds

    @few
    @given(PLANS)
    def test_the_best_at_most_two_of_a_kind_most_first(self, state):
        before = forecast(state)
        found = levers(before)
        gains = [lever.gain for lever in found]
        assert gains == sorted(gains, reverse=True)
        by_kind = all_gains(before)
        best = [gain for each in by_kind.values() for gain in sorted(each, reverse=True)[:MOST_OF_A_KIND]]
        assert gains == sorted((gain for gain in best if gain >= LEAST), reverse=True)[:5]
        for kind in by_kind:
            assert sum(lever.kind == kind for lever in found) <= MOST_OF_A_KIND

    def test_all_four_kinds(self):
        found = levers(forecast(planned([(2.0, 4.0, 30.0), (1.0, 3.0, 20.0), 3.0], [16.0])), count=9)
        assert {lever.kind for lever in found} == {"drop", "smaller", "narrow", "capacity"}
        assert len(found) == 7

    @pytest.mark.parametrize("count", [1, 3, 5])
    def test_no_more_than_asked_for(self, count):
        made = forecast(planned([(2.0, 4.0, 30.0), (1.0, 3.0, 20.0), 3.0], [16.0]))
        assert levers(made, count) == levers(made, 9)[:count]
        assert len(levers(made, count)) == count

    def test_nothing_in_plan_nothing_to_pull(self):
        assert levers(forecast(empty())) == ()
        assert levers(Forecast(Draws(1), plan([], []))) == ()

    def test_certain_already(self):
        assert levers(forecast(planned([3.0] * 4, [900.0]))) == ()

    def test_hopeless_for_any_single_change(self):
        assert levers(forecast(planned([90.0] * 4, [1.0]))) == ()

    def test_equal_items_come_in_rank_order(self):
        found = [lever for lever in levers(forecast(planned([{1: 1.0}] * 3, [3.0]))) if lever.kind == "drop"]
        assert len(found) == MOST_OF_A_KIND
        alike = forecast(planned([{1: 50.0, 2: 1.0}, {1: 50.0, 2: 1.0}], [200.0, 2.0]))
        assert alike.odds < 1
        certain = [lever.entry.item.id for lever in levers(alike) if lever.kind == "drop"]
        assert len(certain) == 2

    def test_only_what_can_be_among_the_best_is_drawn(self, monkeypatch):
        """Many items: each resized one costs new draws, and the odds without an item bound what less of it brings."""
        made = forecast(planned([(0.4 * each, 1.0 * each, 2.0 * each) for each in range(1, 31)], [560.0]))
        tried = []
        resized = module._resized
        monkeypatch.setattr(module, "_resized", lambda *given: tried.append(given[1]) or resized(*given))
        assert levers(made)
        assert 2 <= tried.count("smaller") < 20


class TestNarrowed:
    def test_half_as_far_by_ratio(self):
        assert narrowed(size(1, 1, (1.0, 4.0, 16.0))) == Range(4.0, 2.0, 8.0)

    def test_nothing_to_narrow(self):
        assert narrowed(size(1, 1, 3.0)) == Range(3.0)
        assert narrowed(size(1, 1, (3.0, 3.0, 3.0))) == Range(3.0, 3.0, 3.0)

    @pytest.mark.parametrize("given_size", [(0.0, 2.0, 5.0), (3.0, 1.0, 2.0), (1.0, 0.0, 2.0), (1.0, 5.0, 2.0)])
    def test_no_sound_range_stays_as_it_is(self, given_size):
        low, likely, high = given_size
        assert narrowed(size(1, 1, given_size)) == Range(likely, low, high)


class TestWithSizes:
    def test_changes_and_adds_in_order_of_team(self):
        entry = Entry(item(4), (size(4, 2, 3.0, 7),))
        made = with_sizes(entry, {2: Range(2.0, 1.0, 4.0), 1: Range(5.0)})
        assert [(one.id, one.item_id, one.team_id, one.low, one.likely, one.high) for one in made.sizes] == [
            (0, 4, 1, None, 5.0, None),
            (7, 4, 2, 1.0, 2.0, 4.0),
        ]
        assert made.item is entry.item
        assert entry.sizes[0].likely == 3.0
