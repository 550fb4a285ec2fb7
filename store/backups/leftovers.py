"""Copies in the making: each under a name of its own, locked by who makes it, cleared where a killed process left it.

The lock tells what no clock and no process number can: whether anybody is still at work on a copy.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store.database.places import backups_folder, scenarios_folder

#: What stands between the name that a copy is to have and its own eight digits.
UNFINISHED, RESTORING = ".unfinished-", ".restoring-"
#: What SQLite may lay beside a copy.
_BESIDE = ("-wal", "-shm", "-journal")
_OURS = r"({name})(?:\.unfinished-|\.restoring-)[0-9a-f]{{8}}"
_BACKUP, _SCENARIO = r"\d{8}T\d{6}Z-[a-z0-9-]+\.db", r"[a-z0-9][a-z0-9-]{0,70}\.db"
_BEGINS = (b"", b"\0" * 16, b"SQLite format 3\0")
#: Seconds after which a copy is nobody's any more, on a system without such locks.
_ABANDONED = 6 * 3600


@contextmanager
def in_the_making(target: Path, mark: str = UNFINISHED) -> Iterator[Path]:
    """An empty file, for its owner's eyes alone, to write a copy into; whatever has that name in the end is removed.

    Raises OSError where there can be none.
    """
    copy = target.with_name(f"{target.name}{mark}{os.urandom(4).hex()}")
    descriptor = _held(copy)
    try:
        yield copy
    finally:
        try:
            _remove(copy)
        finally:
            os.close(descriptor)


def clear_leftovers(path: Path) -> list[Path]:
    """Remove the copies that killed processes left of the workspace at ``path``; returns their names.

    Only what has a name as ours have and begins as a database does, and only where nobody is at work on it.
    """
    return [
        *_cleared(path.parent, re.escape(path.name)),
        *_cleared(backups_folder(path), _BACKUP),
        *_cleared(scenarios_folder(path), _SCENARIO),
    ]


def clear_leftovers_of(target: Path) -> list[Path]:
    """Remove what killed processes left of backups like ``target``, in its folder."""
    return _cleared(target.parent, f"{_BACKUP}|{re.escape(target.name)}")


def _cleared(folder: Path, name: str) -> list[Path]:
    ours = re.compile(_OURS.format(name=name))
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    copies = {name.removesuffix(end) for name in names for end in ("", *_BESIDE)}
    found = [folder / name for name in sorted(copies) if ours.fullmatch(name)]
    return [copy for copy in found if _is_nobodys(copy) and _remove(copy)]


def _held(copy: Path) -> int:
    """Make the file and lock it; whoever looks for leftovers may be quicker, and take it for one."""
    for _ in range(10):
        descriptor = os.open(copy, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if sys.platform == "win32":
            return descriptor
        import fcntl

        # Some network file systems have no such locks: what is left there waits for somebody to remove it.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if copy.exists() and os.path.samestat(os.fstat(descriptor), copy.stat()):
            return descriptor
        os.close(descriptor)
    raise FileNotFoundError(2, "the copy is taken away again and again", str(copy))


def _is_nobodys(copy: Path) -> bool:
    try:
        found = copy.lstat()
    except FileNotFoundError:
        # Who made it was killed while it was removed, with what lay beside it.
        return True
    if not stat.S_ISREG(found.st_mode):
        return False
    if sys.platform == "win32":
        return abs(time.time() - found.st_mtime) > _ABANDONED
    import fcntl

    try:
        descriptor = os.open(copy, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.read(descriptor, 16) in _BEGINS
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _remove(copy: Path) -> bool:
    """Remove a copy with what lies beside it; whether it is gone. The copy last: by it the others are known."""
    for end in (*_BESIDE, ""):
        with suppress(OSError):
            copy.with_name(copy.name + end).unlink(missing_ok=True)
    return not os.path.lexists(copy)
