"""The terminal: what the app writes to, as long as it is there, and what it reads, whatever comes."""

from __future__ import annotations

import os
import select
import signal
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.terminal.first_frame import ENTER, FirstFrame
from tui.terminal.keyboard import Keyboard

#: Seconds between two looks at what silence means, and the most bytes of one read.
_LOOK, _MOST = 0.05, 4096
#: What is written of one frame: its beginning, itself, its end.
_FRAME = 3


class Lasting:
    """A file whose writing never fails: what is written to a terminal that is gone is lost.

    Textual's thread that writes ends with the first error, and whoever writes after that waits for it for ever: the
    app could not even save what was being typed. That the terminal is gone is noticed elsewhere (``shutdown``).
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False
        #: whether something was not written to a terminal that is there
        self.has_lost = False

    def write(self, text: str) -> int:
        """Write, as long as there is something to write to."""
        if not self._gone:
            try:
                return self._file.write(text)
            except BlockingIOError:
                # It is there, and does not keep up: the next picture comes.
                self.has_lost = True
                return 0
            except (OSError, ValueError):
                self._gone = True
        return 0

    def flush(self) -> None:
        """Flush, as long as there is something to flush to."""
        if not self._gone:
            try:
                self._file.flush()
            except BlockingIOError:
                self.has_lost = True
            except (OSError, ValueError):
                self._gone = True

    def fileno(self) -> int:
        """The number of the file itself."""
        return self._file.fileno()


def hung_up(descriptor: int) -> bool:
    """Whether the terminal of an open file is gone."""
    watched = select.poll()
    watched.register(descriptor, 0)
    return any(event & (select.POLLHUP | select.POLLERR) for _, event in watched.poll(0))


class TerminalDriver(LinuxDriver):
    """Textual's own, on a terminal that may go, with a keyboard that may send anything."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self._file is not None:
            self._file = self._lasting = Lasting(self._file)  # type: ignore[assignment]
        self._entered = False

    @property
    def has_lost(self) -> bool:
        """Whether something was not written since it was set to False."""
        return self._lasting.has_lost

    @has_lost.setter
    def has_lost(self, value: bool) -> None:
        self._lasting.has_lost = value

    @property
    def behind(self) -> bool:
        """Whether the terminal has a whole frame yet to read besides the one that it is reading."""
        return self._writer_thread is not None and self._writer_thread._queue.qsize() >= _FRAME

    def start_application_mode(self) -> None:
        """Begin, on the first frame where that is on screen already."""
        frame: FirstFrame | None = getattr(self._app, "first_frame", None)
        attributes = frame.hand_over() if frame is not None else None
        self._entered = attributes is not None
        if frame is not None and frame.is_lost:
            self.has_lost, self._entered = True, False
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if attributes is not None:
            self.attrs_before = attributes

    def write(self, data: str) -> None:
        """Write, but do not enter a screen that was entered: many terminals would clear it."""
        if self._entered and data == ENTER:
            self._entered = False
        else:
            super().write(data)

    def process_message(self, message: Message) -> None:
        """Pass on what the terminal says. That it can hold a frame back until it is whole is known at once.

        The app comes to its messages when its first screen stands: that would be written as it comes.
        """
        if isinstance(message, TerminalSupportsSynchronizedOutput):
            self._app._sync_available = not self.is_inline
        super().process_message(message)

    def _sigtstp_application(self, *_: object) -> None:
        """Suspend, once what is being done is done: in the middle of writing, who writes would wait for itself."""
        self._loop.call_soon_threadsafe(super()._sigtstp_application)

    def run_input_thread(self) -> None:
        """Read until told to stop."""
        keyboard = Keyboard()
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _LOOK)[0]:
                try:
                    data = os.read(self.fileno, _MOST)
                except BlockingIOError:
                    # Another program left the terminal so that reads do not wait.
                    data = b""
                if not data and hung_up(self.fileno):
                    # It may have gone before anybody looked for that, and gives nothing again and again.
                    os.kill(os.getpid(), signal.SIGHUP)
                    self.exit_event.wait(_LOOK)
                    continue
                for message in keyboard.feed(data):
                    self.process_message(message)
            for message in keyboard.tick():
                self.process_message(message)
