"""Six teams of five items: what the target is of is chosen with figures in hand, and each choice plans what it said."""

from __future__ import annotations

import re
from pathlib import Path

from scenarios.trade.door import forecast_of
from tests.tui.app_helpers import opened, stored, titles
from tests.tui.six_teams import six_teams


async def test_the_target_is_chosen_with_figures_and_each_choice_plans_what_it_promised(tmp_path: Path) -> None:
    path = six_teams(tmp_path)
    async with opened(path) as room:
        await room.press("L")
        await room.until(lambda: "of the whole plan, or of each team?" in room.text)
        assert re.search(r"Six teams at \d+%( to \d+%)? each make 7\d(\.\d)?% together", room.text)
        promised = re.findall(
            r"(the whole plan|each team) +(\d+) items, ([\d.]+) of 60.0 ew; all of it ([\d.]+)%", room.text
        )
        assert [each[0] for each in promised] == ["the whole plan", "each team"]
        assert int(promised[0][1]) < int(promised[1][1])
        for key, (of, count, load, odds) in zip("tp", reversed(promised), strict=True):
            await room.press(key)
            await room.until(lambda: "Fill the plan in rank order" in room.text)
            assert "What did not fit closed" in room.text
            await room.press("f")
            state, found = stored(path), forecast_of(stored(path))
            assert len(titles(state, "plan")) == int(count)
            assert f"{found.plan.load:.1f}" == load
            assert abs(100 * found.odds - float(odds)) <= 0.5, of
            # The odds of all together stand in the header either way; of each team, the lowest of one beside them.
            assert f"odds {odds}%" in room.header
            least = re.search(r"([\d.]+)% \(target 70% each\)", room.header)
            assert (least is not None) == (of == "each team")
            assert least is None or abs(float(least[1]) - 100 * min(found.team_odds.values())) <= 0.5
            assert found.fits
            # The board says why: each team with what it has to do, the one that binds marked, and all of them together.
            strip = room.words("TeamStrip")
            names = {team.id: team.name for team in found.plan.teams}
            for key, name in names.items():
                assert f"{name} {found.plan.load_of(key):.0f}/10 " in strip
            lowest = min(found.team_odds, key=lambda key: found.team_odds[key])
            assert re.findall(r"▸(\w+)", strip) == [names[lowest]]
            assert f"make {odds}% together; {names[lowest]} has the lowest odds" in strip
            # A row names its team.
            assert re.search(r"Growth wish 1 +Growth ", room.words("#plan"))
            await room.press("u", "u", "L")
            await room.until(lambda: "of the whole plan, or of each team?" in room.text)
        await room.press("escape")
        assert stored(path).quarter.target_for is None
        assert titles(stored(path), "plan") == []
