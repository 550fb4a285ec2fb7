"""The meter: the odds that the whole plan gets done, and the gauge of what one-offs take."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from scenarios.plan.mix import ONE_OFF_BANDS, one_off_band
from store.common.values import Value
from tui.drawing import bars, dots
from tui.drawing.bars import Part, Tick
from tui.drawing.canvas import Canvas, Line, spread
from tui.drawing.colours import Palette
from tui.drawing.plain import odds_percent, percent
from tui.drawing.words import target_percent

NARROW = 34
"""Below this many columns, there are no dots in 80x24's right column: the bar alone is legible."""
PLOT_ROWS = 6
"""From this height on, the dots are shown."""


class _Reading(Value):
    odds: float = 0.0
    target: float = 0.7
    before: float | None = None
    dots: tuple[float, ...] = ()
    dots_before: tuple[float, ...] | None = None
    capacity_label: str = ""
    low_label: str = ""
    high_label: str = ""
    each: bool = False

    @property
    def held_against(self) -> str:
        """The target in words; that of each team has no place on the bar of the whole plan."""
        return f"target {target_percent(self.target)}{' each team' if self.each else ''}"

    @property
    def ticks(self) -> list[Tick]:
        """The target on the bar."""
        return [] if self.each else [Tick(self.target)]


class Meter(Canvas):
    """The odds as a bar against the target and, where there is room, as 50 likely quarters (20 when narrow)."""

    DEFAULT_CSS = "Meter { height: 11; width: 1fr; }"

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._reading: _Reading | None = None

    def show(
        self,
        odds: float,
        target: float,
        before: float | None,
        dots: Sequence[float] | None,
        dots_before: Sequence[float] | None,
        capacity_label: str,
        low_label: str,
        high_label: str,
        each: bool = False,
    ) -> None:
        """Show the odds 0..1 against the target 0..1, and what they were `before` while something is previewed.

        `dots` are loads of equally likely quarters as shares of capacity: at most 1 finishes. The labels stand below
        the dots: `low_label` and `high_label` for the ends that `Meter.axis` tells. `each`: the target is each team's.
        """
        self._reading = _Reading(
            odds,
            target,
            before,
            tuple(dots or ()),
            None if dots_before is None else tuple(dots_before),
            capacity_label,
            low_label,
            high_label,
            each,
        )
        self.redraw()

    @staticmethod
    def axis(now: Sequence[float], before: Sequence[float] | None = None) -> tuple[float, float, bool]:
        """From and to where the dots' axis reaches, as shares of capacity, and whether there are dots beyond it."""
        return dots.axis(now, before)

    def draw(self, width: int, height: int) -> list[Strip]:
        """The title and the bar, then the target below its tick (narrow) or the dots, as far as the height goes."""
        reading, shades = self._reading, self.palette
        if reading is None:
            return []
        roomy = width >= NARROW
        strips = [_title(reading, width, roomy, shades), _odds_bar(reading, width, shades)]
        if height < PLOT_ROWS or not roomy or not reading.dots:
            return strips if roomy else [*strips, _held_against(reading, width, shades)]
        return strips + _dotplot(reading, width, height - len(strips), shades)


def _change(reading: _Reading) -> tuple[str, str]:
    """The odds, with what they were where that differs, and the role that says better or worse."""
    now = odds_percent(reading.odds, reading.target)
    before = now if reading.before is None else odds_percent(reading.before, reading.target)
    if before == now or reading.before is None:
        return now, "text"
    return f"{before} → {now}", "better" if reading.odds > reading.before else "worse"


def _title(reading: _Reading, width: int, roomy: bool, shades: Palette) -> Strip:
    text, _ = _change(reading)
    left = [("ODDS" if roomy else "Odds", shades.style(bold=True))]
    if roomy:
        left.append((f"  {reading.held_against}", shades.style("muted")))
    return spread(left, [(text, shades.style(bold=True))], width, shades.style())


def _odds_bar(reading: _Reading, width: int, shades: Palette) -> Strip:
    before = reading.odds if reading.before is None else reading.before
    kept = min(reading.odds, before)
    parts = [Part(kept, "fill")]
    if reading.odds > kept:
        parts.append(Part(reading.odds, "better", bars.GAINED))
    elif before > kept:
        parts.append(Part(before, "worse", bars.LOST, hollow=True))
    return Strip(bars.bar(width, parts, reading.ticks, shades), width).simplify()


def _held_against(reading: _Reading, width: int, shades: Palette) -> Strip:
    text = reading.held_against
    at = bars.tick_cell(width, reading.target) - len(text) // 2
    at = max(0, min(at, width - len(text)))
    return Line().add("", shades.style(), at).add(text, shades.style("muted")).strip(width, shades.style())


