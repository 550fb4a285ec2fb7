"""Whatever the records hold, every figure is sound, or a sentence says why there is none; never nan."""

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from scenarios.odds.draws import Draws
from scenarios.odds.explanation import why
from scenarios.odds.flip_point import flip_point
from scenarios.odds.forecast import Forecast
from scenarios.odds.levers import levers
from scenarios.odds.team_model import TeamModel, sigma_of
from scenarios.plan.plan import Entry, Plan, entries_of, plan_of
from tests.scenarios.making import add_item, empty, forecast, item, planned, size

LEAST = 5e-324

STATES = {
    "nothing in plan": empty(),
    "nothing in plan, no capacity": empty([0.0, 0.0]),
    "a size of nothing": planned([0.0], [10.0]),
    "a size of nothing, no capacity": planned([0.0], [0.0]),
    "a range around nothing": planned([(0.0, 0.0, 5.0)], [3.0]),
    "a range of nothing": planned([(0.0, 0.0, 0.0), 3.0], [3.0]),
    "a wide range around nothing": planned([(0.0, 0.0, 10_000.0), {2: 1.0}], [3.0, 0.1]),
    "one team without capacity": planned([{1: 3.0}, {2: 2.0}, {1: 1.0, 2: 1.0}], [9.0, 0.0]),
    "no team has capacity": planned([{1: 3.0}, {2: 2.0}, {1: 1.0, 2: 1.0}], [0.0, 0.0]),
    "hardly any capacity": planned([{1: 3.0}, {2: 2.0}], [LEAST, 1e-300]),
    "ends that are equal": planned([(3.0, 3.0, 3.0)] * 4, [14.0]),
    "ends out of order": planned([(5.0, 3.0, 1.0), (3.0, 9.0, 4.0), (2.0, 0.0, 1.0)], [14.0]),
    "tiny sizes": planned([1e-9, LEAST, (LEAST, 1e-300, 1e-9)], [1.0]),
    "tiny sizes, tiny capacity": planned([1e-9, 1e-7, 1e-5], [1e-6]),
    "huge sizes": planned([10_000.0] * 6, [10_000.0]),
    "huge beside tiny": planned([10_000.0, 1e-6, (1e-6, 1.0, 10_000.0)], [10_000.0]),
    "the widest range there can be": planned([(LEAST, 1.0, 10_000.0), 3.0], [20.0]),
    "without a size": planned([{}, 3.0, {}], [4.0]),
    "many teams, one loaded": planned([{3: 4.0}, {3: 4.0}], [0.0, 0.0, 9.0, 5.0]),
}
TARGETS = (0.01, 0.7, 0.99, 1.0)


def figures(value: object, name: str) -> Iterator[tuple[str, float]]:
    """Every number in a value, by where it is."""
    if isinstance(value, bool | str) or value is None:
        return
    if isinstance(value, int | float):
        yield name, float(value)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from figures(each, f"{name}[{key}]")
    elif isinstance(value, tuple | list):
        for at, each in enumerate(value):
            yield from figures(each, f"{name}[{at}]")
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("item", "team"):
                yield from figures(getattr(value, field.name), f"{name}.{field.name}")


def all_figures(made: Forecast, others: list[Entry]) -> dict[str, float]:
    """All that a forecast and what is built on it can say."""
    planned_entries = made.plan.entries
    # A dispute is about something.
    disputed = [entry for entry in (*planned_entries, *others) if entry.ew > 0]
    found = {
        "odds": made.odds,
        "room": made.room,
        "short": made.short,
        "load": made.load_range,
        "item odds": made.item_odds,
        "team odds": made.team_odds,
        "dots": made.dots(),
        "if cut": [made.if_cut(entry) for entry in (*planned_entries, *others)],
        "drops": made.drops(),
        "why": why(made),
        "levers": levers(made),
        "flip": [flip_point(made, entry, 0.5, 8.0) for entry in disputed],
    }
    return {name: number for key, value in found.items() for name, number in figures(value, key)}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", STATES)
def test_every_figure_is_sound(name, target):
    state = STATES[name]
    plan = plan_of(state)
    plan = Plan(plan.quarter, plan.teams, plan.net, plan.entries, target)
    others = [Entry(item(90), (size(90, 1, 2.0),)), Entry(item(91), (size(91, 1, 0.0),)), Entry(item(92))]
    with np.errstate(invalid="raise", divide="raise"):
        found = all_figures(Forecast(Draws(7), plan), others)
    for where, number in found.items():
        assert not math.isnan(number), where
        # A dot may be as far right as there is, and any size may fit, or none.
        if not where.startswith(("dots", "flip")):
            assert math.isfinite(number), where
        if "odds" in where or where.startswith("drops"):
            assert 0 <= number <= 1, where


@pytest.mark.parametrize("target", [0.01, 0.99])
def test_targets_at_the_ends_are_kept(target):
    made = forecast(planned([3.0] * 5, [20.0], target=target))
    assert made.fits == (made.odds >= target)
    assert made.fits == (target < 0.5)
    assert (made.room[1] > 0) == made.fits
    assert bool(made.short) != made.fits


def test_one_team_without_capacity_never_finishes_and_says_so():
    made = forecast(STATES["one team without capacity"])
    assert made.odds == 0
    assert made.team_odds[2] == 0
    assert why(made).binding.team.id == 2
    assert made.short[2] > 0


def test_ends_that_are_equal_are_still_uncertain():
    """A range without width says as much as none about its own part of the spread; the team's record stays."""
    made = forecast(planned([(3.0, 3.0, 3.0)] * 4, [14.0]))
    assert 0.4 < made.odds < 0.9


def test_the_widest_range_has_a_spread():
    assert math.isfinite(sigma_of(size(1, 1, (LEAST, 1.0, 10_000.0))))
    assert sigma_of(size(1, 1, (LEAST, 1.0, 1e4))) > sigma_of(size(1, 1, (1e-100, 1.0, 1e4)))


def test_what_weighs_nothing_changes_nothing():
    state = planned([3.0, 4.0], [9.0])
    before = forecast(state).odds
    add_item(state, 3, 0.0)
    after = forecast(state)
    assert after.odds == before
    assert after.drops()[3] == before


class TestATeamThatIsNotThere:
    sentence = "“item 2” has a size for a team that is not in this plan"

    def test_in_plan(self):
        with pytest.raises(ValueError, match=self.sentence):
            forecast(planned([{1: 3.0}, {9: 2.0}], [9.0])).odds  # noqa: B018

    def test_of_what_could_come_in(self):
        state = planned([{1: 3.0}], [9.0])
        add_item(state, 2, {9: 2.0}, state="below")
        made, (other,) = forecast(state), entries_of(state, "below")
        for ask in (
            lambda: made.odds_if(come=(other,)),
            lambda: made.if_cut(other),
            lambda: flip_point(made, other, 1.0, 2.0),
            lambda: Forecast(made.draws, made.plan.plus((other,)), made),
        ):
            with pytest.raises(ValueError, match=self.sentence):
                ask()


@pytest.mark.parametrize("model", [TeamModel(0.0, 0.0, 0.0, interrupt_spread=0.0), TeamModel(interrupt_share=0.9)])
def test_a_team_that_is_always_the_same(model):
    plan = plan_of(planned([(2.0, 3.0, 5.0), 4.0], [9.0]))
    with np.errstate(invalid="raise", divide="raise"):
        found = all_figures(Forecast(Draws(1, {1: model}), plan), [])
    assert all(math.isfinite(number) for where, number in found.items() if not where.startswith("flip"))
