"""makeroom's own JSON: all that a workspace holds now, a row a line, to be read into an empty one; and single tables.

The shape is published as ``docs/export-schema.json``. A file of a later version than :data:`VERSION` is not read.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import groupby

from store.common.sheets import Cell, Sheet
from store.database.watch import NOBODY, Watch
from store.exports.content import hash_of_rows, numbered_rows
from store.records import State

FORMAT = "makeroom"
VERSION = 1

_as_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def own_json(state: State, at: datetime, watch: Watch = NOBODY) -> str:
    """The whole content of a workspace. Raises :class:`~store.database.watch.StoppedError`."""
    total = sum(map(len, state.tables.values()))
    rows = list(watch.over("reading", numbered_rows(state), total))
    tables = []
    for table, group in groupby(watch.over("writing", rows, total), key=lambda each: each[0].table):
        lines = ",\n".join(_as_json(row) for _, row in group)
        tables.append(f"{_as_json(table)}: [\n{lines}\n]")
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported": at.isoformat(timespec="seconds"),
        "hash": hash_of_rows(iter(rows)),
    }
    names = "".join(f"{_as_json(name)}: {_as_json(value)},\n" for name, value in head.items())
    return f'{{\n{names}"tables": {{\n' + ",\n".join(tables) + "\n}\n}\n"


def sheet_json(sheet: Sheet, workspace: str, quarter: str, at: datetime, watch: Watch = NOBODY) -> str:
    """One table: an object a row, under the names of its columns; what is empty is null."""
    names = [column.name for column in sheet.columns]
    rows = ",\n".join(
        _as_json({name: _value(cell) for name, cell in zip(names, row, strict=True)})
        for row in watch.over("writing", sheet.rows, len(sheet.rows))
    )
    head = {
        "format": f"{FORMAT}-{sheet.name}",
        "version": VERSION,
        "exported": at.isoformat(timespec="seconds"),
        "workspace": workspace,
        "quarter": quarter,
    }
    lines = "".join(f"{_as_json(name)}: {_as_json(value)},\n" for name, value in head.items())
    return f'{{\n{lines}"rows": [\n{rows}\n]\n}}\n'


def _value(cell: Cell) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell
