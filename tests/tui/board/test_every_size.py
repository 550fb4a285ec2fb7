"""Every screen and dialog in large and small terminals: what is needed is there, Esc leaves, keys reach all text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.widget import Widget
from textual.widgets import Static

from tests.tui.app_helpers import Room, demo, fresh, opened, things
from tests.tui.look.exports import jira_export
from tests.tui.look.test_look_screen import look_at
from tests.tui.practice.rooms import led
from tests.tui.quarter.running_quarter import make_running
from tui.widgets.hanging_text import hung
from tui.widgets.row_table import RowTable

#: Keys from the board to each, and what it is called there.
WAYS: dict[tuple[str, ...], str] = {
    ("c",): "CAPACITY",
    ("c", "?"): "Capacity: keys and marks",
    ("i", "f"): "FACTS",
    ("F",): "The value in plan that is possible",
    ("h",): "DECISIONS",
    ("a",): "A request",
    ("X", "p", "m"): "Markdown",
    ("P", "a"): "A commitment",
    ("?",): "WHY",
    ("ctrl+p",): "sort, hire, undo",
    ("m",): "MEMO",
    ("e", "v"): "",
    ("g",): "PROGRESS",
    ("g", "?"): "Progress: keys",
    ("g", "e"): "What is left",
    ("N",): "An interrupt",
    ("i", "r"): "CARD",
    ("r", "question_mark"): "Figures, and where they come from",
    ("i", "r", "enter"): "",
    ("s",): "",
    ("C",): "CHARTER",
    ("w",): "",
    ("O",): "",
    ("A",): "",
    ("A", "enter"): "",
    ("M",): "",
    ("#",): "",
    ("R",): "Looking back",
    ("R", "a"): "ACCOUNTS",
    ("R", "r", "d"): "DRILL",
    ("R", "r", "c", "1"): "with a room",
    ("R", "m"): "MONTH",
    ("R", "q"): "GRADED",
    ("R", "p"): "PATTERNS",
    ("R", "h"): "HEALTH",
    ("R", "v"): "VOICES",
    ("R", "r", "q"): "Questions for a room",
    ("R", "r", "c"): "",
    ("H",): "",
    ("i", "r", "exclamation_mark"): "",
    ("G",): "",
    ("V",): "",
    ("T",): "",
    ("Z",): "",
    ("B",): "",
    ("L",): "",
    ("plus",): "",
    ("I",): "Import a file",
    ("h", "enter"): "",
    ("e",): "",
    ("E",): "",
    ("x",): "",
    ("S",): "",
    ("@",): "",
    ("a", "tab"): "",
}
#: And in a quarter that runs.
RUNNING: dict[tuple[str, ...], str] = {
    ("W",): "BURN",
    ("g",): "PROGRESS",
    ("N",): "An interrupt",
    ("R", "m"): "MONTH",
    ("Z",): "",
    ("d",): "",
    ("f6",): "",
}
SIZES = [(60, 20), (80, 24), (100, 30), (120, 40), (200, 60)]
#: The others differ by the breadth of lists alone.
FEW = 6
LONG = bool(os.environ.get("MAKEROOM_LONG"))


def shown(part: Widget) -> bool:
    """Whether a part has words, and nothing that it stands in is put away."""
    words = isinstance(part, Static) and str(part.visual).strip()
    return bool(words) and all(each.display for each in part.ancestors_with_self if isinstance(each, Widget))


def scrolls(part: Widget) -> Widget | None:
    """The part that it scrolls in, where there is more than is in sight."""
    around = (each for each in part.ancestors if isinstance(each, Widget))
    return next((each for each in around if each.is_scrollable and each.max_scroll_y > 0), None)


def wrong(room: Room, title: str) -> list[str]:
    """What is not to be seen of what is needed, or not to be reached."""
    screen, text, focused = room.app.screen, room.text, room.app.focused
    found = [] if title in text else [f"no {title!r}"]
    if "esc" not in text:
        found.append("no way out")
    for part in screen.walk_children(Static):
        if not shown(part) or (around := scrolls(part)) is None:
            width = part.content_size.width
            if shown(part) and not screen.region.contains_region(part.region):
                found.append(f"outside: {str(part.visual)[:40]!r}")
            elif shown(part) and part.visual.get_height(part.styles, width) > part.content_size.height:
                found.append(f"cut off: {str(part.visual)[:40]!r}")
        elif not (around.has_focus or around.query("*:focus") or "pagedown" in screen.active_bindings):
            found.append(f"not reached by keys: {str(part.visual)[:40]!r}")
    if isinstance(focused, RowTable):
        row = focused.cursor * focused.row_height - focused.scroll_offset.y
        if not 0 <= row < focused.content_size.height:
            found.append(f"cursor on line {row} of {focused.content_size.height}")
    elif focused is not None and not screen.region.overlaps(focused.region):
        found.append("the cursor is outside")
    return found


async def seen(room: Room, keys: tuple[str, ...], title: str) -> list[str]:
    """What is wrong with the screen that is up, at every size, and leave it."""
    found = []
    assert room.dialog, keys
    for size in SIZES if LONG else SIZES[:2]:
        await room.pilot.resize_terminal(*size)
        await room.settle()
        found += [f"{keys} at {size}: {each}" for each in wrong(room, title)]
    for _ in range(len(keys) + 1):
        if room.dialog:
            await room.press("escape")
    assert not room.dialog, f"{keys} is not left by esc"
    await room.press("escape")
    return found


async def test_what_is_needed_is_there_at_every_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(demo(tmp_path)) as room:
        before, found = things(room.state), []
        for keys, title in list(WAYS.items())[: None if LONG else FEW]:
            await room.press(*keys)
            found += await seen(room, keys, title)
        assert found == []
        assert things(room.state) == before
        await room.pilot.resize_terminal(80, 24)
        await room.settle()
        await room.press("c")
        assert "? all keys" in room.lines[-1]
        # The trade sheet, at its smallest: what confirms is named, and the way back.
        await room.press("escape", "a")
        await room.write("Acme audit log ~6-9-13 #oneoff >Acme", "enter")
        await room.pilot.resize_terminal(*SIZES[0])
        await room.until(lambda: "FITS" in room.text)
        assert "space mark   enter confirm   ? why   esc back" in room.lines[-1]


@pytest.mark.skipif(not LONG, reason="a minute")
async def test_in_a_quarter_that_runs_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with fresh(tmp_path / "running.db") as workspace:
        make_running(workspace)
    async with opened(tmp_path / "running.db") as room:
        found = []
        for keys, title in RUNNING.items():
            await room.press(*keys)
            found += await seen(room, keys, title)
        await look_at(room, jira_export(tmp_path / "done.csv", 120))
        found += await seen(room, ("H", "a file"), "LOOK")
        assert found == []


#: At the seat that leads a play, and what a question is at the others.
LEADING: dict[tuple[str, ...], str] = {
    ("R", "r", "l"): "SCRIPT",
    ("R", "r", "l", "n"): "coach company",
    ("R", "r", "l", "w"): "Somebody says something",
    ("R", "r", "r"): "Which role do you play?",
    ("R", "r", "r", "1"): "You are",
}


@pytest.mark.skipif(not LONG, reason="a minute")
async def test_in_a_play_that_is_led_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    async with opened(led(tmp_path), actor="Ana") as room:
        await room.until(lambda: room.dialog == "LeadScreen")
        await room.press("escape")
        found = []
        for keys, title in LEADING.items():
            await room.press(*keys)
            found += await seen(room, keys, title)
        assert found == []
    async with opened(led(tmp_path / "other"), actor="Ana") as room:
        await room.until(lambda: room.dialog == "LeadScreen")
        await room.press("d", "escape")
        async with opened(room.path, actor="Ben") as other:
            await other.until(lambda: other.dialog == "QuestionDialog")
            assert await seen(other, ("a question",), "What exactly are we deciding") == []


def test_the_second_row_of_a_line_stands_under_what_the_first_says() -> None:
    assert hung("  a b     leave over days; on call", 24) == ["  a b     leave over", "          days; on call"]
    assert hung("  words that go on and on", 14) == ["  words that", "  go on and on"]
    assert hung("short", 14) == ["short"]
    assert hung(" a   b   words that go on", 20, 9) == [" a   b   words that", "         go on"]
    # Letters that are two cells wide.
    assert hung("東京 大阪 京都", 9) == ["東京 大阪", "京都"]
