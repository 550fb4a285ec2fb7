"""The memos of a meeting: shown as they will be read, then written to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from scenarios.memos import Audience, Withheld
from scenarios.memos.pages_sent import send
from store.common.errors import Refused
from store.records import Customer, State
from tui.decisions.log_table import HistoryHead
from tui.decisions.meeting_table import MeetingTable
from tui.decisions.meetings import HeldMeeting, Meetings
from tui.decisions.memo_preview import preview_of
from tui.dialogs.dialog import SidedPage
from tui.flows.host import Host
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.row_table import RowTable
from tui.widgets.text_view import Paragraph, TextView

#: Seconds between two looks whether anything was written meanwhile.
EVERY = 0.5
FOR: Mapping[Audience, str] = {"team": "for the team", "executives": "for executives", "account": "for"}


@dataclass(frozen=True)
class Shown:
    """What is on screen: a meeting, for whom, and its text; ``trouble`` is why there is none, and
    ``withheld`` what is not on a customer's page: it is shown beneath, and written nowhere."""

    day: date
    audience: Audience
    customer: Customer | None
    state: State
    held: HeldMeeting | None = None
    text: str = ""
    trouble: str = ""
    withheld: tuple[Withheld, ...] = ()

    @property
    def whom(self) -> str:
        """For whom it is."""
        return f"for {self.customer.name}" if self.customer is not None else FOR[self.audience]


class MemoAsks(NamedTuple):
    """What its keys ask for: an account, and a file to write to."""

    account: Callable[[Host, HeldMeeting | None, Customer | None], Coroutine[Any, Any, Customer | None]]
    write: Callable[[Host, Shown, str], Coroutine[Any, Any, None]]


