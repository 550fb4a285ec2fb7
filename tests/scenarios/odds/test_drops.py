"""All single drops at once are exactly what one by one would say, and an exchange what a simulation anew would."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.draws import Draws
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entry, Plan, entries_of, plan_of
from tests.scenarios.making import add_item, empty, item, planned

SIZES = st.one_of(
    st.floats(0.1, 12.0),
    st.tuples(st.floats(0.1, 1.0), st.floats(1.0, 3.0), st.floats(1.0, 3.0)).map(
        lambda given: (given[0] * 3, 3.0 * given[1], 3.0 * given[1] * given[2])
    ),
)
ON_TEAMS = st.dictionaries(st.integers(1, 3), SIZES, max_size=3)
few = settings(max_examples=40, deadline=None)


@st.composite
def asked(draw):
    """A forecast of up to seven items on three teams, and up to five others that could come in."""
    sizes = draw(st.lists(ON_TEAMS, max_size=7))
    net = draw(st.tuples(st.floats(0.0, 60.0), st.floats(5.0, 60.0), st.floats(5.0, 60.0)))
    state = planned(sizes, net)
    others = draw(st.lists(ON_TEAMS, max_size=5))
    for number, given_sizes in enumerate(others, 100):
        add_item(state, number, given_sizes, state="below")
    # Not always whole words of 64 trials, nor whole bytes of 8.
    trials = draw(st.sampled_from([64, 200, 1003, 10_000]))
    made = Forecast(Draws(draw(st.integers(0, 2**32)), trials=trials), plan_of(state))
    return made, entries_of(state, "below")


class TestDrops:
    @few
    @given(asked())
    def test_as_one_by_one_and_as_simulated_anew(self, given_plan):
        made, _ = given_plan
        found = made.drops()
        assert list(found) == [entry.item.id for entry in made.plan.entries]
        for entry in made.plan.entries:
            assert found[entry.item.id] == made.odds_if(out=(entry,))
            assert found[entry.item.id] - made.odds == made.if_cut(entry)
            anew = Forecast(Draws(made.draws.seed, trials=made.draws.trials), made.plan.without((entry,)))
            assert found[entry.item.id] == anew.odds

    def test_nothing_in_plan(self):
        assert Forecast(Draws(1), plan_of(empty())).drops() == {}

    def test_an_item_over_two_teams_frees_both(self):
        made = Forecast(Draws(1), plan_of(planned([{1: 9.0, 2: 9.0}, {1: 1.0}, {2: 1.0}], [3.0, 3.0])))
        found = made.drops()
        assert made.odds < 0.1
        assert found[1] > 0.9
        assert max(found[2], found[3]) < 0.2


class TestExchanges:
    @few
    @given(asked())
    def test_as_simulated_anew(self, given_plan):
        made, others = given_plan
        for leaving in made.plan.entries[:2]:
            for coming in others[:2]:
                plan = made.plan.without((leaving,)).plus((coming,))
                anew = Forecast(Draws(made.draws.seed, trials=made.draws.trials), plan)
                assert made.odds_if(out=(leaving,), come=(coming,)) == anew.odds

    def test_an_item_for_itself_changes_nothing(self):
        made = Forecast(Draws(3), plan_of(planned([{1: 4.0, 2: 2.0}, {2: 5.0}], [6.0, 8.0])))
        assert all(made.odds_if((entry,), (entry,)) == made.odds for entry in made.plan.entries)

    def test_nobody_and_nothing(self):
        made = Forecast(Draws(1), plan_of(planned([3.0], [4.0])))
        unsized = Entry(item(9))
        assert made.odds_if((unsized,), (unsized,)) == made.odds
        nobody = Forecast(Draws(1), Plan(made.plan.quarter, (), {}))
        assert nobody.odds_if((unsized,), (unsized,)) == 1.0

    def test_the_draws_are_left_as_they_are(self):
        made = Forecast(Draws(1), plan_of(planned([{1: 3.0, 2: 1.0}, 2.0], [6.0, 3.0])))
        before = {key: row.copy() for entry in made.plan.entries for key, row in made.rows(entry).items()}
        slack = {key: each.copy() for key, each in made.slack.items()}
        made.drops()
        after = {key: row for entry in made.plan.entries for key, row in made.rows(entry).items()}
        assert all(np.array_equal(before[key], after[key]) for key in before)
        assert all(np.array_equal(slack[key], made.slack[key]) for key in slack)
