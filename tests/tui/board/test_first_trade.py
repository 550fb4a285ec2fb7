"""From an empty home to the first signed trade, on somebody's own sixty rows, by what the screen says alone."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from store.records import Decision, Size
from tests.tui.app_helpers import NARROW, NORMAL, Room, empty, item, opened, small

TEAMS = {"Platform": 30, "Billing": 24, "Growth": 28, "Mobile": 26}
#: Keys besides typed text, at most.
MOST = 150


def sheet(folder: Path) -> Path:
    """Sixty rows as somebody keeps them: four teams, priorities, customers, some without an estimate."""
    rng, path = random.Random(5), folder / "backlog.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["ID", "Title", "Team", "Type", "Priority", "Estimate (weeks)", "Value", "Customer", "Due"])
        for number in range(1, 61):
            rows.writerow(
                [
                    f"PM-{number}",
                    f"{rng.choice(['Improve', 'Rework'])} {rng.choice(['invoices', 'search', 'alerts'])} {number}",
                    rng.choice(list(TEAMS)),
                    rng.choice(["feature", "bug", "infra", "research"]),
                    rng.choice(["P0", "P1", "P2", "P3"]),
                    "" if number % 20 == 0 else rng.choice(["1", "2", "3", "4", "6"]),
                    rng.choice([5, 8, 13, 20, 40]),
                    rng.choice(["", "", "Acme Corp", "Globex"]),
                    rng.choice(["", "", "15 Mar 2027"]),
                ]
            )
    return path


class Reader:
    """Presses only keys that the screen names at that moment, and counts them."""

    def __init__(self, room: Room) -> None:
        self.room, self.pressed = room, 0

    async def press(self, key: str, named: str) -> None:
        """``named`` is how the screen tells of the key, beside it."""
        assert named in self.room.text, f"nothing on screen says “{named}”:\n{self.room.text}"
        self.pressed += 1
        await self.room.press(key)

    async def type(self, text: str) -> None:
        await self.room.press("ctrl+u")
        await self.room.write(text)


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=str)
async def test_the_first_trade(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(empty(tmp_path), size) as room:
        reader = Reader(room)
        # What comes up by itself has the steps; it is left, since the board tells them, too.
        await room.until(lambda: room.dialog == "Menu")
        assert {"items", "teams", "baseline"} <= set(room.text.split())
        assert "look back first" in room.text
        assert "begin with nothing" in room.text
        await reader.press("i", "i      ")
        await room.until(lambda: room.dialog == "Form")
        await reader.type(str(sheet(tmp_path)))
        await reader.press("enter", "enter")
        await room.until(lambda: room.dialog not in ("", "Form", "Menu"))
        await reader.press("I", "I take it in")
        await room.until(lambda: not room.dialog)
        assert len(room.board.session.now.below) == 60
        # Short names of teams, and sizes without a range, leave their room to the title.
        columns = room.board.plan.columns_at(71)
        assert (columns.team, columns.span, columns.title) == (8, 5, 27)
        # What came of it is said whole, at 80 columns too.
        assert " 60 new: odds" in room.text

        await reader.press("c", "c teams: no capacity yet")
        for at, (_, net) in enumerate(sorted(TEAMS.items())):
            if at:
                await reader.press("down", "n sets it")
            await reader.press("n", "n sets it")
            await reader.type(str(net))
            await reader.press("ctrl+s", "ctrl+s take it")
        await reader.press("enter", "enter confirm")
        await room.until(lambda: room.dialog != "CapacityScreen" or "confirm" not in room.keys)
        while room.dialog:
            await reader.press("escape", "esc")
        assert sum(room.board.session.now.plan.net.values()) == sum(TEAMS.values())

        await reader.press("L", "L fill")
        while room.dialog:
            # How the odds are to be meant, then what a fill would take.
            await reader.press("enter", "enter")
        assert room.board.session.now.plan.entries
        await reader.press("B", "B baseline")
        while room.dialog:
            await reader.press("enter", "enter")
        assert room.state.quarter.state == "baselined"

        await reader.press("a", "a add a request")
        await room.write("Kanban wallboards ~6-9-13 team:Growth")
        await reader.press("enter", "enter")
        assert room.board.sheet.trade is not None, room.text
        await reader.press("1", "1")
        await reader.press("enter", "enter")
        assert room.board.sheet.deciding, room.text
        for text in ("Maya", "they close on Friday"):
            await room.write(text)
            await reader.press("enter", "enter")
        assert room.board.sheet.trade is None, room.text
        assert any(each.item_id is not None for each in room.state.all(Decision).values())
        assert reader.pressed <= MOST


async def test_the_step_for_sizes_is_about_an_item_that_has_none(tmp_path: Path) -> None:
    rows = [
        ("Sized", 3.0, {"state": "below"}),
        ("Without", None, {"state": "below"}),
        ("Too", None, {"state": "below"}),
    ]
    async with opened(small(tmp_path, rows, team="Reporting of all the figures that we have had"), NARROW) as room:
        # The row on the cursor has a size, and what is searched for hides those that have none.
        await room.press("slash")
        await room.write("Sized", "enter")
        assert "S s sizes: 2 left" in room.text
        await room.press("S")
        # The words of a choice that take two rows stand under each other.
        at = next(line.index("Reporting of all") for line in room.lines if "Reporting of all" in line)
        assert [line[at:].split("  ")[0] for line in room.lines if "had 30" in line] == ["had 30.0"]
        await room.press("s")
        assert "Size of “Without”" in room.text
        await room.press("m")
        assert room.on_cursor == "Without"
        state = room.state
        assert [size.likely for size in state.each(Size) if size.item_id == item(state, "Without").id] == [3.0]
        assert "S s sizes: 1 left" in room.text
