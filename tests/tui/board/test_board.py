"""The board: what it shows of a plan, and what each of its keys does to it."""

from __future__ import annotations

import csv
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from scenarios.trade.door import forecast_of
from store.records import Command, Decision, Size, State
from tests.tui.app_helpers import (
    NARROW,
    NORMAL,
    SIZES,
    WIDE,
    Room,
    demo,
    empty,
    item,
    latest,
    opened,
    small,
    stored,
    things,
    titles,
    widths,
)
from tests.tui.rest import drawn
from tui.drawing import themes
from tui.drawing.colours import ColourMode

DATA = files("store").joinpath("data")
DEMO = tomllib.loads(DATA.joinpath("demo.toml").read_text(encoding="utf-8"))
ASKED = {one["item"] for one in DEMO["requests"]}
BACKLOG = [
    row
    for row in csv.DictReader(DATA.joinpath("demo_backlog.csv").read_text(encoding="utf-8").splitlines())
    if row["title"] not in ASKED
]
TITLES = [row["title"] for row in BACKLOG]
LINE = TITLES.index(DEMO["line"]) + 1
PLAN, BELOW = TITLES[:LINE], TITLES[LINE:]
NET = sum(DEMO["capacity"].values())
LOAD = sum(float(size.split("-")[1]) for row in BACKLOG[:LINE] for size in re.findall(r"[\d.]+-[\d.]+", row["sizes"]))


def percent(odds: float) -> str:
    return f"{int(100 * odds + 0.5 + 1e-9)}%"


def odds_of_demo(room: Room) -> str:
    """What the plan's odds read, by a simulation of its own."""
    return percent(forecast_of(room.state).odds)


def moved(state: State, title: str, where: str) -> State:
    """The state with an item on the other side of the line, nothing else changed."""
    return state.overlay(Command("edit", "", (item(state, title).model_copy(update={"state": where}),)))


def odds_in(header: str) -> str:
    found = re.search(r"(\d+%)(?: \(target|/70)", header)
    assert found, header
    return found[1]


