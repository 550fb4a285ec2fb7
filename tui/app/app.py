"""The app: opens a workspace, shows the board on it, and says in a sentence what it cannot do."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

# Numpy's linear algebra would start threads that nothing here needs, at the cost of start-up.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette, Provider
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget

from store.records import Customer
from store.sidecars.seats import Seats, has_drafts
from tui.app.noted_board import NotedBoard, note_board
from tui.app.type_ahead import TypeAhead
from tui.board.board import Board
from tui.drawing import themes
from tui.drawing.colours import ColourMode
from tui.drawing.plain import clip
from tui.plan_view.detail_line import DetailLine
from tui.plan_view.keys import APP
from tui.session.session import Session
from tui.terminal.first_frame import FirstFrame
from tui.terminal.shown_cells import SparingApp
from tui.widgets.textual_caches import let_widgets_go

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.notifications import SeverityLevel

    from tui.drawing.mask import Mask
    from tui.seats.live import Live

let_widgets_go()

#: What the command ends with after an error that nobody foresaw (EX_SOFTWARE of sysexits.h).
UNFORESEEN = 70
#: Seconds from the first picture to sitting down.
SEATED_AFTER = 0.05
#: Seconds from one look at whether a note of the state, or of the first frame, is to be left to the next.
NOTED_EVERY = 1.0
#: Seconds within which a second such error is one too many.
MOMENT = 10.0
#: The number of the signal that a closed terminal sends.
HUNG_UP = 1
#: What the app's run returns when the demo is wanted.
OPEN_DEMO = "demo"


def _board_commands() -> type[Provider]:
    # Imported when the palette is first opened.
    from tui.board.palette import BoardCommands

    return BoardCommands


class Notes(Protocol):
    """Leaves notes of the states that are on screen, for whoever asks for the status next."""

    def due(self, session: Session) -> Callable[[], None] | None:
        """What is to be done in a thread, if anything is."""

    def finish(self, session: Session) -> None:
        """The session is closed."""


class MakeroomApp(SparingApp):
    """One session on one workspace."""

    TITLE = "makeroom"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = App.COMMANDS | {_board_commands}
    KEYS = APP
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    # The board is the default screen, whose own CSS_PATH Textual would not load.
    CSS_PATH = "../board/board.tcss"
    CSS = """
    Screen { background: $background; }
    ModalScreen { background: $background 60%; }
    ModalScreen > Vertical { background: $panel; }
    Input { background: $track; }
    Input:focus { background: $background; }
    /* At the top, below the header: at the foot are the keys, and what a draft comes to. */
    ToastRack { dock: top; align: right top; margin: 1 0 0 0; }
    Toast { background: $panel; margin: 0; padding: 0 1; }
    SearchIcon { display: none; }
    """

    #: whether the board comes up for a projector
    projects = False
    #: hides customers and amounts on the screen and in what leaves it; None where they can be read
    mask: Mask | None = None

    def __init__(
        self,
        session: Session,
        *,
        name: str = "",
        colour_mode: ColourMode | None = None,
        theme: str | None = None,
        seats: Seats | None = None,
        own_process: bool = False,
        failed: bool = False,
        noting: Notes | None = None,
        first_frame: FirstFrame | None = None,
        noted: NotedBoard | None = None,
    ) -> None:
        """``name`` is shown in the header for a workspace that is not the user's own.

        With ``seats``, this seat and the others are known to each other, and what others change is shown at once.
        In its ``own_process`` it keeps a log, heeds signals, and offers what was being typed when it last ended so.
        ``failed`` says that it comes after one that failed. ``noting`` leaves notes of what is on screen;
        ``first_frame`` is on screen already, where it was ``noted`` at an earlier start as was what it is made from.
        """
        super().__init__(colour_mode, theme or themes.DARK, first_frame)
        self.seats = seats
        self.own_process = own_process
        self._failed = failed
        #: whether something was left from the last time, and is offered before anything else
        self.has_drafts = own_process and not session.workspace.read_only and has_drafts(session.workspace.path)
        #: the error that nobody foresaw, and that ended this app
        self.failure: Exception | None = None
        self.session = self._given = session
        self._type_ahead = TypeAhead(self)
        #: why what the person set of keys and theme is not taken; empty where it is
        self.unread = ""
        #: what ``makeroom status`` says is noted for whoever asks next
        self.noting = noting
        self.workspace_name = name
        #: what is noted of the board, by an earlier start or this one
        self.noted = noted or NotedBoard()
        self.slice_letters = "".join(part.letter for part in session.now.slices)

    @property
    def noted_pies(self) -> Mapping[str, Any]:
        """Pies that were drawn before, by their stamps."""
        return self.noted.pies

    @property
    def speaker(self) -> str:
        """Who is at the keyboard, where that was said with ``--as``: taken to decide, until somebody says otherwise."""
        return self.session.speaker

    def get_driver_class(self) -> type[Driver]:
        """Textual's choice; where that is a terminal, one that may go."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":
            return found
        from tui.terminal.terminal import TerminalDriver

        return TerminalDriver

    def on_ready(self) -> None:
        """The first screen stands: collect garbage from here on, without going through what start-up made."""
        if not gc.isenabled():
            # Nowhere else: of an app that went before in this process, what is garbage by now would be kept for good.
            gc.freeze()
            gc.enable()
        if self.own_process:
            asks = self._failed or self.has_drafts
            self.run_worker(self._settle_in(), group="question" if asks else "beginning")
        else:
            self._sit_down()
        self._type_ahead.begin()

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes go to what they are meant for, once it is up."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded and self._type_ahead.keeps(event):
            return
        if isinstance(event, events.Paste) and isinstance(self.screen, CommandPalette):
            # Textual's own line takes the first line alone.
            event.text = " ".join(event.text.split())
        await super().on_event(event)

    async def _note(self) -> None:
        """In a thread: nobody at this seat waits for it."""
        await self._note_frame()
        if self.noting is not None and (leave := self.noting.due(self.session)) is not None:
            await asyncio.to_thread(leave)
            await self._note_board()

    @property
    def _standing(self) -> Board | None:
        """The board, where it is on top with its odds."""
        top = self.screen_stack[-1] if self.screen_stack else None
        return top if isinstance(top, Board) and self.session.now.ready else None

    async def _note_board(self) -> None:
        board = self._standing
        if board is not None and board.sheet.trade is None:
            self.noted = await asyncio.to_thread(note_board(board, self.noted))

    async def _note_frame(self) -> None:
        """Note the first frame for the next start, where it still stands, as it does while nobody typed anything."""
        board, frame = self._standing, self.first_frame
        if board is None or frame is None or self._type_ahead.used:
            # On another workspace, it was typed how to get there.
            return
        if self.seated:
            # Who is here may be gone the next time.
            return
        size, lines = self._shown.size, self._shown.lines
        if lines is not None and not board.query_one(DetailLine).tells:
            self.first_frame = None
            await asyncio.to_thread(frame.keep, size, lines, self.session.state.seq)
            await self._note_board()

    async def _confirm(self) -> None:
        """Behind the first frame: work out what it told as it was noted."""
        if not self.noted.plans:
            return
        session, told = self.session, self.session.now
        right = await asyncio.to_thread(session.confirmed)
        if right is not None and session is self.session and told is session.now and self.screen_stack:
            session.now = right
            board = self.screen_stack[0]
            if isinstance(board, Board):
                board.refresh_all()

    def _sit_down(self) -> None:
        if self.seats is not None:
            self.live = _live(self, self.seats)
            self.live.start()

    async def _settle_in(self) -> None:
        """What can wait until the first screen stands: the log, the signals, and what was left from the last time."""
        # It is not needed for the first picture, which is on its way to the terminal.
        await asyncio.sleep(SEATED_AFTER)
        from tui.app.shutdown import heed_signals

        heed_signals(self)
        await self._confirm()
        await self._note_frame()
        # In a thread: the versions that it notes are looked up in files.
        await asyncio.to_thread(_begin_log)
        self._sit_down()
        self.set_interval(NOTED_EVERY, self._note)
        if self._failed:
            from tui.app.sorry_screen import Sorry

            if not await self.push_screen_wait(Sorry()):
                self.exit()
                return
        if not self.screen_stack:
            # It has ended meanwhile: there is nobody to tell.
            return
        board = self.screen_stack[0]
        if self.session.workspace.notice and isinstance(board, Board):
            board.tell(self.session.workspace.notice, severity="warning")
        if self.unread and isinstance(board, Board):
            board.tell(self.unread, severity="warning")
        if self.has_drafts and isinstance(board, Board):
            from tui.seats.dialog_drafts import offer_drafts

            await offer_drafts(board)
        elif isinstance(board, Board) and len(self.screen_stack) == 1 and not self._type_ahead.used:
            from tui.board.since_flow import tell_since

            await tell_since(board)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback with all values in it, and leave. What is typed is saved, the app ends, and
        # `run_board` begins again on what the store holds: a part that failed once is not to be trusted any more.
        first, self.failure = self.failure is None, self.failure or error
        self._return_code = UNFORESEEN
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        if first and self.own_process:
            from tui.app.log_file import begin, note_error
            from tui.app.shutdown import keep_draft

            begin()
            note_error(error)
            keep_draft(self)
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """The terminal is gone: only the thread that reads the keyboard comes here."""
        from tui.app.shutdown import end_by

        end_by(self, HUNG_UP)

    def on_unmount(self) -> None:
        """The seat is free again."""
        if self.own_process:
            from tui.app.shutdown import ignore_signals

            ignore_signals()
        if self.live is not None:
            self.live.stop()
        if self.session is not self._given:
            # Who gave the first one closes that.
            if self.session.in_meeting:
                from tui.session.meeting_snapshots import end_meeting

                end_meeting(self.session)
            self.session.workspace.close()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Textual's own commands for the palette that are right here: its themes, its panel of keys and its pictures
        are not."""
        return [each for each in super().get_system_commands(screen) if each.title == "Quit"]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say a sentence that passes: on the board in its line, where it covers nothing, else as Textual does."""
        on_board = isinstance(self.screen, Board)
        # Said there, it is not said again over a dialog that comes up meanwhile, where it would cover its keys.
        passes = 0 if on_board else timeout
        super().notify(message, title=title, severity=severity, timeout=passes, markup=markup)
        if on_board:
            grave = severity != "information"
            self.screen.query_one(DetailLine).tell(message, grave=grave, seconds=timeout or self.NOTIFICATION_TIMEOUT)

    def clear_notifications(self) -> None:
        """All is taken off the screen."""
        super().clear_notifications()
        if isinstance(self.screen, Board):
            self.screen.query_one(DetailLine).hush()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy through the terminal, and say so; never nothing, which would empty the clipboard."""
        if not text.strip():
            return
        # What is hidden on the screen stays so, but for what stands in a field: it is pasted into another.
        if self.mask is not None and getattr(self.focused, "selection", None) is None:
            text = self.mask.text(text)
        super().copy_to_clipboard(text)
        lines = len(text.splitlines())
        how_much = f"{lines} lines" if lines > 1 else f"“{clip(text.strip(), 40)}”"
        self.notify(f"Copied {how_much}, where the terminal lets programs copy.", markup=False, timeout=3)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of the colours and, where that is wanted, what hides customers and amounts."""
        found = super().get_line_filters()
        return [self.mask, *found] if self.mask is not None else found

    def action_command_palette(self) -> None:
        """All commands by name, over whatever is shown."""
        if not CommandPalette.is_open(self):
            words = "sort, hire, undo, a word of an item …   esc: back"
            self.push_screen(CommandPalette(placeholder=words, id="--command-palette"))

    def action_hide(self) -> None:
        """Customers and amounts can be read on this screen, or cannot."""
        if self.mask is None:
            from tui.drawing.mask import Mask

            self.mask = Mask(lambda: (each.name for each in self.session.state.all(Customer).values()))
        else:
            self.mask = None
        for screen in self.screen_stack:
            for part in (screen, *screen.walk_children(Widget)):
                part.refresh()

    def action_keys(self) -> None:
        """The keys of the page; one that answers for its figures does that instead."""
        from tui.dialogs.key_list import key_list

        if (keys := key_list(self)) is not None:
            self.push_screen(keys)

    def action_suspend(self) -> None:
        """Give the terminal back to the shell; in a text of several lines, take back what was typed."""
        # (Its class is read with the first such text.)
        if (undo := getattr(self.focused, "undo", None)) is not None:
            undo()
        elif self._driver is not None and self._driver.can_suspend:
            self.action_suspend_process()
        else:
            self.notify("There is no shell to go back to here.", markup=False, timeout=4)

    @on(Driver.SignalResume)
    def _come_back(self) -> None:
        """Write all of the screen again: a terminal keeps nothing of it while the shell has its own."""
        self.action_repaint()

    def get_default_screen(self) -> Board:
        """The board."""
        if self.seats is not None and not self.seats.own.drives:
            from tui.board.projector_board import FollowBoard

            return FollowBoard(self.session, self.workspace_name)
        return Board(self.session, self.workspace_name)


def _begin_log() -> None:
    from tui.app.log_file import begin

    begin()


def _live(app: MakeroomApp, seats: Seats) -> Live:
    # Imported when the first screen stands.
    if seats.own.drives:
        from tui.seats.live import Live

        return Live(app, seats)
    from tui.seats.follow import Following
    from tui.snapshots.plan_mirrors import mirrors

    following = Following(app, seats)
    following.mirrors = mirrors
    return following
