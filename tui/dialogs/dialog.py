"""What all dialogs and all screens over the board have in common: each answers once, however fast the keys come.

Keys that came in one read are all handed out before a screen that answers has gone. A second answer would take the
screen below away, or fail.
"""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType

from tui.widgets import breakpoints


class Page(Screen[ScreenResultType]):
    """A screen that takes all of the terminal."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Answer and go; not once more, and not while another is over it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def action_leave(self) -> None:
        """Back, nothing chosen."""
        self.dismiss(None)


class SidedPage(Page[ScreenResultType]):
    """A page with something at its side where there is room."""

    HORIZONTAL_BREAKPOINTS = breakpoints.HORIZONTAL
    VERTICAL_BREAKPOINTS = breakpoints.VERTICAL


class Dialog(ModalScreen[ScreenResultType], Page[ScreenResultType]):
    """A page that leaves what it is about in sight. Textual reads styles along the first of the bases alone."""
