"""Who else has the workspace open, and where they look: small files beside the database, never in it.

In the folder ``<database>.seats`` each running process has two files: ``NAME.seat``, empty and locked by it for as long
as it lives, and ``NAME.json``, which says where it is and is replaced as a whole. The system lets go of the lock when a
process ends, however it ends: whoever looks next knows the seat to be gone and sweeps it away. Nothing here lasts, so
nothing is synced to disk. A seat holds ids and no titles: whoever reads it looks those up. What is tried
out at people and capacity is told with its names, to who may open the workspace.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeGuard

from store.common.text import clean
from store.common.values import Value
from store.database.sharing import make_folder, sharing_of

if sys.platform != "win32":
    import fcntl

SUFFIX = ".seats"
DRAFT = ".draft"
_HELD, _SAID = ".seat", ".json"
#: Bytes of the longest file that is read as a seat; ours have a few hundred.
_LONGEST = 16_384
_LONGEST_NAME = 200
_MOST_MARKS = 1_000
_LARGEST_ID = 2**63 - 1
_LAST_TIME = 1e11
#: Seconds after which a lock's file that says nothing, and that nobody holds, is swept away.
_FORGOTTEN = 60.0


class Seat(Value):
    """Where somebody is. Times are seconds since 1970; ``asked`` is what the trade sheet asks, in numbers and ids."""

    session: str
    name: str
    #: "board", "trade", or the name of another screen
    where: str = "board"
    #: the item on the cursor
    cursor: int | None = None
    #: the items that are marked to leave, in the order of marking
    marks: tuple[int, ...] = ()
    asked: Mapping[str, Any] | None = None
    #: the name that is followed, or "*" for whoever moved last; empty for a seat that drives
    follows: str = ""
    started: float = 0.0
    moved: float = 0.0

    @property
    def drives(self) -> bool:
        """Whether it moves by itself."""
        return not self.follows


def seats_folder(database: Path) -> Path:
    """The folder of the seats at a database."""
    return database.with_name(database.name + SUFFIX)


def has_drafts(database: Path) -> bool:
    """Whether somebody left a draft there (see ``drafts``): asked at each start, so it reads names only."""
    try:
        return any(name.endswith(DRAFT) for name in os.listdir(seats_folder(database)))
    except OSError:
        return False


class Seats:
    """The seats at one database, and this process's own. Where none can be had, there are none, and nothing fails."""

    def __init__(self, database: Path, session: str, name: str, follows: str = "") -> None:
        """``session`` is the one that the journal names."""
        now = time.time()
        self._database = database
        self.folder = seats_folder(database)
        self.own = Seat(_file_name(session), name[:_LONGEST_NAME], follows=follows, started=now, moved=now)
        self._descriptor: int | None = None
        self._seen: dict[str, tuple[int, int, Seat]] = {}

    # -------------------------------------------------- one's own

    def take(self) -> bool:
        """Sit down; False where the folder cannot be written, or the system has no such locks."""
        if sys.platform == "win32" or self._descriptor is not None:
            return self._descriptor is not None
        try:
            self._descriptor = self._sit()
            self._say()
        except OSError:
            self.leave()
            return False
        return True

    def _sit(self) -> int:
        for _ in range(10):
            self._make_folder()
            # Whoever gets up last takes the folder away, perhaps at this very moment.
            with suppress(FileNotFoundError):
                return self._lock(self._path(self.own.session, _HELD))
        raise FileNotFoundError(errno.ENOENT, "the folder of the seats goes away again and again", str(self.folder))

    def _make_folder(self) -> None:
        # Whoever may write the database may sit at it, whatever the umask of who came first.
        make_folder(self.folder, self._database)

    def _lock(self, path: Path) -> int:
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            sharing_of(self._database).apply(descriptor)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Between the two, somebody who swept may have taken the file away.
                if os.path.exists(path) and os.path.samestat(os.fstat(descriptor), os.stat(path)):
                    return descriptor
            except BlockingIOError:
                # Somebody looks whether it is held, for a moment.
                time.sleep(0.001)
            except OSError:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def move(self, **where: Any) -> None:
        """Say where this seat is now; nothing is written where that is what was said before."""
        moved = replace(self.own, **where)
        if moved == self.own:
            return
        self.own = replace(moved, moved=time.time())
        if self._descriptor is not None:
            # A full disk, or a folder that was taken away: others miss a move, and no more.
            with suppress(OSError):
                self._say()

    def _say(self) -> None:
        path = self._path(self.own.session, _SAID)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(asdict(self.own)), encoding="utf-8")
        sharing_of(self._database).apply(draft)
        os.replace(draft, path)

    def leave(self) -> None:
        """Get up."""
        if self._descriptor is None:
            return
        for suffix in (_SAID, ".tmp", _HELD):
            with suppress(OSError):
                self._path(self.own.session, suffix).unlink()
        os.close(self._descriptor)
        self._descriptor = None
        with suppress(OSError):
            self.folder.rmdir()

    # -------------------------------------------------- the others

    def others(self) -> tuple[Seat, ...]:
        """The seats of the others who are there now, in the order of sitting down; those who are gone are swept."""
        try:
            names = sorted(os.listdir(self.folder))
        except OSError:
            return ()
        found, seen = [], {}
        for name in names:
            stem, suffix = os.path.splitext(name)
            if stem == self.own.session:
                continue
            if suffix == _HELD:
                self._sweep_forgotten(stem, f"{stem}{_SAID}" in names)
            elif suffix == _SAID and stem == _file_name(stem) and (seat := self._look_at(stem)) is not None:
                found.append(seat[2])
                seen[stem] = seat
        self._seen = seen
        return tuple(sorted(found, key=lambda seat: (seat.started, seat.session)))

    def _look_at(self, stem: str) -> tuple[int, int, Seat] | None:
        path = self._path(stem, _SAID)
        if not self._held(stem):
            # Only what is ours and whole is swept: a stranger's file in this folder stays.
            if self._path(stem, _HELD).exists():
                self._sweep(stem)
            return None
        try:
            status = path.stat()
            known = self._seen.get(stem)
            if known and known[:2] == (status.st_mtime_ns, status.st_ino):
                return known
            seat = read_seat(path, stem)
        except OSError:
            return None
        return (status.st_mtime_ns, status.st_ino, seat) if seat else None

    def _held(self, stem: str) -> bool:
        """Whether somebody holds the lock of a seat."""
        if sys.platform == "win32":
            return False
        try:
            descriptor = os.open(self._path(stem, _HELD), os.O_RDONLY | os.O_CLOEXEC)
        except PermissionError:
            # Somebody else's, which cannot be asked: taken for present rather than swept.
            return True
        except OSError:
            return False
        try:
            # Shared, so that two who look at once do not take each other for the one who sits there.
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in (errno.EWOULDBLOCK, errno.EACCES)
        finally:
            os.close(descriptor)
        return False

    def _sweep(self, stem: str) -> None:
        for suffix in (_SAID, ".tmp", _HELD):
            with suppress(OSError):
                self._path(stem, suffix).unlink()

    def _sweep_forgotten(self, stem: str, said: bool) -> None:
        with suppress(OSError):
            old = time.time() - self._path(stem, _HELD).stat().st_mtime > _FORGOTTEN
            if not said and old and not self._held(stem):
                self._sweep(stem)

    def _path(self, stem: str, suffix: str) -> Path:
        return self.folder / f"{stem}{suffix}"


