"""What a row says besides its title and size: slice, team, owner, due date, value, priority, and the rest as a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from store.common.text import clean
from store.imports.columns import ColumnMap, Field
from store.imports.estimates import BLANKS
from store.imports.markup import NOTHING, plain_text, unwrapped
from store.imports.notes import Notes
from store.imports.numbers import amount
from store.records import RuleField

if TYPE_CHECKING:
    from store.imports.table import Row

#: how much of a description becomes the note; the rest stays with its source
MAX_NOTE = 2_000
MAX_OWNER = 200
MAX_VALUE = 1e12
#: what no field of ours holds, and its name in the note
_NOTED: dict[Field, str] = {
    "type": "Type",
    "status": "Status",
    "label": "Labels",
    "component": "Components",
    "parent": "Parent",
}


@dataclass(frozen=True)
class Details:
    """A row's other cells, cleaned. ``kinds`` is what slice rules look at."""

    kinds: dict[RuleField, list[str]]
    teams: list[str]
    owner: str
    note: str
    value: float | None
    priority: str
    due: date | None


def read_details(columns: ColumnMap, row: Row, notes: Notes | None) -> Details:
    """The details of a row; what cannot be read is left out and told to ``notes``."""
    said = {field: _cleaned(columns, row, field) for field in _NOTED}
    kinds: dict[RuleField, list[str]] = {
        "type": said["type"],
        "label": _split(said["label"]),
        "component": _split(said["component"]),
    }
    due: date | None = None
    value: float | None = None
    if notes is not None:
        due = notes.due(columns.cell(row.cells, "due"), row.line)
        if (cell := columns.cell(row.cells, "value")).casefold() not in BLANKS:
            value = _value(columns, cell, row.line, notes)
    return Details(
        kinds,
        _cleaned(columns, row, "team"),
        _clipped(unwrapped(clean(columns.cell(row.cells, "owner"))), MAX_OWNER),
        _note(columns, row, said),
        value,
        _clipped(unwrapped(clean(columns.cell(row.cells, "priority"))), MAX_OWNER),
        due,
    )


def _value(columns: ColumnMap, cell: str, line: int, notes: Notes) -> float | None:
    """The value in a cell; what is no number, or in another currency than the rows before it, is noted."""
    found = amount(cell, decimal_comma=columns.has_comma(columns.at["value"][0]))
    if found is None or not abs(found[0]) <= MAX_VALUE:
        notes.values.append(line)
        return None
    if found[1] and (notes.currency or found[1]) != found[1]:
        notes.other_currencies.append(line)
        return None
    notes.currency = notes.currency or found[1]
    return found[0]


def _cleaned(columns: ColumnMap, row: Row, field: Field) -> list[str]:
    return [text for cell in columns.cells(row.cells, field) if (text := unwrapped(clean(cell)))]


def _split(cells: list[str]) -> list[str]:
    """Labels in one cell, apart: plain files write ``web, billing`` where Jira repeats the column."""
    values = list(cells)
    for cell in cells:
        for separator in (",", ";", "|"):
            if separator in cell:
                values += [part.strip() for part in cell.split(separator) if part.strip()]
    return list(dict.fromkeys(values))


def _note(columns: ColumnMap, row: Row, said: dict[Field, list[str]]) -> str:
    """The description, then a line of what else the source says and no field of ours holds."""
    text = _clipped(clean(plain_text(_nothing(columns.cell(row.cells, "note"))), multiline=True), MAX_NOTE)
    line = " · ".join(
        f"{_NOTED[field]} {_clipped(', '.join(values), MAX_OWNER)}" for field, values in said.items() if values
    )
    return "\n\n".join(part for part in (text, line) if part)


def _nothing(text: str) -> str:
    return "" if text.casefold() in NOTHING else text


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
