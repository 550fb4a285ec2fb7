"""The one-offs: their share with its bands, the Sales purse, the ledger of a quarter, and what three of a kind make."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.plan.mix import ONE_OFF
from scenarios.requests.patterns import Pattern, patterns_of
from scenarios.rules.one_off_quarters import OneOffs, figures_of, gauge_in, one_offs_of, quarters_of
from store.records import Item, State
from tui.dialogs.figure_why import show_figure
from tui.rules.one_off_bands import OneOffBands
from tui.rules.one_off_rows import one_off_rows
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow

#: From so many items on, or so many one-offs among them, the rows are made in a thread (0.2 ms a one-off).
LARGE, MANY = 4_000, 100
_WAITS = (SectionRow("heading", heading="…"),)


class OneOffsScreen(RecordScreen):
    """Dismissed with None, or the number of the item to go to on the board."""

    KEYS = Keys(
        "One-offs",
        Key("one-offs.open", "enter", "Ask for the platform item; go to the one-off", "open"),
        Key("one-offs.before", "comma,left", "The quarter before", "quarter(-1)"),
        Key("one-offs.after", "full_stop,right", "The quarter after", "quarter(1)"),
        Key("one-offs.leave", "O", "Back to the board", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    #: the quarter that is shown; 0 is the present one, whichever that is
    quarter_id = 0
    #: what is shown, and the state that it was made of
    found: OneOffs | None = None
    patterns: tuple[Pattern, ...] = ()
    _made: tuple[State, int, list[SectionRow]] | None = None

    def head(self) -> ComposeResult:
        """The heading, and the gauge."""
        yield ScreenHead()
        yield OneOffBands()

    def rows(self) -> Sequence[SectionRow]:
        """The rows of the quarter; with a large backlog they follow."""
        state, quarter_id = self.state, self._quarter
        if not self._old and self._made is not None:
            return self._made[2]
        if not _heavy(state):
            self._take(state, quarter_id, self._look_through(state, quarter_id))
        else:
            self._work_out()
        return self._made[2] if self._made is not None and self._made[1] == quarter_id else _WAITS

    @property
    def _quarter(self) -> int:
        return self.quarter_id or self.state.quarter.id

    @property
    def _old(self) -> bool:
        """Whether the rows are those of another state or quarter."""
        return self._made is None or self._made[0] is not self.state or self._made[1] != self._quarter

    def _take(self, state: State, quarter_id: int, looked: tuple[OneOffs, tuple[Pattern, ...]]) -> None:
        self.found, self.patterns = looked
        self._made = state, quarter_id, one_off_rows(state, *looked)

    @work(group="one-offs", exclusive=True)
    async def _work_out(self) -> None:
        state, quarter_id = self.state, self._quarter
        looked = await asyncio.to_thread(lambda: self._look_through(state, quarter_id))
        if state is self.state and quarter_id == self._quarter:
            self._take(state, quarter_id, looked)
            self.show()

    def _look_through(self, state: State, quarter_id: int) -> tuple[OneOffs, tuple[Pattern, ...]]:
        found = one_offs_of(state, quarter_id, self.board.session.now.plan.entries)
        return found, patterns_of(state) if quarter_id == state.quarter.id else ()

    def show_head(self) -> None:
        """Which quarter, which others there are, and its gauge."""
        quarters = quarters_of(self.state)
        at = next(n for n, row in enumerate(quarters) if row.id == self._quarter)
        present = quarters[at].id == self.state.quarter.id
        words = f"{quarters[at].name}{', now' if present else ', read only'}"
        if len(quarters) > 1:
            words += f"   {at + 1} of {len(quarters)} quarters"
        waits = "looking through the backlog …" if self._old and _heavy(self.state) else ""
        self.query_one(ScreenHead).show("ONE-OFFS", words, waits)
        gauge = gauge_in(self.state, self._quarter, self.board.session.now.plan.entries)
        self.query_one(OneOffBands).show(gauge, "" if present else f"{quarters[at].name}, as it was put on record")

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """What can be done with the row on the cursor."""
        kind = row.kind if row is not None else ""
        enter = {"pattern": "ask for the platform item", "one-off": "to it on the board"}.get(kind)
        own = (self.KEYS["open"].hint(enter),) if enter else ()
        before, after, base = self.KEYS["before"], self.KEYS["after"], RecordScreen.KEYS
        others = (Hint((before, after), "other quarters", before.runs),) if len(quarters_of(self.state)) > 1 else ()
        return (*own, *base.hints("why"), *others, *base.hints("undo", "leave"))

    def explain(self, row: SectionRow) -> None:
        """The figure on the cursor; of a one-off its return and all that is behind it."""
        if row.kind == "one-off" and row.id in self.state.all(Item):
            show_figure(self, *figures_of(self.state, row.id))
        else:
            super().explain(row)

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


def _heavy(state: State) -> bool:
    """Whether the rows take so long that a key press would be felt to hang."""
    items = state.all(Item)
    return len(items) > LARGE or sum(item.slice == ONE_OFF for item in items.values()) > MANY
