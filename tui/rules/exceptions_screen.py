"""What was signed for and stands: a list, those whose review is due first, and the one on the cursor whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from scenarios.verdict.exceptions import StandingException
from tui.dialogs.dialog import Dialog
from tui.drawing import colours
from tui.drawing.canvas import Line
from tui.session.session import Session
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys
from tui.widgets.row_table import RowTable

#: What is done with an exception ("review" or "clear"), and its number.
Answer = tuple[str, int]


class ExceptionTable(RowTable):
    """One row an exception."""

    DEFAULT_CSS = "ExceptionTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="exceptions")
        self.rows: Sequence[StandingException] = ()

    def row_count(self) -> int:
        """One row an exception."""
        return len(self.rows)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """When it is due, what it is, who signed."""
        pen, one = colours.of(self.app), self.rows[row]
        back = "cursor" if on_cursor else "panel"
        ground, muted = pen.style("text", back, bold=on_cursor), pen.style("muted", back)
        text = Line().add("▌" if on_cursor else " ", pen.style("text", back))
        due, review = ("DUE ", "worse") if one.due else ("", "muted")
        when = f"{due}{one.terms.review:%d %b %Y}" if one.terms.review is not None else "no review"
        when = "to clear" if one.over and not one.due else when
        text.add(when, pen.style(review, back, bold=one.due), 17)
        tail = f" {one.terms.name[:20]} "
        text.add(one.what, ground, max(4, width - text.width - len(tail)))
        return text.add(tail, muted).strip(width, ground)


class Exceptions(Dialog[Answer | None]):
    """Dismissed with what is to be done, or None after Esc."""

    DEFAULT_CSS = """
    Exceptions { align: center middle; }
    Exceptions > Vertical { width: 100; max-width: 98%; height: 22; max-height: 96%; padding: 1 2; }
    Exceptions .heading { text-style: bold; height: auto; }
    Exceptions .muted { color: $text-muted; height: auto; }
    Exceptions ExceptionTable { margin: 1 0; }
    Exceptions #whole { height: auto; min-height: 3; }
    """
    KEYS = Keys(
        "What was signed for",
        Key("exceptions.review", "v,enter", "Review it", "answer('review')"),
        Key("exceptions.clear", "x", "Clear it", "answer('clear')"),
        Key("exceptions.leave", "escape,q", "Back", "leave"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, session: Session, keep: int | None = None) -> None:
        """``keep`` is the exception to stand on."""
        super().__init__()
        self._session, self._keep = session, keep

    def compose(self) -> ComposeResult:
        """Heading, rows, the one on the cursor, keys."""
        with Vertical():
            yield Static("Signed for, and standing", classes="heading", markup=False)
            about = "There is no log-in: kept is who is said to have signed. An exception stands until it is cleared."
            yield Static(about, classes="muted", markup=False)
            yield ExceptionTable()
            yield Static("", id="whole", markup=False)
            words = "{review} review, with a new date   {clear} clear   {leave} back"
            yield KeyLine(self.KEYS.said(self.app, words))

    def on_mount(self) -> None:
        """The list as it is now."""
        self._show(self._keep)
        self.query_one(ExceptionTable).focus()

    def renew(self, words: str) -> None:
        """Somebody else changed something: the list is of the plan as it is now."""
        table = self.query_one(ExceptionTable)
        self._show(table.rows[table.cursor].terms.id if table.rows else None)

    def _show(self, keep: int | None) -> None:
        table = self.query_one(ExceptionTable)
        table.rows = self._session.now.exceptions
        at = next((place for place, row in enumerate(table.rows) if row.terms.id == keep), 0)
        table.rebuild(at)
        self._show_whole()

    def _show_whole(self) -> None:
        table = self.query_one(ExceptionTable)
        words = "Nothing stands any more."
        if table.rows:
            one = table.rows[table.cursor]
            words = one.sentence if one.over else f"{one.sentence}; {one.ends}"
        self.query_one("#whole", Static).update(Content(words))

    def on_row_table_highlighted(self) -> None:
        """The one on the cursor, whole."""
        self._show_whole()

    def on_row_table_opened(self) -> None:
        """Two clicks review it."""
        self.action_answer("review")

    def action_answer(self, what: str) -> None:
        """Review it, or clear it."""
        table = self.query_one(ExceptionTable)
        if table.rows:
            self.dismiss((what, table.rows[table.cursor].terms.id))
