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


def children_of(pid: int) -> list[int]:
    """The processes that a process began and that have not ended."""
    lists = [*Path(f"/proc/{pid}/task").glob("*/children")]
    try:
        among = [int(child) for each in lists for child in each.read_text().split()]
    except OSError:
        # One of its threads ends just now.
        lists = []
    if not lists:
        # Not every system keeps such lists; all processes that there are can be asked, which takes some milliseconds.
        among = [int(each.name) for each in Path("/proc").glob("[0-9]*")]
    return [each for each in among if _alive_and_of(pid, _words(Path(f"/proc/{each}/stat")))]


def _alive_and_of(parent: int, words: list[str]) -> bool:
    return words[0] not in "ZX" and int(words[1]) == parent


def _status(file: Path) -> str:
    return _words(file)[0]


def _words(file: Path) -> list[str]:
    """The status of a process or a thread, the process that began it, and what else the system knows of it."""
    try:
        return file.read_text().rpartition(")")[2].split()
    except OSError:
        return ["X", "0"]
