"""Other capacity under the same items: every figure as a forecast made afresh gives it, to the last digit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Plan
from store.records import Team
from tests.scenarios.making import plan

SIZES = [
    {1: (2.0, 3.0, 5.5)},
    {2: 4.0},
    {1: 2.0, 2: (1.0, 2.0, 3.0)},
    {3: (3.0, 5.0, 9.0)},
    {3: 1.5},
    {1: (4.0, 6.0, 7.0)},
]
NET = (16.0, 9.0, 10.0)
DRAWS = Draws(11)
START = Forecast(DRAWS, plan(SIZES, NET))


def afresh(made: Plan, net: dict[int, float], target: float = 0.70, teams: tuple[Team, ...] = ()) -> Forecast:
    """A forecast on other draws of the same seed: nothing that was drawn before is there to be used."""
    later = replace(made, teams=(*made.teams, *teams), net={**made.net, **net}, target=target)
    return Forecast(Draws(11), later)


def figures(found: Forecast) -> dict[str, object]:
    """Everything that is shown of a forecast."""
    return {
        "odds": found.odds,
        "fits": found.fits,
        "room": found.room,
        "short": found.short,
        "item odds": dict(found.item_odds),
        "team odds": found.team_odds,
        "dots": found.dots(50),
        "drops": found.drops(),
        "range": found.load_range,
        "net": dict(found.plan.net),
    }


@given(
    st.dictionaries(st.sampled_from([1, 2, 3]), st.floats(0, 40).map(lambda x: round(x, 1)), min_size=1),
    st.floats(0.05, 0.95),
)
@settings(max_examples=25, deadline=None)
def test_as_made_afresh(net: dict[int, float], target: float) -> None:
    assert figures(START.with_capacity(net, target)) == figures(afresh(START.plan, net, target))


def test_one_after_the_other_ends_where_one_step_does() -> None:
    step = START
    for net in (5.0, 20.0, 0.0, 13.5):
        step = step.with_capacity({1: net})
        assert step.odds == afresh(START.plan, {1: net}).odds
    assert figures(step.with_capacity({1: NET[0]})) == figures(START)


def test_the_forecast_that_it_comes_from_stays_as_it_is() -> None:
    before = figures(Forecast(DRAWS, START.plan))
    START.with_capacity({1: 1.0, 2: 1.0, 3: 1.0}, 0.3)
    assert figures(START) == before
    # And what was worked out before is not taken along.
    assert START.with_capacity({1: 0.0}).odds == 0.0
    assert START.odds > 0.0


def test_a_new_team_takes_nothing_and_stands_in_nobodys_way() -> None:
    team = Team(id=-5, name="New", position=9)
    found = START.with_capacity({-5: 12.0}, new_teams=[team])
    assert found.odds == START.odds
    assert found.plan.capacity == pytest.approx(sum(NET) + 12.0)
    assert figures(found) == figures(afresh(START.plan, {-5: 12.0}, teams=(team,)))


def test_what_the_items_take_is_shared() -> None:
    found = START.with_capacity({1: 3.0})
    assert all(np.shares_memory(found._total[key], START._total[key]) for key in (1, 2, 3))
    assert all(np.shares_memory(found.slack[key], START.slack[key]) for key in (2, 3))
