"""The one-off share drawn against its bands and its ceiling, readable without colour: words, a marker, hatching."""

from __future__ import annotations

from fractions import Fraction

from rich.cells import cell_len
from textual.strip import Strip

from scenarios.plan.mix import ONE_OFF_BANDS
from scenarios.rules.one_offs import Gauge
from tui.drawing import bars
from tui.drawing.bars import Part, Tick
from tui.drawing.canvas import Canvas, Line
from tui.drawing.colours import Palette

#: The share at the right end of the bar, in percent: the last band is as wide as the one before it.
SCALE = 40


class OneOffBands(Canvas):
    """Four rows: share and band in words, the bar, where each band ends, what it is called."""

    DEFAULT_CSS = "OneOffBands { height: 4; width: 1fr; padding: 0 1; }"

    _gauge: Gauge | None = None
    _quarter = ""

    def show(self, gauge: Gauge, quarter: str = "") -> None:
        """Show a gauge; ``quarter`` names it where it is not the present one's."""
        self._gauge, self._quarter = gauge, quarter
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """The rows."""
        return [] if self._gauge is None else band_rows(self._gauge, width, self.palette, self._quarter)


def band_rows(gauge: Gauge, width: int, pen: Palette, quarter: str = "") -> list[Strip]:
    """The gauge as rows of ``width`` cells."""
    line = Line().add(gauge_words(gauge), pen.style("worse" if gauge.over else "text", bold=True))
    first = line.add(f"   {quarter}" if quarter else "", pen.style("muted")).strip(width, pen.style())
    if width < 20:
        return [first]
    return [first, _bar(gauge, width, pen), _ends(width, pen), _names(gauge, width, pen)]


def gauge_words(gauge: Gauge) -> str:
    """The share, its band, and how it stands to the ceiling, as ``12.5% one-offs: over budget, above …``."""
    return f"{'▲' if gauge.over else '✓'} {gauge.words}" if gauge.share.known else gauge.words


def _at(percent: float | Fraction) -> float:
    """A share in percent as a part of the bar, 0..1."""
    return min(1.0, float(percent) / SCALE)


def _bar(gauge: Gauge, width: int, pen: Palette) -> Strip:
    """One-offs' colour up to the share, hatched above the ceiling; a solid tick at the ceiling, dashed at the bands."""
    share = 100 * (gauge.share.value or Fraction(0))
    ceiling = None if gauge.ceiling is None else 100 * gauge.ceiling
    parts = [Part(_at(share if ceiling is None else min(share, ceiling)), "O")] if share else []
    if ceiling is not None and share > ceiling:
        parts.append(Part(_at(share), "O", "╳"))
    ticks = [Tick(_at(end), dashed=True) for end, _ in ONE_OFF_BANDS if end < SCALE]
    ticks += [Tick(_at(ceiling))] if ceiling is not None and ceiling < SCALE else []
    return Strip(bars.bar(width, parts, ticks, pen), width).simplify()


def _columns(width: int) -> list[int]:
    """The cell at which each band begins, and the end of the last."""
    ends = [float(end) for end, _ in ONE_OFF_BANDS if end < SCALE]
    return [0, *(bars.tick_cell(width, _at(end)) for end in ends), width]


def _ends(width: int, pen: Palette) -> Strip:
    """The percentages at which the bands end, under their ticks."""
    cells = [" "] * width
    marks = [(column, f"{end:g}") for column, (end, _) in zip(_columns(width)[1:], ONE_OFF_BANDS, strict=False)]
    for column, text in [(0, "0%"), *marks[:-1], (width - 4, f"{SCALE}%+")]:
        for at, character in enumerate(text):
            if column + at < width:
                cells[column + at] = character
    return Line().add("".join(cells), pen.style("muted")).strip(width, pen.style())


def _names(gauge: Gauge, width: int, pen: Palette) -> Strip:
    """What each band is called; the one that the share is in is in brackets."""
    line, columns = Line(), _columns(width)
    for at, (_, name) in enumerate(ONE_OFF_BANDS):
        room = columns[at + 1] - columns[at]
        here = gauge.share.known and name == gauge.band
        text = f"[{name}]" if here else name
        if cell_len(text) > room - 1:
            # As much as tells it apart from the others.
            text = f"[{name.split()[0]}]" if here else name.split()[0]
        line.add(text, pen.style("text" if here else "muted", bold=here), room)
    return line.strip(width, pen.style())
