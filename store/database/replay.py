"""The journal played again: what stands in the tables must be what it says, and it must hang together itself."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import Any

from store.database.connection import Connection
from store.database.findings import Finding, listed
from store.database.rows import defaults, name_of
from store.database.seals import CHANGE_COLUMNS
from store.records import BY_TABLE, Record, RecordError

Key = tuple[str, int]
Image = Mapping[str, Any]
_RESTORE = "restore a backup that is sound; until then let nobody write the file"


class Replay:
    """What the journal says that the tables hold, and where it contradicts itself."""

    def __init__(self, connection: Connection) -> None:
        self.contradictions: list[str] = []
        #: by table, the last image of each row, as text; None where it was removed
        self._last: defaultdict[str, dict[int, str | None]] = defaultdict(dict)
        #: the event that wrote each row last
        self.entry: dict[Key, int] = {}
        #: how often a row was written: one more than its revision
        self.written: dict[Key, int] = {}
        self.highest: dict[str, int] = {}
        self.changes = 0
        sql = f"SELECT {CHANGE_COLUMNS} FROM changes NOT INDEXED ORDER BY id"  # noqa: S608
        for number, seq, table, pk, op, before, after in connection.execute(sql).fetchall():
            self.changes += 1
            if number != self.changes:
                self._contradiction(f"change {self.changes} is missing")
                self.changes = number
            key, rows = (table, pk), self._last[table]
            if not _same(rows.get(pk), before):
                self._contradiction(f"change {number} does not begin where the one before it left {table} {pk}")
            if (op == "insert", op == "delete") != (before is None, after is None):
                self._contradiction(f"change {number} says {op}, and is another")
            rows[pk] = after
            self.entry[key] = seq
            if after is not None:
                self.written[key] = self.written.get(key, 0) + 1
            self.highest[table] = max(self.highest.get(table, 0), pk)

    def images(self, table: str) -> dict[int, Image | None]:
        """What the rows of a table are, by id; None for one whose image cannot be read."""
        return {pk: _parsed(text) for pk, text in self._last.get(table, {}).items() if text is not None}

    def tables(self) -> Set[str]:
        """Every table that the journal speaks of."""
        return self._last.keys()

    def _contradiction(self, what: str) -> None:
        self.contradictions.append(what)


def look_at_rows(connection: Connection, tables: set[str]) -> Iterator[Finding]:
    """Findings on the journal's own order, on each row against it, revisions, ids and records."""
    replay = Replay(connection)
    gaps = _gaps(connection)
    if wrong := [*gaps, *replay.contradictions]:
        yield Finding("broken", "journal", f"the journal does not hang together: {listed(wrong)}", _RESTORE)
    else:
        yield Finding("ok", "journal", f"the journal has no gap ({replay.changes:,} changes)")
    unknown = [f"the journal speaks of an unknown table {name}" for name in replay.tables() - set(BY_TABLE)]
    behind: list[tuple[float, str]] = [(0, each) for each in unknown]
    revisions: list[str] = []
    refused: list[str] = []
    unsized = 0
    for table, record in BY_TABLE.items():
        if table not in tables:
            behind += [(0, f"the table {table} is missing")] if table in replay.tables() else []
            continue
        rows, images = _rows(connection, table), replay.images(table)
        # Most tables are empty.
        if not rows and not images:
            continue
        for pk, what in _behind_its_back(record, rows, images, defaults(connection, table)):
            seq = replay.entry.get((table, pk))
            # In a damaged journal it need not even be a number.
            if isinstance(seq, int):
                behind.append((seq, f"{what}; entry {seq} of the journal wrote it"))
            else:
                behind.append((math.inf, what))
        for pk, row in rows.items():
            name = f"{name_of(record, row)} (id {pk})"
            if (table, pk) in replay.written and row.get("rev") != replay.written[table, pk] - 1:
                revisions.append(
                    f"{name} has revision {row.get('rev')}, and was written {replay.written[table, pk]} times"
                )
            if reason := _refusal(record, row):
                refused.append(f"{name}: {reason}")
    if "items" in tables and "sizes" in tables:
        (unsized,) = connection.execute(
            "SELECT count(*) FROM items WHERE state = 'plan' AND id NOT IN (SELECT item_id FROM sizes)"
        ).fetchone()
    # The first entry that is not as it was left comes first; what no entry wrote, last.
    wrong_rows = [what for _, what in sorted(behind, key=lambda each: each[0])]
    yield _judged("rows", wrong_rows, "every row is as the journal left it", "behind the journal's back", _RESTORE)
    yield _judged("revisions", revisions, "every revision counts the changes", "wrong revisions", _RESTORE)
    yield _judged("records", refused, "every row is a good record", "rows that no record may be", _RESTORE)
    numbers = _numbers(connection, replay)
    yield _judged("ids", numbers, "no id can be given twice", "numbers that do not follow the journal", _RESTORE)
    if unsized:
        yield Finding(
            "warning", "plan", f"{unsized:,} items in plan have no size", "size them, or move them below the line"
        )
    else:
        yield Finding("ok", "plan", "every item in plan has a size")


