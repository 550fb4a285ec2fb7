"""makeroom's own JSON as it comes in: checked row by row before anything is written, and the command that fills an
empty workspace with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, NoReturn

from store.common.errors import StoreError
from store.database.rows import kind_word, tidy
from store.database.watch import NOBODY, Watch
from store.exports.content import KINDS, Row, hash_of_rows, numbered_rows
from store.exports.own_json import FORMAT, VERSION
from store.imports.errors import UnreadableFileError
from store.records import (
    Command,
    Decision,
    Item,
    Quarter,
    Record,
    RecordError,
    Shirt,
    Slice,
    SliceRule,
    State,
    Team,
    WorkspaceInfo,
)

#: Bytes of the largest file that is read.
MOST_BYTES = 200_000_000
#: What a fresh workspace holds besides its own row.
_FRESH = (Quarter, Slice, SliceRule, Shirt)
_BY_TABLE = {kind.table: kind for kind in KINDS}


@dataclass(frozen=True)
class Whole:
    """All records of an export, by table and the number that they have there. ``as_exported``: nobody has edited the
    file since."""

    name: str
    exported: str
    records: dict[str, dict[int, Record]]
    as_exported: bool

    @property
    def summary(self) -> str:
        """What is in it, in words."""
        info = State({**State().tables, **self.records}).workspace
        counts = ((len(self.records[kind.table]), kind_word(kind)) for kind in (Quarter, Team, Item, Decision))
        rest = sum(map(len, self.records.values()))
        said = ", ".join(f"{many:,} {word}{'' if many == 1 else 's'}" for many, word in counts)
        return f"the workspace “{info.name}”: {said}, {rest:,} records in all"


def looks_whole(head: bytes) -> bool:
    """Whether a file that begins so is makeroom's own JSON of a whole workspace."""
    text = head[:2_000].decode("utf-8-sig", "ignore").lstrip()
    return text.startswith("{") and f'"format":"{FORMAT}"' in "".join(text.split())


def read_whole(data: bytes, name: str, watch: Watch = NOBODY) -> Whole:
    """What is in the bytes of an export called ``name``.

    Raises :class:`~store.imports.errors.UnreadableFileError` with the place and the reason for anything else.
    """
    watch.look("reading", 0)
    found = _parsed(_text(data, name), name)
    version = found.get("version")
    if found.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UnreadableFileError(f"{name} does not say that it is an export of makeroom, and which version of it.")
    if version > VERSION:
        raise UnreadableFileError(
            f"{name} was exported by a newer makeroom (version {version}, this one reads {VERSION}): update makeroom "
            "first."
        )
    tables = found.get("tables")
    if not isinstance(tables, dict):
        raise UnreadableFileError(f"{name} has no tables: export it again.")
    if unknown := sorted(set(tables) - set(_BY_TABLE)):
        raise UnreadableFileError(f"{name} has a table {unknown[0][:80]!r}, which this makeroom does not know.")
    records = {kind.table: _records(kind, tables.get(kind.table, []), name, watch) for kind in KINDS}
    _require_hanging_together(records, name)
    read = State({**State().tables, **records})
    as_exported = found.get("hash") == hash_of_rows(_columns_of(tables, numbered_rows(read)))
    return Whole(name, str(found.get("exported", ""))[:40], records, as_exported)


def _columns_of(tables: dict[str, Any], rows: Iterator[tuple[type[Record], Row]]) -> Iterator[tuple[type[Record], Row]]:
    """The rows with the columns that the file has: an older one was hashed without those that came later."""
    known = {table: set().union(*given) for table, given in tables.items()}
    return ((kind, {name: row[name] for name in row if name in known[kind.table]}) for kind, row in rows)


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableFileError(f"{name}, line {line}: not UTF-8, as an export is (byte {error.start}).") from None


def _parsed(text: str, name: str) -> dict[str, Any]:
    def no_number(word: str) -> NoReturn:
        raise UnreadableFileError(f"{name} is not valid JSON: {word} is not a number.")

    try:
        found = json.loads(text, parse_constant=no_number)
    except json.JSONDecodeError as error:
        why = "it ends too early" if not text[error.pos :].strip() else error.msg[:1].lower() + error.msg[1:]
        raise UnreadableFileError(f"{name} is not valid JSON: {why}, near line {error.lineno}.") from None
    except (RecursionError, ValueError):
        # Nested without end; or an integer of thousands of digits.
        raise UnreadableFileError(f"{name} is not valid JSON: nested too deeply, or a number is too long.") from None
    if not isinstance(found, dict):
        raise UnreadableFileError(f"{name} is not an export of makeroom: it should be one object in braces.")
    return found


