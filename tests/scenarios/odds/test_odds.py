"""The odds meter, held against closed forms, numerical integrals, brute force, and the small reference version."""

import importlib.util
import math
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.draws import TRIALS, Draws
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import BIAS, COMMON, OMEGA, SIGMA, TAU, TeamModel, mean_of, sigma_of
from scenarios.plan.plan import Entry, Plan
from store.records.plan import FIRST_EDITION
from tests.scenarios.making import add_item, forecast, item, plan, planned, size

SPREAD = math.hypot(0.20, 0.15)
PHI = NormalDist().cdf
REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "tools" / "forecast_reference.py"
SEEDS = range(10)
#: The closed forms, and the figures of the design, are for a net capacity that is certain.
CERTAIN = TeamModel(interrupt_spread=0.0)


def certain(made: Plan, seed: int = 1) -> Draws:
    """Draws for typical teams whose capacity is certain."""
    return Draws(seed, dict.fromkeys(made.net, CERTAIN))


def odds_of(made: Plan, seed: int = 1) -> float:
    return Forecast(certain(made, seed), made).odds


def first_odds_of(made: Plan, seed: int = 1) -> float:
    """By the first edition, of which the reference version is."""
    model = replace(CERTAIN, edition=FIRST_EDITION)
    return Forecast(Draws(seed, dict.fromkeys(made.net, model)), made).odds


def over_seeds(made: Plan, count: int = 16) -> float:
    """The mean of the odds over several seeds: a standard error four times smaller for 16."""
    return float(np.mean([odds_of(made, seed) for seed in range(count)]))


def error(odds: float, trials: int = TRIALS) -> float:
    """The standard error of odds that were counted."""
    return math.sqrt(max(odds * (1 - odds), 0.01) / trials)


class TestReferenceFigures:
    """20 equal items, no history, capacity as a multiple of the estimates: five figures that are a promise."""

    @pytest.mark.parametrize(("ratio", "percent"), [(1.00, 42), (1.05, 48), (1.22, 69), (1.34, 79), (1.54, 90)])
    def test_twenty_equal_items(self, ratio, percent):
        made = plan([3.0] * 20, [60 * ratio])
        found = [100 * odds_of(made, seed) for seed in SEEDS]
        assert all(abs(one - percent) < 1.6 for one in found), found
        assert abs(np.mean(found) - percent) < 0.7

    @pytest.mark.parametrize("likely", [0.2, 3.0, 40.0])
    def test_the_size_of_an_engineer_week_does_not_matter(self, likely):
        found = over_seeds(plan([likely] * 20, [20 * likely * 1.22]))
        assert found == pytest.approx(0.686, abs=0.006)

    def test_defaults_are_those_of_the_design(self):
        assert (SIGMA, BIAS, OMEGA, TAU, COMMON) == (0.60, 0.07, 0.20, 0.15, 0.15)
        assert TeamModel().s == pytest.approx(0.25)
        assert TRIALS == 10_000


