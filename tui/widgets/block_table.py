"""Blocks of text with a name at the left, one under the other: cards, facts, figures. Only what is visible is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.geometry import Region
from textual.strip import Strip

from tui.drawing import colours
from tui.drawing.canvas import Line
from tui.drawing.wrap import wrapped
from tui.widgets.row_table import RowTable

Tone = Literal["text", "muted", "strong"]


@dataclass(frozen=True)
class Block:
    """A name, and lines of text each in its tone. One without a ``key`` is a heading: the cursor passes over it."""

    name: str
    lines: tuple[tuple[str, Tone], ...] = ()
    key: str = ""


@dataclass(frozen=True)
class _Row:
    """A row on screen: the block that it belongs to, and how far down in it."""

    block: int
    depth: int
    name: str
    text: str
    tone: Tone


class BlockTable(RowTable):
    """The cursor stands on the first row of a block, and in one that is longer than the screen on its parts."""

    DEFAULT_CSS = "BlockTable { height: 1fr; }"

    def __init__(self, names: int = 22) -> None:
        """``names`` is how many cells the names take at most."""
        super().__init__(id="blocks")
        self._most = names
        self._blocks: Sequence[Block] = ()
        self._rows: list[_Row] = []
        self._width = 0
        #: the block to stand on once there is a width to lay them out in
        self._wanted = ""

    def show(self, blocks: Sequence[Block], key: str = "") -> None:
        """Show these blocks, with the cursor on the one of this key, else where it was."""
        self._wanted = key or self.key or self._wanted
        self._blocks = blocks
        self._lay_out()

    @property
    def key(self) -> str:
        """The key of the block on the cursor; empty where there is none."""
        return self._blocks[self._rows[self.cursor].block].key if self.cursor < len(self._rows) else ""

    def _lay_out(self) -> None:
        self._width = self._inner_width()
        self._rows = self._laid_out() if self._width > 1 else []
        keys = [self._blocks[row.block].key for row in self._rows]
        if self._rows:
            self.rebuild(keys.index(self._wanted) if self._wanted and self._wanted in keys else None)

    def _laid_out(self) -> list[_Row]:
        names = min(self._most, max(8, self._width // 4))
        room = max(4, self._width - names - 3)
        rows: list[_Row] = []
        for number, block in enumerate(self._blocks):
            texts: list[tuple[str, Tone]] = []
            if block.key:
                for text, tone in block.lines:
                    first, *rest = wrapped(text, room)
                    texts.append((first, tone))
                    # What goes on stands in a little, so that the lines of a block are told apart.
                    texts += [(f"  {part}", tone) for part in wrapped(" ".join(rest), room - 2) if part]
            left = wrapped(block.name, names) if block.key else [block.name]
            for depth in range(max(len(texts), len(left), 1)):
                name = left[depth] if depth < len(left) else ""
                said, tone = texts[depth] if depth < len(texts) else ("", "text")
                rows.append(_Row(number, depth, name, said, tone))
        return rows

    def row_count(self) -> int:
        """One row a line on screen."""
        return len(self._rows)

    def can_stand(self, row: int) -> bool:
        """On the first row of a block, and then once in every screenful of it."""
        each = self._rows[row]
        return bool(self._blocks[each.block].key) and each.depth % max(3, self.size.height - 2) == 0

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One row."""
        each, pen = self._rows[row], colours.of(self.app)
        block = self._blocks[each.block]
        back = "cursor" if on_cursor else "panel"
        ground = pen.style("text", back)
        drawn = Line().add("▌" if on_cursor else " ", ground)
        if not block.key:
            return drawn.text(each.name, pen.style("text", back, bold=True), width - 1, ground).strip(width, ground)
        names = min(self._most, max(8, self._width // 4))
        drawn.add(each.name, pen.style("text", back, bold=on_cursor), names).add("  ", ground)
        tone = pen.style("muted" if each.tone == "muted" else "text", back, bold=each.tone == "strong")
        return drawn.text(each.text, tone, max(1, width - names - 3), ground).strip(width, ground)

    def on_resize(self) -> None:
        """Text is as wide as the table."""
        if self._width != self._inner_width():
            self._wanted = self.key or self._wanted
            self._lay_out()
        super().on_resize()

    def _show_cursor(self) -> None:
        # The whole block comes into sight before its first row does.
        if self.size.height and self.cursor < len(self._rows):
            block, last = self._rows[self.cursor].block, self.cursor
            while last + 1 < len(self._rows) and self._rows[last + 1].block == block:
                last += 1
            self.scroll_to_region(Region(0, last, self._inner_width(), 1), animate=False, immediate=True, x_axis=False)
            # And the heading above the first block.
            first = next((at for at in range(len(self._rows)) if self.can_stand(at)), 0)
            if self.cursor == first:
                self.scroll_to(0, 0, animate=False, immediate=True)
        super()._show_cursor()