def _judged(check: str, wrong: list[str], fine: str, kind: str, do: str) -> Finding:
    if not wrong:
        return Finding("ok", check, fine)
    return Finding("broken", check, f"{kind}: {listed(wrong)}", do)


def _behind_its_back(
    record: type[Record], rows: Mapping[int, Image], images: Mapping[int, Image | None], filled: Image
) -> Iterator[tuple[int, str]]:
    """The rows that are not as the journal has them, by id, with what is wrong."""
    for pk in sorted({*rows, *images}):
        row, image = rows.get(pk), images.get(pk)
        if pk not in images:
            yield pk, f"{name_of(record, row or {})} (id {pk}) was added, the journal does not know it"
        elif image is None:
            yield pk, f"what the journal says of {record.table} {pk} cannot be read"
        elif row is None:
            yield pk, f"{name_of(record, image)} (id {pk}) is gone, the journal has it"
        else:
            # Columns of a later version are not in older images.
            known = {**{name: value for name, value in filled.items() if name in row}, **image}
            differ = [name for name in {**row, **known} if _kept(row, name) != _kept(known, name)]
            if differ:
                name = differ[0]
                said = f"({name} is {_short(row.get(name))}, the journal says {_short(known.get(name))})"
                yield pk, f"{name_of(record, image)} (id {pk}) was changed: {', '.join(differ)} {said}"


def _kept(row: Image, name: str) -> tuple[bool, type, Any]:
    """A value with its kind: 1 and 1.0 are the same number, and not the same bytes."""
    return name in row, type(row.get(name)), row.get(name)


def _gaps(connection: Connection) -> Iterator[str]:
    expected = 1
    for seq, undoes in connection.execute("SELECT seq, undoes FROM events NOT INDEXED ORDER BY seq").fetchall():
        if seq != expected:
            yield f"event {expected} is missing"
        if undoes is not None and not 0 < undoes < seq:
            yield f"event {seq} takes back {undoes}, which is no earlier one"
        expected = seq + 1
    running = connection.execute("SELECT count(*) FROM cur").fetchone()[0]
    if running:
        yield "an event is left unfinished"
    for number, seq in connection.execute(
        "SELECT id, event_seq FROM changes WHERE event_seq NOT IN (SELECT seq FROM events)"
    ).fetchall():
        yield f"change {number} is of event {seq}, which is not there"


def _numbers(connection: Connection, replay: Replay) -> list[str]:
    """SQLite's own account of the highest id of each table, where it is not what the journal gives."""
    found = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    last = int(connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])
    wanted = {**replay.highest, "events": last, "changes": replay.changes}
    return [
        f"{name}: {found.get(name, 0)} instead of {wanted.get(name, 0)}"
        for name in sorted({*found, *wanted}, key=str)
        if found.get(name, 0) != wanted.get(name, 0)
    ]


def _rows(connection: Connection, table: str) -> dict[int, dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}" NOT INDEXED')  # noqa: S608
    columns = [column[0] for column in cursor.description]
    return {row[0]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()}


def _refusal(record: type[Record], row: Image) -> str:
    try:
        record.model_validate(row)
    except RecordError as error:
        return f"{error.column or 'it'}: {error.why}"
    return ""


def _same(left: str | None, right: str | None) -> bool:
    """Whether two images are the same, but for columns that only one of them has yet, and how numbers are written."""
    if left == right:
        return True
    one, other = _parsed(left), _parsed(right)
    if one is None or other is None:
        return False
    return all(one[name] == other[name] for name in one.keys() & other.keys())


def _parsed(text: Any) -> Image | None:
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
