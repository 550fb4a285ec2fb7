"""The manners of a program in a terminal: paste, copy, suspend and come back, draw anew, what the palette offers."""

from __future__ import annotations

import signal
import sys
import time

import pytest
from textual import events
from textual.app import App, SystemCommand
from textual.screen import Screen

from store.common.errors import StoreError
from store.database import places
from tests.tui.app_helpers import demo, opened
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.cli.files.open_board import _need_characters
from tui.dialogs.dialog import Page
from tui.widgets.line_input import LineInput
from tui.widgets.text_view import Paragraph, TextView


class Line(App[None]):
    def compose(self):
        yield LineInput("ab")


async def test_all_lines_of_a_paste_are_taken_whatever_breaks_them() -> None:
    app = Line()
    async with app.run_test() as pilot:
        line = app.query_one(LineInput)
        for text, expected in {
            "one": "one",
            "one\ntwo": "one two",
            "one\r\ntwo\r\n": "one two",
            "one\rtwo": "one two",
            "\n\none\n\n\ntwo\n": "one two",
            "one\u2028two\x85three": "one two three",
            "a\tb": "a b",
            "x\x1b[31my\x07": "x[31my",
            " kept ": " kept ",
            "": "",
            "1\n2\n3\n4\n5": "1 2 3 4 5",
            "😀\n漢字": "😀 漢字",
        }.items():
            line.value, line.cursor_position = "ab", 1
            line.post_message(events.Paste(text))
            await pilot.pause()
            assert line.value == f"a{expected}b", repr(text)
            assert line.cursor_position == 1 + len(expected)
        line.value = "all of it"
        line.select_all()
        line.post_message(events.Paste("new\nwords"))
        await pilot.pause()
        assert line.value == "new words"


class Read(Page[None]):
    def compose(self):
        yield TextView()

    def on_mount(self) -> None:
        self.query_one(TextView).show(
            [Paragraph(words) for words in ("first line", "zweite Zeile é", "漢字 third", "")]
        )


async def test_what_the_mouse_marks_is_what_is_copied_and_nothing_empties_the_clipboard() -> None:
    class Reader(App[None]):
        CSS = "TextView { height: 6; }"

    app = Reader()
    async with app.run_test(size=(40, 8)) as pilot:
        await app.push_screen(Read())
        await pilot.pause()
        app._clipboard = "before"

        async def drag(start: tuple[int, int], end: tuple[int, int]) -> None:
            await pilot.mouse_down(offset=start)
            await pilot.hover(offset=end)
            await pilot.mouse_up(offset=end)
            await pilot.press("ctrl+c")
            await pilot.pause()

        await pilot.press("ctrl+c")
        await drag((2, 4), (20, 4))
        assert app.clipboard == "before"
        await drag((1, 0), (5, 0))
        assert app.clipboard == "first"
        await drag((7, 0), (6, 1))
        assert app.clipboard == "line\n zweite"
        await drag((6, 2), (10, 2))
        assert app.clipboard == "third"
        style = app.screen.query_one(TextView).render_line(2).crop(6, 8)
        assert style != app.screen.query_one(TextView).line_at(2).crop(6, 8), "what is marked is shown as marked"


async def test_what_textual_offers_in_the_palette_is_offered_where_it_works(tmp_path) -> None:
    async with opened(demo(tmp_path)) as room:
        offered: list[SystemCommand] = list(room.app.get_system_commands(room.app.screen))
        assert [each.title for each in offered] == ["Quit"]
        assert isinstance(room.app.screen, Screen)
        await room.press("ctrl+z", "ctrl+l")
        assert room.app.is_running


@needs_a_pty
def test_suspend_and_come_back(tmp_path) -> None:
    with Terminal(["demo"], 100, 30, environment(tmp_path)) as terminal:
        terminal.until("the line", "ONE-OFF BUDGET")
        # These words are there before the last rows are.
        terminal.rest()
        before = terminal.text
        terminal.send(signal.SIGTSTP)
        # It does not rest, it is stopped: the shell has its own screen again.
        end = time.monotonic() + 20
        while b"\x1b[?1049l" not in terminal.written and time.monotonic() < end:
            terminal._read(0.03, 0.1)
        assert b"\x1b[?1049l" in terminal.written
        terminal.written.clear()
        terminal.wipe()
        terminal.send(signal.SIGCONT)
        terminal.until("the line", "ONE-OFF BUDGET")
        terminal.rest()
        assert terminal.text == before
        terminal.written.clear()
        terminal.press("\x0c")
        assert b"the line" in terminal.written
        assert terminal.text == before
        terminal.press("q")
        assert terminal.ended() == 0


def test_without_a_home_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    def nobody(path: str) -> str:
        raise RuntimeError("no home")

    for name in ("user_data_dir", "user_config_dir", "user_cache_dir", "user_log_dir"):
        monkeypatch.setattr(f"platformdirs.{name}", lambda *_, **__: nobody(""))
    with pytest.raises(StoreError, match="--db or MAKEROOM_DB"):
        places.database_path(None, {})
    assert places.database_path(None, {"MAKEROOM_DB": str(tmp_path / "a.db")}).path == tmp_path / "a.db"
    for folder in (places.config_folder(), places.cache_folder(), places.log_path()):
        assert not folder.exists()
        with pytest.raises(OSError, match="Not a directory"):
            folder.mkdir(parents=True)


def test_an_output_that_cannot_show_the_board_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    _need_characters("utf-8")
    for encoding in ("latin-1", "ascii", "cp1252", "no-such"):
        with pytest.raises(Exception, match="UTF-8"):
            _need_characters(encoding)
    if sys.platform != "win32":
        for term in ("dumb", ""):
            monkeypatch.setenv("TERM", term)
            with pytest.raises(Exception, match="makeroom status"):
                _need_characters("utf-8")
