"""The figures of the plan in large digits, for whoever sits far from the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.strip import Strip

from scenarios.figures.sizes import format_ew
from scenarios.odds.forecast import Forecast
from store.common.values import Value
from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import percent
from tui.drawing.words import held_against, odds_percent, room_words
from tui.session.figures import Figures

#: Three columns by five rows of dots, drawn as halves of cells, a bit for each dot from the left.
_DOTS = {
    "0": (7, 5, 5, 5, 7),
    "1": (2, 6, 2, 2, 7),
    "2": (7, 1, 7, 4, 7),
    "3": (7, 1, 7, 1, 7),
    "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7),
    "6": (7, 4, 7, 5, 7),
    "7": (7, 1, 1, 1, 1),
    "8": (7, 5, 7, 5, 7),
    "9": (7, 5, 7, 1, 7),
    "%": (5, 1, 2, 4, 5),
    "/": (1, 1, 2, 4, 4),
    "<": (1, 2, 4, 2, 1),
    ">": (4, 2, 1, 2, 4),
    "-": (0, 0, 7, 0, 0),
}
_HALVES = " ▄▀█"
_ROWS = 3
_BETWEEN = 4


class _Figure(Value):
    """One of them: what it is, the figure, and the role of its colour."""

    label: str
    digits: str
    role: str = "text"

    @property
    def width(self) -> int:
        """In cells."""
        return max(cell_len(self.label), len(big(self.digits)[0]))


class BigFigures(Canvas):
    """A row of words over three rows of digits; from the end, what there is no room for leaves."""

    DEFAULT_CSS = "BigFigures { height: 5; width: 1fr; padding: 0 1; display: none; }"

    _figures: Sequence[_Figure] = ()

    def show(self, figures: Figures, after: Forecast | None = None) -> None:
        """The plan as it is, or the one ``after`` a trade that is being weighed, with what the odds were."""
        found = _figures_of(figures, after)
        if found != self._figures:
            self._figures = found
            self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Words, digits, and a blank row."""
        pen = self.palette
        shown: list[_Figure] = []
        for each in self._figures:
            if shown and sum(one.width + _BETWEEN for one in shown) + each.width > width:
                break
            shown.append(each)
        lines = [Line() for _ in range(1 + _ROWS)]
        for each in shown:
            wide, style = each.width + _BETWEEN, pen.style(each.role, bold=True)
            lines[0].add(each.label, pen.style("muted"), wide)
            for line, row in zip(lines[1:], big(each.digits), strict=True):
                line.add(row, style, wide)
        return [line.strip(width, pen.style()) for line in lines]


def big(digits: str) -> list[str]:
    """A figure in three rows of half cells; what has no large form stands in the lowest row as it is."""
    rows = ["", "", ""]
    for at, letter in enumerate(digits):
        dots = (*_DOTS[letter], 0) if letter in _DOTS else None
        gap = " " if at else ""
        for row in range(_ROWS):
            if dots is None:
                rows[row] += gap + (("▀" if letter == "." else letter) if row == _ROWS - 1 else " ")
                continue
            top, low = dots[2 * row], dots[2 * row + 1]
            rows[row] += gap + "".join(_HALVES[2 * (top >> bit & 1) + (low >> bit & 1)] for bit in (2, 1, 0))
    return rows


def _figures_of(figures: Figures, after: Forecast | None) -> Sequence[_Figure]:
    if not figures.ready:
        return (_Figure("odds are being worked out", "-"),)
    now = figures.forecast
    forecast = after or now
    plan, mix = forecast.plan, figures.mix if after is None else figures.mix_of(forecast.plan)
    said, odds = f"odds, {held_against(forecast)}", odds_percent(forecast.odds, plan.target)
    if after is not None:
        said = f"odds then, now {odds_percent(now.odds, plan.target)}"
    word, weeks, *where = room_words(forecast).split(" ", 2)
    role = "text" if forecast.fits else "worse"
    left = " left" if plan.moment is not None else ""
    over = mix.one_offs > figures.one_off_ceiling + 1e-9
    return (
        _Figure(said, odds, role),
        _Figure(
            " ".join([f"weeks {'of room' if word == 'room' else 'short'}", *(["on"] if where else []), *where]),
            weeks,
            role,
        ),
        _Figure(f"engineer-weeks{left}: load / net", f"{format_ew(plan.load_left)}/{format_ew(plan.capacity_left)}"),
        _Figure(
            f"one-offs, at most {percent(figures.one_off_ceiling)}",
            percent(mix.one_offs, figures.one_off_ceiling),
            "worse" if over else "text",
        ),
    )
