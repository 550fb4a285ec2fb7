"""The foot of the capacity screen: what the figures on the cursor are made of, and what the draft would do."""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.canvas import Canvas, Line
from tui.widgets.capacity_grid import KEY


@dataclass(frozen=True)
class FootWords:
    """What the foot says: of the team, of the person and week on the cursor, of the draft, and of the odds then."""

    team: str = ""
    week: str = ""
    draft: str = ""
    odds: str = ""
    #: whether the draft leaves the plan below its target
    short: bool = False
    #: whether the draft line is what could not be done
    warns: bool = False


class CapacityFoot(Canvas):
    """Four lines."""

    DEFAULT_CSS = "CapacityFoot { height: 4; width: 1fr; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._words = FootWords()

    def show(self, words: FootWords) -> None:
        """Say these."""
        self._words = words
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """A line each; the odds at the foot, as on the trade sheet."""
        pen, words = self.palette, self._words
        ground, muted = pen.style("text", "raised"), pen.style("muted", "raised")
        bold = pen.style("text", "raised", bold=True)
        odds = pen.style("worse" if words.short else "text", "raised", bold=True)
        draft = pen.style("worse", "raised", bold=True) if words.warns else ground if words.draft else muted
        lines = [(words.team, bold), (words.week, ground), (words.draft or KEY, draft), (words.odds, odds)]
        return [
            Line().add(" ", ground).add(text[:600], style, max(0, width - 2)).strip(width, ground)
            for text, style in lines
        ][:height]
