"""A screen to read from: a heading, blocks of text, and behind each figure its why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.strip import Strip

from scenarios.figures.figure import Figure
from tui.dialogs.dialog import SidedPage
from tui.drawing.canvas import spread
from tui.session.session import Session
from tui.widgets import breakpoints
from tui.widgets.block_table import Block, BlockTable
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.row_table import RowTable
from tui.widgets.screen_head import Heading

Answer = TypeVar("Answer")


class ReadingHead(Heading):
    """What the screen is about, and a word at the right."""

    DEFAULT_CSS = "ReadingHead { height: 1; width: 1fr; margin: 1 0; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen, (what, about, note) = self.palette, self._words
        left = [(f" {what}  ", pen.style(bold=True)), (about[:300], pen.style())]
        return [spread(left, [(f"  {note} " if note else "", pen.style("muted"))], width, pen.style())]


class Reading(SidedPage[Answer]):
    """Base of the cards: subclasses say what their blocks are and which figures stand behind the one on the cursor.

    Left with Esc.
    """

    DEFAULT_CSS = """
    Reading.-short ReadingHead { margin: 0; }
    """
    KEYS = Keys(
        "Facts, card and who waits alike",
        Key("reading.why", "question_mark,f1", "Why: formula and inputs of its figures", "why", bar="why"),
        Key("reading.leave", "escape,q", "Back", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    #: the keys at the foot
    hints: Sequence[Hint] = ()

    def __init__(self, session: Session, where: str = "") -> None:
        """``where`` is what the header calls the workspace."""
        super().__init__()
        self.session = session
        self._where = where

    def compose(self) -> ComposeResult:
        """Header, heading, blocks, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield ReadingHead()
        yield BlockTable()
        yield KeyBar()

    @property
    def table(self) -> BlockTable:
        """The blocks."""
        return self.query_one(BlockTable)

    def on_mount(self) -> None:
        """Show what is known."""
        self.table.focus()
        self.look()

    def look(self) -> None:
        """Read the present state, and show it."""
        raise NotImplementedError

    def figures(self) -> Sequence[Figure]:
        """The figures behind what is on the cursor, or behind the whole screen."""
        raise NotImplementedError

    def known(self) -> Sequence[Figure]:
        """Every figure of the screen: an input that is one of them can be opened in turn."""
        return self.figures()

    def show(self, what: str, about: str, note: str, blocks: Sequence[Block], key: str = "") -> None:
        """Heading and blocks."""
        self.query_one(Header).show(self.session.now, where=self._where)
        self.query_one(ReadingHead).show(what, about, note)
        self.query_one(KeyBar).show(self.hints)
        self.table.show(blocks, key)

    def renew(self, words: str) -> None:
        """Somebody else changed the plan: what is shown is read again, and who did what is said."""
        if self.is_mounted:
            self.look()

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        """Two clicks do what enter does."""
        self.action_open()

    def action_open(self) -> None:
        """What enter does."""
        self.action_why()

    def action_why(self) -> None:
        """Formula and inputs."""
        from tui.dialogs.figure_list import show_figures

        show_figures(self, self.figures(), self.known())
