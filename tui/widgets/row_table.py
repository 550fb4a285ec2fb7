"""A list of rows with a cursor, drawn line by line: what is not visible costs nothing, whatever its length."""

from __future__ import annotations

from itertools import chain
from typing import ClassVar

from textual import events, messages
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.drawing.marked_text import MarkedText
from tui.widgets.keys import Hint, Key, Keys


class RowTable(ScrollView, MarkedText, can_focus=True):
    """Base of the plan and the candidates: subclasses say how many rows there are and draw one of them.

    Rows are ``row_height`` lines tall. Moving the cursor repaints the two rows concerned and nothing else.
    """

    DEFAULT_CSS = """
    RowTable { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    # fmt: off
    KEYS = Keys(
        "Every list",
        Key("row.up", "up,k", "Up", "cursor(-1)"),
        Key("row.down", "down,j", "Down", "cursor(1)"),
        Key("row.pageup", "pageup", "Page up", "page(-1)"),
        Key("row.pagedown", "pagedown", "Page down", "page(1)"),
        Key("row.first", "home", "First", "edge(-1)"),
        Key("row.last", "end", "Last", "edge(1)"),
    )
    # fmt: on
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    #: What a list is for where nothing can be changed.
    LOOK = Hint((KEYS["up"], KEYS["down"]), "look")

    class Highlighted(Message):
        """The cursor stands on another row."""

        def __init__(self, table: RowTable) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> RowTable:
            """The table whose cursor moved."""
            return self.table

    class Opened(Message):
        """A row was clicked twice."""

        def __init__(self, table: RowTable) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> RowTable:
            """The table whose row was opened."""
            return self.table

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.row_height = 1
        self.cursor = 0
        self._strips: LRUCache[tuple[int, int, bool], Strip] = LRUCache(512)

    # -------------------------------------------------- for subclasses

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One line (0..row_height-1) of a row, ``width`` cells wide."""
        raise NotImplementedError

    def can_stand(self, row: int) -> bool:
        """Whether the cursor may stand on a row."""
        return True

    # -------------------------------------------------- what others call

    def rebuild(self, cursor: int | None = None) -> None:
        """Draw anew after the rows changed, with the cursor on a given row or as near as can be to where it was."""
        self._strips.clear()
        count = self.row_count()
        # The width stays the same whatever the table's: setting another one would lay out the whole screen again.
        self.virtual_size = Size(1, count * self.row_height)
        self.cursor = self._nearest(self.cursor if cursor is None else cursor)
        self._show_cursor()
        self.refresh()

    def redraw(self) -> None:
        """Draw all rows anew, the cursor and what is in sight as they are."""
        self._strips.clear()
        self.refresh()

    def redraw_row(self, row: int) -> None:
        """Draw one row anew."""
        for key in [key for key in self._strips.keys() if key[0] // self.row_height == row]:  # noqa: SIM118
            self._strips.discard(key)
        self._refresh_row(row)

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, or as near as can be, and say so."""
        row = self._nearest(row, 1 if row >= self.cursor else -1)
        if row == self.cursor or not self.row_count():
            return
        old, self.cursor = self.cursor, row
        self._refresh_row(old)
        self._refresh_row(row)
        self._show_cursor()
        # To the screen, not from parent to parent: by then the rows would be painted, and the preview a frame later.
        self.screen.post_message(self.Highlighted(self))

    # -------------------------------------------------- drawing

    def _inner_width(self) -> int:
        return max(1, self.scrollable_content_region.width or self.size.width)

    def line_count(self) -> int:
        """All of all rows."""
        return self.row_count() * self.row_height

    def line_at(self, at: int) -> Strip:
        """One line, drawn or as it was drawn last."""
        width = self._inner_width()
        row, line = divmod(at, self.row_height)
        if row >= self.row_count():
            return Strip.blank(width, self.rich_style)
        on_cursor = row == self.cursor
        key = (at, width, on_cursor)
        strip = self._strips.get(key)
        if strip is None:
            strip = self.draw_line(row, line, width, on_cursor).adjust_cell_length(width, self.rich_style)
            self._strips[key] = strip
        return strip

    def _refresh_row(self, row: int) -> None:
        top = row * self.row_height - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, self.row_height))
        self.screen.post_message(messages.Update(self))

    def _show_cursor(self) -> None:
        region = Region(0, self.cursor * self.row_height, self._inner_width(), self.row_height)
        if self.size.height:
            self.scroll_to_region(region, animate=False, immediate=True, x_axis=False)
        if self.has_focus:
            top = self.cursor * self.row_height - self.scroll_offset.y
            self.app.cursor_position = self.content_region.offset + Offset(0, max(0, top))

    def _nearest(self, row: int, way: int = 1) -> int:
        count: int = self.row_count()
        if not count:
            return 0
        row = max(0, min(row, count - 1))
        ahead, behind = range(row, count if way > 0 else -1, way), range(row, -1 if way > 0 else count, -way)
        return next((each for each in chain(ahead, behind) if self.can_stand(each)), 0)

    def on_resize(self) -> None:
        """Rows are as wide as the table."""
        self._strips.clear()
        self.call_after_refresh(self._show_cursor)

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._strips.clear()

    # -------------------------------------------------- keys and mouse

    def action_cursor(self, step: int) -> None:
        """One row up or down, past rows on which the cursor cannot stand."""
        row = self.cursor + step
        while 0 <= row < self.row_count() and not self.can_stand(row):
            row += step
        if 0 <= row < self.row_count():
            self.move_to(row)

    def action_page(self, way: int) -> None:
        """A screenful up or down."""
        self.move_to(self.cursor + way * max(1, self.size.height // self.row_height - 1))

    def action_edge(self, way: int) -> None:
        """To the first or the last row."""
        self.move_to(0 if way < 0 else self.row_count() - 1)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Bring the terminal's cursor to the row, for screen readers."""
        super().watch_has_focus(has_focus)
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one on the same row opens it."""
        row = (event.y + self.scroll_offset.y) // self.row_height
        if not (0 <= row < self.row_count() and self.can_stand(row)):
            return
        if event.chain >= 2 and row == self.cursor:
            self.post_message(self.Opened(self))
        else:
            self.move_to(row)