# ------------------------------------------------------------------ what it shows


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_opens_on_the_demo(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(demo(tmp_path), size) as room:
        lines = room.lines
        assert len(lines) == size[1]
        assert widths(lines) == {size[0]}
        expected = percent(forecast_of(room.state).odds)
        assert odds_in(room.header) == expected
        for words in ("Q1 2027", f"{NET:.1f}", f"{LOAD:.1f}", "room ", "7%"):
            assert words in room.header, words
        # Each row has its place in the rank, and its title as far as it goes.
        shown = [line for line in lines if re.match(r"[ ▌]\s+\d+  [FIQDO] ", line)]
        assert len(shown) == len(PLAN)
        for title, line in zip(PLAN, shown, strict=False):
            assert title[:20] in line
        assert "the line" in room.text
        # The way to the help is the one hint that never gives way.
        assert re.search(r"\?( why,)? help\s*$", lines[-1])
        if size == WIDE:
            assert "New carriers live in 2 days, not 9" in room.text
            assert "Cuts that help most" in room.text
        if size != NARROW:
            assert "Export the audit log as CSV" in room.text
            assert "likely quarters finish it all" in room.text


async def test_the_cursor_moves_the_preview(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        now = odds_of_demo(room)
        await room.press("space")
        for title in PLAN[:3]:
            assert room.on_cursor == title
            # However long a title is, what would become of it stands there whole.
            assert title[:25] in room.strap
            assert room.strap.endswith("” drops")
            without = forecast_of(moved(room.state, title, "below")).odds
            assert f"{now} → {percent(without)}" in room.meter
            await room.press("down")
        await room.press("up", "k", "j")
        assert PLAN[2][:25] in room.strap
        # Across the line, the question is in reverse.
        await room.look_at(PLAN[-1])
        await room.press("down")
        assert re.search(r"If “Self-billing .*” comes in", room.strap)
        joined = forecast_of(moved(room.state, BELOW[0], "plan")).odds
        assert f"{now} → {percent(joined)}" in room.meter
        await room.press("home")
        assert room.on_cursor == PLAN[0]
        await room.press("end")
        assert room.on_cursor == BELOW[-1]
        assert "Spot quotes by chat" in room.text
        assert odds_in(room.header) == now


async def test_space_switches_the_preview(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        assert room.strap.strip() == "The plan as it is"
        assert "→" not in room.meter.splitlines()[0]
        await room.press("down")
        assert room.strap.strip() == "The plan as it is"
        await room.press("space")
        assert f"If “{PLAN[1]}” drops" in room.strap
        assert "→" in room.meter.splitlines()[0]
        await room.press("space")
        assert room.strap.strip() == "The plan as it is"


async def test_the_request_that_waits_takes_the_focus_and_gives_it_back(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        assert "i to answer it" in room.words("#incoming")
        await room.press("i")
        assert "say yes" in room.words("#incoming")
        assert "i to answer it" not in room.words("#incoming")
        assert "decline" in room.keys
        assert "If “Export the audit log as CSV” comes in" in room.strap
        await room.press("i")
        assert "Supplier self-service portal" in room.words("#incoming")
        assert "2 of 3" in room.words("#incoming")
        await room.press("escape")
        assert "i to answer it" in room.words("#incoming")
        assert "▌" not in room.words("#incoming")
        assert "capacity" in room.keys


async def test_the_terminals_cursor_stands_on_the_row(tmp_path: Path) -> None:
    """Braille lines and screen readers follow it."""
    async with opened(demo(tmp_path)) as room:
        await room.press("down", "down")
        at = room.app.cursor_position
        assert PLAN[2][:15] in room.lines[at.y]
        await room.press("i", "escape")
        assert room.app.cursor_position == at


# ------------------------------------------------------------------ across the line, and in rank


async def test_b_drops_and_brings_up(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        before = room.state
        now = odds_of_demo(room)
        await room.press("b")
        state = room.state
        assert titles(state, "below")[0] == PLAN[0]
        assert titles(state, "plan") == PLAN[1:]
        after = percent(forecast_of(state).odds)
        assert odds_in(room.header) == after
        assert f"{now} → {after}" in room.header
        assert f"{LOAD - 3.2:.1f}" in room.header
        decision, moves = latest(state)
        assert (decision.kind, moves) == ("drop", {"out": [PLAN[0]]})
        # The cursor went with it; the same key asks it in again, at the end of the rank, and it fits.
        assert room.on_cursor == PLAN[0]
        await room.press("b")
        assert titles(room.state, "plan") == [*PLAN[1:], PLAN[0]]
        assert odds_in(room.header) == now
        await room.press("u", "u")
        assert things(room.state)["items"] == things(before)["items"]


async def test_rank_up_and_down(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("J")
        assert titles(room.state, "plan")[:3] == [PLAN[1], PLAN[0], PLAN[2]]
        assert room.on_cursor == PLAN[0]
        await room.press("shift+down")
        assert titles(room.state, "plan")[:3] == [PLAN[1], PLAN[2], PLAN[0]]
        await room.press("K", "shift+up")
        assert titles(room.state, "plan") == PLAN
        await room.press("K")
        assert titles(room.state, "plan") == PLAN
        # An item does not cross the line in rank.
        await room.look_at(PLAN[-1])
        await room.press("J")
        assert titles(room.state, "plan") == PLAN


async def test_fill_takes_in_rank_order_until_the_target(tmp_path: Path) -> None:
    rows = [(f"Wish {number}", 2.0, {"state": "below"}) for number in range(12)]
    rows.insert(3, ("Nobody knows", None, {"state": "below"}))
    path = small(tmp_path, rows, net=20.0)
    async with opened(path) as room:
        await room.press("L")
        assert room.dialog == "Menu"
        assert "1 have no size yet" in room.text or "1 has no size yet" in room.text
        await room.press("escape")
        assert titles(room.state, "plan") == []
        await room.press("L", "f")
        state = room.state
        taken = titles(state, "plan")
        assert taken == [f"Wish {number}" for number in range(len(taken))]
        assert 4 < len(taken) < 10
        assert forecast_of(state).odds >= 0.70
        assert forecast_of(moved(state, f"Wish {len(taken)}", "plan")).odds < 0.70
        decision, moves = latest(state)
        assert decision.kind == "fill"
        assert moves["in"] == taken
        await room.press("u")
        assert titles(room.state, "plan") == []
        await room.press("U", "L")
        assert room.dialog == ""
        assert "Nothing below the line fits" in room.toasts


async def test_baseline_marks_what_comes_in_later(tmp_path: Path) -> None:
    path = small(tmp_path, [("Agreed work", 2.0, {}), ("Later wish", 2.0, {"state": "below"})])
    async with opened(path) as room:
        await room.press("B", "escape")
        assert room.state.quarter.state == "draft"
        await room.press("B", "b")
        assert room.state.quarter.state == "baselined"
        assert "baselined" in room.header
        await room.look_at("Later wish")
        await room.press("b")
        assert "+ Later wish" in room.text
        assert "Agreed work" in room.text
        assert "+ Agreed work" not in room.text
        await room.press("B")
        assert "baselined already" in room.toasts
        assert room.dialog == ""


async def test_what_was_agreed_leaves_with_who_and_why(tmp_path: Path) -> None:
    path = small(tmp_path, [("Agreed work", 2.0, {}), ("More of it", 2.0, {})])
    async with opened(path) as room:
        await room.press("B", "b")
        await room.look_at("Agreed work")
        await room.press("b")
        await room.until(lambda: room.dialog == "Form")
        assert "because" in room.text
        await room.press("escape")
        assert titles(room.state, "plan") == ["Agreed work", "More of it"]
        await room.press("b")
        await room.write("no longer asked", "enter")
        await room.write("Priya", "enter")
        assert titles(room.state, "plan") == ["More of it"]
        (decision,) = [each for each in room.state.each(Decision) if each.because]
        assert (decision.decided_by, decision.because) == ("Priya", "no longer asked")
        assert room.on_cursor == "Agreed work"
        await room.press("u")
        assert titles(room.state, "plan") == ["Agreed work", "More of it"]


# ------------------------------------------------------------------ search


def shown_titles(room: Room) -> list[str]:
    table = room.board.plan
    return [entry.item.title for row in range(table.row_count()) if (entry := table.entry_at(row)) is not None]


async def test_search(tmp_path: Path) -> None:
    by_slice = [row["title"] for row in BACKLOG if row["slice"] == "O"]
    by_team = [row["title"] for row in BACKLOG if "Platform" in row["sizes"]]
    async with opened(demo(tmp_path)) as room:
        await room.press("slash")
        await room.write("TARIFF", "enter")
        assert set(shown_titles(room)) == {
            "Retire legacy tariff parser",
            "Embeddable tariff calculator",
            "Bulk edit of tariffs",
        }
        assert "3 of 60 match “TARIFF”" in room.text
        assert "Carrier onboarding" not in room.words("#plan")
        # Its place is that in the whole rank.
        assert re.search(rf"{PLAN.index('Retire legacy tariff parser') + 1} +Q +Retire", room.words("#plan"))
        # Keys work on what is found.
        await room.press("down")
        assert room.on_cursor == "Embeddable tariff calculator"
        await room.press("escape")
        assert shown_titles(room) == PLAN + BELOW
        assert room.on_cursor == "Embeddable tariff calculator"
        for query, found in (("slice:o", by_slice), ("team:plat", by_team), ("slice:F owner:joan api", [])):
            await room.press("slash")
            await room.write(query, "enter")
            assert shown_titles(room) == found, query
            await room.press("escape")
        await room.press("slash")
        await room.write("is:unsized", "enter", "escape")
        assert shown_titles(room) == PLAN + BELOW


async def test_one_escape_from_the_search_line_shows_all_again(tmp_path: Path) -> None:
    async with opened(demo(tmp_path), NARROW) as room:
        await room.press("slash")
        await room.write("tariff")
        assert len(shown_titles(room)) == 3
        await room.press("escape")
        # Otherwise a filter would stand with nothing on screen to tell of it.
        assert shown_titles(room) == PLAN + BELOW
        assert room.app.focused is room.board.plan


async def test_search_for_what_has_no_size(tmp_path: Path) -> None:
    rows = [("Known", 2.0, {}), ("Unknown", None, {"state": "below"}), ("Sized", 1.0, {"state": "below"})]
    async with opened(small(tmp_path, rows)) as room:
        await room.press("slash")
        await room.write("is:unsized", "enter")
        assert shown_titles(room) == ["Unknown"]


# ------------------------------------------------------------------ the mouse


async def test_the_mouse(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("space")
        await room.click("#plan", offset=(20, 4))
        assert room.on_cursor == PLAN[4]
        assert PLAN[4][:25] in room.strap
        assert room.dialog == ""
        await room.click("#plan", offset=(20, 4), times=2)
        await room.until(lambda: room.dialog == "Form")
        assert PLAN[4] in room.text
        await room.press("escape")
        # The line itself is no item.
        await room.click("#plan", offset=(20, len(PLAN)))
        assert room.on_cursor == PLAN[4]
        # Keys along the bottom can be clicked.
        await room.click("#keys", offset=(room.lines[-1].index("capacity"), 0))
        await room.until(lambda: room.dialog == "CapacityScreen")


# ------------------------------------------------------------------ undo, over restarts


async def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    path = demo(tmp_path)
    start = things(stored(path))
    async with opened(path) as room:
        await room.press("b", "down", "J")
    after = things(stored(path))
    assert after != start
    async with opened(path) as room:
        await room.press("u")
        assert "Undone" in room.header
        await room.press("u")
        assert things(room.state)["items"] == start["items"]
        assert odds_in(room.header) == odds_of_demo(room)
        assert PLAN[0][:20] in room.lines[7]
    async with opened(path) as room:
        await room.press("U", "U")
        assert things(room.state)["items"] == after["items"]
        await room.press("U")
        assert "Nothing to redo" in room.toasts


async def test_there_is_nothing_to_undo_on_a_fresh_file(tmp_path: Path) -> None:
    path = empty(tmp_path)
    async with opened(path) as room:
        await room.press("escape")
        before = things(room.state)
        for _ in range(3):
            await room.press("u")
        assert "Nothing to undo" in room.toasts
        # Leaving the first steps changed nothing, and that the workspace was made cannot be taken back.
        assert things(room.state) == before
        assert len(room.board.session.workspace.events()) == 1
        assert not room.state.workspace.started


# ------------------------------------------------------------------ first steps


async def test_an_empty_workspace_opens_the_first_steps_and_each_can_be_skipped(tmp_path: Path) -> None:
    path = empty(tmp_path)
    async with opened(path) as room:
        await room.until(lambda: room.dialog == "Menu", "the first steps")
        assert str(path) in re.sub(r"\s+", "", room.text)
        for key in ("q", "t", "i"):
            await room.press(key)
            await room.until(lambda: room.dialog == "Form", key)
            await room.press("escape")
            await room.until(lambda: room.dialog == "Menu", f"back from {key}")
        await room.press("n")
        await room.until(lambda: room.dialog == "")
        assert room.state.workspace.started
        assert "import a file" in room.keys
    async with opened(path) as room:
        await room.settle()
        assert room.dialog == ""
        await room.press("S")
        assert room.dialog == "Menu"


async def test_the_first_steps_set_up_a_team(tmp_path: Path) -> None:
    async with opened(empty(tmp_path), NARROW) as room:
        await room.until(lambda: room.dialog == "Menu")
        await room.press("t")
        await room.write("Pay 34.0", "ctrl+s")
        await room.until(lambda: room.dialog == "Menu")
        assert "Pay 34.0" in room.text
        await room.press("escape")
        assert "34.0" in room.header


async def test_the_first_steps_open_the_demo(tmp_path: Path) -> None:
    async with opened(empty(tmp_path)) as room:
        await room.until(lambda: room.dialog == "Menu")
        await room.press("d")
        await room.until(lambda: room.app._exit)
        assert room.app.return_value == "demo"


# ------------------------------------------------------------------ looks


def ground_of(room: Room, row: int = 0, column: int = 2) -> str:
    strip = drawn(room.app)[row].crop(column, column + 1)
    style = next(iter(strip)).style
    assert style is not None
    assert style.bgcolor is not None
    assert style.bgcolor.triplet is not None
    return style.bgcolor.triplet.hex.upper()


async def test_themes_and_patterns(tmp_path: Path) -> None:
    async with opened(demo(tmp_path), colour_mode=ColourMode.TRUE) as room:
        assert ground_of(room) == "#202A36"
        await room.press("t")
        assert room.app.theme == themes.LIGHT
        assert ground_of(room) == "#ECE9E1"
        await room.press("t")
        assert ground_of(room) == "#202A36"
        bare = room.words("Pie")
        await room.press("p")
        patterned = room.words("Pie")
        assert patterned != bare
        await room.press("p")
        assert room.words("Pie") == bare


# ------------------------------------------------------------------ without a size


async def test_what_has_no_size_stays_below_until_it_gets_one(tmp_path: Path) -> None:
    path = small(tmp_path, [("Known", 2.0, {}), ("Unknown", None, {"state": "below"})])
    async with opened(path) as room:
        await room.look_at("Unknown")
        assert "size?" in room.words("#plan")
        await room.press("b")
        assert titles(room.state, "below") == ["Unknown"]
        assert "cannot go above the line" in room.toasts
        assert room.dialog == "SizeDialog"
        await room.press("escape")
        assert room.state.all(Size).keys() == stored(path).all(Size).keys()
        await room.press("e")
        assert room.dialog == "SizeDialog"
        await room.press("m")
        assert room.dialog == ""
        state = room.state
        (size,) = [one for one in state.all(Size).values() if one.item_id == item(state, "Unknown").id]
        assert (size.low, size.likely, size.high) == (1.5, 3.0, 5.0)
        assert "1.5–5" in room.words("#plan")
        await room.press("b")
        assert titles(room.state, "plan") == ["Known", "Unknown"]


async def test_a_range_is_typed_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    path = small(tmp_path, [("Known", 2.0, {}), ("Unknown", None, {"state": "below"})])
    async with opened(path) as room:
        await room.look_at("Unknown")
        await room.press("e")
        await room.write("5-3-1", "enter")
        assert room.dialog == "SizeDialog"
        assert "5-3-1" in room.text
        wrong = room.words("#wrong").strip()
        assert len(wrong) > 10, "a sentence that says what is wrong"
        await room.replace("2-3-5.5", "enter")
        assert room.dialog == ""
        (size,) = [one for one in room.state.all(Size).values() if one.likely == 3.0]
        assert (size.low, size.high) == (2.0, 5.5)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quit(tmp_path: Path, key: str) -> None:
    async with opened(demo(tmp_path), NORMAL) as room:
        await room.press(key)
        await room.until(lambda: room.app._exit)
        assert room.app.return_value is None
