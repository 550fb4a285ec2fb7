"""The one-off gauge as it is drawn, without colour: each band's word just below, at and just above its end."""

from __future__ import annotations

from fractions import Fraction

import pytest
from rich.cells import cell_len
from textual.strip import Strip

from scenarios.figures.figure import Figure
from scenarios.plan.plan import entries_of
from scenarios.rules.one_offs import Gauge, gauge_of
from store.records import Slice
from tests.scenarios.making import add, add_item, empty
from tui.drawing.colours import ColourMode, palette
from tui.rules.one_off_bands import band_rows

#: The bands as the room agreed on them: up to so many percent, and its name.
BANDS = ((10, "within budget"), (15, "over budget"), (20, "juggling"), (30, "struggling"), (100, "off the road"))


def drawn(gauge: Gauge, width: int = 118, mode: ColourMode = ColourMode.NONE) -> list[str]:
    rows = band_rows(gauge, width, palette("dark", mode))
    assert {row.cell_length for row in rows} == {width}
    return ["".join(segment.text for segment in row) for row in rows]


def plan_with(tenths: int, ceiling: float | None = 10.0) -> Gauge:
    """So many thousandths of a plan are one-offs."""
    state = empty()
    add(state, state.all(Slice)[5].model_copy(update={"ceiling": ceiling}))
    add_item(state, 1, tenths / 10, slice="O")
    add_item(state, 2, 100 - tenths / 10, slice="F")
    return gauge_of(entries_of(state, "plan"), state.all(Slice).values())


@pytest.mark.parametrize("at", range(len(BANDS) - 1), ids=lambda at: BANDS[at][1])
@pytest.mark.parametrize("width", [78, 118, 198])
def test_the_word_changes_just_above_the_end_of_a_band(at: int, width: int) -> None:
    end, word = BANDS[at]
    above = BANDS[at + 1][1]
    for tenths, wanted in ((10 * end - 1, word), (10 * end, word), (10 * end + 1, above)):
        first, _, _, names = drawn(plan_with(tenths), width)
        assert f" one-offs: {wanted}, " in first, tenths
        assert names.count("[") == 1
        within = names[names.index("[") + 1 : names.index("]")]
        # Where a band is too narrow for its name, the first word stands for it.
        assert within in (wanted, wanted.split()[0]), tenths
        others = {name for _, name in BANDS} - {wanted}
        assert not any(f"[{name}" in names for name in others)


@pytest.mark.parametrize(("tenths", "sign", "words"), [(99, "✓", "below"), (100, "✓", "at"), (101, "▲", "above")])
def test_exactly_at_the_ceiling_is_not_above_it(tenths: int, sign: str, words: str) -> None:
    first = drawn(plan_with(tenths))[0]
    assert first.startswith(sign)
    assert f"{words} the ceiling of 10%" in first
    assert "no ceiling is set" in drawn(plan_with(tenths, None))[0]


def test_the_bar_is_as_long_as_the_share_and_hatched_above_the_ceiling() -> None:
    """Of 120 cells for 40%, 3 are a percent."""
    bar = drawn(plan_with(200), 120)[1]
    assert bar[:29].strip() == "", "up to the ceiling it is filled, which without colour is inverse"
    hatched = [at for at, sign in enumerate(bar) if sign == "╳"]
    assert (hatched[0], hatched[-1]) == (31, 59)
    ends = drawn(plan_with(200), 120)[2]
    assert [ends.index(each) for each in ("10", "15", "20", "30")] == [30, 45, 60, 90]
    assert drawn(plan_with(0), 120)[1].strip("┆┃▎ ") == ""
    assert drawn(plan_with(900), 120)[1].count("╳") > 80, "more than the scale fills it"


def test_a_quarter_without_a_record_says_so() -> None:
    unknown = Gauge(Figure("one-off share", None, "share", "on record"), "within budget", Fraction(1, 10))
    rows = drawn(unknown)
    assert rows[0].startswith("one-off share: not on record")
    assert "[" not in rows[3]
    assert cell_len(drawn(unknown, 12)[0]) == 12


@pytest.mark.parametrize("mode", list(ColourMode))
def test_words_and_signs_do_not_depend_on_colour(mode: ColourMode) -> None:
    plain, coloured = drawn(plan_with(201)), drawn(plan_with(201), mode=mode)
    assert [coloured[at] for at in (0, 2, 3)] == [plain[at] for at in (0, 2, 3)]
    assert isinstance(band_rows(plan_with(201), 80, palette("light", mode))[1], Strip)