@pytest.fixture(scope="module")
def reference():
    if not REFERENCE.exists():
        pytest.skip("the reference version of the model is kept beside the repository, not in it")
    spec = importlib.util.spec_from_file_location("forecast_reference", REFERENCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestAgainstTheReference:
    def test_five_ranges(self, reference):
        ranges = [(2, 3, 5.5), (1, 2, 3), (4, 6, 11), (3, 5, 8), (2, 3, 4)]
        expected = reference.odds(ranges, 24)
        assert expected == pytest.approx(0.626, abs=0.003)
        found = [first_odds_of(plan(ranges, [24.0]), seed) for seed in range(8)]
        assert all(abs(one - expected) < 4 * error(expected) for one in found), found
        assert np.mean(found) == pytest.approx(expected, abs=4 * error(expected, 8 * TRIALS))

    @pytest.mark.parametrize("number", range(6))
    def test_plans_of_mixed_ranges(self, reference, number):
        draw = np.random.default_rng(number)
        sizes = []
        for _ in range(int(draw.integers(2, 30))):
            likely = float(draw.uniform(0.5, 9))
            stated = (likely * draw.uniform(0.3, 0.95), likely, likely * draw.uniform(1.05, 3.5))
            sizes.append(tuple(map(float, stated)) if draw.random() < 0.6 else likely)
        total = sum(one[1] if isinstance(one, tuple) else one for one in sizes)
        capacity = total * float(draw.uniform(0.9, 1.7))
        expected = reference.odds(sizes, capacity)
        made = plan(sizes, [capacity])
        tolerance = 4 * math.hypot(error(expected), error(expected, reference.TRIALS))
        assert all(abs(first_odds_of(made, seed) - expected) < tolerance for seed in range(3))

    def test_mean_and_spread_of_a_size(self, reference):
        for given_size in (3.0, (2, 3, 5.5), (4, 6, 11), (1, 1, 1)):
            mean, sigma = reference.mean_and_sigma(given_size, 0.6)
            found = (mean_of(size(1, 1, given_size), FIRST_EDITION), sigma_of(size(1, 1, given_size)))
            assert found == pytest.approx((mean, sigma))


class TestClosedForms:
    def test_mean_of_a_range_is_swansons_in_the_first_edition(self):
        assert mean_of(size(1, 1, (2.0, 3.0, 5.5)), FIRST_EDITION) == pytest.approx(0.6 + 1.2 + 1.65)
        assert mean_of(size(1, 1, 3.0), FIRST_EDITION) == mean_of(size(1, 1, 3.0)) == 3.0

    @pytest.mark.parametrize(
        ("given_size", "mean"),
        [
            # No more skewed than a typical item, of which Swanson's mean is .4 + .3 (2.1575 + .4635) = 1.1863.
            ((0.5, 1.0, 2.0), 1.0),
            ((2.0, 3.0, 5.5), 3.0),
            ((1.0, 3.0, 5.0), 3.0),
            # .3 + .8 + 2.4 = 3.5, less what is usual: 3.5 / 1.1863 = 2.9503; 12 / 1.1863 = 10.1157.
            ((1.0, 2.0, 8.0), 2.9503),
            ((0.0, 0.0, 40.0), 10.1157),
            # .3 + 3.6 + 3.6 = 7.5, below the likely size.
            ((1.0, 9.0, 12.0), 7.5),
        ],
    )
    def test_a_range_raises_the_mean_where_it_is_skewed_beyond_what_is_usual(self, given_size, mean):
        assert mean_of(size(1, 1, given_size)) == pytest.approx(mean, abs=2e-4)

    def test_half_of_the_variance_comes_from_the_stated_range(self):
        # ln(5.5/2) / 2.563 = 0.394698...; the mean of its square and of 0.36 is 0.257893...
        assert sigma_of(size(1, 1, (2.0, 3.0, 5.5))) == pytest.approx(0.507832, abs=1e-5)
        assert sigma_of(size(1, 1, (3.0, 3.0, 3.0))) == pytest.approx(0.6 / math.sqrt(2))

    @pytest.mark.parametrize(
        ("given_size", "capacity"),
        [(3.0, 2.0), (3.0, 3.0), (3.0, 6.0), ((2.0, 3.0, 5.5), 3.5), ((2.0, 3.0, 5.5), 5.0), ((1.0, 9.0, 12.0), 8.0)],
    )
    def test_one_item_alone_is_lognormal(self, given_size, capacity):
        if isinstance(given_size, tuple):
            low, likely, high = given_size
            swanson = 0.3 * low + 0.4 * likely + 0.3 * high
            mean = min(likely, swanson)
            variance = 0.5 * (math.log(high / low) / 2.563) ** 2 + 0.5 * 0.36
        else:
            mean, variance = given_size, 0.36
        middle = 0.07 + math.log(mean) - variance / 2
        expected = PHI((math.log(capacity) - middle) / math.sqrt(0.0625 + variance))
        found = [odds_of(plan([given_size], [capacity]), seed) for seed in range(12)]
        assert all(abs(one - expected) < 4 * error(expected) for one in found), found
        assert np.mean(found) == pytest.approx(expected, abs=3.5 * error(expected, 12 * TRIALS))

    @pytest.mark.parametrize("net", [(3.0, 4.0), (4.0, 4.0), (6.0, 3.5)])
    def test_two_teams_share_a_part_of_the_variance_of_the_quarter(self, net):
        # Given z_quarter, the two teams are independent: integrate the product of their chances over it.
        z = np.linspace(-8, 8, 4001)
        density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
        chances = np.ones_like(z)
        for likely, capacity in zip((3.0, 2.5), net, strict=True):
            middle = 0.07 + math.log(likely) - 0.18 + SPREAD * math.sqrt(0.15) * z
            spread = math.sqrt(0.36 + 0.85 * SPREAD**2)
            chances *= np.array([PHI(x) for x in (math.log(capacity) - middle) / spread])
        expected = float(np.sum(chances * density) * (z[1] - z[0]))
        found = over_seeds(plan([{1: 3.0}, {2: 2.5}], net))
        assert found == pytest.approx(expected, abs=4 * error(expected, 16 * TRIALS))

    @pytest.mark.parametrize("net", [(3.0, 4.0), (4.0, 4.0), (6.0, 5.0)])
    def test_an_item_on_two_teams_is_lucky_or_unlucky_on_both(self, net):
        # ln T of the two teams is normal, with eps and half of the quarter's factor in common: integrate over those.
        eps, z = np.meshgrid(np.linspace(-7, 7, 301), np.linspace(-7, 7, 301))
        density = np.exp(-(eps**2 + z**2) / 2) / (2 * math.pi)
        chances = np.ones_like(z)
        cdf = np.vectorize(PHI)
        for likely, capacity in zip((3.0, 2.5), net, strict=True):
            known = 0.07 + math.log(likely) + 0.6 * eps - 0.18 + SPREAD * math.sqrt(0.15) * z
            chances *= cdf((math.log(capacity) - known) / (SPREAD * math.sqrt(0.85)))
        expected = float(np.sum(chances * density) * (14 / 300) ** 2)
        found = over_seeds(plan([{1: 3.0, 2: 2.5}], net))
        assert found == pytest.approx(expected, abs=4 * error(expected, 16 * TRIALS))

    def test_sharing_an_item_couples_the_teams(self):
        shared = over_seeds(plan([{1: 3.0, 2: 3.0}], (4.0, 4.0)))
        apart = over_seeds(plan([{1: 3.0}, {2: 3.0}], (4.0, 4.0)))
        assert shared > apart + 0.05

    def test_a_team_with_a_record_has_its_own_spread_and_bias(self):
        model = TeamModel(sigma=0.3, m=0.25, s=0.10, interrupt_spread=0.0)
        expected = PHI((math.log(3.5) - (0.25 + math.log(3.0) - 0.045)) / math.sqrt(0.09 + 0.01))
        made = plan([3.0], [3.5])
        found = [Forecast(Draws(seed, {1: model}), made).odds for seed in range(12)]
        assert np.mean(found) == pytest.approx(expected, abs=4 * error(expected, 12 * TRIALS))

    def test_load_has_the_deciles_of_the_closed_form(self):
        spread = math.sqrt(0.36 + 0.0625)
        middle = 0.07 + math.log(3.0) - 0.18
        low, half, high = Forecast(Draws(3), plan([3.0], [5.0])).load_range
        assert low < half < high
        expected = [math.exp(middle + spread * at) for at in (-1.28155, 0.0, 1.28155)]
        assert [low, half, high] == pytest.approx(expected, rel=0.05)


class TestEdges:
    def test_no_capacity_no_chance(self):
        assert odds_of(plan([3.0], [0.0])) == 0.0
        assert odds_of(plan([3.0, {2: 1.0}], [90.0, 0.0])) == 0.0

    @pytest.mark.filterwarnings("error")
    @pytest.mark.parametrize("net", [0.0, 5e-324, 1e-300])
    def test_next_to_no_capacity_is_drawn_far_to_the_right(self, net):
        assert min(Forecast(Draws(1), plan([3.0], [net])).dots()) > 1e9

    def test_nothing_planned_always_finishes(self):
        made = Forecast(Draws(1), plan([], [0.0, 5.0]))
        assert made.odds == 1.0
        assert made.fits
        assert made.short == {}

    def test_no_team_and_nothing_planned(self):
        made = Forecast(Draws(1), plan([], []))
        assert (made.odds, made.room, made.short, made.load_range) == (1.0, {}, {}, (0.0, 0.0, 0.0))

    def test_plenty_of_capacity_is_certain(self):
        assert odds_of(plan([3.0] * 5, [9_000.0])) == 1.0

    def test_a_proposed_team_that_is_not_stored_yet_can_be_tried(self):
        draws = Draws(1)
        rows = [draws.factor(number) for number in (-1, -2, 1, 2)]
        assert all(not np.allclose(rows[a], rows[b]) for a in range(4) for b in range(a))


SIZES = st.one_of(
    st.floats(0.1, 12.0),
    st.tuples(st.floats(0.1, 1.0), st.floats(1.0, 3.0), st.floats(1.0, 3.0)).map(
        lambda given: (given[0] * 3, 3.0 * given[1], 3.0 * given[1] * given[2])
    ),
)
ON_TEAMS = st.dictionaries(st.integers(1, 2), SIZES, min_size=1, max_size=2)
PLANS = st.builds(
    lambda sizes, net, target, seed: planned(sizes, net, target=target / 100, seed=seed),
    st.lists(ON_TEAMS, max_size=7),
    st.tuples(st.floats(0.0, 60.0), st.floats(5.0, 60.0)),
    st.integers(5, 95),
    st.integers(0, 2**53 - 1),
)
few = settings(max_examples=40, deadline=None)


class TestWhatMustAlwaysHold:
    @few
    @given(PLANS)
    def test_odds_are_at_most_those_of_every_item_and_team(self, state):
        made = forecast(state)
        assert set(made.item_odds) == set(state.tables["items"])
        assert all(one >= made.odds for one in (*made.item_odds.values(), *made.team_odds.values()))

    @few
    @given(st.lists(SIZES, min_size=1, max_size=7), st.floats(1, 60))
    def test_item_odds_fall_down_the_rank_to_the_odds_of_all(self, sizes, capacity):
        whole = plan(sizes, [capacity])
        made = Forecast(certain(whole, 2), whole)
        down = [made.item_odds[entry.item.id] for entry in made.plan.entries]
        assert down == sorted(down, reverse=True)
        assert down[-1] == made.odds
        for count in range(1, len(sizes)):
            assert down[count - 1] == odds_of(plan(sizes[:count], [capacity]), 2)

    def test_item_odds_look_only_at_the_items_own_teams(self):
        made = Forecast(Draws(2), plan([{1: 9.0}, {2: 1.0}, {1: 1.0, 2: 1.0}], [5.0, 20.0]))
        alone = [entry for entry in made.plan.entries if entry.item.id != 2]
        assert made.item_odds[2] == Forecast(made.draws, made.plan.without(alone)).odds > 0.99
        assert made.item_odds[1] < 0.4
        assert made.item_odds[3] == made.odds <= made.item_odds[1]

    @few
    @given(PLANS)
    def test_dropping_never_lowers(self, state):
        made = forecast(state)
        for entry in made.plan.entries:
            assert made.if_cut(entry) >= 0
            assert made.odds_if(out=(entry,)) >= made.odds

    @few
    @given(PLANS, st.floats(0, 20), st.integers(1, 2))
    def test_capacity_never_lowers(self, state, more, team_id):
        before = forecast(state)
        net = dict(before.plan.net)
        net[team_id] += more
        after = Forecast(before.draws, Plan(before.plan.quarter, before.plan.teams, net, before.plan.entries))
        assert after.odds >= before.odds

    @few
    @given(PLANS, st.floats(0.05, 1.0), st.data())
    def test_shrinking_never_lowers(self, state, factor, data):
        before = forecast(state)
        if not before.plan.entries:
            return
        chosen = data.draw(st.sampled_from(before.plan.entries))
        shrunk = []
        for one in chosen.sizes:
            fields = {name: getattr(one, name) for name in ("low", "likely", "high")}
            fields = {name: None if value is None else value * factor for name, value in fields.items()}
            shrunk.append(one.model_copy(update=fields))
        entries = tuple(Entry(one.item, tuple(shrunk)) if one is chosen else one for one in before.plan.entries)
        plan_after = Plan(before.plan.quarter, before.plan.teams, before.plan.net, entries)
        assert Forecast(before.draws, plan_after, before).odds >= before.odds

    @few
    @given(PLANS)
    def test_load_and_dots_are_in_order(self, state):
        made = forecast(state)
        assert list(made.load_range) == sorted(made.load_range)
        dots = made.dots()
        assert len(dots) == 50
        assert list(dots) == sorted(dots)
        assert abs(sum(dot <= 1 for dot in dots) - round(50 * made.odds)) <= 1


class TestSamePlanSameOdds:
    @few
    @given(PLANS, st.data())
    def test_whatever_came_and_went_before(self, state, data):
        """Through any history of items coming and going, the odds are exactly those of the plan from scratch."""
        final = forecast(state)
        entries = final.plan.entries
        now = final
        for _ in range(data.draw(st.integers(1, 6))):
            keep = data.draw(st.lists(st.sampled_from(entries), unique=True)) if entries else []
            now = Forecast(final.draws, now.plan._with(tuple(keep)), now)
            assert now.odds == Forecast(Draws(final.draws.seed), now.plan).odds
        back = Forecast(final.draws, final.plan, now)
        assert back.odds == final.odds
        assert (back.room, back.short, back.item_odds) == (final.room, final.short, final.item_odds)
        assert (back.dots(), back.load_range) == (final.dots(), final.load_range)

    @few
    @given(PLANS, st.data())
    def test_in_any_rank_order(self, state, data):
        made = forecast(state)
        shuffled = tuple(data.draw(st.permutations(made.plan.entries)))
        assert Forecast(Draws(made.draws.seed), made.plan._with(shuffled)).odds == made.odds

    @few
    @given(PLANS, st.data())
    def test_as_simulated_anew_for_what_is_tried(self, state, data):
        """``odds_if`` and ``if_cut`` are exactly what a forecast of the changed plan says."""
        whole = forecast(state)
        if not whole.plan.entries:
            return
        come = data.draw(st.lists(st.sampled_from(whole.plan.entries), unique=True, max_size=3))
        made = Forecast(Draws(whole.draws.seed), whole.plan.without(come))
        out = data.draw(st.lists(st.sampled_from(made.plan.entries), unique=True)) if made.plan.entries else []
        changed = made.plan.without(out).plus(come)
        assert made.odds_if(out=out, come=come) == Forecast(Draws(made.draws.seed), changed).odds
        for entry in made.plan.entries:
            anew = Forecast(Draws(made.draws.seed), made.plan.without((entry,)))
            assert made.if_cut(entry) == anew.odds - made.odds
        for entry in come:
            anew = Forecast(Draws(made.draws.seed), made.plan.plus((entry,)))
            assert made.if_cut(entry) == anew.odds - made.odds

    def test_the_store_s_numbers_do_not_matter(self):
        """A request keeps its odds when it gets its row."""
        draws, present = Draws(5), plan([3.0] * 4, [15.0])
        asked = Entry(item(-9, draw=77), (size(-9, 1, (2.0, 3.0, 5.5), -10),))
        stored = Entry(item(5, draw=77), (size(5, 1, (2.0, 3.0, 5.5), 12),))
        assert Forecast(draws, present.plus((asked,))).odds == Forecast(draws, present.plus((stored,))).odds

    def test_another_seed_gives_other_draws_and_nearly_the_same_odds(self):
        made = plan([3.0] * 8, [28.0])
        found = {odds_of(made, seed) for seed in range(6)}
        assert len(found) > 1
        assert max(found) - min(found) < 0.04

    def test_rows_that_were_let_go_come_back_the_same(self):
        draws = Draws(1, trials=200)
        first = Entry(item(1), (size(1, 1, 3.0),))
        row = draws.rows(first)[1].copy()
        for number in range(2, 1700):
            draws.rows(Entry(item(number), (size(number, 1, 3.0, number),)))
        again = draws.rows(first)[1]
        assert np.array_equal(again, row)


def with_more(made: Forecast, weeks: dict[int, float]) -> float:
    """The odds with so many more ew planned on each team (fewer, where negative), by brute force on the trials."""
    fine = np.ones(made.draws.trials, bool)
    for team in made.plan.teams:
        total = np.full(made.draws.trials, weeks.get(team.id, 0.0))
        for entry in made.plan.entries:
            total += made.draws.rows(entry).get(team.id, 0.0)
        net = made.plan.net[team.id] * made.draws.capacity(team.id)
        fine &= total * made.draws.factor(team.id) <= net + 1e-9
    return float(fine.mean())


class TestRoomAndShort:
    @few
    @given(PLANS)
    def test_brute_force_has_the_same_odds(self, state):
        made = forecast(state)
        assert with_more(made, {}) == pytest.approx(made.odds, abs=1e-9)

    @few
    @given(PLANS)
    def test_room_is_what_can_still_come_and_no_more(self, state):
        made = forecast(state)
        target = made.plan.target
        for team_id, weeks in made.room.items():
            if made.fits:
                assert with_more(made, {team_id: weeks}) >= target - 1e-9
                assert with_more(made, {team_id: weeks + 0.01}) < target
            else:
                assert weeks == 0

    @few
    @given(PLANS)
    def test_short_is_what_must_leave(self, state):
        made = forecast(state)
        if made.fits:
            assert made.short == {}
            return
        assert made.short
        assert all(weeks > 0 for weeks in made.short.values())
        assert with_more(made, {key: -weeks for key, weeks in made.short.items()}) >= made.plan.target - 1e-9

    @few
    @given(PLANS)
    def test_short_of_one_team_is_the_least_of_any_team_alone(self, state):
        made = forecast(state)
        if made.fits or len(made.short) > 1:
            return
        ((team_id, weeks),) = made.short.items()
        assert with_more(made, {team_id: 0.01 - weeks}) < made.plan.target
        for other in made.plan.net:
            # No other team alone would have done with clearly less.
            assert with_more(made, {other: 0.01 - weeks}) < made.plan.target

    def test_both_teams_give_where_both_are_over(self):
        made = forecast(planned([{1: 20.0}, {2: 20.0}], [12.0, 12.0], target=0.8))
        assert set(made.short) == {1, 2}
        assert with_more(made, {key: -weeks for key, weeks in made.short.items()}) >= 0.8 - 1e-9

    def test_room_of_one_item_in_closed_form(self):
        """One item of 3 ew: so much more that P(F * (T + x) <= net) is the target, integrated numerically."""
        one = plan([3.0], [12.0], target=0.7)
        made = Forecast(certain(one, 7), one)
        z = np.linspace(-8, 8, 4001)
        density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
        left = 12.0 / np.exp(0.07 + 0.25 * z) - made.room[1]
        middle = math.log(3.0) - 0.18
        chances = [PHI((math.log(weeks) - middle) / 0.6) if weeks > 0 else 0.0 for weeks in left]
        assert float(np.dot(chances, density)) == pytest.approx(0.7, abs=0.02)

    def test_a_plan_exactly_at_its_target_fits_and_has_no_room_to_speak_of(self):
        state = planned([3.0] * 6, [24.0])
        at = forecast(state).odds
        made = forecast(planned([3.0] * 6, [24.0], target=at))
        assert made.fits
        assert 0 <= made.room[1] < 0.05
        assert not forecast(planned([3.0] * 6, [24.0], target=at + 1 / TRIALS)).fits

    def test_one_team_has_room_while_another_stands_exactly_at_the_target(self):
        sizes, net = [{1: 3.0}, {2: 3.0}], [900.0, 4.0]
        target = forecast(planned(sizes, net)).odds
        made = forecast(planned(sizes, net, target=target))
        assert made.team_odds == {1: 1.0, 2: target}
        assert made.room[1] > 100
        assert with_more(made, {1: made.room[1]}) >= target - 1e-9
        assert with_more(made, {1: made.room[1] + 0.01}) < target

    def test_buffer_that_honesty_costs(self):
        """At 70% an estimate of 60 ew needs well more than 60 ew: that is the buffer."""
        made = forecast(planned([3.0] * 20, [60.0]))
        assert made.short[1] == pytest.approx(11, abs=2.5)


def test_unsized_items_take_nothing():
    state = planned([3.0], [4.0])
    before = forecast(state).odds
    add_item(state, 2)
    assert forecast(state).odds == before


class TestUncertainCapacity:
    """Net capacity is net of the interrupts that are expected; in a trial they take more, or less."""

    @pytest.mark.parametrize(("mean", "spread"), [(0.10, 0.0424), (0.3, 0.1), (0.0, 0.2), (0.89, 0.3)])
    def test_capacity_is_what_was_stated_on_average_and_never_negative(self, mean, spread):
        left = Draws(4, {1: TeamModel(interrupt_share=mean, interrupt_spread=spread)}).capacity(1)
        assert left.mean() == pytest.approx(1.0, abs=1e-12)
        assert left.min() >= 0

    def test_share_is_normal_around_its_mean(self):
        left = Draws(4, {1: TeamModel(interrupt_share=0.3, interrupt_spread=0.05)}).capacity(1)
        share = 1 - 0.7 * left
        assert float(share.std()) == pytest.approx(0.05, rel=1e-3)
        assert float(np.quantile(share, 0.9)) == pytest.approx(0.3 + 1.2816 * 0.05, abs=0.003)

    def test_without_spread_it_is_exactly_the_stated_one(self):
        assert set(Draws(4, {1: CERTAIN}).capacity(1)) == {1.0}

    def test_one_item_with_uncertain_capacity_in_closed_form(self):
        """P(F * X <= net * (1 - u)/(1 - .1)), integrated over u."""
        made = plan([3.0], [4.0])
        z = np.linspace(-8, 8, 4001)
        density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
        share = np.clip(0.10 + 0.15 * z, 0.0, 0.9)
        net = 4.0 * (1 - share) / float(np.dot(1 - share, density))
        spread = math.sqrt(0.36 + 0.0625)
        chances = [PHI((math.log(weeks) - (0.07 + math.log(3.0) - 0.18)) / spread) for weeks in net]
        expected = float(np.dot(chances, density))
        models = {1: TeamModel(interrupt_spread=0.15)}
        found = float(np.mean([Forecast(Draws(seed, models), made).odds for seed in range(16)]))
        assert found == pytest.approx(expected, abs=4 * error(expected, 16 * TRIALS))

    @pytest.mark.parametrize(("ratio", "percent"), [(1.00, 42), (1.05, 48), (1.22, 69), (1.34, 79), (1.54, 90)])
    def test_the_default_spread_costs_less_than_half_a_point_or_so(self, ratio, percent):
        made = plan([3.0] * 20, [60 * ratio])
        found = float(np.mean([100 * Forecast(Draws(seed), made).odds for seed in range(16)]))
        assert abs(found - percent) < 1.0
        assert abs(found - 100 * over_seeds(made)) < 0.6

    def test_more_spread_costs_odds_where_the_plan_fits(self):
        made = plan([3.0] * 20, [60 * 1.4])
        found = [
            Forecast(Draws(3, {1: TeamModel(interrupt_spread=spread)}), made).odds for spread in (0.0, 0.04, 0.1, 0.2)
        ]
        assert found == sorted(found, reverse=True)
        assert found[0] > found[-1] + 0.02

    def test_teams_are_interrupted_apart_from_each_other(self):
        draws = Draws(4, dict.fromkeys((1, 2, -1), TeamModel()))
        rows = [draws.capacity(number) for number in (1, 2, -1)]
        assert abs(np.corrcoef(rows)[np.triu_indices(3, 1)]).max() < 0.05


class TestNormalLimit:
    @pytest.mark.parametrize("ratio", [0.95, 0.98, 1.0, 1.02, 1.05])
    def test_many_equal_items_without_a_shared_factor(self, ratio):
        """400 items of mean 1, log spread .6: their sum is nearly normal, mean 400 and variance 400*(e^.36 - 1)."""
        certain = TeamModel(m=0.0, s=0.0, interrupt_spread=0.0)
        spread = math.sqrt(400 * math.expm1(0.36))
        expected = NormalDist(400, spread).cdf(400 * ratio)
        many = plan([1.0] * 400, (400 * ratio,))
        found = [Forecast(Draws(seed, {1: certain}), many).odds for seed in (1, 2)]
        assert sum(found) / 2 == pytest.approx(expected, abs=0.01)
