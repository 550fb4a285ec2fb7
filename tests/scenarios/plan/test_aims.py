"""Aims that take from each other: 100 at every moment, nobody below a floor or above a ceiling."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.plan.aims import Aims, off_words, share_out, shift, to_hundred
from store.common.errors import Refused
from store.records import Slice


def slices(*rows: tuple[str, float, float | None, float | None]) -> list[Slice]:
    """Letter, aim, floor, ceiling."""
    return [
        Slice(id=at, letter=letter, name=f"slice {letter}", aim=aim, floor=floor, ceiling=ceiling, position=at)
        for at, (letter, aim, floor, ceiling) in enumerate(rows, 1)
    ]


#: as a workspace starts
USUAL = slices(
    ("F", 50, None, None), ("I", 20, None, None), ("Q", 15, None, None), ("D", 10, 10, None), ("O", 5, None, 10)
)


def points(aims: Aims) -> list[float]:
    return list(aims.points.values())


class TestByHand:
    def test_one_point_more_comes_from_the_one_that_has_most_to_give(self) -> None:
        # D is at its floor. 49 to share by 20 : 15 : 5 less what D keeps: 39 over 40 is 19.5, 14.6, 4.9.
        aims, said = shift(Aims.of(USUAL), "F", 1)
        assert said == ""
        assert sum(points(aims)) == 100
        assert aims.points["F"] == 51
        assert aims.points["D"] == 10
        assert (aims.points["I"], aims.points["Q"], aims.points["O"]) in {(19, 15, 5), (20, 14, 5)}

    def test_ten_points_come_in_proportion(self) -> None:
        # 60 for F leaves 40; D keeps 10, and 30 by 20 : 15 : 5 is 15, 11.25, 3.75.
        aims = Aims.of(USUAL)
        for _ in range(10):
            aims, _ = shift(aims, "F", 1)
        assert points(aims) == [60, 15, 11, 10, 4]
        assert points(shift(Aims.of(USUAL), "F", 10)[0]) == [60, 15, 11, 10, 4]

    def test_there_and_back_is_where_it_began(self) -> None:
        aims = Aims.of(USUAL)
        for step in (5, 5, 1, 1, -1, -5, -1, -5):
            aims, _ = shift(aims, "I", step)
        assert points(aims) == [50, 20, 15, 10, 5]
        assert aims.changed == ()

    def test_the_marked_one_gives_alone(self) -> None:
        aims, said = shift(Aims.of(USUAL).mark("Q"), "I", 5)
        assert points(aims) == [50, 25, 10, 10, 5]
        assert said == ""
        # Unmarked, the others keep what they have now, not what they had before.
        aims, _ = shift(aims.mark("Q"), "D", 0)
        assert points(aims) == [50, 25, 10, 10, 5]

    def test_the_marked_one_itself_gives_to_all(self) -> None:
        aims, _ = shift(Aims.of(USUAL).mark("F"), "F", -10)
        assert aims.points["F"] == 40
        assert aims.points["O"] > 5
        assert sum(points(aims)) == 100

    def test_floor_and_ceiling_hold_and_say_so(self) -> None:
        aims, said = shift(Aims.of(USUAL), "D", -1)
        assert points(aims) == [50, 20, 15, 10, 5]
        assert said == "slice D is at its floor, 10."
        aims, said = shift(Aims.of(USUAL), "O", 20)
        assert aims.points["O"] == 10
        assert said == "slice O is at its ceiling, 10."

    def test_it_stops_where_the_others_can_give_no_more(self) -> None:
        aims, said = shift(Aims.of(USUAL), "F", 100)
        assert points(aims) == [90, 0, 0, 10, 0]
        assert said == "The others can give no more: floors hold."
        aims, said = shift(Aims.of(USUAL).mark("D"), "F", 5)
        assert points(aims) == [50, 20, 15, 10, 5]
        assert said == "slice D can give no more: floors hold."

    def test_an_aim_that_is_past_its_bound_already_goes_no_further_and_is_not_forced(self) -> None:
        odd = slices(("F", 60, None, 50), ("I", 35, None, None), ("D", 5, 10, None))
        up, said = shift(Aims.of(odd), "F", 1)
        assert (points(up), said) == ([60, 35, 5], "slice F is at its ceiling, 60.")
        down, _ = shift(Aims.of(odd), "F", -10)
        assert points(down)[0] == 50
        assert sum(points(down)) == 100
        assert points(down)[2] >= 5

    def test_the_finest_step_in_use_is_kept(self) -> None:
        aims = Aims.of(slices(("F", 33.5, None, None), ("I", 33.3, None, None), ("Q", 33.2, None, None)))
        assert aims.scale == 10
        aims, _ = shift(aims, "F", 1)
        assert aims.points["F"] == 34.5
        assert sum(aims.steps.values()) == 1000

    def test_off_by_so_many_points(self) -> None:
        over = Aims.of(slices(("F", 50, None, None), ("I", 40, None, None), ("Q", 20, None, None)))
        assert off_words(over) == "The aims are 10 points over 100"
        with pytest.raises(Refused, match="10 points over 100"):
            shift(over, "F", 1)
        # 100/110 of each: 45.45, 36.36, 18.18.
        assert points(to_hundred(over)) == [46, 36, 18]
        under = Aims.of(slices(("F", 50, None, None), ("I", 49, None, None)))
        assert off_words(under) == "The aims are 1 point short of 100"
        assert off_words(Aims.of(USUAL)) == ""

    def test_a_hundred_that_floors_or_ceilings_forbid(self) -> None:
        with pytest.raises(Refused, match="floors add up to more"):
            to_hundred(Aims.of(slices(("F", 60, 60, None), ("I", 60, 60, None))))
        with pytest.raises(Refused, match="ceilings add up to less"):
            to_hundred(Aims.of(slices(("F", 20, None, 40), ("I", 20, None, 40))))

    def test_no_slices_are_100_short(self) -> None:
        assert Aims.of([]).off == -100


bounds = st.tuples(st.integers(0, 40), st.integers(0, 40))


@st.composite
def sound(draw: st.DrawFn) -> list[Slice]:
    """Up to six slices that add up to 100, each within its floor and ceiling, in steps of 1 or of 0.5."""
    count = draw(st.integers(2, 6))
    cuts = sorted(draw(st.lists(st.integers(0, 200), min_size=count - 1, max_size=count - 1)))
    aims = [(b - a) / 2 for a, b in itertools.pairwise([0, *cuts, 200])]
    rows = []
    for letter, aim in zip("FIQDOX", aims, strict=False):
        down, up = draw(bounds)
        floor = max(0.0, aim - down) if draw(st.booleans()) else None
        ceiling = min(100.0, aim + up) if draw(st.booleans()) else None
        rows.append((letter, aim, floor, ceiling))
    return slices(*rows)


moves = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-5, -1, 1, 5]), st.integers(-1, 5)), max_size=25)


@given(sound(), moves)
@settings(max_examples=150, deadline=None)
def test_whatever_is_pressed_it_is_100_and_within_all_bounds(
    parts: list[Slice], pressed: list[tuple[int, int, int]]
) -> None:
    aims = Aims.of(parts)
    for at, step, mark in pressed:
        if 0 <= mark < len(parts):
            aims = aims.mark(parts[mark].letter)
        letter = parts[at % len(parts)].letter
        before = aims.steps[letter]
        aims, said = shift(aims, letter, step)
        moved = (aims.steps[letter] - before) / aims.scale
        assert sum(aims.steps.values()) == 100 * aims.scale
        for part in parts:
            assert (
                (part.floor or 0) - 1e-9
                <= aims.points[part.letter]
                <= (part.ceiling if part.ceiling is not None else 100) + 1e-9
            )
        # It goes as far as was asked, or says why not; never the other way.
        assert (moved == step) == (said == "")
        assert 0 <= moved * (1 if step > 0 else -1) <= abs(step)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=4),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_shares_add_up_and_more_weight_never_gets_less(rows: list[tuple[int, int, int]], data: st.DataObject) -> None:
    limits = {str(at): (low, low + more) for at, (_, low, more) in enumerate(rows)}
    weights = {str(at): weight for at, (weight, _, _) in enumerate(rows)}
    whole = data.draw(st.integers(sum(low for low, _ in limits.values()), sum(high for _, high in limits.values())))
    found = share_out(whole, weights, limits)
    assert sum(found.values()) == whole
    assert all(limits[each][0] <= found[each] <= limits[each][1] for each in found)
    # Of two that are free to move, the one with the larger weight never has less.
    for one, other in itertools.permutations(found, 2):
        free = found[one] < limits[one][1] and found[other] > limits[other][0]
        if free and weights[one] > weights[other]:
            assert found[one] >= found[other] - 1
