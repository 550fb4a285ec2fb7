"""What the board has on screen: its parts, what they show, and how a change is written and told. Its keys are in
:mod:`tui.board.board`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import date
from functools import partial
from time import monotonic, thread_time
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from scenarios.items.terms import HINT
from scenarios.plan.departures import key_of
from store.common.errors import StoreError
from tui.board import keys
from tui.board.checklist import Checklist
from tui.board.preview import preview_of
from tui.board.search_line import rows_of
from tui.board.tour import Tour
from tui.flows.host import Host
from tui.plan_view.big_figures import BigFigures
from tui.plan_view.detail_line import DetailLine, detail_words, swap_words
from tui.plan_view.plan_table import PlanHead, PlanTable
from tui.plan_view.side_panel import SidePanel
from tui.plan_view.team_strip import TeamStrip
from tui.plan_view.waiting_request import Incoming
from tui.session.figures import Figures
from tui.session.news import News
from tui.session.session import Session
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from textual.timer import Timer

    from store.sidecars.seats import Seat
    from tui.session.weeks import Weeks

_log = logging.getLogger("makeroom")
#: Seconds for which a row that somebody else changed stays marked.
FRESH_FOR = 5.0
#: Seconds of a search that are felt while typing, and for which nobody types before it begins then.
_FELT, _PAUSE = 0.1, 0.3


class BoardView(Host):
    """Owns what is on screen now; widgets get values and post messages."""

    AUTO_FOCUS = "#plan"

    HORIZONTAL_BREAKPOINTS = breakpoints.HORIZONTAL
    VERTICAL_BREAKPOINTS = breakpoints.VERTICAL

    def __init__(self, session: Session, name: str = "") -> None:
        """``name`` is the workspace's, where it is not the user's own."""
        super().__init__(session, name)
        self._filter = ""
        self._shown: tuple[object, ...] = ()
        self._fresh_until = 0.0
        #: how many rows the search leaves, and of how many
        self._matches = 0, 0
        #: processor time of the latest search in seconds, and what waits to look for what was typed since
        self._search_took = 0.0
        self._typing: Timer | None = None
        #: what of the search cannot be read, as a sentence
        self._unread = ""
        #: the odds week by week of the figures beside them, and what finds them
        self._trend: tuple[Figures | None, Sequence[float]] = (None, ())
        self._weeks: Weeks | None = None

    @property
    def filter(self) -> str:
        """What is searched for; empty where all is shown."""
        return self._filter

    def compose(self) -> ComposeResult:
        """Header, plan with what is asked at its foot, side panel, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield BigFigures()
        yield TeamStrip()
        yield Checklist()
        yield Tour()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Vertical(id="list"):
                    yield PlanHead()
                    yield LineInput(placeholder=HINT, compact=True, id="search")
                    yield PlanTable()
                    yield Incoming(self.session.now)
                yield TradeSheet()
            yield SidePanel()
        yield DetailLine()
        yield KeyBar()

    def on_resize(self) -> None:
        """Two-line rows where there is plenty of height."""
        self.plan.fit(self.size.width >= 150 and self.size.height >= 50)
        self.call_after_refresh(self.show_preview)

    @work(group="odds")
    async def _build_first(self) -> None:
        """Work out a large plan's odds while its rows are on screen already."""
        figures = self.session.now
        await asyncio.to_thread(figures.build)
        if figures is self.session.now:
            self.refresh_all()

    def show_header(self, *, old: bool = False) -> None:
        """The header; ``old`` marks its odds while newer ones are being worked out."""
        trend = self._trend[1] if self._trend[0] is self.session.now else ()
        header = self.query_one(Header)
        header.show(self.session.now, self._said, self._where, old=old, trend=trend, today=date.today())
        if not old and not trend and self.session.now.ready and self.session.now.plan.moment is not None:
            self._look_back()

    def show_taken(self) -> None:
        """Say at once that a key was taken that changes the plan: its odds are old until that is written. A sentence
        that stands was about the plan before, and would go in a frame of its own."""
        self.query_one(DetailLine).hush()
        self.show_header(old=True)
        self.paint_now()

    @work(group="trend", exclusive=True)
    async def _look_back(self) -> None:
        """The odds of the weeks before, which are read from the journal in a thread."""
        figures, weeks = self.session.now, self.weeks
        try:
            trend = await asyncio.to_thread(lambda: weeks.trend)
        except StoreError as error:
            _log.warning("no odds of earlier weeks, %s", type(error).__name__)
            self._weeks = None
            return
        if figures is self.session.now and self.is_mounted:
            self._trend = figures, trend
            self.show_header()

    @property
    def weeks(self) -> Weeks:
        """What was known at the end of each week."""
        from tui.session.weeks import Weeks

        if self._weeks is None or self._weeks.session is not self.session:
            self._weeks = Weeks(self.session)
        return self._weeks

    def refresh_all(self, keep: int | None = None) -> None:
        """Show the present state; the cursor stays on the item ``keep``, else where it was."""
        figures = self.session.now
        at = self.plan.entry
        keep = keep if keep is not None else at.item.id if at else None
        above, below, total, self._unread = rows_of(figures, self._filter)
        self.show_header()
        self.query_one(Checklist).show(figures)
        self.query_one(Tour).look(self)
        self._matches = len(above) + len(below), total
        self.plan.show(figures, above, below, keep)
        self.show_head()
        self.incoming.show(figures)
        self.show_preview()
        self.show_keys()
        self.tell_all()

    def show_head(self) -> None:
        """The heading of the rows: how many there are, found, marked."""
        count = len(self.session.now.plan.entries)
        left = f"{count} item{'' if count == 1 else 's'}, best first"
        if self._filter:
            match = f"{self._matches[0]:,} of {self._matches[1]:,}"
            left = f"{match}: {self._unread}" if self._unread else f"{match} match “{self._filter}”"
        if self.plan.marked:
            left = f"{len(self.plan.marked):,} marked, {left}"
        runs = self.session.now.plan.moment is not None
        right = ("bar: spent, dim: left" if runs else "bar: even odds, dim: 9 in 10") if count else ""
        if self.plan.group:
            right = f"  by {self.plan.group}"
        figures = self.session.now
        self.query_one(PlanHead).show(left, right, self.plan, figures.forecast if figures.ready else None)

    def show_keys(self) -> None:
        """The keys that work now."""
        self.query_one(Tour).look(self)
        bar = self.query_one(KeyBar)
        if self.sheet.trade is not None:
            bar.show(keys.trade_hints(self.sheet), self.sheet)
        elif self.incoming.has_focus:
            bar.show(keys.INBOX)
        else:
            draft = self.session.now.plan.quarter.state == "draft"
            bar.show((keys.DRAFT if draft else keys.PLAN) if self.session.plan_or_backlog else keys.EMPTY)

    def show_preview(self) -> None:
        """Detail, pie and meter follow the cursor, the request, or the marks."""
        self._show_detail()
        self.query_one(Tour).look(self)
        if not self.session.now.ready:
            return
        # What is shown already need not be drawn again; where everything moves at once, this is asked several times.
        entry, trade = self.subject, self.sheet.trade
        marks = key_of(self.sheet.out) if trade is not None else ()
        previewing = self.plan.previewing or self.incoming.has_focus
        shown = (self.session.now, entry, trade, marks, previewing, frozenset(self.classes))
        if shown != self._shown:
            self._shown = shown
            preview = preview_of(self)
            self.query_one(SidePanel).show(self.session.now, preview)
            # What a trade would do to the teams; what the cursor alone would do has its place at the side.
            shown_plan = preview.after if preview is not None and trade is not None else self.session.now.forecast
            self.query_one(TeamStrip).show(shown_plan)
            self.query_one(BigFigures).show(self.session.now, preview.after if preview is not None else None)

    def _show_detail(self) -> None:
        """The row on the cursor, whole: of the plan, or of the trade sheet a swap or what could be given up."""
        subject, swap = self.subject, self.sheet.swap
        if self.sheet.trade is not None:
            candidate = self.sheet.table.candidate
            subject = candidate.entry if candidate is not None else None
        words = detail_words(self.session.now, subject) if subject is not None else ""
        self.query_one(DetailLine).show(swap_words(swap) if swap is not None else words)

    def others(self) -> Sequence[Seat]:
        """The seats of the others; none where nobody else is here."""
        live = getattr(self.app, "live", None)
        return live.others if live is not None else ()

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

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing; where that takes long, once nobody types."""
        if event.input.id == "search":
            self._stop_waiting()
            if self._search_took < _FELT:
                self._set_filter(event.value, update=False)
            else:
                # Of very many rows: what is typed meanwhile is looked for once, and no key waits for the one before.
                later = partial(self._set_filter, event.value, update=False)
                self._typing = self.set_timer(_PAUSE, later)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter, back to the rows."""
        if event.input.id == "search":
            if self._typing is not None:
                self._set_filter(event.value, update=False)
            if not self._filter:
                event.input.remove_class("-open")
            self.plan.focus()

    def search_for(self, text: str) -> None:
        """Show what this finds; all where it is empty."""
        self._set_filter(text)

    def _set_filter(self, text: str, *, update: bool = True) -> None:
        self._stop_waiting()
        began = thread_time()
        self._filter = text.strip()
        search = self.query_one("#search", Input)
        if update:
            with search.prevent(Input.Changed):
                search.value = text
            search.set_class(bool(text), "-open")
        self.refresh_all()
        self._search_took = thread_time() - began

    def _stop_waiting(self) -> None:
        if self._typing is not None:
            self._typing.stop()
            self._typing = None

    def action_search(self) -> None:
        """Type to filter."""
        search = self.query_one("#search", Input)
        search.add_class("-open")
        search.focus()
