"""Horizontal bars to an eighth of a cell, with ticks: bullet bars, the odds, budgets."""

from __future__ import annotations

from collections.abc import Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from store.common.values import Value
from tui.drawing.colours import ColourMode, Palette

LEFT = " ▏▎▍▌▋▊▉█"
"""Blocks that grow from the left, by eighths."""
GAINED = "▸"
"""What marks a part that was gained."""
LOST = "╱"
"""What hatches a part that was lost."""


class Part(Value):
    """A stretch of a bar, from where the last one ended to `end` (a share of the bar's width)."""

    end: float
    role: str
    """A role of the palette, or a slice's letter."""
    mark: str = ""
    """Drawn on the stretch: `GAINED`, or another character for every cell."""
    dimmed: bool = False
    hollow: bool = False
    """Whether only the mark is drawn, in the role's colour on the empty track."""


class Tick(Value):
    """A thin line at a share of the bar's width."""

    at: float
    dashed: bool = False


def bar(width: int, parts: Sequence[Part], ticks: Sequence[Tick], shades: Palette) -> list[Segment]:
    """One row of `width` cells: the parts on an empty track, with ticks over them in ink that contrasts."""
    cells = [_cell(x, width, parts, shades) for x in range(width)]
    for tick in ticks:
        spot = min(max(tick.at, 0.0), 1.0) * width
        x = min(int(spot), width - 1)
        if x >= 0:
            cells[x] = _tick(x, width, spot - x, tick.dashed, parts, shades)
    return [Segment(char, style) for char, style in cells]


def tick_cell(width: int, at: float) -> int:
    """The column in which `bar` draws a tick."""
    return min(int(min(max(at, 0.0), 1.0) * width), width - 1)


def _at(parts: Sequence[Part], spot: float, width: int) -> Part | None:
    """The part that covers a place, given in cells; None on the track."""
    for part in parts:
        if spot < part.end * width:
            return part
    return None


def _ground(part: Part | None, shades: Palette) -> Color | None:
    if part is None or part.hollow:
        return shades.colour("track")
    return shades.colour(part.role, dimmed=part.dimmed)


def _cell(x: int, width: int, parts: Sequence[Part], shades: Palette) -> tuple[str, Style]:
    """One cell: a space on one colour, or the eighths of two."""
    step = 1 / 8
    left, right = _at(parts, x + step / 2, width), _at(parts, x + 1 - step / 2, width)
    if left is None and right is None:
        return " ", Style(bgcolor=shades.colour("track"))
    if left is not right and left is not None:
        eighths = min(8, max(0, round((left.end * width - x) * 8)))
        if left.hollow:
            right = left if eighths >= 4 else right
            return _whole(x, right, shades)
        if 0 < eighths < 8:
            if shades.mode is ColourMode.NONE:
                return LEFT[eighths], Style()
            return LEFT[eighths], Style(color=_ground(left, shades), bgcolor=_ground(right, shades))
    return _whole(x, left if left is not None else right, shades)


def _whole(x: int, part: Part | None, shades: Palette) -> tuple[str, Style]:
    """A cell that one part fills, with its mark where it has one."""
    if part is None:
        return " ", Style(bgcolor=shades.colour("track"))
    bare = shades.mode is ColourMode.NONE
    if part.hollow:
        return part.mark, Style(color=shades.colour(part.role, dimmed=part.dimmed), bgcolor=shades.colour("track"))
    if part.mark and bare:
        return part.mark, Style()
    if part.dimmed and bare:
        return "░", Style()
    char = part.mark if part.mark and (part.mark != GAINED or x % 3 == 0) else " "
    if bare:
        return char, Style(reverse=True)
    return char, _inked(part, shades)


def _inked(part: Part, shades: Palette) -> Style:
    """Ink that contrasts, on the part's colour."""
    ground = _ground(part, shades)
    if shades.mode is ColourMode.ANSI16:
        return Style(color=shades.chip(part.role).color or Color.parse("black"), bgcolor=ground)
    return Style(color=shades.of_hex(shades.ink(part.role, dimmed=part.dimmed)), bgcolor=ground)


def _tick(x: int, width: int, within: float, dashed: bool, parts: Sequence[Part], shades: Palette) -> tuple[str, Style]:
    """A tick at the left edge of its cell or in the middle of it, on what most of the cell is."""
    char = "┆" if dashed else "▎┃"[within >= 0.375]
    part = _at(parts, x + 0.5, width)
    if part is None or part.hollow:
        return char, Style(color=shades.colour("muted" if dashed else "text"), bgcolor=shades.colour("track"))
    if shades.mode is ColourMode.NONE:
        return (char, Style()) if part.mark or part.dimmed else (char, Style(reverse=True))
    return char, _inked(part, shades)
