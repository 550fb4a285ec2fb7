"""How a file is read: one row a setting and one a column, with what is in it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from tui.drawing import colours
from tui.drawing.canvas import Line, spread
from tui.drawing.plain import plain
from tui.imports.settings import Setting
from tui.widgets.row_table import RowTable
from tui.widgets.screen_head import Heading

#: Cells of who said so.
_SAID = 11


class MappingTable(RowTable):
    """Settings and columns, under headings on which the cursor does not stand."""

    DEFAULT_CSS = "MappingTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="mapping")
        self.rows: Sequence[Setting] = ()

    @property
    def row(self) -> Setting | None:
        """What is on the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Setting]) -> None:
        """Show these rows, the cursor on what it was on."""
        if rows == self.rows:
            return
        on, before = self.row, self.cursor
        self.rows = rows
        where = on.guess.position if on is not None and on.guess is not None else None
        found = (
            at
            for at, row in enumerate(rows)
            if on is not None
            and row.key == on.key
            and row.key
            and (where is None or (row.guess is not None and row.guess.position == where))
        )
        self.rebuild(next(found, before))

    def go_to(self, key: str) -> None:
        """Put the cursor on the first row of that key."""
        found = next((at for at, row in enumerate(self.rows) if row.key == key), None)
        if found is not None:
            self.move_to(found)

    def go_to_field(self, field: str) -> None:
        """Put the cursor on the first column that is taken for a field."""
        found = (at for at, row in enumerate(self.rows) if row.guess is not None and row.guess.field == field)
        if (at := next(found, None)) is not None:
            self.move_to(at)

    def on_focus(self) -> None:
        """The row that keys are about is marked."""
        self.redraw_row(self.cursor)

    on_blur = on_focus

    def row_count(self) -> int:
        """Headings and rows."""
        return len(self.rows)

    def can_stand(self, row: int) -> bool:
        """On all but headings."""
        return row < len(self.rows) and bool(self.rows[row].key)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """What it is, how it stands, who said so, and samples or more words."""
        pen, one = colours.of(self.app), self.rows[row]
        if not one.key:
            pieces = [(f" {one.label}", pen.style(bold=True)), (f"  {one.more}", pen.style("muted"))]
            return spread(pieces, [], width, pen.style())
        strong = on_cursor and self.has_focus
        back = "cursor" if strong else "panel"
        ground, muted = pen.style("text", back), pen.style("muted", back)
        drawn = Line().add("▌" if on_cursor else " ", ground)
        label = max(14, min(34, width * 3 // 8))
        drawn.add(one.label[:300], pen.style("text", back, bold=on_cursor), label).add(" ", ground)
        if one.guess is None and width < 100:
            # A path or a rule is longer than the name of a field.
            drawn.add(one.value[:500], ground, max(8, width - drawn.width - _SAID - 1)).add(" ", ground)
            drawn.add(one.said, pen.style("worse" if one.lacks else "muted", back, bold=one.lacks), _SAID)
            return drawn.strip(width, ground)
        value = max(11, min(30, width // 5))
        taken = muted if one.guess is not None and one.guess.field is None else ground
        drawn.add(one.value[:500], taken, value).add(" ", ground)
        said = 6 if one.guess is not None else _SAID
        drawn.add(one.said, pen.style("worse" if one.lacks else "muted", back, bold=one.lacks), said).add(" ", ground)
        return drawn.add(one.more[:500], muted, max(0, width - drawn.width)).strip(width, ground)


class MappingHead(Heading):
    """The file, what it was recognised as, and the mapping by which it is read."""

    DEFAULT_CSS = "MappingHead { height: 1; width: 1fr; }"

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        name, found, mapping = (plain(words[:300]) for words in self._words)
        pieces = [
            (" IMPORT", pen.style(bold=True)),
            (f"  {name}", pen.style("text")),
            (f"  {found}", pen.style("muted")),
        ]
        return [spread(pieces, [(f" {mapping} " if mapping else "", pen.style("muted"))], width, pen.style())]
