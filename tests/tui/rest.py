"""When an app under test has come to rest: nothing is ready to run, no thread is at work for it, all is laid out.

Nothing here is timed: a machine that is slow, or busy with something else, takes longer and gets to the same place.
An app that draws when it is read (:func:`draw_when_read`) spares the frames that nobody looks at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from rich.segment import Segment
from textual._context import visible_screen_stack
from textual.app import App
from textual.cache import FIFOCache
from textual.content import Content
from textual.css.model import RuleSet
from textual.css.stylesheet import CSSLocation, Stylesheet
from textual.notifications import Notification, Notifications
from textual.screen import Screen
from textual.strip import Strip

from tui.plan_view.detail_line import DetailLine
from tui.widgets.one_frame import StyledOnce

#: Seconds after which a test has failed: many times what anything takes here on the slowest of machines.
PATIENCE = 120.0

#: what the threads of each event loop were asked for and have not answered yet
_ASKED: WeakKeyDictionary[asyncio.AbstractEventLoop, set[asyncio.Future[Any]]] = WeakKeyDictionary()

#: the apps that draw when they are read, each with the screens that were drawn so far
_READ: WeakKeyDictionary[App[Any], WeakSet[Screen[Any]]] = WeakKeyDictionary()
_every_frame = Screen._compositor_refresh
_tell = DetailLine.tell


class RestlessError(AssertionError):
    """Something goes on and on."""


class Noted(Notifications):
    """An app's toasts: each is written down as it comes.

    Where they are ``kept`` they stay on the screen for as long as a test takes; else they would hide what is read,
    and never get there.
    """

    def __init__(self, so_far: Iterable[Notification] = ()) -> None:
        super().__init__()
        self.words = ""
        # What is on the screen already is taken off like all that is not kept any more: with the rack that holds it.
        self.kept = True
        for each in so_far:
            self.add(each)
        self.kept = False

    def add(self, notification: Notification) -> Noted:
        """Write it down, and show it until it is taken off if toasts are kept."""
        self.words += f"{notification.message}\n"
        if self.kept:
            notification.timeout = 3600.0
            super().add(notification)
        elif notification.markup:
            # As a toast reads it, which fails on what is no markup.
            Content.from_markup(notification.message)
        return self


def keep_sentences() -> None:
    """What is said in the board's line stays until the next sentence, however slow the machine is."""

    def tell(line: DetailLine, words: str, *, grave: bool, seconds: float) -> None:
        _tell(line, words, grave=grave, seconds=max(seconds, PATIENCE))

    DetailLine.tell = tell  # type: ignore[method-assign]


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
        elif not _lay_out(app):
            break
    # Each screen that comes up is drawn once: what a widget does not draw anew later is then seen to be out of date.
    if app in _READ and app.is_running and app._screen_stack and app.screen not in _READ[app]:
        drawn(app)


def draw_when_read(app: App[Any]) -> None:
    """From now on this app draws each screen as it comes up, and then whenever it is read; not at each frame."""
    _READ.setdefault(app, WeakSet())


def drawn(app: App[Any]) -> list[Strip]:
    """The screen on top, row by row, drawn now."""
    if app in _READ:
        _READ[app].add(app.screen)
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def _frame(screen: Screen[Any]) -> None:
    """What Textual does with a frame, without drawing it where the app draws when it is read."""
    if screen.app in _READ and screen is screen.app.screen:
        screen._compositor._dirty_regions.clear()
        screen._dirty_widgets.clear()
        screen.app._update_mouse_over(screen)
    else:
        _every_frame(screen)


Screen._compositor_refresh = _frame  # type: ignore[method-assign]


def _lay_out(app: App[Any]) -> bool:
    """Lay out what waits for the next frame, and draw it as the app draws; False where nothing waits."""
    if not app.is_running or not app._screen_stack or app._batch_count:
        return False
    # What lies below first: a dialog shows it, too. (Textual's own, below a dialog that has an app to itself, always
    # wait to be drawn once more.)
    below = [screen for screen in app._background_screens if isinstance(screen, StyledOnce)]
    for screen in (*below, app.screen):
        if (
            screen._layout_required
            or screen._scroll_required
            or screen._repaint_required
            or screen._recompose_required
            or screen._dirty_widgets
            or screen._callbacks
        ):
            with app._context(), screen._context():
                screen._on_timer_update()
            return True
    return False


#: rules by what they were read from, for all apps of a process: each of them would read the same sheets anew
_RULES: dict[tuple[object, ...], list[RuleSet]] = {}
_parse_rules = Stylesheet._parse_rules


def _rules_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """What Textual makes of a style sheet under these variables, kept."""
    variables, key = getattr(sheet, "_kept_for", (None, None))
    if variables is not sheet._variables:
        variables, key = sheet._variables, frozenset(sheet._variables.items())
        sheet._kept_for = variables, key  # type: ignore[attr-defined]
    asked = (key, css, read_from, is_default_rules, tie_breaker, scope)
    if asked not in _RULES:
        _RULES[asked] = _parse_rules(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return _RULES[asked]


Stylesheet._parse_rules = _rules_once  # type: ignore[method-assign, assignment]

# Rules are looked up by identity, some hundred for each widget that is styled: as any object's, without a call.
RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]

#: how much a row of the screen remembers of each way to cut it or to colour it, as Textual has it
_REMEMBERED = {
    **dict.fromkeys(("_crop_cache", "_style_cache"), 16),
    **dict.fromkeys(
        ("_divide_cache", "_filter_cache", "_line_length_cache", "_crop_extend_cache", "_offsets_cache"), 4
    ),
}


def _row(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """What Textual does with a new row, but for its seven memories, of which most are never asked."""
    strip._segments = list(segments)
    strip._cell_length = cell_length
    strip._render_cache = strip._link_ids = strip._cell_count = None


def _memory(strip: Strip, name: str) -> FIFOCache[Any, Any]:
    """A memory of a row as it is first asked for."""
    if name not in _REMEMBERED:
        raise AttributeError(name)
    memory: FIFOCache[Any, Any] = FIFOCache(_REMEMBERED[name])
    setattr(strip, name, memory)
    return memory


Strip.__init__ = _row  # type: ignore[method-assign]
Strip.__getattr__ = _memory  # type: ignore[attr-defined]
