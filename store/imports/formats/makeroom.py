"""makeroom's own exports: the plan as CSV or a sheet, and the whole workspace as JSON, which is no table.

What is in the table and here already stays as it is here: the file says what this workspace said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from store.exports.cells import as_it_was
from store.imports.columns import ColumnMap, Dialect
from store.imports.errors import UnreadableFileError
from store.imports.estimates import Estimate, EstimateError, Rates, parse_estimate
from store.imports.formats.format import Source, Tabular
from store.imports.table import Row, Table
from store.imports.whole import looks_whole

_SIZES = "sizes"
#: rows that are looked at for what a column holds
_LOOKED_AT = 200
#: what the words of "sizes" stand for where a table has no columns of its own for it
_OF_SIZES = ("team", "low (ew)", "likely (ew)", "high (ew)")


def _finish(table: Table) -> Table:
    """The cells as they were before they were made harmless for spreadsheets; a table that has no columns for team and
    range, with those that its words for sizes stand for."""
    table = replace(table, rows=tuple(Row(row.line, tuple(map(as_it_was, row.cells))) for row in table.rows))
    if "team" in table.header or _SIZES not in table.header:
        return table
    at, width = table.header.index(_SIZES), len(table.header)
    lacking = [name for name in _OF_SIZES if name not in table.header]

    def more(row: Row) -> Iterator[str]:
        parts = _parts(row.cells[at] if at < len(row.cells) else "")
        said: dict[str, str] = {}
        if len(parts) == 1:
            team, size = parts[0]
            ends = size.split("-")
            said = dict(zip(_OF_SIZES, (team, *ends) if len(ends) == 3 else (team, "", size), strict=False))
        return (said.get(name, "") for name in lacking)

    rows = (Row(row.line, (*row.cells, *[""] * (width - len(row.cells)), *more(row))) for row in table.rows)
    return replace(table, header=(*table.header, *lacking), rows=tuple(rows))


def _parts(cell: str) -> list[tuple[str, str]]:
    """The teams of a cell such as ``Pay 2; Core 1-2-3``, with what each takes."""
    found = (part.strip().rpartition(" ") for part in cell.split(";"))
    return [(team, size) for team, _, size in found if team]


def sizes_by_team(columns: ColumnMap, row: Row, rates: Rates) -> list[tuple[str, Estimate]]:
    """What each team has in a row of makeroom's own table; nothing in other files."""
    if not columns.dialect.own or _SIZES not in columns.header:
        return []
    at = columns.header.index(_SIZES)
    found = []
    for team, size in _parts(row.cells[at] if at < len(row.cells) else ""):
        try:
            estimate = parse_estimate(size, "weeks", rates)
        except EstimateError:
            return []
        if estimate is not None:
            found.append((team, estimate))
    return found


def _says_sizes(table: Table) -> bool:
    """Whether the cells for sizes say what teams have, as makeroom's own do, as far as they say anything."""
    at = table.header.index(_SIZES)
    cells = [row.cells[at] for row in table.rows[:_LOOKED_AT] if at < len(row.cells) and row.cells[at].strip()]
    return all(_parts(cell) for cell in cells)


@dataclass(frozen=True)
class Makeroom(Tabular):
    """The plan's table by its columns; the JSON by its first lines."""

    def recognise(self, source: Source) -> float:
        """How sure it is of a file."""
        if source.kind == "json":
            return 1.0 if looks_whole(source.data) else 0.0
        if {"title", "slice", _SIZES} <= set(source.table.header) and _says_sizes(source.table):
            return 1.0
        return super().recognise(source)

    def read(self, source: Source) -> Table:
        """The plan's table. Raises UnreadableFileError with a sentence, for a whole workspace, too."""
        if source.kind == "json" and looks_whole(source.data):
            raise UnreadableFileError(
                f"{source.name} is a whole workspace, no backlog. Make a workspace of its own from it: "
                f"makeroom --db NEW.db import {source.name}"
            )
        return super().read(source)


FORMAT = Makeroom(
    Dialect("makeroom", "makeroom's own table of the plan", {"customer": ("waiting customers",)}, own=True),
    needs=(
        frozenset({"title"}),
        frozenset({"likely ew"}),
        frozenset({"if cut points"}),
        frozenset({"waiting customers"}),
    ),
    finish=_finish,
)
