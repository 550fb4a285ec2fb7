"""Undo and redo: which event comes next, alone or among several people, and what may stand in its way.

An event that took another one back names it in ``undoes``: an undo names a command or a redo, a redo names an undo.
So an event stands as long as no later one names it; that holds however the undos of several people interleave.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from store.common.errors import StaleError
from store.database.connection import Connection, SqliteError
from store.database.journal import BRANCH, EVENT, REDO, SCENARIO, UNDO, event_of, read_changes, since
from store.database.rows import current_rows, defaults, name_of, rows_with
from store.records import BY_TABLE, RECORDS, Change, Event, Quarter, Scenario, Snapshot

#: What a workspace begins with, a scenario with its branching; neither undo nor redo goes past it.
BEGINNINGS = frozenset({"create", "demo", BRANCH})
#: What changes nothing that people decide on, or what happened in a play: undo and redo pass over it, and it stays.
APART = frozenset({"snapshot", "practice", SCENARIO})


def undo_target(connection: Connection, others: Collection[str] = ()) -> Event | None:
    """The latest event that is not taken back: a command, or a redo; none that one of the sessions ``others`` made."""
    taken_back: set[int | None] = set()
    for event in _backwards(connection):
        if event.kind in BEGINNINGS:
            return None
        if event.kind in APART:
            continue
        if event.kind != UNDO and event.seq not in taken_back and event.session not in others:
            return event
        taken_back.add(event.undoes)
    return None


def redo_target(connection: Connection, others: Collection[str] = ()) -> Event | None:
    """The latest undo that is not redone, as long as no command came since; as if ``others`` had done nothing."""
    redone: set[int | None] = set()
    for event in _backwards(connection):
        if event.kind in BEGINNINGS:
            return None
        if event.kind in APART:
            continue
        if event.session not in others:
            if event.kind == UNDO and event.seq not in redone:
                return event
            if event.kind not in (UNDO, REDO):
                return None
        redone.add(event.undoes)
    return None


def take_back(connection: Connection, event: Event) -> None:
    """Restore what an event changed, ids included, within a running event.

    In exactly the opposite order, so that every state in between was already allowed once.
    Raises :class:`StaleError` if a row is no longer as the event left it, or if a later change needs what would go,
    took away what is needed, or took its place.
    """
    changes = [change for change in read_changes(connection, event.seq) if not _stays(connection, event, change)]
    _require_untouched(connection, event, changes)
    gone = [change for change in changes if change.before is None]
    _let_go_of_snapshots(
        connection,
        [change.id for change in gone if change.table == Quarter.table],
        [change.id for change in gone if change.table == Snapshot.table],
        [change.id for change in changes if change.table == Scenario.table],
    )
    for (table, op), group in groupby(reversed(changes), key=lambda change: (change.table, _op(change))):
        _restore(connection, event, table, op, list(group))
    _require_links(connection, event, changes)


def _stays(connection: Connection, event: Event, change: Change) -> bool:
    """Whether it is to what the list of scenarios says of one, and was overtaken there.

    What overtook it (it was closed) is no step that could be taken back first, so it would hold up all before it. What
    else changed it since is one, and is refused as any other.
    """
    if change.table != Scenario.table or change.after is None:
        return False
    row = current_rows(connection, change.table, [change.id]).get(change.id)
    if row is None or _without_rev(row) == _without_rev({**defaults(connection, change.table), **change.after}):
        return False
    later = connection.execute(
        "SELECT 1 FROM changes JOIN events ON events.seq = event_seq "
        "WHERE tbl = ? AND pk = ? AND event_seq > ? AND kind = ? LIMIT 1",
        (change.table, change.id, event.seq, SCENARIO),
    )
    return later.fetchone() is not None


def _let_go_of_snapshots(
    connection: Connection, quarters: Iterable[int], snapshots: Iterable[int], own: Collection[int]
) -> None:
    """Where a quarter goes, the snapshots of it go, too, and come back with it: taking one is no step that could be
    taken back first. A scenario that branched from one of them stays, and its row no longer says from which; unless it
    is one of the event's ``own`` and restored anyway."""
    gone = set(snapshots)
    for quarter in quarters:
        rows = connection.execute("SELECT id FROM snapshots WHERE quarter_id = ?", (quarter,)).fetchall()
        _release(connection, [snapshot for (snapshot,) in rows], own)
        connection.execute("DELETE FROM snapshots WHERE quarter_id = ?", (quarter,))
        gone -= {snapshot for (snapshot,) in rows}
    _release(connection, gone, own)


def _release(connection: Connection, snapshots: Iterable[int], own: Collection[int]) -> None:
    for snapshot in snapshots:
        rows = connection.execute("SELECT id FROM scenarios WHERE snapshot_id = ?", (snapshot,)).fetchall()
        connection.executemany(
            "UPDATE scenarios SET snapshot_id = NULL, rev = rev + 1 WHERE id = ?",
            [row for row in rows if row[0] not in own],
        )


