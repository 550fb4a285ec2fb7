"""``X`` on the board: what, how, where to; what is there is asked about, and Esc stops a long one with nothing
half done. About 6 s."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from store.database.watch import Watch
from tests.tui.app_helpers import NARROW, demo, opened, things
from tui.exports import export_flow


def halves() -> list[str]:
    return [name for name in os.listdir() if "half" in name]


async def test_a_workbook_is_written_where_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(demo(tmp_path), NARROW) as room:
        before = things(room.state)
        await room.press("X")
        assert "the plan, what is below the line, and the inbox" in room.text
        await room.press("a")
        assert "CSV" not in room.text, "it holds one table"
        await room.press("x")
        await room.replace("no/all.xlsx", "enter")
        await room.until(lambda: "There is no folder no" in room.toasts + room.text)
        # What was typed is there again.
        assert "no/all.xlsx" in room.text
        await room.replace("all.xlsx", "enter")
        await room.until(lambda: "Written:" in room.toasts)
        assert str(tmp_path / "all.xlsx") in room.toasts.replace("\n", "")
        assert python_calamine.load_workbook(tmp_path / "all.xlsx").sheet_names[0] == "plan"
        assert things(room.state) == before
        # The second time it asks; what is there stays unless it is told otherwise.
        Path("mine.md").write_text("mine")
        await room.press("X", "p", "m")
        await room.replace("mine.md", "enter")
        assert "is there already" in room.text
        await room.press("n")
        assert Path("mine.md").read_text() == "mine"
        await room.press("enter", "o")
        await room.until(lambda: "Written:" in room.toasts)
        assert "## In plan" in Path("mine.md").read_text(encoding="utf-8")
        # Esc leaves at any step.
        await room.press("X", "d", "escape", "X", "escape")
        await room.press("X", "a", "n")
        assert "The whole workspace as it is now" in room.text
        await room.press("escape")
        assert not [name for name in os.listdir() if name.endswith(".json")]
        assert not halves()


async def test_esc_stops_a_long_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seen: list[str] = []
    go_on, ended = threading.Event(), threading.Event()

    def slow(figures: Any, kind: str, format: Any, watch: Watch, **_: Any) -> str:
        try:
            for at in range(10_000):
                watch.look("writing", at * 1_000, 10_000_000)
                go_on.wait(0.01)
            return "too late"
        finally:
            seen.append("ended")
            ended.set()

    monkeypatch.setattr(export_flow, "export", slow)
    async with opened(demo(tmp_path)) as room:
        await room.press("X", "p", "m")
        room.awaits_threads = False
        await room.replace("long.md", "enter")
        await room.until(lambda: "of 10,000,000" in room.text, "the progress")
        assert "esc stops it" in room.text
        await room.press("escape")
        await room.until(lambda: "Stopped. Nothing was written." in room.toasts)
        assert room.dialog == ""
        assert ended.wait(60), "the thread goes on"
        room.awaits_threads = True
        assert seen == ["ended"]
        # The board is there for the next thing.
        await room.press("X")
        assert "Export" in room.text
        await room.press("escape")
    assert not Path("long.md").exists()
    assert not halves()
