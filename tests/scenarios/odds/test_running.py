"""The odds of what is left: the first day's to the last digit, a slow version's, and what must hold of any quarter."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.figures.sizes import Range
from scenarios.odds.explanation import why
from scenarios.odds.finished_quarters import draws_of, learned_of, models_of
from scenarios.odds.flip_point import flip_point, stands_words
from scenarios.odds.forecast import Forecast
from scenarios.odds.levers import levers
from scenarios.odds.team_model import TYPICAL
from scenarios.plan.plan import Entry, plan_of
from scenarios.trade.changes import fill
from store.records import Progress, State
from tests.scenarios.making import add_item, forecast, planned
from tests.scenarios.odds.running_making import FIRST, LAST, WEEK_6, runs, slow_odds, told

few = settings(max_examples=25, deadline=None)
SIZES = st.one_of(st.floats(0.2, 8.0), st.just((1.0, 2.0, 5.0)))
#: Items of up to two teams, and what of each was spent, whether it is done, and what is left where somebody says so.
TOLD = st.tuples(st.floats(0, 9), st.sampled_from(["", "", "done", "left"]), st.floats(0.1, 6))
QUARTERS = st.lists(
    st.tuples(st.dictionaries(st.integers(1, 2), SIZES, min_size=1, max_size=2), TOLD), min_size=1, max_size=7
)


def state_of(quarter: list, *, scale: float = 1.0) -> State:
    """A running quarter with room for some of it; ``scale`` is of what is left where somebody says so."""
    state = planned([sizes for sizes, _ in quarter], (24.0, 18.0))
    rows = []
    for number, (sizes, (spent, kind, left)) in enumerate(quarter, 1):
        for team in sizes:
            more = {"left": left * scale} if kind == "left" else {"done": kind == "done"}
            rows.append(told(number, spent, team, **more))
    return runs(state, *rows)


def figures(found: Forecast) -> list[object]:
    """Every figure that a forecast gives."""
    request = add_item(State(), 99, 3.0)
    entry = Entry(request, tuple(one.model_copy(update={"item_id": 99}) for one in found.plan.entries[0].sizes))
    at_risk = why(found).at_risk
    return [
        found.odds, found.judged, found.item_odds, found.drops(), found.room, found.short, found.load_range,
        found.dots(), found.team_odds, [(lever.words, lever.odds, lever.net) for lever in levers(found)],
        flip_point(found, entry, 1.0, 20.0), at_risk and at_risk.item.id, found.odds_if(come=(entry,)),
    ]  # fmt: skip


class TestTheFirstDay:
    @settings(max_examples=10, deadline=None)
    @given(st.lists(st.dictionaries(st.integers(1, 2), SIZES, min_size=1, max_size=2), min_size=1, max_size=8))
    def test_with_nothing_spent_every_figure_is_the_whole_quarters(self, sizes: list) -> None:
        before = runs(planned(sizes, (20.0, 15.0)), day=None)
        first = runs(
            planned(sizes, (20.0, 15.0)),
            *(told(number, 0.0, team) for number, teams in enumerate(sizes, 1) for team in teams),
            day=FIRST,
        )
        assert plan_of(first).moment is not None
        assert figures(forecast(first)) == figures(forecast(before))

    def test_before_it_runs_nothing_that_earlier_quarters_took_counts(self) -> None:
        carried = told(1, 2.5).model_copy(update={"told_on": None})
        sizes = [5.0, 6.0, 8.0]
        assert figures(forecast(runs(planned(sizes), carried, day=None))) == figures(forecast(planned(sizes)))
        assert models_of(runs(planned(sizes), carried, day=None)) == {}


class TestBesideASlowVersion:
    @pytest.mark.parametrize(
        "sizes",
        [
            [(3.0, 0.0, ""), (4.0, 2.0, ""), (2.0, 2.4, "done"), (5.0, 0.0, "")],
            [(3.0, 4.5, ""), (3.0, 3.5, ""), (2.0, 4.0, "done"), (4.0, 0.0, "")],
            [(3.0, 1.0, "done"), (3.0, 1.5, "done"), (6.0, 0.5, ""), (6.0, 0.0, "")],
        ],
    )
    def test_the_odds_of_what_is_left(self, sizes: list[tuple[float, float, str]]) -> None:
        rows = [told(at, spent, done=bool(done)) for at, (_, spent, done) in enumerate(sizes, 1) if spent]
        found = forecast(runs(planned([one[0] for one in sizes], (26.0,)), *rows))
        # 8 of 13 weeks, 16 of 26 ew; two standard errors of ours and of the slow one, twice.
        assert found.odds == pytest.approx(slow_odds(sizes, 16.0), abs=0.024)
        assert 0.2 < found.odds < 0.98

    def test_what_was_estimated_anew_is_a_size_like_any_other(self) -> None:
        left = {"left_low": 1.0, "left": 2.0, "left_high": 5.0}
        found = forecast(runs(planned([4.0, 6.0]), told(1, 3.0, **left)))
        alike = forecast(runs(planned([(1.0, 2.0, 5.0), 6.0])))
        assert found.plan.left_of(1) == alike.plan.left_of(1)
        assert found.odds == alike.odds

    def test_what_is_done_leaves_the_sum_and_uses_nothing_of_what_is_left(self) -> None:
        done = told(1, 4.0, done=True, counted=False)
        found = forecast(runs(planned([4.0, 12.0]), done))
        alone = forecast(runs(planned([4.0, 12.0]), done)).plan.without(found.plan.entries[:1])
        assert found.odds == Forecast(found.draws, alone).odds
        assert (found.item_odds[1], found.plan.load_left) == (1.0, 12.0)
        # Nobody counted what it took: that says nothing of the team.
        assert models_of(runs(planned([4.0]), done)).get(1, TYPICAL) == TYPICAL


class TestWhatMustHold:
    @few
    @given(QUARTERS, st.integers(0, 6))
    def test_finishing_something_never_lowers_the_odds(self, quarter: list, at: int) -> None:
        later = list(quarter)
        at %= len(quarter)
        sizes, (spent, _, left) = quarter[at]
        # What took nothing, or is done, is no such step.
        later[at] = sizes, (spent, "done", left)
        before, after = forecast(state_of(quarter)), forecast(state_of(later))
        assert after.odds >= before.odds
        assert all(after.team_odds[key] >= before.team_odds[key] for key in (1, 2))

    @few
    @given(QUARTERS, st.floats(1.0, 3.0))
    def test_more_left_never_raises_them(self, quarter: list, more: float) -> None:
        assert forecast(state_of(quarter, scale=more)).odds <= forecast(state_of(quarter)).odds

    @few
    @given(QUARTERS)
    def test_every_change_is_what_a_plan_with_it_has(self, quarter: list) -> None:
        found = forecast(state_of(quarter))
        drops = found.drops()
        for entry in found.plan.entries:
            anew = Forecast(found.draws, found.plan.without((entry,))).odds
            assert found.odds_if(out=(entry,)) == drops[entry.item.id] == anew
            assert Forecast(found.draws, found.plan.without((entry,)), found).odds == anew
        net = {1: 30.0}
        assert (
            found.with_capacity(net).odds
            == Forecast(found.draws, replace(found.plan, net={**found.plan.net, **net})).odds
        )
        # The odds fall down the rank, and with what is left of the weeks.
        assert min(found.item_odds.values()) >= found.odds
        late = runs(state_of(quarter), day=LAST.replace(day=2))
        assert Forecast(found.draws, plan_of(late)).odds <= found.odds


class TestLeversAndFlips:
    def running(self, *rows: Progress) -> Forecast:
        return forecast(runs(planned([(2.0, 4.0, 9.0), 5.0, 6.0, 3.0], (26.0,)), *rows))

    def test_each_lever_is_a_forecast_of_the_changed_plan(self) -> None:
        found = self.running(told(1, 3.0), told(2, 2.0, left=4.0), told(4, 3.0, done=True))
        offered = levers(found, 9)
        assert {lever.kind for lever in offered} >= {"drop", "capacity", "smaller"}
        for lever in offered:
            assert lever.entry is None or not lever.entry.done
            # What is left was estimated anew: its size says nothing more.
            assert lever.kind == "drop" or lever.entry is None or lever.entry.item.id != 2
            if lever.kind == "capacity":
                richer = replace(found.plan, net={1: lever.net})
                assert richer.left_of(1) == pytest.approx(found.plan.left_of(1) + 1)
                assert lever.odds == Forecast(found.draws, richer).odds

    def test_the_flip_of_what_was_begun_is_where_a_scan_finds_it(self) -> None:
        found = self.running(told(1, 3.0), told(4, 3.0, done=True))
        entry = found.plan.entries[0]
        flip = flip_point(found, entry, 2.0, 12.0)
        assert not flip.same

        def fits(size: float) -> bool:
            sizes = tuple(
                one.model_copy(update={key: getattr(one, key) * size / 4.0 for key in ("low", "likely", "high")})
                for one in entry.sizes
            )
            return found.judged_if(out=(entry,), come=(replace(entry, sizes=sizes),)) >= found.plan.target

        assert (fits(flip.at - 0.02), fits(flip.at + 0.02)) == (True, False)

    def test_the_flip_of_what_was_estimated_anew_is_of_what_is_left(self) -> None:
        found = forecast(runs(planned([4.0, 5.0, 3.0], (26.0,)), told(2, 4.5, left=2.0)))
        entry = found.plan.entries[1]
        at = flip_point(found, entry, 0.5, 20.0).at

        def fits(left: float) -> bool:
            one = replace(entry, progress=(replace(entry.progress[0], left=Range(left)),))
            return found.judged_if(out=(entry,), come=(one,)) >= found.plan.target

        assert (fits(at - 0.01), fits(at + 0.01)) == (True, False)
        assert stands_words(entry) == "has 2.0 ew left"
        assert stands_words(found.plan.entries[0]) == "stands at 4.0 ew"

    def test_what_is_done_has_nothing_to_dispute(self) -> None:
        found = self.running(told(4, 3.0, done=True))
        with pytest.raises(ValueError, match="is done"):
            flip_point(found, found.plan.entries[3], 1.0, 5.0)


def test_the_record_says_what_this_quarter_makes_of_it() -> None:
    state = runs(planned([2.0, 2.0]), told(1, 4.0, done=True))
    (said,) = learned_of(state)
    # 6.9333 items at e^.07 and one at 2.0.
    overrun = (6.9333 * math.exp(0.07) + 2) / 7.9333
    assert str(said) == (
        "Pay: no finished quarter, taken for a typical team; "
        f"with what this quarter has shown so far, {overrun:.2f} times the estimates"
    )
    assert draws_of(state).model(1).overrun == pytest.approx(overrun, abs=1e-4)


def test_a_fill_takes_what_fits_into_the_weeks_that_are_left() -> None:
    state = planned([3.0], (26.0,))
    for number in range(2, 12):
        add_item(state, number, 3.0, state="below")
    counts = [len(fill(state, forecast(runs(state, day=day))).taken) for day in (None, FIRST, WEEK_6, LAST)]
    assert counts[0] == counts[1] > counts[2] > counts[3] == 0
