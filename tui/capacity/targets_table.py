"""The odds target and the aims of the slices, each as a bar that left and right move."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from scenarios.figures.amounts import target_percent
from scenarios.plan.aims import Aims
from scenarios.plan.mix import Mix
from scenarios.plan.plan import Plan
from store.records import Slice
from tui.drawing import bars, colours
from tui.drawing.bars import Part, Tick
from tui.drawing.canvas import Line
from tui.widgets.row_table import RowTable

#: The row of the odds target; slices follow it.
TARGET = 0


class TargetsTable(RowTable):
    """First the odds target, then a row a slice: aim, floor and ceiling, what is planned, and whose it is."""

    DEFAULT_CSS = "TargetsTable { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="targets")
        self._target = self._before = 0.7
        self._of = ""
        self._aims: Aims | None = None
        self._mix: Mix | None = None

    def show(self, plan: Plan, before: float, aims: Aims, mix: Mix) -> None:
        """The target of a plan and before (0..1), the aims, and the mix of the plan."""
        count = self.row_count()
        self._target, self._before, self._aims, self._mix = plan.target, before, aims, mix
        self._of = " of each team" if plan.each_team else ""
        if self.row_count() != count:
            self.rebuild()
        else:
            self.redraw()

    @property
    def slices(self) -> Sequence[Slice]:
        """The slices in their order."""
        return self._aims.slices if self._aims is not None else ()

    @property
    def letter(self) -> str:
        """The slice on the cursor; empty on the target."""
        return self.slices[self.cursor - 1].letter if 0 < self.cursor <= len(self.slices) else ""

    def row_count(self) -> int:
        """Target and slices."""
        return 1 + len(self.slices) if self._aims is not None else 0

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One row."""
        return self._draw_target(width, on_cursor) if row == TARGET else self._draw_aim(row - 1, width, on_cursor)

    def _draw_target(self, width: int, on_cursor: bool) -> Strip:
        pen, back = colours.of(self.app), "cursor" if on_cursor else "panel"
        plain, muted = pen.style("text", back), pen.style("muted", back)
        names = _names(width)
        text = Line().add("▌" if on_cursor else " ", plain).add("    odds target", pen.style("text", back, bold=True))
        text.add("", plain, max(0, names + 6 - text.width))
        room = max(6, min(40, width - text.width - 8 - _OWNER * (width >= 64)))
        was = [Tick(self._before, dashed=True)] if self._before != self._target else []
        text.segments += bars.bar(room, [Part(self._target, "fill")], was, pen)
        text.width += room
        text.add(target_percent(self._target), pen.style("text", back, bold=True), 6, "right")
        text.add(self._of, muted)
        text.add("" if self._target == self._before else f"  was {target_percent(self._before)}", muted)
        return text.strip(width, plain)

    def _draw_aim(self, at: int, width: int, on_cursor: bool) -> Strip:
        aims, pen, back = self._aims, colours.of(self.app), "cursor" if on_cursor else "panel"
        if aims is None:
            return Strip.blank(width)
        part, plain, muted = aims.slices[at], pen.style("text", back), pen.style("muted", back)
        aim, changed = aims.points[part.letter], aims.points[part.letter] != part.aim
        names = _names(width)
        text = Line().add("▌" if on_cursor else " ", plain)
        text.add("●" if aims.marked == part.letter else " ", plain).add(f" {part.letter} ", pen.chip(part.letter))
        text.add(" ", plain).add(part.name[:100], pen.style("text", back, bold=on_cursor), names)
        room = max(6, min(40, width - text.width - 8 - _OWNER * (width >= 64)))
        scale = max(60.0, *aims.points.values())
        shown = [Part(min(aim, part.aim) / scale, part.letter)]
        if aim > part.aim:
            shown.append(Part(aim / scale, part.letter, bars.GAINED))
        elif aim < part.aim:
            shown.append(Part(part.aim / scale, part.letter, dimmed=True))
        limits = [Tick(each / scale, dashed=True) for each in (part.floor, part.ceiling) if each is not None]
        share = self._mix.share(part.letter) if self._mix is not None else 0.0
        text.segments += bars.bar(room, shown, [*limits, Tick(100 * share / scale)], pen)
        text.width += room
        text.add(f"{aim:g}%", pen.style("text", back, bold=changed, underline=changed), 6, "right")
        if width >= 64:
            text.add("  ", plain).add(part.owner[:60] or _bounds(part), muted, max(0, width - text.width))
        return text.strip(width, plain)


#: Cells for whose a slice is, where there are as many.
_OWNER = 16


def _names(width: int) -> int:
    return 24 if width >= 90 else 16


def _bounds(part: Slice) -> str:
    """Floor and ceiling in words."""
    found = [
        f"{word} {figure:g}"
        for word, figure in (("floor", part.floor), ("ceiling", part.ceiling))
        if figure is not None
    ]
    return ", ".join(found)
