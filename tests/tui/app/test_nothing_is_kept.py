"""A page that was left is gone with all that it drew: nothing of the app keeps it."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

from textual._styles_cache import StylesCache
from textual.dom import DOMNode

from tests.tui.app_helpers import NARROW, Room, opened, small

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
