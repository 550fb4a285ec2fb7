"""The quarter graded on screen: a row opens the decision behind it, and takes what is known now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from tui.reports.paper_screen import PaperScreen
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow


class QuarterScreen(PaperScreen):
    """Left with Esc."""

    KEYS = Keys(
        "The quarter graded",
        Key("graded.open", "enter", "The decision that let it in", "see('open')", bar="its decision"),
        Key(
            "graded.tell",
            "e",
            "Say what came of it: who uses it, was it validated",
            "ask('tell')",
            bar="what came of it",
        ),
        Key(
            "graded.review", "v", "Look at a decision again: keep, change or close it", "ask('review')", bar="review it"
        ),
        Key("graded.earlier", "left_square_bracket", "The quarter before", "see('earlier')", bar="quarter before"),
        Key("graded.later", "right_square_bracket", "The quarter after", "see('later')", bar="quarter after"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def show_head(self) -> None:
        """Which quarter it is, too."""
        super().show_head()
        if self.paper is not None:
            self.query_one(ScreenHead).show(self.paper.title.upper(), self.paper.about)

    def action_open(self) -> None:
        """Two clicks do what enter does."""
        self.action_see("open")

    def action_see(self, name: str) -> None:
        """Look at something else: a seat that may only read may do that, too."""
        self.run_worker(self._ask(name), exclusive=True, group="ask")

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work on a row."""
        kind = row.kind if row is not None else ""
        own = {"outcome": ("open", "tell"), "review": ("open", "review")}.get(kind, ())
        return (
            *self.KEYS.hints(*own),
            *RecordScreen.KEYS.hints("why"),
            *self.KEYS.hints("earlier", "later"),
            *PaperScreen.KEYS.hints("write"),
            *RecordScreen.KEYS.hints("leave"),
        )
