"""The burn chart as SVG: bars of what was used, the fan of what is left, the lines of the capacity and of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from scenarios.figures.amounts import odds_percent
from scenarios.figures.sizes import format_ew
from scenarios.quarter.burn import Burn

_INK, _QUIET, _FAN, _BAR = "#16202B", "#56626F", "#C9D3DD", "#7F8B98"
_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT, _RIGHT = 760, 320, 44, 14, 24, 84
#: What the signs mean.
_KEY = "bars: used (narrow: interrupts); line: net capacity, then left; dashes: planned; band: to do, P10 to P90"
#: Pixels that two labels at the right need between them.
_APART = 13


def burn_svg(burn: Burn, alone: bool = True) -> str:
    """The chart as one ``<svg>`` element; ``alone`` is for a file of its own, which has to say what it is."""
    across, up = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _FOOT
    step, most = across / len(burn.weeks), burn.most or 1.0

    def x(week: float) -> float:
        return _LEFT + week * step

    def y(ew: float) -> float:
        return _TOP + up * (1 - ew / most)

    def path(points: Iterable[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{x(week):.1f} {y(ew):.1f}" for week, ew in points)

    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    lines = [
        f'<svg{space} viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        'style="max-width:100%;height:auto">',
        f"<title>{escape(burn.quarter)}, week {burn.week} of {len(burn.weeks)}. {escape(burn.words)}</title>",
    ]
    for week in burn.weeks:
        if week.used is not None:
            left, top = x(week.number - 1) + 2, y(week.used)
            lines.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{step - 4:.1f}" height="{y(0) - top:.1f}" fill="{_BAR}"/>'
            )
        if week.interrupts:
            middle, top = x(week.number - 0.5), y(week.interrupts)
            lines.append(
                f'<rect x="{middle - 4:.1f}" y="{top:.1f}" width="8" height="{y(0) - top:.1f}" fill="{_INK}"/>'
            )
        strong = ' font-weight="bold"' if week.number == burn.now else ""
        lines.append(_text(x(week.number - 0.5), _HEIGHT - 7, str(week.number), "middle", strong))
    fan = [(week.number, week.fan) for week in burn.weeks if week.fan is not None]
    edge = [(number, each[2]) for number, each in fan] + [(number, each[0]) for number, each in reversed(fan)]
    lines.append(f'<path d="{path(edge)}Z" fill="{_FAN}" fill-opacity="0.8"/>')
    lines.append(_line(path((number, each[1]) for number, each in fan), _QUIET, 2))
    lines.append(_line(path([(0, 0.0), *((week.number, week.planned) for week in burn.weeks)]), _QUIET, 1, "3 4"))
    lines += [_line(path(burn.passed), _INK, 2), _line(path(burn.ahead), _INK, 2)]
    lines.append(f'<path d="M{_LEFT} {_TOP}V{y(0):.1f}H{_WIDTH - _RIGHT}" fill="none" stroke="{_QUIET}"/>')
    lines.append(_text(_LEFT + 8, _TOP + 8, _KEY, "start"))
    lines += [_text(_LEFT - 5, _TOP + 8, format_ew(burn.most), "end"), _text(_LEFT - 5, y(0), "0", "end")]
    lines += [
        _text(_WIDTH - _RIGHT + 6, at, words, "start") for at, words in _labels(burn, [y(ew) for ew, _ in _ends(burn)])
    ]
    return "\n".join([*lines, "</svg>"])


def burn_rows(burn: Burn) -> list[list[str]]:
    """The figures of the chart as a table, its first row the heads."""

    def ew(figure: float | None) -> str:
        return "" if figure is None else format_ew(figure)

    rows = [["week", "ends", "net capacity", "as planned", "used", "interrupts", "odds", "P10, P50, P90"]]
    for week in burn.weeks:
        figures = map(ew, (week.capacity, week.planned, week.used, week.interrupts))
        odds = odds_percent(week.odds) if week.odds is not None else ""
        fan = ", ".join(map(ew, week.fan)) if week.fan is not None else ""
        rows.append([str(week.number), week.last.isoformat(), *figures, odds, fan])
    return rows


def _ends(burn: Burn) -> list[tuple[float, str]]:
    """What the lines end at, and what it is called."""
    last = burn.weeks[-1]
    named = [(last.capacity, "net"), *zip(last.fan or (), ("P10", "P50", "P90"), strict=False)]
    return [(ew, f"{name} {format_ew(ew)}") for ew, name in named]


def _labels(burn: Burn, heights: list[float]) -> list[tuple[float, str]]:
    """The labels at the right with their heights, from the top, none over another."""
    placed: list[tuple[float, str]] = []
    for height, (_, words) in sorted(zip(heights, _ends(burn), strict=True)):
        at = max(height + 4, placed[-1][0] + _APART) if placed else height + 4
        placed.append((at, words))
    return placed


def _line(path: str, colour: str, width: int, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}" font-family="sans-serif" font-size="11" '
        f'text-anchor="{anchor}"{more}>{escape(words)}</text>'
    )
