"""The best swaps as numbered rows: the criterion that each is best on, what leaves, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.strip import Strip

from scenarios.figures.sizes import format_ew
from scenarios.plan.departures import Key
from store.common.values import Value
from tui.drawing import colours
from tui.drawing.canvas import Canvas, Line
from tui.drawing.words import amount, odds_percent, waiting_words
from tui.drawing.wrap import wrapped
from tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from scenarios.swaps import Criterion, Swap

#: A criterion in few words, for a column.
SHORT: Mapping[Criterion, str] = {
    "value": "least value",
    "rank": "lowest ranked",
    "odds": "safest odds",
    "waiting": "fewest waiting",
    "aims": "closest to aims",
    "clean": "one clean cut",
}


def best_on(swap: Swap, sorted_by: Criterion | None, width: int) -> str:
    """What a swap is the best on, in up to ``width`` cells; for a next best, what it was asked for by."""
    if swap.without:
        words = f"better still without {swap.without}"
        return words if len(words) <= width else "without ceiling"
    if not swap.criteria:
        return f"next {SHORT[sorted_by]}" if sorted_by else "next best"
    names = [SHORT[each] for each in swap.criteria]
    words = ", ".join(names)
    return words if len(words) <= width else f"{names[0]} +{len(names) - 1}"


#: Rows of a sentence at most.
_MOST = 4


class SwapColumns(Value):
    """Widths in cells at a table's width; 0 leaves a part out."""

    name: int
    value: int
    who: int
    gap: int

    @classmethod
    def at(cls, width: int, rows: Sequence[Swap]) -> SwapColumns:
        """What no row has gets no column; who waits is counted where names have no room."""
        value, who, gap = (7, 9, 4) if width < 64 else (7, 10, 5) if width < 100 else (8, 34, 6)
        value = value if any(row.value is not None for row in rows) else 0
        who = who if any(row.waiting for row in rows) else 0
        return cls(max(10, width - 3 - 6 - value - 6 - who - gap), value, who, gap)


class SwapHead(Canvas):
    """The column names, or why there are no rows."""

    DEFAULT_CSS = "SwapHead { height: 1; width: 1fr; }"

    _rows: Sequence[Swap] = ()
    _says = ""

    def show(self, rows: Sequence[Swap], says: str) -> None:
        """Name the columns of these rows; ``says`` stands at the left."""
        self._rows, self._says = rows, says
        self._fit()
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        """A sentence has as many rows as it needs."""
        self._fit()

    def _fit(self) -> None:
        rows = 1 if self._rows else len(wrapped(self._says, self.size.width - 2)) if self.size.width else 1
        self.styles.height = min(_MOST, rows)

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row of names, or the sentence."""
        muted = self.palette.style("muted")
        if not self._rows:
            rows = wrapped(self._says, width - 2)
            return [Line().add(" " + row, muted, width).strip(width, muted) for row in rows[:height]]
        columns = SwapColumns.at(width, self._rows)
        line = Line().add("   " + self._says, muted, 3 + columns.name).add("frees", muted, 6, "right")
        line.add("value" if columns.value else "", muted, columns.value, "right").add("odds", muted, 6, "right")
        line.add(" waits" if columns.who else "", muted, columns.who)
        return [line.add("mix" if columns.gap else "", muted, columns.gap, "right").strip(width, muted)]


class SwapTable(RowTable):
    """Two lines a swap: what it is best on with its figures, then what leaves. The cursor previews one; a number, space
    or enter takes it."""

    def __init__(self) -> None:
        super().__init__(id="swaps")
        self.row_height = 2
        self.rows: tuple[Swap, ...] = ()
        self._picked: frozenset[Key] = frozenset()
        self._sorted_by: Criterion | None = None
        self._target = 0.7

    def show(self, rows: Sequence[Swap], target: float, sorted_by: Criterion | None = None) -> None:
        """Show these swaps; the cursor stays on the swap that it is on."""
        at = self.swap
        self.rows, self._target, self._sorted_by = tuple(rows), target, sorted_by
        keys = [row.key for row in self.rows]
        self.styles.height = max(1, 2 * len(self.rows))
        # The sentence in place of rows stands right above the items. A class, since the verdict hides the rows, too.
        self.set_class(not self.rows, "-none")
        self.rebuild(keys.index(at.key) if at is not None and at.key in keys else 0)

    def pick(self, key: frozenset[Key]) -> None:
        """Show which swap the marks are."""
        if key != self._picked:
            self._picked = key
            self.rebuild()

    @property
    def swap(self) -> Swap | None:
        """The swap on the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def row_count(self) -> int:
        """One row a swap."""
        return len(self.rows)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One line of a swap."""
        pen, columns = colours.of(self.app), SwapColumns.at(width, self.rows)
        swap = self.rows[row]
        picked = swap.key == self._picked
        back = "cursor" if on_cursor and self.has_focus else "panel"
        plain, muted = pen.style("text", back), pen.style("muted", back)
        bold = pen.style("text", back, bold=True)
        text = Line().add("▌" if on_cursor and self.has_focus else " ", plain)
        if line:
            what = ", ".join(each.words for each in swap.out) or "nothing has to leave"
            text.add("x " if picked else "  ", bold)
            return text.text(what, bold if on_cursor and self.has_focus else plain, width - 3, plain).strip(
                width, plain
            )
        text.add(str(row + 1) if row < 9 else "·", bold).add(" ", plain)
        text.add(best_on(swap, self._sorted_by, columns.name), muted, columns.name)
        text.add(format_ew(swap.frees), plain, 6, "right")
        if columns.value:
            text.add("–" if swap.value is None else amount(swap.value), plain, columns.value, "right")
        tone = pen.style("better" if swap.fits else "worse", back, bold=True)
        text.add(odds_percent(swap.odds, self._target), tone, 6, "right")
        if columns.who:
            text.add(" " + waiting_words(swap.waiting, short=columns.who < 12), muted, columns.who)
        return text.add(f"{swap.gap:.0f}" if columns.gap else "", muted, columns.gap, "right").strip(width, plain)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor shows only where it is."""
        super().watch_has_focus(has_focus)
        self.rebuild()
