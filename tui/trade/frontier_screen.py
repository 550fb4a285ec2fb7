"""The frontier as a small plot: odds across, value up, the plan as it stands among what is possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from scenarios.swaps.frontier import Frontier, Point, steps
from tui.dialogs.dialog import Dialog
from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import odds_percent
from tui.drawing.words import amount, target_percent
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys

#: Cells that the figures at the left of the plot take.
_LEFT = 8


class Plot(Canvas):
    """Odds across from 0 to 100%, value up; ``●`` a point, ``◉`` the one on the cursor, ``◆`` the plan as it stands."""

    DEFAULT_CSS = "Plot { height: 14; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="plot")
        self._frontier: Frontier | None = None
        self._cursor = 0
        self._target = 0.7

    def show(self, frontier: Frontier, cursor: int, target: float) -> None:
        """Show these points with the cursor on one of them."""
        self._frontier, self._cursor, self._target = frontier, cursor, target
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """The points in a frame, the target as a line."""
        frontier, pen = self._frontier, self.palette
        if frontier is None or height < 4:
            return []
        muted, plain, bold = pen.style("muted"), pen.style("text"), pen.style("text", bold=True)
        rows, columns = height - 2, max(10, width - _LEFT - 1)
        every = [*frontier.points, frontier.present]
        low, high = min(point.value for point in every), max(point.value for point in every)
        cells: dict[tuple[int, int], tuple[str, bool]] = {}

        def put(point: Point, sign: str, strong: bool) -> None:
            row = rows - 1 - (round((point.value - low) / (high - low) * (rows - 1)) if high > low else rows // 2)
            cells[row, min(columns - 1, round(point.odds * (columns - 1)))] = sign, strong

        for point in frontier.points:
            put(point, "●", False)
        put(frontier.present, "◆", True)
        if frontier.points:
            put(frontier.points[self._cursor], "◉", True)
        target = min(columns - 1, round(self._target * (columns - 1)))
        strips = []
        for row in range(rows):
            value = high - (high - low) * row / (rows - 1)
            line = Line().add(amount(value) if row in (0, rows - 1) else "", muted, _LEFT - 1, "right").add("│", muted)
            for column in range(columns):
                sign, strong = cells.get((row, column), ("┊" if column == target else " ", False))
                line.add(sign, bold if strong else plain if sign == "●" else muted)
            strips.append(line.strip(width, plain))
        strips.append(Line().add("", muted, _LEFT - 1).add("└" + "─" * columns, muted).strip(width, plain))
        axis = "0%" + f"target {target_percent(self._target)}".center(columns - 6) + "100%"
        strips.append(Line().add("", muted, _LEFT).add(axis, muted, columns).strip(width, plain))
        return strips


class FrontierScreen(Dialog[Point | None]):
    """Dismissed with the point that is to be opened, or None after Esc."""

    GIVES_WAY = "VerticalScroll"
    DEFAULT_CSS = """
    FrontierScreen { align: center middle; }
    FrontierScreen > Vertical { width: 92; max-width: 98%; height: auto; max-height: 100%; padding: 1 2; }
    FrontierScreen .heading { text-style: bold; height: auto; }
    FrontierScreen .muted { color: $text-muted; height: auto; }
    FrontierScreen #says { height: auto; margin-top: 1; }
    FrontierScreen VerticalScroll { height: auto; max-height: 8; scrollbar-size-vertical: 1; }
    FrontierScreen #steps { height: auto; color: $text-muted; }
    FrontierScreen.-low > Vertical { padding: 0 1; }
    FrontierScreen.-low Plot { height: 9; }
    FrontierScreen.-low VerticalScroll { max-height: 5; }
    """
    KEYS = Keys(
        "The frontier",
        Key("frontier.left", "left,h,down", "Lower odds", "move(-1)", show=False),
        Key("frontier.right", "right,l,up", "Higher odds", "move(1)", show=False),
        Key("frontier.more", "pagedown", "More of what changes", "read(1)", show=False),
        Key("frontier.less", "pageup", "What changes, from its beginning", "read(-1)", show=False),
        Key("frontier.take", "enter", "Open it", "take"),
        Key("frontier.leave", "escape,q,F", "Back", "leave"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, title: str, what: str, frontier: Frontier, target: float, takes: str) -> None:
        """``what`` is what the value axis shows; ``takes`` what enter does with the point."""
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]
        self._heading, self._what, self._frontier, self._target, self._takes = title, what, frontier, target, takes
        points: Sequence[Point] = frontier.points
        near = [abs(point.odds - target) + (point.odds < target) for point in points]
        self._cursor = near.index(min(near)) if near else 0

    def compose(self) -> ComposeResult:
        """Plot, what the point is, what it changes."""
        with Vertical():
            yield Static(Content(self._heading), classes="heading", markup=False)
            about = f"{self._what}   ◆ as it stands   ● what is possible   ◉ here"
            yield Static(Content(about), classes="muted", markup=False)
            yield Plot()
            yield Static("", id="says", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static("", id="steps", markup=False)
            words = f"{{left}} {{right}} move   {{take}} {self._takes}   {{leave}} back, nothing changed"
            yield KeyLine(self.KEYS.said(self.app, words))

    def on_mount(self) -> None:
        """Show where the cursor is."""
        self._tell()

    def action_move(self, step: int) -> None:
        """To the next point."""
        self._cursor = max(0, min(len(self._frontier.points) - 1, self._cursor + step))
        self._tell()

    def action_read(self, way: int) -> None:
        """What the point changes, a page further."""
        steps = self.query_one(VerticalScroll)
        steps.scroll_to(y=steps.scroll_y + way * max(1, steps.size.height - 1), animate=False)

    def _tell(self) -> None:
        self.query_one(Plot).show(self._frontier, self._cursor, self._target)
        points, present = self._frontier.points, self._frontier.present
        if not points:
            return
        point = points[self._cursor]
        by = point.value - present.value
        change = "as much as now" if abs(by) < 1e-9 else f"{amount(abs(by))} {'more' if by > 0 else 'less'} than now"
        odds = odds_percent(point.odds, self._target)
        words = f"odds {odds}, {self._what.partition(',')[0]} {amount(point.value)}, {change}"
        self.query_one("#says", Static).update(Content(words))
        self.query_one("#steps", Static).update(Content("\n".join(steps(point)) or "nothing changes"))

    def action_take(self) -> None:
        """Open the point."""
        if self._frontier.points:
            self.dismiss(self._frontier.points[self._cursor])