def _restore(connection: Connection, event: Event, table: str, op: str, part: list[Change]) -> None:
    if op == "insert":
        connection.executemany(f'DELETE FROM "{table}" WHERE id = ?', [(c.id,) for c in part])  # noqa: S608
        return
    # What a later version added to the table is not in an older image.
    filled = defaults(connection, table)
    images = [{**filled, **(c.before or {})} for c in part]
    columns = list(images[0])
    if op == "update":
        settings = ", ".join(f'"{c}" = :{c}' for c in columns if c not in ("id", "rev"))
        sql = f'UPDATE "{table}" SET {settings}, rev = rev + 1 WHERE id = :id'  # noqa: S608
    else:
        values = ", ".join(":rev + 1" if c == "rev" else f":{c}" for c in columns)
        names = ", ".join(f'"{c}"' for c in columns)
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({values})'  # noqa: S608
    try:
        connection.executemany(sql, images)
    except SqliteError as error:
        if "UNIQUE constraint failed" in str(error):
            _require_place(connection, event, table, str(error), images)
        raise


def _require_untouched(connection: Connection, event: Event, changes: Iterable[Change]) -> None:
    # As it left them: an event may have written a row twice.
    last = {(change.table, change.id): change for change in changes}
    ordered = sorted(last.values(), key=lambda change: change.table)
    for table, group in groupby(ordered, key=lambda change: change.table):
        part = list(group)
        now, filled = current_rows(connection, table, [change.id for change in part]), defaults(connection, table)
        for change in part:
            left = None if change.after is None else {**filled, **change.after}
            if _without_rev(now.get(change.id)) == _without_rev(left):
                continue
            own = connection.execute(
                "SELECT max(id) FROM changes WHERE event_seq = ? AND tbl = ? AND pk = ?", (event.seq, table, change.id)
            ).fetchone()[0]
            what = name_of(BY_TABLE[table], change.after or change.before or {})
            raise _refused(event, f"the {what} was changed since: {since(connection, table, change.id, own)}")


def _require_links(connection: Connection, event: Event, changes: Iterable[Change]) -> None:
    """Raises where a row would be left pointing to one that is gone; names whose later change is the reason."""
    ordered = sorted(changes, key=lambda change: change.table)
    for table, group in groupby(ordered, key=lambda change: change.table):
        part = list(group)
        _require_parents(connection, event, table, [c.id for c in part if c.before is not None])
        gone = {c.id: c.after for c in part if c.before is None and c.after is not None}
        _require_no_children(connection, event, table, gone)


def _require_no_children(
    connection: Connection, event: Event, table: str, gone: Mapping[int, Mapping[str, Any]]
) -> None:
    for kind in RECORDS:
        for column in (column for column, target in kind.links.items() if target == table):
            child = next(rows_with(connection, kind.table, column, gone), None)
            if child is not None:
                needed = name_of(BY_TABLE[table], gone[child[column]])
                later = since(connection, kind.table, child["id"], _last_of(connection, event))
                raise _refused(event, f"the {name_of(kind, child)} needs the {needed}: {later}")


def _require_parents(connection: Connection, event: Event, table: str, ids: list[int]) -> None:
    rows = current_rows(connection, table, ids).values()
    for column, target in BY_TABLE[table].links.items():
        needed = {row[column] for row in rows if row[column] is not None}
        missing = sorted(needed - set(current_rows(connection, target, needed)))
        if missing:
            child = next(row for row in rows if row[column] == missing[0])
            raise _refused(
                event,
                f"the {name_of(BY_TABLE[table], child)} needs {target} {missing[0]}: "
                f"{since(connection, target, missing[0], _last_of(connection, event))}",
            )


def _require_place(
    connection: Connection, event: Event, table: str, error: str, images: Iterable[Mapping[str, Any]]
) -> None:
    """Raises with who has since taken the place that a row would come back to."""
    columns = [name.rpartition(".")[2] for name in error.partition("failed: ")[2].split(", ")]
    wanted = " AND ".join(f'"{column}" = :{column}' for column in columns)
    for image in images:
        found = connection.execute(
            f'SELECT id FROM "{table}" WHERE {wanted} AND id <> :id',  # noqa: S608
            {**image},
        ).fetchone()
        if found:
            what = name_of(BY_TABLE[table], image)
            later = since(connection, table, found[0], _last_of(connection, event))
            raise _refused(event, f"another one is in the place of the {what} ({', '.join(columns)}): {later}")


def _refused(event: Event, why: str) -> StaleError:
    what = "done again" if event.kind == UNDO else "taken back"
    return StaleError(f"“{event.label}” cannot be {what}: {why}. Nothing was changed.")


def _last_of(connection: Connection, event: Event) -> int:
    """The journal's number of the last change up to the end of an event."""
    row = connection.execute("SELECT max(id) FROM changes WHERE event_seq = ?", (event.seq,)).fetchone()
    return int(row[0] or 0)


def _backwards(connection: Connection) -> Iterable[Event]:
    # In portions read to their end: a half-read cursor would hold up checkpoints.
    last, size = 2**62, 8
    while True:
        rows = connection.execute(
            f"SELECT {EVENT} FROM events WHERE seq < ? ORDER BY seq DESC LIMIT ?",  # noqa: S608
            (last, size),
        ).fetchall()
        yield from (event_of(row) for row in rows)
        if len(rows) < size:
            return
        last, size = rows[-1][0], min(size * 4, 2048)


def _op(change: Change) -> str:
    if change.before is None:
        return "insert"
    return "delete" if change.after is None else "update"


def _without_rev(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {key: value for key, value in row.items() if key != "rev"}
