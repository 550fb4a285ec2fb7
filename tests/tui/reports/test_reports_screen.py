"""The list of reports on the board: one is shown, answers ``?``, is written to a file, and follows the workspace."""

from __future__ import annotations

from pathlib import Path

from tests.tui.app_helpers import demo, opened


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
