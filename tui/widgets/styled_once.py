"""A screen whose widgets are styled as they are mounted, and not once more as it comes up."""

from __future__ import annotations

from textual.events import ScreenResume
from textual.screen import Screen, ScreenResultType


class StyledOnce(Screen[ScreenResultType]):
    """Textual looks up the styles of all that is on a screen when it comes up, though nothing has changed since."""

    _came_up = False

    def _on_screen_resume(self, event: ScreenResume) -> None:
        # Textual asks each class of a screen, this one before its own.
        if not self._came_up:
            self._came_up = True
            event.refresh_styles = False
