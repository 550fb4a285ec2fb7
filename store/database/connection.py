"""Opening SQLite: which file is ours, how it is locked, and what its errors mean in words."""

from __future__ import annotations

import errno
import importlib
import os
import sys
import threading
from binascii import crc32
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from store.common.errors import NewerWorkspaceError, NotAWorkspaceError, ReadOnlyError, StoreError
from store.common.text import clean
from store.database.sharing import sharing_of

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database
else:
    # The same choice that sqlite-utils makes, without importing it: exceptions of the one module are not caught by
    # the classes of the other.
    try:
        sqlite3 = importlib.import_module("pysqlite3")
    except ImportError:
        import sqlite3

#: "mkrm": marks a SQLite file as a makeroom workspace.
APPLICATION_ID = 0x6D6B726D
#: The version of the schema that this code reads and writes.
SCHEMA_VERSION = 33

#: When a commit is on the disk; with NORMAL, acknowledged changes can be lost with the power.
SYNCHRONOUS = "FULL"
#: Bytes of the shortest database there can be: one page of the smallest size.
SMALLEST = 512
LOCK_SUFFIX = ".lock"
#: Seconds after which it is said who is waited for; others write for some milliseconds.
_PATIENCE = 3.0
#: Is told who is waited for; none while a screen is drawn.
tell_of_waiting: Callable[[str], object] | None = None
#: Bytes of the note of the last seal: a number, a blank, a seal, a mark, a sum that checks them, a line feed.
_NOTE = 19 + 1 + 64 + 1 + 8 + 1

SqliteError = sqlite3.Error
SQLITE_VERSION = sqlite3.sqlite_version
Connection = sqlite3.Connection


class AsItIs(Connection):
    """Takes a file for one that nobody writes: without locks, and without the journal beside it."""

    #: time of change and size of the file before it was opened
    stamp: tuple[int, int] | None = None


def database(connection: Connection) -> Database:
    """The connection as sqlite-utils sees it, for writing and migrating.

    Imported here, since it costs some 70 ms of processor time, which a start that only reads does not need. Plugins
    stay out: they would run somebody else's code in every transaction. Recursive triggers stay off, as SQLite has it.
    """
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False, recursive_triggers=False)


class Noted(NamedTuple):
    """The number and the seal of the last event that was written; ``missed``: the file was found without it."""

    seq: int
    seal: str
    missed: bool = False


class FileLock:
    """An exclusive lock between processes on ``<database>.lock``; waiting for it is fair, unlike SQLite's own.

    It also keeps commits of one process from overlapping a checkpoint of another, which SQLite before 3.51.3 could
    lose data in. It can be taken again by who holds it. Without ``fcntl`` (Windows) SQLite's own locks must do.
    """

    def __init__(self, database_path: Path) -> None:
        self._database = database_path
        self._path = database_path.with_name(database_path.name + LOCK_SUFFIX)
        self._descriptor: int | None = None
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the lock and keep it meanwhile."""
        if self._depth == 0:
            self._take()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._release()

    def noted(self) -> Noted | None:
        """What is noted of the last event that was written here, by who holds the lock; None if nothing is."""
        return None if self._descriptor is None else _parsed(os.pread(self._descriptor, _NOTE + 1, 0))

    def note(self, noted: Noted) -> None:
        """Keep which event was written last, by who holds the lock.

        It stands in the lock's file, outside the database: whoever loses the end of that can be told so.
        """
        if self._descriptor is not None:
            mark = "!" if noted.missed else " "
            # The change is on the disk already: that a full disk takes no note of it is no failure.
            with suppress(OSError):
                line = f"{noted.seq:019} {noted.seal}{mark}"
                os.pwrite(self._descriptor, f"{line}{_check(line)}\n".encode(), 0)

    def close(self) -> None:
        """Let go of the lock's file; it stays, since removing it would split those who wait."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _take(self) -> None:
        if sys.platform == "win32":
            return
        import fcntl

        if self._descriptor is None:
            self._descriptor = self._open()
        try:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with self._told():
                    fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        except OSError as error:
            # Some network file systems have no such locks; SQLite's own are what is left there.
            if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Meanwhile say once, after a while, who is waited for, to whoever wants to hear it."""
        if (tell := tell_of_waiting) is None:
            yield
            return
        timer = threading.Timer(_PATIENCE, lambda: tell(self._waiting_words()))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _waiting_words(self) -> str:
        return f"waiting for {_holder(self._path)}, which has {self._path} locked"

    def _open(self) -> int:
        with suppress(FileExistsError):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            sharing_of(self._database).apply(descriptor)
            return descriptor
        return os.open(self._path, os.O_RDWR | os.O_CLOEXEC)

    def _release(self) -> None:
        if sys.platform == "win32" or self._descriptor is None:
            return
        import fcntl

        with suppress(OSError):
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)


def _holder(lock: Path) -> str:
    """Who holds a lock, as the system knows it."""
    try:
        inode = str(lock.stat().st_ino)
        for line in Path("/proc/locks").read_text("ascii", "replace").splitlines():
            words = line.split()
            if len(words) > 5 and words[1] == "FLOCK" and words[5].rpartition(":")[2] == inode:
                name = Path(f"/proc/{words[4]}/cmdline").read_text("utf-8", "replace").replace("\0", " ")
                return f"process {words[4]} ({clean(name)[:80]})"
    except OSError:
        pass
    return "another program"


def noted_beside(path: Path) -> Noted | None:
    """What is noted beside a workspace's file of the last event that was written to it."""
    try:
        with path.with_name(path.name + LOCK_SUFFIX).open("rb") as file:
            return _parsed(file.read(_NOTE + 1))
    except OSError:
        return None


