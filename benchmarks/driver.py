"""A program in a real pseudo-terminal: keys go in, and every burst of output is weighed and timed.

The processor time of the program is read from its own clock at the moment when its last byte arrived, so waiting for
the output to go quiet is not part of any figure.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
#: Runs the command line from the sources, installed or not.
MAKEROOM = ("-c", "import sys; from tui.cli import main; sys.exit(main(sys.argv[1:]))")

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "ctrl+l": b"\x0c",
    "ctrl+q": b"\x11",
}

# Asked by Textual at the start; a terminal that answers gets each frame between two marks: frames can be counted.
_ASKS_SYNC, _HAS_SYNC = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_FRAME = b"\x1b[?2026h"
_CONTROLS = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_=>])")
#: Seconds that one read of a slow terminal stands for.
_SLICE = 0.02
# The driver's own terminal must not decide what the program sees.
_UNWANTED = ("NO_COLOR", "COLORTERM", "TERM_PROGRAM", "TEXTUAL", "TEXTUAL_DRIVER", "LINES", "COLUMNS", "MAKEROOM_DB")


#: Whether what was read so far, seconds after the start and at this processor time, is what was awaited.
Enough = Callable[[bytearray, float, float], bool]


@dataclass(frozen=True)
class Burst:
    """What a program wrote until it was quiet. Times in seconds: ``first`` and ``last`` byte since the burst was
    provoked, ``cpu`` and ``first_cpu`` the processor time that the program spent up to the last and the first byte."""

    data: bytes
    first: float
    last: float
    cpu: float
    first_cpu: float = 0.0

    @property
    def frames(self) -> int:
        """How many frames were written; known only once the terminal has told that it can mark them."""
        return self.data.count(_FRAME)

    @property
    def text(self) -> str:
        """The letters without the controls, in the order of writing."""
        return _CONTROLS.sub(b"", self.data).decode("utf-8", "replace")


@dataclass(frozen=True)
class Start:
    """The way to the first picture: when all of it had been written once, and when it went quiet."""

    wall: float
    cpu: float
    settled: Burst

    @property
    def bytes(self) -> int:
        """All that was written."""
        return len(self.settled.data)


class SilentError(Exception):
    """The program ended, or did not write what was awaited."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a program under measurement: its own folders, 24-bit colours, and compiled bytecode.

    A start that compiles its own sources measures the compiler. Where the environment forbids writing bytecode, that
    would be every start, so the variable is taken out, and whoever measures runs the program once to warm it.
    """
    kept = {key: value for key, value in os.environ.items() if key not in (*_UNWANTED, "PYTHONDONTWRITEBYTECODE")}
    kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    kept |= {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    return kept | more


def cpu_of(pid: int) -> float:
    """Processor time that a running process has spent, all threads, in seconds."""
    # Linux: the clock of another process (clock_getcpuclockid) in nanoseconds, where /proc/PID/stat has hundredths.
    return time.clock_gettime((~pid << 3) | 2)


class Terminal:
    """A program in a terminal of a given size."""

    def __init__(self, command: Sequence[str], size: tuple[int, int], environ: Mapping[str, str]) -> None:
        columns, rows = size
        # The size is set before the program is there: no resize ever reaches it.
        self._fd, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 10, rows * 20))
        self.began = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:
            os.login_tty(inner)
            os.chdir(ROOT)
            os.execve(command[0], list(command), dict(environ))
        os.close(inner)
        self._gone = False
        #: bytes that this terminal reads in a second; 0: as fast as they come
        self.rate = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, *marks: str, quiet: float = 0.25, limit: float = 30.0) -> Start:
        """Wait until all of these words have been written, then until it is quiet."""
        wanted = [mark.encode() for mark in marks]
        seen: list[tuple[float, float]] = []

        def look(data: bytearray, at: float, cpu: float) -> bool:
            if not seen and all(mark in data for mark in wanted):
                seen.append((at, cpu))
            return bool(seen)

        settled = self._read(self.began, quiet, limit, look)
        if not seen:
            raise SilentError(f"not seen within {limit:g} s: {', '.join(marks)}\n{settled.text[-2000:]}")
        return Start(seen[0][0], seen[0][1], settled)

    def press(self, key: str, quiet: float = 0.1, limit: float = 10.0, mark: str = "") -> Burst:
        """Send a key, and wait until what it caused has been written, with these words among it."""
        wanted = mark.encode()
        before, began = cpu_of(self.pid), time.perf_counter()
        os.write(self._fd, KEYS.get(key) or key.encode())
        burst = self._read(began, quiet, limit, lambda data, *_: bool(data) and wanted in data)
        if wanted not in burst.data:
            raise SilentError(f"not seen within {limit:g} s of {key}: {mark}\n{burst.text[-2000:]}")
        return replace(burst, cpu=burst.cpu - before, first_cpu=burst.first_cpu - before)

    def answer(self, key: str, limit: float = 30.0) -> Burst:
        """Send a key as soon as there is something to see, and wait for the first frame that the app draws after it has
        asked the terminal what it can: all times since the program began."""
        os.write(self._fd, KEYS.get(key) or key.encode())
        burst = self._read(self.began, 0.1, limit, lambda data, *_: _FRAME in data.partition(_ASKS_SYNC)[2])
        if _FRAME not in burst.data:
            raise SilentError(f"{key} was not answered within {limit:g} s\n{burst.text[-2000:]}")
        return burst

    @property
    def read_of_disk(self) -> int:
        """Bytes that the program had read from the disk itself so far."""
        lines = Path(f"/proc/{self.pid}/io").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("read_bytes"))

    def send(self, *keys: str) -> None:
        """Send keys at once, and wait for nothing."""
        os.write(self._fd, b"".join(KEYS.get(key) or key.encode() for key in keys))

    def until(self, mark: str, limit: float = 10.0) -> float:
        """Seconds from now until this has been written, though no key was pressed."""
        wanted, seen = mark.encode(), []

        def look(data: bytearray, at: float, _: float) -> bool:
            if not seen and wanted in data:
                seen.append(at)
            return bool(seen)

        burst = self._read(time.perf_counter(), 0.0, limit, look)
        if not seen:
            raise SilentError(f"not seen within {limit:g} s: {mark}\n{burst.text[-2000:]}")
        return seen[0]

    def settle(self, quiet: float = 0.5, limit: float = 10.0) -> Burst:
        """What is written from now until it is quiet, though no key is pressed."""
        return self._read(time.perf_counter(), quiet, limit, lambda data, *_: bool(data))

    def rest(self, seconds: float) -> float:
        """Leave it alone; the processor time that it spends meanwhile."""
        before = cpu_of(self.pid)
        self._read(time.perf_counter(), seconds, seconds, lambda *_: True)
        return cpu_of(self.pid) - before

    def close(self) -> None:
        """Leave with ctrl+q, else by force."""
        with contextlib.suppress(OSError):
            os.write(self._fd, KEYS["ctrl+q"])
        for name in (None, signal.SIGTERM, signal.SIGKILL):
            if name is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.pid, name)
            until = time.perf_counter() + 3
            while time.perf_counter() < until:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self._fd)
                    return
                # An unread terminal would keep the program from ending.
                self._read(time.perf_counter(), 0.02, 0.05, lambda *_: True)

    def _read(self, began: float, quiet: float, limit: float, enough: Enough) -> Burst:
        """Read until ``enough(all so far, seconds, cpu)`` holds and nothing came for ``quiet`` seconds."""
        data = bytearray()
        first = last = cpu = first_cpu = 0.0
        satisfied = enough(data, 0.0, 0.0)
        while (now := time.perf_counter() - began) < limit:
            ready, _, _ = select.select([self._fd], [], [], quiet if satisfied else max(0.0, limit - now))
            if not ready:
                break
            try:
                got = os.read(self._fd, min(1 << 16, int(self.rate * _SLICE)) if self.rate else 1 << 16)
            except OSError:
                break
            last = time.perf_counter() - began
            with contextlib.suppress(OSError):
                cpu = cpu_of(self.pid)
            first, first_cpu = first or last, first_cpu or cpu
            data += got
            if _ASKS_SYNC in got:
                os.write(self._fd, _HAS_SYNC)
            satisfied = enough(data, last, cpu)
            if self.rate:
                time.sleep(len(got) / self.rate)
        return Burst(bytes(data), first, last, cpu, first_cpu)
