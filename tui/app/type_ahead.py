"""Keys that come before what they are meant for is up: held, and handed on in their order.

What a key begins, a dialog or the next one, takes a moment to take keys of its own. What is typed meanwhile went to
whatever stood there before, and ran its keys. Here a key is handed on once the one before has done all that it does,
no conversation is on its way to its next question, and the screen on top takes keys: typed fast, keys do what the same
keys do typed slowly.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from textual import events
from textual._time import get_time
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import NoActiveWorker, Worker, get_current_worker

from tui.dialogs.dialog import Dialog
from tui.flows.host import Host
from tui.plan_view.keys import APP

#: The groups of workers that ask somebody something; the others work beside whoever types.
TALKS = frozenset({"flow", "ask", "undo", "report", "question"})
#: Seconds that a part of the screen may take to say that it is done with a key.
_PATIENCE = 2.0
#: Seconds between two presses of a key that is held or bounced, and of one that is pressed twice in doubt.
_BOUNCE, _DOUBLE = 0.05, 1.0

Typed: TypeAlias = events.Key | events.Paste


class TypeAhead:
    """Holds keys and pastes of an app until they are meant for what is on top."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._held: deque[Typed] = deque()
        #: what came before a question that nobody asked for was up: for the screen that it covers
        self._aside: tuple[Screen[Any] | None, list[Typed]] = None, []
        self._passing: Typed | None = None
        self._last: Typed | None = None
        #: whether the last of what was handed on brought another screen
        self._turned = False
        self._begun = self._busy = False
        #: the screen that takes keys, and what each conversation asked last
        self._at: Screen[Any] | None = None
        self._asked: WeakKeyDictionary[Worker[Any], Screen[Any]] = WeakKeyDictionary()
        self._known: WeakKeyDictionary[Screen[Any], bool] = WeakKeyDictionary()
        self._change = asyncio.Event()

    def begin(self) -> None:
        """The first screen stands: from now on keys are handed on."""
        self._at = self._app.screen
        self._known[self._at] = self._begun = True
        self._app.screen_change_signal.subscribe(self._app, self._note, immediate=True)
        self._listen(self._at)

    @property
    def used(self) -> bool:
        """Whether anything was typed so far."""
        return self._last is not None or bool(self._held)

    def keeps(self, event: Typed) -> bool:
        """Whether it is held for later; what is not, whoever asks hands on."""
        if event is self._passing:
            self._passing = None
            return False
        if self._begun and isinstance(event, events.Key) and event.key in APP["quit"].live(self._app):
            # The way out that is always there, once there is something to leave: what is half made cannot end well.
            return False
        if not self._begun or self._busy or self._talking():
            self._held.append(event)
            if self._begun and not self._busy:
                self._listen(None)
            return True
        self._last, self._turned = event, False
        if not self._is_text(event):
            self._listen(self._target)
        return False

    def _note(self, screen: Screen[Any]) -> None:
        """Another screen is on top."""
        self._change.set()
        if screen not in self._known:
            self._known[screen] = True
            with suppress(NoActiveWorker):
                self._asked[get_current_worker()] = screen
        if not self._busy:
            self._listen(None)

    @property
    def _target(self) -> Widget:
        return self._app.focused or self._app.screen

    def _is_text(self, event: Typed) -> bool:
        """Whether it is typed into a line of text, which begins nothing."""
        printable = isinstance(event, events.Paste) or event.is_printable
        focused = self._app.focused
        # (The class of a text of several lines is read with the first such text.)
        return printable and (isinstance(focused, Input) or hasattr(focused, "undo"))

    def _talking(self) -> list[Worker[Any]]:
        """The conversations on their way to their next question, or to their end."""
        stack = self._app.screen_stack
        return [
            worker
            for worker in self._app.workers
            if worker.group in TALKS and not worker.is_finished and self._asked.get(worker) not in stack
        ]

    def _listen(self, target: Widget | None) -> None:
        self._busy = True
        self._app.run_worker(self._hand_on(target), group="keys", exit_on_error=True)

    async def _hand_on(self, target: Widget | None) -> None:
        """Hand on what is held, each after what the one before began has come about."""
        try:
            while True:
                await self._heard(target)
                await self._let_stand()
                if not self._held:
                    return
                event = self._held.popleft()
                if self._is_double(event):
                    continue
                self._last, self._turned = event, False
                target = None if self._is_text(event) else self._target
                self._passing = event
                self._app.post_message(event)
                await _turn(self._app.call_later)
        finally:
            self._busy = False

    def _is_double(self, event: Typed) -> bool:
        """Whether it is the same key again, pressed before anybody could see that the first had answered."""
        last = self._last
        if not self._turned or not isinstance(event, events.Key) or not isinstance(last, events.Key):
            return False
        if event.key != last.key or self._is_text(event):
            return False
        return event.time - last.time < (_BOUNCE if event.is_printable else _DOUBLE)

    async def _heard(self, target: Widget | None) -> None:
        """Wait until what was handed to ``target`` is done, and what that began, and the screen on top takes keys."""
        await _turn(self._app.call_later)
        node: MessagePump | None = target
        while node is not None:
            await _turn(node.call_later)
            node = node._parent
        while True:
            self._change.clear()
            if talks := self._talking():
                await self._changed(talks)
            elif (screen := self._app.screen) is not self._at:
                await _turn(screen.call_after_refresh)
                await _turn(self._app.call_later)
                if screen is self._app.screen and not self._talking():
                    self._arrive(screen)
            else:
                return

    async def _let_stand(self) -> None:
        """What has come up on the board by itself takes keys once it can be seen; those typed before go: they would be
        answers to a question that nobody saw."""
        board = self._app.screen
        if isinstance(board, Host) and board.unbidden:
            board.unbidden = False
            await _turn(board.call_after_refresh)
            await _turn(self._app.call_later)
            stood = get_time()
            self._held = deque(event for event in self._held if event.time >= stood)

    async def _changed(self, talks: list[Worker[Any]]) -> None:
        """Wait until one of these conversations ends, or another screen is on top."""
        change = asyncio.ensure_future(self._change.wait())
        try:
            tasks = [worker._task for worker in talks if worker._task is not None]
            await asyncio.wait((change, *tasks), return_when=asyncio.FIRST_COMPLETED)
        finally:
            change.cancel()

    def _arrive(self, screen: Screen[Any]) -> None:
        """This screen takes keys now. What was typed before a question that nobody asked for is not for that."""
        self._at, self._turned = screen, True
        covered, aside = self._aside
        if isinstance(screen, Dialog) and screen.unbidden:
            early = [event for event in self._held if event.time < screen.drawn]
            self._aside = covered or self._app.screen_stack[-2], [*aside, *early]
            self._held = deque(event for event in self._held if event.time >= screen.drawn)
        elif covered is not None and covered not in self._app.screen_stack[:-1]:
            self._aside = None, []
            if covered is screen:
                self._held.extendleft(reversed(aside))


async def _turn(after: Callable[[Callable[[], object]], bool]) -> None:
    """Wait for a call that comes after all that is under way there; not for ever, and not where nobody is left."""
    called = asyncio.Event()
    if after(called.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(called.wait(), _PATIENCE)
