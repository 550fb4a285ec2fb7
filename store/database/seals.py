"""Seals: each event's hash, over itself, all its changes, and the seal before it.

The seal of an event is the SHA-256, in lower-case hex, of these lines, each ended by one line feed, in UTF-8::

    the seal of the event before it (64 zeros for the first)
    ["event", seq, uid, at, actor, session, kind, label, undoes]
    ["change", id, event_seq, tbl, pk, op, before, after]            one line a change, in order of id

Each line after the first is a JSON array without blanks, with ``null`` for NULL and every character outside ASCII as
a ``\\u`` escape; ``before`` and ``after`` stay the texts that they are in the table. JSON of this form never holds a
line feed and reads back in one way only, so different rows never make the same bytes.

A seal finds damage, and edits made behind the journal's back. It is no signature: who can write the file can also
seal it anew; against that, keep the last seal (``makeroom verify`` prints it) in another place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

from store.common.values import Value
from store.database.connection import Connection
from store.database.watch import EVERY, NOBODY, Watch

#: What stands for the seal before the first event's.
FIRST = "0" * 64
EVENT_COLUMNS = "seq, uid, at, actor, session, kind, label, undoes"
CHANGE_COLUMNS = "id, event_seq, tbl, pk, op, before, after"

Row = Sequence[Any]


def seal_of(previous: str, event: Row, changes: Iterable[Row]) -> str:
    """The seal of an event's row, with its changes' rows in order of id, after the seal of the event before it."""
    digest = hashlib.sha256(f"{previous}\n".encode("utf-8", "surrogateescape"))
    digest.update(_line("event", event))
    for change in changes:
        digest.update(_line("change", change))
    return digest.hexdigest()


def seal_event(connection: Connection, seq: int, keep: bool = True, watch: Watch = NOBODY) -> tuple[str, list[Row]]:
    """Seal an event within its transaction; returns the seal, and the rows of its changes if they are to be kept."""
    event = connection.execute(f"SELECT {EVENT_COLUMNS} FROM events WHERE seq = ?", (seq,)).fetchone()  # noqa: S608
    found = chain.from_iterable(_change_portions(connection, seq, watch))
    changes = list(found) if keep else []
    last = connection.execute("SELECT hash FROM seals WHERE seq < ? ORDER BY seq DESC LIMIT 1", (seq,)).fetchone()
    seal = seal_of(last[0] if last else FIRST, event, changes if keep else found)
    connection.execute("INSERT INTO seals (seq, hash) VALUES (?, ?)", (seq, seal))
    return seal, changes


def seal_all(connection: Connection) -> None:
    """Seal the events of a file that was made before there were seals, within the caller's transaction."""
    seal, seals = FIRST, []
    for event, changes in _entries(connection):
        seal = seal_of(seal, event, changes)
        seals.append((event[0], seal))
    connection.executemany("INSERT INTO seals (seq, hash) VALUES (?, ?)", seals)


def seal_at(connection: Connection, seq: int) -> str | None:
    """The seal of an event; None if it has none."""
    row = connection.execute("SELECT hash FROM seals WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else None


def last_seal(connection: Connection) -> tuple[int, str] | None:
    """The number of the newest event and its seal, which covers all before it; None where there is none."""
    row = connection.execute("SELECT seq, hash FROM seals ORDER BY seq DESC LIMIT 1").fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def change_rows(connection: Connection, seq: int) -> list[Row]:
    """The rows of an event's changes, in order."""
    return list(chain.from_iterable(_change_portions(connection, seq, NOBODY)))


def _change_portions(connection: Connection, seq: int, watch: Watch) -> Iterator[list[Row]]:
    sql = f"SELECT {CHANGE_COLUMNS} FROM changes WHERE event_seq = ? ORDER BY id"  # noqa: S608
    cursor, done = connection.execute(sql, (seq,)), 0
    while some := cursor.fetchmany(EVERY):
        watch.look("sealing", done)
        done += len(some)
        yield some


class BrokenSeal(Value):
    """An entry of the journal whose seal is missing (``missing``) or is not that of what stands there."""

    seq: int
    event: Row | None
    missing: bool = False


def broken_seals(connection: Connection) -> Iterator[BrokenSeal]:
    """Every entry whose seal does not hold, in order. Each is judged by the stored seal before it.

    ``event`` is None for a seal that stands there without an event.
    """
    seals = dict(connection.execute("SELECT seq, hash FROM seals ORDER BY seq").fetchall())
    previous = FIRST
    found: list[BrokenSeal] = []
    for event, changes in _entries(connection):
        stored = seals.pop(event[0], None)
        expected = seal_of(previous, event, changes)
        if stored != expected:
            found.append(BrokenSeal(event[0], event, missing=stored is None))
        previous = stored if isinstance(stored, str) else expected
    found += [BrokenSeal(seq, None) for seq in seals]
    yield from sorted(found, key=lambda broken: str(broken.seq).zfill(20))


def _entries(connection: Connection) -> Iterator[tuple[Row, list[Row]]]:
    """Every event with its changes, from the tables themselves: an index may be what is damaged."""
    rows = connection.execute(f"SELECT {CHANGE_COLUMNS} FROM changes NOT INDEXED ORDER BY id").fetchall()  # noqa: S608
    by_event = {seq: list(group) for seq, group in groupby(sorted(rows, key=_event_of), key=_event_of)}
    for event in connection.execute(
        f"SELECT {EVENT_COLUMNS} FROM events NOT INDEXED ORDER BY seq"  # noqa: S608
    ).fetchall():
        yield event, by_event.get(event[0], [])


def _event_of(change: Row) -> Any:
    return change[1]


def _line(word: str, row: Row) -> bytes:
    # What the encoder would make of [word, *row]; beginning it anew for each row takes as long as three rows.
    values = [
        _quoted(value)
        if type(value) is str
        else "null"
        if value is None
        else str(value)
        if type(value) is int
        else _as_json(value)
        for value in (word, *row)
    ]
    return f"[{','.join(values)}]\n".encode()


_quoted = json.encoder.encode_basestring_ascii
#: A damaged file can hold bytes where there should be a text; they must not look like any text.
_as_json = json.JSONEncoder(
    separators=(",", ":"), ensure_ascii=True, default=lambda value: {"bytes": bytes(value).hex()}
).encode
