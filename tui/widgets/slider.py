"""A line over the journal of a quarter, with a knob at the moment that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.canvas import Canvas, Line
from tui.drawing.plain import clip


@dataclass(frozen=True)
class Reach:
    """What a slider goes over: so many entries, oldest first, of which some are decisions; ``at`` is the knob's."""

    name: str
    count: int
    decisions: Sequence[int]
    at: int

    @property
    def words(self) -> str:
        """Where the knob is, counted in decisions."""
        total = len(self.decisions)
        before = sum(place <= self.at for place in self.decisions)
        if self.at in self.decisions:
            return f"decision {before} of {total}"
        return f"after decision {before} of {total}" if before else f"before any of {total} decisions"


class Slider(Canvas):
    """One row: the quarter, the line with a tick for each decision and ``●`` for the moment, and where that is."""

    DEFAULT_CSS = "Slider { height: 1; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="slider")
        self._reach: Reach | None = None
        self._said = ""

    def show(self, reach: Reach, said: str) -> None:
        """Show a moment; ``said`` is its time."""
        self._reach, self._said = reach, said
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        reach, pen = self._reach, self.palette
        if reach is None:
            return []
        muted, bold = pen.style("muted"), pen.style("text", bold=True)
        left, right = f" {clip(reach.name, 12)} ", f" {reach.words}, {self._said} "
        room = max(5, width - len(left) - len(right))
        cells = ["─"] * room
        for place in reach.decisions:
            cells[_cell(place, reach.count, room)] = "┼"
        knob = _cell(reach.at, reach.count, room)
        line = Line().add(left, bold).add("".join(cells[:knob]), muted).add("●", bold)
        line.add("".join(cells[knob + 1 :]), muted).add(right, bold)
        return [line.strip(width, muted)]


def _cell(place: int, count: int, room: int) -> int:
    return round(place * (room - 1) / (count - 1)) if count > 1 else 0
