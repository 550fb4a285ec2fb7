"""The mapping screen: how a file is read, and beside it what importing it would change, renewed with every change."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from store.common.errors import StaleError, StoreError
from store.database.watch import StoppedError, Watch
from store.imports.report import Conflict
from store.records import Command, Item
from tui.dialogs.dialog import SidedPage
from tui.dialogs.kept import Typed
from tui.flows.host import Host
from tui.imports.draft import ImportDraft
from tui.imports.lists import cells_of, entry_of, length, line_to_mend
from tui.imports.look import Look, look_at
from tui.imports.mapping_table import MappingHead, MappingTable
from tui.imports.preview import MappingFoot, PreviewHead, PreviewTable
from tui.imports.settings import Setting, field_words, settings_of
from tui.plan_view.keys import APP
from tui.session.figures import Figures
from tui.session.session import Session, Written
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.row_table import RowTable

_log = logging.getLogger("makeroom")
#: Seconds that a change waits for the next one before the file is looked at again.
PAUSE = 0.15
#: Seconds between two words on how far it is.
EVERY = 0.1
NOTHING = "Nothing to write: everything is here already. {leave} goes back."


class MappingAsks(NamedTuple):
    """What its keys ask for."""

    change: Callable[[MappingScreen, Setting], Coroutine[Any, Any, None]]
    mend: Callable[[MappingScreen, int, str], Coroutine[Any, Any, None]]
    conflicts: Callable[[MappingScreen, Sequence[Conflict]], Coroutine[Any, Any, None]]
    save: Callable[[MappingScreen], Coroutine[Any, Any, None]]
    load: Callable[[MappingScreen], Coroutine[Any, Any, None]]


class MappingScreen(SidedPage[bool]):
    """Dismissed with whether the file was taken in, as one step. A look at the file, and the writing, take a thread."""

    CSS_PATH = "mapping_screen.tcss"
    KEYS = Keys(
        "An import",
        Key("mapping.change", "enter,space", "Change it", "change", bar="change"),
        Key("mapping.part", "tab,shift+tab", "Preview, or mapping", "part", bar="preview"),
        Key("mapping.conflicts", "c", "Conflicts, one by one", "conflicts", bar="conflicts"),
        Key("mapping.save", "m", "Save the mapping", "save", bar="save the mapping"),
        Key("mapping.load", "M", "Take a saved mapping", "load", bar="a saved one"),
        Key("mapping.take", "I,ctrl+s", "Take it in", "take", bar="take it in"),
        Key("mapping.leave", "escape,q", "Back to the board", "leave", bar="back, nothing changed"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, board: Host, draft: ImportDraft, asks: MappingAsks) -> None:
        super().__init__()
        self._board = board
        self._asks = asks
        self.draft = draft
        #: what was found last; of an earlier draft or state while another look is under way
        self.found: Look | None = None
        #: whether a look is under way, and whether the import is being written
        self.looking = self.writing = False
        self._said = ""
        self._stop = threading.Event()
        self._progress: tuple[str, int, int | None] | None = None
        #: the rates to which the cursor was led
        self._led: set[str] = set()

    def compose(self) -> ComposeResult:
        """Header, how the file is read beside what that leads to, what is going on, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield MappingHead()
        with Horizontal(id="panes"):
            with Vertical(id="read"):
                yield MappingTable()
            with Vertical(id="found"):
                yield PreviewHead()
                yield PreviewTable()
        yield MappingFoot()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known at once, and look at the file."""
        self.table.focus()
        self.look_again()
        self.set_interval(EVERY, self._show_progress)

    # -------------------------------------------------- parts

    @property
    def board(self) -> Host:
        """The board below."""
        return self._board

    @property
    def table(self) -> MappingTable:
        """Settings and columns."""
        return self.query_one(MappingTable)

    @property
    def preview(self) -> PreviewTable:
        """The list that is shown."""
        return self.query_one(PreviewTable)

    # -------------------------------------------------- what was typed outlives the screen

    def kept(self) -> dict[str, str]:
        """What was said of the file."""
        return self.draft.kept()

    def refill(self, typed: Typed, *, last: bool) -> None:
        """Begin with what was said; the screen is always shown."""
        self.draft = self.draft.refilled(typed)

    def renew(self, words: str) -> None:
        """Others changed the plan: what the import would do is worked out anew."""
        if not self.writing:
            self.say(f"The plan changed: {words}. What is shown is being renewed.")
            self.look_again()

    # -------------------------------------------------- looking

    def change(self, draft: ImportDraft | None) -> None:
        """Read the file as this draft says from now on."""
        if draft is not None and draft != self.draft:
            self.draft, self._said = draft, ""
            self.look_again()

    def look_again(self) -> None:
        """Look at the file once more, on the state as it is now; what was found before is shown as old meanwhile."""
        self._stop.set()
        self._stop = threading.Event()
        self.looking, self._progress = True, None
        self._show()
        self._look()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        draft, before, session, stop = self.draft, self.found, self._board.session, self._stop
        watch = Watch(self._tell(stop), stop.is_set)
        try:
            if before is not None:
                await asyncio.sleep(PAUSE)
            found = await asyncio.to_thread(look_at, draft, session.state, session.workspace, watch, before)
        except asyncio.CancelledError:
            stop.set()
            raise
        except StoppedError:
            return
        if stop is not self._stop:
            return
        if found.draft is not self.draft:
            self.draft = found.draft
            another = self.KEYS.of(self.app, "load")
            self.say(f"Read by the mapping {found.draft.name}, which was made on such a file. {another} takes another.")
        self.found, self.looking, self._progress = found, False, None
        self._show()
        if found.lacks is not None and found.lacks not in self._led:
            # Once: whoever goes elsewhere then means to.
            self._led.add(found.lacks)
            if found.lacks == "unit":
                self.table.go_to_field("size")
            else:
                self.table.go_to(found.lacks)

    def _tell(self, stop: threading.Event):  # type: ignore[no-untyped-def]
        """What a thread tells of how far it is; drawn by and by, in the app's own."""

        def tell(what: str, done: int, total: int | None) -> None:
            if not stop.is_set():
                self._progress = what, done, total

        return tell

    # -------------------------------------------------- showing

    def _show(self) -> None:
        look, old = self.found, self.looking
        self.query_one(Header).show(self._board.session.now, where=self._board.where)
        table = look.table if look is not None else None
        found = ""
        if table is not None:
            sheet = f", sheet {table.sheet}" if table.sheet else f", {table.encoding}" if table.encoding else ""
            found = f"{len(table.rows):,} rows, {len(table.header):,} columns{sheet}"
        name = f"mapping {self.draft.name}" if self.draft.name else ""
        self.query_one(MappingHead).show(self.draft.path.name, found, name)
        self.table.show(settings_of(look, self.draft, self._board.session.state))
        self.query_one(PreviewHead).show(look, self.preview.kind, old=old)
        self.preview.show(look, self.preview.kind)
        self._show_foot()
        self.show_keys()

    def _show_progress(self) -> None:
        if self._progress is not None and (self.looking or self.writing) and self.is_current:
            self.query_one(MappingFoot).show_progress(*self._progress)

    def _show_foot(self) -> None:
        foot = self.query_one(MappingFoot)
        if self._progress is not None:
            foot.show_progress(*self._progress)
        elif self.found is not None and self.found.trouble and not self.looking:
            foot.show(f"{self.found.trouble} {self._said}".rstrip(), warns=True)
        elif self.found is None and self.looking:
            foot.show("reading …")
        else:
            foot.show(self._said or self._on_cursor())

    def _on_cursor(self) -> str:
        """The row on the cursor, whole."""
        if self.preview.has_focus and self.found is not None:
            if not self.preview.row_count():
                return ""
            entry = entry_of(self.found, self.preview.kind, self.preview.cursor)
            counted = self.found.plan.counted if self.found.plan is not None else "line"
            where = f"{counted} {entry.line}: " if entry.line else ""
            cells = cells_of(self.found, self.preview.kind, self.preview.cursor)
            return f"{where}{entry.title}{f': {entry.what}' if entry.what else ''}{f'   {cells}' if cells else ''}"
        row = self.table.row
        if row is None:
            return ""
        if row.guess is None:
            return f"{row.label}: {row.value}{f'   ({row.more})' if row.more and row.more != row.value else ''}"
        means = f", {field_words(row)}" if field_words(row) else ""
        taken = f"taken for {row.value}{means}" if row.guess.field else "not taken"
        return f"{row.label}: {taken}{' (a guess by its name)' if row.said == 'guess' else ''}.   {row.more}"

    def show_keys(self) -> None:
        """The keys that work now."""
        if self.writing:
            hints: tuple[Hint, ...] = (self.KEYS["leave"].hint("stop, nothing half done"),)
        elif self.preview.has_focus:
            lists = Hint((PreviewTable.KEYS["left"], PreviewTable.KEYS["right"]), "other lists")
            mapping = self.KEYS["part"].hint("mapping")
            mend = (self.KEYS["change"].hint("mend the row"),) if self.preview.kind in ("new", "not taken") else ()
            rest = (*self.KEYS.hints("conflicts", "save"), APP["keys"].hint("keys"), *self.KEYS.hints("leave"))
            hints = (*self.KEYS.hints("take"), *mend, lists, mapping, *rest)
        else:
            own = self.KEYS.hints("take", "change", "part", "conflicts", "save", "load")
            hints = (*own, APP["keys"].hint("keys"), *self.KEYS.hints("leave"))
        if self.found is not None and self.found.plan is not None and self.found.plan.conflicts:
            # Most wanted first: few fit on a narrow screen.
            hints = tuple(sorted(hints, key=lambda hint: hint.rows[0].short not in ("take", "conflicts")))
        self.query_one(KeyBar).show(hints)

    def say(self, words: str) -> None:
        """A sentence in the foot, until the cursor moves."""
        self._said = words
        self._show_foot()

    def on_row_table_highlighted(self, event: RowTable.Highlighted) -> None:
        """Show the row on the cursor whole."""
        self._said = ""
        self._show_foot()

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Two clicks change the row."""
        self.action_change()

    def on_preview_table_turned(self) -> None:
        """Another list is shown."""
        self._said = ""
        self.query_one(PreviewHead).show(self.found, self.preview.kind, old=self.looking)
        self._show_foot()
        self.show_keys()

    def on_preview_head_chosen(self, message: PreviewHead.Chosen) -> None:
        """A click on a count."""
        self.preview.focus()
        self.preview.show(self.found, message.kind)
        self.on_preview_table_turned()

    def on_descendant_focus(self) -> None:
        """Keys and foot are about another pane."""
        self.show_keys()
        self._show_foot()

    # -------------------------------------------------- keys

    def action_part(self) -> None:
        """To the preview, or back to the mapping."""
        (self.table if self.preview.has_focus else self.preview).focus()

    def action_change(self) -> None:
        """Change the row on the cursor; in the preview, mend it, or choose what both sides changed."""
        if self.writing:
            return
        if self.preview.has_focus:
            if self.preview.kind == "conflicts":
                self.action_conflicts()
            elif self.found is not None and not self.looking:
                found = line_to_mend(self.found, self.preview.kind, self.preview.cursor)
                if found is not None:
                    self.run_worker(self._asks.mend(self, *found), exclusive=True, group="ask")
                elif self.preview.kind not in ("notes", "gone") and length(self.found, self.preview.kind):
                    self.say("It is here already: change it on the board.")
            return
        if self.table.row is not None:
            self.run_worker(self._asks.change(self, self.table.row), exclusive=True, group="ask")

    def action_conflicts(self) -> None:
        """Choose what becomes of what changed on both sides."""
        if self.writing:
            return
        if self.found is None or self.found.plan is None or not self.found.plan.conflicts:
            self.say("Nothing changed on both sides.")
            return
        self.run_worker(self._asks.conflicts(self, self.found.plan.conflicts), exclusive=True, group="ask")

    def action_save(self) -> None:
        """Save the mapping under a name."""
        if not self.writing:
            self.run_worker(self._asks.save(self), exclusive=True, group="ask")

    def action_load(self) -> None:
        """Take a saved mapping."""
        if not self.writing:
            self.run_worker(self._asks.load(self), exclusive=True, group="ask")

    def action_leave(self) -> None:
        """Back, nothing changed; while it is written, stop that."""
        self._stop.set()
        if self.writing:
            self.query_one(MappingFoot).show("Stopping …" if self.found is not None else "It was imported already.")
        else:
            self.dismiss(False)

    # -------------------------------------------------- writing

    def action_take(self) -> None:
        """Take the file in, as the preview shows it."""
        if self.writing:
            return
        found = self.found
        if found is None or self.looking:
            words = "Wait for the preview: nothing is written that nobody could see. Then press {take} again."
            self.say(self.KEYS.said(self.app, words))
        elif found.plan is not None:
            command = found.plan.command()
            if command.empty:
                self.say(self.KEYS.said(self.app, NOTHING))
            else:
                self._write()

    # Without arguments: Textual writes out those of a worker, and a command is long.
    @work(group="write", exclusive=True)
    async def _write(self) -> None:
        board, session, found = self._board, self._board.session, self.found
        if found is None or found.plan is None:
            return
        command, words, seen = found.plan.command(), found.plan.brief, found.seq
        # The cursor goes to the first that came.
        new = next((put.id for put in command.puts if isinstance(put, Item) and put.id < 0), 0)
        try:
            session.require_seen(command, seen)
        except StaleError as error:
            self._again(error)
            return
        except StoreError as error:
            self.say(str(error))
            return
        self.writing, self._said, self._progress = True, "", ("writing", 0, None)
        self._show()
        session.away = True
        try:
            written = await self._write_in_thread(command, words)
            if written is None:
                return
            # What is written is read now, and need not be there twice.
            del command, found
            self.found, self._progress = None, ("reading what was written", 0, None)
            self.preview.show(None, self.preview.kind)
            later = await asyncio.to_thread(_read, session)
            self._end_writing()
            board.carry_out(lambda: session.follow_long(written, later), words, written.applied.ids.get(new))
        finally:
            session.away = False
        self.dismiss(True)

    async def _write_in_thread(self, command: Command, words: str) -> Written | None:
        """What was written; None where nothing was, which is said."""
        stop = self._stop = threading.Event()
        watch = Watch(self._tell(stop), stop.is_set)
        try:
            return await asyncio.to_thread(self._board.session.write_long, command, words, watch)
        except asyncio.CancelledError:
            stop.set()
            raise
        except StaleError as error:
            self._end_writing()
            self._again(error)
        except StoreError as error:
            _log.info("import not written, %s", type(error).__name__)
            self._end_writing()
            self.say(str(error))
        return None

    def _end_writing(self) -> None:
        self.writing, self._progress, self._stop = False, None, threading.Event()
        self._show()

    def _again(self, error: StaleError) -> None:
        """Somebody else came first: nothing was written, and the preview is made anew."""
        self._board.session.reload()
        self.look_again()
        self.say(f"{error} The preview is renewed.")


def _read(session: Session) -> Figures | None:
    """What the workspace holds; None where it cannot be read just now."""
    with suppress(StoreError):
        return session.read_long()
    return None
