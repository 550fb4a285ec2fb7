"""The decision log, searched and opened; the whole journal; and time travel along it.

In the past, plan, pie and odds stand beside the list as they were at the entry on the cursor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from store.common.errors import StoreError
from store.records import Decision, State
from store.workspace.workspace import Workspace
from tui.decisions.decision_screen import DecisionScreen, Way
from tui.decisions.log_entries import JournalEntry, entries, listed_of
from tui.decisions.log_table import Detail, HistoryHead, HistoryTable
from tui.dialogs.dialog import SidedPage
from tui.drawing.plain import plain
from tui.plan_view.plan_table import PlanHead, PlanTable
from tui.plan_view.side_panel import SidePanel
from tui.session.figures import Figures
from tui.session.past import Past
from tui.session.session import HEAVY, Session
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.line_input import LineInput
from tui.widgets.row_table import RowTable
from tui.widgets.slider import Reach, Slider

#: From so many events or decisions on, the journal is read in a thread.
LARGE = 2_000
#: Seconds between two looks whether anything was written meanwhile.
EVERY = 0.5


class History(SidedPage[None]):
    """Left with Esc, step by step: from the plan as it was to the list, to now, to the board."""

    DEFAULT_CSS = """
    History #past { height: 1fr; }
    History #list { width: 1fr; height: 1fr; }
    History #search { display: none; height: 1; width: 1fr; }
    History.-search #search { display: block; }
    History.-past #search { display: none; }
    History SidePanel, History Slider, History PlanHead, History PlanTable { display: none; }
    History.-past SidePanel, History.-past Slider { display: block; }
    History.-past HistoryHead { display: none; }
    History.-plan PlanHead, History.-plan PlanTable { display: block; }
    History.-plan HistoryTable { display: none; }
    History PlanTable { height: 1fr; }
    History.-short.-past Detail { height: 5; }
    History.-short PlanHead { height: 1; }
    """
    KEYS = Keys(
        "The decision log",
        Key(
            "history.before", "comma", "The decision before, and the plan as it was", "travel(1)", bar="decision before"
        ),
        Key("history.after", "full_stop", "The decision after", "travel(-1)", bar="after"),
        Key("history.open", "enter", "Open the decision; in the past, the plan as it was", "open", bar="open"),
        Key("history.search", "slash", "Search the decisions", "search", bar="search"),
        Key("history.everything", "v", "All changes, or decisions alone", "everything", bar="all changes"),
        Key("history.leave", "escape", "Back, a step", "leave", bar="back to the board"),
        Key("history.board", "h,q", "Back to the board", "board"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self, session: Session, where: str = "", *, travel: bool = False, at: int | None = None, on: int = 0
    ) -> None:
        """``where`` is what the header calls the workspace; ``travel`` begins at the latest decision, or in the past
        after the entry of number ``at``; else the cursor begins on the decision ``on``."""
        super().__init__()
        self._where = where
        self._session = session
        self._begins, self._begins_at, self._begins_on = travel, at, on
        self._past = Past(session)
        self._shown: Figures | None = None
        #: all entries of the journal, and the number of the last event when they were read
        self._entries: list[JournalEntry] = []
        self._seq = -1
        self._everything = False
        self._query = ""
        #: the decision that was opened, to which the past leads back; and whether its beginning is shown
        self._opened: JournalEntry | None = None
        self._before = False

    def compose(self) -> ComposeResult:
        """Heading or slider, rows with the one on the cursor whole, and what the plan was then."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield HistoryHead()
        yield Slider()
        with Horizontal(id="past"):
            with Vertical(id="list"):
                yield LineInput(placeholder="words, or customer:Acme slice:O person:Ana", compact=True, id="search")
                yield HistoryTable()
                yield PlanHead()
                yield PlanTable()
                yield Detail()
            yield SidePanel()
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the journal."""
        self.query_one(Header).show(self._session.now, where=self._where)
        self.table.focus()
        self._show_keys()
        self._read_journal()
        self.set_interval(EVERY, self._look)

    def _read_journal(self) -> None:
        state = self._session.state
        if max(state.seq, len(state.all(Decision))) >= LARGE:
            if self._seq < 0:
                self.query_one(HistoryHead).show("DECISIONS  reading the log …")
            self._read_in_thread()
            return
        try:
            self._read(entries(self._session.workspace, state), state)
        except StoreError as error:
            self._tell(str(error))

    @work(group="journal", exclusive=True)
    async def _read_in_thread(self) -> None:
        state, workspace = self._session.state, self._session.workspace
        try:
            found = await asyncio.to_thread(partial(_read_ahead, workspace, state))
        except StoreError as error:
            self._tell(str(error))
            return
        self._read(found, state)

    def _read(self, found: list[JournalEntry], state: State) -> None:
        """Show what was read; the cursor stays on its entry."""
        first, self._entries, self._seq = self._seq < 0, found, state.seq
        chosen = (each for each in found if each.decision is not None and each.decision.id == self._begins_on)
        self._list(next(chosen, None) if first else None)
        if first and self._begins_at is not None:
            self._begin_at(self._begins_at)
        elif first and self._begins:
            self.action_travel(0)

    def _begin_at(self, seq: int) -> None:
        """The plan as it was after an entry, the cursor on it."""
        self.add_class("-past")
        self._list()
        self._show_keys()
        at = next((row for row, entry in enumerate(self.table.entries) if entry.event.seq == seq), 0)
        if at != self.table.cursor:
            self.table.move_to(at)
        else:
            self._go()

    def _look(self) -> None:
        """Read anew where anybody wrote meanwhile, unless the past is looked at, which stays as it was."""
        state = self._session.state
        if self._seq < 0 or state.seq == self._seq or self.travels or not self.is_current:
            return
        self.query_one(Header).show(self._session.now, where=self._where)
        self._seq = state.seq
        self._read_journal()

    def _list(self, on: JournalEntry | None = None) -> None:
        """The rows: decisions that stand and match, or the whole journal; the cursor on its entry, or near."""
        table = self.table
        on = on or table.entry
        at = table.cursor
        whole = self._everything or self.travels
        listed = listed_of(self._entries, self._session.state, self._query, whole=whole)
        table.entries, table.as_log = listed.entries, not whole
        same = next((row for row, entry in enumerate(table.entries) if on is not None and _same(entry, on)), None)
        table.rebuild(same if same is not None else min(at, max(0, len(table.entries) - 1)))
        self.query_one(HistoryHead).show(listed.words, "newest first", columns=not whole)
        self._show_entry()

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
        """Two clicks open it."""
        if event.control is self.table:
            self.action_open()

    def _show_entry(self) -> None:
        self.query_one(Detail).show(self.table.entry)

    def _show_keys(self) -> None:
        keys = self.KEYS
        if self.has_class("-past", "-plan"):
            back = "back to the list" if self._opened is None else "back to the decision"
            hints: Sequence[Hint] = (*keys.hints("before", "after"), RowTable.LOOK, keys["leave"].hint(back))
        elif self.travels:
            change, plan = Hint(RowTable.LOOK.rows, "any change"), keys["open"].hint("plan then")
            hints = (*keys.hints("before", "after"), change, plan, keys["leave"].hint("now"))
        elif self.focused is self.query_one("#search"):
            hints = (Hint.fixed("to the decisions", "enter"), keys["leave"].hint("all of them"))
        elif self._everything:
            others = keys["everything"].hint("decisions alone"), keys["before"].hint("as it was, a decision before")
            hints = (RowTable.LOOK, *keys.hints("open"), *others, *keys.hints("leave"))
        else:
            look, past = (RowTable.LOOK, *keys.hints("open", "search", "everything")), keys["before"].hint("the past")
            hints = (*look, past, keys["leave"].hint("all decisions" if self._query else ""))
        self.query_one(KeyBar).show(hints)

    def on_descendant_focus(self) -> None:
        """Other keys work now."""
        self._show_keys()

    # -------------------------------------------------- the log

    def action_search(self) -> None:
        """Type to search; only decisions are."""
        if self.travels:
            return
        self._everything = False
        self.add_class("-search")
        self.query_one("#search", Input).focus()
        self._list()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down while typing."""
        self._query = event.value.strip()
        self._list()
        self._show_keys()

    def on_input_submitted(self) -> None:
        """To the decisions that match."""
        self.set_class(bool(self._query), "-search")
        self.table.focus()

    def action_everything(self) -> None:
        """All changes, or decisions alone."""
        if not self.travels:
            self._everything = not self._everything
            self.set_class(bool(self._query) and not self._everything, "-search")
            self._list()
            self._show_keys()

    def action_open(self) -> None:
        """The decision on the cursor in full; in the past, and where nothing was decided, the plan as it was."""
        entry = self.table.entry
        if self.travels or (entry is not None and entry.line is None):
            self.action_plan()
        elif entry is not None:
            self._open(entry)

    def _open(self, entry: JournalEntry) -> None:
        def go(way: Way | None) -> None:
            if way is not None:
                self._go_to(entry, way)

        self.app.push_screen(DecisionScreen(self._session, entry, self._where), go)

    def _go_to(self, entry: JournalEntry, way: Way) -> None:
        """The plan as it was before or after a decision."""
        at = next((row for row, each in enumerate(self._entries) if _same(each, entry)), None)
        if at is None:
            return
        before = next((row for row in range(at, len(self._entries)) if self._entries[row].event != entry.event), None)
        if way == "before" and before is None:
            self._tell("There was no plan before it.")
            return
        self._opened, self._before = entry, way == "before"
        self.add_class("-past")
        self._list(self._entries[before] if way == "before" and before is not None else entry)
        self._go()
        self.action_plan()

    # -------------------------------------------------- the past

    def action_travel(self, step: int) -> None:
        """To the next decision, earlier (1) or later (-1); from now, to the latest (also 0)."""
        begins = not self.travels
        if begins:
            self.add_class("-past")
            self._list()
        self._before = False
        table = self.table
        at = table.cursor + (step if not begins else 0)
        while 0 <= at < len(table.entries) and table.entries[at].decision is None:
            at += step or 1
        if begins:
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
        if self._before and self._opened is not None and self._opened.decision is not None:
            said = f"THE PAST, read only: before “{self._opened.decision.title[:200]}”"
        self.query_one(Header).show(figures, said, self._where, old=old)

    def action_plan(self) -> None:
        """The plan as it was at the entry on the cursor, in the list's place."""
        if self._shown is None or not self.travels:
            self.add_class("-past")
            self._list()
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
        self.query_one(PlanHead).show(f"{count} item{'' if count == 1 else 's'}, as it was", "", table)

    # -------------------------------------------------- back

    def action_leave(self) -> None:
        """A step back: to the list or the decision that was opened, to now, to the board."""
        if self.has_class("-plan"):
            self.remove_class("-plan")
            self.table.focus()
            if self._opened is not None:
                opened, self._opened = self._opened, None
                self._come_back(opened)
                self._open(opened)
        elif self.travels and self._begins_at is None:
            self._come_back()
        elif not self.travels and not self._everything and (self.focused is self.query_one("#search") or self._query):
            # Without its words on screen, a search that stays would hide decisions with nothing to tell of it.
            self.remove_class("-search")
            self.query_one("#search", Input).value = ""
            self.table.focus()
        else:
            self.app.pop_screen()
            return
        self._show_keys()

    def _come_back(self, on: JournalEntry | None = None) -> None:
        """From the past to the list, the cursor on an entry or where it was."""
        self.workers.cancel_group(self, "past")
        on = on or self.table.entry
        self.remove_class("-past")
        self._shown, self._before = None, False
        self.query_one(Header).show(self._session.now, where=self._where)
        self._list(on)

    def action_board(self) -> None:
        """Back to the board at once."""
        self.app.pop_screen()


def _read_ahead(workspace: Workspace, state: State) -> list[JournalEntry]:
    """The entries, with the words of each decision looked up already: the first letter of a search is quick, too."""
    found = entries(workspace, state)
    for entry in found:
        if entry.line is not None:
            _ = entry.line.words
    return found


def _same(one: JournalEntry, other: JournalEntry) -> bool:
    """Whether two entries, read at different times, are of the same event and decision."""
    if one.event.seq != other.event.seq:
        return False
    return one.decision is None or other.decision is None or one.decision.id == other.decision.id


def _reach(quarter: str, entries: Sequence[JournalEntry], cursor: int) -> Reach:
    """The entries of the quarter of the one on the cursor, oldest first; a quarter begins with the close of another."""
    last = len(entries) - 1
    first = next((at for at in range(cursor, last) if _opens(entries[at])), last)
    end = next((at + 1 for at in range(cursor - 1, -1, -1) if _opens(entries[at])), 0)
    part = entries[end : first + 1][::-1]
    decisions = tuple(place for place, entry in enumerate(part) if entry.decision is not None)
    return Reach(quarter, len(part), decisions, first - cursor)


def _opens(entry: JournalEntry) -> bool:
    return entry.event.kind == "close" and not entry.undone