def _parsed(note: bytes) -> Noted | None:
    text = note.decode("ascii", "replace")
    line, check = text[: _NOTE - 9], text[_NOTE - 9 : -1]
    # One that was half written says nothing.
    if len(note) != _NOTE or check != _check(line) or not line[:19].isdecimal():
        return None
    return Noted(int(line[:19]), line[20:84], line[84] == "!")


def _check(line: str) -> str:
    return f"{crc32(line.encode()):08x}"


def examine(path: Path) -> int:
    """The schema version of a file: 0 when there is nothing in it yet. Changes no byte and leaves no file beside it.

    Raises :class:`NotAWorkspaceError` or :class:`NewerWorkspaceError` for what is not ours to open.
    """
    if not path.exists():
        return 0
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "not an ordinary file"
        raise NotAWorkspaceError(f"{path} is {kind}: name a file for the workspace, for example {path / 'plan.db'}.")
    if path.stat().st_size == 0:
        return 0
    try:
        return _probe(path)
    except (SqliteError, StoreError):
        # It may have been looked at while another process was writing into it: once more, when nobody is.
        if not path.with_name(path.name + LOCK_SUFFIX).exists():
            raise
    lock = FileLock(path)
    try:
        with lock.held():
            return _probe(path)
    finally:
        lock.close()


def _probe(path: Path) -> int:
    # SQLite itself looks: opening and closing the file from Python would drop the locks of an open connection in
    # this process. "immutable" reads without locks, journals or files beside it.
    if path.stat().st_size < SMALLEST:
        # SQLite would take so short a file for an empty database, and overwrite it.
        raise NotAWorkspaceError(f"{path} is not a makeroom workspace. It was left as it is; name another with --db.")
    with closing(_connect(path, "immutable=1")) as probe:
        version = judge(probe, path)
    if version or not _waits(path):
        return version
    # Somebody has just made it, and all that is in it is still in the journal beside it.
    with closing(_connect(path, "mode=ro")) as probe:
        return judge(probe, path)


