"""How much of a title stands in the plan's table: all of it, where other columns have cells to spare."""

from pathlib import Path

import pytest

from tests.tui.app_helpers import WIDE, opened, small
from tui.plan_view.plan_table import PlanColumns

TITLES = (
    "Meetstaten van chauffeurs per rit exporteren",
    "Douaneaangiften voor retourzendingen afhandelen",
    "Kaart",
)


async def test_where_the_terminal_is_wide_a_title_is_whole(tmp_path: Path) -> None:
    rows = [(title, 3.0, {"owner": "Sanne"}) for title in TITLES]
    async with opened(small(tmp_path, rows), WIDE) as room:
        shown = [line for line in room.words("PlanTable").splitlines() if "Sanne" in line]
        assert len(shown) == len(TITLES)
        assert all(title in line for title, line in zip(TITLES, shown, strict=True))


@pytest.mark.parametrize("width", [100, 107, 120, 160])
def test_a_bar_gives_a_title_what_it_lacks_and_no_more(width: int) -> None:
    plain = PlanColumns.at(width, 5, teams=12)
    for longest in range(120):
        columns = PlanColumns.at(width, 5, teams=12, longest=longest)
        # Place and slice take 9 cells, and each column is set off by one; none is lost and none is added.
        parts = (columns.team, columns.owner, columns.bar, columns.span, columns.odds, columns.cut)
        assert 9 + columns.title + sum(part + 1 for part in parts) == width
        assert columns.owner >= 5
        assert columns.bar >= 12
        # Cut only where the bar has no more to give; and no bar is shorter than the titles need.
        assert columns.title >= longest or columns.bar == 12
        assert columns.title == max(plain.title, min(longest, columns.title))
