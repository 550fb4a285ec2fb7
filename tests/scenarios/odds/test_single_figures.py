"""Single figures of a forecast, each by itself, held against what a few trials or a plain sum say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scenarios.odds.draws import Draws
from scenarios.odds.drops import count_drops
from scenarios.odds.flip_point import stands_words
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TeamModel
from scenarios.plan.progress import SizeProgress
from tests.scenarios.making import plan


def test_a_drop_from_two_teams_counts_where_the_third_just_finishes() -> None:
    slack = {1: np.array([-1.0, -1.0]), 2: np.array([-1.0, -3.0]), 3: np.array([0.5, 0.5])}
    assert [*count_drops(slack, [{1: np.array([2.0, 2.0]), 2: np.array([2.0, 2.0])}], 2)] == [1]


def test_capacity_of_earlier_quarters_varies_as_they_did() -> None:
    draws = Draws(1, {1: TeamModel(capacity_quarters=4, capacity_spread=0.2)})
    share = draws.capacity(1)
    assert share.mean() == pytest.approx(1.0, abs=1e-12)
    assert np.log(share).std() == pytest.approx(0.2, abs=1e-9)


def test_dots_are_equally_likely_quarters() -> None:
    made = plan([3.0] * 5, [20.0])
    draws = Draws(1)
    found = Forecast(draws, made)
    total = sum(draws.rows(entry)[1] for entry in made.entries)
    (team,) = made.teams
    ratio = np.sort(total / draws.limit(team, 20.0))
    # In the middle of each tenth.
    assert found.dots(10) == tuple(float(ratio[at]) for at in range(500, 10_000, 1_000))


def test_what_is_short_names_only_teams_that_give_something() -> None:
    made = plan([{1: 12.0}, {2: 12.0}, {3: 1.0}], (10.0, 10.0, 60.0))
    found = Forecast(Draws(1), made)
    together = found._short_together(100.0)
    assert together.keys() == {1, 2}
    assert min(together.values()) > 0


def test_draws_know_what_they_have() -> None:
    made = plan([3.0, 4.0], [20.0])
    draws = Draws(1)
    first, second = made.entries
    assert not draws.has(first)
    draws.rows(first)
    assert draws.has(first)
    assert not draws.has(second)


def test_only_what_was_estimated_anew_is_said_to_be_left() -> None:
    (entry,) = plan([5.0], [20.0]).entries
    assert stands_words(entry) == "stands at 5.0 ew"
    assert stands_words(replace(entry, progress=(SizeProgress(1, spent=1.0),))) == "stands at 5.0 ew"
