"""Talking about the odds: why, levers, flip points, hidden rounds, closing a quarter, and plans that take a while."""

import re
from pathlib import Path

from scenarios.trade.door import forecast_of
from store.records import Actual, Command, Quarter, RoundEstimate, Shortfall, Size
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import demo, item, latest, opened, small, stored, titles
from tui.session.session import HEAVY

SHORT = (80, 24)


def percent(text: str, before: str) -> int:
    """The first whole percentage after some words."""
    found = re.search(re.escape(before) + r"\D*(\d+)%", text)
    assert found, text
    return int(found[1])


class TestWhy:
    async def test_it_says_what_the_odds_stand_on(self, tmp_path: Path) -> None:
        async with opened(demo(tmp_path)) as room:
            odds = percent(room.header, "odds")
            await room.press("?")
            words = " ".join(room.words("HangingText").split())
            assert percent(words, "WHY") == odds
            for said in (
                "no history, a typical team",
                "10% interrupts",
                "binds",
                "Expected to finish",
                "Widest ranges",
            ):
                assert said in words, said


class TestLevers:
    async def test_the_first_one_buys_what_it_says(self, tmp_path: Path) -> None:
        path = small(tmp_path, [("Large", (6.0, 8.0, 14.0), {}), ("Small", 1.0, {}), ("Middle", 4.0, {})], net=16.0)
        async with opened(path) as room:
            await room.press("+")
            line = next(line for line in room.lines if "drop or defer Large" in line)
            promised = int(re.findall(r"(\d+)%", line)[-1])
            await room.press(line.split()[line.split().index("drop") - 1])
            assert titles(room.state, "below")[0] == "Large"
            assert percent(room.header, "odds") == promised

    async def test_more_capacity_opens_the_capacity_screen_with_it(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, [("One", 10.0, {})], net=14.0)) as room:
            await room.press("+")
            line = next(line for line in room.lines if "one more ew on Pay" in line)
            await room.press(line.split()[line.split().index("one") - 1])
            assert room.dialog == "CapacityScreen"
            assert "15.0" in room.words("CapacityGrid")
            await room.press("escape", "escape")
            assert room.dialog == ""
            assert room.state.all(Shortfall) == {}

    async def test_nothing_planned_has_no_levers(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, [("One", 3.0, {"state": "below"})])) as room:
            await room.press("+")
            assert room.dialog == ""
            assert "No single change" in room.toasts


class TestFlipPoint:
    async def test_it_flips_where_a_fresh_simulation_says(self, tmp_path: Path) -> None:
        path = small(tmp_path, [("Base", 10.0, {}), ("Asked", 3.0, {"state": "below"})], net=20.0)
        async with opened(path) as room:
            await room.look_at("Asked")
            await room.press("x")
            await room.replace("0.5", "down")
            await room.replace("20")
            found = re.search(r"fits from 0\.5 to (\d+\.\d) ew and flips above", room.text)
            assert found, room.text
            await room.press("escape")
        at = float(found[1])
        state = stored(path)
        asked = item(state, "Asked")
        (size,) = (row for row in state.each(Size) if row.item_id == asked.id)
        for likely, fits in ((at, True), (at + 0.1, False)):
            puts = (asked.model_copy(update={"state": "plan"}), size.model_copy(update={"likely": likely}))
            assert forecast_of(state.overlay(Command("test", "", puts))).fits is fits

    async def test_a_dispute_that_changes_nothing_says_so_and_changes_nothing(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, [("One", (2.0, 3.0, 4.0), {})], net=40.0), SHORT) as room:
            await room.press("x")
            assert "The same decision from 2.0 to 4.0 ew" in room.text.replace("\n", " ")
            await room.press("ctrl+s")
            assert room.dialog == ""
            assert len(room.state.all(Size)) == 1


