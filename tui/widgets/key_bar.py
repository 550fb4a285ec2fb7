"""The keys that work now, along the bottom; a click does what the key does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.style import Style
from textual import events
from textual.dom import DOMNode
from textual.screen import Screen
from textual.strip import Strip

from tui.drawing.canvas import Canvas, Line
from tui.widgets.keys import Hint

#: Cells below which the last label ends at its comma.
_NARROW = 80


class KeyBar(Canvas):
    """As many hints as fit; the last one, and the way to all keys, always."""

    DEFAULT_CSS = "KeyBar { height: 1; width: 1fr; dock: bottom; }"

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._hints: Sequence[Hint] = ()
        self._panel: DOMNode | None = None
        self._keymap: object = None
        self._spans: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[Hint], panel: DOMNode | None = None) -> None:
        """Show these hints, most wanted first, the one that must stay last; a click runs in the panel, if not in the
        screen.
        """
        self._hints, self._panel = hints, panel
        self.redraw()

    def on_mount(self) -> None:
        """Follow the keymap."""
        super().on_mount()
        self.screen.bindings_updated_signal.subscribe(self, self._follow_keymap)

    def _follow_keymap(self, _screen: Screen[Any]) -> None:
        # The signal comes with every move of the focus too.
        if self._keymap is not self.app._keymap:
            self._keymap = self.app._keymap
            self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """One row."""
        pen = self.palette
        bold, muted = pen.style("text", bold=True), pen.style("muted")
        self._spans = []
        line = Line().add(" ", muted)
        hints = [(hint, (keys, hint.label, hint.action)) for hint in self._hints if (keys := hint.keys(self.app))]
        if hints and width < _NARROW:
            # The way back says less, so that what is done most has its place.
            hint, (keys, label, action) = hints[-1]
            hints[-1] = hint, (keys, label.partition(", ")[0], action)
        stay = {hint for hint, _ in hints if hint.rows[0].short == "help" or hint is hints[-1][0]}
        room = width - 2 - sum(_width(said) for hint, said in hints if hint in stay)
        for hint, said in hints:
            room -= 0 if hint in stay else _width(said)
            if hint in stay or room >= 0:
                self._add(line, said, bold, muted)
        return [line.strip(width, muted)]

    def _add(self, line: Line, hint: tuple[str, str, str], bold: Style, muted: Style) -> None:
        keys, label, action = hint
        start = line.width
        line.add(keys, bold).add(f" {label}", muted)
        self._spans.append((start, line.width, action))
        line.add("   ", muted)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the hint that was clicked."""
        for start, end, action in self._spans:
            if action and start <= event.x < end:
                event.stop()
                await self.app.run_action(action, self._panel or self.screen)


def _width(hint: tuple[str, str, str]) -> int:
    keys, label, _ = hint
    return len(keys) + 1 + len(label) + 3
