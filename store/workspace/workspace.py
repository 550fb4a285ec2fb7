"""The workspace: one SQLite file, opened, read, changed, and taken back step by step."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

from store.backups.hourly import Hourly
from store.common.errors import NewerWorkspaceError, NotAWorkspaceError, NoWorkspaceError, StaleError, StoreError
from store.common.text import clean
from store.database import journal
from store.database.access import Access, look_before_opening
from store.database.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Connection,
    FileLock,
    SqliteError,
    connect,
    connect_read_only,
    examine,
    in_words,
    judge,
    no_journal_left,
    read_schema,
    require_writable,
    version_of,
)
from store.database.continuity import Continuity, last_seal
from store.database.garbage_collection import without_collector
from store.database.load import load_table
from store.database.places import expanded, followed
from store.database.sharing import make_file
from store.database.undo import redo_target, take_back, undo_target
from store.database.watch import NOBODY, Watch
from store.database.write import prepared, write
from store.records import RECORDS, Applied, Change, Command, Event, Record, State
from store.workspace.defaults import SEED, beginning, name_of_fresh

#: Characters of the name of who is at the keyboard: it stands in every event.
_LONGEST_NAME = 200


class Workspace:
    """An open workspace. Its methods may be called from any thread; they take turns.

    Every method raises :class:`~store.common.errors.StoreError` (or one of its kinds) with a sentence for people.
    """

    path: Path
    actor: str
    #: Names this seat, from open to close, in every event that it writes.
    session: str
    #: What people should know about the file as it was opened, as one sentence; mostly empty.
    notice: str

    def __init__(self, path: Path, connection: Connection, lock: FileLock | None, actor: str) -> None:
        self.path = path
        self.actor = actor
        self.session = os.urandom(8).hex()
        self.notice = ""
        self._file = Access(path, connection, lock)
        self._continuity = Continuity()
        self._hourly = Hourly(path)
        self._uid = ""

    @property
    def read_only(self) -> bool:
        """Whether it was opened to be read only."""
        return self._file.read_only

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        actor: str | None = None,
        create: bool = True,
        today: date | None = None,
        seed: int = SEED,
        read_only: bool = False,
    ) -> Self:
        """Open the workspace in a file, or make a fresh one there.

        ``actor`` is who the journal names (the login name by default); ``today`` and ``seed`` shape a fresh one.
        ``read_only`` opens what may be read but not written, and what a newer makeroom wrote (``notice`` says so);
        without it, that is a ``ReadOnlyError`` or a :class:`~store.common.errors.NewerWorkspaceError`.
        """
        path = followed(expanded(path))
        actor = clean(actor or login_name())[:_LONGEST_NAME].strip() or "someone"
        try:
            look_before_opening(path)
            version, notice = _examined(path, read_only)
            if version == 0 and (read_only or not create):
                raise NoWorkspaceError(path)
            with no_journal_left(path):
                if read_only:
                    return cls._open_to_read(path, actor, notice)
                require_writable(path)
                return cls._open_to_write(path, actor, today or date.today(), seed)
        except (SqliteError, OSError, UnicodeError) as error:
            raise in_words(error, path, "open") from error

    @classmethod
    def _open_to_read(cls, path: Path, actor: str, notice: str) -> Self:
        connection = connect_read_only(path)
        try:
            read_schema(connection)
        except BaseException:
            connection.close()
            raise
        workspace = cls(path, connection, None, actor)
        workspace.notice = notice
        return workspace

    @classmethod
    def _open_to_write(cls, path: Path, actor: str, today: date, seed: int) -> Self:
        lock = FileLock(path)
        try:
            with lock.held():
                make_file(path)
                connection = connect(path)
                workspace = cls(path, connection, lock, actor)
                try:
                    # Once more, now that nobody else can be making it.
                    version = judge(connection, path)
                    read_schema(connection)
                    if version < SCHEMA_VERSION:
                        workspace._prepare(today, seed, version)
                except BaseException:
                    connection.close()
                    raise
                workspace._hourly.opened(connection)
        except BaseException:
            lock.close()
            raise
        return workspace

    def _prepare(self, today: date, seed: int, version: int) -> None:
        from store.database.migrations import migrate

        if version:
            self._migrate_with_backup(version)
            return
        # Marked before anything else, so that another process never takes a half-made workspace for a stranger's.
        connection = self._file.connection
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode=WAL")
        made = None
        with self._file.transaction():
            migrate(connection)
            if not connection.execute("SELECT count(*) FROM workspace").fetchone()[0]:
                command = beginning(name_of_fresh(self.path), today, seed)
                event, _ = journal.begin_event(connection, self.actor, self.session, command.kind, command.label)
                write(connection, prepared(command))
                seal, _ = journal.end_event(connection, event.seq)
                made = (event.seq, seal)
        if made is not None:
            # Another file may have been at this place before.
            self._file.note(*made, anew=True)

    def _migrate_with_backup(self, version: int) -> None:
        from store.backups.backup import back_up_before
        from store.database.migrations import migrate

        copy = back_up_before(self._file.connection, self.path, SCHEMA_VERSION)
        try:
            with self._file.transaction():
                migrate(self._file.connection)
        except BaseException:
            with suppress(SqliteError, OSError, StoreError):
                if judge(self._file.connection, self.path) == version:
                    # Nothing has changed: each try would leave one more copy of the same.
                    copy.unlink()
                    copy.parent.rmdir()
            raise

    def close(self) -> None:
        """Let go of the file; the workspace is of no use afterwards."""
        self._hourly.finish()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load(self) -> State:
        """All records, validated, as of one moment; ``State.seq`` is the last event in it."""
        with without_collector():
            state, seal = self._file.read(self._load)
        if not state.tables["workspace"] or not state.tables["quarters"]:
            raise NotAWorkspaceError(f"{self.path} is damaged: its own first records are missing. Open a backup.")
        self._continuity.start(state.seq, seal)
        return state

    def _load(self, connection: Connection) -> tuple[State, str | None]:
        state = State()
        connection.execute("BEGIN")
        state.seq = journal.last_seq(connection)
        # Only a file of another version can have other tables and columns than are known here.
        known_only = self.read_only and version_of(connection) != SCHEMA_VERSION
        for record in RECORDS:
            state.tables[record.table] = load_table(connection, record, self.path, known_only)
        return state, last_seal(connection, state.seq)

    def apply(self, command: Command, *, tell: bool = True, watch: Watch = NOBODY) -> Applied:
        """Carry a command out: all of it, as one event, or nothing of it. ``watch`` may stop it until it is sealed.

        Without ``tell``, what is returned lacks the changes, which take as much memory as the command once more.

        Raises :class:`~store.common.errors.StaleError` if a record changed since the command's author looked.
        """
        if command.kind in (journal.UNDO, journal.REDO, journal.BRANCH, "create"):
            raise StoreError(f"“{command.kind}” is the journal's own word: a command needs another kind.")
        if command.empty:
            raise StoreError("There is nothing to change.")
        # Before the lock is taken: nobody waits while ten thousand records are looked through.
        ready = prepared(command, watch)
        return self._event(
            clean(command.kind),
            clean(command.label),
            lambda: write(self._file.connection, ready, watch),
            tell=tell,
            watch=watch,
        )

    def undo(self, expect: int | None = None, others: Collection[str] = (), watch: Watch = NOBODY) -> Applied | None:
        """Take back the latest event that is not taken back; None when nothing is left.

        With ``expect``, only if that is the event of this number: what the user read on the screen. ``others`` are
        the sessions of other people's live seats: what they did is left to them.
        Raises :class:`~store.common.errors.StaleError`, naming whose later change stands in the way, where one does,
        and :class:`~store.database.watch.StoppedError` where the ``watch`` stopped it: nothing was changed.
        """
        return self._take_back(journal.UNDO, undo_target, expect, others, watch)

    def redo(self, expect: int | None = None, others: Collection[str] = (), watch: Watch = NOBODY) -> Applied | None:
        """Take back the latest undo, as long as no command came since; None when there is none.

        What ``others`` did neither counts as a command that came since, nor is it done again.
        """
        return self._take_back(journal.REDO, redo_target, expect, others, watch)

    def undo_event(self, others: Collection[str] = ()) -> Event | None:
        """The event that :meth:`undo` would take back."""
        return self._file.read(lambda connection: undo_target(connection, others))

    def redo_event(self, others: Collection[str] = ()) -> Event | None:
        """The undo that :meth:`redo` would take back."""
        return self._file.read(lambda connection: redo_target(connection, others))

    def events(self, after: int = 0, limit: int | None = None) -> list[Event]:
        """The events after a number, oldest first."""
        return self._file.read(lambda connection: journal.read_events(connection, after, limit))

    def changes(self, seq: int) -> list[Change]:
        """What an event changed."""
        return list(self._file.read(lambda connection: journal.read_changes(connection, seq)))

    def changes_of(self, record: Record) -> list[tuple[int, Change]]:
        """Every change of one record with the number of its event, oldest first; those that were taken back too."""
        return list(self._file.read(lambda connection: journal.changes_of(connection, record.table, record.id)))

    def makers(self, kind: type[Record]) -> dict[int, int]:
        """By id of each record of a kind, those that were taken back too, the number of the event that made it."""
        return self._file.read(lambda connection: journal.makers(connection, kind.table))

    def imported(self, table: str, pk: int | None = None) -> list[Change]:
        """What imports did to the rows of a table, or to one of them, oldest first."""
        return list(self._file.read(lambda connection: journal.changes_by_kind(connection, "import", table, pk)))

    def since(self, seq: int) -> list[Applied]:
        """The events after a number with what they changed, oldest first, as of one moment.

        Raises ``ReplacedError`` where the journal is not the continuation of what this workspace
        has read or written, as after a restore: then nothing that is known of it holds, and :meth:`load` begins anew.
        """

        def look(connection: Connection) -> list[Applied]:
            connection.execute("BEGIN")
            self._continuity.require(connection, self.path)
            events = journal.read_events(connection, seq)
            found = [Applied(event, journal.read_changes(connection, event.seq)) for event in events]
            last = events[-1].seq if events else seq
            self._continuity.go_on(last, last_seal(connection, last))
            return found

        return self._file.read(look)

    def at(self, seq: int, near: State | None = None) -> State:
        """All records as they were after an event; read only, and quick where ``near`` is a state not far from it.

        Raises as :meth:`since`, and :class:`~store.common.errors.StoreError` where there is no such event.
        """
        # Imported when somebody looks back: most never do.
        from store.workspace.past import state_at

        known = near if near is not None else self.load()

        def look(connection: Connection) -> State:
            connection.execute("BEGIN")
            self._continuity.require(connection, self.path)
            return state_at(connection, seq, known, self.path)

        return self._file.read(look)

    def data_version(self) -> int:
        """A number that differs once another process has changed something; cheap enough to ask ten times a second."""
        version = self._file.read(lambda connection: int(connection.execute("PRAGMA data_version").fetchone()[0]))
        return (self._file.reconnects << 32) + version

    def backup_trouble(self) -> str:
        """Why the latest of the hourly backups could not be made, as a sentence; empty where it could."""
        return self._hourly.trouble

    def _take_back(
        self,
        kind: str,
        find: Callable[[Connection, Collection[str]], Event | None],
        expect: int | None,
        others: Collection[str],
        watch: Watch,
    ) -> Applied | None:
        def restore(target: Event) -> dict[int, int]:
            take_back(self._file.connection, target)
            return {}

        with self._file.writing():
            connection = self._file.connection
            target = find(connection, others)
            if target is None and expect is None:
                return None
            if target is None or (expect is not None and target.seq != expect):
                latest = journal.read_events(connection, journal.last_seq(connection) - 1)[-1]
                raise StaleError(
                    f"{latest.actor} came first with “{latest.label}” ({latest.kind}): look again, then repeat."
                )
            return self._event(kind, target.label, lambda: restore(target), target.seq, watch=watch)

    def _event(
        self,
        kind: str,
        label: str,
        carry_out: Callable[[], dict[int, int]],
        undoes: int | None = None,
        tell: bool = True,
        watch: Watch = NOBODY,
    ) -> Applied:
        with self._file.writing():
            with self._file.transaction(lambda: self._uid):
                connection = self._file.connection
                self._continuity.require(connection, self.path)
                event, self._uid = journal.begin_event(connection, self.actor, self.session, kind, label, undoes)
                ids = carry_out()
                seal, changes = journal.end_event(connection, event.seq, tell, watch)
            self._file.note(event.seq, seal)
            self._continuity.go_on(event.seq, seal)
            self._hourly.changed(self._file.connection)
        return Applied(event, changes, ids)


def _examined(path: Path, read_only: bool) -> tuple[int, str]:
    """The schema version of a file, and what people should know of it; a newer one only if it is to be read."""
    try:
        return examine(path), ""
    except NewerWorkspaceError as error:
        if not read_only:
            raise
        return SCHEMA_VERSION + 1, f"{error} Until then it can only be looked at."


def login_name() -> str:
    """Who is logged in, as far as the system knows."""
    for variable in ("LOGNAME", "USER", "USERNAME", "LNAME"):
        if name := os.environ.get(variable):
            return name
    return _name_of_user(os.getuid()) if sys.platform != "win32" else "someone"


@cache
def _name_of_user(uid: int) -> str:
    """What the system calls a user; it takes some 5 ms to say."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except (KeyError, OSError):
        return "someone"
