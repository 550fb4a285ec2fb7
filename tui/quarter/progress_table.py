"""The rows of the progress screen: an item each, and below one of several teams a row for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.strip import Strip

from scenarios.figures.sizes import format_ew, format_span
from scenarios.plan.plan import Entry
from scenarios.quarter.progress_draft import ProgressDraft, part_of, spent_words
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line
from tui.plan_view.progress_bar import draw_progress, mark_of
from tui.widgets.row_table import RowTable

#: Cells before a title: cursor, mark of what the draft changed, slice.
_BEFORE = 6


@dataclass(frozen=True)
class ProgressRow:
    """An item as the draft has it, or one team's part of it; ``changed`` by the draft."""

    entry: Entry
    words: str
    team: str = ""
    changed: bool = False


def rows_of(draft: ProgressDraft, after: Sequence[Entry], teams: Mapping[int, str]) -> list[ProgressRow]:
    """A row for each planned item, ``after`` as the draft leaves it; of several teams, one for each team below it."""
    found = []
    for entry in after:
        keys = [(size.item_id, size.team_id) for size in entry.sizes]
        changed = draft.changed.intersection(keys)
        if len(keys) < 2:
            words = spent_words(entry, keys[0][1]) if keys else "no size yet"
            found.append(ProgressRow(entry, words, changed=bool(changed)))
            continue
        whole = f"{format_ew(entry.spent)} of {format_span(entry.sizes)}" if entry.spent else ""
        found.append(ProgressRow(entry, "done" if entry.done else whole, changed=bool(changed)))
        for key in keys:
            part = part_of(entry, key[1])
            found.append(ProgressRow(part, spent_words(part, key[1]), teams.get(key[1], "?"), key in changed))
    return found


@dataclass(frozen=True)
class _Columns:
    title: int
    bar: int
    words: int

    @classmethod
    def at(cls, width: int) -> _Columns:
        """At a table's width: the bar goes last, what is said gets shorter."""
        bar, words = (8, 17) if width < 64 else (11, 22) if width < 90 else (26, 24)
        return cls(max(6, width - _BEFORE - bar - words - 2), bar, words)


class ProgressHead(Canvas):
    """What day this is as of, and the columns."""

    DEFAULT_CSS = "ProgressHead { height: 2; width: 1fr; padding-right: 1; }"

    def __init__(self) -> None:
        super().__init__(id="progress-head")
        self._words = ""

    def show(self, words: str) -> None:
        """Say which day it is."""
        self._words = words
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Heading and columns."""
        pen, columns = self.palette, _Columns.at(width)
        muted = pen.style("muted")
        head = Line().add(" PROGRESS", pen.style(bold=True)).add(f"  {self._words}", muted)
        names = Line().add("", muted, _BEFORE).add("item", muted, columns.title + 1)
        names.add("weeks", muted, columns.bar + 1).add("spent of, left", muted, columns.words)
        return [head.strip(width, muted), names.strip(width, muted)][:height]


class ProgressTable(RowTable):
    """What is in plan, with how far it is."""

    DEFAULT_CSS = "ProgressTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="progress")
        self.rows: Sequence[ProgressRow] = ()
        self._scale = 1.0

    def show(self, rows: Sequence[ProgressRow]) -> None:
        """Show these; the cursor stays where it is."""
        old, self.rows = self.rows, tuple(rows)
        scale = max([1.0, *(_reach(row.entry) for row in rows)])
        if len(old) != len(rows) or scale != self._scale:
            self._scale = scale
            self.rebuild()
            return
        for at, (before, after) in enumerate(zip(old, self.rows, strict=True)):
            if before != after:
                self.redraw_row(at)

    @property
    def row(self) -> ProgressRow | None:
        """The row on the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def next_item(self) -> bool:
        """To the next item, past the parts of this one; False where it was the last."""
        for at in range(self.cursor + 1, len(self.rows)):
            if not self.rows[at].team:
                self.move_to(at)
                return True
        return False

    def row_count(self) -> int:
        """All of them."""
        return len(self.rows)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One row."""
        pen, found, columns = colours.of(self.app), self.rows[row], _Columns.at(width)
        back = "cursor" if on_cursor else "panel"
        plain, muted = pen.style("text", back), pen.style("muted", back)
        text = Line().add("▌" if on_cursor else " ", plain).add("•" if found.changed else " ", plain)
        entry = found.entry
        if found.team:
            text.add("", plain, _BEFORE - 2).text(f"  {found.team}"[:300], muted, columns.title, muted)
        else:
            text.add(f" {entry.item.slice} ", pen.chip(entry.item.slice)).add("", plain, _BEFORE - 5)
            title = f"{mark_of(entry)}{entry.item.title}"
            text.text(title, pen.style("text", back, bold=on_cursor), columns.title, muted)
        text.add(" ", plain)
        draw_progress(text, pen, entry, back, columns.bar, self._scale)
        style = pen.style("text" if entry.started else "muted", back, bold=found.changed)
        return text.add(" ", plain).add(found.words, style, columns.words).strip(width, plain)


def _reach(entry: Entry) -> float:
    """How far an item's bar goes, in ew."""
    return max(entry.spent + entry.left, entry.ew)
