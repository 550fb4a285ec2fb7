"""A small table edited as lines of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from store.common.errors import Refused
from store.common.text import sentence
from tui.dialogs.dialog import Dialog
from tui.dialogs.kept import Typed
from tui.forms.fields import Field, Values
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys


class LinesDialog(Dialog[dict[str, str] | None]):
    """A form of one field: dismissed with its text once ``check`` does not refuse it, or None after Esc."""

    DEFAULT_CSS = """
    LinesDialog { align: center middle; }
    LinesDialog > Vertical { width: 80; max-width: 96%; height: 24; max-height: 96%; padding: 1 2; }
    LinesDialog .title { text-style: bold; }
    LinesDialog .muted { color: $text-muted; height: auto; }
    LinesDialog TextArea { height: 1fr; margin: 1 0; }
    LinesDialog #wrong { color: $error; height: auto; }
    """
    KEYS = Keys(
        "Lines of text",
        Key("lines.leave", "escape", "Back", "leave", priority=True),
        Key("lines.take", "ctrl+s", "Save", "take", priority=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, title: str, about: str, field: Field, check: Callable[[Values], object]) -> None:
        super().__init__()
        self._heading = title
        self._about = about
        self._field = field.name
        self._text = self._first = field.value
        self._check = check

    def compose(self) -> ComposeResult:
        """Heading, text, what is wrong, keys."""
        with Vertical():
            yield Static(Content(self._heading), classes="title", markup=False)
            yield Static(Content(self._about), classes="muted", markup=False)
            yield TextArea(self._text, soft_wrap=False)
            yield Static("", id="wrong", markup=False)
            yield KeyLine(self.KEYS.said(self.app, "{take} save   {leave} back, nothing changed"))

    def kept(self) -> dict[str, str]:
        """The whole text, where it was changed."""
        text = self.query_one(TextArea).text if self.is_mounted else self._text
        return {"text": text} if text != self._first else {}

    def refill(self, typed: Typed, *, last: bool) -> None:
        """Fill in; it is always shown."""
        self._text = typed.get("text", self._text)

    def action_take(self) -> None:
        """Take the text, or say what is wrong with it."""
        text = self.query_one(TextArea).text
        try:
            self._check({self._field: text})
        except Refused as error:
            self.query_one("#wrong", Static).update(Content(sentence(error)))
            return
        self._text = text
        self.dismiss({self._field: text})
