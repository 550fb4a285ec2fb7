"""makeroom's own exports: the plan as CSV or a sheet, and the whole workspace as JSON, which is no table.

What is in the table and here already stays as it is here: the file says what this workspace said once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from store.exports.cells import as_it_was
from store.imports.columns import Dialect
from store.imports.errors import UnreadableFileError
from store.imports.formats.format import Source, Tabular
from store.imports.table import Row, Table
from store.imports.whole import looks_whole


def _finish(table: Table) -> Table:
    """The cells as they were before they were made harmless for spreadsheets."""
    return replace(table, rows=tuple(Row(row.line, tuple(map(as_it_was, row.cells))) for row in table.rows))


@dataclass(frozen=True)
class Makeroom(Tabular):
    """The plan's table by its columns; the JSON by its first lines."""

    def recognise(self, source: Source) -> float:
        """How sure it is of a file."""
        if source.kind == "json":
            return 1.0 if looks_whole(source.data) else 0.0
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
    Dialect("makeroom", "makeroom's own table of the plan", own=True),
    needs=(
        frozenset({"title"}),
        frozenset({"likely ew"}),
        frozenset({"if cut points"}),
        frozenset({"waiting customers"}),
    ),
    finish=_finish,
)
