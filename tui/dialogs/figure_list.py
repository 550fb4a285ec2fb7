"""Every figure of a card with its formula; one that is opened shows its inputs, and those that are figures too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from scenarios.figures.figure import Figure
from tui.dialogs.dialog import Dialog
from tui.dialogs.figure_why import show_figure
from tui.widgets.block_table import Block, BlockTable
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys


class FigureList(Dialog[None]):
    """Left with Esc, or with ``?`` once more."""

    DEFAULT_CSS = """
    FigureList { align: center middle; }
    FigureList > Vertical { width: 92; max-width: 98%; height: auto; max-height: 100%; padding: 1 2; }
    FigureList BlockTable { height: auto; }
    FigureList .title { text-style: bold; height: 1; margin-bottom: 1; }
    FigureList KeyLine { margin-top: 1; }
    """
    GIVES_WAY = "BlockTable"
    KEYS = Keys(
        "The figures of a page",
        Key("figures.open", "enter", "Formula and inputs", "open"),
        Key("figures.leave", "escape,q,question_mark,f1", "Back", "leave"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, figures: Sequence[Figure], known: Sequence[Figure]) -> None:
        super().__init__()
        self._figures, self._known = figures, known

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical():
            yield Static("Figures, and where they come from", classes="title")
            yield BlockTable(names=28)
            yield KeyLine(self.KEYS.said(self.app, "{open} formula and inputs   {leave} back"))

    def on_mount(self) -> None:
        """Show them."""
        if self.gone:
            return
        table = self.query_one(BlockTable)
        table.focus()
        blocks = [
            Block(figure.name, ((figure.text, "strong"), (f"= {figure.formula}", "muted")), str(at))
            for at, figure in enumerate(self._figures)
        ]
        table.styles.height = 2 * len(blocks)
        self.call_after_refresh(self._show, blocks)

    def _show(self, blocks: Sequence[Block]) -> None:
        if self.gone:
            return
        table = self.query_one(BlockTable)
        table.show(blocks, "0")
        table.styles.height = table.row_count()

    def on_row_table_opened(self) -> None:
        """Two clicks open it."""
        self.action_open()

    def action_open(self) -> None:
        """One figure, whole."""
        key = self.query_one(BlockTable).key
        if key:
            show_figure(self, self._figures[int(key)], known=self._known)


def show_figures(where: Widget, figures: Iterable[Figure], known: Iterable[Figure] = ()) -> None:
    """Show why these figures are what they are: one at once, several as a list; ``known`` can be opened from within."""
    found = tuple(dict.fromkeys(figures))
    every = tuple(dict.fromkeys((*found, *known)))
    if len(found) == 1:
        show_figure(where, found[0], known=every)
    elif found:
        where.app.push_screen(FigureList(found, every))
    else:
        where.notify("There is no figure here.", markup=False, timeout=4)
