"""Fresh workspaces without each table and trigger made anew: all migrations run once in a process, on one blank file.

What a fresh file then gets is a copy of that one, before its first records. Files of older versions go through their
migrations as ever, and so does every process that a test starts.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import date
from functools import cache

from store.database import migrations
from store.database.connection import SCHEMA_VERSION, Connection
from store.workspace.workspace import Workspace

_prepare, _migrate = Workspace._prepare, migrations.migrate
#: of each thread, the connection to the file that is just begun from a copy
_begun = threading.local()


@cache
def blank() -> bytes:
    """A file with all tables and triggers, and no record."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("BEGIN")
        _migrate(made)
        made.execute("COMMIT")
        return made.serialize()


def _prepare_from_copy(workspace: Workspace, today: date, seed: int, version: int) -> None:
    connection = workspace._file.connection
    if not version and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
            made.deserialize(blank())
            made.backup(connection)
        _begun.connection = connection
    try:
        _prepare(workspace, today, seed, version)
    finally:
        _begun.connection = None


def _migrate_unless_copied(connection: Connection, version: int = SCHEMA_VERSION) -> None:
    if getattr(_begun, "connection", None) is not connection:
        _migrate(connection, version)


def begin_from_copies() -> None:
    """From now on in this process."""
    Workspace._prepare = _prepare_from_copy  # type: ignore[method-assign]
    migrations.migrate = _migrate_unless_copied