class Memo(SidedPage[None]):
    """Left with Esc; nothing here changes the plan."""

    CSS_PATH = "memo_screen.tcss"
    KEYS = Keys(
        "A memo",
        Key("memo.team", "1", "For the team", "audience('team')", bar="team"),
        Key("memo.executives", "2", "For executives", "audience('executives')", bar="executives"),
        Key("memo.account", "3", "For an account", "account", bar="account"),
        Key("memo.before", "left,comma", "The meeting before", "meeting(1)", bar="day"),
        Key("memo.after", "right,full_stop", "The meeting after", "meeting(-1)"),
        Key("memo.markdown", "s", "Write it as Markdown", "write('markdown')", bar="Markdown"),
        Key("memo.html", "H", "Write it as a web page", "write('html')", bar="HTML"),
        Key("memo.copy", "y", "Copy the memo", "copy", bar="copy"),
        Key("memo.sent", "t", "This account's page was sent: the next one tells from here on", "sent", bar="sent"),
        Key("memo.leave", "escape,q,m", "Back to the board", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, board: Host, asks: MemoAsks) -> None:
        """``board`` has a workspace in which something was decided."""
        super().__init__()
        self._board = board
        self._asks = asks
        self._state = board.session.state
        self._meetings = Meetings(board.session.workspace, self._state)
        self._audience: Audience = "team"
        self._customer: Customer | None = None
        self._renewed = ""
        self._shown: Shown | None = None

    def compose(self) -> ComposeResult:
        """Header, what it is, meetings and memo, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield HistoryHead()
        with Container(id="memo"):
            yield MeetingTable()
            yield TextView()
        yield KeyBar()

    def on_mount(self) -> None:
        """The last meeting, for the team."""
        before, after = self.KEYS["before"], self.KEYS["after"]
        who, write = (
            self.KEYS.hints("team", "executives", "account"),
            self.KEYS.hints("markdown", "html", "copy", "sent", "leave"),
        )
        self.query_one(KeyBar).show((*who, Hint((before, after), "day", before.runs), *write))
        self._list(None)
        self.query_one(TextView).focus()
        self.set_interval(EVERY, self._look)

    @property
    def shown(self) -> Shown | None:
        """What is on screen; None while it is being put together."""
        return self._shown

    # -------------------------------------------------- showing

    def _list(self, keep: date | None) -> None:
        table = self.query_one(MeetingTable)
        table.show([(day, self._meetings.count(day)) for day in self._meetings.days], keep)
        self._show()

    def _show(self) -> None:
        """The memo of the meeting on the cursor; what is on screen meanwhile is not taken for it."""
        self.query_one(Header).show(self._board.session.now, where=self._board.where)
        day = self.query_one(MeetingTable).day
        self._shown = None
        if day is None:
            # The last decision was taken back while it was looked at.
            self.query_one(HistoryHead).show("MEMO  there is no meeting any more")
            self.query_one(TextView).show([])
            return
        wanted = Shown(day, self._audience, self._customer if self._audience == "account" else None, self._state)
        self.query_one(HistoryHead).show(f"MEMO  {wanted.whom}, {day.isoformat()} …", self._renewed)
        self._put_together(wanted)

    @work(group="memo", exclusive=True)
    async def _put_together(self, wanted: Shown) -> None:
        """In a thread: the workspace as the meeting left it is read from the journal."""
        shown = await asyncio.to_thread(partial(_made, self._meetings, wanted))
        self._shown = shown
        count = self._meetings.count(shown.day)
        words = f"MEMO  {shown.whom}, {shown.day.isoformat()}, {count:,} decision{'' if count == 1 else 's'}"
        self.query_one(HistoryHead).show(words, self._renewed)
        self.query_one(TextView).show([Paragraph(shown.trouble)] if shown.trouble else _paragraphs(shown))

    def _look(self) -> None:
        """Renew it where anybody decided anything meanwhile."""
        session = self._board.session
        if not self.is_current or session.state.seq == self._state.seq:
            return
        keep = self.query_one(MeetingTable).day
        self._state = session.state
        self._meetings = Meetings(session.workspace, self._state)
        if self._customer is not None:
            self._customer = self._state.all(Customer).get(self._customer.id)
            self._audience = self._audience if self._customer is not None else "team"
        self._renewed = f"changed, renewed {datetime.now().astimezone():%H:%M:%S}"
        self._list(keep)

    def on_row_table_highlighted(self, event: RowTable.Highlighted) -> None:
        """Another meeting."""
        if event.control is self.query_one(MeetingTable):
            self._show()

    # -------------------------------------------------- keys

    def action_audience(self, audience: Audience) -> None:
        """For somebody else."""
        self._audience = audience
        self._show()

    def action_account(self) -> None:
        """For an account, which is asked for."""

        async def ask() -> None:
            held = self._shown.held if self._shown is not None else None
            customer = await self._asks.account(self._board, held, self._customer)
            if customer is not None:
                self._customer = customer
                self.action_audience("account")

        self.run_worker(ask(), exclusive=True, group="ask")

    def action_meeting(self, step: int) -> None:
        """To an earlier meeting (1), or a later one (-1)."""
        table = self.query_one(MeetingTable)
        if not 0 <= table.cursor + step < table.row_count():
            self._board.tell(f"There is no {'earlier' if step > 0 else 'later'} meeting.")
            return
        table.move_to(table.cursor + step)

    def action_write(self, kind: str) -> None:
        """Write it to a file whose name is asked for."""
        shown = self._shown
        if shown is None or shown.held is None or shown.trouble:
            self._board.tell("There is no memo to write yet.", severity="warning")
            return
        self.run_worker(self._asks.write(self._board, shown, kind), exclusive=True, group="ask")

    def action_copy(self) -> None:
        """The whole text, as Markdown."""
        if self._shown is not None and self._shown.text:
            self.app.copy_to_clipboard(self._shown.text)

    def action_sent(self) -> None:
        """Note that the page on screen was sent, where it is an account's, as all stands now."""
        shown = self._shown
        if shown is None or shown.customer is None or shown.trouble:
            self._board.tell("Only an account's page is sent: show it first.", severity="warning")
        elif shown.day != self._meetings.days[0]:
            self._board.tell("This page is of an earlier day: what is sent is the last one.", severity="warning")
        else:
            self._board.commit(send(shown.customer, datetime.now().astimezone()))

    def action_leave(self) -> None:
        """Back to the board."""
        self.app.pop_screen()


def _made(meetings: Meetings, wanted: Shown) -> Shown:
    """The memo, or why there is none."""
    customer = wanted.customer.id if wanted.customer is not None else None
    try:
        if customer is None:
            held = meetings.held(wanted.day)
            return replace(wanted, held=held, text=held.memo(wanted.audience))
        # The last one is of now: a page that was sent today is before it.
        held = meetings.account(None if wanted.day == meetings.days[0] else wanted.day, customer_id=customer)
        if customer in held.state.all(Customer):
            page = held.account(customer)
            return replace(wanted, held=held, text=page.text, withheld=page.withheld)
        trouble = f"{wanted.whom[4:]} was no customer on {wanted.day.isoformat()}: choose another meeting."
        return replace(wanted, held=held, trouble=trouble)
    except Refused as error:
        return replace(wanted, trouble=f"{str(error).rstrip('.')}.")


def _paragraphs(shown: Shown) -> Iterator[Paragraph]:
    """The memo as it is read, and beneath it, for whoever sends it, what is not in it."""
    yield from preview_of(shown.text)
    if shown.withheld:
        yield Paragraph("")
        yield Paragraph("NOT ON THE PAGE, for you alone", tone="bold")
        for each in shown.withheld:
            yield Paragraph(each.words, "• ")
