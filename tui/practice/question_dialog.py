"""A question of the deck over the board, for as long as whoever leads the play shows it."""

from __future__ import annotations

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


class QuestionDialog(Dialog[None]):
    """It comes by itself, and goes when whoever leads closes it, or this seat has read it."""

    AUTO_FOCUS = GIVES_WAY = "VerticalScroll"
    DEFAULT_CSS = """
    QuestionDialog { align: center middle; }
    QuestionDialog > Vertical { width: 84; max-width: 96%; height: auto; max-height: 100%; padding: 1 2; }
    QuestionDialog .title { color: $text-muted; height: auto; }
    QuestionDialog VerticalScroll { height: auto; margin: 1 0; scrollbar-size-vertical: 1; }
    QuestionDialog .lines { height: auto; text-style: bold; }
    """
    KEYS = Keys(
        "A question for the room",
        Key("question.leave", "escape,enter", "Back to the board; the others still see it", "leave"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    unbidden = True

    def __init__(self, number: int, heading: str, question: str) -> None:
        """``number`` is that of the question in the deck."""
        super().__init__()
        self.number = number
        self._heading, self._question = heading, question

    def compose(self) -> ComposeResult:
        """What it is about, the question, keys."""
        with Vertical():
            yield Static(Content(plain(self._heading)), classes="title", markup=False)
            with VerticalScroll():
                yield HangingText([plain(self._question)], classes="lines")
            yield KeyLine(self.KEYS.said(self.app, "{leave} back to the board"))
