"""The history: what was decided and changed, and time travel along it.

Beside the list stand plan, pie and odds as they were at the entry on the cursor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from store.errors import StoreError
from tui.drawing.plain import plain
from tui.past import Past
from tui.screens import breakpoints
from tui.session import HEAVY, Figures, Session
from tui.widgets.header import Header
from tui.widgets.history_table import Detail, Entry, HistoryHead, HistoryTable, entries
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.plan_table import PlanHead, PlanTable
from tui.widgets.row_table import RowTable
from tui.widgets.side_panel import SidePanel
from tui.widgets.slider import Reach, Slider

_LOOK = (
    Hint("↑↓", "look"),
    Hint(",", "as it was, a decision before", "travel(1)"),
    Hint("esc", "back to the board", "leave"),
)
_TRAVEL = (
    Hint(",", "decision before", "travel(1)"),
    Hint(".", "after", "travel(-1)"),
    Hint("↑↓", "any change"),
    Hint("enter", "plan then", "plan"),
    Hint("esc", "now", "leave"),
)
_PLAN = (
    Hint(",", "decision before", "travel(1)"),
    Hint(".", "after", "travel(-1)"),
    Hint("↑↓", "look"),
    Hint("esc", "back to the list", "leave"),
)


class History(Screen[None]):
    """Left with Esc, step by step: from the plan as it was to the list, to now, to the board."""

    DEFAULT_CSS = """
    History #past { height: 1fr; }
    History #list { width: 1fr; height: 1fr; }
    History SidePanel, History Slider, History PlanHead, History PlanTable { display: none; }
    History.-past SidePanel, History.-past Slider { display: block; }
    History.-past HistoryHead { display: none; }
    History.-plan PlanHead, History.-plan PlanTable { display: block; }
    History.-plan HistoryTable { display: none; }
    History PlanTable { height: 1fr; }
    History.-short.-past Detail { height: 5; }
    History.-short PlanHead { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("comma", "travel(1)", "The decision before, and the plan as it was", id="history.before"),
        Binding("full_stop", "travel(-1)", "The decision after", id="history.after"),
        Binding("enter", "plan", "The plan as it was", id="history.plan"),
        Binding("escape", "leave", "Back, a step", id="history.leave"),
        Binding("h,q", "board", "Back to the board", id="history.board"),
    ]
    HORIZONTAL_BREAKPOINTS = breakpoints.HORIZONTAL
    VERTICAL_BREAKPOINTS = breakpoints.VERTICAL

    def __init__(self, session: Session, where: str = "", *, travel: bool = False) -> None:
        """``where`` is what the header calls the workspace; ``travel`` begins at the latest decision."""
        super().__init__()
        self._where = where
        self._session = session
        self._begins = travel
        self._past = Past(session)
        self._shown: Figures | None = None

    def compose(self) -> ComposeResult:
        """Heading or slider, rows with the one on the cursor whole, and what the plan was then."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield HistoryHead()
        yield Slider()
        with Horizontal(id="past"):
            with Vertical(id="list"):
                yield HistoryTable()
                yield PlanHead()
                yield PlanTable()
                yield Detail()
            yield SidePanel()
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the journal."""
        self.query_one(Header).show(self._session.now, where=self._where)
        self.query_one(PlanTable).previewing = False
        table = self.table
        table.entries = entries(self._session)
        table.rebuild(0)
        table.focus()
        self._show_keys()
        self._show_entry()
        if self._begins:
            self.action_travel(0)

    @property
    def table(self) -> HistoryTable:
        """The journal."""
        return self.query_one(HistoryTable)

    @property
    def travels(self) -> bool:
        """Whether the past is shown."""
        return self.has_class("-past")

    def on_row_table_highlighted(self, event: RowTable.Highlighted) -> None:
        """Show the row on the cursor whole, and what was then."""
        if event.control is self.table:
            self._show_entry()
            if self.travels:
                self._go()

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Two clicks show the plan as it was."""
        if event.control is self.table:
            self.action_plan()

    def _show_entry(self) -> None:
        table = self.table
        self.query_one(Detail).show(table.entries[table.cursor] if table.entries else None)

    def _show_keys(self) -> None:
        hints = _PLAN if self.has_class("-plan") else _TRAVEL if self.travels else _LOOK
        self.query_one(KeyBar).show(hints)

    # -------------------------------------------------- the past

    def action_travel(self, step: int) -> None:
        """To the next decision, earlier (1) or later (-1); from now, to the latest (also 0)."""
        table = self.table
        begins = not self.travels
        at = table.cursor + (step if not begins else 0)
        while 0 <= at < len(table.entries) and table.entries[at].decision is None:
            at += step or 1
        if begins:
            self.add_class("-past")
            self._show_keys()
        if 0 <= at < len(table.entries) and at != table.cursor:
            table.move_to(at)
        elif begins:
            self._go()
        elif not 0 <= at < len(table.entries):
            self._tell(f"There is no {'earlier' if step > 0 else 'later'} decision.")

    def _tell(self, words: str) -> None:
        self.notify(plain(words), markup=False, timeout=5)

    def _go(self) -> None:
        """Show the plan as it was at the entry on the cursor."""
        table = self.table
        if not table.entries:
            return
        event = table.entries[table.cursor].event
        try:
            figures = self._past.figures(event.seq)
        except StoreError as error:
            self._tell(str(error))
            return
        reach = _reach(figures.plan.quarter.name, table.entries, table.cursor)
        self.query_one(Slider).show(reach, f"{event.at.astimezone():%d %b %H:%M}")
        self._shown = figures
        self.workers.cancel_group(self, "past")
        if figures.ready or not self._heavy(figures):
            self._show(figures)
            return
        self._show_header(self._session.now, old=True)
        self._build(figures)

    def _heavy(self, figures: Figures) -> bool:
        return sum(not figures.draws.has(entry) for entry in figures.plan.entries) > HEAVY

    @work(group="past", exclusive=True)
    async def _build(self, figures: Figures) -> None:
        """Many draws are not there yet: worked out in a thread, what stands meanwhile is marked as old."""
        await asyncio.to_thread(figures.build)
        if figures is self._shown and self.travels:
            self._show(figures)

    def _show(self, figures: Figures) -> None:
        figures.build()
        self._show_header(figures)
        self.query_one(SidePanel).show(figures, plan="The plan as it was")
        if self.has_class("-plan"):
            self._show_plan(figures)

    def _show_header(self, figures: Figures, *, old: bool = False) -> None:
        event = self.table.entries[self.table.cursor].event
        at = f"{event.at.astimezone():%d %b %Y %H:%M}"
        said = f"THE PAST, read only: {at}, after {event.label[:200]}"
        self.query_one(Header).show(figures, said, self._where, old=old)

    def action_plan(self) -> None:
        """The plan as it was at the entry on the cursor, in the list's place."""
        if self._shown is None or not self.travels:
            self.add_class("-past")
            self._go()
        if self._shown is None or self.has_class("-plan"):
            return
        self.add_class("-plan")
        self._show_keys()
        if self._shown.ready:
            self._show_plan(self._shown)
        self.query_one(PlanTable).focus()

    def _show_plan(self, figures: Figures) -> None:
        table = self.query_one(PlanTable)
        on = table.entry
        table.show(figures, figures.plan.entries, figures.below, on.item.id if on else None)
        count = len(figures.plan.entries)
        self.query_one(PlanHead).show(f"{count} item{'' if count == 1 else 's'}, as it was", "", table.owners)

    # -------------------------------------------------- back

    def action_leave(self) -> None:
        """A step back: to the list, to now, to the board."""
        if self.has_class("-plan"):
            self.remove_class("-plan")
            self.table.focus()
        elif self.travels:
            self.workers.cancel_group(self, "past")
            self.remove_class("-past")
            self._shown = None
            self.query_one(Header).show(self._session.now, where=self._where)
        else:
            self.app.pop_screen()
            return
        self._show_keys()

    def action_board(self) -> None:
        """Back to the board at once."""
        self.app.pop_screen()


def _reach(quarter: str, entries: Sequence[Entry], cursor: int) -> Reach:
    """The entries of the quarter of the one on the cursor, oldest first; a quarter begins with the close of another."""
    last = len(entries) - 1
    first = next((at for at in range(cursor, last) if _opens(entries[at])), last)
    end = next((at + 1 for at in range(cursor - 1, -1, -1) if _opens(entries[at])), 0)
    part = entries[end : first + 1][::-1]
    decisions = tuple(place for place, entry in enumerate(part) if entry.decision is not None)
    return Reach(quarter, len(part), decisions, first - cursor)


def _opens(entry: Entry) -> bool:
    return entry.event.kind == "close" and not entry.undone
