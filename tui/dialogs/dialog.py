"""What all dialogs and all screens over the board have in common: each answers once, however fast the keys come.

Keys that came in one read are all handed out before a screen that answers has gone. A second answer would take the
screen below away, or fail.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual._time import get_time
from textual.await_complete import AwaitComplete
from textual.geometry import Offset
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget

from tui.drawing.marked_text import copy_marked, offset_at
from tui.drawing.shade import Shade
from tui.widgets import breakpoints
from tui.widgets.one_frame import StyledOnce


class Page(StyledOnce[ScreenResultType]):
    """A screen that takes all of the terminal."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Answer and go; not once more, and not while another is over it."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def action_leave(self) -> None:
        """Back, nothing chosen."""
        self.dismiss(None)

    @property
    def gone(self) -> bool:
        """Whether it was left for good, perhaps before it was laid out: what it would show is being taken down."""
        return self not in self.app.screen_stack

    def on_screen_suspend(self) -> None:
        """Where it was left for good, stop what it was working out: Textual does so only once all that would show it
        is gone, and what came to an end between the two would find nothing there."""
        if self.gone:
            self.workers.cancel_node(self)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Where the mouse is, in the text of what we draw ourselves, too."""
        return offset_at(super().get_widget_and_offset_at(x, y), x, y)

    def action_copy_text(self) -> None:
        """Copy what is marked."""
        copy_marked(self)


class SidedPage(Page[ScreenResultType]):
    """A page with something at its side where there is room."""

    HORIZONTAL_BREAKPOINTS = breakpoints.HORIZONTAL
    VERTICAL_BREAKPOINTS = breakpoints.VERTICAL


class Dialog(ModalScreen[ScreenResultType], Page[ScreenResultType]):
    """A page that leaves what it is about in sight. Textual reads styles along the first of the bases alone."""

    #: the part that scrolls, and gives way where the screen is too low for all: what is wrong, and how to leave, stay
    GIVES_WAY: ClassVar[str] = ""
    #: whether it comes by itself: what was typed before it is up is not for it
    unbidden = False
    #: whether what lies beneath is read beside it: seen dim with 16 colours or none, too, where Textual, which can mix
    #: no shade of them, lets nothing through
    shows_below = False
    #: when it was drawn first, by the clock of messages
    drawn = float("inf")
    #: whether it was laid out as it is to be drawn
    _fits = False

    def on_mount(self) -> None:
        """Fit, once it is laid out. (Textual calls this of each class, those below too.)"""
        self.fit()

    def on_resize(self) -> None:
        """Fit anew."""
        self.fit()

    def render(self) -> Any:
        """What it is about, in shade. Textual takes what draws itself of any widget, and says so of all but screens."""
        found, stack = super().render(), self.app.screen_stack
        if isinstance(found, BackgroundScreen):
            return Shade(found.screen, found.color)
        at = stack.index(self) if self in stack else 0
        return Shade(stack[at - 1]) if at and self.shows_below and self.app.native_ansi_color else found

    def _compositor_refresh(self) -> None:
        # Nobody sees it before it fits: else it would be drawn, all that is below it, too, as often as it is laid out.
        if self._fits:
            self.drawn = min(self.drawn, get_time())
            super()._compositor_refresh()

    def fit(self) -> None:
        """Give the part that scrolls the height that the others leave, once they are laid out."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.GIVES_WAY:
            self._give_way()
        if not self._fits:
            self._fits = True
            self.refresh()

    def _give_way(self) -> None:
        for part in self.query(self.GIVES_WAY).results(Widget):
            box = part.parent
            if not self.is_current or not isinstance(box, Widget) or not self.size.height:
                return
            others = sum(
                each.outer_size.height + each.styles.margin.height
                for each in box.children
                if each is not part and each.display
            )
            room = self.size.height - box.gutter.height - part.gutter.height - part.styles.margin.height - others
            part.styles.max_height = max(2, room)
