"""The pie as SVG: true arcs, a letter in each slice, and a pattern a slice, so that it reads without colour."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

from scenarios.plan.mix import Mix, SliceShare

#: Slices by letter on paper: the light theme's colours; others take what is left, in order.
COLOURS = {"F": "#0057B8", "I": "#CC9825", "Q": "#3D9A89", "D": "#6B2469", "O": "#CE330A"}
_SPARE = ("#8C97A2", "#2D4F2F", "#D58AA8")
INK, PAPER, QUIET = "#16202B", "#FFFFFF", "#56626F"
#: Strokes of a pattern by slice: how they are turned, and how far apart they are.
_PATTERNS = {"I": (45, 8), "Q": (0, 8), "D": (90, 8), "O": (135, 5)}
#: Shares below this get their letter outside.
_ROOM_FOR_LETTER = 0.05


def colour_of(letter: str, letters: Iterable[str]) -> str:
    """A slice's colour on paper."""
    if letter in COLOURS:
        return COLOURS[letter]
    others = [each for each in letters if each not in COLOURS]
    return _SPARE[others.index(letter) % len(_SPARE)] if letter in others else _SPARE[0]


def pie_svg(mix: Mix, title: str = "portfolio mix", size: int = 260, mark: str = "a", alone: bool = True) -> str:
    """The mix as one ``<svg>`` element; ``mark`` keeps its patterns apart from those of other pies of one page.

    ``alone`` is for a file of its own, which has to say what it is; within HTML it need not.

    Shares are parts of one and begin at twelve o'clock, clockwise. An empty plan is an empty circle.
    """
    half, radius = size / 2, size / 2 - 18
    letters = [part.letter for part in mix.slices]
    shown = [part for part in mix.slices if part.share > 0]
    words = ", ".join(f"{part.letter} {part.said}" for part in shown) or "nothing in plan"
    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    lines = [
        f'<svg{space} viewBox="0 0 {size} {size}" width="{size}" height="{size}" role="img">',
        f"<title>{escape(title)}: {escape(words)}</title>",
        "<defs>",
    ]
    ids = {part.letter: f"{escape(mark)}{number}" for number, part in enumerate(shown)}
    lines += [pattern(ids[part.letter], part.letter, letters) for part in shown]
    lines.append("</defs>")
    circle = f'<circle cx="{half:g}" cy="{half:g}" r="{radius:g}"'
    if not shown:
        lines.append(f'{circle} fill="none" stroke="{QUIET}" stroke-dasharray="4 4"/>')
    turned = 0.0
    for part in shown:
        fill = f'fill="url(#{ids[part.letter]})" stroke="{PAPER}" stroke-width="2"'
        if part.share > 1 - 1e-9:
            lines.append(f"{circle} {fill}/>")
        else:
            lines.append(f'<path d="{arc(half, radius, turned, turned + part.share)}" {fill}/>')
        turned += part.share
    turned = 0.0
    for part in shown:
        lines.append(_letter(part, half, radius, turned + part.share / 2))
        turned += part.share
    lines.append("</svg>")
    return "\n".join(lines)


def arc(middle: float, radius: float, start: float, end: float) -> str:
    """The path of a slice from ``start`` to ``end``, parts of one turn clockwise from twelve o'clock."""
    (x1, y1), (x2, y2) = (point(middle, radius, turn) for turn in (start, end))
    large = 1 if end - start > 0.5 else 0
    return f"M{middle:g} {middle:g}L{x1:.3f} {y1:.3f}A{radius:g} {radius:g} 0 {large} 1 {x2:.3f} {y2:.3f}Z"


def point(middle: float, radius: float, turn: float) -> tuple[float, float]:
    """Where a turn (0..1, clockwise from twelve o'clock) comes to on a circle."""
    angle = 2 * math.pi * turn
    return middle + radius * math.sin(angle), middle - radius * math.cos(angle)


def pattern(name: str, letter: str, letters: list[str]) -> str:
    """A slice's fill, as an SVG pattern of that name."""
    colour = colour_of(letter, letters)
    turn, apart = _PATTERNS.get(letter, (0, 0))
    strokes = ""
    if apart:
        strokes = f'<path d="M0 0H{apart}" stroke="{PAPER}" stroke-width="1.6"/>'
    side = apart or 8
    return (
        f'<pattern id="{name}" width="{side}" height="{side}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turn})"><rect width="{side}" height="{side}" fill="{colour}"/>{strokes}</pattern>'
    )


def _letter(part: SliceShare, half: float, radius: float, turn: float) -> str:
    inside = part.share >= _ROOM_FOR_LETTER
    x, y = point(half, radius * 0.66 if inside else radius + 10, turn)
    ground = f'<circle cx="{x:.3f}" cy="{y:.3f}" r="10" fill="{PAPER}"/>' if inside else ""
    return (
        f'{ground}<text x="{x:.3f}" y="{y:.3f}" fill="{INK}" font-family="sans-serif" font-size="13" '
        f'font-weight="bold" text-anchor="middle" dominant-baseline="central">{escape(part.letter)}</text>'
    )
