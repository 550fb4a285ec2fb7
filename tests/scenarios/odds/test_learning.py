"""Learning from finished quarters: by hand, beside the reference version, at its edges, and in the odds."""

import importlib.util
import math
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.draws import TRIALS, Draws
from scenarios.odds.finished_quarters import draws_of, history_of, interrupts_of, learned_of, models_of, needed_ratio
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TYPICAL, TeamModel
from scenarios.odds.team_record import DeliveredQuarter, FinishedQuarter, InterruptedQuarter, learn
from store.records import Actual, Interrupt, Quarter, State
from store.records.plan import EDITION, FIRST_EDITION
from tests.scenarios.making import add, empty, forecast, plan, planned
from tests.scenarios.odds import second_edition

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "tools" / "forecast_reference.py"
#: The number of the quarter in plan, Q1 2027, in states made by hand.
NOW = 2027 * 4


@pytest.fixture(scope="module")
def reference():
    if not REFERENCE.exists():
        pytest.skip("the reference version of the model is kept beside the repository, not in it")
    spec = importlib.util.spec_from_file_location("forecast_reference", REFERENCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def random_history(number: int) -> list[FinishedQuarter]:
    """None to eight quarters of one to thirty items, with gaps, of a team with habits of its own."""
    draw = random.Random(number)
    quarters, at, habit = [], 10, draw.gauss(0.07, 0.3)
    for _ in range(number % 9):
        shift = habit + draw.gauss(0, 0.2)
        estimates = [math.exp(draw.gauss(0.5, 0.8)) for _ in range(draw.choice((1, 2, 8, 15, 30)))]
        actuals = [one * math.exp(shift + draw.gauss(0, draw.choice((0.2, 0.6, 1.5)))) for one in estimates]
        quarters.append(FinishedQuarter(at, tuple(estimates), tuple(actuals)))
        at += draw.choice((1, 1, 1, 2, 6))
    return quarters


def certain(model: TeamModel) -> TeamModel:
    """The same with a capacity that is certain, as the reference has it."""
    return replace(model, interrupt_spread=0.0)


class TestAgainstTheReference:
    @pytest.mark.parametrize("number", range(20))
    def test_twenty_histories_of_the_first_edition(self, reference, number):
        history = random_history(number)
        past = [(one.number, one.estimates, one.actuals) for one in history]
        for now in (None, history[-1].number + 1 + number % 3 if history else None):
            model = learn(history, now, edition=FIRST_EDITION)
            assert (model.sigma, model.m, model.s) == pytest.approx(reference.learn(past, now), abs=1e-9)
            assert (model.finished_quarters, model.edition) == (len(history), FIRST_EDITION)

    @pytest.mark.parametrize("number", range(20))
    def test_twenty_histories(self, number):
        history = random_history(number)
        past = [(one.number, one.estimates, one.actuals) for one in history]
        for now in (None, history[-1].number + 1 + number % 3 if history else None):
            model = learn(history, now)
            assert (model.sigma, model.m, model.s) == pytest.approx(second_edition.learn(past, now), abs=1e-9)
            assert model.finished_quarters == len(history)

    @pytest.mark.parametrize("number", range(20))
    def test_odds_of_twenty_plans_with_and_without_history(self, number, monkeypatch):
        monkeypatch.setattr(second_edition, "TRIALS", 100_000)
        draw = random.Random(1000 + number)
        sizes = []
        for _ in range(draw.randint(1, 25)):
            likely = draw.uniform(0.5, 9)
            stated = (likely * draw.uniform(0.3, 0.95), likely, likely * draw.uniform(1.05, 3.5))
            sizes.append(stated if draw.random() < 0.5 else likely)
        history = random_history(number)
        total = sum(one[1] if isinstance(one, tuple) else one for one in sizes)
        for past in ((), history):
            model = learn(past)
            capacity = total * math.exp(model.m) * draw.uniform(0.85, 1.5)
            made = plan(sizes, [capacity])
            expected = second_edition.odds(sizes, capacity, [(one.number, one.estimates, one.actuals) for one in past])
            found = Forecast(Draws(number, {1: certain(model)}), made).odds
            variance = max(expected * (1 - expected), 0.01)
            assert abs(found - expected) < 3 * math.sqrt(variance / TRIALS + variance / 100_000)


def steady(ratio: float, quarters: int = 4, items: int = 15) -> list[FinishedQuarter]:
    """Quarters of 3 ew items that each took the same multiple of their estimate."""
    return [FinishedQuarter(at, (3.0,) * items, (3.0 * ratio,) * items) for at in range(quarters)]


class TestByHand:
    def test_one_quarter_of_two_items(self):
        """Estimates 1 and 3, actuals 2 and 3.

        Logs ln 2 = .693147 and 0, mean .346574: residuals +-.346574, squares sum to .240227, dof 1.
        sigma^2 = (20*.36 + .240227)/21 = 7.440227/21 = .354297, sigma = .595228.
        h = (1 + 9)/16 = .625; v = ln(1 + (e^.354297 - 1)*.625) = ln(1 + .425177*.625) = ln 1.265736 = .235653.
        z = ln(5/4) + v/2 = .223144 + .117827 = .340970.
        K = .04/(.04 + .235653 + .0225) = .134160; m = .07 + .134160*(.340970 - .07) = .106353.
        P = .04*(1 - .134160) = .034634; s = sqrt(.034634 + .0225) = .239026.
        """
        model = learn([FinishedQuarter(5, (1.0, 3.0), (2.0, 3.0))])
        assert (model.sigma, model.m, model.s) == pytest.approx((0.595228, 0.106353, 0.239026), abs=2e-6)
        assert (model.finished_quarters, model.tau) == (1, 0.15)
        assert model.overrun == pytest.approx(1.112215, abs=3e-6)

    def test_a_gap_forgets(self):
        """P = .034634 after the quarter above; two later P = min(.034634 + .01*2, .04) = .04, as if never known."""
        model = learn([FinishedQuarter(5, (1.0, 3.0), (2.0, 3.0))], now=7)
        assert model.s == pytest.approx(0.25)
        assert model.m == pytest.approx(0.106353, abs=2e-6)

    def test_three_quarters_of_one_item_each_that_were_kept(self):
        """One item a quarter, actual = estimate: no residual, sigma^2 = .36 = v (h = 1), z = .18 each time.

        1: surprise .11^2 - .04 - .36 = -.3879; K = .04/.4225 = .094675; m = .080414; P = .036213.
        2: P = .04 again (.036213 + .01 is more); surprise (.18 - .080414)^2 - .4 = -.390083; m = .089842.
        3: the same way, surprise (.18 - .089842)^2 - .4 = -.391872; m = .098378.
        tau^2 = max(.0025, (8*.0225 - 1.169854)/11) = .0025, a ninth of .0225: P once more, with a ninth of the drift^2.
        1: P = .04*(1 - .04/.4025) = .036025. 2: .037136*(1 - .037136/.399636) = .033685. 3: .034796 the same way,
        .034796*(1 - .034796/.397296) = .031749; s = sqrt(.031749 + .0025) = .185065.
        """
        model = learn([FinishedQuarter(at, (2.0,), (2.0,)) for at in (1, 2, 3)])
        assert (model.sigma, model.m) == pytest.approx((0.6, 0.098378), abs=2e-6)
        assert model.tau == pytest.approx(0.05)
        assert model.s == pytest.approx(0.185065, abs=2e-6)
        first = learn([FinishedQuarter(at, (2.0,), (2.0,)) for at in (1, 2, 3)], edition=FIRST_EDITION)
        assert (first.s, first.m) == pytest.approx((0.196756, 0.098378), abs=2e-6)

    def test_a_freak_quarter_counts_as_two_deviations(self):
        """One item of 100 times its estimate: z = ln 100 + .18 = 4.785170, but tau sees a surprise of 4*.4225 = 1.69.

        After two quarters that were kept, as above, m = .089842 and P = .04: the surprise is 1.69 - .4 = 1.29;
        tau^2 = (.18 - .3879 - .390083 + 1.29)/11 = .062911.
        """
        model = learn([FinishedQuarter(at, (2.0,), (2.0,)) for at in (1, 2)] + [FinishedQuarter(3, (2.0,), (200.0,))])
        assert model.sigma == 0.6
        assert model.tau**2 == pytest.approx(0.062911, abs=2e-6)

    def test_capacity_that_was_counted(self):
        """Planned 30, 20 there was: ln(2/3)^2 = .164402; (8*.0225 + .164402)/9 = .038267, spread .195620."""
        model = learn([], capacities=[DeliveredQuarter(5, 30.0, 20.0)])
        assert model.capacity_spread == pytest.approx(0.195620, abs=1e-6)
        assert (model.capacity_quarters, learn([]).capacity_quarters) == (1, 0)
        assert learn([], capacities=[DeliveredQuarter(5, 30.0, 0.0)]).capacity_quarters == 0

    def test_unplanned_work(self):
        """A quarter with .30: K = .0009/(.0009 + .0009) = .5, so .20; P = .00045, spread sqrt(.00135) = .036742."""
        model = learn([], interrupts=[InterruptedQuarter(5, 0.30)])
        assert (model.interrupt_share, model.interrupt_quarters) == (pytest.approx(0.20), 1)
        assert model.interrupt_spread == pytest.approx(0.036742, abs=1e-6)
        assert (model.m, model.s, model.finished_quarters) == (TYPICAL.m, pytest.approx(TYPICAL.s), 0)

    def test_unplanned_work_that_jumps_about_has_a_wide_spread(self):
        calm = learn([], interrupts=[InterruptedQuarter(at, 0.15) for at in range(6)])
        wild = learn([], interrupts=[InterruptedQuarter(at, 0.30 * (at % 2)) for at in range(6)])
        assert wild.interrupt_spread > 2 * calm.interrupt_spread
        assert calm.interrupt_share == pytest.approx(0.15, abs=0.005)


class TestWhatItLearns:
    def test_forty_perfect_quarters_with_a_steady_capacity_need_little_more_than_the_estimates(self):
        perfect = steady(1.0, 40, 20)
        steady_capacity = [DeliveredQuarter(at, 30.0, 30.0) for at in range(40)]
        assert needed_ratio(learn(perfect, 40, capacities=steady_capacity), 0.90) <= 1.15
        first = needed_ratio(learn(perfect, 40, edition=FIRST_EDITION), 0.90)
        assert first > 1.20, "which the first edition did not know"

    def test_points_and_ranges_at_the_same_record_differ_by_what_a_range_says(self):
        """Twenty ~1.0 and twenty ~0.5-1-2 at net 26 with a record of 1.15: 76% and 48% in the first edition."""
        # Items that spread as widely as the range says, so that it says nothing new.
        apart = [1.15 * math.exp(sign * 0.54) / math.cosh(0.54) for sign in (-1, 1)] * 10
        record = [FinishedQuarter(at, (1.0,) * 20, tuple(apart)) for at in range(8)]
        found = {}
        for edition in (FIRST_EDITION, EDITION):
            draws = Draws(3, {1: learn(record, 8, edition=edition)})
            found[edition] = [Forecast(draws, plan([one] * 20, [26.0])).odds for one in (1.0, (0.5, 1.0, 2.0))]
        assert found[FIRST_EDITION][0] - found[FIRST_EDITION][1] > 0.20
        assert abs(found[EDITION][0] - found[EDITION][1]) < 0.02

    def test_nothing_is_a_typical_team(self):
        for nothing in ([], [FinishedQuarter(1, (), ())], [FinishedQuarter(1, (0.0,), (2.0,))]):
            model = learn(nothing)
            assert (model.sigma, model.m, model.s) == pytest.approx((TYPICAL.sigma, TYPICAL.m, TYPICAL.s))
            assert (model.finished_quarters, model.interrupt_quarters) == (0, 0)
        assert learn([]).interrupt_spread == pytest.approx(TYPICAL.interrupt_spread)

    def test_one_quarter_never_stands_alone(self):
        assert 1.1 < learn(steady(1.5, 1)).overrun < 1.4 < learn(steady(1.5, 8)).overrun < 1.51

    def test_order_and_parts_of_a_quarter_do_not_matter(self):
        history = random_history(7)
        first = history[0]
        half = len(first.estimates) // 2 or 1
        parts = [
            FinishedQuarter(first.number, first.estimates[:half], first.actuals[:half]),
            FinishedQuarter(first.number, first.estimates[half:], first.actuals[half:]),
        ]
        assert learn([*reversed(history[1:]), *parts]) == learn(history)

    def test_what_is_no_record_of_work_is_left_out(self):
        good = FinishedQuarter(3, (2.0, 3.0, 1.0), (3.0, 3.5, 0.5))
        bad = (0.0, math.nan, math.inf, -1.0, 1e-300, 1e300)
        noisy = FinishedQuarter(3, (*good.estimates, *bad, *(1.0,) * 6), (*good.actuals, *(1.0,) * 6, *bad))
        assert learn([noisy, FinishedQuarter(4, (1.0, 2.0), (0.0, math.nan))]) == learn([good])

    def test_estimates_without_their_actuals_are_a_mistake(self):
        with pytest.raises(ValueError, match="shorter"):
            learn([FinishedQuarter(1, (1.0, 2.0), (1.0,))])

    figure = st.one_of(st.sampled_from([0.0, math.nan, math.inf, 1e-300, 1e300, 1e-6, 1e6]), st.floats(0, 10_000))
    pairs = st.lists(st.tuples(figure, figure), max_size=6)
    shares = st.lists(st.tuples(st.integers(0, 9), st.one_of(st.floats(0, 1), st.just(math.nan))), max_size=6)

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 9), pairs), max_size=5), shares, st.integers(-3, 20))
    def test_whatever_the_history_all_figures_are_finite(self, quarters, shares, now):
        history = [FinishedQuarter(at, tuple(e for e, _ in some), tuple(a for _, a in some)) for at, some in quarters]
        model = learn(history, now, [InterruptedQuarter(at, share) for at, share in shares])
        figures = (model.sigma, model.m, model.s, model.tau, model.overrun, model.interrupt_spread)
        assert all(map(math.isfinite, figures))
        assert model.sigma > 0
        assert model.s >= model.tau >= 0.05 - 1e-12
        assert 0 <= model.interrupt_share <= 0.9
        made = Forecast(Draws(1, {1: model}, trials=300), plan([3.0, 2.0], [9.0]))
        assert 0 <= made.odds <= 1
        assert not any(map(math.isnan, (*made.load_range, *made.dots(), *made.room.values(), *made.short.values())))


