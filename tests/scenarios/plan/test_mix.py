"""The portfolio mix: always 100%, the gap to the aims, and the bands of the one-off share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.plan.mix import mix_of, one_off_band
from scenarios.plan.plan import plan_of
from store.records import Slice
from tests.scenarios.making import SLICES, add_item, empty


def mix(efforts, aims=None):
    """The mix of one item a slice letter, of so many ew; ``aims`` by letter instead of the usual ones."""
    state = empty((30.0, 30.0))
    for number, (letter, weeks) in enumerate(efforts, 1):
        add_item(state, number, weeks, slice=letter)
    slices = list(state.all(Slice).values())
    if aims is not None:
        slices = [part.model_copy(update={"aim": aims.get(part.letter, 0.0)}) for part in slices]
    return mix_of(plan_of(state).entries, slices)


class TestShares:
    def test_by_hand(self):
        found = mix([("F", 6.0), ("F", 4.0), ("I", 5.0), ("O", 5.0)])
        assert [part.letter for part in found.slices] == ["F", "I", "Q", "D", "O"]
        assert [part.share for part in found.slices] == [0.5, 0.25, 0, 0, 0.25]
        assert [part.ew for part in found.slices] == [10, 5, 0, 0, 5]
        assert [part.aim for part in found.slices] == [0.5, 0.2, 0.15, 0.1, 0.05]
        assert (found.share("I"), found.share("Z"), found.one_offs) == (0.25, 0, 0.25)

    def test_effort_on_all_teams_counts(self):
        state = empty((30.0, 30.0))
        add_item(state, 1, {1: 2.0, 2: (1.0, 4.0, 9.0)}, slice="F")
        add_item(state, 2, {2: 2.0}, slice="Q")
        found = mix_of(plan_of(state).entries, state.all(Slice).values())
        assert (found.share("F"), found.share("Q")) == (0.75, 0.25)

    @given(st.lists(st.tuples(st.sampled_from("FIQDOXZ"), st.floats(0.1, 500)), min_size=1, max_size=25))
    def test_the_pie_is_always_whole(self, efforts):
        found = mix(efforts)
        assert sum(part.share for part in found.slices) == pytest.approx(1, abs=1e-12)
        assert sum(part.aim for part in found.slices) == pytest.approx(1, abs=1e-12)
        assert all(0 <= part.share <= 1 for part in found.slices)
        for letter in "FIQDOXZ":
            weeks = sum(ew for own, ew in efforts if own == letter)
            assert found.share(letter) == pytest.approx(weeks / sum(ew for _, ew in efforts))

    def test_a_letter_that_is_no_slice_is_shown_all_the_same(self):
        found = mix([("F", 6.0), ("X", 2.0)])
        assert [(part.letter, part.share, part.aim) for part in found.slices][-1] == ("X", 0.25, 0.0)

    def test_the_order_is_that_of_the_slices_not_of_the_items(self):
        assert [part.letter for part in mix([("O", 1.0), ("D", 1.0), ("F", 9.0)]).slices] == [one[0] for one in SLICES]

    def test_an_empty_plan_has_no_shares_and_no_gap(self):
        found = mix([])
        assert (found.gap, found.one_offs) == (0, 0)
        assert all(part.share == 0 for part in found.slices)


class TestGap:
    def test_nothing_to_move_where_aims_are_met(self):
        assert mix([("F", 50.0), ("I", 20.0), ("Q", 15.0), ("D", 10.0), ("O", 5.0)]).gap == pytest.approx(0)

    def test_by_hand(self):
        # F 70 (aim 50), I 10 (20), Q 5 (15), D 10 (10), O 5 (5): 20 points move from F, 10 to I and 10 to Q.
        found = mix([("F", 70.0), ("I", 10.0), ("Q", 5.0), ("D", 10.0), ("O", 5.0)])
        assert found.gap == pytest.approx(20)

    def test_all_in_a_slice_without_an_aim_is_a_hundred_points(self):
        assert mix([("X", 7.0)]).gap == pytest.approx(100)

    def test_aims_that_do_not_add_up_are_taken_in_proportion(self):
        found = mix([("F", 3.0), ("I", 1.0)], {"F": 60.0, "I": 20.0})
        assert [part.aim for part in found.slices] == pytest.approx([0.75, 0.25, 0, 0, 0])
        assert found.gap == pytest.approx(0)

    def test_no_aims_at_all(self):
        assert [part.aim for part in mix([("F", 3.0)], {}).slices] == [0, 0, 0, 0, 0]


class TestOneOffBands:
    @pytest.mark.parametrize(
        ("percent", "word"),
        [
            (0, "within budget"),
            (10, "within budget"),
            (10.01, "over budget"),
            (15, "over budget"),
            (15.01, "juggling"),
            (20, "juggling"),
            (20.01, "struggling"),
            (30, "struggling"),
            (30.01, "off the road"),
            (100, "off the road"),
        ],
    )
    def test_edges(self, percent, word):
        assert one_off_band(percent / 100) == word

    @given(st.lists(st.tuples(st.sampled_from("FO"), st.floats(0.1, 500)), max_size=25))
    def test_every_mix_has_a_word(self, efforts):
        assert one_off_band(mix(efforts).one_offs)

    def test_three_tenths_in_three_items_is_not_off_the_road(self):
        """Shares that a computer cannot hold exactly still fall on the right side of the edge."""
        assert one_off_band(mix([("O", 0.1), ("O", 0.1), ("O", 0.1), ("F", 0.7)]).one_offs) == "struggling"
