"""The list of reports on the board: one is shown, answers ``?``, is written to a file, and follows the workspace."""

from __future__ import annotations

from pathlib import Path

from store.records import Outcome
from tests.tui.app_helpers import demo, opened, small


async def test_a_report_is_shown_and_written(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("R")
        assert "accounts" in room.text
        assert "first look" in room.text
        await room.press("a")
        await room.until(lambda: "$3,317,000 a year (known for 24 of 25)" in room.text)
        # The first row of the second part.
        await room.press("end")
        await room.press("?")
        assert "share of planned effort: 0%" in room.text
        await room.press("escape", "X", "m")
        file = tmp_path / "accounts.md"
        await room.replace(str(file), "enter")
        assert "| Kestrel Parcel | 1.8% | 7.6% | 0 | 0 | more than twice |" in file.read_text(encoding="utf-8")
        await room.press("escape")
        assert not room.dialog
        # The list has the first look, too.
        await room.press("R", "f")
        assert room.dialog == "Form"


async def test_a_quarter_is_graded_and_what_is_known_now_is_told(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 3.0, {}), ("Two", 4.0, {})])
    async with opened(path) as room:
        await room.press("R", "q")
        assert "No quarter is finished yet." in room.text
        # Closing shows what it leaves to be graded.
        await room.press("Z")
        await room.write("4.5", "ctrl+s")
        await room.until(lambda: "nobody has told anything" in room.text)
        screen = room.app.screen
        for _ in range(30):
            if screen.row is not None and screen.row.title == "One":
                break
            await room.press("down")
        await room.press("e")
        await room.write("2", "enter")
        await room.write("n", "enter")
        await room.until(lambda: "Of 4.5 ew that were finished, 4.5 ew are used by two accounts at most" in room.text)
        (row,) = (row for row in room.state.each(Outcome) if row.title == "One")
        assert (row.use, row.users, row.validated, row.became) == ("one or two", 2, False, "done")
        await room.press("enter")
        await room.press("]")
        assert "no finished quarter after it" in room.toasts
