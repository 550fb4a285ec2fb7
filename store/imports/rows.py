"""What a row says besides its title and size: slice, team, owner, due date, value, priority, and the rest as a note.

And whether it is no work at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from store.common.text import clean
from store.imports.columns import ColumnMap, Field
from store.imports.estimates import BLANKS
from store.imports.markup import ERRORS, NOTHING, plain_text, somebody, unwrapped
from store.imports.notes import Notes
from store.imports.numbers import amount, number
from store.imports.plain_words import is_total, is_total_of, names_total
from store.records import RuleField

if TYPE_CHECKING:
    from store.imports.table import Row

#: how much of a description becomes the note; the rest stays with its source
MAX_NOTE = 2_000
MAX_OWNER = 200
MAX_VALUE = 1e12
#: types of work items that only say how others are tested or found
NO_WORK = frozenset({"test case", "test plan", "test suite", "shared steps", "shared parameter", "code review request",
                     "code review response", "feedback request", "feedback response", "section",
                     "summary task"})  # fmt: skip
#: what may stand behind a sum
_UNIT = re.compile(r"(?:%|(?<![^\W\d_])[^\W\d_]{1,10}\.?)$")
#: the address that Azure DevOps and mail programs write behind a name, and the share that a schedule does
_MAIL = re.compile(r"(?<=\S) <[^<>@\s]+@[^<>@\s]+>|(?<=\S)\[\d{1,4}%\]")
#: what no field of ours holds, and its name in the note
_NOTED: dict[Field, str] = {
    "type": "Type",
    "status": "Status",
    "label": "Labels",
    "component": "Components",
    "parent": "Parent",
}


class Details(NamedTuple):
    """A row's other cells, cleaned. ``kinds`` is what slice rules look at, ``slice`` what it says itself."""

    kinds: Mapping[RuleField, list[str]]
    slice: str
    teams: list[str]
    owner: str
    note: str
    value: float | None
    priority: str
    due: date | None
    customer_title: str = ""


@dataclass(frozen=True)
class _Said:
    """What many rows say alike; ``line`` is how the note ends."""

    kinds: Mapping[RuleField, list[str]]
    slice: str
    teams: list[str]
    owner: str
    priority: str
    line: str


