"""A line to type in that holds nothing a terminal would obey."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.widgets import Input

from store.common.text import ZERO_WIDTH_JOINER

_HIDDEN = frozenset({"Cc", "Cf", "Cs"})


class LineInput(Input):
    """What is pasted may hold control and format characters: they go before they are drawn."""

    # Told from what is typed without colours, too.
    DEFAULT_CSS = "LineInput > .input--suggestion { text-style: dim italic; }"

    def on_paste(self, event: events.Paste) -> None:
        """All lines, joined by blanks: Textual would take the first of them, and nothing would say so."""
        event.prevent_default()
        event.stop()
        lines = (line.strip() for line in event.text.splitlines())
        text = " ".join(line for line in lines if line) if len(event.text.splitlines()) > 1 else event.text
        self.replace(self.validate_value(text), *self.selection)

    def validate_value(self, value: str) -> str:
        """The text without them; a tab or a line break is a blank."""
        if value.isprintable():
            return value
        return "".join(
            " " if character in "\t\n\r" else character
            for character in value
            if character in "\t\n\r" or character == ZERO_WIDTH_JOINER or unicodedata.category(character) not in _HIDDEN
        )