def judge(connection: Connection, path: Path) -> int:
    """The schema version of an open database, 0 when it is empty; raises for a stranger's or a newer one.

    Of one that is ours only the head is read: our schema takes SQLite some 15 ms, with each connection anew.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = version_of(connection)
    if application != APPLICATION_ID and (application or version or read_schema(connection)):
        raise NotAWorkspaceError(
            f"{path} is a SQLite database of another program, not a makeroom workspace. "
            "It was left as it is; name another file with --db."
        )
    if version > SCHEMA_VERSION:
        raise NewerWorkspaceError(
            f"{path} was written by a newer makeroom (its format is {version}, this one knows {SCHEMA_VERSION}). "
            "It was left as it is; update makeroom to open it."
        )
    if version < 0:
        # Not older, which would be brought to the present format: no makeroom ever wrote it.
        raise NotAWorkspaceError(
            f"{path} is damaged (its format is marked as {version}). It was left as it is; open a backup."
        )
    return version


def version_of(connection: Connection) -> int:
    """The schema version that an open database is marked with."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def read_schema(connection: Connection) -> int:
    """Have SQLite read the schema, which tells what is damaged there; returns how many tables, triggers and the like
    there are."""
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


@contextmanager
def no_journal_left(path: Path) -> Iterator[None]:
    """Where a file proves damaged as it is opened, the empty journal that SQLite began and leaves beside it goes."""
    wal = path.with_name(path.name + "-wal")
    begun = not wal.exists()
    try:
        yield
    except SqliteError as error:
        damaged = error_name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
        with suppress(OSError):
            if damaged and begun and not wal.stat().st_size:
                wal.unlink()
                path.with_name(path.name + "-shm").unlink()
        raise


