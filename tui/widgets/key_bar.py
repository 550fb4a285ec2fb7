"""The keys that work now, along the bottom; a click does what the key does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.drawing.canvas import Canvas, Line


@dataclass(frozen=True)
class Hint:
    """A key as shown, what it does in a word or two, and the action that a click runs."""

    key: str
    label: str
    action: str = ""


class KeyBar(Canvas):
    """As many hints as fit, the last one always."""

    DEFAULT_CSS = "KeyBar { height: 1; width: 1fr; dock: bottom; }"

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._hints: Sequence[Hint] = ()
        self._spans: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these hints, most wanted first, the one that must stay last."""
        self._hints = hints
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        bold, muted = pen.style("text", bold=True), pen.style("muted")
        self._spans = []
        line = Line().add(" ", muted)
        if not self._hints:
            return [line.strip(width, muted)]
        *first, last = self._hints
        room = width - 1 - _width(last)
        for hint in first:
            if line.width + _width(hint) > room:
                break
            self._add(line, hint, bold, muted)
        self._add(line, last, bold, muted)
        return [line.strip(width, muted)]

    def _add(self, line: Line, hint: Hint, bold: Style, muted: Style) -> None:
        start = line.width
        line.add(hint.key, bold).add(f" {hint.label}", muted)
        self._spans.append((start, line.width, hint.action))
        line.add("   ", muted)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the hint that was clicked."""
        for start, end, action in self._spans:
            if action and start <= event.x < end:
                event.stop()
                await self.app.run_action(action, self.screen)


def _width(hint: Hint) -> int:
    return len(hint.key) + 1 + len(hint.label) + 3
