"""The health check on screen: each role's answer is given or changed, one alone or all in the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from tui.reports.paper_screen import PaperScreen
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.section_table import SectionRow


class HealthScreen(PaperScreen):
    """Left with Esc."""

    KEYS = Keys(
        "The health check",
        Key("health.answer", "enter", "Answer for the role on the cursor", "open", bar="answer"),
        Key(
            "health.room", "a", "Ask all roles that have not answered, one after another", "ask('room')", bar="ask all"
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def action_open(self) -> None:
        """Two clicks do what enter does."""
        if self.row is not None and self.row.kind == "health":
            self.action_ask("answer")

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work on a row."""
        own = self.KEYS.hints("answer") if row is not None and row.kind == "health" else ()
        return (
            *own,
            *self.KEYS.hints("room"),
            *RecordScreen.KEYS.hints("why"),
            *PaperScreen.KEYS.hints("write"),
            *RecordScreen.KEYS.hints("undo", "leave"),
        )
