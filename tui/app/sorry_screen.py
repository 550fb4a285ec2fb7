"""Something went wrong that nobody foresaw: say so, where it is noted, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from store.database.places import log_path
from tui.app.log_file import end
from tui.dialogs.dialog import Dialog
from tui.drawing.plain import plain
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys


def sorry_words() -> str:
    """The sentence, for the screen and for the command line."""
    return (
        "Something went wrong that makeroom did not foresee. Your data is as it was after the last change. "
        f"What happened is noted in {plain(str(log_path()))}: no titles, names or amounts are in it."
    )


def give_up(complain: Callable[[str], object], code: int) -> int:
    """It fails again and again: say so on the command line, and end with this exit code."""
    end("failed twice")
    complain(sorry_words())
    return code


class Sorry(Dialog[bool]):
    """Dismissed with whether to go on."""

    unbidden = True
    DEFAULT_CSS = """
    Sorry { align: center middle; }
    Sorry > Vertical { width: 84; max-width: 96%; height: auto; padding: 1 2; }
    Sorry .title { text-style: bold; height: auto; margin-bottom: 1; }
    Sorry .said { height: auto; }
    Sorry KeyLine { margin-top: 1; }
    """
    KEYS = Keys(
        "After a failure",
        Key("sorry.on", "enter,escape", "Go on", "go_on"),
        Key("sorry.quit", "q", "Quit", "stop"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def compose(self) -> ComposeResult:
        """What, where, what to do."""
        with Vertical():
            yield Static("That should not have happened", classes="title")
            yield Static(Content(sorry_words()), classes="said", markup=False)
            words = "{on} goes on, with the board read again   {quit} quits"
            yield KeyLine(self.KEYS.said(self.app, words))

    def action_go_on(self) -> None:
        """On to the board."""
        self.dismiss(True)

    def action_stop(self) -> None:
        """Quit."""
        self.dismiss(False)
