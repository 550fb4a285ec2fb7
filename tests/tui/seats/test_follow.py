"""A seat for the projector: it shows what the driver sees, writes nothing, and says whom it follows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from store.sidecars.seats import Seat, Seats, read_seat
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, Room, item, opened, running, stored
from tests.tui.seats.test_live import mark, marks, open_trade, room_of_ten
from tui.app.app import MakeroomApp
from tui.seats.follow import driver_among
from tui.seats.live import told_draft
from tui.session.session import Session


@asynccontextmanager
async def following(path: Path, whom: str = "*", size: tuple[int, int] = (120, 40)) -> AsyncIterator[Room]:
    """A seat that follows."""
    with Workspace.open(path, actor="Projector", read_only=True) as workspace:
        session = Session(workspace)
        seats = Seats(path, f"follow{id(session)}", "Projector", follows=whom)
        async with running(MakeroomApp(session, seats=seats), path, size) as room:
            yield room


@pytest.mark.parametrize("size", [NARROW, (120, 40)], ids=str)
async def test_cursor_trade_and_marks_follow_the_driver(tmp_path: Path, size: tuple[int, int]) -> None:
    path = room_of_ten(tmp_path)
    async with following(path, size=size) as wall:
        assert "follows nobody yet" in wall.header
        async with opened(path, actor="Ana", seated=True) as ana:
            await wall.until(lambda: "follows Ana" in wall.header)
            await ana.look_at("Work 6")
            await wall.until(lambda: wall.on_cursor == "Work 6", "the driver's cursor")
            await open_trade(ana)
            await wall.until(lambda: wall.board.sheet.trade is not None, "the driver's trade sheet")
            await wall.until(lambda: "Audit log" in wall.words("TradeHead"))
            await mark(ana, "Work 9", "Work 8")
            await wall.until(lambda: marks(wall) == ["Work 9", "Work 8"], "the driver's marks")
            first, second = (room.words("TradeFoot").splitlines()[0].split("(target")[0] for room in (wall, ana))
            assert first == second, "the same figures"
            await ana.press("escape")
            await wall.until(lambda: wall.board.sheet.trade is None, "the plan again")
            await ana.look_at("Work 2")
            await ana.press("b")
            await wall.until(lambda: "Ana:" in wall.header)
            await wall.until(lambda: wall.on_cursor == "Work 2")
            assert wall.board.session.state == stored(path)
        await wall.until(lambda: "follows nobody yet" in wall.header)


@pytest.mark.parametrize("key", [*"abeEcnKJ+LBZouUITSi", "enter"])
async def test_keys_that_write_say_that_this_seat_does_not(tmp_path: Path, key: str) -> None:
    path = room_of_ten(tmp_path)
    before = path.read_bytes()
    async with following(path) as wall:
        await wall.press("plus" if key == "+" else key)
        assert "read only" in wall.toasts
        assert wall.dialog == ""
        assert wall.board.sheet.trade is None
    assert path.read_bytes() == before


async def test_lost_capacity_is_shown_too(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with following(path) as wall, opened(path, actor="Ana", seated=True) as ana:
        await ana.press("c", "n")
        await ana.replace("20")
        await ana.press("ctrl+s", "enter")
        assert ana.board.sheet.trade is not None
        await wall.until(lambda: wall.board.sheet.trade is not None)
        await wall.until(lambda: "20" in wall.words("TradeHead"))


async def test_what_is_tried_out_at_people_and_capacity_is_shown(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    before = path.read_bytes()
    async with following(path) as wall, opened(path, actor="Ana", seated=True) as ana:
        await ana.press("c")
        await wall.until(lambda: wall.dialog == "CapacityMirror", "the driver's screen")
        await ana.press("n")
        await ana.replace("20")
        await ana.press("ctrl+s")
        await wall.until(lambda: wall.words("CapacityFoot") == ana.words("CapacityFoot"), "the driver's draft")
        assert "20" in wall.words("CapacityFoot")
        # Nothing is changed from here, and who wants the board has it.
        for key in ("minus", "n", "x", "enter", "r", "u"):
            await wall.press(key)
            assert wall.dialog == "CapacityMirror"
        assert wall.words("CapacityFoot") == ana.words("CapacityFoot")
        await wall.press("escape")
        assert wall.dialog == ""
        await ana.press("u")
        await wall.until(lambda: wall.dialog == "CapacityMirror", "again, where the driver goes on")
        await ana.press("escape")
        await wall.until(lambda: wall.dialog == "", "the board, where the driver is")
    assert path.read_bytes() == before


async def test_the_plans_and_a_comparison_are_shown_too(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    # Saved before anybody follows: the list that is opened for it is not the one that is looked at below.
    async with opened(path, actor="Ana", seated=True) as ana:
        await ana.press("s", "s")
        await ana.write("before")
        await ana.press("ctrl+s")
        await ana.until(lambda: ana.dialog in ("", "Scenarios"))
    async with following(path) as wall, opened(path, actor="Ana", seated=True) as ana:
        await ana.look_at("Work 3")
        await ana.press("b", "s")
        await wall.until(lambda: wall.dialog == "PlansMirror", "the driver's list")
        await ana.press("down")
        await wall.until(lambda: "before" in wall.words("PlanDetail"), "the driver's row")
        # Nothing is changed from here.
        for key in ("s", "b", "r", "M", "x", "enter"):
            await wall.press(key)
            assert wall.dialog == "PlansMirror"
        await ana.press("d")
        await ana.until(lambda: ana.dialog == "Compare")
        await wall.until(lambda: wall.dialog == "CompareMirror", "the driver's comparison")
        assert "Work 3" in wall.words("DifferenceTable")
        before = stored(path)
        for key in ("full_stop", "u", "d", "m", "w"):
            await wall.press(key)
            assert wall.dialog == "CompareMirror"
        assert stored(path) == before
        await ana.press("escape")
        await ana.until(lambda: ana.dialog in ("", "Scenarios"))
        await ana.press("escape")
        await wall.until(lambda: wall.dialog == "", "the board, where the driver is")


def test_a_draft_that_no_seat_could_be_read_with_is_not_told(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    for draft in ("é" * 1_000, "é" * 10_000, '"' * 7_000, "x" * 100_000):
        told = told_draft(draft)
        seats = Seats(path, "aa11", "Ana")
        assert seats.take()
        seats.move(asked={"capacity": told}, marks=tuple(range(200)))
        assert read_seat(seats.folder / "aa11.json", "aa11") is not None
        assert told in (draft, "")
        seats.leave()
    assert told_draft("é" * 1_000)


async def test_a_named_driver_is_waited_for(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with following(path, "ben") as wall, opened(path, actor="Ana", seated=True) as ana:
        await wall.until(lambda: "2 seats" in wall.header)
        assert "waits for ben" in wall.header
        await ana.look_at("Work 6")
        async with opened(path, actor="Ben", seated=True) as ben:
            await wall.until(lambda: "follows Ben" in wall.header)
            await ben.look_at("Work 3")
            await wall.until(lambda: wall.on_cursor == "Work 3")


async def test_the_seat_that_follows_is_no_obstacle_to_undo_and_is_seen(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    async with following(path), opened(path, actor="Ana", seated=True) as ana:
        await ana.until(lambda: "2 seats" in ana.header)
        await ana.look_at("Work 4")
        await ana.press("b", "u")
        assert item(stored(path), "Work 4").state == "plan"
        await ana.press("@")
        (line,) = [line for line in ana.lines if "Projector" in line]
        assert "follows" in line


def seat(name: str, moved: float, follows: str = "") -> Seat:
    return Seat(name.casefold(), name, follows=follows, moved=moved)


@pytest.mark.parametrize(
    ("wanted", "expected"), [("*", "Ben"), ("Ana", "Ana"), ("ANA", "Ana"), ("Dora", None), ("Wall", None)]
)
def test_whom_to_follow(wanted: str, expected: str | None) -> None:
    seats = (seat("Ana", 5), seat("Ben", 7), seat("Cleo", 3), seat("Wall", 9, "*"))
    found = driver_among(seats, wanted)
    assert (found.name if found else None) == expected


async def test_what_a_damaged_seat_asks_is_not_shown_and_breaks_nothing(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path)
    driver = Seats(path, "aa11", "Ana")
    driver.take()
    try:
        async with following(path) as wall:
            await wall.until(lambda: "follows Ana" in wall.header)
            for asked in (
                {}, {"kind": "trade"}, {"kind": "trade", "item": 99999}, {"kind": "trade", "item": "x"},
                {"kind": "estimate", "item": 1, "sizes": {"1": ["a", None, []]}, "gone": 3},
                {"kind": "estimate", "item": 1, "sizes": {"1": [1, 1e999, 2]}, "gone": []},
                {"kind": "capacity", "net": {"99": 3}, "new": [], "target": None},
                {"kind": "capacity", "net": {"1": -3}, "new": [[]], "target": "x"}, {"kind": ["trade"]},
                {"plans": 3}, {"plans": ["snapshot"]}, {"compare": [["snapshot", "999"]]}, {"compare": "x", "at": "y"},
                {"compare": [["a", "b"]] * 9}, {"compare": [[1, 2]], "plans": {}},
            ):  # fmt: skip
                driver.move(asked=asked, where="trade", cursor=99999, marks=(99999,))
                await wall.until(lambda asked=asked: wall.app.live._driver.asked == asked)  # type: ignore[misc]
                await wall.settle()
                assert wall.board.sheet.trade is None
    finally:
        driver.leave()
