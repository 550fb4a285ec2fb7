"""One process's way to the file: its connection, its turn among threads and processes, and what to do when it fails."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

from store.common.errors import OutcomeUnknownError, ReadOnlyError, StoreError
from store.database.connection import (
    Connection,
    FileLock,
    Noted,
    SqliteError,
    connect,
    connect_read_only,
    error_name,
    in_words,
    is_passed,
    write_over,
)
from store.database.seals import last_seal, seal_at
from store.database.sharing import sharing_of
from store.database.write import left_hanging

T = TypeVar("T")
#: After these, what a connection remembers of the file can no longer be trusted.
_LOST_TRUST = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_PROTOCOL")
#: Every file that this process has open, and who may look at them.
_open: WeakSet[Access] = WeakSet()
_open_turn = threading.Lock()


def look_before_opening(path: Path) -> None:
    """Where this process has the file open already, that looks first whether what lies beside it still does.

    SQLite's connections of one process share what they remember of the journal. If that was removed, the next one to
    open the file would look in a new, empty one for what stood in the old, and call it an error of the disk.
    """
    with _open_turn:
        others = [each for each in _open if each.path == path]
    for each in others:
        each.look()


class Access:
    """The open file. ``lock`` is None where it is only read; then nothing of it writes."""

    connection: Connection

    def __init__(self, path: Path, connection: Connection, lock: FileLock | None) -> None:
        self.path = path
        self.connection = connection
        self._lock = lock
        self._turn = threading.RLock()
        self._file = _identity(path)
        self._beside = _beside(path)
        #: how often the connection was made anew; SQLite counts others' changes for each connection anew
        self.reconnects = 0
        self._lost = False
        with _open_turn:
            _open.add(self)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written this way."""
        return self._lock is None

    def close(self) -> None:
        """Let go of the file."""
        with _open_turn:
            _open.discard(self)
        with self._turn:
            if self._lock is None:
                self.connection.close()
                return
            with self._lock.held():
                self.connection.close()
            self._lock.close()

    def look(self) -> None:
        """Go over to the file that is there now; left to who has the turn, who looked as it began."""
        if not self._turn.acquire(blocking=False):
            return
        try:
            with suppress(SqliteError, OSError):
                if not self._in_transaction:
                    self._follow()
        finally:
            self._turn.release()

    def read(self, look: Callable[[Connection], T]) -> T:
        """What ``look`` reads. Where the connection failed, once more through a new one before anything is said."""
        with self._turn, self._speaking("read"):
            if self._in_transaction:
                return look(self.connection)
            self._follow()
            try:
                return look(self.connection)
            except SqliteError as error:
                if not error_name(error).startswith(_LOST_TRUST):
                    raise
            finally:
                self.roll_back()
            self.reconnect()
            try:
                return look(self.connection)
            finally:
                self.roll_back()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """This process's turn, among all that may write the file. Can be taken again by who has it."""
        if self._lock is None:
            raise ReadOnlyError(f"{self.path} was opened to be read only: nothing was changed.")
        with self._turn, self._speaking("write"), self._lock.held():
            if not self._in_transaction:
                self._follow()
                if not self.path.exists():
                    raise StoreError(
                        f"{self.path} is gone: it was moved or removed. Nothing was changed; put it back, or open the "
                        "file at its new place."
                    )
            yield

    @contextmanager
    def transaction(self, uid: Callable[[], str] = str) -> Iterator[None]:
        """All or nothing. ``uid`` is the event by which the file is asked what became of it, should COMMIT fail."""
        self._begin()
        try:
            # Checked at COMMIT, all at once: in between, a child may stand without its parent.
            self.connection.execute("PRAGMA defer_foreign_keys=ON")
            yield
        except BaseException:
            self.roll_back()
            raise
        self._commit(uid())

    @property
    def _in_transaction(self) -> bool:
        return not self._lost and bool(self.connection.in_transaction)

    def roll_back(self) -> None:
        """Give up what has begun, if anything has."""
        with suppress(SqliteError):
            if self._in_transaction:
                self.connection.execute("ROLLBACK")

    def reconnect(self) -> None:
        """A new connection, which remembers nothing of the file; raises what SQLite says where there is none."""
        self.roll_back()
        # Closing and opening may carry the write-ahead log over: nobody must commit meanwhile.
        with self._lock.held() if self._lock else nullcontext():
            self._lost = True
            self.reconnects += 1
            self.connection.close()
            # A file that was moved away meanwhile must not be made anew, with nothing in it.
            self.connection = connect_read_only(self.path) if self._lock is None else connect(self.path, create=False)
            self._file, self._beside = _identity(self.path), _beside(self.path)
            self._lost = False

    def _begin(self) -> None:
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except SqliteError as error:
            if not error_name(error).startswith(_LOST_TRUST):
                raise
            self.reconnect()
            self.connection.execute("BEGIN IMMEDIATE")

    def _commit(self, uid: str) -> None:
        try:
            self.connection.execute("COMMIT")
        except SqliteError as error:
            if error_name(error).startswith("SQLITE_CONSTRAINT"):
                hanging = left_hanging(self.connection)
                self.roll_back()
                if hanging:
                    raise StoreError(hanging) from error
                raise
            # A disk that fails at this point may have kept the event all the same: ask it.
            try:
                self.reconnect()
                kept = self.connection.execute("SELECT 1 FROM events WHERE uid = ?", (uid,)).fetchone()
                if not kept:
                    write_over(self.connection)
            except SqliteError as second:
                self.roll_back()
                raise OutcomeUnknownError(
                    f"The disk of {self.path} failed while the change was written ({error}), and cannot be asked "
                    "whether it was kept. Check the disk, open the workspace again and look, before you repeat it."
                ) from second
            if not kept:
                raise

    def _follow(self) -> None:
        """Go over to the file that is at the path now, if it is another than was opened: a restore may do that.

        The same where what SQLite keeps beside it was removed or replaced: what is written into a journal that nobody
        else finds would be lost; and where somebody writes what was taken for a file at rest.
        """
        now, beside = _identity(self.path), _beside(self.path)
        torn = any(old is not None and new != old for old, new in zip(self._beside, beside, strict=True))
        replaced = now is not None and now != self._file
        if self._lost or torn or replaced or is_passed(self.connection, self.path):
            if torn and now == self._file:
                self._save()
            if replaced and not self._lost:
                self._set_apart(self._beside[0])
            self.reconnect()
        self._beside = _beside(self.path)

    def _set_apart(self, journal: tuple[int, int] | None) -> None:
        """Keep what was in a file that another was put in the place of, and take its journal away: SQLite would read
        that into the other one, a mixture of both."""
        if self._lock is None or journal is None:
            return
        with self._lock.held():
            # Whoever comes first does it for all.
            if _beside(self.path)[0] != journal:
                return
            aside = self.path.with_name(f"{self.path.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db")
            self.connection.execute("VACUUM INTO ?", (str(aside),))
            sharing_of(self.path).apply(aside)
            for end in ("-wal", "-shm"):
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def _save(self) -> None:
        """Bring what only this connection can still read of a removed journal into the file, unless others went on."""
        if self._lock is None or self._lost:
            return
        with self._lock.held(), suppress(SqliteError):
            last = last_seal(self.connection)
            if last is not None and self._lock.noted() == Noted(*last):
                self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def note(self, seq: int, seal: str, anew: bool = False) -> None:
        """Note beside the file which event was written last. Where the file lacks the one that was noted before, that
        is marked and stays, for who looks through the file; unless it begins ``anew``."""
        if self._lock is None:
            return
        noted = self._lock.noted()
        if noted is not None and not anew and not noted.missed:
            noted = noted._replace(missed=seal_at(self.connection, noted.seq) != noted.seal)
        self._lock.note(noted if noted is not None and noted.missed and not anew else Noted(seq, seal))

    @contextmanager
    def _speaking(self, doing: str) -> Iterator[None]:
        """Turn errors of SQLite and of the system into sentences."""
        try:
            yield
        except (SqliteError, OSError, OverflowError, UnicodeError) as error:
            if error_name(error).startswith(_LOST_TRUST):
                with suppress(SqliteError, OSError):
                    self.reconnect()
            raise in_words(error, self.path, doing) from error


def _beside(path: Path) -> tuple[tuple[int, int] | None, ...]:
    """What SQLite keeps beside the file while it is open."""
    return tuple(_identity(path.with_name(path.name + end)) for end in ("-wal", "-shm"))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
