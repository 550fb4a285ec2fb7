"""A terminal of our own: makeroom runs in a real pty, and pyte shows what a person would see."""

from __future__ import annotations

import codecs
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())"]
KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+s": "\x13",
}


#: Where logs go in tests: nothing is written in the home of whoever runs them.
_STATE = TemporaryDirectory(prefix="makeroom-state-")


def _has_pty() -> bool:
    try:
        import pty
    except ImportError:
        return False
    try:
        ends = pty.openpty()
    except OSError:
        return False
    for end in ends:
        os.close(end)
    return True


needs_a_pty = pytest.mark.skipif(not _has_pty(), reason="there is no pseudo-terminal here")


def environment(home: Path | None = None, **more: str) -> dict[str, str]:
    """Nothing of the user's own: a full-colour terminal, and a home without a file."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "SYSTEMROOT", "TMPDIR")}
    state = _STATE.name if home is None else str(home / "state")
    given = {
        "XDG_STATE_HOME": state,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
    }
    if home is not None:
        given |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    return {**kept, **given, **more}


class Terminal:
    """makeroom with these arguments, in so many columns and lines."""

    def __init__(
        self,
        arguments: Sequence[str],
        columns: int,
        lines: int,
        environ: Mapping[str, str] | None = None,
        run: Sequence[str] = RUN,
    ) -> None:
        """``run`` is the program, makeroom itself by default."""
        self._arguments, self._columns, self._lines, self._run = arguments, columns, lines, run
        self._environ = environment() if environ is None else dict(environ)
        self.written = bytearray()

    def __enter__(self) -> Self:
        import fcntl
        import pty
        import termios

        import pyte

        self._screen = pyte.Screen(self._columns, self._lines)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._end, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", self._lines, self._columns, 0, 0))
        self._child = subprocess.Popen(
            [*self._run, *self._arguments],
            stdin=other,
            stdout=other,
            stderr=other,
            env=self._environ,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(other)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.alive:
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait(10)
        if self._end >= 0:
            os.close(self._end)

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    @property
    def lines(self) -> list[str]:
        return list(self._screen.display)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each after what the one before wrote has come."""
        for key in keys:
            os.write(self._end, KEYS.get(key, key).encode())
            # What follows an escape at once would be taken for a part of its sequence.
            self._read(0.2 if key == "esc" else 0.08, 2.0)

    def write(self, text: str) -> None:
        """Type a text."""
        os.write(self._end, text.encode())
        self._read(0.08, 2.0)

    def until(self, *words: str, gone: Sequence[str] = (), seconds: float = 15.0) -> None:
        """Wait for these words to be on the screen together, and for others to be off it."""
        end = time.monotonic() + seconds
        while True:
            text = self.text
            if all(word in text for word in words) and not any(word in text for word in gone):
                return
            assert time.monotonic() < end, f"no {words} (or still {gone}) on screen:\n{text}"
            self._read(0.03, 0.1)

    def send(self, signum: int) -> None:
        """Send the program a signal."""
        os.kill(self._child.pid, signum)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        os.close(self._end)
        self._end = -1

    def ended(self, seconds: float = 10.0) -> int:
        """The exit code, once the program has ended."""
        end = time.monotonic() + seconds
        while self.alive:
            assert time.monotonic() < end, f"it did not end; on screen:\n{self.text}"
            if self._end >= 0:
                self._read(0.03, 0.1)
            else:
                time.sleep(0.03)
        code: int = self._child.wait()
        return code

    def _read(self, quiet: float, most: float) -> None:
        """Take in what is written until it has been quiet for so many seconds."""
        end = time.monotonic() + most
        while time.monotonic() < end:
            if not select.select([self._end], [], [], quiet)[0]:
                return
            try:
                data = os.read(self._end, 65536)
            except OSError:
                return
            if not data:
                return
            self.written += data
            self._stream.feed(self._decoder.decode(data))
