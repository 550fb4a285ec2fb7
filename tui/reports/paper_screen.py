"""One report on screen: its parts as they are on paper, each figure with its inputs; it follows the workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.reports.paper import Paper
from store.common.errors import StoreError
from store.records import State
from tui.flows.host import Host
from tui.reports.paper_rows import paper_rows
from tui.rules.record_screen import Asks, RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow

_WAITS = (SectionRow("heading", heading="working it out …"),)


class PaperScreen(RecordScreen):
    """Left with Esc. ``make`` works the report out, in a thread."""

    KEYS = Keys(
        "A report that looks back",
        Key("paper.readers", "b", "For executives, or for the board", "ask('readers')", bar="executives or board"),
        Key("paper.made", "K", "Keep on record that it was made", "ask('made')", bar="it was made"),
        Key("paper.write", "X", "Write it to a file", "ask('write')", bar="to a file"),
        Key("paper.leave", "R", "Back to the board", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    DEFAULT_CSS = "PaperScreen RowPanel { height: 5; }"

    def __init__(self, board: Host, name: str, make: Callable[[], Paper], asks: Mapping[str, Asks]) -> None:
        """``name`` is what the report is called in its heading."""
        super().__init__(board, asks)
        self._called, self._make = name, make
        #: what is shown, of which state, and why nothing could be worked out
        self.paper: Paper | None = None
        self._of: State | None = None
        self._trouble = ""

    def head(self) -> ComposeResult:
        """The heading."""
        yield ScreenHead()

    def rows(self) -> Sequence[SectionRow]:
        """The parts; of another state they are worked out once more, and what was there stays meanwhile."""
        if self._of is not self.state:
            self.work_out()
        if self.paper is None:
            return (SectionRow("none", heading=self._trouble),) if self._trouble else _WAITS
        return paper_rows(self.paper, self.size.width)

    @work(group="figures", exclusive=True)
    async def work_out(self) -> None:
        """Work it out anew, and show it."""
        state = self.state
        try:
            paper, trouble = await asyncio.to_thread(self._make), ""
        except StoreError as error:
            paper, trouble = None, str(error)
        if state is self.state:
            self.paper, self._of, self._trouble = paper, state, trouble
            self.show()

    def work_out_again(self) -> None:
        """Something else is to be shown: work it out once more."""
        self._of = None
        self.show()

    def show_head(self) -> None:
        """What it is about."""
        about = self.paper.about if self.paper is not None else ""
        self.query_one(ScreenHead).show(self._called.upper(), about)

    def on_resize(self, event: events.Resize) -> None:
        """Rows as wide as there is room."""
        if self.paper is not None:
            self.show()

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work."""
        own = (name for name in ("readers", "made") if name in self._asks)
        return (*RecordScreen.KEYS.hints("why"), *self.KEYS.hints("write", *own), *RecordScreen.KEYS.hints("leave"))

    def action_ask(self, name: str) -> None:
        """What this report has no use for does nothing."""
        if name in self._asks:
            super().action_ask(name)
