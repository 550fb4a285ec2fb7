"""Answers of a forecast that were noted: they are those of the simulation, for as long as they are found."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from scenarios.odds.answers import as_json, read
from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.odds.team_model import TeamModel
from scenarios.plan.plan import Entry, Plan, entries_of, plan_of
from tests.scenarios.making import add_item, planned
from tests.scenarios.odds.running_making import runs, told
from tests.scenarios.odds.test_degenerate import STATES

ROOT = Path(__file__).resolve().parents[3]


def any_plans(count: int) -> Iterator[tuple[str, Plan, list[Entry]]]:
    """Plans of one to three teams, some of which run, and what waits below their line."""
    for seed in range(count):
        dice = Random(seed)
        teams = dice.randrange(1, 4)
        sizes = [{dice.randrange(1, teams + 1): dice.uniform(0.5, 6.0)} for _ in range(dice.randrange(1, 9))]
        state = planned(sizes, [dice.uniform(2.0, 16.0) for _ in range(teams)], target=dice.choice((0.5, 0.7, 0.95)))
        for number in range(20, 23):
            add_item(state, number, {dice.randrange(1, teams + 1): (0.5, 2.0, 7.0)}, state="below")
        if dice.random() < 0.4:
            (team,) = sizes[0]
            state = runs(state, told(1, 1.5, team, done=dice.random() < 0.3))
        made = plan_of(state)
        made = replace(made, target_for="team") if dice.random() < 0.3 else made
        yield f"seed {seed}", made, [*entries_of(state, "below")]
    for name, state in STATES.items():
        yield name, plan_of(state), []


def noted(plan: Plan, others: list[Entry], seed: int = 5) -> Draws:
    """Draws that have the answers of a plan, by way of a file."""
    draws = Draws(seed)
    said = json.loads(json.dumps(as_json(Forecast(draws, plan).answers(others))))
    fresh = Draws(seed)
    fresh.noted = {draws.plan_stamp(plan): read(said)}
    return fresh


@pytest.mark.parametrize(("plan", "others"), [pytest.param(*rest, id=name) for name, *rest in any_plans(12)])
def test_what_is_told_from_a_note_is_what_the_simulation_says_to_the_last_bit(plan, others) -> None:
    true = Forecast(Draws(5), plan)
    found = Forecast(noted(plan, others), plan)
    assert not vars(found).keys() & {"_total", "_fine"}, "it was simulated"
    assert (found.odds, found.judged, found.fits) == (true.odds, true.judged, true.fits)
    assert (found.team_odds, found.room, found.short) == (true.team_odds, true.room, true.short)
    assert (found.load_range, found.dots()) == (true.load_range, true.dots())
    for entry in plan.entries:
        key = entry.item.id
        assert (found.item_odds_of(key), found.at_risk(key)) == (true.item_odds_of(key), true.at_risk(key))
    assert list(found.item_odds.items()) == list(true.item_odds.items())
    sized = [entry for entry in (*plan.entries, *others) if entry.sized]
    assert [found.if_cut(entry) for entry in sized] == [true.if_cut(entry) for entry in sized]
    assert not vars(found).keys() & {"_total", "_fine"}, "it was simulated"
    # What was not noted is worked out, and the same.
    assert [found.reaches_without(entry) for entry in sized] == [true.reaches_without(entry) for entry in sized]
    assert found.dots(7) == true.dots(7)
    assert found.drops() == true.drops()
    without = plan.without(plan.entries[:1])
    assert found.with_plan(without).odds == true.with_plan(without).odds
    more = {team.id: 1.1 * plan.net[team.id] for team in plan.teams}
    assert found.with_capacity(more).answers() == true.with_capacity(more).answers()


def test_an_answer_is_found_for_nothing_else() -> None:
    state = planned([{1: 3.0}, {1: (1.0, 2.0, 6.0), 2: 1.0}], [9.0, 4.0])
    add_item(state, 9, {1: 1.0}, state="below")
    plan, below = plan_of(state), entries_of(state, "below")[0]
    first, second = plan.entries
    draws = Draws(5)
    smaller = replace(second, sizes=(second.sizes[0].model_copy(update={"likely": 1.9}), *second.sizes[1:]))
    narrower = replace(second, sizes=(second.sizes[0].model_copy(update={"high": 5.9}), *second.sizes[1:]))
    other_luck = replace(first, item=first.item.model_copy(update={"draw": 77}))
    begun = plan_of(runs(planned([{1: 3.0}, {1: (1.0, 2.0, 6.0), 2: 1.0}], [9.0, 4.0]), told(1, 1.0)))
    further = plan_of(runs(planned([{1: 3.0}, {1: (1.0, 2.0, 6.0), 2: 1.0}], [9.0, 4.0]), told(1, 1.1)))
    stamps = [
        draws.plan_stamp(plan),
        Draws(6).plan_stamp(plan),
        Draws(5, trials=9_000).plan_stamp(plan),
        Draws(5, {1: TeamModel(m=0.08)}).plan_stamp(plan),
        *(
            draws.plan_stamp(each)
            for each in (
                replace(plan, target=0.71),
                replace(plan, target_for="team"),
                replace(plan, net={1: 9.0, 2: 4.1}),
                replace(plan, teams=(plan.teams[0], plan.teams[1].model_copy(update={"draw": 3}))),
                replace(plan, entries=(second, first)),
                replace(plan, entries=(first, smaller)),
                replace(plan, entries=(first, narrower)),
                replace(plan, entries=(other_luck, second)),
                plan.without([first]),
                plan.plus([below]),
                begun,
                further,
            )
        ),
    ]
    assert len(set(stamps)) == len(stamps)
    assert draws.plan_stamp(plan_of(state)) == stamps[0]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: None,
        lambda said: [],
        lambda said: {},
        lambda said: said | {"odds": "0.7"},
        lambda said: said | {"odds": None},
        lambda said: said | {"odds": True},
        lambda said: said | {"dots": said["dots"][1:]},
        lambda said: said | {"load_range": [1.0]},
        lambda said: said | {"team_odds": {"1": 0.5}},
        lambda said: said | {"team_odds": [[1]]},
        lambda said: said | {"item_odds": []},
        lambda said: said | {"cuts": [["a", "b"]]},
        lambda said: {name: value for name, value in said.items() if name != "room"},
    ],
)
def test_what_is_no_note_is_refused(spoil) -> None:
    said = json.loads(json.dumps(as_json(Forecast(Draws(5), plan_of(planned([3.0], [9.0]))).answers())))
    assert read(said).odds > 0
    with pytest.raises(ValueError, match=r"answers|number|values|literal"):
        read(spoil(said))


def test_what_is_noted_needs_no_numpy() -> None:
    program = """if True:
        import sys
        from scenarios.odds.answers import read, as_json
        from scenarios.odds.draws import Draws
        from scenarios.odds.forecast import Forecast
        from scenarios.plan.plan import plan_of
        from tests.scenarios.making import planned
        plan = plan_of(planned([3.0, 2.0], [9.0]))
        draws = Draws(5)
        draws.noted = {draws.plan_stamp(plan): read(eval(sys.argv[1], {"inf": float("inf")}))}
        found = Forecast(draws, plan)
        assert found.odds and found.dots() and found.item_odds and found.if_cut(plan.entries[0])
        assert "numpy" not in sys.modules
        found.drops()
        assert "numpy" in sys.modules
    """
    said = repr(as_json(Forecast(Draws(5), plan_of(planned([3.0, 2.0], [9.0]))).answers()))
    subprocess.run([sys.executable, "-c", program, said], cwd=ROOT, check=True)
