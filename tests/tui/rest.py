"""When an app under test has come to rest: nothing is ready to run, no thread is at work for it, all is drawn.

Nothing here is timed: a machine that is slow, or busy with something else, takes longer and gets to the same place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App
from textual.notifications import Notification, Notifications

#: Seconds after which a test has failed: many times what anything takes here on the slowest of machines.
PATIENCE = 120.0

#: what the threads of each event loop were asked for and have not answered yet
_ASKED: WeakKeyDictionary[asyncio.AbstractEventLoop, set[asyncio.Future[Any]]] = WeakKeyDictionary()


class RestlessError(AssertionError):
    """Something goes on and on."""


class Noted(Notifications):
    """An app's toasts: each is written down as it comes, and stays on the screen for as long as a test takes."""

    def __init__(self, so_far: Iterable[Notification] = ()) -> None:
        super().__init__()
        self.words = ""
        for each in so_far:
            self.add(each)

    def add(self, notification: Notification) -> Noted:
        """Write it down, and show it until it is taken off."""
        self.words += f"{notification.message}\n"
        notification.timeout = 3600.0
        super().add(notification)
        return self


def watch_threads() -> set[asyncio.Future[Any]]:
    """What is asked of threads by the running loop, from the first call on, until each has answered."""
    loop = asyncio.get_running_loop()
    if loop not in _ASKED:
        asked: set[asyncio.Future[Any]] = set()
        ask = loop.run_in_executor

        def noted(*what: Any) -> asyncio.Future[Any]:
            # The loop's own future, not the thread's: once it is done, whoever waits for it is ready to run.
            future = ask(*what)
            asked.add(future)
            future.add_done_callback(asked.discard)
            return future

        loop.run_in_executor = noted  # type: ignore[method-assign]
        _ASKED[loop] = asked
    return _ASKED[loop]


async def come_to_rest(app: App[Any], *, threads: bool = True) -> None:
    """Wait until the app has done all that it will do unless somebody presses a key or time goes by.

    Without ``threads``, what they are at is not waited for. Raises RestlessError after :data:`PATIENCE`.
    """
    loop: Any = asyncio.get_running_loop()
    asked = watch_threads()
    end = loop.time() + PATIENCE
    while True:
        # While this runs, all else that could run stands in the loop's queue.
        while loop._ready and loop.time() < end:
            await asyncio.sleep(0)
        if loop.time() > end:
            raise RestlessError(f"no rest: {[*loop._ready][:5]}, threads {[*asked]}")
        if asked and threads:
            await asyncio.wait(asked, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
        elif app._animator._animations or app._animator._scheduled:
            await asyncio.sleep(0.01)
        elif not _draw(app):
            return


def _draw(app: App[Any]) -> bool:
    """Draw what waits for the next frame; False where nothing does."""
    if not app.is_running or not app._screen_stack or app._batch_count:
        return False
    screen = app.screen
    if not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    ):
        return False
    with app._context(), screen._context():
        screen._on_timer_update()
    return True
