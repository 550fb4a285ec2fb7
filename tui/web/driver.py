"""The board's end of the line: drawn for a browser, driven by what the server sends on standard input."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.message import Message

#: Seconds after the line went dead until the process ends whatever it does.
_LAST = 10.0
_HUNG_UP = 129


class SeatDriver(WebDriver):
    """Textual's driver for browsers, but that the app ends with its line, and may begin anew on it.

    textual-serve's own takes the first app's end for the end of all, and an app whose server is gone lives on.
    """

    #: columns and rows that the browser asked for last, for an app that begins anew
    _asked: ClassVar[tuple[int, int] | None] = None

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or SeatDriver._asked)
        self._write = partial(_write_all, self.fileno)

    def stop_application_mode(self) -> None:
        """Stop listening. That this was all is said by the end of the process alone."""
        self.exit_event.set()
        self._input_reader.close()
        if self._key_thread.is_alive() and self._key_thread is not threading.current_thread():
            # Two that listen at once would tear the stream.
            self._key_thread.join(1.0)

    def run_input_thread(self) -> None:
        """Listen until the app ends; where the line ends first, the app follows, and keeps what was being typed."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            last = threading.Timer(_LAST, os._exit, (_HUNG_UP,))
            last.daemon = True
            last.start()
            self._loop.call_soon_threadsafe(self._hang_up)

    def _hang_up(self) -> None:
        from tui.app.app import MakeroomApp
        from tui.app.shutdown import end_by

        if isinstance(self._app, MakeroomApp):
            end_by(self._app, signal.SIGHUP)
        else:
            self._app.exit()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """What the server says besides keys."""
        super().on_meta(packet_type, payload)
        if packet_type == "resize":
            SeatDriver._asked = self._size

    def process_message(self, message: Message) -> None:
        """Take a key or a click. A size among them would go past the bounds that the server keeps."""
        if not isinstance(message, events.Resize):
            super().process_message(message)


def _write_all(descriptor: int, data: bytes) -> int:
    # A signal may cut a write short; and where nobody reads any more, the end of the input says so, too.
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BrokenPipeError:
            break
    return len(data)
