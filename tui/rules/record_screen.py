"""A screen over the board on which records are looked at and changed: each change is written at once, by itself.

What is typed into one of its forms outlives a refusal, and the end of the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from store.records import Applied, Command, State
from tui.dialogs.dialog import SidedPage
from tui.dialogs.kept import Keeps, Typed
from tui.dialogs.plain_form import form_of
from tui.flows.host import Host
from tui.forms.plain_change import PlainChange
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.row_table import RowTable
from tui.widgets.section_table import RowPanel, SectionRow, SectionTable

Answer = TypeVar("Answer")
Asks = Callable[[Any], Coroutine[Any, Any, None]]
READ_ONLY = "This seat is read only: nothing is changed from here."
#: Seconds between two looks whether the plan is another one.
EVERY = 0.25
#: How what is typed into a form is told from what is asked, where both are kept.
_FIELD = "field "


class RecordScreen(SidedPage[str | None]):
    """Dismissed with where to go next, or None after Esc. Subclasses say what the rows are, and what the keys ask."""

    # Whole: a name alone is looked for beside the subclass.
    CSS_PATH = Path(__file__).with_name("record_screen.tcss")
    AUTO_FOCUS = "#rows"
    KEYS = Keys(
        "Charter, commitments and one-offs alike",
        Key("records.why", "question_mark,f1", "Why this figure, what this is", "why", bar="why"),
        Key("records.undo", "u", "Undo", "undo", bar="undo"),
        Key("records.redo", "U,ctrl+y", "Redo", "undo(True)"),
        Key("records.leave", "escape,q", "Back to the board", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, board: Host, asks: Mapping[str, Asks], at: str = "") -> None:
        """``asks`` are what its keys ask for, by name; ``at`` is the key of the row that the cursor begins on."""
        super().__init__()
        self.board = board
        self._asks = asks
        #: the state whose rows are shown
        self._shown: State | None = None
        #: what is being asked, about which row, in which dialog; what was typed there the last time
        self._asking, self._about = "", at
        self._dialog: Keeps | None = None
        self._typed: dict[str, str] = {}
        self._next = ""

    # -------------------------------------------------- for subclasses

    def head(self) -> ComposeResult:
        """What stands above the rows."""
        raise NotImplementedError

    def rows(self) -> Sequence[SectionRow]:
        """The rows of the present state."""
        raise NotImplementedError

    def show_head(self) -> None:
        """What stands above the rows, for the present state."""

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """The keys that work on a row."""
        raise NotImplementedError

    def explain(self, row: SectionRow) -> None:
        """Answer ``?`` for a row."""
        from tui.dialogs.figure_why import show_figure

        if row.figures:
            show_figure(self, *row.figures)
        else:
            self.board.tell("There is no figure here: go to one, then ? again.")

    # -------------------------------------------------- showing

    def compose(self) -> ComposeResult:
        """Header, head, rows, the one on the cursor whole, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield from self.head()
        yield SectionTable()
        yield RowPanel()
        yield KeyBar()

    @property
    def state(self) -> State:
        """The present state."""
        return self.board.session.state

    @property
    def table(self) -> SectionTable:
        """The rows."""
        return self.query_one(SectionTable)

    @property
    def row(self) -> SectionRow | None:
        """The row on the cursor."""
        return self.table.row

    def on_mount(self) -> None:
        """Show the rows; take up what was being asked when this ended the last time."""
        self.show(self._about)
        self.set_interval(EVERY, self._look)
        if self._asking in self._asks:
            self.action_ask(self._asking)

    def show(self, key: str = "") -> None:
        """Show the present state; the cursor stays on its row, or goes to the row ``key``."""
        self._shown = self.state
        key = key or (self.row.key if self.row is not None else "")
        self.query_one(Header).show(self.board.session.now, where=self.board.where)
        self.show_head()
        self.table.show(self.rows(), key)
        self.on_row_table_highlighted()

    def on_row_table_highlighted(self, event: RowTable.Highlighted | None = None) -> None:
        """The row on the cursor whole, and its keys."""
        self.query_one(RowPanel).show(self.row)
        self.query_one(KeyBar).show(self.hints(self.row))

    def on_row_table_opened(self) -> None:
        """Two clicks do what enter does."""
        self.action_open()

    def action_open(self) -> None:
        """What enter does."""

    def renew(self, words: str) -> None:
        """Others changed something: this is how it is now."""
        self.show()

    def _look(self) -> None:
        """Whatever changed the state without a word, an undo of a large change for one, is shown too."""
        if self._shown is not self.state:
            self.show()

    # -------------------------------------------------- asking

    def action_ask(self, name: str) -> None:
        """Ask for what a key needs."""
        if self.board.session.workspace.read_only:
            self.board.tell(READ_ONLY, severity="warning")
            return
        self._look()
        self._asking, self._about = name, self.row.key if self.row is not None else ""
        self.run_worker(self._ask(name), exclusive=True, group="ask")

    async def _ask(self, name: str) -> None:
        try:
            await self._asks[name](self)
        finally:
            # It was dealt with here: the conversation that this screen is a part of need not begin again.
            self.board.refused = ""
            if self._asking == name:
                self._asking, self._dialog, self._typed = "", None, {}

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """The answer of a dialog, filled in with what was typed there before; None after Esc."""
        if isinstance(dialog, Keeps):
            self._dialog = dialog
            dialog.refill(self._typed, last=True)
        return await self.app.push_screen_wait(dialog)

    async def change(
        self, make: Callable[[], ModalScreen[Answer | None] | None], command: Callable[[Answer], Command]
    ) -> Applied | None:
        """Ask, and write what was answered; where somebody else came first, ask again with what was typed.

        ``make`` is called for each time; None means that what it was about is gone, and what was typed is shown.
        """
        while True:
            dialog = make()
            if dialog is None:
                await self._show_typed()
                return None
            answer = await self.ask(dialog)
            if answer is None:
                return None
            # Before it is written: what was typed is shown again after a refusal.
            self._typed = self._dialog.kept() if self._dialog is not None else {}
            applied = self.write(command(answer))
            if not self.board.refused:
                return applied

    async def change_plain(self, plain: PlainChange, record: int | None = None) -> Applied | None:
        """Ask by the form of a description, and write what it means."""
        return await self.change(
            lambda: form_of(plain, lambda: self.board.session.now, record),
            lambda values: plain.command(self.board.session.now, record, values),
        )

    async def _show_typed(self) -> None:
        from tui.dialogs.report import Report

        lines = [f"{name}: {text}" for name, text in self._typed.items()]
        self.show()
        heading = "It is not there any more." + (" What was typed:" if lines else "")
        await self.app.push_screen_wait(Report(heading, [self.board.refused, "", *lines], "done"))

    def write(self, command: Command) -> Applied | None:
        """Write a command and show what came of it."""
        applied = self.board.commit(command)
        self.show()
        return applied

    # -------------------------------------------------- keys

    def action_why(self) -> None:
        """Why the figure on the cursor is what it is."""
        self._look()
        if self.row is not None:
            self.explain(self.row)

    def action_undo(self, redo: bool = False) -> None:
        """Take back the latest change; with ``redo``, bring back what was undone."""
        from tui.flows.undo import take_back

        if self.board.session.workspace.read_only:
            self.board.tell(READ_ONLY, severity="warning")
            return
        take_back(self.board, redo=redo)
        self.board.refused = ""
        self.show()

    def go(self, where: str) -> None:
        """Leave for another screen, and come back."""
        self._next = where
        self.dismiss(where)

    # -------------------------------------------------- drafts

    def kept(self) -> dict[str, str]:
        """What is being typed, and for which key; or where it went."""
        if self._next:
            return {"next": self._next}
        typed = self._dialog.kept() if self._dialog is not None else {}
        if not typed:
            return {}
        fields = {f"{_FIELD}{name}": text for name, text in typed.items()}
        return {**fields, "ask": self._asking, "about": self._about}

    def refill(self, typed: Typed, *, last: bool) -> str | None:
        """Ask once more what was being asked, or go on to where it went."""
        if not last and typed.get("next"):
            self._next = typed["next"]
            return self._next
        self._asking, self._about = typed.get("ask", ""), typed.get("about", "")
        self._typed = {name.removeprefix(_FIELD): text for name, text in typed.items() if name.startswith(_FIELD)}
        return None
