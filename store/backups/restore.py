"""Going back to a backup: first a look at what that would lose and gain, then the whole file in one step.

The backup's pages are written into the file as one transaction, so whoever has it open reads the restored state from
then on, and notices it by the seals. Only a file that is damaged, or gone, is replaced: the damaged one is moved aside
in full, and open workspaces go over to the new file by themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from store.backups.backup import copy_into, keep, sync
from store.backups.leftovers import RESTORING, clear_leftovers, in_the_making
from store.backups.names import BEFORE_RESTORE, now
from store.common.errors import NewerWorkspaceError, StoreError
from store.database.connection import (
    SCHEMA_VERSION,
    SMALLEST,
    Connection,
    FileLock,
    Noted,
    SqliteError,
    connect,
    connect_to_look,
    judge,
    require_writable,
)
from store.database.findings import Report
from store.database.journal import read_events
from store.database.places import backups_folder
from store.database.seals import last_seal
from store.database.sharing import sharing_of
from store.database.verify import verify
from store.records import Event


@dataclass(frozen=True)
class Contents:
    """What is in a file, in short; ``events`` by their uid, in order."""

    items: int
    decisions: int
    events: dict[str, Event]

    @property
    def last(self) -> Event | None:
        """The latest change in it."""
        return next(reversed(self.events.values()), None)


@dataclass(frozen=True)
class Look:
    """What restoring a backup would mean. ``present`` is None where the file is gone or cannot be read."""

    path: Path
    backup: Path
    report: Report
    holds: Contents | None
    present: Contents | None

    @property
    def lost(self) -> list[Event]:
        """The events that would be gone, oldest first."""
        return _beyond(self.present, self.holds)

    @property
    def gained(self) -> list[Event]:
        """The events that would be back, oldest first."""
        return _beyond(self.holds, self.present)


@dataclass(frozen=True)
class Restored:
    """What was done: where the file as it was is kept (None where there was none), and how the file is now."""

    kept: Path | None
    was_damaged: bool
    report: Report


def look(path: Path, backup: Path) -> Look:
    """What restoring ``backup`` to ``path`` would lose and gain; changes nothing.

    Raises :class:`StoreError` where there is no such backup.
    """
    chosen = find(path, backup)
    return Look(path, chosen, verify(chosen, surroundings=False), contents(chosen), contents(path))


def find(path: Path, backup: Path) -> Path:
    """A backup by its path, or by its name in the workspace's folder, with or without ``.db``."""
    named = backups_folder(path) / backup.name
    tried = [backup] if len(backup.parts) > 1 else [named, named.with_name(f"{named.name}.db"), backup]
    for one in tried:
        if one.is_file():
            if path.exists() and one.samefile(path):
                raise StoreError(f"{one} is the workspace itself: name one of its backups.")
            return one
    raise StoreError(f"There is no backup {backup}: makeroom restore lists those in {backups_folder(path)}.")


def contents(path: Path) -> Contents | None:
    """What is in a workspace's file or backup; None where it cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size < SMALLEST:
            return None
        with closing(connect_to_look(path)) as connection:
            connection.execute("BEGIN")
            items, decisions = (
                int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
                for table in ("items", "decisions")
            )
            uids = dict(connection.execute("SELECT seq, uid FROM events").fetchall())
            return Contents(items, decisions, {uids[event.seq]: event for event in read_events(connection)})
    except (SqliteError, OSError, ValueError, TypeError, LookupError):
        return None


def restore(path: Path, backup: Path) -> Restored:
    """Put the workspace at ``path`` back to what is in ``backup``; the file as it was is kept, damaged or not.

    Raises :class:`StoreError` with a sentence where that cannot be; then the file is as it was.
    """
    chosen = find(path, backup)
    report = verify(chosen, surroundings=False)
    if not report.sound:
        raise StoreError(
            f"{chosen} is damaged itself ({report.of('broken')[0].what}): nothing was changed. Choose another backup."
        )
    if report.version is not None and report.version > SCHEMA_VERSION:
        raise NewerWorkspaceError(f"{chosen} was made by a newer makeroom: nothing was changed. Update makeroom first.")
    require_writable(path)
    lock = FileLock(path)
    try:
        with _prepared(path, chosen) as ready, lock.held():
            # Read before anything is changed: where that fails, it is true that nothing was.
            with closing(connect_to_look(ready)) as connection:
                last = last_seal(connection)
            kept, was_damaged = _put(path, ready)
            if last is not None:
                lock.note(Noted(*last))
        # Nobody need wait for this look.
        return Restored(kept, was_damaged, verify(path, surroundings=False))
    except (SqliteError, OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{path} could not be restored: {reason}. See that there is space and the right to write in {path.parent}, "
            "and what makeroom verify says; then try again."
        ) from error
    finally:
        lock.close()


def _put(path: Path, ready: Path) -> tuple[Path | None, bool]:
    """Bring the prepared copy to the path, by who holds the lock; returns where the file as it was is kept."""
    if not path.exists():
        os.replace(ready, path)
        sync(path.parent)
        return None, False
    if not _whole(path):
        aside = _move_aside(path)
        os.replace(ready, path)
        sync(path.parent)
        return aside, True
    with closing(connect(path)) as connection:
        # Raises for a stranger's file, and for a newer makeroom's.
        judge(connection, path)
        kept = keep(connection, path, BEFORE_RESTORE)
        with closing(connect_to_look(ready)) as source:
            source.backup(connection)
    return kept, False


@contextmanager
def _prepared(path: Path, chosen: Path) -> Iterator[Path]:
    """A copy of the backup beside the file, brought to the present format, and looked through."""
    from store.database.migrations import migrate

    clear_leftovers(path)
    with in_the_making(path, RESTORING) as ready:
        sharing_of(path).apply(ready)
        copy_into(chosen, ready)
        with closing(connect(ready)) as connection:
            if judge(connection, ready) < SCHEMA_VERSION:
                connection.execute("BEGIN IMMEDIATE")
                migrate(connection)
                connection.execute("COMMIT")
            connection.execute("PRAGMA journal_mode=WAL")
        report = verify(ready, surroundings=False)
        if not report.sound:
            raise OSError(0, f"the copy of the backup is not sound ({report.of('broken')[0].what})")
        sync(ready)
        yield ready


def _whole(path: Path) -> bool:
    """Whether SQLite can work in the file."""
    if path.stat().st_size < SMALLEST:
        return False
    try:
        with closing(connect_to_look(path)) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return bool(tables) and _checked(connection)
    except (SqliteError, UnicodeError):
        return False


def _checked(connection: Connection) -> bool:
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")


def _move_aside(path: Path) -> Path:
    """Rename a damaged file, with what belongs to it, to a name that says so; returns that."""
    stamp = f"{now():%Y%m%dT%H%M%SZ}"
    aside, number = path.with_name(f"{path.name}.damaged-{stamp}.db"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}.db")
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            os.rename(path.with_name(path.name + end), aside.with_name(aside.name + end))
    return aside


def _beyond(one: Contents | None, other: Contents | None) -> list[Event]:
    if one is None:
        return []
    known = other.events if other else {}
    return [event for uid, event in one.events.items() if uid not in known]
