"""What is read before a case is begun: alone, or with a room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.dialog import Dialog
from tui.drawing.plain import plain
from tui.widgets.hanging_text import HangingText
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys

ALONE, ROOM = "alone", "room"


class BeginDialog(Dialog[str | None]):
    """Dismissed with how it is begun, or None after Esc."""

    AUTO_FOCUS = GIVES_WAY = "VerticalScroll"
    DEFAULT_CSS = """
    BeginDialog { align: center middle; }
    BeginDialog > Vertical { width: 100; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; }
    BeginDialog .title { text-style: bold; height: auto; }
    BeginDialog VerticalScroll { height: auto; margin: 1 0; scrollbar-size-vertical: 1; }
    BeginDialog .lines { height: auto; }
    """
    KEYS = Keys(
        "Before a case is begun",
        Key("begin.alone", "enter", "Begin it alone", "begin('alone')"),
        Key("begin.room", "r", "Begin it with a room: you lead, others take roles", "begin('room')"),
        Key("begin.leave", "escape", "Back, nothing begun", "leave"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, heading: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._heading, self._lines = heading, lines

    def compose(self) -> ComposeResult:
        """Heading, what it is about, keys."""
        with Vertical():
            yield Static(Content(plain(self._heading)), classes="title", markup=False)
            with VerticalScroll():
                yield HangingText([plain(line) for line in self._lines], classes="lines")
            words = "{alone} begin alone   {room} with a room, which you lead   ↑ ↓ scroll   {leave} back"
            yield KeyLine(self.KEYS.said(self.app, words))

    def action_begin(self, how: str) -> None:
        """Begin it so."""
        self.dismiss(how)
