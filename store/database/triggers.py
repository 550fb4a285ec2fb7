"""The triggers that keep the journal: no row changes outside an event, and no change goes unwritten.

They follow the tables as they are, so every migration ends by making them anew: a rebuilt table loses its own. SQLite
reads all of them with each connection, most of what opening a file costs. So a row has no guard of its own against
what is done outside an event: each change of it is written into the journal, and the journal takes nothing then.
"""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is put together from names of our own tables and columns alone.
from store.database.connection import Connection
from store.records import BY_TABLE

OUTSIDE = "makeroom: changes are only made within an event"
APPEND_ONLY = "makeroom: the journal is never rewritten"
REVISION = "makeroom: a change raises rev by one"


def create_triggers(connection: Connection) -> None:
    """Make all triggers anew, within the caller's transaction."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    here = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    for table in BY_TABLE:
        if table in here:
            _journal(connection, table)
    # The seals came with the third version.
    for table, key, event in (("events", "seq", None), ("changes", "id", "event_seq"), ("seals", "seq", "seq")):
        if table not in here:
            continue
        _append_only(connection, table, key)
        if event:
            connection.execute(
                f"CREATE TRIGGER {table}_inside BEFORE INSERT ON {table} "
                f"WHEN NEW.{event} IS NULL OR NEW.{event} IS NOT (SELECT seq FROM cur) "
                f"BEGIN SELECT RAISE(ABORT, '{OUTSIDE}'); END"
            )


def _journal(connection: Connection, table: str) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    images = {
        side: "json_object(" + ", ".join(f"'{column}', {side}.\"{column}\"" for column in columns) + ")"
        for side in ("OLD", "NEW")
    }
    for op, row, before, after in (
        ("insert", "NEW", "NULL", images["NEW"]),
        ("update", "NEW", images["OLD"], images["NEW"]),
        ("delete", "OLD", images["OLD"], "NULL"),
    ):
        connection.execute(
            f"CREATE TRIGGER {table}_{op}_journal AFTER {op} ON {table} BEGIN "
            "INSERT INTO changes (event_seq, tbl, pk, op, before, after) "
            f"VALUES ((SELECT seq FROM cur), '{table}', {row}.id, '{op}', {before}, {after}); END"
        )
    connection.execute(
        f"CREATE TRIGGER {table}_revision BEFORE UPDATE ON {table} "
        "WHEN NEW.rev IS NOT OLD.rev + 1 OR NEW.id IS NOT OLD.id "
        f"BEGIN SELECT RAISE(ABORT, '{REVISION}'); END"
    )
    # "INSERT OR REPLACE" would take the old row away without its delete trigger.
    connection.execute(
        f"CREATE TRIGGER {table}_replaced BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{REVISION}'); END"
    )


def _append_only(connection: Connection, table: str, key: str) -> None:
    for name, when in (
        ("update", f"BEFORE UPDATE ON {table}"),
        ("delete", f"BEFORE DELETE ON {table}"),
        ("replace", f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"),
    ):
        connection.execute(f"CREATE TRIGGER {table}_no_{name} {when} BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END")
