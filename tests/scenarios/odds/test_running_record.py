"""What a quarter that runs says of a team so far: hand-worked figures, and what must hold of any."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.odds.running_record import Told, seen_so_far
from scenarios.odds.team_model import TYPICAL, TeamModel

#: A team that keeps its estimates, as far as is known.
EVEN = TeamModel(m=0.0)


def overrun(*told: Told, model: TeamModel = EVEN) -> float:
    return seen_so_far(model, told).overrun


def test_nothing_told_says_nothing() -> None:
    assert seen_so_far(TYPICAL, ()) is TYPICAL
    assert seen_so_far(TYPICAL, [Told(1, 0, False), Told(0, 2, True), Told(1, 0, True)]) is TYPICAL
    assert seen_so_far(TYPICAL, [Told(1, 0.4, False)]) == TYPICAL


def test_figures_worked_by_hand() -> None:
    # What is known weighs (exp(.36) - 1) / .0625 = 6.9333 items of 1 ew at 1.0.
    assert overrun(Told(1, 1.5, True), Told(1, 1.5, True)) == pytest.approx((6.9333 + 3) / (6.9333 + 2), abs=1e-4)
    assert overrun(Told(1, 0.5, True)) == pytest.approx((6.9333 + 0.5) / 7.9333, abs=1e-4)
    # Under way and below what is usual: nothing yet. Above: as much as until now.
    assert overrun(Told(1, 0.9, False)) == 1.0
    assert overrun(Told(1, 2.0, False)) == overrun(Told(1, 2.0, True)) == pytest.approx(8.9333 / 7.9333, abs=1e-4)
    # Sizes of 2 ew: what is known weighs as many items of that size.
    assert overrun(Told(2, 4.0, True)) == pytest.approx(8.9333 / 7.9333, abs=1e-4)
    # No more than six times what is usual is believed of one.
    assert overrun(Told(1, 1e5, True)) == pytest.approx((6.9333 + math.exp(1.8)) / 7.9333, abs=1e-4)


def test_a_team_that_is_well_known_moves_less_and_its_spread_stays() -> None:
    late = [Told(1, 2.0, True)] * 3
    steady, unknown = (seen_so_far(TeamModel(m=0.0, s=s), late) for s in (0.10, 0.25))
    assert 1.0 < steady.overrun < unknown.overrun < 2.0
    assert (steady.s, unknown.s) == (0.10, 0.25)


SIZES = st.lists(
    st.builds(Told, st.floats(0.1, 10), st.floats(0, 40), st.booleans()), min_size=1, max_size=12
)  # fmt: skip


@given(SIZES, st.integers(0, 11), st.floats(0.05, 0.5), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_finishing_something_never_makes_the_rest_dearer(
    told: list[Told], at: int, s: float, shuffle: random.Random
) -> None:
    model = TeamModel(m=0.07, s=s)
    before = seen_so_far(model, told)
    later = [Told(one.estimate, one.spent, one.done or number == at % len(told)) for number, one in enumerate(told)]
    assert seen_so_far(model, later).m <= before.m + 1e-12
    mixed = list(told)
    shuffle.shuffle(mixed)
    assert seen_so_far(model, mixed).m == pytest.approx(before.m, abs=1e-12)
