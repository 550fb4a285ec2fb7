"""The burn chart of the quarter that runs."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.strip import Strip

from scenarios.quarter.burn import Burn
from tui.dialogs.dialog import SidedPage
from tui.drawing import burn_chart
from tui.drawing.canvas import Canvas, Line
from tui.session.figures import Figures
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Key, Keys


class BurnChart(Canvas):
    """The chart, with what its signs mean above it and what it comes to below."""

    DEFAULT_CSS = "BurnChart { height: 1fr; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="burn")
        self._burn: Burn | None = None

    def show(self, burn: Burn) -> None:
        """Show this chart."""
        self._burn = burn
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """A heading, the chart, a sentence."""
        burn, pen = self._burn, self.palette
        if burn is None:
            return []
        muted, ground = pen.style("muted"), pen.style()
        key = burn_chart.KEY if width >= 100 else burn_chart.SHORT_KEY
        head = Line().add(" BURN CHART", pen.style(bold=True)).add(f"  {key}", muted)
        rows = [head.strip(width, muted), Strip.blank(width, ground)] if height > 30 else [head.strip(width, muted)]
        for cells in burn_chart.chart(burn, width, height - len(rows) - 1):
            line = Line()
            for char, role in cells:
                line.add(char, pen.style(role), 1)
            rows.append(line.strip(width, ground))
        return [*rows, Line().add(f" {burn.words}", pen.style(bold=True)).strip(width, ground)]


class BurnScreen(SidedPage[None]):
    """Looked at, and left."""

    DEFAULT_CSS = "BurnScreen { layout: vertical; }"
    KEYS = Keys(
        "The burn chart",
        Key("burn.leave", "escape,q,W", "Back to the board", "leave", bar="back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, figures: Figures, burn: Burn, where: str = "") -> None:
        super().__init__()
        self._figures, self._burn, self._where = figures, burn, where

    def compose(self) -> ComposeResult:
        """Header, chart, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        yield BurnChart()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Header).show(self._figures, where=self._where)
        self.query_one(BurnChart).show(self._burn)
        self.query_one(KeyBar).show(self.KEYS.hints("leave"))
