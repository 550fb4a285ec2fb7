"""The workspace: one SQLite file, opened, read, changed, and taken back step by step."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError

from store import journal
from store.beginning import beginning
from store.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Connection,
    FileLock,
    SqliteError,
    connect,
    connect_read_only,
    error_name,
    examine,
    in_words,
    judge,
    require_writable,
)
from store.errors import NotAWorkspaceError, ReadOnlyError, StaleError, StoreError
from store.records import RECORDS, Applied, Change, Command, Event, Record, State
from store.rows import name_of
from store.text import clean
from store.writing import left_hanging, prepared, write


class Workspace:
    """An open workspace. Its methods may be called from any thread; they take turns.

    Every method raises :class:`~store.errors.StoreError` (or one of its kinds) with a sentence for people.
    """

    path: Path
    read_only: bool
    actor: str

    def __init__(self, path: Path, connection: Connection, lock: FileLock | None, actor: str) -> None:
        self.path = path
        self.read_only = lock is None
        self.actor = actor
        self._connection = connection
        self._lock = lock
        self._turn = threading.RLock()
        self.session = os.urandom(8).hex()
        self._uid = ""

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        actor: str | None = None,
        create: bool = True,
        today: date | None = None,
        seed: int | None = None,
        read_only: bool = False,
    ) -> Self:
        """Open the workspace in a file, or make a fresh one there.

        ``actor`` is who the journal names (the login name by default); ``today`` and ``seed`` shape a fresh one.
        ``read_only`` opens what may be read but not written; without it, that is a
        :class:`~store.errors.ReadOnlyError`.
        """
        path = Path(path).expanduser()
        actor = clean(actor or login_name()) or "someone"
        try:
            version = examine(path)
            if version == 0 and (read_only or not create):
                raise StoreError(f"There is no workspace at {path}: check the name, or leave it out for your own.")
            if read_only:
                return cls(path, connect_read_only(path), None, actor)
            require_writable(path)
            return cls._open_to_write(path, actor, today or date.today(), seed)
        except (SqliteError, OSError) as error:
            raise in_words(error, path, "open") from error

    @classmethod
    def _open_to_write(cls, path: Path, actor: str, today: date, seed: int | None) -> Self:
        lock = FileLock(path)
        try:
            with lock.held():
                connection = connect(path)
                workspace = cls(path, connection, lock, actor)
                try:
                    # Once more, now that nobody else can be making it.
                    version = judge(connection, path)
                    if version < SCHEMA_VERSION:
                        workspace._prepare(today, seed, version)
                except BaseException:
                    connection.close()
                    raise
        except BaseException:
            lock.close()
            raise
        return workspace

    def _prepare(self, today: date, seed: int | None, version: int) -> None:
        from store.migrations import migrate

        if version:
            self._migrate_with_backup(version)
            return
        # Marked before anything else, so that another process never takes a half-made workspace for a stranger's.
        self._connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        self._connection.execute("PRAGMA journal_mode=WAL")
        with self._transaction():
            migrate(self._connection)
            if not self._connection.execute("SELECT count(*) FROM workspace").fetchone()[0]:
                command = beginning(clean(self.path.stem)[:200] or "workspace", today, seed)
                event, _ = journal.begin_event(self._connection, self.actor, self.session, command.kind, command.label)
                write(self._connection, prepared(command))
                journal.end_event(self._connection, event.seq)

    def _migrate_with_backup(self, version: int) -> None:
        from store.backup import back_up_before
        from store.migrations import migrate

        copy = back_up_before(self._connection, self.path, SCHEMA_VERSION)
        try:
            with self._transaction():
                migrate(self._connection)
        except BaseException:
            with suppress(SqliteError, OSError, StoreError):
                if judge(self._connection, self.path) == version:
                    # Nothing has changed: each try would leave one more copy of the same.
                    copy.unlink()
            raise

    def close(self) -> None:
        """Let go of the file; the workspace is of no use afterwards."""
        with self._turn:
            if self._lock is None:
                self._connection.close()
                return
            with self._lock.held():
                self._connection.close()
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load(self) -> State:
        """All records, validated, as of one moment; ``State.seq`` is the last event in it."""
        state = State()
        with self._turn, _without_collector(), self._speaking("read"):
            self._connection.execute("BEGIN")
            try:
                state.seq = self._last_seq()
                for record in RECORDS:
                    state.tables[record.table] = self._load_table(record)
            finally:
                self._roll_back()
        if not state.tables["workspace"] or not state.tables["quarters"]:
            raise NotAWorkspaceError(f"{self.path} is damaged: its own first records are missing. Open a backup.")
        return state

    def _load_table(self, record: type[Record]) -> dict[int, Any]:
        if self.read_only and not self._has(record.table):
            # An older file that is only read has no such table yet.
            return {}
        cursor = self._connection.execute(f'SELECT * FROM "{record.table}" ORDER BY id')  # noqa: S608
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        row: dict[str, Any] = {}
        found: dict[int, Any] = {}
        validate = record.model_validate
        try:
            for row in rows:
                one = validate(row)
                found[one.id] = one
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise NotAWorkspaceError(
                f"{self.path} is damaged: {first['loc'][-1]} of {name_of(record, row)} ({first['msg']}). Open a backup."
            ) from error
        return found

    def _has(self, table: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
        return bool(found.fetchall())

    def apply(self, command: Command) -> Applied:
        """Carry a command out: all of it, as one event, or nothing of it.

        Raises :class:`~store.errors.StaleError` if a record changed since the command's author looked.
        """
        if command.kind in (journal.UNDO, journal.REDO, "create"):
            raise StoreError(f"“{command.kind}” is the journal's own word: a command needs another kind.")
        if command.empty:
            raise StoreError("There is nothing to change.")
        # Before the lock is taken: nobody waits while ten thousand records are looked through.
        ready = prepared(command)
        return self._event(clean(command.kind), clean(command.label), lambda: write(self._connection, ready))

    def undo(self, expect: int | None = None) -> Applied | None:
        """Take back the latest event that is not taken back; None when nothing is left.

        With ``expect``, only if that is the event of this number: what the user read on the screen.
        """
        return self._take_back(journal.UNDO, journal.undo_target, expect)

    def redo(self, expect: int | None = None) -> Applied | None:
        """Take back the latest undo, as long as no command came since; None when there is none."""
        return self._take_back(journal.REDO, journal.redo_target, expect)

    def undo_event(self) -> Event | None:
        """The event that :meth:`undo` would take back."""
        with self._turn, self._speaking("read"):
            return journal.undo_target(self._connection)

    def redo_event(self) -> Event | None:
        """The undo that :meth:`redo` would take back."""
        with self._turn, self._speaking("read"):
            return journal.redo_target(self._connection)

    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back, in words."""
        event = self.undo_event()
        return event.label if event else None

    def redo_label(self) -> str | None:
        """What :meth:`redo` would do again, in words."""
        event = self.redo_event()
        return event.label if event else None

    def events(self, after: int = 0, limit: int | None = None) -> list[Event]:
        """The events after a number, oldest first."""
        with self._turn, self._speaking("read"):
            return journal.read_events(self._connection, after, limit)

    def changes(self, seq: int) -> list[Change]:
        """What an event changed."""
        with self._turn, self._speaking("read"):
            return list(journal.read_changes(self._connection, seq))

    def data_version(self) -> int:
        """A number that differs once another process has changed something; cheap enough to ask ten times a second."""
        with self._turn, self._speaking("read"):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _take_back(self, kind: str, find: Callable[[Connection], Event | None], expect: int | None) -> Applied | None:
        def restore(target: Event) -> dict[int, int]:
            journal.take_back(self._connection, target)
            return {}

        with self._writing():
            target = find(self._connection)
            if target is None and expect is None:
                return None
            if target is None or (expect is not None and target.seq != expect):
                latest = journal.read_events(self._connection, self._last_seq() - 1)[-1]
                raise StaleError(
                    f"{latest.actor} came first with “{latest.label}” ({latest.kind}): look again, then repeat."
                )
            return self._event(kind, target.label, lambda: restore(target), target.seq)

    def _event(
        self, kind: str, label: str, carry_out: Callable[[], dict[int, int]], undoes: int | None = None
    ) -> Applied:
        with self._writing(), self._transaction():
            event, uid = journal.begin_event(self._connection, self.actor, self.session, kind, label, undoes)
            self._uid = uid
            ids = carry_out()
            _, changes = journal.end_event(self._connection, event.seq)
        return Applied(event, changes, ids)

    def _last_seq(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """This process's turn, among all that may write the file."""
        if self._lock is None:
            raise ReadOnlyError(f"{self.path} was opened to be read only: nothing was changed.")
        with self._turn, self._speaking("write"), self._lock.held():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Checked at COMMIT, all at once: in between, a child may stand without its parent.
            connection.execute("PRAGMA defer_foreign_keys=ON")
            yield
        except BaseException:
            self._roll_back()
            raise
        self._commit()

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except SqliteError as error:
            if error_name(error).startswith("SQLITE_CONSTRAINT"):
                hanging = left_hanging(self._connection)
                self._roll_back()
                if hanging:
                    raise StoreError(hanging) from error
                raise
            # A disk that fails at this point may have kept the event all the same: ask it.
            self._reconnect()
            if not self._connection.execute("SELECT 1 FROM events WHERE uid = ?", (self._uid,)).fetchone():
                raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(SqliteError):
                self._connection.execute("ROLLBACK")

    def _reconnect(self) -> None:
        self._roll_back()
        self._connection.close()
        self._connection = connect_read_only(self.path) if self.read_only else connect(self.path)

    @contextmanager
    def _speaking(self, doing: str) -> Iterator[None]:
        """Turn errors of SQLite and of the system into sentences."""
        try:
            yield
        except (SqliteError, OSError, OverflowError) as error:
            # What the connection remembers of the file can no longer be trusted after these.
            if error_name(error).startswith(("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_PROTOCOL")):
                with suppress(SqliteError):
                    self._reconnect()
            raise in_words(error, self.path, doing) from error


def login_name() -> str:
    """Who is logged in, as far as the system knows."""
    for variable in ("LOGNAME", "USER", "USERNAME"):
        if name := os.environ.get(variable):
            return name
    try:
        import getpass

        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "someone"


@contextmanager
def _without_collector() -> Iterator[None]:
    # Thousands of new records that are all kept: looking for garbage among them would cost more than making them.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
