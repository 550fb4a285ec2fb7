"""A terminal of our own: makeroom runs in a real pty, and pyte shows what a person would see."""

from __future__ import annotations

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

from tests.tui.processes import AFTER_ESCAPE, PATIENCE, QUIET, SEEN, work

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

#: Where logs and notes go in tests: nothing is written in the home of whoever runs them.
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
        "XDG_CACHE_HOME": f"{state}/cache",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
    }
    if home is not None:
        given |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    return {**kept, **given, **more}


def note_of(home: Path, kind: str) -> Path:
    """The note of this kind that makeroom keeps of its one workspace in this home, once it is there."""
    end = time.monotonic() + PATIENCE
    while not (found := [*home.glob(f"state/cache/makeroom/{kind}/*.json")]):
        assert time.monotonic() < end, f"nothing of {kind} was noted"
        time.sleep(0.02)
    return found[0]


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

        from tests.tui.plain_screen import PlainScreen

        self._screen = PlainScreen(self._columns, self._lines)
        self._end, other = pty.openpty()
        self._name = os.ttyname(other)
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
        return self._screen.rows

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.rows)

    def wipe(self) -> None:
        """Forget what was drawn, as a terminal does whose program leaves its screen."""
        from tests.tui.plain_screen import PlainScreen

        self._screen = PlainScreen(self._columns, self._lines)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each after all that the one before brought."""
        for key in keys:
            os.write(self._end, KEYS.get(key, key).encode())
            # What follows an escape at once would be taken for a part of its sequence.
            self.rest(AFTER_ESCAPE if key == "esc" else QUIET)

    def write(self, text: str) -> None:
        """Type a text."""
        os.write(self._end, text.encode())
        self.rest()

    def rest(self, quiet: float = QUIET) -> None:
        """Wait until the program has read what was typed, and has slept for so many seconds; take in what it wrote."""
        end = time.monotonic() + PATIENCE
        asleep = time.monotonic()
        quiet += 0 if SEEN else 0.1
        while time.monotonic() < end:
            if self._read(0.004, 0.1) or self._works():
                asleep = time.monotonic()
            elif time.monotonic() - asleep >= quiet:
                return

    def _works(self) -> bool:
        """Whether something that was typed is unread, or the program is at work."""
        import fcntl
        import termios

        if self._end < 0 or not self.alive:
            return False
        try:
            other = os.open(self._name, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                unread = fcntl.ioctl(other, termios.FIONREAD, bytes(4))
            finally:
                os.close(other)
        except OSError:
            # It ends just now.
            return False
        return any(unread) or work([self._child.pid])

    def until(self, *words: str, gone: Sequence[str] = (), seconds: float = PATIENCE) -> None:
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

    def ended(self, seconds: float = PATIENCE) -> int:
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

    def _read(self, quiet: float, most: float) -> bool:
        """Take in what is written until it has been quiet for so many seconds; whether there was anything."""
        end, any_came = time.monotonic() + most, False
        while time.monotonic() < end:
            if not select.select([self._end], [], [], quiet)[0]:
                break
            try:
                data = os.read(self._end, 65536)
            except OSError:
                break
            if not data:
                break
            any_came = True
            self.written += data
            self._screen.feed(data)
        return any_came
