"""The flip point of a disputed size, held against fresh forecasts of plans in which the size is another one."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.draws import Draws
from scenarios.odds.flip_point import Flip, ends_of, flip_point
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entry, Plan
from tests.scenarios.making import add, forecast, item, plan, planned, size

SIZES = st.one_of(
    st.floats(0.5, 9.0),
    st.tuples(st.floats(0.1, 1.0), st.floats(1.0, 3.0)).map(lambda given: (3 * given[0], 3.0, 3 * given[1])),
)
few = settings(max_examples=20, deadline=None)


def scaled(entry: Entry, ew: float) -> Entry:
    """The item at so many likely ew over all its teams, with ranges of the same shape."""
    factor = ew / entry.ew
    sizes = []
    for one in entry.sizes:
        fields = {name: getattr(one, name) for name in ("low", "likely", "high")}
        fields = {name: None if value is None else value * factor for name, value in fields.items()}
        sizes.append(one.model_copy(update=fields))
    return Entry(entry.item, tuple(sizes))


def fits_at(before: Forecast, entry: Entry, ew: float) -> bool:
    """Whether the plan with the item at this size fits, drawn anew."""
    other = scaled(entry, ew)
    present = before.plan
    if any(one.item.id == entry.item.id for one in present.entries):
        entries = tuple(other if one.item.id == entry.item.id else one for one in present.entries)
        changed = replace(present, entries=entries)
    else:
        changed = present.plus((other,))
    return Forecast(Draws(before.draws.seed, before.draws.models), changed).fits


def bisected(before: Forecast, entry: Entry, most: float = 400.0) -> float:
    """The largest size that fits, to a hundredth; below 0 where none does, infinite where ``most`` does."""
    low, high = 0.01, most
    if not fits_at(before, entry, low):
        return -1.0
    if fits_at(before, entry, high):
        return math.inf
    while high - low > 0.005:
        middle = (low + high) / 2
        low, high = (middle, high) if fits_at(before, entry, middle) else (low, middle)
    return low


def agree(before: Forecast, entry: Entry) -> Flip:
    found = flip_point(before, entry, 0.5, 8.0)
    expected = bisected(before, entry)
    if expected < 0:
        assert found.at < 0.03
    elif math.isinf(expected):
        assert found.at >= 400
    else:
        assert found.at == pytest.approx(expected, abs=0.02)
    return found


class TestAgainstFreshForecasts:
    @pytest.mark.parametrize("net", [14.0, 18.0, 24.0])
    def test_a_planned_item(self, net):
        before = forecast(planned([3.0, (1.0, 3.0, 6.0), 4.0], [net]))
        for entry in before.plan.entries:
            assert 0 < agree(before, entry).at < 40

    def test_an_item_that_is_not_in_plan(self):
        before = forecast(planned([3.0, (1.0, 3.0, 6.0)], [14.0]))
        assert 0 < agree(before, Entry(item(8), (size(8, 1, (1.0, 2.0, 5.0)),))).at < 40

    def test_several_teams(self):
        before = forecast(planned([{1: 3.0, 2: (1.0, 2.0, 4.0)}, {1: 4.0}, {2: 5.0}], [12.0, 13.0], target=0.6))
        for entry in before.plan.entries:
            assert 0 < agree(before, entry).at < 40
        assert 0 < agree(before, Entry(item(9), (size(9, 1, 1.0), size(9, 2, 3.0)))).at < 40

    @few
    @given(
        st.lists(st.dictionaries(st.integers(1, 2), SIZES, min_size=1, max_size=2), min_size=1, max_size=4),
        st.tuples(st.floats(2.0, 40.0), st.floats(2.0, 40.0)),
        st.integers(5, 95),
        st.booleans(),
        st.data(),
    )
    def test_any_plan(self, sizes, net, target, inside, data):
        whole = forecast(planned(sizes, net, target=target / 100))
        entry = data.draw(st.sampled_from(whole.plan.entries))
        before = whole if inside else Forecast(whole.draws, whole.plan.without((entry,)))
        agree(before, entry)

    def test_another_size_of_the_same_item_gives_the_same_answer(self):
        before = forecast(planned([3.0, (1.0, 3.0, 6.0)], [14.0]))
        entry = before.plan.entries[1]
        at = flip_point(before, entry, 1.0, 9.0).at
        assert flip_point(before, scaled(entry, 7.0), 1.0, 9.0).at == pytest.approx(at, abs=1e-4)


class TestTheSameDecision:
    def test_it_fits_either_way(self):
        before = forecast(planned([3.0, 3.0], [90.0]))
        found = flip_point(before, before.plan.entries[0], 1.0, 8.0)
        assert (found.same, found.fits) == (True, True)
        assert found.at > 8.0

    def test_it_does_not_fit_either_way(self):
        before = forecast(planned([3.0, 30.0], [10.0]))
        found = flip_point(before, before.plan.entries[0], 1.0, 8.0)
        assert (found.same, found.fits) == (True, False)
        assert found.at < 0

    def test_it_flips_between(self):
        before = forecast(planned([3.0, 3.0], [10.0]))
        found = flip_point(before, before.plan.entries[0], 0.5, 12.0)
        assert (found.same, found.fits) == (False, True)
        assert 0.5 < found.at < 12.0

    @pytest.mark.parametrize(
        ("at", "same", "fits"),
        [(0.9, True, False), (1.0, False, True), (2.0, False, True), (4.0, True, True), (math.inf, True, True)],
    )
    def test_at_the_ends(self, at, same, fits):
        found = Flip(1.0, 4.0, at)
        assert (found.same, found.fits) == (same, fits)

    def test_another_team_that_cannot_finish_stops_any_size(self):
        before = forecast(planned([{1: 3.0}, {2: 30.0}], [90.0, 3.0]))
        assert flip_point(before, before.plan.entries[0], 1.0, 8.0).at == -math.inf

    def test_a_target_of_nothing_takes_any_size(self):
        before = forecast(planned([3.0, 30.0], [1.0], target=0.0))
        assert before.fits
        assert flip_point(before, before.plan.entries[0], 1.0, 8.0).at == math.inf

    def test_one_size_is_no_dispute(self):
        before = forecast(planned([3.0], [9.0]))
        assert flip_point(before, before.plan.entries[0], 3.0, 3.0).same


class TestWhatCannotBeAsked:
    @pytest.mark.parametrize(
        ("low", "high"),
        [(0.0, 3.0), (-1.0, 3.0), (4.0, 3.0), (1.0, math.inf), (math.nan, 3.0), (1.0, math.nan)],
    )
    def test_bad_ends(self, low, high):
        before = forecast(planned([3.0], [9.0]))
        with pytest.raises(ValueError, match="two ends above 0"):
            flip_point(before, before.plan.entries[0], low, high)

    def test_no_size(self):
        before = Forecast(Draws(1), plan([3.0], [9.0]))
        with pytest.raises(ValueError, match=r"item 4.*has no size to dispute"):
            flip_point(before, Entry(item(4)), 1.0, 2.0)
        with pytest.raises(ValueError, match="has no size to dispute"):
            flip_point(before, Entry(item(4), (size(4, 1, 0.0),)), 1.0, 2.0)

    def test_a_team_that_is_not_there(self):
        before = Forecast(Draws(1), plan([3.0], [9.0]))
        with pytest.raises(ValueError, match="a team that is not in this plan"):
            flip_point(before, Entry(item(4), (size(4, 6, 2.0),)), 1.0, 2.0)

    def test_nobody_at_all(self):
        before = forecast(planned([3.0], [9.0]))
        nobody = Forecast(before.draws, Plan(before.plan.quarter, (), {}))
        with pytest.raises(ValueError, match="a team that is not in this plan"):
            flip_point(nobody, before.plan.entries[0], 1.0, 2.0)


class TestSmallAndExact:
    def test_an_item_of_less_than_a_week(self):
        before = forecast(planned([3.0, 0.4], [6.0]))
        found = flip_point(before, before.plan.entries[1], 0.1, 0.8)
        assert found.at == pytest.approx(bisected(before, before.plan.entries[1]), abs=0.02)

    def test_to_the_last_trial(self):
        before = forecast(planned([3.0, 4.0], [10.0]))
        entry = before.plan.entries[1]
        at = flip_point(before, entry, 1.0, 9.0).at
        # Between neighbours of ten thousand trials there is some hundred thousandth of a size.
        assert fits_at(before, entry, at * (1 - 1e-6))
        assert not fits_at(before, entry, at * (1 + 1e-6))

    def test_one_target_is_met_together_and_each_team_meets_its_own_alone(self):
        state = planned([{1: 3.0, 2: 3.0}, {1: 4.0, 2: 4.0}], [11.0, 11.0])
        together = forecast(state)
        entry = together.plan.entries[0]
        add(state, state.quarter.model_copy(update={"target_for": "team"}))
        alone = forecast(state)
        assert alone.plan.each_team
        found = flip_point(alone, entry, 1.0, 9.0).at
        assert found == pytest.approx(bisected(alone, entry), abs=0.02)
        assert found > flip_point(together, entry, 1.0, 9.0).at + 0.1


class TestInWords:
    @pytest.mark.parametrize(
        ("at", "words"),
        [
            (9.0, "The same decision from 1.0 to 4.0 ew: it fits either way. No need to settle it."),
            (0.5, "The same decision from 1.0 to 4.0 ew: it does not fit either way. No need to settle it."),
            (
                2.59,
                "It fits from 1.0 to 2.5 ew and flips above 2.5: then something has to give. "
                "Settle only this: over 2.5?",
            ),
        ],
    )
    def test_what_is_to_settle(self, at, words):
        assert Flip(1.0, 4.0, at).words == words

    def test_the_ends_where_nobody_names_them(self):
        assert ends_of(Entry(item(8), (size(8, 1, (1.0, 2.0, 5.0)), size(8, 2, 3.0)))) == (4.0, 8.0)
        assert ends_of(Entry(item(8), (size(8, 1, 3.0),))) == (1.5, 6.0)
