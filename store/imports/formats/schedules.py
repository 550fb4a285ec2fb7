"""Microsoft Project's table of tasks: what a summary adds up is no work of its own."""

from __future__ import annotations

from dataclasses import replace

from store.imports.columns import simplified
from store.imports.finished_words import YES
from store.imports.plain_words import without_accents
from store.imports.table import Row, Table

#: what says where a task stands in the outline, and so what it adds up
_OUTLINE = frozenset({"outline level", "wbs", "outline number", "parent", "parent task"})
_SUMMARY = "Summary task"


def with_summaries(table: Table) -> Table:
    """The table with a type for the rows that it calls summaries, where no outline says what they hold together."""
    names = [simplified(name) for name in table.header]
    if "summary" not in names or not _OUTLINE.isdisjoint(names):
        return table
    at, width = names.index("summary"), len(names)
    rows = [
        Row(row.line, (*row.cells, *[""] * (width - len(row.cells)), _SUMMARY if _is_yes(row, at) else ""))
        if len(row.cells) <= width
        else row
        for row in table.rows
    ]
    return replace(table, header=(*table.header, "Task type"), rows=tuple(rows))


def _is_yes(row: Row, at: int) -> bool:
    return at < len(row.cells) and without_accents(row.cells[at]).strip() in YES
