"""A look through a workspace's whole file: is everything in it as it was written? Changes no byte of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path

from store.common.errors import NotAWorkspaceError, NoWorkspaceError, StoreError
from store.database.connection import (
    APPLICATION_ID,
    LOCK_SUFFIX,
    SCHEMA_VERSION,
    SMALLEST,
    Connection,
    Noted,
    SqliteError,
    connect_to_look,
    connect_to_memory,
    noted_beside,
)
from store.database.findings import Finding, Report, listed
from store.database.replay import look_at_rows
from store.database.seals import BrokenSeal, broken_seals, last_seal, seal_at
from store.database.surroundings import look_around

_RESTORE = "restore a backup that is sound (makeroom restore); the file as it is now is kept"
#: The version from which on events are sealed.
_SEALED = 3
_MOST = 100
#: What stands in a damaged file can be anything: a text for a number, bytes that are no text, an endless length.
_UNREADABLE = (SqliteError, ValueError, TypeError, OverflowError, MemoryError)


def verify(path: Path, surroundings: bool = True) -> Report:
    """Look through the file at ``path``; a damaged one gets sentences, too.

    ``surroundings`` also looks at what it depends on: SQLite's version, the disk, the file system.
    Raises :class:`StoreError` where there is nothing to look at, or no right to.
    """
    if not path.exists():
        raise NoWorkspaceError(path)
    if not path.is_file():
        raise NotAWorkspaceError(f"{path} is not a file: name a workspace's file with --db.")
    around = tuple(look_around(path)) if surroundings else ()
    try:
        # SQLite would take so short a file for an empty database.
        if path.stat().st_size < SMALLEST:
            return Report(path, (Finding("broken", "sqlite", "it is too short for a database", _RESTORE), *around))
        if not os.access(path, os.R_OK):
            raise StoreError(f"{path} cannot be read: ask for the right to.")
        with closing(connect_to_look(path)) as connection:
            return _look(connection, path, around)
    except _UNREADABLE as error:
        return Report(path, (Finding("broken", "sqlite", f"SQLite cannot read it ({error})", _RESTORE), *around))


def _look(connection: Connection, path: Path, around: tuple[Finding, ...]) -> Report:
    # One read transaction: others may go on writing meanwhile. What is noted of the file's end comes first: it is noted
    # after it was written, so that what is noted before the transaction begins is in it.
    noted = noted_beside(path)
    connection.execute("BEGIN")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    found = [*_guarded("sqlite", lambda: _sqlite(connection)), *_guarded("mark", lambda: _mark(connection, version))]
    if not {"events", "changes", "cur"} <= tables:
        found.append(
            Finding("broken", "schema", "it has no journal: this is not a workspace, or one that is damaged", _RESTORE)
        )
        return Report(path, (*found, *around), version)
    if version > SCHEMA_VERSION:
        found.append(
            Finding("warning", "schema", f"a newer makeroom wrote it (format {version})", "verify it with that one")
        )
    else:
        found += _guarded("schema", lambda: _schema(connection, version))
        found += _guarded("seals", lambda: _seals(connection, "seals" in tables, version))
        found += _guarded("end", lambda: _end(connection, path, noted))
        found += _guarded("rows", lambda: look_at_rows(connection, tables))
    events, seal = _last(connection, "seals" in tables)
    return Report(path, (*found, *around), version, events, seal)


def _guarded(check: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What a check finds; that it cannot even be made is a finding, too."""
    found: list[Finding] = []
    try:
        for finding in look():
            found.append(finding)
    except _UNREADABLE as error:
        found.append(Finding("broken", check, f"this cannot be read: {error or type(error).__name__}", _RESTORE))
    return found


def _sqlite(connection: Connection) -> Iterator[Finding]:
    said = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall()]
    if said == ["ok"]:
        yield Finding("ok", "sqlite", "SQLite finds the file whole")
    else:
        yield Finding("broken", "sqlite", f"SQLite finds it damaged: {listed(map(str, said))}", _RESTORE)
    hanging = connection.execute("PRAGMA foreign_key_check").fetchall()
    if hanging:
        rows = (f"{table} {rowid} refers to one of {parent} that is not there" for table, rowid, parent, _ in hanging)
        yield Finding("broken", "references", listed(rows), _RESTORE)
    else:
        yield Finding("ok", "references", "every reference leads somewhere")


