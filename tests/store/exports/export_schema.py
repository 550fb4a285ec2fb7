"""The JSON Schema of makeroom's own JSON, made from the records themselves, which ``docs/export-schema.json`` is; and
the hash of a content.
"""

from __future__ import annotations

from typing import Any

from store.common.sheets import Sheet
from store.exports.content import KINDS, hash_of_rows, numbered_rows
from store.exports.own_json import FORMAT, VERSION
from store.records import State

_MOMENT = {"type": "string", "format": "date-time"}


def hash_of_content(state: State) -> str:
    """The hash of what a workspace holds; the same for two that hold the same."""
    return hash_of_rows(numbered_rows(state))


def export_schema(sheets: tuple[Sheet, ...]) -> dict[str, Any]:
    """The schema: a whole workspace, or one of these tables."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What makeroom exports as JSON",
        "description": "A whole workspace, to be imported into an empty one, or a table of it for other programs.",
        "oneOf": [_workspace(), *map(_table, sheets)],
    }


def _workspace() -> dict[str, Any]:
    tables = {kind.table: {"type": "array", "items": _row(kind.model_json_schema())} for kind in KINDS}
    return _object(
        {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "exported": _MOMENT,
            "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "tables": {
                "type": "object",
                "properties": tables,
                "required": ["workspace", "quarters"],
                "additionalProperties": False,
            },
        },
        "A workspace: a list of rows a table. Ids count from 1 in each table; what ends in _id points to one.",
    )


def _row(schema: dict[str, Any]) -> dict[str, Any]:
    del schema["properties"]["rev"]
    for column in schema["properties"].values():
        column.pop("title", None)
    schema.pop("title", None)
    schema.pop("description", None)
    return schema


def _table(sheet: Sheet) -> dict[str, Any]:
    kinds = {
        "text": {"type": ["string", "null"]},
        "yes": {"type": ["boolean", "null"]},
        "date": {"type": ["string", "null"], "format": "date"},
        "time": {"type": ["string", "null"], "format": "date-time"},
    }
    rows = {column.name: kinds.get(column.kind, {"type": ["number", "null"]}) for column in sheet.columns}
    return _object(
        {
            "format": {"const": f"{FORMAT}-{sheet.name}"},
            "version": {"const": VERSION},
            "exported": _MOMENT,
            "workspace": {"type": "string"},
            "quarter": {"type": "string"},
            "rows": {"type": "array", "items": _object(rows)},
        },
        sheet.title,
    )


def _object(properties: dict[str, Any], description: str = "") -> dict[str, Any]:
    said = {"description": description} if description else {}
    return {
        **said,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
