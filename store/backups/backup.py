"""Backups: copies of a workspace's file that were looked through before they got their name.

They lie in the folder ``<name>.backups`` beside the file; their names begin with the time (UTC), and so sort by it.
A copy is written under another name, verified, and renamed: what is called a backup is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from store.backups.leftovers import clear_leftovers_of, in_the_making
from store.backups.names import ASKED, HOURLY, backups_of, name_at, now
from store.common.errors import NoWorkspaceError, StoreError
from store.database.connection import (
    Connection,
    FileLock,
    SqliteError,
    connect_copy,
    connect_read_only,
    examine,
    in_words,
)
from store.database.findings import Report
from store.database.places import backups_folder
from store.database.sharing import make_folder, sharing_of
from store.database.verify import verify

#: So many of the hourly ones stay, and the last one of each of so many days before the latest.
HOURS, DAYS = 24, 30
#: A new one costs no more than so many old ones, however the clock jumps.
_MOST_AT_ONCE = 2


@dataclass(frozen=True)
class Made:
    """A new backup. What is not sound in it was not sound in the workspace, either."""

    path: Path
    report: Report


def back_up(path: Path, to: Path | None = None, kind: str = ASKED) -> Made:
    """Make a backup of the workspace at ``path``: in its folder, or as the file (or in the folder) ``to``.

    Others go on working meanwhile. Nothing is ever overwritten. A workspace that is damaged is copied as far as SQLite
    can, and the report says what is wrong. Raises :class:`StoreError` with a sentence where there is no copy; then
    nothing new lies there.
    """
    try:
        version = examine(path)
    except (SqliteError, OSError, UnicodeError) as error:
        raise in_words(error, path, "read") from error
    if not version:
        raise NoWorkspaceError(path)
    target = _target(path, to, kind)
    clear_leftovers_of(target)
    try:
        with reading(path) as connection, _unfinished(target, path) as copy:
            # It writes the copy alone; but SQLite would refuse that, too.
            connection.execute("PRAGMA query_only=OFF")
            connection.execute("VACUUM INTO ?", (str(copy),))
            report = verify(copy, surroundings=False)
            if sqlite := [one for one in report.of("broken") if one.check == "sqlite"]:
                raise OSError(0, f"the copy is not sound: {sqlite[0].what}")
            finish(copy, target)
    except (SqliteError, OSError, UnicodeError) as error:
        raise StoreError(
            f"No backup of {path} was made: {_reason(error)}. The workspace is as it was; see that there is space in "
            f"{target.parent} and the right to write there, then try again."
        ) from error
    return Made(target, report)


def back_up_before(connection: Connection, path: Path, version: int) -> Path:
    """Copy the file before it is migrated, look the copy through, and return its name.

    For use outside a transaction, by who holds the file's lock. Raises :class:`StoreError` with a sentence where there
    is no sound copy; then nothing new lies there, and the workspace's own file is as it was.
    """
    try:
        return keep(connection, path, f"before-version-{version}")
    except (SqliteError, OSError) as error:
        raise StoreError(
            f"{path} is in an older format, and is brought to the present one ({version}) only after a copy of it is "
            f"made. That failed: {_reason(error)}. It was left as it is; see that there is space in {path.parent} and "
            "the right to write there, then open it again."
        ) from error


def keep(connection: Connection, path: Path, kind: str) -> Path:
    """Copy the file whatever is in it, row by row the same, into the folder of backups; returns the copy's name.

    For use outside a transaction, by who holds the file's lock. Raises what SQLite or the system says.
    """
    target = _target(path, None, kind)
    try:
        with _unfinished(target, path) as copy:
            connection.execute("VACUUM INTO ?", (str(copy),))
            _require_same(connection, copy)
            finish(copy, target)
    except BaseException:
        with suppress(OSError):
            target.parent.rmdir()
        raise
    return target


def prune(path: Path, keep_always: Path) -> list[Path]:
    """Remove the hourly backups that are no longer needed; returns their names.

    The last :data:`HOURS` stay, and the last one of the latest day and of each of :data:`DAYS` days before it of which
    there is one; so do all that are not hourly. Days are counted by what is there and not by a clock, which may be
    wrong: those that are dated later than now are counted apart, and never push out the others.
    """
    hourly, latest = [one for one in backups_of(path) if one.kind == HOURLY], now()
    kept = {keep_always}
    for group in ([one for one in hourly if one.at <= latest], [one for one in hourly if one.at > latest]):
        last_of_day: dict[str, Path] = {}
        for one in group:
            last_of_day.setdefault(f"{one.at:%Y%m%d}", one.path)
        kept |= {one.path for one in group[:HOURS]} | set(list(last_of_day.values())[: DAYS + 1])
    removed = [one.path for one in hourly if one.path not in kept][-_MOST_AT_ONCE:]
    for old in removed:
        old.unlink(missing_ok=True)
    return removed


def copy_into(source: Path, target: Path) -> None:
    """Copy a backup, which nobody has open, to a file that is not there yet. Raises what SQLite or the system says."""
    with closing(connect_copy(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def sync(path: Path) -> None:
    """On the disk, and not just on its way: VACUUM INTO and renaming leave that to the caller."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection for copying from. It is opened and closed by who holds the lock, as every other."""
    if not os.access(path.parent, os.W_OK):
        with closing(connect_read_only(path)) as connection:
            yield connection
        return
    lock = FileLock(path)
    try:
        with lock.held():
            connection = connect_read_only(path)
        try:
            yield connection
        finally:
            with lock.held():
                connection.close()
    finally:
        lock.close()


@contextmanager
def _unfinished(target: Path, path: Path) -> Iterator[Path]:
    """A name to write a copy of the workspace at ``path`` under; whatever is left there in the end is removed."""
    if target.parent == backups_folder(path):
        make_folder(target.parent, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with in_the_making(target) as copy:
        sharing_of(path).apply(copy)
        yield copy


def finish(copy: Path, target: Path) -> None:
    """Give a copy that is whole its name; raises FileExistsError where something has it by now."""
    sync(copy)
    # A link fails where there is something by now; a rename would overwrite it.
    try:
        os.link(copy, target)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links.
        if target.exists():
            raise
        os.replace(copy, target)
    sync(target.parent)


def _target(path: Path, to: Path | None, kind: str) -> Path:
    """A name that is free. In a folder it begins with the time; where one second has two, with the next second."""
    if to is not None and not to.is_dir():
        if to.exists():
            raise StoreError(f"{to} is there already, and is not overwritten: name another file, or a folder.")
        return to
    folder, at = to or backups_folder(path), now()
    while (target := folder / name_at(at, kind)).exists():
        at += timedelta(seconds=1)
    return target


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _require_same(connection: Connection, copy: Path) -> None:
    """Raises where the copy is not whole. Whether each row is right, SQLite's own check says."""
    with closing(connect_copy(copy)) as other:
        checked = other.execute("PRAGMA integrity_check").fetchone()[0]
        if checked != "ok":
            raise OSError(0, f"the copy is not sound ({checked})")
        if _counts(other) != _counts(connection):
            raise OSError(0, "the copy does not hold the same rows")


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, and the numbers that mark the file as ours."""
    found = {
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - our own names
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    for mark in ("application_id", "user_version"):
        found[f"PRAGMA {mark}"] = int(connection.execute(f"PRAGMA {mark}").fetchone()[0])
    return found
