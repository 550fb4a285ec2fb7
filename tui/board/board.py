"""The board: the plan, the pie and the odds, and the forced choice in the same place."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import BindingType

from scenarios.plan.plan import Entry
from scenarios.plan.ranks import shifted
from scenarios.trade import changes
from scenarios.trade.door import Proposal
from scenarios.trade.proposals import propose_item
from store.common.errors import Refused
from tui.board.board_view import BoardView
from tui.board.view_preferences import keep_look, take_preferences
from tui.drawing.plain import plain
from tui.plan_view.detail_line import copied_words
from tui.plan_view.keys import BOARD
from tui.plan_view.pie import Pie
from tui.plan_view.side_panel import SidePanel
from tui.session.mends import mend
from tui.session.session import Session
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.header import scenario_of
from tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from textual.worker import WorkType

    from tui.flows.steps import Step
    from tui.practice.play_clock import PlayClock
    from tui.trade.swap_search import Swapping

Answer = TypeVar("Answer")
#: What the header calls the workspace of a play.
_PRACTICE = "practice"
#: Seconds for which a sentence of several lines stands.
_READ_IN = 20


class Board(BoardView):
    """What the board's keys do, and the conversations that they begin."""

    KEYS = BOARD
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    #: the clock of the play that is shown; None where it is no play
    play_clock: PlayClock | None = None

    @cached_property
    def swapping(self) -> Swapping:
        """The search for the best swaps, which most starts never need."""
        from tui.trade.swap_search import Swapping

        return Swapping(self)

    # -------------------------------------------------- showing

    def on_mount(self) -> None:
        """Show the plan as this person wants it; on an empty workspace, offer the first steps."""
        if said := take_preferences(self.plan, self.query_one(Pie)):
            self.tell(said, severity="warning")
        if getattr(self.app, "projects", False):
            self.action_project()
        self.refresh_all()
        if not self.session.now.ready:
            self._build_first()
        self._mend()
        self._watch_play()
        if not getattr(self.app, "has_drafts", False):
            self.begin()

    def _watch_play(self) -> None:
        """Where the workspace is that of a play, what is due in it comes, and what is said in it is shown."""
        if self.play_clock is not None:
            self.play_clock.stop()
            self.play_clock = None
        path = self.session.workspace.path
        if path.with_name(f"{path.name}.play").is_dir():
            from tui.practice.play_watch import clock_of

            self.play_clock = clock_of(self)
            if self.play_clock is not None:
                self.play_clock.start()
        if self.play_clock is not None or self._where == _PRACTICE:
            self._where = _PRACTICE if self.play_clock is not None else ""
            self.show_header()

    def _mend(self) -> None:
        """Set right what an older makeroom left wrong, and say so."""
        for said in mend(self.session):
            self.refresh_all()
            self.notify(plain(said), markup=False, timeout=_READ_IN)

    def begin(self) -> None:
        """Offer the first steps where nobody has done anything yet."""
        if not self.session.state.workspace.started and not self.session.plan_or_backlog:
            self._hold(self._first_steps)

    async def _first_steps(self) -> None:
        from tui.flows.conversation import converse

        # The board is drawn first.
        await self.wait_for_refresh()
        await converse(self, "start")

    def exchange(self, session: Session) -> None:
        """Show another workspace: nothing that was said, filtered or searched in the one before stays."""
        if "swapping" in self.__dict__:
            self.swapping.cancel()
            del self.__dict__["swapping"]
        self.session, self._shown = session, ()
        self._said = self.refused = self.beneath = ""
        self.plan.mark(frozenset())
        self._set_filter("")
        if not session.now.ready:
            self._build_first()
        self._watch_play()

    def on_row_table_highlighted(self, event: RowTable.Highlighted) -> None:
        """The cursor moved: the preview follows."""
        if event.control is self.plan:
            self.show_preview()
        elif event.control is self.sheet.swaps:
            self.sheet.highlighted()
        elif event.control is self.sheet.table:
            self._show_detail()

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Two clicks open the item."""
        if event.control is self.plan:
            self.action_open()

    def on_descendant_focus(self) -> None:
        """What the keys are about changed."""
        self.show_keys()
        self.show_preview()

    def on_incoming_clicked(self) -> None:
        """A click on the request turns to it."""
        self.incoming.focus()

    # -------------------------------------------------- what others change

    def look_for_news(self) -> None:
        """Show what others wrote meanwhile."""
        from tui.seats.news import look

        look(self)

    # -------------------------------------------------- changing

    def propose(self, proposal: Proposal, said: str = "") -> None:
        """The one door: what fits goes in at once, what does not opens the trade sheet."""
        from tui.trade.trade_flow import propose

        propose(self, proposal, said)

    def on_trade_sheet_changed(self) -> None:
        """Marks moved: pie and meter follow."""
        if self.sheet.trade is not None and not self.sheet.deciding and self.sheet.trade.state is self.session.state:
            # Whoever marks has looked.
            self.beneath = ""
        self.show_preview()
        self.show_keys()

    def on_trade_sheet_next_best(self, message: TradeSheet.NextBest) -> None:
        """Look further."""
        self.swapping.next_best(message.criterion)

    def on_unmount(self) -> None:
        """Nobody waits for a search that goes on."""
        if "swapping" in self.__dict__:
            self.swapping.cancel()
        if self.play_clock is not None:
            self.play_clock.stop()

    def on_trade_sheet_decided(self, message: TradeSheet.Decided) -> None:
        """Settle it."""
        from tui.trade.trade_flow import decided

        decided(self, message)

    def on_trade_sheet_way_wanted(self, message: TradeSheet.WayWanted) -> None:
        """Choose a way out."""
        self.converse("way", message.item_id)

    def on_trade_sheet_left(self, message: TradeSheet.Left) -> None:
        """Another way out."""
        from tui.trade.trade_flow import left

        left(self, message)
        if self.capacity_asked and self.sheet.trade is None:
            from tui.capacity.capacity_flow import take_back

            take_back(self, message)

    # -------------------------------------------------- keys

    def action_cross(self) -> None:
        """A planned item goes below the line; one from below, or a request, asks to come in or goes below."""
        entry = self.subject
        if entry is None:
            return
        if self.incoming.has_focus:
            from tui.trade.trade_flow import defer

            defer(self, entry.item.id)
            self.after_inbox()
        elif entry.item.state == "done":
            self.tell("It is done: it does not come back.")
        elif entry.item.state == "declined":
            self.commit(changes.restore(self.session.state, entry.item.id), keep=entry.item.id)
        elif entry.item.state == "plan":
            self._drop(entry)
        else:
            self._bring_up(entry)

    def _bring_up(self, entry: Entry) -> None:
        if not entry.sized:
            self.tell("It has no size yet: it cannot go above the line until it gets one.")
            self.action_flow("size")
            return
        try:
            self.propose(propose_item(self.session.state, entry.item.id), f"“{entry.item.title}” in")
        except Refused as error:
            self.tell(str(error), severity="warning")

    def _drop(self, entry: Entry) -> None:
        try:
            command = changes.drop(self.session.state, entry, self.session.now.forecast)
        except Refused as error:
            self.tell(str(error), severity="warning")
            return
        now = self.session.now
        if now.plan.quarter.state == "baselined" and not scenario_of(now):
            # What was agreed is not let go more lightly than something comes in: who and why are asked.
            from tui.board.plan_flow import drop_agreed

            self._hold(partial(drop_agreed, self, entry.item.id))
            return
        self.commit(command, keep=entry.item.id)

    def action_inbox(self) -> None:
        """To the requests that wait; again for the next."""
        if not self.session.now.inbox:
            self.tell(BOARD.said(self.app, "No requests wait. {add} adds one."))
        elif self.incoming.has_focus:
            self.incoming.next()
            self.show_preview()
        else:
            self.incoming.focus()

    def action_decline(self) -> None:
        """Decline the request that is shown."""
        if self.incoming.has_focus and self.incoming.entry is not None:
            self.converse("decline")

    def action_leave(self) -> None:
        """Back to the plan; there, drop the marks, then the filter."""
        if self.focused is self.query_one("#search"):
            # A filter that stays would stand with nothing on a small screen to tell of it.
            self._set_filter("")
            self.plan.focus()
        elif self.focused is not self.plan:
            self.plan.focus()
        elif self.plan.marked:
            self._mark(frozenset())
        elif self._filter:
            self._set_filter("")

    def action_mark(self) -> None:
        """Pick out the row on the cursor, or no longer; then the next row."""
        entry = self.plan.entry
        if entry is not None and self.plan.has_focus and entry.item.state in ("plan", "below"):
            self._mark(self.plan.marked ^ {entry.item.id})
            self.plan.action_cursor(1)

    def action_mark_all(self) -> None:
        """Pick out all that is shown; again: none."""
        shown = frozenset(entry.item.id for entry in self.plan.shown if entry.item.state in ("plan", "below"))
        if self.plan.has_focus:
            self._mark(frozenset() if shown <= self.plan.marked else self.plan.marked | shown)

    def _mark(self, items: frozenset[int]) -> None:
        self.plan.mark(items)
        self.show_head()

    def action_rank(self, step: int) -> None:
        """One place up or down in rank; the marked ones together."""
        entry = self.plan.entry
        if self.plan.marked and self.plan.has_focus:
            ids = [each.item.id for each in self.chosen[0]]
            self.commit(shifted(self.session.state, ids, step), keep=entry.item.id if entry is not None else None)
        elif entry is not None and not self._filter and self.plan.has_focus:
            self.commit(changes.reorder(self.session.state, entry.item.id, step), keep=entry.item.id)

    def action_undo(self, redo: bool = False) -> None:
        """Take back the latest change; with ``redo``, bring back what was undone."""
        from tui.flows.undo import take_back

        take_back(self, redo=redo)

    def action_copy(self) -> None:
        """The row as a line of text."""
        if self.subject is not None:
            self.app.copy_to_clipboard(copied_words(self.session.now, self.subject))

    def action_preview(self) -> None:
        """Preview on or off."""
        self.plan.previewing = not self.plan.previewing
        self.plan.redraw_row(self.plan.cursor)
        self.show_preview()
        self._keep(preview=self.plan.previewing)

    def action_patterns(self) -> None:
        """Patterns on or off."""
        pie = self.query_one(Pie)
        pie.patterns = not pie.patterns
        self._keep(patterns=pie.patterns)
        # In a pie of some ten lines no slice has room for more than its letter: the key would seem to do nothing.
        self.tell("Slices have patterns; a small one has its letter alone." if pie.patterns else "No patterns.")

    def action_left(self) -> None:
        """The pie of the whole quarter, or of what is left of it."""
        if self.session.now.plan.moment is None:
            self.tell("The quarter does not run yet: nobody has recorded progress.")
            return
        panel = self.query_one(SidePanel)
        panel.left, self._shown = not panel.left, ()
        self.show_preview()

    def action_theme(self) -> None:
        """For a dark room or a lit one."""
        from tui.drawing import themes

        dark = not self.app.current_theme.dark
        self.app.theme = themes.named(dark=dark, contrast=self.plan.projected)
        self._keep(theme="dark" if dark else "light")

    def action_project(self) -> None:
        """For whoever sits far from the screen, or no longer: large figures, few columns, whole titles, contrast."""
        from tui.drawing import themes

        self.plan.projected = not self.plan.projected
        self.set_class(self.plan.projected, "-projector")
        self.app.theme = themes.named(dark=self.app.current_theme.dark, contrast=self.plan.projected)
        self.on_resize()
        self.refresh_all()

    def _keep(self, **look: Any) -> None:
        """For the next time."""
        if getattr(self.app, "own_process", False) and (said := keep_look(**look)):
            self.tell(said, severity="warning")

    # -------------------------------------------------- what asks first

    def action_flow(self, name: str) -> None:
        """Hold a conversation that asks before it changes anything, unless a trade is open; one at a time."""
        if self.sheet.trade is None:
            self.converse(name)

    def converse(self, name: str, item: int | None = None, steps: Iterable[Step] = ()) -> None:
        """Hold the conversation of this name, about the subject or another item, with what was typed in it before."""
        from tui.flows.conversation import converse

        self._hold(partial(converse, self, name, steps, item))

    def _hold(self, conversation: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Hold one conversation at a time. It is begun by its worker: one that the next key takes away before leaves
        nothing behind."""

        async def hold() -> None:
            await conversation()

        begin: WorkType[None] = hold
        self.run_worker(begin, exclusive=True, group="flow")

    def action_open(self) -> None:
        """Edit the item; on the request, say yes."""
        if not self.incoming.has_focus:
            self.action_flow("edit")
        elif self.incoming.entry is not None:
            self._bring_up(self.incoming.entry)

    def action_facts(self) -> None:
        """What the app itself knows of the request; in the trade sheet, of what is asked."""
        from tui.requests.facts_flow import show_facts

        show_facts(self)

    def action_waits(self) -> None:
        """Who waits for the item, for what is below the line, for what is in plan."""
        from tui.requests.who_waits_flow import show_who_waits

        show_who_waits(self)

    def action_frontier(self) -> None:
        """Value against odds: for the request in the trade sheet, else for the whole plan."""
        from tui.trade.frontier_flow import show_frontier

        self._hold(partial(show_frontier, self))

    def action_flip(self) -> None:
        """Where the answer flips between two sizes of the item; in the trade sheet, of what asks in."""
        from tui.board.odds_flow import dispute_size

        self._hold(partial(dispute_size, self))

    def action_settle(self) -> None:
        """On a request its ways out; else the trade sheet on a plan that is below its target."""
        if self.incoming.has_focus and self.incoming.entry is not None:
            from tui.trade.ways_out_flow import open_ways

            if self.sheet.trade is None:
                open_ways(self, self.incoming.entry)
            return
        from tui.board.plan_flow import settle_open

        settle_open(self)

    def action_history(self, travel: bool = False) -> None:
        """Decisions and changes; with ``travel``, plan, mix and odds as they were at each."""
        from tui.decisions.log_screen import History

        self.app.push_screen(History(self.session, self._where, travel=travel))

    def action_memo(self) -> None:
        """What was decided in a meeting, for the team, for executives, for an account."""
        from tui.decisions.memo_flow import show_memo

        show_memo(self)

    def action_scenarios(self) -> None:
        """Main, its scenarios, and the snapshots."""
        from tui.snapshots.scenarios_flow import show_scenarios

        if self.sheet.trade is None:
            self._hold(partial(show_scenarios, self))

    def action_compare(self) -> None:
        """The plan beside others, and what differs."""
        from tui.compare.compare_flow import compare_plans

        if self.sheet.trade is None:
            self._hold(partial(compare_plans, self))

    def action_who(self) -> None:
        """Who else has the workspace open, and where they look."""
        from tui.board.who_is_here import show_who_is_here

        show_who_is_here(self, self.others())

    def action_help(self) -> None:
        """Why these odds, keys and words; in the trade sheet, why this swap."""
        if self.sheet.trade is not None:
            self.swapping.explain()
            return
        from tui.board.help_screen import Help

        self.app.push_screen(Help(self.session))
