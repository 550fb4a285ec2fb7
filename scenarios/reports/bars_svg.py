"""Stacked bars as SVG, a bar a row: a part a slice in its colour and pattern, with its letter where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scenarios.reports.pie_svg import INK, PAPER, QUIET, pattern

#: A bar with its words, and the room for them at both ends.
_ROW, _HEIGHT, _LEFT, _RIGHT, _WIDTH = 26, 20, 90, 110, 760
#: Narrower parts have no letter.
_ROOM_FOR_LETTER = 14
_CHARACTERS = 14


def bars_svg(
    bars: Sequence[tuple[str, Sequence[float], str]], letters: Sequence[str], title: str, mark: str = "b"
) -> str:
    """Bars as one ``<svg>`` element for a page: each a name, an amount a letter, and words at its end; as long as the
    largest of them allows. An empty letter is what no rule says, drawn in outline. ``mark`` keeps patterns apart."""
    most = max((sum(amounts) for _, amounts, _ in bars), default=0.0) or 1.0
    scale = (_WIDTH - _LEFT - _RIGHT) / most
    height = _ROW * len(bars) + 6
    ids = {letter: f"{escape(mark)}{at}" for at, letter in enumerate(letters)}
    lines = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="100%" role="img" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        "<defs>",
        *(pattern(ids[letter], letter, list(letters)) for letter in letters if letter),
        "</defs>",
    ]
    for at, (name, amounts, words) in enumerate(bars):
        top = at * _ROW + 3
        middle = f'y="{top + _HEIGHT / 2:g}" dominant-baseline="central"'
        name = name if len(name) <= _CHARACTERS else f"{name[: _CHARACTERS - 1]}…"
        lines.append(f'<text x="{_LEFT - 8}" {middle} text-anchor="end" fill="{INK}">{escape(name)}</text>')
        x = float(_LEFT)
        for letter, amount in zip(letters, amounts, strict=True):
            if amount > 0:
                lines += _part(letter, ids[letter], x, top, amount * scale, middle)
                x += amount * scale
        lines.append(f'<text x="{x + 8:.1f}" {middle} fill="{QUIET}">{escape(words)}</text>')
    return "\n".join([*lines, "</svg>"])


def _part(letter: str, name: str, x: float, top: int, width: float, middle: str) -> list[str]:
    fill = f'fill="url(#{name})" stroke="{PAPER}"' if letter else f'fill="{PAPER}" stroke="{QUIET}"'
    found = [f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_HEIGHT}" {fill}/>']
    if letter and width >= _ROOM_FOR_LETTER:
        centre = f"{x + width / 2:.1f}"
        style = f'text-anchor="middle" font-weight="bold" fill="{INK}"'
        found.append(f'<circle cx="{centre}" cy="{top + _HEIGHT / 2:g}" r="7" fill="{PAPER}"/>')
        found.append(f'<text x="{centre}" {middle} {style}>{escape(letter)}</text>')
    return found
