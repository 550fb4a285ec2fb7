"""What a dialog costs to come up: it is drawn once, when it fits, over a screen in the shade that Textual gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from tests.tui.app_helpers import NARROW, demo, opened
from tests.tui.rest import drawn
from tui.dialogs.dialog import Dialog
from tui.drawing.colours import ColourMode
from tui.plan_view.side_panel import Strap


async def test_a_dialog_is_drawn_once_it_fits_and_no_frame_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of all of the screen; what changes a row or two afterwards, as a sentence that passes does, is another matter.
    frames: list[str] = []
    display = App._display

    def noted(app: App[Any], screen: Any, what: Any) -> None:
        if type(what).__name__ == "LayoutUpdate":
            frames.append(type(screen).__name__)
        display(app, screen, what)

    async with opened(demo(tmp_path), every_frame=True) as room:
        monkeypatch.setattr(App, "_display", noted)
        await room.press("#")
        assert frames == ["Menu"]
        frames.clear()
        await room.press("s")
        # The second menu comes in the place of the first; the board is not drawn between them.
        assert frames == ["Menu"]
        frames.clear()
        await room.press("v")
        assert frames == ["Menu"]
        assert "The list shows it" in room.text
        frames.clear()
        await room.press("escape")
        assert frames[0] == "Board"
        frames.clear()
        # A long form gives way to the screen before anybody sees it.
        await room.press("e")
        assert isinstance(room.app.screen, Dialog)
        assert frames == [type(room.app.screen).__name__]


async def test_a_dialog_is_drawn_anew_when_what_lies_beneath_changes_and_not_when_it_only_hears_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[Any] = []
    display = App._display

    def noted(app: App[Any], screen: Any, what: Any) -> None:
        frames.append(what)
        display(app, screen, what)

    async with opened(demo(tmp_path), every_frame=True) as room:
        await room.press("#")
        monkeypatch.setattr(App, "_display", noted)
        room.board.query_one(Strap).refresh()
        await room.settle()
        assert frames
        frames.clear()
        room.board.call_later(lambda: None)
        await room.settle()
        assert not frames


async def test_what_lies_beneath_is_shaded_as_textual_shades_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(demo(tmp_path), colour_mode=ColourMode.TRUE) as room:
        await room.press("#")
        ours = drawn(room.app)
        monkeypatch.setattr(Dialog, "render", Screen.render)
        room.app.screen.refresh()
        assert [*map(_cells, ours)] == [*map(_cells, drawn(room.app))]
        # It is coloured at all: slices, odds, marks.
        assert len({style for line in ours for _, style in _cells(line)}) > 20


def _cells(strip: Strip) -> list[tuple[str, Any]]:
    """Each letter with its colours and marks."""
    return [
        (letter, style and (style.color, style.bgcolor, style.bold, style.strike, style.underline))
        for text, style, _ in strip
        for letter in text
    ]


async def test_the_list_that_a_sort_shows_is_seen_without_colours(tmp_path: Path) -> None:
    async with opened(demo(tmp_path), NARROW, colour_mode=ColourMode.NONE) as room:
        first = room.lines[2][:40]
        await room.press("#", "s", "t")
        assert "The list shows it" in room.text
        listed = [line[8:30].strip() for line in room.lines[2:12]]
        # By title, in the menu's shade: dim, never bold, and no colour.
        assert listed == sorted(listed, key=str.casefold)
        assert room.lines[2][:40] != first
        (row,) = (line for line in drawn(room.app) if listed[0] in line.text)
        assert {(style.dim, style.color, style.bgcolor) for _, style, _ in row if style} <= {(True, None, None)}
