"""When other processes have come to rest: all that was sent to them is read, and every thread of theirs sleeps.

Nothing here is timed: who would run but gets no core is not asleep.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

#: Seconds after which a test has failed: many times what anything takes here on the slowest of machines.
PATIENCE = 90.0
#: Seconds of sleep after which a program has drawn all that a key brings: three of its frames.
QUIET = 0.05
#: Seconds for which Textual waits whether an escape begins a sequence, and as much again.
AFTER_ESCAPE = 0.2
#: Whether it can be seen here what another process is at.
SEEN = Path("/proc/self/stat").exists()


def work(pids: Iterable[int]) -> bool:
    """Whether a thread of one of these processes runs, or would on a free core; False of those that have ended."""
    return any(
        status not in "SIZX" for pid in pids for status in map(_status, Path(f"/proc/{pid}/task").glob("*/stat"))
    )


def _status(file: Path) -> str:
    try:
        return file.read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"
