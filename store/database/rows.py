"""Between records and rows: what a record may hold is checked and cleaned here, whichever way it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import is_
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from store.common.errors import StoreError
from store.common.text import clean
from store.database.connection import Connection
from store.records import Item, Progress, Record, RecordError

#: Columns of more than one line; all other text is one line.
MULTILINE = frozenset(
    {"note", "problem", "because", "reason", "solution", "alternatives", "conditions", "dissent"}
    | {"evidence_rules", "also"}
)
_WORDS = {
    "workspace": "workspace",
    "slice_rules": "slice rule",
    "capacities": "capacity",
    "actuals": "finished item",
    "progress": "progress",
    "delivered": "capacity that there was",
    "dependencies": "dependency",
    "version_sizes": "size of a first version",
    "versions": "first version",
    "value_parts": "value",
    "valuing": "way of valuing",
    "people": "person",
    "team_times": "team's time",
    "hidden_costs": "hidden cost",
    "deal_ends": "end of a deal",
    "ways_out": "way out",
    "decision_details": "decision's detail",
    "decision_options": "option of a decision",
    "signed_terms": "signed exception",
    "purse_picks": "pick of the purse",
}
#: values that are looked for in one statement
VALUES_AT_ONCE = 900


@cache
def text_and_floats(record: type[Record]) -> tuple[tuple[tuple[str, bool], ...], tuple[str, ...]]:
    """The columns of free text, each with whether it has more than one line, and those of floats; all may be
    optional."""
    found: dict[object, list[str]] = {str: [], float: []}
    for name, written in record.columns().items():
        for part in _alternatives(written):
            if part in found:
                found[part].append(name)
    return tuple((name, name in MULTILINE) for name in found[str]), tuple(found[float])


def _alternatives(annotation: Any) -> list[Any]:
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return [get_args(part)[0] if get_origin(part) is Annotated else part for part in parts]


def tidy(record: Record) -> Record:
    """The record with its text cleaned, validated again: a copy with changes (``model_copy``) was not.

    Floats keep 15 digits, as many as the journal's JSON surely keeps, so that undo restores them exactly.
    Raises :class:`StoreError` with a sentence for what a record refuses.
    """
    kind, given = type(record), record.model_dump()
    texts, floats = text_and_floats(kind)
    values = dict(given)
    for name, multiline in texts:
        # Most texts are short and empty, and a call for each takes longer than all else that is looked at here.
        if (text := given.get(name)) and isinstance(text, str):
            values[name] = clean(text, multiline)
    for name in floats:
        if isinstance(number := given.get(name), float):
            values[name] = float(f"{number:.15g}")
    try:
        found = kind.model_validate(values)
    except RecordError as error:
        raise StoreError(refusal(record, error)) from error
    # Mostly nothing was to be tidied: ten thousands of records need not be there twice.
    same = found == record and all(map(is_, map(type, found), map(type, record)))
    return record if same else found


def refusal(record: Record, error: RecordError) -> str:
    """Why a record was refused, for people."""
    column = error.column or "it"
    word = kind_word(type(record))
    if error.cause == "string_too_short":
        return f"A {word} needs a {column}: what was given has no visible character. Nothing was changed."
    return f"The {column} of {name_of(type(record), record.model_dump())} is refused: {error.why}. Nothing was changed."


def to_row(record: Record) -> dict[str, Any]:
    """The record's columns as SQLite keeps them."""
    return record.model_dump(mode="json")


def current_rows(connection: Connection, table: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The rows of a table as they are now, by id."""
    return {row["id"]: row for row in rows_with(connection, table, "id", ids)}


def rows_with(connection: Connection, table: str, column: str, values: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The rows of a table, as they are now, that have one of these values in a column; read in portions."""
    wanted = list(values)
    for start in range(0, len(wanted), VALUES_AT_ONCE):
        part = wanted[start : start + VALUES_AT_ONCE]
        marks = ",".join("?" * len(part))
        cursor = connection.execute(f'SELECT * FROM "{table}" WHERE "{column}" IN ({marks})', part)  # noqa: S608
        columns = [description[0] for description in cursor.description]
        yield from (dict(zip(columns, row, strict=True)) for row in cursor.fetchall())


def defaults(connection: Connection, table: str) -> dict[str, Any]:
    """What SQLite puts into the columns of a table that have a default, or may be empty, where nothing is given."""
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    found = {
        name: "NULL" if default is None else default
        for _, name, _, required, default, key in columns
        if not key and (default is not None or not required)
    }
    if not found:
        return {}
    return dict(zip(found, connection.execute(f"SELECT {', '.join(found.values())}").fetchone(), strict=True))


def kind_word(kind: type[Record]) -> str:
    """What one record of a table is called."""
    return _WORDS.get(kind.table, kind.table.removesuffix("s"))


def named_in(items: Mapping[int, Item], record: Record) -> str:
    """How a sentence names a record: as :func:`name_of`; progress, which has no name of its own, by its item."""
    item = items.get(record.item_id) if isinstance(record, Progress) else None
    return f"{kind_word(Progress)} of “{item.title}”" if item else name_of(type(record), record.model_dump())


def name_of(kind: type[Record], values: Mapping[str, Any]) -> str:
    """How a sentence names a row: by its own title or name, else by its number."""
    own = next((values[key] for key in ("title", "name", "letter", "value") if values.get(key)), None)
    return f"{kind_word(kind)} “{own}”" if isinstance(own, str) else f"{kind_word(kind)} {values.get('id')}"
