"""The burn chart in cells: bars of what was used, the fan of what is left, and the line of the capacity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from scenarios.figures.amounts import odds_percent
from scenarios.figures.sizes import format_ew, whole_ew
from scenarios.quarter.burn import Burn, BurnWeek

#: A cell: its character, and the role of the palette in which it is drawn.
Cell = tuple[str, str]
#: Cells at the left for the axis and the names of the rows, and at the right for what the lines end at.
LEFT, RIGHT = 12, 11
#: What a line is drawn with: near the top of its cell, in the middle, near its foot.
_LINE = ("▔", "─", "▁")
_EIGHTHS = " ▁▂▃▄▅▆▇█"
#: A week is so many cells wide at most.
_WIDEST = 10
#: Rows of figures below the chart, their axis with them.
FIGURES = 6
KEY = "█ used  ─ net capacity, then what is left of it  · as planned  ▒ what is left to do, P10 to P90, ━ P50"
SHORT_KEY = "█ used  ─ net, left  · planned  ▒ to do, P10 to P90"


@dataclass(frozen=True)
class _Scale:
    most: float
    rows: int

    def eighths(self, ew: float) -> int:
        """How many eighths of a cell a figure is high."""
        return round(8 * self.rows * min(1.0, ew / self.most)) if self.most > 0 else 0

    def cell(self, ew: float) -> tuple[int, str]:
        """The row (from the foot) in which a line stands, and its character."""
        height = min(8 * self.rows - 1, self.eighths(ew))
        return height // 8, _LINE[2 - height % 8 // 3]


def week_width(burn: Burn, width: int) -> int:
    """How many cells a week gets in a chart of so many."""
    return max(1, min(_WIDEST, (width - LEFT - RIGHT) // len(burn.weeks)))


def chart(burn: Burn, width: int, height: int) -> list[list[Cell]]:
    """The rows of the chart, from the top, with :data:`FIGURES` rows of figures below where there is the height."""
    below = FIGURES if height >= FIGURES + 6 else 1
    rows, wide = max(3, height - below), week_width(burn, width)
    scale = _Scale(burn.most, rows)
    across = wide * len(burn.weeks)
    plot: list[list[Cell]] = [[(" ", "text")] * across for _ in range(rows)]
    for column in range(across):
        at = (column + 0.5) / wide
        _column(plot, column, burn, scale, at, blank=wide > 1 and column % wide == wide - 1)
    ends = _ends(burn, scale)
    lines = []
    for row in reversed(range(rows)):
        label = format_ew(burn.most) if row == rows - 1 else "ew" if row == rows - 2 else "0" if row == 0 else ""
        line = _text(label, LEFT - 1, "muted", right=True) + [("│", "line")] + plot[row]
        word, role = ends.get(row, ("", "muted"))
        lines.append(line + _text(f" {word}", RIGHT, role))
    return lines + _figures(burn, wide, below)


def _column(plot: list[list[Cell]], column: int, burn: Burn, scale: _Scale, at: float, *, blank: bool) -> None:
    """What stands in one column, ``at`` so many weeks from the first day: later things over earlier ones."""
    week = burn.weeks[min(len(burn.weeks) - 1, int(at))]
    if week.used is not None and not blank:
        height = scale.eighths(week.used)
        for row in range(height // 8):
            plot[row][column] = ("█", "fill")
        if height % 8 and height // 8 < len(plot):
            plot[height // 8][column] = (_EIGHTHS[height % 8], "fill")
    if at > burn.now:
        low, middle, high = (_between(burn, at, partial(_fan, part)) for part in range(3))
        for row in range(scale.cell(low)[0], scale.cell(high)[0] + 1):
            plot[row][column] = ("▒", "muted")
        plot[scale.cell(middle)[0]][column] = ("━", "fill")
    planned = scale.cell(_between(burn, at, lambda week: week.planned))[0]
    if plot[planned][column][0] == " ":
        plot[planned][column] = ("·", "muted")
    weeks, ews = zip(*(burn.ahead if at > burn.now else burn.passed), strict=True)
    row, char = scale.cell(float(np.interp(at, np.array(weeks), np.array(ews))))
    # On a bar or the fan, the line has its whole cell.
    plot[row][column] = (char if plot[row][column][0] in " ·" else "─", "text")


def _between(burn: Burn, at: float, figure: Callable[[BurnWeek], float]) -> float:
    """A figure ``at`` so many weeks from the first day, on the straight line between two weeks' ends."""
    number = min(len(burn.weeks) - 1, int(at))
    before = figure(burn.weeks[number - 1]) if number else 0.0
    return before + (at - number) * (figure(burn.weeks[number]) - before)


def _fan(part: int, week: BurnWeek) -> float:
    return week.fan[part] if week.fan is not None else 0.0


def _ends(burn: Burn, scale: _Scale) -> dict[int, tuple[str, str]]:
    """By row, what the lines end at, the greatest on top; where two would stand in one row, the lesser goes below."""
    last, found = burn.weeks[-1], dict[int, tuple[str, str]]()
    ends = [(last.capacity, "net", "text")]
    if last.fan is not None:
        low, middle, high = last.fan
        ends += [(low, "P10", "muted"), (middle, "P50", "text"), (high, "P90", "muted")]
    below = scale.rows
    for ew, name, role in sorted(ends, reverse=True):
        below = min(scale.cell(ew)[0], below - 1)
        found[below] = (f"{name} {format_ew(ew)}", role)
    return found


def _figures(burn: Burn, wide: int, rows: int) -> list[list[Cell]]:
    """The weeks' numbers, and where there is room what each week's end is in figures."""
    lines = [_row("week", [str(week.number) for week in burn.weeks], wide, "muted", strong=burn.now)]
    if rows > 1:
        short = wide < 5

        def ew(figures: Sequence[float | None]) -> list[str]:
            return ["" if each is None else whole_ew(each) if short else format_ew(each) for each in figures]

        lines += [
            _row("net", ew([week.capacity for week in burn.weeks]), wide, "muted"),
            _row("planned", ew([week.planned for week in burn.weeks]), wide, "muted"),
            _row("used", ew([week.used for week in burn.weeks]), wide, "text"),
            _row("interrupts", ew([week.interrupts for week in burn.weeks]), wide, "text"),
            _row("odds", ["" if week.odds is None else odds_percent(week.odds) for week in burn.weeks], wide, "text"),
        ]
    return lines[:rows]


def _row(name: str, figures: Sequence[str], wide: int, role: str, strong: int = 0) -> list[Cell]:
    """A row of figures, each at the end of its week; where the weeks are too narrow, every second or third is told."""
    longest = max(len(figure) for figure in figures)
    every = next(step for step in range(1, 20) if step * wide > longest or wide > longest)
    cells = _text(f" {name}", LEFT, "muted")
    for number, figure in enumerate(figures, 1):
        if number % every == 0:
            cells += _text(figure, LEFT + number * wide - len(cells), "text" if number == strong else role, right=True)
    return cells


def _text(text: str, width: int, role: str, *, right: bool = False) -> list[Cell]:
    text = text[:width]
    return [(char, role) for char in (text.rjust(width) if right else text.ljust(width))]
