"""What the board has on screen: its parts, what they show, and how a change is written and told. Its keys are in
:mod:`tui.board.board`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from scenarios.odds.forecast import Forecast
from scenarios.plan.departures import key_of
from scenarios.plan.plan import Entry, Plan
from scenarios.trade.undo_words import with_it
from store.records import Applied, Command
from store.records.errors import StaleError, StoreError
from tui.board import keys
from tui.board.preview import preview_of
from tui.board.search_line import rows_of
from tui.drawing.plain import clip, plain
from tui.drawing.words import arrow, room_words
from tui.plan_view.plan_table import PlanHead, PlanTable
from tui.plan_view.side_panel import SidePanel
from tui.plan_view.waiting_request import Incoming
from tui.session.session import News, Session
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from store.sidecars.seats import Seat
    from tui.flows.steps import Talk

_log = logging.getLogger("makeroom")
#: Seconds for which a row that somebody else changed stays marked.
FRESH_FOR = 5.0


class BoardView(Screen[None]):
    """Owns what is on screen now; widgets get values and post messages."""

    AUTO_FOCUS = "#plan"
    #: Textual repaints the whole screen when the focus moves; here the widgets concerned repaint themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    HORIZONTAL_BREAKPOINTS = breakpoints.HORIZONTAL
    VERTICAL_BREAKPOINTS = breakpoints.VERTICAL

    def __init__(self, session: Session, name: str = "") -> None:
        """``name`` is the workspace's, where it is not the user's own."""
        super().__init__()
        self.session = session
        self._where = name
        self._filter = ""
        self._said = ""
        self._shown: tuple[object, ...] = ()
        #: held while a large change is being taken back
        self.undoing = asyncio.Lock()
        self._fresh_until = 0.0
        #: whether the latest change was refused, for whatever reason
        self.failed = False
        #: the conversation under way
        self.talk: Talk | None = None
        #: the draft of capacity that the open trade sheet asks for, and one that waits for the next look at capacity
        self.capacity_asked: dict[str, str] = {}
        self.capacity_kept: dict[str, str] = {}
        #: why the latest change was refused, where somebody else's came first
        self.refused = ""
        #: what changed beneath the open trade sheet, and has to be looked at before it is settled
        self.beneath = ""
        #: what the plan was last compared with
        self.compared: tuple[tuple[str, str], ...] = ()
        #: what comes when the trade sheet is closed, in place of the plan
        self.after_trade: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Header, plan with what is asked at its foot, side panel, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Vertical(id="list"):
                    yield PlanHead()
                    yield LineInput(
                        placeholder="words, or slice:F team:Pay owner:Ana is:unsized", compact=True, id="search"
                    )
                    yield PlanTable()
                    yield Incoming(self.session.now)
                yield TradeSheet()
            yield SidePanel()
        yield KeyBar()

    @property
    def plan(self) -> PlanTable:
        """The plan and the backlog."""
        return self.query_one(PlanTable)

    @property
    def incoming(self) -> Incoming:
        """The request that waits."""
        return self.query_one(Incoming)

    @property
    def sheet(self) -> TradeSheet:
        """The trade sheet."""
        return self.query_one(TradeSheet)

    @property
    def where(self) -> str:
        """What the header calls the workspace, where it is not the user's own."""
        return self._where

    @property
    def subject(self) -> Entry | None:
        """The item that a key is about: the request where the inbox has the focus, else the row on the cursor."""
        return self.incoming.entry if self.incoming.has_focus else self.plan.entry

    def on_resize(self) -> None:
        """Two-line rows where there is plenty of height."""
        tall = self.size.width >= 150 and self.size.height >= 50
        if self.plan.row_height != (2 if tall else 1):
            self.plan.row_height = 2 if tall else 1
            self.plan.rebuild()
        self.call_after_refresh(self.show_preview)

    @work(group="odds")
    async def _build_first(self) -> None:
        """Work out a large plan's odds while its rows are on screen already."""
        figures = self.session.now
        await asyncio.to_thread(figures.build)
        if figures is self.session.now:
            self.refresh_all()

    async def warm(self, plan: Plan) -> None:
        """Make the draws of a plan that needs many, in a thread, with the odds shown as old meanwhile."""
        if self.session.heavy(plan):
            self.show_header(old=True)
            await asyncio.to_thread(self.session.warm, plan)
            self.show_header()

    def show_header(self, *, old: bool = False) -> None:
        """The header; ``old`` marks its odds while newer ones are being worked out."""
        self.query_one(Header).show(self.session.now, self._said, self._where, old=old)

    def refresh_all(self, keep: int | None = None) -> None:
        """Show the present state; the cursor stays on the item ``keep``, else where it was."""
        figures = self.session.now
        at = self.plan.entry
        keep = keep if keep is not None else at.item.id if at else None
        above, below, total = rows_of(figures, self._filter)
        self.show_header()
        count = len(figures.plan.entries)
        left = f"{count} item{'' if count == 1 else 's'}, best first"
        if self._filter:
            left = f"{len(above) + len(below)} of {total} match “{self._filter}”"
        right = "bar: even odds, dim: 9 in 10" if count else ""
        self.plan.show(figures, above, below, keep)
        self.query_one(PlanHead).show(left, right, self.plan.owners)
        self.incoming.show(figures)
        self.show_preview()
        self.show_keys()

    def show_keys(self) -> None:
        """The keys that work now."""
        bar = self.query_one(KeyBar)
        if self.sheet.trade is not None:
            bar.show(keys.trade_hints(self.sheet), self.sheet)
        elif self.incoming.has_focus:
            bar.show(keys.INBOX)
        else:
            bar.show(keys.PLAN if self.session.plan_or_backlog else keys.EMPTY)

    def show_preview(self) -> None:
        """Pie and meter follow the cursor, the request, or the marks."""
        if not self.session.now.ready:
            return
        # What is shown already need not be drawn again; where everything moves at once, this is asked several times.
        entry, trade = self.subject, self.sheet.trade
        marks = key_of(self.sheet.out) if trade is not None else ()
        previewing = self.plan.previewing or self.incoming.has_focus
        shown = (self.session.now, entry, trade, marks, previewing, frozenset(self.classes))
        if shown != self._shown:
            self._shown = shown
            self.query_one(SidePanel).show(self.session.now, preview_of(self))

    def tell(self, words: str, *, severity: str = "information") -> None:
        """A sentence that passes."""
        self.notify(plain(words), markup=False, severity=severity, timeout=5)  # type: ignore[arg-type]

    def go_to(self, item_id: int) -> bool:
        """Turn to an item, in the plan or in the inbox; False where it is not shown."""
        row = self.plan.row_of(item_id)
        if row is not None:
            self.plan.move_to(row)
            self.plan.focus()
            return True
        if self.incoming.turn_to(item_id):
            self.incoming.focus()
            return True
        return False

    def others(self) -> Sequence[Seat]:
        """The seats of the others; none where nobody else is here."""
        live = getattr(self.app, "live", None)
        return live.others if live is not None else ()

    def say(self, words: str, before: Forecast) -> None:
        """What a change was, and what it cost since ``before``, in the header until the next one."""
        self._said = f"{clip(words, max(20, self.size.width - 45))}: {_cost(before, self.session.now.forecast)}"

    def mark_news(self, news: Sequence[News]) -> None:
        """Mark the rows that somebody else changed, for some seconds."""
        items = frozenset(item for each in news for item in each.items)
        if items:
            self.plan.mark_fresh(self.plan.fresh | items)
            self._fresh_until = monotonic() + FRESH_FOR
            self.set_timer(FRESH_FOR + 0.1, self._unmark_news)

    def _unmark_news(self) -> None:
        if monotonic() >= self._fresh_until:
            self.plan.mark_fresh(frozenset())

    def commit(
        self, command: Command, said: str = "", keep: int | None = None, seen: int | None = None
    ) -> Applied | None:
        """Write a command and show what came of it; a refusal is said and changes nothing.

        ``seen`` is the event up to which the plan was seen, where the command concerns all of it.
        """
        return self.carry_out(lambda: self.session.commit(command, said, seen), said, keep)

    def refuse(self, error: StaleError) -> None:
        """Say that somebody else came first, and show what they did; :attr:`refused` lets a conversation go on."""
        self.refused = str(error)
        _log.info("refused, %s", type(error).__name__)
        self.session.reload()
        self.mark_news(self.session.tell())
        self.refresh_all()
        self.tell(self.refused, severity="warning")

    def carry_out(self, act: Callable[[], Applied | None], said: str, keep: int | None = None) -> Applied | None:
        """Do what changes the store, and show what came of it; None where nothing did, which is said if it failed."""
        before = self.session.now.forecast
        self.refused, self.failed = "", True
        try:
            applied = act()
        except StaleError as error:
            self.refuse(error)
            return None
        except StoreError as error:
            _log.warning("refused, %s", type(error).__name__)
            self.tell(str(error), severity="error")
            return None
        self.failed = False
        if applied is None:
            return None
        if applied.event.undoes:
            said = "; ".join(filter(None, (f"{said}: {applied.event.label}", with_it(applied))))
        self.say(said or applied.event.label, before)
        self.mark_news(self.session.tell())
        self.refresh_all(keep)
        return applied

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        if event.input.id == "search":
            self._set_filter(event.value, update=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter, back to the rows."""
        if event.input.id == "search":
            if not self._filter:
                event.input.remove_class("-open")
            self.plan.focus()

    def _set_filter(self, text: str, *, update: bool = True) -> None:
        self._filter = text.strip()
        search = self.query_one("#search", Input)
        if update:
            with search.prevent(Input.Changed):
                search.value = text
            search.set_class(bool(text), "-open")
        self.refresh_all()

    def action_search(self) -> None:
        """Type to filter."""
        search = self.query_one("#search", Input)
        search.add_class("-open")
        search.focus()


def _cost(before: Forecast, after: Forecast) -> str:
    """What a change cost, or brought."""
    words = f"odds {arrow(before.odds, after.odds)}"
    rooms = room_words(before), room_words(after)
    return words if rooms[0] == rooms[1] else f"{words}, {rooms[0]} → {rooms[1].removeprefix('room ')}"