class RowDetails:
    """Reads the details of rows; what cannot be read is left out and told to ``notes``."""

    def __init__(self, columns: ColumnMap, notes: Notes) -> None:
        self._columns = columns
        self._notes = notes
        self._said = columns.alike((*_NOTED, "slice", "team", "owner", "priority"), self._read)
        self._due, self._description = columns.reader("due"), columns.reader("note")
        self._told = columns.reader("customer_title")

    def of(self, row: Row) -> Details:
        """The details of a row."""
        columns, notes, cells = self._columns, self._notes, row.cells
        said = self._said.of(cells)
        value: float | None = None
        if "value" in columns.at and (cell := columns.cell(cells, "value")).casefold() not in BLANKS:
            value = _value(columns, cell, row.line, notes)
        due = notes.due(cell, row.line) if (cell := self._due(cells)) else None
        text = _description(cell) if (cell := self._description(cells)) else ""
        note = f"{text}\n\n{said.line}" if text and said.line else text or said.line
        told = _clipped(unwrapped(clean(cell)), MAX_OWNER) if (cell := self._told(cells)) else ""
        return Details(said.kinds, said.slice, said.teams, said.owner, note, value, said.priority, due, told)

    def _read(self, row: Sequence[str]) -> _Said:
        columns = self._columns
        said = {field: cleaned(columns, row, field) for field in _NOTED}
        return _Said(
            {"type": said["type"], "label": labels_apart(said["label"]), "component": labels_apart(said["component"])},
            clean(columns.cell(row, "slice")),
            [name for name in cleaned(columns, row, "team") if somebody(name)],
            _clipped(somebody(_MAIL.sub("", unwrapped(clean(columns.cell(row, "owner"))))), MAX_OWNER),
            _clipped(unwrapped(clean(columns.cell(row, "priority"))), MAX_OWNER),
            " · ".join(
                f"{_NOTED[field]} {_clipped(', '.join(dict.fromkeys(values)), MAX_OWNER)}"
                for field, values in said.items()
                # Where an item stood in another workspace is no word on it.
                if values and not columns.dialect.own
            ),
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


def no_work(columns: ColumnMap, row: Sequence[str]) -> str:
    """Why a row is left whose type says that it is no work; empty for others."""
    kind = clean(columns.cell(row, "type"))
    return f"is a {kind}, which is not work to plan" if kind.casefold() in NO_WORK else ""


#: what rows are added up by
_GROUPS: tuple[Field, ...] = ("team", "type", "component", "label", "owner", "status", "customer", "parent")
#: how a line begins that stands below a table
_BELOW = re.compile(
    r"\*+ |©|(?:sources?|notes?|legend|exported|generated|printed|report|created by|as of|quelle|stand|hinweis|legende|"
    r"exportiert|erstellt)\b.{0,20}?[: ]|page \d|seite \d",
    re.IGNORECASE,
)


class NoItems:
    """Tells rows that have a title and are no items all the same: sums, lines below the table, errors of formulas."""

    def __init__(self, columns: ColumnMap, rows: Sequence[Row]) -> None:
        self._columns = columns
        #: from which row on nothing but one cell is filled, where rows before it have a key
        self._below = self._end(rows) if "key" in columns.at else len(rows)
        self._rows = rows
        self._groups: frozenset[str] | None = None
        self._added: frozenset[int] | None = None

    def _added_up(self) -> frozenset[int]:
        """Where each number of a row is the sum of its column in the rows before it, of which there are several; in one
        pass, as many rows may be called a total."""
        found, sums, rows = set(), defaultdict[int, float](float), 0
        for at, row in enumerate(self._rows):
            said = {place: value for place, cell in enumerate(row.cells) if (value := number(cell)) is not None}
            if rows > 1 and said and all(isclose(sums[place], value) for place, value in said.items()):
                found.add(at)
            if not is_total(clean(self._columns.cell(row.cells, "title"))):
                rows += 1
                for place, value in said.items():
                    sums[place] += value
        return frozenset(found)

    def _sums(self, at: int, title: str) -> bool:
        """Whether a title is that of a sum: of the table, or of a group that another row is in."""
        if is_total(title) or not names_total(title):
            return is_total(title)
        if self._added is None:
            self._added = self._added_up()
        if at in self._added:
            return True
        if self._groups is None:
            columns = self._columns
            self._groups = frozenset(
                cell for row in self._rows for field in _GROUPS for cell in columns.cells(row.cells, field)
            )
        return any(is_total_of(title, group) for group in self._groups)

    def _end(self, rows: Sequence[Row]) -> int:
        columns = self._columns
        if not any(columns.cell(row.cells, "key") for row in rows):
            return len(rows)

        def is_full(row: Row) -> bool:
            return bool(columns.cell(row.cells, "key")) or sum(bool(cell.strip()) for cell in row.cells) > 1

        if isinstance(rows, tuple):
            return next((at + 1 for at in range(len(rows) - 1, -1, -1) if is_full(rows[at])), len(rows))
        # These are read anew whenever they are looked through, from the beginning alone.
        return max((at + 1 for at, row in enumerate(rows) if is_full(row)), default=len(rows))

    def reason(self, at: int, row: Row, title: str, key: str) -> str:
        """Why the row at a place is none; empty where it may be one."""
        if title.startswith("#") and title.casefold() in ERRORS:
            return f"has no title: {title} is what a formula shows that has no value"
        if key:
            return ""
        if at >= self._below and _BELOW.match(title):
            return "stands below the table, and looks like a note on it"
        sums = self._sums(at, title) and only_numbers(self._columns, row)
        return "looks like a row of totals, and no item" if sums else ""


def only_numbers(columns: ColumnMap, row: Row) -> bool:
    """Whether a row has nothing but numbers beside its title."""
    title = columns.cell(row.cells, "title")
    others = (cell.strip() for cell in row.cells if cell.strip() and cell.strip() != title)
    return all(number(_UNIT.sub("", cell)) is not None for cell in others)


def cleaned(columns: ColumnMap, row: Sequence[str], field: Field) -> list[str]:
    """What a row says in a field, a text a filled cell."""
    return [text for cell in columns.cells(row, field) if (text := unwrapped(clean(plain_text(cell))))]


def labels_apart(cells: list[str]) -> list[str]:
    """Labels in one cell, apart: plain files write ``web, billing`` where Jira repeats the column."""
    values = list(cells)
    for cell in cells:
        for separator in (",", ";", "|"):
            if separator in cell:
                values += [part.strip() for part in cell.split(separator) if part.strip()]
    return list(dict.fromkeys(values))


def _description(cell: str) -> str:
    """What a description says, as plain text; nothing where it is a word for nothing."""
    # No word for nothing is long, and most descriptions are.
    return (
        ""
        if len(cell) < 20 and cell.casefold() in NOTHING
        else _clipped(clean(plain_text(cell), multiline=True), MAX_NOTE)
    )


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