class TestMoreOverrunNeverHelps:
    @settings(max_examples=60, deadline=None)
    @given(st.integers(1, 8), st.data(), st.floats(1.0, 3.0))
    def test_the_learned_bias_never_falls_when_a_quarter_took_more(self, number, data, more):
        history = random_history(number)
        at = data.draw(st.integers(0, len(history) - 1))
        worse = FinishedQuarter(history[at].number, history[at].estimates, tuple(a * more for a in history[at].actuals))
        before, after = learn(history), learn([*history[:at], worse, *history[at + 1 :]])
        assert after.m >= before.m - 1e-12
        assert after.sigma == pytest.approx(before.sigma)

    @settings(max_examples=40, deadline=None)
    @given(st.integers(1, 2), st.floats(0.3, 3.0), st.floats(1.0, 3.0), st.floats(0.5, 2.5))
    def test_odds_never_rise_while_the_spread_is_not_learned_yet(self, quarters, ratio, more, capacity):
        made = plan([3.0] * 6, [18.0 * capacity])
        odds = [Forecast(Draws(5, {1: learn(steady(one, quarters))}), made).odds for one in (ratio, ratio * more)]
        assert odds[1] <= odds[0]

    @settings(max_examples=40, deadline=None)
    @given(st.integers(3, 8), st.floats(1.0, 2.0), st.floats(1.0, 1.6), st.floats(0.9, 1.6))
    def test_odds_never_rise_with_a_steady_overrun(self, quarters, ratio, more, capacity):
        made = plan([3.0] * 6, [18.0 * capacity])
        odds = [Forecast(Draws(5, {1: learn(steady(one, quarters))}), made).odds for one in (ratio, ratio * more)]
        assert odds[1] <= odds[0]


