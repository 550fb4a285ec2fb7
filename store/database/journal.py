"""The journal: which event did what to which row, and what changed since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from store.common.text import series
from store.database.connection import Connection
from store.database.seals import Row, change_rows, seal_event
from store.database.watch import NOBODY, Watch
from store.records import Change, Event

UNDO, REDO = "undo", "redo"
#: A scenario's file begins with it, after what it has in common with the main plan.
BRANCH = "branch"
#: A scenario was listed, renamed or closed: that changes no plan.
SCENARIO = "scenario"
#: The columns of an event, in the order of :class:`~store.records.Event`'s fields.
EVENT = "seq, at, actor, kind, label, undoes, session"


def last_seq(connection: Connection) -> int:
    """The number of the latest event; 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


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


def end_event(
    connection: Connection, seq: int, keep: bool = True, watch: Watch = NOBODY
) -> tuple[str, tuple[Change, ...]]:
    """Seal the event and close it: from here on, and for everyone else, no row changes.

    Returns its seal, and what it changed, if that is to be kept.
    """
    seal, rows = seal_event(connection, seq, keep, watch)
    connection.execute("DELETE FROM cur")
    return seal, _changes(rows)


def read_events(connection: Connection, after: int = 0, limit: int | None = None) -> list[Event]:
    """The events after a number, oldest first."""
    rows = connection.execute(
        f"SELECT {EVENT} FROM events WHERE seq > ? ORDER BY seq LIMIT ?",  # noqa: S608
        (after, -1 if limit is None else limit),
    ).fetchall()
    return [event_of(row) for row in rows]


def read_changes(connection: Connection, seq: int) -> tuple[Change, ...]:
    """What an event changed, in the order in which it did."""
    return _changes(change_rows(connection, seq))


def changes_by_kind(connection: Connection, kind: str, table: str, pk: int | None = None) -> tuple[Change, ...]:
    """What the events of a kind that are not taken back did to the rows of a table, or to one of them, oldest first."""
    sql = "SELECT c.tbl, c.pk, c.before, c.after, e.seq, e.undoes FROM changes c JOIN events e ON e.seq = c.event_seq "
    sql += "WHERE c.tbl = ? AND (e.kind = ? OR e.undoes IS NOT NULL)" + (" AND c.pk = ?" if pk is not None else "")
    values = (table, kind) if pk is None else (table, kind, pk)
    rows = connection.execute(f"{sql} ORDER BY c.id", values).fetchall()
    # What took a change of a row back changed that row, too; what was taken back itself takes nothing back.
    taken_back: set[int | None] = set()
    for *_, seq, undoes in reversed(rows):
        if seq not in taken_back:
            taken_back.add(undoes)
    return tuple(
        Change(tbl, key, _image(before), _image(after))
        for tbl, key, before, after, seq, undoes in rows
        if undoes is None and seq not in taken_back
    )


def changes_of(connection: Connection, table: str, pk: int) -> tuple[tuple[int, Change], ...]:
    """Every change of one row with the number of its event, oldest first."""
    sql = "SELECT event_seq, tbl, pk, before, after FROM changes WHERE tbl = ? AND pk = ? ORDER BY id"
    rows = connection.execute(sql, (table, pk)).fetchall()
    return tuple((seq, Change(tbl, key, _image(before), _image(after))) for seq, tbl, key, before, after in rows)


def makers(connection: Connection, table: str) -> dict[int, int]:
    """By id of each row that a table ever had, the number of the event that made it; a redo makes none."""
    rows = connection.execute(
        "SELECT pk, event_seq FROM changes WHERE id IN "
        "(SELECT min(id) FROM changes WHERE before IS NULL AND tbl = ? GROUP BY pk)",
        (table,),
    ).fetchall()
    return {int(pk): int(seq) for pk, seq in rows}


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


def event_of(row: tuple[Any, ...]) -> Event:
    """An event from its row, as selected by :data:`EVENT`."""
    seq, at, actor, kind, label, undoes, session = row
    return Event(seq, datetime.fromisoformat(at), actor, kind, label, undoes, session)


def _changes(rows: Iterable[Row]) -> tuple[Change, ...]:
    return tuple(Change(table, pk, _image(before), _image(after)) for _, _, table, pk, _, before, after in rows)


def _image(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else json.loads(text)


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    columns = [key.replace("_", " ") for key in after if key != "rev" and after[key] != before.get(key)]
    return series(columns) or "it"


def _clock(at: datetime) -> str:
    local = at.astimezone()
    if local.date() == datetime.now().astimezone().date():
        return f"at {local:%H:%M}"
    return f"on {local:%Y-%m-%d} at {local:%H:%M}"
