"""Carrying a command out within a running event: real ids for new records, and nobody's change overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER
from typing import Any

from store.common.errors import StaleError, StoreError
from store.database.bulk import MANY, are_tidy, as_columns
from store.database.connection import Connection
from store.database.journal import change_that_made, since
from store.database.rows import current_rows, kind_word, name_of, tidy, to_row
from store.database.watch import NOBODY, Watch
from store.records import BY_TABLE, RECORDS, Command, Progress, Record

_ORDER = {record.table: number for number, record in enumerate(RECORDS)}
#: values that are written in one statement; SQLite may take fewer
_MOST_VALUES = 30_000


def prepared(command: Command, watch: Watch = NOBODY) -> Command:
    """The command with its records cleaned and validated, parents first; raises :class:`StoreError` for a bad one."""
    _require_once(command)
    puts: list[Record] = []
    for some in watch.portions("checking", command.puts):
        puts += _tidied(some)
    puts.sort(key=lambda record: _ORDER[record.table])
    return replace(command, puts=tuple(puts))


def _tidied(records: Sequence[Record]) -> Sequence[Record]:
    kinds: dict[type[Record], list[Record]] = {}
    for record in records:
        kinds.setdefault(type(record), []).append(record)
    if all(len(some) >= MANY and are_tidy(kind, some) for kind, some in kinds.items()):
        return records
    return [tidy(record) for record in records]


def write(connection: Connection, command: Command, watch: Watch = NOBODY) -> dict[int, int]:
    """Write a prepared command; returns the real ids of what it called by negative ones.

    ``watch`` is told of the new rows, and may stop it between two of them: what began is then for the caller to undo.

    Raises :class:`StaleError` if a row is no longer as the command saw it, :class:`StoreError` for what cannot be.
    """
    puts = command.puts
    replaced = [record for record in puts if record.id > 0]
    _require_fresh(connection, [*replaced, *command.removes])
    _require_untold(connection, puts)
    ids = _real_ids(connection, [record for record in puts if record.id < 0])
    for table, group in _by_table(sorted(command.removes, key=lambda record: -_ORDER[record.table])):
        connection.executemany(f'DELETE FROM "{table}" WHERE id = ?', [(record.id,) for record in group])  # noqa: S608
    # What leaves makes way first: a changed or new row may take the place of one that leaves.
    for table, group in _by_table(replaced):
        _replace(connection, table, [_row(record, ids) for record in group])
    for some in watch.portions("writing", [record for record in puts if record.id < 0]):
        for table, fresh in _by_table(some):
            _insert(connection, table, fresh, ids)
    return ids


def _by_table(records: Iterable[Record]) -> Iterable[tuple[str, list[Record]]]:
    return ((table, list(group)) for table, group in groupby(records, key=lambda record: record.table))


def _insert(connection: Connection, table: str, records: list[Record], ids: Mapping[int, int]) -> None:
    """Add new rows; many in one statement, as what each of them begins and ends with takes longer than its rows,
    journal and all."""
    columns = _as_columns(records, ids)
    names = ", ".join(f'"{column}"' for column in columns)
    one = f"({', '.join('?' * len(columns))})"
    rest = zip(*columns.values(), strict=True)
    at_once = min(connection.getlimit(SQLITE_LIMIT_VARIABLE_NUMBER), _MOST_VALUES) // len(columns)
    while some := list(islice(rest, max(1, at_once))):
        sql = f'INSERT INTO "{table}" ({names}) VALUES {", ".join([one] * len(some))}'  # noqa: S608
        connection.execute(sql, tuple(chain.from_iterable(some)))


def _as_columns(records: list[Record], ids: Mapping[int, int]) -> dict[str, list[Any]]:
    """The columns of new records of one kind as SQLite keeps them, with real ids."""
    columns: dict[str, list[Any]] = {}
    if len(records) >= MANY:
        columns = as_columns(type(records[0]), records)
        for name in ("id", *records[0].links):
            columns[name] = [ids.get(given, given) for given in columns[name]]
    if not columns or any(
        isinstance(target, int) and target < 0 for name in records[0].links for target in columns[name]
    ):
        # One by one, which also tells of one that points to nothing.
        rows = [_row(record, ids) for record in records]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["rev"] = [0] * len(records)
    return columns


def _replace(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    settings = ", ".join(f'"{column}" = :{column}' for column in rows[0] if column not in ("id", "rev"))
    sql = f'UPDATE "{table}" SET {settings}, rev = rev + 1 WHERE id = :id AND rev = :rev'  # noqa: S608
    connection.executemany(sql, rows)


def _row(record: Record, ids: Mapping[int, int]) -> dict[str, Any]:
    row = to_row(record)
    row["id"] = ids.get(record.id, record.id)
    for column in record.links:
        if isinstance(row.get(column), int) and row[column] < 0:
            if row[column] not in ids:
                raise StoreError(
                    f"The {name_of(type(record), row)} refers to a record ({column}) that is not part of the change. "
                    "Nothing was changed."
                )
            row[column] = ids[row[column]]
    return row


def _real_ids(connection: Connection, new: Iterable[Record]) -> dict[int, int]:
    """Ids that were never used before, also not by rows that are gone: the journal still speaks of those."""
    last = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    ids: dict[int, int] = {}
    for record in new:
        last[record.table] = last.get(record.table, 0) + 1
        ids[record.id] = last[record.table]
    return ids


def _require_once(command: Command) -> None:
    seen: set[tuple[str, int]] = set()
    new: set[int] = set()
    for record in (*command.puts, *command.removes):
        key = (record.table, record.id)
        if key in seen or record.id in new:
            raise StoreError(f"“{command.label}” names the same record twice ({record.table} {record.id}).")
        seen.add(key)
        if record.id < 0:
            new.add(record.id)
        if record.id == 0:
            raise StoreError(f"“{command.label}” has a record without an id ({record.table}): a new one is negative.")


def _require_fresh(connection: Connection, records: Iterable[Record]) -> None:
    for table, group in _by_table(sorted(records, key=lambda record: record.table)):
        now = current_rows(connection, table, [record.id for record in group])
        for record in group:
            row = now.get(record.id)
            if row is not None and row["rev"] == record.rev:
                continue
            seen = change_that_made(connection, table, record.id, record.rev)
            raise StaleError(
                f"The {_named(connection, record, row)} changed since you looked: "
                f"{since(connection, table, record.id, seen)}. Nothing was changed; look again, then repeat."
            )


def _named(connection: Connection, record: Record, row: Mapping[str, Any] | None) -> str:
    """How a sentence names a record; progress, which has no name of its own, by its item."""
    if isinstance(record, Progress) and (item := current_rows(connection, "items", [record.item_id])):
        return f"{kind_word(Progress)} of “{item[record.item_id]['title']}”"
    return name_of(type(record), row or record.model_dump())


def _require_untold(connection: Connection, puts: Iterable[Record]) -> None:
    """Raise where somebody told of a size for the first time meanwhile, of which this tells for the first time."""
    for record in puts:
        if not isinstance(record, Progress) or record.id > 0:
            continue
        told = connection.execute(
            "SELECT id FROM progress WHERE item_id = ? AND team_id = ?", (record.item_id, record.team_id)
        ).fetchone()
        if told is not None:
            raise StaleError(
                f"The {_named(connection, record, None)} was told meanwhile: "
                f"{since(connection, 'progress', told[0], 0)}. Nothing was changed; look again, then repeat."
            )


def left_hanging(connection: Connection) -> str:
    """Why a change cannot stand that leaves a row pointing to one that is gone; empty if none does."""
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        row = current_rows(connection, table, [rowid]).get(rowid, {"id": rowid})
        kind, target = BY_TABLE.get(table), BY_TABLE.get(parent)
        if kind and target:
            return f"The {name_of(kind, row)} still needs a {kind_word(target)} that is gone. Nothing was changed."
    return ""
