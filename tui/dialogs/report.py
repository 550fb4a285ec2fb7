"""A list of lines to read before one key takes it."""

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


class Report(Dialog[bool]):
    """Dismissed with whether it is taken."""

    AUTO_FOCUS = GIVES_WAY = "VerticalScroll"
    DEFAULT_CSS = """
    Report { align: center middle; }
    Report > Vertical { width: 100; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; }
    Report .title { text-style: bold; height: auto; }
    Report VerticalScroll { height: auto; margin: 1 0; scrollbar-size-vertical: 1; }
    Report .lines { height: auto; }
    """
    KEYS = Keys(
        "A report",
        Key("report.leave", "escape", "Back", "leave"),
        Key("report.take", "enter", "Take it", "take"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, heading: str, lines: Sequence[str], take: str, back: str = "back, nothing changed") -> None:
        """``take`` and ``back`` say what its two keys come to."""
        super().__init__()
        self._heading = heading
        self._lines = lines
        self._take, self._back = take, back

    def compose(self) -> ComposeResult:
        """Heading, lines, keys."""
        with Vertical():
            yield Static(Content(plain(self._heading)), classes="title", markup=False)
            with VerticalScroll():
                yield HangingText([plain(line) for line in self._lines], classes="lines")
            keys = self.KEYS.said(self.app, f"{{take}} {self._take}   ↑ ↓ scroll   {{leave}} {self._back}")
            yield KeyLine(keys)

    def action_take(self) -> None:
        """Take it."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Back, nothing changed."""
        self.dismiss(False)