def _mark(connection: Connection, version: int) -> Iterator[Finding]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        yield Finding("broken", "mark", "it is not marked as a makeroom workspace", _RESTORE)
    seen = connection.execute("SELECT id, migration_set, name FROM _sqlite_migrations ORDER BY rowid").fetchall()
    # The count first: a damaged version may be two thousand million.
    if len(seen) != version or [(number, of, str(name)[:4]) for number, of, name in seen] != [
        (number, "makeroom", f"{number:04}") for number in range(1, version + 1)
    ]:
        said = ", ".join(str(name) for _, _, name in seen)
        yield Finding(
            "broken", "mark", f"its format is marked as {version}, and it has seen {said or 'none'}", _RESTORE
        )


def _schema(connection: Connection, version: int) -> Iterator[Finding]:
    """Tables, indexes and triggers, against those of a fresh file of the same version."""
    expected, found = _expected(version), _definitions(connection)
    # An older file has the triggers of its time; it gets the present ones when it is opened.
    if version < SCHEMA_VERSION:
        expected, found = ({key: sql for key, sql in one.items() if key[0] != "trigger"} for one in (expected, found))
        yield Finding("note", "version", f"an older format ({version}); it is brought to {SCHEMA_VERSION} when opened")
    missing = [" ".join(key) for key in expected if key not in found]
    changed = [" ".join(key) for key in expected if key in found and found[key] != expected[key]]
    more = [" ".join(map(str, key)) for key in found if key not in expected]
    if missing or changed:
        parts = [f"{listed(missing)} missing"] * bool(missing) + [f"{listed(changed)} not as made"] * bool(changed)
        yield Finding("broken", "schema", "; ".join(parts), _RESTORE)
    else:
        yield Finding("ok", "schema", "tables, indexes and triggers are all there")
    if foreign := [name for name in more if "_litestream" not in name]:
        yield Finding(
            "warning", "schema", f"not made by makeroom: {listed(foreign)}", "see which program writes the file"
        )


@cache
def _expected(version: int) -> dict[tuple[str, str], str | None]:
    from store.database.migrations import migrate

    with closing(connect_to_memory()) as connection:
        migrate(connection, version)
        return _definitions(connection)


def _definitions(connection: Connection) -> dict[tuple[str, str], str | None]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    # sqlite-utils' own table is made as its version likes.
    return {(kind, name): None if name == "_sqlite_migrations" else f"{on} {sql}" for kind, name, on, sql in rows}


def _seals(connection: Connection, there: bool, version: int) -> Iterator[Finding]:
    if not there and version < _SEALED:
        yield Finding("note", "seals", "the events have no seals yet; they get them when the file is opened")
        return
    broken = list(broken_seals(connection))
    if broken:
        more = f" ({len(broken)} seals in all do not hold)" if len(broken) > 1 else ""
        yield Finding("broken", "seals", f"{_entry(broken[0])}{more}", _RESTORE)
    else:
        (count,) = connection.execute("SELECT count(*) FROM seals").fetchone()
        yield Finding("ok", "seals", f"all {count:,} seals hold")


def _end(connection: Connection, path: Path, noted: Noted | None) -> Iterator[Finding]:
    """Whether the file ends as it was written, by what was noted beside it before the file was looked at."""
    if noted is None or (seal_at(connection, noted.seq) == noted.seal and not noted.missed):
        return
    # Somebody restored the file meanwhile, or wrote to what was restored: what was noted is of the file as it was.
    # Who writes to a file that lacks its end notes that it was missed.
    if not noted.missed and noted_beside(path) != noted:
        return
    last = connection.execute("SELECT max(seq) FROM seals").fetchone()[0] or 0
    what = (
        f"events are missing: number {noted.seq} was written here, the file ends with number {last}"
        if last < noted.seq
        else f"events are missing, or are others than were written here: the file was found without number {noted.seq}"
    )
    lock = path.name + LOCK_SUFFIX
    yield Finding(
        "broken",
        "end",
        what,
        f"look for a later copy (makeroom restore lists the backups); if this is meant, remove {lock} while nobody has "
        "the file open",
    )


def _entry(broken: BrokenSeal) -> str:
    """The entry whose seal does not hold, as people know it: number, time, who, label."""
    if broken.event is None:
        return f"entry {broken.seq} of the journal is gone, its seal still stands"
    seq, _, at, actor, _, kind, label, _ = broken.event
    said = "has no seal" if broken.missing else "is not as it was sealed"
    return f"entry {seq} of the journal {said}: “{label}” ({kind}) by {actor}, {_time(at)}"


def _time(at: object) -> str:
    try:
        return f"{datetime.fromisoformat(str(at)).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return str(at)


def _last(connection: Connection, sealed: bool) -> tuple[int | None, str | None]:
    try:
        (events,) = connection.execute("SELECT count(*) FROM events NOT INDEXED").fetchone()
        last = last_seal(connection) if sealed else None
    except _UNREADABLE:
        return None, None
    return events, last[1] if last else None
