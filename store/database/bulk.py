"""Many records of one kind: looked at, and made into rows, a column at a time, as one by one each takes its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import is_
from typing import Any

from store.common.text import clean
from store.database.rows import text_and_floats
from store.records import Record
from store.records.columns import columns_of, taken
from store.records.record import as_json

#: records of one kind from which on that is quicker
MANY = 50


def _columns(kind: type[Record], records: Sequence[Record]) -> dict[str, list[Any]]:
    return dict(zip(kind.places, map(list, zip(*records, strict=True)), strict=True))


def are_tidy(kind: type[Record], records: Sequence[Record]) -> bool:
    """Whether all records of a kind are plainly valid, and cleaned already; else ``tidy`` tells of each."""
    columns = _columns(kind, records)
    try:
        plain = all(_as_they_are(taken(each, columns[each.name]), columns[each.name]) for each in columns_of(kind)[0])
    except TypeError:
        # What cannot be told apart from others is no value of a column.
        return False
    texts, floats = text_and_floats(kind)
    return (
        plain
        and all(_are_clean([text for text in columns[name] if text], lines) for name, lines in texts)
        and all(float(f"{number:.15g}") == number for name in floats for number in set(columns[name]) - {None})
    )


def _as_they_are(found: Sequence[Any] | None, given: Sequence[Any]) -> bool:
    return found is given or (found is not None and all(map(is_, found, given)))


def _are_clean(texts: list[str], multiline: bool) -> bool:
    together = "".join(texts)
    if multiline:
        together = together.replace("\n", "").replace("\t", "")
    # What is hidden in a text is not printable, and what is left of blanks stands at its ends.
    if together.isprintable() and all(map(is_, map(str.strip, texts), texts)):
        return True
    return all(clean(text, multiline) == text for text in texts)


def as_columns(kind: type[Record], records: Sequence[Record]) -> dict[str, list[Any]]:
    """The columns of records that are tidy, as SQLite keeps them."""
    columns = _columns(kind, records)
    for name, values in columns.items():
        if any(issubclass(each, date) for each in set(map(type, values))):
            columns[name] = [as_json(value) for value in values]
    return columns
