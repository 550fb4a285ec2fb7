"""A page that was left is gone with all that it drew and was working out: nothing of the app keeps it."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from pathlib import Path

from textual import work
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.widgets import Static

from tests.tui.app_helpers import NARROW, Room, opened, small
from tui.dialogs.dialog import Page

#: The pages that a key of the board opens, and what else draws: its own help and the trade sheet.
KEYS = ("question_mark", "l", "m", "A", "s", "c", "g", "enter")


async def visit(room: Room) -> None:
    """Go to each of them and back."""
    for key in KEYS:
        await room.press(key, "escape", "escape")


def widgets() -> Counter[str]:
    """How many there are of each kind, and of what keeps their drawn lines."""
    gc.collect()
    return Counter(type(each).__name__ for each in gc.get_objects() if isinstance(each, DOMNode | StylesCache))


async def test_a_page_that_was_left_is_gone(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 2.0, {}), ("Two", 2.0, {"state": "below"})])
    async with opened(path, NARROW) as room:
        await visit(room)
        first = widgets()
        await visit(room)
        await visit(room)
        # The last one may go a moment later, with a timer or a task that had it.
        await room.until(lambda: not widgets() - first, "what it was like after the first round")


class Slow(Static):
    """Takes a while to go."""

    async def on_unmount(self) -> None:
        self.app.screen_stack[0].going.set()  # type: ignore[attr-defined]
        await asyncio.sleep(0.1)


class Reading(Page[None]):
    """Shows what it reads, which is there in the very moment in which the page goes."""

    def __init__(self, going: asyncio.Event) -> None:
        super().__init__()
        self.going = going
        self.read = ""

    def compose(self) -> ComposeResult:
        yield Static("reading …", id="head")
        yield Slow()

    def on_mount(self) -> None:
        self.put_together()

    @work
    async def put_together(self) -> None:
        await self.going.wait()
        await asyncio.sleep(0.02)
        self.read = "read"
        self.query_one("#head", Static).update(self.read)


async def test_what_a_page_was_reading_when_it_was_left_is_for_nobody() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        going = asyncio.Event()
        app.screen_stack[0].going = going  # type: ignore[attr-defined]
        page = Reading(going)
        await app.push_screen(page)
        await pilot.pause()
        app.pop_screen()
        await pilot.pause(0.3)
        assert (going.is_set(), page.is_running, page.read) == (True, False, "")
    # Nothing failed: else the app had ended with it, and said so here.
