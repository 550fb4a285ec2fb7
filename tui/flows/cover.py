"""Work on a workspace's whole file: at once where it is small; else in a thread, with a cover that takes the keys.

Without it, what somebody types meanwhile would still be done to the plan that is about to leave the screen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.drawing.plain import plain
from tui.flows.host import Host
from tui.widgets.keys import Key, Keys

Found = TypeVar("Found")
#: Bytes of a file that is opened, read and copied before a key press is felt to hang.
SMALL = 3_000_000


class Cover(ModalScreen[None]):
    """Says what is under way; Esc gives it up."""

    DEFAULT_CSS = """
    Cover { align: center middle; }
    Cover > Vertical { width: 60; max-width: 96%; height: auto; padding: 1 2; }
    """
    KEYS = Keys("While a large file is read", Key("cover.leave", "escape", "Stop", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.given_up = asyncio.Event()

    def compose(self) -> ComposeResult:
        """What is under way."""
        with Vertical():
            yield Static(Content(plain(self._words)), markup=False)
            yield Static(self.KEYS.said(self.app, "{leave} stops it"), markup=False)

    def action_leave(self) -> None:
        """Give it up; what was begun comes to nothing."""
        self.given_up.set()


async def work_on(
    board: Host,
    words: str,
    file: Path,
    work: Callable[[], Found],
    undo: Callable[[Found], object] | None = None,
    small: int | None = None,
) -> Found | None:
    """What ``work`` returns; None where it was given up, then ``undo`` gets what comes of it all the same.

    ``small`` is how many bytes the file may have for the work to be done at once, :data:`SMALL` if nobody says. Raises
    what the work raises.
    """
    if size_of(file) <= (SMALL if small is None else small):
        return work()
    cover = Cover(words)
    await board.app.push_screen(cover)
    doing = asyncio.ensure_future(asyncio.to_thread(work))
    leaving = asyncio.ensure_future(cover.given_up.wait())
    try:
        await asyncio.wait((doing, leaving), return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return await doing
        return None
    finally:
        leaving.cancel()
        if not doing.done():
            doing.add_done_callback(lambda done: _take_back(done, undo))
        await cover.dismiss()


def _take_back(done: asyncio.Future[Found], undo: Callable[[Found], object] | None) -> None:
    if not done.cancelled() and done.exception() is None and undo is not None:
        undo(done.result())


def size_of(file: Path) -> int:
    """Bytes of a file; 0 where it is not there."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
