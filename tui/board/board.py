"""The board: the plan, the pie and the odds, and the forced choice in the same place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from scenarios.figures.sizes import SizeError
from scenarios.plan.plan import Entry
from scenarios.trade import changes
from scenarios.trade.door import DoorError, Proposal
from scenarios.trade.proposals import propose_item
from tui.board.board_view import BoardView
from tui.session.session import Session
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from tui.flows.steps import Step
    from tui.trade.swap_search import Swapping

Answer = TypeVar("Answer")


class Board(BoardView):
    """The board's keys, and the conversations that they begin."""

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

    @cached_property
    def swapping(self) -> Swapping:
        """The search for the best swaps, which most starts never need."""
        from tui.trade.swap_search import Swapping

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
        from tui.flows.undo import take_back

        take_back(self)

    def action_redo(self) -> None:
        """Bring back what was undone."""
        from tui.flows.undo import take_back

        take_back(self, redo=True)

    def action_preview(self) -> None:
        """Preview on or off."""
        self.plan.previewing = not self.plan.previewing
        self.plan.redraw_row(self.plan.cursor)
        self.show_preview()

    def action_patterns(self) -> None:
        """Patterns on or off."""
        from tui.plan_view.pie import Pie

        pie = self.query_one(Pie)
        pie.patterns = not pie.patterns

    def action_theme(self) -> None:
        """For a dark room or a lit one."""
        from tui.drawing import themes

        self.app.theme = themes.LIGHT if self.app.theme == themes.DARK else themes.DARK

    # -------------------------------------------------- search

    # -------------------------------------------------- what asks first

    def _flow(self, name: str) -> None:
        """Hold a conversation that asks before it changes anything, unless a trade is open; one at a time."""
        if self.sheet.trade is None:
            self.converse(name)

    def converse(self, name: str, item: int | None = None, steps: Iterable[Step] = ()) -> None:
        """Hold the conversation of this name, about the subject or another item, with what was typed in it before."""
        from tui.flows.conversation import converse

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
        from tui.requests.facts_flow import show_facts

        show_facts(self)

    def action_waits(self) -> None:
        """Who waits for the item, for what is below the line, for what is in plan."""
        from tui.requests.who_waits_flow import show_who_waits

        show_who_waits(self)

    def action_frontier(self) -> None:
        """Value against odds: for the request in the trade sheet, else for the whole plan."""
        from tui.trade.frontier_flow import show_frontier

        self.run_worker(show_frontier(self), exclusive=True, group="flow")

    def action_capacity(self) -> None:
        """People and capacity of each team, the target and the aims."""
        self._flow("capacity")

    def action_levers(self) -> None:
        """The changes that would buy most points."""
        self._flow("levers")

    def action_flip(self) -> None:
        """Where the answer flips between two sizes of the item; in the trade sheet, of what asks in."""
        from tui.board.odds_flow import dispute_size

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
        if self.incoming.has_focus and self.incoming.entry is not None:
            from tui.trade.ways_out_flow import open_ways

            if self.sheet.trade is None:
                open_ways(self, self.incoming.entry)
            return
        from tui.board.plan_flow import settle_open

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
        from tui.decisions.log_screen import History

        self.app.push_screen(History(self.session, self._where))

    def action_memo(self) -> None:
        """What was decided in a meeting, for the team, for executives, for an account."""
        from tui.decisions.memo_flow import show_memo

        show_memo(self)

    def action_travel(self) -> None:
        """Plan, mix and odds as they were at the latest decision, and before."""
        from tui.decisions.log_screen import History

        self.app.push_screen(History(self.session, self._where, travel=True))

    def action_scenarios(self) -> None:
        """Main, its scenarios, and the snapshots."""
        from tui.snapshots.scenarios_flow import show_scenarios

        if self.sheet.trade is None:
            self.run_worker(show_scenarios(self), exclusive=True, group="flow")

    def action_compare(self) -> None:
        """The plan beside others, and what differs."""
        from tui.compare.compare_flow import compare_plans

        if self.sheet.trade is None:
            self.run_worker(compare_plans(self), exclusive=True, group="flow")

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
