"""How far a long import is: one line on a terminal's error output, gone when it is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from store.database.watch import Watch

#: seconds before the first word, so that short imports draw nothing
_PATIENCE = 0.5
#: bytes of a file that takes long for sure
_LARGE = 1_000_000
#: seconds between two words
_EVERY = 0.1


@contextmanager
def progress(size: int = 0) -> Iterator[Watch]:
    """A watch that draws where standard error is a terminal, at once for a file of large ``size`` (bytes). Ctrl+C stops
    between any two rows as it is."""
    if not sys.stderr.isatty():
        yield Watch()
        return
    line = _Line(0 if size >= _LARGE else _PATIENCE)
    try:
        yield Watch(progress=line.tell)
    finally:
        line.clear()


class _Line:
    def __init__(self, patience: float) -> None:
        self._due = time.monotonic() + patience
        self._drawn = False

    def tell(self, what: str, done: int, total: int | None) -> None:
        if not what:
            self.clear()
        if not what or time.monotonic() < self._due:
            return
        self._due = time.monotonic() + _EVERY
        self._drawn = True
        of = f" of {total:,}" if total is not None else ""
        sys.stderr.write(f"\r{what}{f': {done:,}{of}' if done else ''}\x1b[K")
        sys.stderr.flush()

    def clear(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False
