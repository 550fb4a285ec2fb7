"""A verified copy of a workspace's file, made before anything that could lose what is in it."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from store.connection import Connection, SqliteError, connect_copy
from store.errors import StoreError


def back_up_before(connection: Connection, path: Path, version: int) -> Path:
    """Copy the file to ``<name>.before-<version>.db`` beside it, look the copy through, and return its name.

    For use outside a transaction, by who holds the file's lock. An earlier copy is never overwritten. Raises
    :class:`StoreError` with a sentence where there is no sound copy; then nothing new lies there, and the workspace's
    own file is as it was.
    """
    unfinished = path.with_name(f"{path.name}.copy-{os.urandom(4).hex()}")
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        _require_same(connection, unfinished)
        _sync(unfinished)
        copy = _free_name(path, version)
        os.replace(unfinished, copy)
        _sync(copy.parent)
    except (SqliteError, OSError) as error:
        raise StoreError(
            f"{path} is in an older format, and is brought to the present one ({version}) only after a copy of it is "
            f"made. That failed: {getattr(error, 'strerror', None) or error}. It was left as it is; see that there is "
            f"space in {path.parent} and the right to write there, then open it again."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return copy


def _free_name(path: Path, version: int) -> Path:
    names = (f"{path.name}.before-{version}{f'-{number}' if number > 1 else ''}.db" for number in count(1))
    return next(copy for copy in map(path.with_name, names) if not copy.exists())


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


def _sync(path: Path) -> None:
    """On the disk, and not just on its way: VACUUM INTO leaves that to the caller."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
