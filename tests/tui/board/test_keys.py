"""The keys of the board under a keymap: what the bar, the help and the palette say is what works."""

import re
from pathlib import Path

import pytest

from tests.tui.app_helpers import WIDE, Room, demo, opened
from tui.board.board import Board
from tui.widgets.keys import shown

#: Every key of the board as people read it, by what the keymap calls it, each on the key of the next.
ROWS = Board.KEYS.rows
TURNED = {row.id: after.keys.split(",")[0] for row, after in zip(ROWS, [*ROWS[1:], ROWS[0]], strict=True)}


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("a", "a"),
        ("A", "A"),
        ("exclamation_mark", "!"),
        ("question_mark", "?"),
        ("plus", "+"),
        ("comma", ","),
        ("at", "@"),
        ("enter", "enter"),
        ("escape", "esc"),
        ("tab", "tab"),
        ("space", "space"),
        ("f1", "f1"),
        ("ctrl+z", "ctrl+z"),
        ("shift+up", "shift+↑"),
        ("equals_sign", "="),
        ("delete", "delete"),
    ],
)
def test_a_key_is_shown_as_people_read_it(key: str, read: str) -> None:
    assert shown(key) == read


async def words_of_the_help(room: Room, key: str) -> list[str]:
    await room.press(key)
    assert room.dialog == "Help"
    await room.press("down")
    text = str(room.app.screen.query_one("HangingText").render())  # type: ignore[attr-defined]
    await room.press("escape")
    # What a line has no room for stands below it, under what it says.
    return re.sub(r"\n {18,}", " ", text).splitlines()


async def test_a_keymap_is_shown_and_works(tmp_path: Path) -> None:
    async with opened(demo(tmp_path), WIDE) as room:
        before = room.lines[-1].split()
        assert before[:4] == ["a", "add", "a", "request"]
        room.app.set_keymap(TURNED)
        await room.settle()

        # What Textual itself listens to.
        heard = {active.binding.id: key for key, active in room.app.screen.active_bindings.items()}
        assert {each: heard.get(each) for each in TURNED} == TURNED

        # The bar, at once.
        bar = room.lines[-1]
        assert f" {shown(TURNED['board.add'])} add a request   " in bar
        assert f" {shown(TURNED['board.levers'])} levers   " in bar
        assert f" {shown(TURNED['board.help'])} why, help" in bar
        assert " a add" not in bar

        # The help, a line for each.
        lines = await words_of_the_help(room, TURNED["board.help"])
        plan = lines[lines.index("THE PLAN") + 2 : lines.index("THE PLAN") + 2 + len(ROWS)]
        assert [line.split("  ")[1] for line in plan] == [shown(TURNED[row.id]) for row in ROWS]
        assert all(row.help in line for row, line in zip(ROWS, plan, strict=True))

        # The palette.
        await room.press("ctrl+p")
        await room.write("below the line")
        await room.until(lambda: "Below the line, or bring up" in room.text)
        assert f"key {shown(TURNED['board.cross'])}" in room.text
        await room.press("escape")
        await room.until(lambda: not room.dialog)

        # And the keys themselves: the new one does it, the old one does what now is there.
        await room.press(TURNED["board.add"])
        await room.until(lambda: room.dialog == "QuickAdd")
        await room.press("escape")
        theme = room.app.theme
        await room.press(TURNED["board.theme"])
        assert room.app.theme != theme
        await room.press(TURNED["board.capacity"])
        await room.until(lambda: room.dialog == "CapacityScreen")


async def test_a_key_that_the_keymap_gave_away_is_not_shown(tmp_path: Path) -> None:
    async with opened(demo(tmp_path), WIDE) as room:
        room.app.set_keymap({"board.baseline": "a"})
        await room.settle()
        assert "add a request" not in room.lines[-1]
        assert "below / bring up" in room.lines[-1]
        lines = await words_of_the_help(room, "question_mark")
        assert any(line.split()[:2] == ["a", "baseline:"] for line in lines)
        assert not any("a request, in one line" in line for line in lines)


async def test_a_click_on_a_key_of_the_trade_sheet_does_what_the_key_does(tmp_path: Path) -> None:
    async with opened(demo(tmp_path), WIDE) as room:
        await room.press("a")
        await room.write("Acme audit log ~3-4-6 #oneoff >Acme", "enter")
        await room.to_items()
        before = len(room.board.sheet.out)
        await room.click("#keys", offset=(room.lines[-1].index("mark"), 0))
        assert len(room.board.sheet.out) == before + 1
        await room.click("#keys", offset=(room.lines[-1].index("flip point"), 0))
        await room.until(lambda: room.dialog)
        await room.press("escape")
        await room.click("#keys", offset=(room.lines[-1].index("back, nothing changed"), 0))
        assert room.board.sheet.trade is None


async def test_the_foot_of_a_dialog_names_the_key_that_works(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        room.app.set_keymap({"lines.take": "f9", "lines.leave": "f10", "menu.leave": "f8"})
        await room.press("T")
        assert room.dialog == "Menu"
        assert "f8 back" in room.text
        await room.press("r")
        await room.until(lambda: room.dialog == "LinesDialog")
        assert "f9 save   f10 back, nothing changed" in room.text
        await room.press("f10")
        assert room.dialog != "LinesDialog"