def with_history(state: State, team_id: int = 1, quarters: int = 4, ratio: float = 1.33, items: int = 6) -> State:
    """A team's quarters before the one in plan, of 3 ew items."""
    start = 1 + len(state.all(Actual))
    rows = [(NOW - quarters + at, number) for at in range(quarters) for number in range(items)]
    for at, (number, item) in enumerate(rows, start):
        given = {"id": at, "quarter": f"{number // 4}Q{number % 4 + 1}", "number": number, "team_id": team_id}
        add(state, Actual.model_validate({**given, "title": f"done {item}", "estimate": 3.0, "actual": 3.0 * ratio}))
    return state


class TestFromTheRecord:
    def test_quarters_of_a_team_oldest_first(self):
        state = with_history(empty([30.0, 20.0]), 1, 3)
        with_history(state, 2, 1)
        assert [(one.number, len(one.estimates)) for one in history_of(state, 1)] == [
            (NOW - 3, 6), (NOW - 2, 6), (NOW - 1, 6),
        ]  # fmt: skip
        assert len(history_of(state, 2)) == 1
        assert set(models_of(state)) == {1, 2}
        assert models_of(state)[1] == learn(history_of(state, 1), NOW)

    def test_a_team_without_a_record_is_typical(self):
        state = with_history(planned([3.0] * 4, [20.0, 20.0]))
        assert set(models_of(state)) == {1}
        assert draws_of(state).model(2) is TYPICAL
        assert models_of(empty()) == {}

    def test_the_quarter_in_plan_and_later_ones_do_not_count_until_closed(self):
        state = empty()
        fields = {"quarter": "x", "team_id": 1, "estimate": 3.0, "actual": 6.0}
        add(state, Actual(id=1, number=NOW, **fields), Actual(id=2, number=NOW + 1, **fields))
        add(state, Interrupt(id=1, quarter="x", number=NOW, team_id=1, share=0.5))
        assert history_of(state, 1) == []
        assert interrupts_of(state, 1) == []
        assert models_of(state)[1].finished_quarters == 0
        quarter = state.all(Quarter)[1]
        add(state, quarter.model_copy(update={"state": "closed"}))
        assert [one.number for one in history_of(state, 1)] == [NOW]
        assert [one.share for one in interrupts_of(state, 1)] == [0.5]

    def test_an_overrun_on_record_lowers_the_odds_and_the_room(self):
        sizes = [3.0] * 6
        typical, own = forecast(planned(sizes, [24.0])), forecast(with_history(planned(sizes, [24.0])))
        assert own.odds < typical.odds - 0.05
        assert own.draws.model(1).overrun == pytest.approx(1.28, abs=0.05)

    def test_draws_stay_while_the_record_does(self):
        state = with_history(planned([3.0] * 4, [20.0]))
        draws = draws_of(state)
        assert draws_of(state, draws) is draws
        more = with_history(state, 1, 6)
        assert draws_of(more, draws) is not draws
        assert draws_of(more, draws).models == models_of(more)

    def test_the_same_record_in_any_order_gives_the_same_odds_to_the_last_digit(self):
        state = with_history(planned([3.0] * 6, [24.0]), ratio=1.1)
        rows = list(state.all(Actual).values())
        other = planned([3.0] * 6, [24.0])
        add(other, *(row.model_copy(update={"id": 99 - at}) for at, row in enumerate(rows)))
        assert forecast(other).odds == forecast(state).odds

    def test_in_words(self):
        state = with_history(empty([30.0, 20.0]), quarters=6)
        add(state, Interrupt(id=1, quarter="x", number=NOW - 1, team_id=2, share=0.30))
        pay, web = map(str, learned_of(state))
        ratio = needed_ratio(models_of(state)[1], 0.70)
        assert pay.startswith("Pay: 6 finished quarters, typically 1.3")
        assert f"a plan at 70% now needs {ratio:.2f} times its estimates" in pay
        assert web == "Web: unplanned work takes 20% of its capacity, give or take 4 points (1 finished quarter)"
        assert str(learned_of(empty())[0]) == "Pay: no finished quarter, taken for a typical team"

    def test_what_a_plan_needs_is_what_gives_those_odds(self):
        for model in (TYPICAL, learn(steady(1.33))):
            ratio = needed_ratio(model, 0.70)
            made = plan([3.0] * 20, [60.0 * ratio])
            found = [Forecast(Draws(seed, {1: model}), made).odds for seed in range(8)]
            assert float(np.mean(found)) == pytest.approx(0.70, abs=0.012)
