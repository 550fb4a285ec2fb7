"""The burn chart's figures, by hand, and that text, screen and page draw the same ones."""

from __future__ import annotations

import re
from datetime import date

from scenarios.quarter.burn import Burn, Known, burn_of
from scenarios.reports.burn_svg import burn_rows, burn_svg
from tui.drawing.burn_chart import FIGURES, LEFT, chart, week_width

ENDS = (date(2027, 1, 10), date(2027, 1, 17), date(2027, 1, 24), date(2027, 1, 31))


def made() -> Burn:
    """Four weeks of 4, 2, 4 and 6 ew, known at the end of the first and of the second."""
    known = {1: Known(3.0, (6.0, 8.0, 12.0), 0.75, 12.0), 2: Known(5.0, (5.0, 7.0, 10.0), 0.6, 9.0)}
    return burn_of("Q1", ENDS, (4.0, 2.0, 4.0, 6.0), 12.0, known, {1: 0.5, 2: 0.2}, date(2027, 1, 18))


class TestFigures:
    def test_capacity_and_plan_add_up_week_by_week(self) -> None:
        """12 planned on 16 net are three quarters of it, in every week. Of 6 net until today 5 were used; the 9 that
        are left go on from those 5: two fifths of them in week 3."""
        assert [week.capacity for week in made().weeks] == [4, 6, 5 + 0.4 * 9, 14]
        assert made().passed == [(0, 0), (1, 4), (2, 6)]
        assert made().ahead == [(2, 5), (3, 8.6), (4, 14)]
        assert [week.planned for week in made().weeks] == [3, 4.5, 7.5, 12]

    def test_what_nobody_told_is_unknown(self) -> None:
        """Weeks to come have no figure, and neither has a week that nobody told of."""
        assert [week.used for week in made().weeks] == [3, 5, None, None]
        assert [week.odds for week in made().weeks] == [0.75, 0.6, None, None]
        assert [week.interrupts for week in made().weeks] == [0.5, 0.7, None, None]

    def test_the_fan_goes_by_the_capacity_that_is_left(self) -> None:
        """Of the 10 ew of weeks 3 and 4, week 3 has 4: two fifths of what is left are then done."""
        fans = [week.fan for week in made().weeks]
        assert fans[0] is None
        assert fans[1] == (5, 5, 5)
        assert fans[2] == (5 + 0.4 * 5, 5 + 0.4 * 7, 5 + 0.4 * 10)
        assert fans[3] == (10, 12, 15)
        assert made().words == "In all it will take 12.0 ew (P10 10.0, P90 15.0); there are 14.0."

    def test_on_the_last_day_all_that_is_left_is_there(self) -> None:
        known = {4: Known(14.0, (1.0, 2.0, 3.0), 0.1, 1.0)}
        found = burn_of("Q1", ENDS, (4.0, 2.0, 4.0, 6.0), 12.0, known, {}, ENDS[-1])
        assert found.weeks[-1].fan == (15, 16, 17)
        assert found.capacity == 15

    def test_on_the_first_day_it_is_all_fan(self) -> None:
        found = burn_of(
            "Q1", ENDS, (4.0, 2.0, 4.0, 6.0), 12.0, {0: Known(0.0, (8.0, 12.0, 20.0), 0.7, 16.0)}, {}, ENDS[0]
        )
        assert [week.used for week in found.weeks] == [None] * 4
        assert found.weeks[0].fan == (2, 3, 5)
        assert found.weeks[3].fan == (8, 12, 20)
        assert [week.capacity for week in found.weeks] == [4, 6, 10, 16]


class TestDrawings:
    def test_text_and_page_tell_the_same_figures(self) -> None:
        """Each row of figures below the chart is a column of the page's table."""
        burn, width = made(), 60
        rows = ["".join(char for char, _ in row) for row in chart(burn, width, 24)][-FIGURES:]
        told = {row[:LEFT].strip(): row[LEFT:] for row in rows}
        wide = week_width(burn, width)
        head, *table = burn_rows(burn)
        for name, heading in (("net", "net capacity"), ("planned", "as planned"), ("used", "used"), ("odds", "odds")):
            cells = [told[name][at * wide : (at + 1) * wide].strip() for at in range(len(burn.weeks))]
            assert cells == [line[head.index(heading)] for line in table], name

    def test_bars_lines_and_fan_stand_where_the_figures_say(self) -> None:
        """From the picture back to the figures: heights in the SVG are in proportion to the ew."""
        svg = burn_svg(made())
        heights = [float(found) for found in re.findall(r'<rect [^>]*height="([\d.]+)"', svg)]
        # What was used, and the interrupts: of each week in turn.
        assert [round(height / heights[2] * 5, 1) for height in heights] == [3, 0.5, 5, 0.7]
        passed, ahead = re.findall(r'<path d="M([^"]+)" fill="none" stroke="#16202B"', svg)
        # 15 is the greatest figure; the chart is 282 high.
        for line, ew in ((passed, 6), (ahead, 14)):
            assert line.split("L")[-1].split()[1] == f"{14 + 282 * (1 - ew / 15):.1f}"
        assert [word for word in ("net 14.0", "P10 10.0", "P50 12.0", "P90 15.0") if word not in svg] == []

    def test_interrupts_stand_in_weeks_of_which_nobody_told_what_was_used(self) -> None:
        """0.5 ew came in week 1, of which progress was told, and 2 more in week 2, of which it was not yet."""
        known = {1: Known(3.0, (6.0, 8.0, 12.0), 0.75, 12.0)}
        told = burn_of("Q1", ENDS, (4.0, 2.0, 4.0, 6.0), 12.0, known, {1: 0.5, 2: 2.0}, date(2027, 1, 12))
        heights = [float(found) for found in re.findall(r'<rect [^>]*height="([\d.]+)"', burn_svg(told))]
        assert [week.interrupts for week in told.weeks] == [0.5, 2.5, None, None]
        assert [round(each / heights[0], 2) for each in heights] == [1, 0.17, 0.83]

    def test_the_chart_is_as_wide_and_high_as_it_may_be(self) -> None:
        for width, height in ((60, 12), (80, 22), (200, 50)):
            rows = chart(made(), width, height)
            assert len(rows) == height
            assert max(map(len, rows)) <= width

    def test_what_the_lines_end_at_stands_in_order(self) -> None:
        """Also where there is hardly a row for each: the greatest on top, none lost or cut."""
        rows = chart(made(), 60, 10)
        words = [found[0] for row in rows if (found := re.findall(r"(?:net|P\d0) [\d.]+", "".join(c for c, _ in row)))]
        assert words == ["P90 15.0", "net 14.0", "P50 12.0", "P10 10.0"]

    def test_a_bar_is_as_high_as_what_was_used(self) -> None:
        """5 of 15 ew in 15 rows: five rows of full blocks in the second week."""
        rows = chart(made(), 60, 15 + FIGURES)[:15]
        column = LEFT + week_width(made(), 60) + 2
        filled = [row[column][0] for row in rows].count("█")
        assert filled in (4, 5), "one of them has the capacity's line on it"