def connect(path: Path, create: bool = True) -> Connection:
    """A connection for reading and writing, durable at each commit; transactions are begun by hand.

    Without ``create``, a file that is not there is an error, not made anew.
    """
    connection = _connect(path, "mode=rwc" if create else "mode=rw")
    for pragma in ("busy_timeout=10000", f"synchronous={SYNCHRONOUS}", "foreign_keys=ON", "recursive_triggers=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_read_only(path: Path) -> Connection:
    """A connection that cannot write, also where the file or its folder cannot be written."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        connection = _connect_beside(path, "mode=rw")
    elif _waits(path):
        connection = _connect_beside(path, "mode=ro")
    else:
        # Without a journal that waits there, and without the right to make one, only this way opens a WAL database.
        connection = _connect_as_it_is(path)
    connection.execute("PRAGMA query_only=ON")
    return connection


def connect_to_look(path: Path) -> Connection:
    """A connection for looking through a file that may be damaged; changes no byte of it, nor of its journal.

    Text that is not UTF-8 comes as it is, with lone surrogates.
    """
    wal = path.with_name(path.name + "-wal")
    # Without a journal beside it nobody has the file open, and no lock is needed, nor a file beside it.
    connection = _connect_beside(path, "mode=ro") if wal.exists() else _connect(path, "immutable=1")
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return connection


def connect_to_memory() -> Connection:
    """A database of its own, in memory alone."""
    return sqlite3.connect(":memory:", isolation_level=None)


def connect_copy(path: Path) -> Connection:
    """A connection that reads a copy which nobody else knows yet, and leaves no file beside it."""
    return _connect(path, "immutable=1")


def write_over(connection: Connection) -> None:
    """See to it that a change whose COMMIT failed does not come back; by who holds the lock. Raises what SQLite says.

    Where the sync failed, all of the change may lie in the journal beside the file, behind its known end. Should every
    process die before the next change, who opens the file next would take it for a whole one. A write that alters
    nothing takes that place.
    """
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version={version}")
    connection.execute("COMMIT")


def _connect_beside(path: Path, how: str) -> Connection:
    """A connection that reads by way of the files beside it; on a full disk, which has no room for those, without."""
    connection = _connect(path, how)
    try:
        read_schema(connection)
    except SqliteError as error:
        if _waits(path) or not error_name(error).startswith(("SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN")):
            # Whoever reads meets it, and says it.
            return connection
        connection.close()
        return _connect_as_it_is(path)
    return connection


def _connect_as_it_is(path: Path) -> Connection:
    # Asked first: what is written from here on is seen to be.
    stamp = _stamp(path)
    connection = _connect(path, "immutable=1", AsItIs)
    if isinstance(connection, AsItIs):
        connection.stamp = stamp
    return connection


def _connect(path: Path, how: str, factory: type[Connection] = Connection) -> Connection:
    # Of several threads only one at a time writes: the workspace sees to that.
    address = f"file:{quote(str(path.absolute()))}?{how}"
    return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, factory=factory)


def is_passed(connection: Connection, path: Path) -> bool:
    """Whether the file was written since a connection that takes it as it is was made."""
    return isinstance(connection, AsItIs) and (_waits(path) or _stamp(path) not in (None, connection.stamp))


def _waits(path: Path) -> bool:
    """Whether the journal beside a file holds anything."""
    with suppress(OSError):
        return path.with_name(path.name + "-wal").stat().st_size > 0
    return False


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None


def require_writable(path: Path) -> None:
    """Make the folder of ``path`` if it is missing; raises :class:`ReadOnlyError` where nothing can be written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(
            f"The folder {path.parent} cannot be made ({error.strerror}): name another place with --db."
        ) from error
    if path.exists() and not os.access(path, os.W_OK):
        raise ReadOnlyError(f"{path} may only be read: ask for the right to write it, or copy it and open the copy.")
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyError(
            f"{path} lies in a folder that may only be read, and a workspace keeps its journal beside it: "
            "copy it to a folder of your own."
        )


def in_words(error: Exception, path: Path, doing: str) -> StoreError:
    """What an error of SQLite or of the system means for the user; ``doing`` is "open", "read" or "write"."""
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        return ReadOnlyError(f"Could not {doing} {path}: {error.strerror or error}. Nothing was changed.")
    if isinstance(error, OverflowError):
        return StoreError("A number is larger than the database can hold. Nothing was changed.")
    name = error_name(error)
    if isinstance(error, UnicodeError) or "decode to UTF-8" in str(error):
        # Text that is not UTF-8, in a name or in a value: nothing of ours is written so.
        name = "SQLITE_CORRUPT"
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_FORMAT")):
        what = "is not a makeroom workspace" if name == "SQLITE_NOTADB" else "is damaged"
        return NotAWorkspaceError(f"{path} {what} ({error}). It was left as it is; open a backup, or another file.")
    if name.startswith("SQLITE_READONLY"):
        return ReadOnlyError(f"{path} may only be read: nothing was changed. Copy it and open the copy.")
    if name.startswith("SQLITE_CANTOPEN"):
        return ReadOnlyError(f"{path} could not be opened: see that its folder exists and that you may write there.")
    # The second: there is no room to begin what SQLite keeps beside the file.
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")):
        return StoreError(f"The disk of {path} is full: nothing was changed. Free some space and do it again.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return StoreError(f"{path} is held by another program: nothing was changed. Close that and do it again.")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"The disk of {path} reports an error ({error}): nothing was changed. Check it, then reopen.")
    if "UNIQUE constraint" in str(error):
        table, _, columns = str(error).removeprefix("UNIQUE constraint failed: ").replace(", ", ".").partition(".")
        named = " and ".join(dict.fromkeys(part for part in columns.split(".") if part != table))
        return StoreError(f"There is one with the same {named} already in {table}. Nothing was changed.")
    return StoreError(f"Could not {doing} {path}: {error}. Nothing was changed.")


def sqlite_version() -> str:
    """The version of the SQLite that is used."""
    return str(sqlite3.sqlite_version)


def error_name(error: BaseException) -> str:
    """SQLite's own name of an error, as SQLITE_FULL; empty for any other."""
    if not isinstance(error, SqliteError):
        return ""
    if name := getattr(error, "sqlite_errorname", None):
        return str(name)
    # pysqlite3 gives no names, only SQLite's English.
    return next((name for words, name in _BY_WORDS if words in str(error)), "")


_BY_WORDS = (
    ("not a database", "SQLITE_NOTADB"),
    ("malformed", "SQLITE_CORRUPT"),
    ("readonly database", "SQLITE_READONLY"),
    ("unable to open", "SQLITE_CANTOPEN"),
    ("disk is full", "SQLITE_FULL"),
    ("is locked", "SQLITE_BUSY"),
    ("locking protocol", "SQLITE_PROTOCOL"),
    ("I/O error", "SQLITE_IOERR"),
    ("constraint failed", "SQLITE_CONSTRAINT"),
)
