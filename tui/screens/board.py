"""The board: the plan, the pie and the odds, and the forced choice in the same place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from scenarios import changes
from scenarios.door import DoorError, Proposal, propose_item
from scenarios.leaving import key_of
from scenarios.odds import Forecast
from scenarios.plan import Entry, Plan
from scenarios.sizes import SizeError
from store.errors import StaleError, StoreError
from store.records import Applied, Command
from tui.drawing.plain import clip, plain
from tui.screens import breakpoints, hints
from tui.screens.filtering import rows_of
from tui.screens.preview import preview_of
from tui.session import News, Session
from tui.widgets.header import Header
from tui.widgets.incoming import Incoming
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_input import LineInput
from tui.widgets.plan_table import PlanHead, PlanTable
from tui.widgets.row_table import RowTable
from tui.widgets.side_panel import SidePanel
from tui.widgets.trade_sheet import TradeSheet
from tui.widgets.words import arrow, room_words

if TYPE_CHECKING:
    from store.seats import Seat
    from tui.flows.swapping import Swapping
    from tui.flows.talk import Step, Talk

_log = logging.getLogger("makeroom")
#: Seconds for which a row that somebody else changed stays marked.
FRESH_FOR = 5.0
Answer = TypeVar("Answer")


class Board(Screen[None]):
    """Owns what is on screen now; widgets get values and post messages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add a request", id="board.add"),
        Binding("b", "cross", "Across the line", id="board.cross"),
        Binding("e", "size", "Size it", id="board.size"),
        Binding("enter", "edit", "Edit the item", id="board.edit"),
        Binding("E", "edit_item", "Edit the request", show=False, id="board.edit_request"),
        Binding("V", "worth", "Value, pin, needs, first version", id="board.worth"),
        Binding("r", "card", "Request card", id="board.card"),
        Binding("f", "facts", "Facts of the request", id="board.facts"),
        Binding("w", "waits", "Who waits", id="board.waits"),
        Binding("F", "frontier", "What is possible", id="board.frontier"),
        Binding("c", "capacity", "Capacity, target and aims", id="board.capacity"),
        Binding("i", "inbox", "Requests that wait", id="board.inbox"),
        Binding("n", "decline", "Decline the request", id="board.decline"),
        Binding("K,shift+up", "rank(-1)", "Up in rank", id="board.up"),
        Binding("J,shift+down", "rank(1)", "Down in rank", id="board.down"),
        Binding("plus", "levers", "What would buy most points", id="board.levers"),
        Binding("x", "flip", "Does this size matter?", id="board.flip"),
        Binding("L", "fill", "Fill to the line", id="board.fill"),
        Binding("B", "baseline", "Baseline the plan", id="board.baseline"),
        Binding("Z", "close_quarter", "Close the quarter", id="board.close"),
        Binding("o", "settle", "Settle what is open; ways out of a request", id="board.settle"),
        Binding("exclamation_mark", "exceptions", "What was signed for, and stands", id="board.exceptions"),
        Binding("u,ctrl+z", "undo", "Undo", id="board.undo"),
        Binding("U,ctrl+y", "redo", "Redo", id="board.redo"),
        Binding("slash", "search", "Search and filter", id="board.search"),
        Binding("space", "preview", "Preview on or off", id="board.preview"),
        Binding("p", "patterns", "Patterns on or off", id="board.patterns"),
        Binding("t", "theme", "Light or dark", id="board.theme"),
        Binding("h", "history", "Decisions and history", id="board.history"),
        Binding("m", "memo", "Memo of a meeting", id="board.memo"),
        Binding("comma,full_stop", "travel", "Time travel: plan and odds as they were", id="board.travel"),
        Binding("s", "scenarios", "Snapshots and scenarios", id="board.scenarios"),
        Binding("d", "compare", "Compare with another plan", id="board.compare"),
        Binding("I", "import_file", "Import a file", id="board.import"),
        Binding("X", "export_file", "Export to a file", id="board.export"),
        Binding("T", "tables", "Slices, rules, T-shirts, rates", id="board.tables"),
        Binding("S", "start", "Quarter, teams, first steps", id="board.start"),
        Binding("C", "charter", "Charter: roles, rights, principles", id="board.charter"),
        Binding("O", "one_offs", "One-offs and the purse", id="board.one_offs"),
        Binding("P", "commitments", "Commitments", id="board.commitments"),
        Binding("at", "who", "Who is here", id="board.who"),
        Binding("question_mark,f1", "help", "Why these odds, and help", id="board.help"),
        Binding("escape", "leave", "Back to the plan", show=False, id="board.leave"),
        Binding("q", "app.quit", "Quit", id="board.quit"),
    ]

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

    # -------------------------------------------------- parts

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

    @cached_property
    def swapping(self) -> Swapping:
        """The search for the best swaps, which most starts never need."""
        from tui.flows.swapping import Swapping

        return Swapping(self)

    # -------------------------------------------------- showing

    def on_mount(self) -> None:
        """Show the plan; on an empty workspace, offer the first steps."""
        self.refresh_all()
        if not self.session.now.ready:
            self._build_first()
        if not getattr(self.app, "has_drafts", False):
            self.begin()

    def begin(self) -> None:
        """Offer the first steps where nobody has done anything yet."""
        if not self.session.state.workspace.started and not self.session.plan_or_backlog:
            self.call_after_refresh(self.action_start)

    def exchange(self, session: Session) -> None:
        """Show another workspace: nothing that was said, filtered or searched in the one before stays."""
        if "swapping" in self.__dict__:
            self.swapping.cancel()
            del self.__dict__["swapping"]
        self.session, self._shown = session, ()
        self._said = self.refused = self.beneath = ""
        self._set_filter("")
        if not session.now.ready:
            self._build_first()

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
            bar.show(hints.trade_hints(self.sheet))
        elif self.incoming.has_focus:
            bar.show(hints.INBOX)
        else:
            bar.show(hints.PLAN if self.session.plan_or_backlog else hints.EMPTY)

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

    def on_row_table_highlighted(self, event: RowTable.Highlighted) -> None:
        """The cursor moved: the preview follows."""
        if event.control is self.plan:
            self.show_preview()
        elif event.control is self.sheet.swaps:
            self.sheet.highlighted()

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Two clicks open the item."""
        if event.control is self.plan:
            self.action_edit()

    def on_descendant_focus(self) -> None:
        """What the keys are about changed."""
        self.show_keys()
        self.show_preview()

    def on_incoming_clicked(self) -> None:
        """A click on the request turns to it."""
        self.incoming.focus()

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

    # -------------------------------------------------- what others change

    def others(self) -> Sequence[Seat]:
        """The seats of the others; none where nobody else is here."""
        live = getattr(self.app, "live", None)
        return live.others if live is not None else ()

    def look_for_news(self) -> None:
        """Show what others wrote meanwhile."""
        from tui.flows.news import look

        look(self)

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

    # -------------------------------------------------- changing

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
        self.say(f"{said}: {applied.event.label}" if applied.event.undoes else said or applied.event.label, before)
        self.mark_news(self.session.tell())
        self.refresh_all(keep)
        return applied

    def propose(self, proposal: Proposal, said: str = "") -> None:
        """The one door: what fits goes in at once, what does not opens the trade sheet."""
        from tui.flows.trading import propose

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

    def on_trade_sheet_decided(self, message: TradeSheet.Decided) -> None:
        """Settle it."""
        from tui.flows.trading import decided

        decided(self, message)

    def on_trade_sheet_way_wanted(self, message: TradeSheet.WayWanted) -> None:
        """Choose a way out."""
        self.converse("way", message.item_id)

    def on_trade_sheet_left(self, message: TradeSheet.Left) -> None:
        """Another way out."""
        from tui.flows.trading import left

        left(self, message)

    # -------------------------------------------------- keys

    def action_trade(self, what: str) -> None:
        """What a click on the trade sheet's keys does."""
        sheet = self.sheet
        match what:
            case "mark":
                sheet.action_mark()
            case "confirm":
                sheet.action_confirm()
            case "sign":
                sheet.action_sign()
            case "next":
                sheet.action_next_best()
            case "back":
                sheet.action_back()
            case _:
                sheet.action_leave_by(what)

    def action_cross(self) -> None:
        """A planned item goes below the line; one from below, or a request, asks to come in or goes below."""
        entry = self.subject
        if entry is None:
            return
        if self.incoming.has_focus:
            from tui.flows.trading import defer

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
            self.action_size()
            return
        try:
            self.propose(propose_item(self.session.state, entry.item.id), f"“{entry.item.title}” in")
        except (DoorError, SizeError) as error:
            self.tell(str(error), severity="warning")

    def _drop(self, entry: Entry) -> None:
        try:
            command = changes.drop(self.session.state, entry, self.session.now.forecast)
        except DoorError as error:
            self.tell(str(error), severity="warning")
            return
        self.commit(command, keep=entry.item.id)

    def action_answer(self) -> None:
        """A yes to the request that is shown."""
        entry = self.incoming.entry
        if entry is not None:
            self._bring_up(entry)

    def after_inbox(self) -> None:
        """Back to the plan when no request waits any more."""
        if not self.session.now.inbox:
            self.plan.focus()

    def action_inbox(self) -> None:
        """To the requests that wait; again for the next."""
        if not self.session.now.inbox:
            self.tell("No requests wait. a adds one.")
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
        """Back to the plan; there, drop the filter."""
        if self.focused is self.query_one("#search"):
            # A filter that stays would stand with nothing on a small screen to tell of it.
            self._set_filter("")
            self.plan.focus()
        elif self.focused is not self.plan:
            self.plan.focus()
        elif self._filter:
            self._set_filter("")

    def action_rank(self, step: int) -> None:
        """One place up or down in rank."""
        entry = self.plan.entry
        if entry is not None and not self._filter and self.plan.has_focus:
            self.commit(changes.reorder(self.session.state, entry.item.id, step), keep=entry.item.id)

    def action_undo(self) -> None:
        """Take back the latest change."""
        from tui.flows.undoing import take_back

        take_back(self)

    def action_redo(self) -> None:
        """Bring back what was undone."""
        from tui.flows.undoing import take_back

        take_back(self, redo=True)

    def action_preview(self) -> None:
        """Preview on or off."""
        self.plan.previewing = not self.plan.previewing
        self.plan.redraw_row(self.plan.cursor)
        self.show_preview()

    def action_patterns(self) -> None:
        """Patterns on or off."""
        from tui.widgets.pie import Pie

        pie = self.query_one(Pie)
        pie.patterns = not pie.patterns

    def action_theme(self) -> None:
        """For a dark room or a lit one."""
        from tui import themes

        self.app.theme = themes.LIGHT if self.app.theme == themes.DARK else themes.DARK

    # -------------------------------------------------- search

    def action_search(self) -> None:
        """Type to filter."""
        search = self.query_one("#search", Input)
        search.add_class("-open")
        search.focus()

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

    # -------------------------------------------------- what asks first

    def _flow(self, name: str) -> None:
        """Hold a conversation that asks before it changes anything, unless a trade is open; one at a time."""
        if self.sheet.trade is None:
            self.converse(name)

    def converse(self, name: str, item: int | None = None, steps: Iterable[Step] = ()) -> None:
        """Hold the conversation of this name, about the subject or another item, with what was typed in it before."""
        from tui.flows.talk import converse

        self.run_worker(converse(self, name, steps, item), exclusive=True, group="flow")

    async def ask(self, dialog: Screen[Answer]) -> Answer:
        """The answer of a dialog; a conversation remembers what was typed there."""
        if self.talk is not None:
            return await self.talk.ask(self, dialog)
        answer: Answer = await self.app.push_screen_wait(dialog)
        return answer

    def action_add(self) -> None:
        """A new request."""
        self._flow("add")

    def action_edit(self) -> None:
        """Edit the item; on the request, say yes."""
        if self.incoming.has_focus:
            self.action_answer()
        else:
            self.action_edit_item()

    def action_edit_item(self) -> None:
        """Edit what the keys are about, the request included."""
        self._flow("edit")

    def action_size(self) -> None:
        """Size the item."""
        self._flow("size")

    def action_worth(self) -> None:
        """What the item is worth, what holds it in plan, what it needs, its first version."""
        self._flow("worth")

    def action_card(self) -> None:
        """All that the request carries."""
        self._flow("card")

    def action_facts(self) -> None:
        """What the app itself knows of the request; in the trade sheet, of what is asked."""
        from tui.flows.facts import show_facts

        show_facts(self)

    def action_waits(self) -> None:
        """Who waits for the item, for what is below the line, for what is in plan."""
        from tui.flows.who_waits import show_who_waits

        show_who_waits(self)

    def action_frontier(self) -> None:
        """Value against odds: for the request in the trade sheet, else for the whole plan."""
        from tui.flows.frontier import show_frontier

        self.run_worker(show_frontier(self), exclusive=True, group="flow")

    def action_capacity(self) -> None:
        """People and capacity of each team, the target and the aims."""
        self._flow("capacity")

    def action_levers(self) -> None:
        """The changes that would buy most points."""
        self._flow("levers")

    def action_flip(self) -> None:
        """Where the answer flips between two sizes of the item; in the trade sheet, of what asks in."""
        from tui.flows.figures import dispute_size

        self.run_worker(dispute_size(self), exclusive=True, group="flow")

    def action_fill(self) -> None:
        """Take items in rank order until the odds come down to the target."""
        self._flow("fill")

    def action_baseline(self) -> None:
        """Stamp the agreed plan."""
        self._flow("baseline")

    def action_close_quarter(self) -> None:
        """What was planned took so much; the next quarter opens."""
        self._flow("close")

    def action_settle(self) -> None:
        """On a request its ways out; else the trade sheet on a plan that is below its target."""
        from tui.flows.planning import settle_open

        settle_open(self)

    def action_exceptions(self) -> None:
        """The exceptions that stand, to review or clear."""
        self._flow("exceptions")

    def action_import_file(self) -> None:
        """Import a file."""
        self._flow("import")

    def action_export_file(self) -> None:
        """Write plan, decisions or one-offs to a file."""
        self._flow("export")

    def action_tables(self) -> None:
        """The small tables."""
        self._flow("tables")

    def action_charter(self) -> None:
        """Roles, decision rights, principles, figures."""
        self._flow("charter")

    def action_one_offs(self) -> None:
        """The one-off budget, the purse, the ledger, what three of a kind would have made."""
        self._flow("one-offs")

    def action_commitments(self) -> None:
        """What was promised to whom."""
        self._flow("commitments")

    def action_start(self) -> None:
        """Quarter, teams, first items."""
        self._flow("start")

    def action_history(self) -> None:
        """Decisions and changes."""
        from tui.screens.history import History

        self.app.push_screen(History(self.session, self._where))

    def action_memo(self) -> None:
        """What was decided in a meeting, for the team, for executives, for an account."""
        from tui.flows.memos import show_memo

        show_memo(self)

    def action_travel(self) -> None:
        """Plan, mix and odds as they were at the latest decision, and before."""
        from tui.screens.history import History

        self.app.push_screen(History(self.session, self._where, travel=True))

    def action_scenarios(self) -> None:
        """Main, its scenarios, and the snapshots."""
        from tui.flows.scenarios import show_scenarios

        if self.sheet.trade is None:
            self.run_worker(show_scenarios(self), exclusive=True, group="flow")

    def action_compare(self) -> None:
        """The plan beside others, and what differs."""
        from tui.flows.comparing import compare_plans

        if self.sheet.trade is None:
            self.run_worker(compare_plans(self), exclusive=True, group="flow")

    def action_who(self) -> None:
        """Who else has the workspace open, and where they look."""
        from tui.flows.who import show_who_is_here

        show_who_is_here(self, self.others())

    def action_help(self) -> None:
        """Why these odds, keys and words; in the trade sheet, why this swap."""
        if self.sheet.trade is not None:
            self.swapping.explain()
            return
        from tui.screens.help import Help

        self.app.push_screen(Help(self.session))


def _cost(before: Forecast, after: Forecast) -> str:
    """What a change cost, or brought."""
    words = f"odds {arrow(before.odds, after.odds)}"
    rooms = room_words(before), room_words(after)
    return words if rooms[0] == rooms[1] else f"{words}, {rooms[0]} → {rooms[1].removeprefix('room ')}"
