"""The journal: which event did what to which row, who may take back which, and what changed since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from store.connection import Connection
from store.errors import StaleError
from store.records import BY_TABLE, Change, Event
from store.rows import current_rows, name_of
from store.seals import Row, change_rows, seal_event

UNDO, REDO = "undo", "redo"
#: What a workspace begins with; undo does not go past it.
BEGINNINGS = frozenset({"create", "demo"})
_EVENT = "seq, at, actor, kind, label, undoes, session"


def begin_event(
    connection: Connection, actor: str, session: str, kind: str, label: str, undoes: int | None = None
) -> tuple[Event, str]:
    """Start an event within the running transaction, and the uid by which it is found whatever COMMIT says."""
    at = datetime.now(UTC)
    uid = os.urandom(16).hex()
    seq = connection.execute(
        "INSERT INTO events (uid, at, actor, session, kind, label, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (uid, at.isoformat(), actor, session, kind, label, undoes),
    ).lastrowid
    if seq is None:
        raise AssertionError("an inserted event has a number")
    connection.execute("INSERT INTO cur (seq) VALUES (?)", (seq,))
    return Event(seq, at, actor, kind, label, undoes, session), uid


def end_event(connection: Connection, seq: int) -> tuple[str, tuple[Change, ...]]:
    """Seal the event and close it: from here on, and for everyone else, no row changes.

    Returns its seal, and what it changed.
    """
    seal, rows = seal_event(connection, seq)
    connection.execute("DELETE FROM cur")
    return seal, _changes(rows)


def read_events(connection: Connection, after: int = 0, limit: int | None = None) -> list[Event]:
    """The events after a number, oldest first."""
    rows = connection.execute(
        f"SELECT {_EVENT} FROM events WHERE seq > ? ORDER BY seq LIMIT ?",  # noqa: S608
        (after, -1 if limit is None else limit),
    ).fetchall()
    return [_event(row) for row in rows]


def read_changes(connection: Connection, seq: int) -> tuple[Change, ...]:
    """What an event changed, in the order in which it did."""
    return _changes(change_rows(connection, seq))


def undo_target(connection: Connection) -> Event | None:
    """The latest event that is not taken back: a command, or a redo."""
    taken_back = 0
    for event in _backwards(connection):
        if event.kind in BEGINNINGS:
            return None
        if event.kind == UNDO:
            taken_back += 1
        elif taken_back:
            taken_back -= 1
        else:
            return event
    return None


def redo_target(connection: Connection) -> Event | None:
    """The latest undo that is not redone, as long as no command came since."""
    redone = 0
    for event in _backwards(connection):
        if event.kind == REDO:
            redone += 1
        elif event.kind != UNDO:
            return None
        elif redone:
            redone -= 1
        else:
            return event
    return None


def take_back(connection: Connection, event: Event) -> None:
    """Restore what an event changed, ids included, within a running event.

    In exactly the opposite order, so that every state in between was already allowed once.
    Raises :class:`StaleError` if a row is no longer as the event left it.
    """
    changes = read_changes(connection, event.seq)
    _require_untouched(connection, event, changes)
    for (table, op), group in groupby(reversed(changes), key=lambda change: (change.table, _op(change))):
        part = list(group)
        if op == "insert":
            connection.executemany(f'DELETE FROM "{table}" WHERE id = ?', [(c.id,) for c in part])  # noqa: S608
            continue
        images = [dict(c.before or {}) for c in part]
        columns = list(images[0])
        if op == "update":
            settings = ", ".join(f'"{c}" = :{c}' for c in columns if c not in ("id", "rev"))
            sql = f'UPDATE "{table}" SET {settings}, rev = rev + 1 WHERE id = :id'  # noqa: S608
        else:
            values = ", ".join(":rev + 1" if c == "rev" else f":{c}" for c in columns)
            names = ", ".join(f'"{c}"' for c in columns)
            sql = f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608
        connection.executemany(sql, images)


def since(connection: Connection, table: str, pk: int, after_change: int) -> str:
    """Who changed a row after a change of the journal, what and when, as the second half of a sentence."""
    rows = connection.execute(
        "SELECT e.actor, e.at, e.kind, e.label, c.before, c.after FROM changes c JOIN events e ON e.seq = c.event_seq "
        "WHERE c.tbl = ? AND c.pk = ? AND c.id > ? ORDER BY c.id",
        (table, pk, after_change),
    ).fetchall()
    if not rows:
        return "it is not there any more"
    first, last = _image(rows[0][4]) or {}, _image(rows[-1][5])
    actor, at, kind, label = rows[-1][:4]
    doing = f"{kind} of “{label}”" if kind in (UNDO, REDO) else f"“{label}”"
    who = f"{actor} {'changed ' + _difference(first, last) if last is not None else 'removed it'}"
    return f"{who} {_clock(datetime.fromisoformat(at))} ({doing})"


def change_that_made(connection: Connection, table: str, pk: int, rev: int) -> int:
    """The journal's number of the change that left a row at ``rev``; 0 if there is none."""
    row = connection.execute(
        "SELECT max(id) FROM changes WHERE tbl = ? AND pk = ? AND json_extract(after, '$.rev') = ?", (table, pk, rev)
    ).fetchone()
    return int(row[0] or 0)


def _require_untouched(connection: Connection, event: Event, changes: Iterable[Change]) -> None:
    ordered = sorted(changes, key=lambda change: change.table)
    for table, group in groupby(ordered, key=lambda change: change.table):
        part = list(group)
        now = current_rows(connection, table, [change.id for change in part])
        for change in part:
            if _without_rev(now.get(change.id)) == _without_rev(change.after):
                continue
            own = connection.execute(
                "SELECT max(id) FROM changes WHERE event_seq = ? AND tbl = ? AND pk = ?", (event.seq, table, change.id)
            ).fetchone()[0]
            what = name_of(BY_TABLE[table], change.after or change.before or {})
            raise StaleError(
                f"“{event.label}” cannot be taken back: the {what} was changed since: "
                f"{since(connection, table, change.id, own)}. Nothing was changed."
            )


def _backwards(connection: Connection) -> Iterable[Event]:
    # In portions read to their end: a half-read cursor would hold up checkpoints.
    last, size = 2**62, 8
    while True:
        rows = connection.execute(
            f"SELECT {_EVENT} FROM events WHERE seq < ? ORDER BY seq DESC LIMIT ?",  # noqa: S608
            (last, size),
        ).fetchall()
        yield from (_event(row) for row in rows)
        if len(rows) < size:
            return
        last, size = rows[-1][0], min(size * 4, 2048)


def _event(row: tuple[Any, ...]) -> Event:
    seq, at, actor, kind, label, undoes, session = row
    return Event(seq, datetime.fromisoformat(at), actor, kind, label, undoes, session)


def _changes(rows: Iterable[Row]) -> tuple[Change, ...]:
    return tuple(Change(table, pk, _image(before), _image(after)) for _, _, table, pk, _, before, after in rows)


def _image(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else json.loads(text)


def _op(change: Change) -> str:
    if change.before is None:
        return "insert"
    return "delete" if change.after is None else "update"


def _without_rev(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {key: value for key, value in row.items() if key != "rev"}


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    columns = [key.replace("_", " ") for key in after if key != "rev" and after[key] != before.get(key)]
    return " and ".join([", ".join(columns[:-1]), columns[-1]] if len(columns) > 1 else columns) or "it"


def _clock(at: datetime) -> str:
    local = at.astimezone()
    if local.date() == datetime.now().astimezone().date():
        return f"at {local:%H:%M}"
    return f"on {local:%Y-%m-%d} at {local:%H:%M}"
