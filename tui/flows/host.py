"""What a conversation may ask of the screen that holds it: the session, its parts, writing a change and telling of it.

The board is the host of every conversation. Flows name this type and never the board itself, which alone starts them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.geometry import Offset
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from scenarios.plan.plan import Entry, Plan
from scenarios.trade.door import Proposal, Trade
from scenarios.trade.guard import Guarded
from scenarios.trade.undo_words import with_it
from store.common.errors import StaleError, StoreError
from store.records import Applied, Command
from tui.drawing.marked_text import copy_marked, offset_at
from tui.drawing.plain import clip, plain
from tui.drawing.words import arrow, room_words
from tui.flows.steps import Step, Talk
from tui.plan_view.plan_table import PlanTable
from tui.plan_view.waiting_request import Incoming
from tui.session.news import News
from tui.session.session import Session
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.keys import key_named
from tui.widgets.one_frame import OneFrameScreen

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast
    from scenarios.swaps import Swap, Swaps

_log = logging.getLogger("makeroom")
Answer = TypeVar("Answer")


class SwapSearch(Protocol):
    """The search for the best swaps of the open trade sheet; a new one ends the old."""

    swaps: Swaps | None

    @property
    def rows(self) -> tuple[Swap, ...]:
        """The swaps that are on the table."""
        ...

    def start(self, trade: Trade) -> None:
        """Look for the best swaps of a trade."""

    def cancel(self) -> None:
        """Stop looking."""

    async def thread(self, swaps: Swaps, work: Callable[[], Answer]) -> Answer | None:
        """What ``work`` returns in a thread of its own; None where another search began meanwhile."""


class Host(OneFrameScreen[None]):
    """A screen that conversations are held on. What it shows, and what it starts, is for the board to say."""

    #: Textual repaints the whole screen when the focus moves; here the widgets concerned repaint themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, session: Session, name: str = "") -> None:
        """``name`` is the workspace's, where it is not the user's own."""
        super().__init__()
        self.session = session
        self._where = name
        self._said = ""
        #: held while a large change is being taken back
        self.undoing = asyncio.Lock()
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
        #: whether the trade sheet has come up by itself just now: no key typed before it stands is for it
        self.unbidden = False
        #: what comes when the trade sheet is closed, in place of the plan
        self.after_trade: Callable[[], None] | None = None

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Where the mouse is, in the text of what we draw ourselves, too."""
        return offset_at(super().get_widget_and_offset_at(x, y), x, y)

    def action_copy_text(self) -> None:
        """Copy what is marked."""
        copy_marked(self)

    # -------------------------------------------------- its parts

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

    @property
    def chosen(self) -> tuple[Sequence[Entry], str]:
        """The items that a key for many is about, and what they are in words: the marked ones, else those that the
        search leaves, else the row on the cursor."""
        marked = self.plan.marked
        if marked:
            now = self.session.now
            found = [entry for entry in (*now.plan.entries, *now.below) if entry.item.id in marked]
            return found, f"{len(found):,} marked item{'' if len(found) == 1 else 's'}"
        if self.filter:
            return self.plan.shown, f"{len(self.plan.shown):,} found by “{clip(self.filter, 40)}”"
        entry = self.plan.entry
        return ([entry], f"“{clip(entry.item.title, 50)}”") if entry is not None else ([], "nothing")

    @property
    def filter(self) -> str:
        """What is searched for; empty where all is shown."""
        raise NotImplementedError

    def search_for(self, text: str) -> None:
        """Show what this finds; all where it is empty."""
        raise NotImplementedError

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

    def after_inbox(self) -> None:
        """Back to the plan when no request waits any more."""
        if not self.session.now.inbox:
            self.plan.focus()

    # -------------------------------------------------- what the board says

    @property
    def swapping(self) -> SwapSearch:
        """The search that belongs to the open trade sheet."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """The keys that work now."""
        raise NotImplementedError

    def action_undo(self, redo: bool = False) -> None:
        """Take back the latest change; with ``redo``, bring back what was undone."""
        raise NotImplementedError

    def show_header(self, *, old: bool = False) -> None:
        """The header; ``old`` marks its odds while newer ones are being worked out."""
        raise NotImplementedError

    def show_taken(self) -> None:
        """Say at once that a key was taken that changes the plan: its odds are old until that is written."""
        raise NotImplementedError

    def refresh_all(self, keep: int | None = None) -> None:
        """Show the present state; the cursor stays on the item ``keep``, else where it was."""
        raise NotImplementedError

    def mark_news(self, news: Sequence[News]) -> None:
        """Mark the rows that somebody else changed, for some seconds."""
        raise NotImplementedError

    def look_for_news(self) -> None:
        """Show what others wrote meanwhile."""
        raise NotImplementedError

    def exchange(self, session: Session) -> None:
        """Show another workspace: nothing that was said, filtered or searched in the one before stays."""
        raise NotImplementedError

    def begin(self) -> None:
        """Offer the first steps where nobody has done anything yet."""
        raise NotImplementedError

    def propose(self, proposal: Proposal, said: str = "") -> None:
        """The one door: what fits goes in at once, what does not opens the trade sheet."""
        raise NotImplementedError

    def converse(self, name: str, item: int | None = None, steps: Iterable[Step] = ()) -> None:
        """Hold the conversation of this name, about the subject or another item, with what was typed in it before."""
        raise NotImplementedError

    # -------------------------------------------------- asking and telling

    async def ask(self, dialog: Screen[Answer]) -> Answer:
        """The answer of a dialog; a conversation remembers what was typed there."""
        if self.talk is not None:
            return await self.talk.ask(self.app, dialog)
        answer: Answer = await self.app.push_screen_wait(dialog)
        return answer

    def tell(self, words: str, *, severity: str = "information") -> None:
        """A sentence that passes."""
        self.notify(plain(words), markup=False, severity=severity, timeout=5)  # type: ignore[arg-type]

    def say(self, words: str, before: Forecast) -> None:
        """What a change was, and what it cost since ``before``, in the header until the next one."""
        self._said = f"{clip(words, max(20, self.size.width - 45))}: {_cost(before, self.session.now.forecast)}"

    # -------------------------------------------------- changing

    async def warm(self, plan: Plan) -> None:
        """Make the draws of a plan that needs many, in a thread, with the odds shown as old meanwhile."""
        if self.session.heavy(plan):
            self.show_header(old=True)
            await asyncio.to_thread(self.session.warm, plan)
            self.show_header()

    def commit(
        self, command: Command | Guarded, said: str = "", keep: int | None = None, seen: int | None = None
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
        before, signed = self.session.now.forecast, self.session.now.exceptions
        self.refused, self.failed = "", True
        try:
            applied = act()
        except StaleError as error:
            self.refuse(error)
            return None
        except StoreError as error:
            _log.warning("refused, %s", type(error).__name__)
            self.show_header()
            self.tell(str(error), severity="error")
            return None
        self.failed = False
        if applied is None:
            self.show_header()
            return None
        if applied.event.undoes:
            said = "; ".join(filter(None, (f"{said}: {applied.event.label}", with_it(applied))))
        self.say(said or applied.event.label, before)
        self.mark_news(self.session.tell())
        self.refresh_all(keep)
        if signed:
            from scenarios.verdict.exceptions import lost_words

            if lost := lost_words(signed, self.session.now.exceptions, key_named("board.exceptions")):
                self.tell(lost)
        return applied


def _cost(before: Forecast, after: Forecast) -> str:
    """What a change cost, or brought."""
    words = f"odds {arrow(before.odds, after.odds, after.plan.target)}"
    rooms = room_words(before), room_words(after)
    return words if rooms[0] == rooms[1] else f"{words}, {rooms[0]} → {rooms[1].removeprefix('room ')}"
