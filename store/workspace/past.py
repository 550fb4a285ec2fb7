"""A workspace as it was after any event of its journal, by going from a known state there and no further."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from store.common.errors import NotAWorkspaceError, StoreError
from store.database.connection import Connection
from store.database.journal import last_seq
from store.database.rows import defaults, name_of
from store.records import BY_TABLE, Record, RecordError, State

#: For each row that changed between two events (the first excluded): how it was before, or after, all of them.
_BEFORE = """
SELECT tbl, pk, before FROM changes WHERE id IN
    (SELECT min(id) FROM changes WHERE event_seq > ? AND event_seq <= ? GROUP BY tbl, pk)"""
_AFTER = """
SELECT tbl, pk, after FROM changes WHERE id IN
    (SELECT max(id) FROM changes WHERE event_seq > ? AND event_seq <= ? GROUP BY tbl, pk)"""


def state_at(connection: Connection, seq: int, near: State, path: Path) -> State:
    """All records as they were after event ``seq``, found from ``near``, another state of the same journal.

    ``near`` is left as it is. Raises :class:`StoreError` where there is no such event, or its rows cannot be read.
    """
    if not 0 < seq <= last_seq(connection):
        raise StoreError(f"There is no entry {seq} in the journal of {path}.")
    if seq < near.seq:
        rows = connection.execute(_BEFORE, (seq, near.seq)).fetchall()
    else:
        rows = connection.execute(_AFTER, (near.seq, seq)).fetchall()
    tables = dict(near.tables)
    for table in {table for table, _, _ in rows} & BY_TABLE.keys():
        # In order of id, as a table is loaded.
        tables[table] = _with(
            connection, BY_TABLE[table], tables[table], (row for row in rows if row[0] == table), path
        )
    return State(tables, seq)


def _with(
    connection: Connection,
    record: type[Record],
    known: dict[int, Any],
    rows: Iterable[tuple[str, int, str | None]],
    path: Path,
) -> dict[int, Any]:
    found = dict(known)
    # What a later version added to the table is not in an older image; a newer one may have what is not known here.
    filled = defaults(connection, record.table)
    for _, pk, text in rows:
        if text is None:
            found.pop(pk, None)
            continue
        image = {**filled, **json.loads(text)}
        try:
            found[pk] = record.model_validate({name: image[name] for name in record.columns() if name in image})
        except RecordError as error:
            what = f"{error.column} of {name_of(record, image)} ({error.why})"
            raise NotAWorkspaceError(f"The journal of {path} is damaged: {what}. Open a backup.") from error
    return {key: found[key] for key in sorted(found)}
