"""The patterns on screen, with a key that asks for the general item of the one on the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from tui.reports.paper_screen import PaperScreen
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.section_table import SectionRow


class PatternsScreen(PaperScreen):
    """Dismissed with None, or the number of the item that was asked for."""

    KEYS = Keys(
        "Patterns",
        Key(
            "patterns.general",
            "enter",
            "Ask for one general item in place of these, and open its card",
            "open",
            bar="ask in general",
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def action_open(self) -> None:
        """Two clicks do what enter does."""
        if self.row is not None and self.row.kind == "pattern":
            self.action_ask("general")

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work on a row."""
        own = self.KEYS.hints("general") if row is not None and row.kind == "pattern" else ()
        return (
            *own,
            *RecordScreen.KEYS.hints("why"),
            *PaperScreen.KEYS.hints("write"),
            *RecordScreen.KEYS.hints("undo", "leave"),
        )