def _dotplot(reading: _Reading, width: int, height: int, shades: Palette) -> list[Strip]:
    """The sentence, the dots with the capacity's line, the axis with its foot, and the labels."""
    labelled = height >= 5
    rows = height - (3 if labelled else 2)
    count = len(reading.dots)
    # A side that cannot hold its dots shows 20 of them: fewer, but every one of them counted.
    if count > 20 and (width < 40 or count > ((width + 1) // 2 - 1) * rows * 2 // 3):
        count = 20
    now = dots.thin(reading.dots, count)
    before = None if reading.dots_before is None else dots.thin(reading.dots_before, count)
    plot = dots.plot(now, before, width, rows)
    fitting = sum(load <= 1 for load in now)
    sentence = f"{fitting} of {len(now)} likely quarters finish it all"
    if len(sentence) > width:
        sentence = f"{fitting} of {len(now)} likely quarters finish"
    looks = {
        dots.FITS: shades.style("fill"),
        dots.OVERRUNS: shades.style("muted"),
        dots.GAINED: shades.style("better"),
        dots.LOST: shades.style("worse"),
    }
    strips = [Line().add(sentence, shades.style(), width).strip(width, shades.style())]
    for row in reversed(range(rows)):
        cells = [(" ", shades.style())] * width
        cells[plot.capacity] = ("┃", shades.style(bold=True))
        for (x, y), dot in plot.dots.items():
            if y == row:
                cells[x] = (dot, looks[dot])
        strips.append(_row(cells, width, shades))
    foot = [("─", shades.style("line"))] * width
    foot[plot.capacity] = ("┻", shades.style(bold=True))
    strips.append(_row(foot, width, shades))
    if labelled:
        strips.append(_labels(reading, plot.capacity, width, shades))
    return strips


def _row(cells: Sequence[tuple[str, Style]], width: int, shades: Palette) -> Strip:
    line = Line()
    for char, style in cells:
        line.add(char, style, 1)
    return line.strip(width, shades.style())


def _labels(reading: _Reading, capacity: int, width: int, shades: Palette) -> Strip:
    """The capacity's label under its foot; the ends' labels where they do not touch it."""
    middle = reading.capacity_label
    size = min(cell_len(middle), width)
    start = max(0, min(capacity - size // 2, width - size))
    quiet = shades.style("muted")
    line = Line()
    low, high = reading.low_label, reading.high_label
    line.add(low if cell_len(low) + 1 < start else "", quiet, start)
    line.add(middle, shades.style(bold=True), size)
    rest = width - start - size
    line.add(high if cell_len(high) + 1 < rest else "", quiet, rest, "right")
    return line.strip(width, shades.style())


class OneOffGauge(Canvas):
    """What one-offs take of the plan, against the ceiling and the bands above it."""

    DEFAULT_CSS = "OneOffGauge { height: 2; width: 1fr; }"

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._reading: tuple[float, float | None, float] | None = None

    def show(self, share: float, before: float | None, ceiling: float) -> None:
        """Show the one-offs' share 0..1, what it was `before` while something is previewed, and the ceiling."""
        self._reading = (share, before, ceiling)
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """A title with the share and its band's word, and the bar."""
        if self._reading is None:
            return []
        share, before, ceiling = self._reading
        shades = self.palette
        now = shown = percent(share, ceiling)
        if before is not None and (was := percent(before, ceiling)) != shown:
            shown = f"{was} → {shown}"
        fits = share <= ceiling + 1e-9
        word = f"{'✓' if fits else '▲'} {one_off_band(share)}"
        name = "ONE-OFF BUDGET" if width >= NARROW else "One-offs"
        # The word outlives the figures where the room is narrow.
        gap = "  " if width >= NARROW else " "
        room = width - cell_len(name) - cell_len(word) - 1
        figure = next((text + gap for text in (shown, now) if cell_len(text + gap) <= room), "")
        style = shades.style("better" if fits else "worse", bold=True)
        strong = shades.style(bold=True)
        title = spread([(name, strong)], [(figure, strong), (word, style)], width, shades.style())
        return [title, _budget_bar(share, before, ceiling, width, shades)]


def _budget_bar(share: float, before: float | None, ceiling: float, width: int, shades: Palette) -> Strip:
    """One-offs' colour up to the ceiling, hatched above it; the ceiling's tick, and the bands' dashed ones."""
    ends = [float(end) / 100 for end, _ in ONE_OFF_BANDS[:-1]]
    scale = 1.2 * max(ceiling, *ends)
    was = share if before is None else before
    kept = min(share, was)
    parts = [Part(min(kept, ceiling) / scale, "O")]
    if kept > ceiling:
        parts.append(Part(kept / scale, "O", "╳"))
    if share > kept:
        if kept < ceiling:
            parts.append(Part(min(share, ceiling) / scale, "O", bars.GAINED))
        if share > ceiling:
            parts.append(Part(share / scale, "O", "╳"))
    elif was > kept:
        parts.append(Part(was / scale, "O", dimmed=True))
    ticks = [Tick(end / scale, dashed=True) for end in ends if abs(end - ceiling) > 1e-9]
    ticks.append(Tick(ceiling / scale))
    return Strip(bars.bar(width, parts, ticks, shades), width).simplify()
