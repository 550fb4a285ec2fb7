"""What somebody says in a play, over the board: who says what to whom, to be read before the room goes on."""

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

#: Seconds after which it goes by itself on a screen that nobody sits at.
READ_IN = 25.0


class SaidDialog(Dialog[bool]):
    """Dismissed with whether an answer is to be told. It comes by itself: what was typed before is not for it."""

    AUTO_FOCUS = GIVES_WAY = "VerticalScroll"
    DEFAULT_CSS = """
    SaidDialog { align: center middle; }
    SaidDialog > Vertical { width: 84; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; }
    SaidDialog .title { text-style: bold; height: auto; }
    SaidDialog VerticalScroll { height: auto; margin: 1 0; scrollbar-size-vertical: 1; }
    SaidDialog .lines { height: auto; }
    """
    KEYS = Keys(
        "Somebody says something in a play",
        Key("said.on", "enter,escape", "Heard: back to the board", "leave"),
        Key("said.tell", "t", "Tell somebody an answer", "tell"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    unbidden = True

    def __init__(self, heading: str, lines: Sequence[str], *, passes: bool = False) -> None:
        """It ``passes`` by itself where nobody sits at the screen."""
        super().__init__()
        self._heading, self._lines, self._passes = heading, lines, passes

    def compose(self) -> ComposeResult:
        """Who says it, what, keys."""
        with Vertical():
            yield Static(Content(plain(self._heading)), classes="title", markup=False)
            with VerticalScroll():
                yield HangingText([plain(line) for line in self._lines], classes="lines")
            keys = "" if self._passes else self.KEYS.said(self.app, "{on} heard   {tell} tell somebody an answer")
            yield KeyLine(keys)

    def on_mount(self) -> None:
        """On a wall it goes by itself."""
        if self._passes:
            self.set_timer(READ_IN, self.action_leave)

    def action_tell(self) -> None:
        """An answer is to be told."""
        if not self._passes:
            self.dismiss(True)

    def action_leave(self) -> None:
        """It was heard."""
        self.dismiss(False)