class TestHiddenRound:
    async def test_ranges_stay_hidden_until_the_reveal_and_the_round_is_recorded(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, [("One", 3.0, {"state": "below"})])) as room:
            await room.look_at("One")
            await room.press("e", "v")
            for who, given in (("Ana", "1-2-3"), ("Bo", "2-3-4"), ("Cy", "7-9-13")):
                await room.write(who, "enter")
                await room.write(given)
                assert given not in room.text
                await room.press("enter")
                assert given not in room.text
            await room.press("ctrl+r")
            words = room.text
            assert words.index("1-2-3") < words.index("2-3-4") < words.index("7-9-13")
            # 9 is three times the middle 3; 2 is not half of it.
            assert next(line for line in room.lines if "7-9-13" in line).count("why?") == 1
            assert words.count("why?") == 1
            await room.press("enter")
            state = room.state
            (size,) = state.each(Size)
            assert (size.low, size.likely, size.high) == (2.0, 3.0, 4.0)
            kept = [(row.who, row.likely, row.agreed) for row in state.each(RoundEstimate)]
            assert kept == [("Ana", 2.0, False), ("Bo", 3.0, False), ("Cy", 9.0, False), ("", 3.0, True)]

    async def test_a_wrong_range_is_not_shown_to_the_others(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, [("One", 3.0, {"state": "below"})])) as room:
            await room.look_at("One")
            await room.press("e", "v")
            await room.write("Ana", "enter")
            await room.write("8 apples", "enter")
            assert "that is not a size" in room.text
            assert "apples" not in room.text
            await room.press("escape")
            assert room.state.all(RoundEstimate) == {}


class TestClaimed:
    async def test_the_asker_s_own_size_is_one_key_away(self, tmp_path: Path) -> None:
        async with opened(small(tmp_path, [("One", 3.0, {})])) as room:
            await room.press("a")
            await room.write('Audit log claimed:3d by:sales problem:"auditors ask"', "enter")
            await room.press("i", "e")
            assert "claimed “3d”" in room.text
            await room.press("c")
            asked = item(room.state, "Audit log")
            assert [size.likely for size in room.state.each(Size) if size.item_id == asked.id] == [0.6]


class TestClosing:
    async def test_it_keeps_what_things_took_and_opens_the_next_quarter(self, tmp_path: Path) -> None:
        path = small(tmp_path, [("One", 3.0, {}), ("Two", 4.0, {})])
        async with opened(path, SHORT) as room:
            before = room.state.quarter
            # As on the command line: all that nothing is said of is finished, and nobody counted.
            await room.press("Z", "up")
            assert "all that stays empty above is finished" in room.text
            await room.write("5", "ctrl+s")
            assert room.dialog == "Form", "a number is not of all"
            await room.replace("?")
            assert "2 of 2 items finished" in room.text
            await room.press("escape", "Z")
            await room.write("4.5", "ctrl+s")
            state = room.state
            assert state.quarter.starts > before.ends
            assert item(state, "One").state == "done"
            assert titles(state, "below") == ["Two"]
            assert [row.actual for row in state.each(Actual)] == [4.5]
            assert latest(state)[0].kind == "close"
            await room.press("u")
            assert room.state.quarter.name == before.name
            assert titles(room.state, "plan") == ["One", "Two"]
            assert len(room.state.all(Quarter)) == 1


class TestLargePlans:
    def large(self, folder: Path) -> Path:
        rows = [(f"Item {number}", 0.1, {}) for number in range(2 * HEAVY)]
        return small(folder, rows, net=40.0)

    async def test_rows_come_first_and_the_odds_follow(self, tmp_path: Path) -> None:
        path = self.large(tmp_path)
        with Workspace.open(path, read_only=True) as workspace:
            expected = int(100 * forecast_of(workspace.load()).odds + 0.5 + 1e-9)
        async with opened(path) as room:
            await room.until(lambda: "odds …" not in room.header)
            assert percent(room.header, "odds") == expected
            assert "Item 0" in room.words("#plan")
            assert room.meter

    async def test_undo_of_a_large_change_brings_all_back(self, tmp_path: Path) -> None:
        rows = [(f"Item {number}", 0.1, {"state": "below"}) for number in range(2 * HEAVY)]
        async with opened(small(tmp_path, rows, net=40.0)) as room:
            await room.press("L")
            await room.until(lambda: room.dialog == "Menu")
            await room.press("f")
            await room.until(lambda: len(titles(room.state, "plan")) == 2 * HEAVY)
            odds = percent(room.header, "odds")
            await room.press("u")
            await room.until(lambda: not titles(room.state, "plan"))
            await room.press("U")
            await room.until(lambda: len(titles(room.state, "plan")) == 2 * HEAVY)
            await room.until(lambda: "old" not in room.header)
            assert percent(room.header, "odds") == odds