def read_seat(path: Path, session: str) -> Seat | None:
    """The seat in a file; None where it is damaged, or no seat. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        raw = file.read(_LONGEST + 1)
    try:
        row = json.loads(raw.decode("utf-8")) if len(raw) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict) or row.get("session") != session:
        return None
    marks, asked, cursor = row.get("marks", []), row.get("asked"), row.get("cursor")
    words = [row.get(key, "") for key in ("name", "where", "follows")]
    times = [row.get(key, 0.0) for key in ("started", "moved")]
    whole = (
        all(isinstance(word, str) and len(word) <= _LONGEST_NAME for word in words)
        and all(is_time(each) for each in times)
        and (cursor is None or _is_id(cursor))
        and isinstance(marks, list)
        and len(marks) <= _MOST_MARKS
        and all(_is_id(mark) for mark in marks)
        and (asked is None or isinstance(asked, dict))
    )
    if not whole:
        return None
    name, where, follows = (clean(word) for word in words)
    return Seat(session, name or "someone", where, cursor, tuple(marks), asked, follows, times[0], times[1])


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_ID


def is_time(value: object) -> TypeGuard[float]:
    """Whether it is seconds since 1970, within some thousand years; no infinity, and no number beyond all floats."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LAST_TIME


def _file_name(session: str) -> str:
    """A session as the name of a file: letters and digits only."""
    return "".join(character for character in session if character.isalnum())[:64] or "seat"
