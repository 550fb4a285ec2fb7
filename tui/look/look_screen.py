"""The first look on screen: rules are changed, and every figure follows; nothing is written before it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.strip import Strip

from scenarios.look.first_look import FirstLook
from scenarios.look.words import headline_of, rows_words, unit_words
from store.common.errors import StoreError
from store.database.garbage_collection import without_collector
from store.records import State
from tui.dialogs.dialog import SidedPage
from tui.drawing.canvas import Line
from tui.drawing.wrap import wrapped
from tui.flows.host import Host
from tui.look.bar_table import BarTable
from tui.look.draft import LookDraft, LookFile, read_look, taken_look
from tui.look.look_rows import look_rows
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.row_table import RowTable
from tui.widgets.screen_head import Heading, ScreenHead
from tui.widgets.section_table import RowPanel, SectionRow

Asks = Mapping[str, Callable[[Any], Coroutine[Any, Any, None]]]
#: Rows of what there is to say in one sentence.
_HEADLINE = 2


class Headline(Heading):
    """One sentence, in bold, on two rows."""

    DEFAULT_CSS = "Headline { height: 2; width: 1fr; padding: 0 1; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """Its rows."""
        words, tone, _ = self._words
        style = self.palette.style(tone or "text", bold=True)
        return [
            Line().add(part, style).strip(width, self.palette.style()) for part in wrapped(words, width)[:_HEADLINE]
        ]


class LookScreen(SidedPage[None]):
    """Left with Esc. The file is read, and looked at, in a thread."""

    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    LookScreen { layout: vertical; }
    LookScreen BarTable { height: 1fr; }
    LookScreen ScreenHead { margin-top: 1; }
    LookScreen RowPanel { height: 6; }
    LookScreen.-short ScreenHead { margin-top: 0; }
    LookScreen.-short RowPanel { height: 3; }
    """
    KEYS = Keys(
        "A first look back",
        Key("look.open", "enter", "Change the rule; make one of what has none", "open", bar="change the rule"),
        Key("look.add", "a", "Add a rule", "ask('add')", bar="add a rule"),
        Key("look.drop", "d,delete", "Drop the rule", "ask('drop')", bar="drop it"),
        Key("look.file", "f", "How the file is read: rates, fiscal year, accounts", "ask('file')", bar="the file"),
        Key("look.by", "b", "Count issues, or their amounts", "ask('by')", bar="issues or amounts"),
        Key("look.keep", "K,ctrl+s", "Keep it: history, accounts, rules", "ask('keep')", bar="keep it"),
        Key("look.write", "X", "Write it to a file", "ask('write')", bar="to a file"),
        Key("look.why", "question_mark,f1", "Why this figure", "why", bar="why"),
        Key("look.leave", "escape,q", "Back to the board", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, board: Host, draft: LookDraft, asks: Asks) -> None:
        """``asks`` are what its keys ask for, by name."""
        super().__init__()
        self.board = board
        self.draft = draft
        self._asks = asks
        #: what was read, and by which draft; what was found, and on which state
        self.file: LookFile | None = None
        self._read_by: LookDraft | None = None
        self.found: FirstLook | None = None
        self._state: State | None = None
        #: whether it is being looked at, and why nothing could be
        self.looking = True
        self.trouble = ""

    def compose(self) -> ComposeResult:
        """Header, what it is, its sentence, the rows, the one on the cursor whole, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield ScreenHead()
        yield Headline()
        yield BarTable()
        yield RowPanel()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look at the file."""
        self.look_again()

    @property
    def table(self) -> BarTable:
        """The rows."""
        return self.query_one(BarTable)

    @property
    def row(self) -> SectionRow | None:
        """The row on the cursor."""
        return self.table.row

    @property
    def state(self) -> State:
        """The present state of the workspace, whose rules, rates and accounts count."""
        return self.board.session.state

    # -------------------------------------------------- looking

    def change(self, draft: LookDraft | None) -> None:
        """Look as this draft says from now on."""
        if draft is not None and draft != self.draft:
            self.draft = draft
            self.look_again()

    def renew(self, words: str) -> None:
        """Others changed the workspace: its rules and accounts count."""
        self.look_again()

    def look_again(self) -> None:
        """Look once more; what was found before is shown as old meanwhile."""
        self.looking = True
        self._show()
        self._look()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        draft, state = self.draft, self.state
        file = self.file if self._read_by is not None and _reads(self._read_by) == _reads(draft) else None
        file = file if state is self._state else None
        trouble = ""
        found: FirstLook | None = None
        try:
            file, found = await asyncio.to_thread(_looked, draft, state, file)
        except StoreError as error:
            trouble = str(error)
        if draft is not self.draft:
            return
        self.file, self._read_by, self._state = file, draft, state
        self.found, self.trouble, self.looking = found, trouble, False
        self._show()

    # -------------------------------------------------- showing

    def _show(self) -> None:
        look = self.found
        self.query_one(Header).show(self.board.session.now, where=self.board.where)
        warning = "reading …" if self.looking else ""
        words = f"{self.draft.path.name}: "
        if look is not None:
            days = f", {look.first} to {look.last}" if look.first and look.last else ""
            words += f"{look.counted:,} of {rows_words(look.source.rows)}{days}, in {unit_words(look.unit)}"
        self.query_one(ScreenHead).show("FIRST LOOK", words, warning)
        if look is None:
            self.query_one(Headline).show(self.trouble, "worse" if self.trouble else "")
        else:
            over = look.total.band not in ("", "within budget")
            self.query_one(Headline).show(headline_of(look), "worse" if over else "text")
        key = self.row.key if self.row is not None else ""
        self.table.look = look
        self.table.show([] if look is None else look_rows(look), key)
        self.on_row_table_highlighted()

    def on_row_table_highlighted(self, event: RowTable.Highlighted | None = None) -> None:
        """The row on the cursor whole, and its keys."""
        self.query_one(RowPanel).show(self.row)
        self.query_one(KeyBar).show(self._hints())

    def _hints(self) -> Sequence[Hint]:
        kind = self.row.kind if self.row is not None else ""
        enter = {"rule": "change the rule", "hint": "make a rule of it", "account": "make a rule of it"}.get(kind)
        own = (self.KEYS["open"].hint(enter),) if enter else ()
        drop = self.KEYS.hints("drop") if kind == "rule" else ()
        return (*own, *drop, *self.KEYS.hints("add", "keep", "why", "file", "by", "write", "leave"))

    # -------------------------------------------------- keys

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Two clicks do what enter does."""
        self.action_open()

    def action_open(self) -> None:
        """Change the rule on the cursor, or make one of what has none."""
        if self.row is not None and self.row.kind in ("rule", "hint", "account"):
            self.action_ask("open")

    def action_ask(self, name: str) -> None:
        """Ask for what a key is about."""
        self.run_worker(self._asks[name](self), exclusive=True, group="ask")

    def action_why(self) -> None:
        """The figures of the row on the cursor."""
        from tui.dialogs.figure_why import show_figure

        if self.row is not None and self.row.figures:
            show_figure(self, *self.row.figures)
        else:
            self.board.tell("There is no figure here: go to one, then ? again.")


def _reads(draft: LookDraft) -> object:
    """All of a draft by which files are read."""
    return draft.path, draft.source, draft.options, draft.accounts, draft.accounts_options


def _looked(draft: LookDraft, state: State, file: LookFile | None) -> tuple[LookFile, FirstLook]:
    with without_collector():
        file = read_look(draft, state) if file is None else file
        return file, taken_look(draft, state, file)
