"""Azure DevOps' CSV export of a query. A tree query has no parent column: the titles stand in Title 1, Title 2 and
so on, and the parent of a row is the last one before it that stands one column further left."""

from __future__ import annotations

import re
from dataclasses import replace

from store.imports.columns import Dialect, simplified
from store.imports.formats.format import Tabular
from store.imports.table import Row, Table

_LEVEL = re.compile(r"title (\d{1,2})")
_PERSON = re.compile(r"(?<!\s)\s*<[^<>]*>\s*$")


def _finish(table: Table) -> Table:
    """One title column and a parent column in place of a tree's columns; people without their addresses."""
    names = [simplified(name) for name in table.header]
    people = [at for at, name in enumerate(names) if name == "assigned to"]
    levels = [at for at, name in enumerate(names) if _LEVEL.fullmatch(name)]
    tree = bool(levels) and "title" not in names
    keys = names.index("id") if "id" in names else None
    rows = []
    above: list[str] = []
    for row in table.rows:
        cells = list(row.cells)
        for at in people:
            if at < len(cells):
                cells[at] = _PERSON.sub("", cells[at])
        if tree and len(cells) <= len(table.header):
            cells += [""] * (len(table.header) - len(cells))
            depth = next((number for number, at in enumerate(levels) if cells[at].strip()), len(levels))
            title = cells[levels[depth]] if depth < len(levels) else ""
            parents = [key for key in above[:depth] if key]
            # Rows that are not saved yet have no number: those below name them by their title.
            key = cells[keys].strip() if keys is not None else ""
            above = [*above[:depth], *[""] * (depth - len(above)), key or title.strip()]
            cells += [title, parents[-1] if parents else ""]
        rows.append(Row(row.line, tuple(cells)))
    header = (*table.header, "Title", "Parent") if tree else table.header
    return replace(table, header=header, rows=tuple(rows))


FORMAT = Tabular(
    Dialect(
        "azure",
        "an Azure DevOps export",
        {
            "title": ("title",),
            "key": ("id",),
            "type": ("work item type",),
            # In the Agile and Scrum processes, Effort and Story Points count the same; in CMMI it is called Size.
            "points": ("story points", "effort", "size"),
            "hours": ("original estimate", "remaining work"),
            "component": ("area path",),
            "due": ("due date", "target date"),
        },
    ),
    needs=(frozenset({"id"}), frozenset({"work item type"})),
    tells=frozenset({"assigned to", "tags", "area path", "iteration path", "state", "title", "title 1"}),
    finish=_finish,
)