def _records(kind: type[Record], rows: Any, name: str, watch: Watch) -> dict[int, Record]:
    where = f"{name}, {kind.table}"
    if not isinstance(rows, list):
        raise UnreadableFileError(f"{where}: it should be a list of rows.")
    found: dict[int, Record] = {}
    for at, row in enumerate(watch.over(f"checking {kind.table}", rows, len(rows)), 1):
        if not isinstance(row, dict):
            raise UnreadableFileError(f"{where}, row {at}: it should be an object in braces.")
        number = row.get("id")
        if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**53:
            raise UnreadableFileError(f"{where}, row {at}: its id should be a whole number above 0.")
        if number in found:
            raise UnreadableFileError(f"{where}, row {at}: the id {number} is there twice.")
        try:
            found[number] = tidy(kind.model_validate({**row, "rev": 0}))
        except RecordError as error:
            raise UnreadableFileError(f"{where}, row {at}: {error.column[:80]}: {error.why}.") from None
        except StoreError as error:
            raise UnreadableFileError(f"{where}, row {at}: {error}") from None
    return found


def _require_hanging_together(records: dict[str, dict[int, Record]], name: str) -> None:
    if len(records["workspace"]) != 1:
        raise UnreadableFileError(f"{name} should have one workspace in it, and has {len(records['workspace'])}.")
    if not records["quarters"]:
        raise UnreadableFileError(f"{name} has no quarter in it: a workspace needs one.")
    for kind in KINDS:
        for record in records[kind.table].values():
            for column, table in kind.links.items():
                target = getattr(record, column)
                if target is not None and target not in records[table]:
                    raise UnreadableFileError(
                        f"{name}, {kind.table}, id {record.id}: its {column} is {target}, and there is none in {table}."
                    )


def require_empty(state: State, name: str) -> None:
    """Raise :class:`StoreError` where a workspace has anything in it that was not there when it was made."""
    own = {WorkspaceInfo.table, *(kind.table for kind in _FRESH)}
    for table, rows in state.tables.items():
        if rows and (table not in own or (table == Quarter.table and len(rows) > 1)):
            raise StoreError(
                f"{name} is a whole workspace, and this one has {table} in it already. Nothing was changed. "
                f"Make a workspace of its own from it: makeroom --db NEW.db import {name}"
            )


def fill_empty(whole: Whole, state: State) -> Command:
    """The command by which an empty workspace holds what was exported.

    Rows keep their order, and their ids where those of the export have no gaps. Raises StoreError as
    :func:`require_empty`.
    """
    require_empty(state, whole.name)
    # Never a number that the fresh rows have, where they are not in a file yet.
    fresh = count(-1_000_000, -1)
    ids: dict[tuple[str, int], tuple[int, int]] = {}
    removes: list[Record] = []
    for kind in KINDS:
        here = _in_order(state.tables[kind.table].values())
        given = sorted(whole.records[kind.table])
        if not _in_place(kind, here, [whole.records[kind.table][number] for number in given]):
            removes += here
            here = []
        removes += here[len(given) :]
        for at, number in enumerate(given):
            old = here[at] if at < len(here) else None
            ids[kind.table, number] = (old.id, old.rev) if old else (next(fresh), 0)
    puts = []
    for kind in KINDS:
        for number in sorted(whole.records[kind.table]):
            record = whole.records[kind.table][number]
            update: dict[str, int] = dict(zip(("id", "rev"), ids[kind.table, number], strict=True))
            for column, table in kind.links.items():
                if (target := getattr(record, column)) is not None:
                    update[column] = ids[table, target][0]
            puts.append(record.model_copy(update=update))
    return Command("import", f"import {whole.name}: the whole workspace", tuple(puts), tuple(removes))


def _in_order(records: Iterable[Record]) -> list[Record]:
    """As the store has numbered them, or will: new ones count down."""
    return sorted(records, key=lambda record: abs(record.id))


def _in_place(kind: type[Record], here: list[Record], given: list[Record]) -> bool:
    """Whether rows may take the places of those that are here: not where letters, of which each is there once, would
    for a moment be there twice."""
    if kind not in (Slice, Shirt):
        return True
    return all(one.letter == other.letter for one, other in zip(here, given, strict=False))  # type: ignore[attr-defined]
