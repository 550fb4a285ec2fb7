"""The one-offs: their share with its bands, the Sales purse, the ledger of a quarter, and what three of a kind make."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from store.records import Item, State
from tui.flows.one_offs import ASKS
from tui.screens.record_screen import Asks, RecordScreen
from tui.widgets.key_bar import Hint
from tui.widgets.one_off_bands import OneOffBands
from tui.widgets.one_off_rows import OneOffs, one_off_rows, one_offs_of, quarters_of
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow

#: From so many items on, the rows are made in a thread (some 20 ms for so many).
LARGE = 4_000
_WAITS = (SectionRow("heading", heading="Looking through the backlog …"),)


class OneOffsScreen(RecordScreen):
    """Dismissed with None, or the number of the item to go to on the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Ask for the platform item; go to the one-off", id="one-offs.open"),
        Binding("comma,left", "quarter(-1)", "The quarter before", id="one-offs.before"),
        Binding("full_stop,right", "quarter(1)", "The quarter after", id="one-offs.after"),
        Binding("O", "leave", "Back to the board", show=False, id="one-offs.leave"),
    ]
    ASKS: ClassVar[Mapping[str, Asks]] = ASKS
    #: the quarter that is shown; 0 is the present one, whichever that is
    quarter_id = 0
    #: what is shown, and the state that it was made of
    found: OneOffs | None = None
    _made: tuple[State, int, list[SectionRow]] | None = None

    def head(self) -> ComposeResult:
        """The heading, and the gauge."""
        yield ScreenHead()
        yield OneOffBands()

    def rows(self) -> Sequence[SectionRow]:
        """The rows of the quarter; with a large backlog they follow."""
        state, quarter_id = self.state, self._quarter
        if self._made is not None and self._made[0] is state and self._made[1] == quarter_id:
            return self._made[2]
        if len(state.all(Item)) < LARGE:
            self._take(state, quarter_id, *_look(state, quarter_id, self))
            return self._made[2] if self._made is not None else _WAITS
        self._work_out()
        return self._made[2] if self._made is not None and self._made[1] == quarter_id else _WAITS

    @property
    def _quarter(self) -> int:
        return self.quarter_id or self.state.quarter.id

    def _take(self, state: State, quarter_id: int, found: OneOffs, rows: list[SectionRow]) -> None:
        self.found, self._made = found, (state, quarter_id, rows)
        name = "" if found.present else f"{found.quarter.name}, as it was put on record"
        self.query_one(OneOffBands).show(found.gauge, name)

    @work(group="one-offs", exclusive=True)
    async def _work_out(self) -> None:
        state, quarter_id = self.state, self._quarter
        found, rows = await asyncio.to_thread(lambda: _look(state, quarter_id, self))
        if state is self.state and quarter_id == self._quarter:
            self._take(state, quarter_id, found, rows)
            self.show()

    def show_head(self) -> None:
        """Which quarter, and which others there are."""
        quarters = quarters_of(self.state)
        at = next(n for n, row in enumerate(quarters) if row.id == self._quarter)
        present = quarters[at].id == self.state.quarter.id
        words = f"{quarters[at].name}{', now' if present else ', read only'}"
        if len(quarters) > 1:
            words += f"   {at + 1} of {len(quarters)} quarters"
        self.query_one(ScreenHead).show("ONE-OFFS", words)

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """What can be done with the row on the cursor."""
        kind = row.kind if row is not None else ""
        enter = {"pattern": "ask for the platform item", "one-off": "to it on the board"}.get(kind)
        own = (Hint("enter", enter, "open"),) if enter else ()
        others = (Hint(", .", "other quarters", "quarter(-1)"),) if len(quarters_of(self.state)) > 1 else ()
        return (*own, Hint("?", "why", "why"), *others, Hint("u", "undo", "undo"), Hint("esc", "back", "leave"))

    def action_open(self) -> None:
        """Ask for what a pattern proposes; go to a one-off."""
        row = self.row
        if row is not None and row.kind == "pattern":
            self.action_ask("propose")
        elif row is not None and row.kind == "one-off":
            self.dismiss(str(row.id))

    def action_quarter(self, step: int) -> None:
        """The quarter before or after."""
        quarters = quarters_of(self.state)
        at = next(n for n, row in enumerate(quarters) if row.id == self._quarter) + step
        if not 0 <= at < len(quarters):
            self.board.tell(f"There is no {'earlier' if step < 0 else 'later'} quarter.")
            return
        self.quarter_id = 0 if quarters[at].id == self.state.quarter.id else quarters[at].id
        self.show()


def _look(state: State, quarter_id: int, screen: OneOffsScreen) -> tuple[OneOffs, list[SectionRow]]:
    found = one_offs_of(state, quarter_id, screen.board.session.now.plan.entries)
    return found, one_off_rows(state, found)
