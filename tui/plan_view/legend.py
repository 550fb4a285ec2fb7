"""The legend: each slice's chip and name, a bullet bar against its aim, and the gap in points."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from store.common.values import Value
from tui.drawing import bars
from tui.drawing.bars import Part, Tick
from tui.drawing.canvas import Canvas, Line
from tui.drawing.colours import Palette
from tui.drawing.plain import percent

WIDE = 40
"""From this many columns on, the legend shows names and aims."""
TALL = 30
"""From this many columns on, a slice may take two lines where the height allows it."""
FAR = 5
"""A gap of this many points is marked as worse."""


class LegendRow(Value):
    """A slice as the legend shows it; shares are 0..1 of planned effort."""

    letter: str
    name: str
    share: float
    aim: float
    before: float | None = None
    """The share before what is previewed, None while nothing is."""
    said: str = ""
    """The share as it is shown; empty for its whole percent."""


class Legend(Canvas):
    """Aligned bullet bars; they beat leader lines to the pie."""

    DEFAULT_CSS = "Legend { height: auto; width: 1fr; }"

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._rows: tuple[LegendRow, ...] = ()

    def show(self, rows: Sequence[LegendRow]) -> None:
        """Show one row a slice, in the order given."""
        grown = len(rows) > len(self._rows)
        self._rows = tuple(rows)
        self.redraw()
        if grown and self.styles.is_auto_height:
            self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """A row a slice, and the head where there is room for one."""
        return max(1, len(self._rows) + (width >= WIDE))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Two lines a slice where there is height for it; else one, compact below `WIDE` columns."""
        shades, rows = self.palette, self._rows
        scale = _scale(rows)
        if width >= TALL and len(rows) > 0 and height > 2 * len(rows):
            airy = height >= 3 * len(rows)
            blank = [Strip.blank(width, shades.style())] if airy else []
            tall = [strip for row in rows for strip in (*_tall(row, width, scale, shades), *blank)]
            return [_head(width, shades), *tall]
        if width < WIDE:
            return [_compact(row, width, scale, shades) for row in rows]
        head = [_head(width, shades)] if height > len(rows) else []
        return head + [_wide(row, width, scale, shades) for row in rows]


def _scale(rows: Sequence[LegendRow]) -> float:
    """The share that a full bar stands for: a round one, so that bars stay comparable from look to look."""
    largest = max((max(row.share, row.aim, row.before or 0.0) for row in rows), default=0.5)
    return next((step for step in (0.3, 0.4, 0.5, 0.6, 0.8) if largest <= step * 0.95), 1.0)


def gap_points(row: LegendRow) -> int:
    """Plan minus aim in whole points, as the percentages beside it read."""
    return int(row.share * 100 + 0.5) - int(row.aim * 100 + 0.5)


def _gap(line: Line, row: LegendRow, width: int, shades: Palette) -> None:
    """▲ above the aim, ▼ below it, ✓ on it; a far one in the colour for worse."""
    points = gap_points(row)
    if points == 0:
        line.add(" " * (width - 2) + "✓ ", shades.style("muted"))
        return
    style = shades.style("worse" if abs(points) >= FAR else "text", bold=True)
    line.add(f"{'▲' if points > 0 else '▼'}{abs(points):>2}", style, width, "right")


def _bar(line: Line, row: LegendRow, width: int, scale: float, shades: Palette) -> None:
    """The share, what a preview adds or takes, and the aim's tick."""
    before = row.share if row.before is None else row.before
    kept = min(row.share, before)
    parts = [Part(kept / scale, row.letter)]
    if row.share > kept:
        parts.append(Part(row.share / scale, row.letter, bars.GAINED))
    elif before > kept:
        parts.append(Part(before / scale, row.letter, dimmed=True))
    line.segments += bars.bar(width, parts, [Tick(row.aim / scale)], shades)
    line.width += width


def _head(width: int, shades: Palette) -> Strip:
    line = Line().add("", shades.style(), width - 16)
    line.add("plan", shades.style("muted"), 5, "right").add("aim", shades.style("muted"), 5, "right")
    return line.add("gap", shades.style("muted"), 6, "right").strip(width, shades.style())


def _figures(line: Line, row: LegendRow, shades: Palette) -> None:
    line.add(row.said or percent(row.share), shades.style(bold=True), 5, "right")
    line.add(percent(row.aim), shades.style("muted"), 5, "right")
    line.add("  ", shades.style())
    _gap(line, row, 4, shades)


def _wide(row: LegendRow, width: int, scale: float, shades: Palette) -> Strip:
    ground = shades.style()
    names = min(24, max(16, (width - 20) * 3 // 5))
    line = Line().add(row.letter, shades.chip(row.letter), 3, "centre").add(" ", ground)
    line.add(row.name, ground, names).add(" ", ground)
    _bar(line, row, max(4, width - line.width - 16), scale, shades)
    _figures(line, row, shades)
    return line.strip(width, ground)


def _tall(row: LegendRow, width: int, scale: float, shades: Palette) -> list[Strip]:
    ground = shades.style()
    first = Line().add(row.letter, shades.chip(row.letter), 3, "centre").add(" ", ground)
    first.add(row.name, shades.style(bold=True), width - 20)
    _figures(first, row, shades)
    second = Line().add("", ground, 4)
    _bar(second, row, width - 4, scale, shades)
    return [first.strip(width, ground), second.strip(width, ground)]


def _compact(row: LegendRow, width: int, scale: float, shades: Palette) -> Strip:
    ground = shades.style()
    line = Line().add(row.letter, shades.chip(row.letter), 3, "centre").add(" ", ground)
    _bar(line, row, max(1, width - 14), scale, shades)
    line.add(row.said or percent(row.share), shades.style(bold=True), 5, "right").add(" ", ground)
    _gap(line, row, 4, shades)
    return line.strip(width, ground)
