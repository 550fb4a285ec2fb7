"""The debrief on screen: a line goes to the moment that it quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from scenarios.practice.debrief_paper import MOMENT, QUOTE
from tui.reports.paper_screen import PaperScreen
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow


class DebriefScreen(PaperScreen):
    """Left with Esc."""

    KEYS = Keys(
        "The debrief of a play",
        Key("debrief.moment", "enter", "The moment that the line quotes", "moment", bar="its moment"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def show_head(self) -> None:
        """Which play it is, too."""
        super().show_head()
        if self.paper is not None:
            self.query_one(ScreenHead).show(self.paper.title.upper(), self.paper.about)

    def action_open(self) -> None:
        """Two clicks do what enter does."""
        self.action_moment()

    def action_moment(self) -> None:
        """Go there: a seat that may only read may do that, too."""
        self.run_worker(self._ask("moment"), exclusive=True, group="ask")

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work on a row."""
        own = self.KEYS.hints("moment") if row is not None and row.kind in (MOMENT, QUOTE) else ()
        return (*own, *PaperScreen.KEYS.hints("write"), *RecordScreen.KEYS.hints("leave"))
