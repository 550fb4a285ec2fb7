"""Why the odds are what they are."""

import numpy as np
import pytest

from scenarios.odds.draws import Draws
from scenarios.odds.explanation import why
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TeamModel
from tests.scenarios.making import add_item, empty, forecast, numbers, plan, planned

#: Everything takes exactly its likely size, and capacity is what it says.
CERTAIN = TeamModel(sigma=0.0, m=0.0, s=0.0, finished_quarters=4, interrupt_spread=0.0)


class TestByHand:
    def test_seven_weeks_for_three_items_of_three(self):
        found = why(Forecast(Draws(1, {1: CERTAIN}), plan([3.0, 3.0, 3.0], [7.0])))
        assert found.finished == 2
        assert found.at_risk.item.id == 3
        assert found.binding is found.teams[0]
        assert (found.binding.odds, found.binding.net, found.binding.load) == (0.0, 7.0, 9.0)
        assert found.binding.model.finished_quarters == 4

    def test_two_teams_each_with_its_own_rank(self):
        # Team 1 finishes its first item only, team 2 all of its own; the shared one fails with team 1.
        sizes = [{1: 5.0}, {2: 2.0}, {1: 3.0}, {2: 2.0}, {1: 1.0, 2: 1.0}]
        found = why(Forecast(Draws(1, {1: CERTAIN, 2: CERTAIN}), plan(sizes, [6.0, 5.0])))
        assert found.finished == 3
        assert found.at_risk.item.id == 3
        assert [each.odds for each in found.teams] == [0.0, 1.0]
        assert [each.load for each in found.teams] == [9.0, 5.0]
        assert found.binding.team.id == 1

    def test_expected_count_is_the_mean_over_trials_of_how_many_finish_in_a_row(self):
        made = forecast(planned([3.0, (2.0, 3.0, 9.0), 4.0], [11.0]))
        factor = made.draws.factor(1)
        total, counted = np.zeros(made.draws.trials), np.zeros(made.draws.trials)
        for entry in made.plan.entries:
            total += made.draws.rows(entry)[1]
            counted += total * factor <= 11.0 * made.draws.capacity(1)
        assert why(made).finished == pytest.approx(float(counted.mean()), abs=1e-3)


class TestFirstAtRisk:
    def test_the_first_below_the_target(self):
        made = forecast(planned([3.0] * 8, [21.0], target=0.7))
        found = why(made).at_risk
        assert made.item_odds[found.item.id] < 0.7
        assert all(made.item_odds[number] >= 0.7 for number in range(1, found.item.id))
        assert 1 < found.item.id < 8

    def test_nothing_is_where_all_is_well(self):
        assert why(forecast(planned([3.0] * 3, [90.0]))).at_risk is None

    def test_a_higher_target_is_at_risk_sooner(self):
        at = [why(forecast(planned([3.0] * 8, [21.0], target=target))).at_risk.item.id for target in (0.5, 0.7, 0.9)]
        assert at == sorted(at, reverse=True)
        assert at[0] > at[-1]


class TestBinding:
    def test_the_team_that_finishes_least_often(self):
        found = why(forecast(planned([{1: 3.0}, {2: 3.0}, {3: 3.0}], [6.0, 4.0, 5.0])))
        assert found.binding.team.id == 2
        assert found.binding.odds == min(each.odds for each in found.teams)

    def test_a_team_without_work_does_not_bind(self):
        found = why(forecast(planned([{1: 3.0}], [90.0, 0.0])))
        assert found.binding.team.id == 1

    def test_nobody_binds_an_empty_plan(self):
        found = why(forecast(empty([5.0, 3.0])))
        assert (found.binding, found.at_risk, found.finished, found.widest) == (None, None, 0, ())
        assert [each.odds for each in found.teams] == [1.0, 1.0]

    def test_a_range_whose_likely_value_is_nothing_can_bind(self):
        found = why(forecast(planned([{1: 1.0}, {2: (0.0, 0.0, 40.0)}], [90.0, 3.0])))
        assert found.binding.team.id == 2


class TestWidest:
    def test_what_adds_most_spread_first_and_no_more_than_three(self):
        made = forecast(planned([(2.9, 3.0, 3.1), (1.0, 3.0, 12.0), 20.0, 0.1, (0.5, 3.0, 6.0)], [60.0]))
        assert numbers(why(made).widest) == [3, 2, 5]

    def test_over_several_teams(self):
        made = forecast(planned([{1: 3.0, 2: 3.0}, {1: 4.0}, {2: 5.0}], [30.0, 30.0]))
        assert numbers(why(made).widest) == [1, 3, 2]

    def test_items_without_a_size_add_none(self):
        state = planned([3.0], [9.0])
        add_item(state, 2)
        assert numbers(why(forecast(state)).widest) == [1, 2]
