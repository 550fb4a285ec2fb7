"""What a workspace holds now, apart from how it came about: the same rows whatever numbers the file gave them.

Left out are the journal, the revisions, and which other files belong to it (scenarios are workspaces of their own).

The content's hash is the SHA-256, in lower-case hex, of a line for each row, ended by one line feed, in UTF-8::

    ["table", {"id": 1, "column": value, ...}]

Tables stand in the order of ``store.records.RECORDS``, rows in that of their ids, numbered anew from 1 in each table;
columns in alphabetical order, without ``rev``. Each line is JSON without blanks, with every character outside ASCII
as a ``\\u`` escape. What points to another row has its new number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from store.records import RECORDS, Origin, Record, Scenario, State

#: The kinds of records that travel, parents before children.
KINDS: tuple[type[Record], ...] = tuple(kind for kind in RECORDS if kind not in (Scenario, Origin))
Row = dict[str, Any]

_as_json = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, sort_keys=True, allow_nan=False).encode


def numbered_rows(state: State) -> Iterator[tuple[type[Record], Row]]:
    """Every row of the content as JSON has it, parents first, numbered anew."""
    numbers = {kind.table: {own: at for at, own in enumerate(sorted(state.all(kind)), 1)} for kind in KINDS}
    for kind in KINDS:
        for record in state.each(kind):
            row = record.model_dump(mode="json", exclude={"rev"})
            row["id"] = numbers[kind.table][record.id]
            for column, table in kind.links.items():
                if row[column] is not None:
                    row[column] = numbers[table][row[column]]
            yield kind, row


def hash_of_rows(rows: Iterator[tuple[type[Record], Row]]) -> str:
    """The hash of rows as :func:`numbered_rows` gives them."""
    digest = hashlib.sha256()
    for kind, row in rows:
        digest.update(f"{_as_json([kind.table, row])}\n".encode())
    return digest.hexdigest()
