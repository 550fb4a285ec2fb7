"""Screens: styled as they are mounted; and one that writes what one change repaints in one frame, and can show at once
that a key was taken."""

from __future__ import annotations

from textual.events import ScreenResume
from textual.geometry import Size
from textual.screen import Screen, ScreenResultType
from textual.scrollbar import ScrollBar
from textual.widget import Widget


class StyledOnce(Screen[ScreenResultType]):
    """Textual looks up the styles of all that is on a screen when it comes up, though nothing has changed since it was
    mounted."""

    _came_up = False

    def _on_screen_resume(self, event: ScreenResume) -> None:
        # Textual asks each class of a screen, this one before its own.
        if not self._came_up:
            self._came_up = True
            event.refresh_styles = False

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        if self is not self.app.screen:
            # The dialog over it was told of what changed. Textual would have it draw all of both once more whenever
            # anything is said to this screen, though nothing has changed since.
            self._repaint_required = False


class OneFrameScreen(StyledOnce[ScreenResultType]):
    """Textual paints what it was told of when its timer comes; here what belongs together comes together."""

    def tell_all(self) -> None:
        """Have every widget say now what it wants painted and laid out.

        Each would say so when it is idle: some are painted before others have said that all moves.
        """
        for widget in self.walk_children(Widget):
            widget._check_refresh()

    def paint_now(self) -> None:
        """Write what has changed so far to the terminal before anything else is done."""
        if self.is_current and not self.app._batch_count:
            self._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        # At the start a screen is told its size several times, and laid out each time. What asks for another layout
        # gets it with the next frame.
        if size != self._size:
            super()._screen_resized(size)

    def _on_timer_update(self) -> None:
        # A terminal that reads slowly gets the latest picture as soon as it takes one, not each that came meanwhile.
        if not getattr(self.app._driver, "behind", False):
            super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        # What was asked for since, and while it was laid out, comes in this frame: else it is painted once more after
        # it, as scrollbars are (Textual tells them of every layout, and has each of them ask for one more).
        shown = set(self._compositor.visible_widgets)
        for widget in shown:
            widget._repaint_required = False
            if isinstance(widget, ScrollBar):
                widget._layout_required = False
        self._compositor.update_widgets(shown)
        super()._compositor_refresh()


def set_class_alone(widget: Widget, add: bool, *names: str) -> None:
    """Set or remove classes of a widget; what is in it looks the same, or is away: Textual would look up all of it."""
    widget.set_class(add, *names, update=False)
    widget.app.stylesheet.update_nodes([widget])
