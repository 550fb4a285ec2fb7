"""The conflicts of an import: what changed here and in the source, each kept as here or taken, by a choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.strip import Strip

from store.imports.options import Choice
from store.imports.report import Conflict
from tui.dialogs.dialog import SidedPage
from tui.drawing import colours
from tui.drawing.canvas import Line, spread
from tui.imports.draft import Choices
from tui.imports.preview import MappingFoot
from tui.session.figures import Figures
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.row_table import RowTable
from tui.widgets.screen_head import Heading

_WORDS: dict[Choice | None, str] = {"here": "as here", "source": "the source's", None: "?"}
#: Cells of what was chosen, and of the field.
_CHOSEN, _FIELD = 13, 10


class ConflictTable(RowTable):
    """One row a conflict."""

    DEFAULT_CSS = "ConflictTable { height: 1fr; }"

    def __init__(self, conflicts: Sequence[Conflict], choices: Choices, usual: Choice | None) -> None:
        """``usual`` is what counts where nobody has chosen."""
        super().__init__(id="conflicts")
        self.conflicts = conflicts
        self.choices = dict(choices)
        self._usual = usual

    def chosen(self, conflict: Conflict) -> Choice | None:
        """What counts for a conflict now."""
        return self.choices.get((conflict.item_id, conflict.field), self._usual)

    def row_count(self) -> int:
        """One row a conflict."""
        return len(self.conflicts)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """What was chosen, the item and its field, and the three versions."""
        pen, one = colours.of(self.app), self.conflicts[row]
        back = "cursor" if on_cursor else "panel"
        ground, muted, bold = pen.style("text", back), pen.style("muted", back), pen.style("text", back, bold=True)
        chosen = self.chosen(one)
        drawn = Line().add("▌" if on_cursor else " ", ground)
        drawn.add(_WORDS[chosen], muted if chosen is None else bold, _CHOSEN)
        title, each = _widths(width)
        drawn.add(one.title[:300], pen.style("text", back, bold=on_cursor), title).add(" ", ground)
        drawn.add(one.field, muted, _FIELD)
        for text, which in ((one.here, "here"), (one.before, None), (one.source, "source")):
            style = bold if which is not None and chosen == which else muted if which is None else ground
            drawn.add(text[:300] or "none", style, each).add(" ", ground)
        return drawn.strip(width, ground)


def _widths(width: int) -> tuple[int, int]:
    """Cells of the title, and of each version."""
    room = max(20, width - 2 - _CHOSEN - _FIELD)
    title = room * 2 // 5
    return title, max(4, (room - title) // 3 - 1)


class ConflictHead(Heading):
    """How many there are, and the columns' names."""

    DEFAULT_CSS = "ConflictHead { height: 2; width: 1fr; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """Two rows."""
        pen = self.palette
        muted = pen.style("muted")
        left, right, _ = self._words
        if width < 100:
            left = left.partition(";")[0]
        head = spread(
            [(" CONFLICTS", pen.style(bold=True)), (f"  {left}", muted)], [(f" {right} ", muted)], width, pen.style()
        )
        title, each = _widths(width - 1)
        names = Line().add(" ", muted).add("chosen", muted, _CHOSEN).add("item", muted, title).add(" ", muted)
        names.add("", muted, _FIELD)
        for name in ("here", "source before", "source now"):
            names.add(name, muted, each).add(" ", muted)
        return [head, names.strip(width, muted)]


class ConflictsScreen(SidedPage[Choices | None]):
    """Dismissed with what was chosen, or None after Esc. What is not chosen stays as here, and comes up again."""

    KEYS = Keys(
        "Conflicts of an import",
        Key("conflicts.here", "h", "Keep it as here", "choose('here')", bar="as here"),
        Key("conflicts.source", "s", "Take the source's", "choose('source')", bar="the source's"),
        Key("conflicts.later", "minus,backspace,delete", "Decide later", "choose('')", bar="later"),
        Key("conflicts.next", "space", "The next choice", "next", show=False),
        Key("conflicts.all_here", "H", "Keep all as here", "all('here')"),
        Key("conflicts.all_source", "S", "Take the source's of all", "all('source')"),
        Key("conflicts.done", "enter,ctrl+s", "Done", "done", bar="done"),
        Key("conflicts.leave", "escape,q", "Back, nothing chosen", "leave", bar="back, nothing chosen"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self, figures: Figures, conflicts: Sequence[Conflict], choices: Choices, usual: Choice | None, where: str = ""
    ) -> None:
        """``usual`` is what counts where nobody chose; ``where`` is what the header calls the workspace."""
        super().__init__()
        self._figures, self._conflicts, self._where = figures, conflicts, where
        self._given, self._usual = choices, usual

    def compose(self) -> ComposeResult:
        """The list, and the one on the cursor whole."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield ConflictHead()
        yield ConflictTable(self._conflicts, self._given, self._usual)
        yield MappingFoot()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(Header).show(self._figures, where=self._where)
        self.query_one(KeyBar).show(
            (
                *self.KEYS.hints("here", "source", "done"),
                Hint((self.KEYS["all_here"], self.KEYS["all_source"]), "all"),
                *self.KEYS.hints("later", "leave"),
            )
        )
        self.table.rebuild(0)
        self.table.focus()
        self._show()

    @property
    def table(self) -> ConflictTable:
        """The list."""
        return self.query_one(ConflictTable)

    def on_row_table_highlighted(self) -> None:
        """Show the one on the cursor whole."""
        self._show()

    def _show(self) -> None:
        table = self.table
        opened = sum(table.chosen(each) is None for each in self._conflicts)
        left = "changed here and in the source; nothing is overwritten without a choice"
        self.query_one(ConflictHead).show(left, f"{opened:,} of {len(self._conflicts):,} not chosen")
        if self._conflicts:
            one = self._conflicts[table.cursor]
            before = f", was {one.before} there before" if one.before else ""
            words = f"{one.title}: its {one.field} is {one.here or 'none'} here, {one.source or 'none'} in the source"
            self.query_one(MappingFoot).show(f"{words}{before}.")

    def _put(self, conflict: Conflict, choice: str) -> None:
        key = (conflict.item_id, conflict.field)
        if choice in ("here", "source"):
            self.table.choices[key] = "here" if choice == "here" else "source"
        else:
            self.table.choices.pop(key, None)

    def action_choose(self, choice: str) -> None:
        """For the one on the cursor; on to the next."""
        if self._conflicts:
            self._put(self._conflicts[self.table.cursor], choice)
            self.table.redraw_row(self.table.cursor)
            self.table.action_cursor(1)
            self._show()

    def action_next(self) -> None:
        """As here, the source's, later, in turn."""
        if self._conflicts:
            one = self._conflicts[self.table.cursor]
            now = self.table.choices.get((one.item_id, one.field))
            self._put(one, {None: "here", "here": "source", "source": ""}[now])
            self.table.redraw_row(self.table.cursor)
            self._show()

    def action_all(self, choice: str) -> None:
        """The same for all of them."""
        for each in self._conflicts:
            self._put(each, choice)
        self.table.redraw()
        self._show()

    def action_done(self) -> None:
        """Take the choices along."""
        self.dismiss(self.table.choices)
