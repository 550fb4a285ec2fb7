"""A view of a GitHub project, exported as TSV (or CSV): items are known by the address of their issue."""

from __future__ import annotations

import re
from dataclasses import replace

from store.imports.columns import Dialect, simplified
from store.imports.formats.format import Source, Tabular
from store.imports.table import Row, Table

_ISSUE = re.compile(r"https?://[^/\s]+/([^/\s]+/[^/\s]+)/(?:issues|pull)/(\d{1,12})/?")


#: rows that are looked at for the address of an issue
_LOOKED_AT = 200


def key_in(address: str) -> str:
    """``owner/repository#12`` for the address of an issue; empty for anything else."""
    found = _ISSUE.fullmatch(address.strip())
    return f"{found[1]}#{found[2]}" if found else ""


def _finish(table: Table) -> Table:
    """The table with a key made of each address, and parents and links written in the same way."""
    names = [simplified(name) for name in table.header]
    at = names.index("url")
    links = [place for place, name in enumerate(names) if name in ("parent issue", "blocked by", "blocking")]
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        for place in links:
            if place < len(cells):
                parts = re.split(r"[,;\s]+", cells[place].strip())
                if parts and all(map(key_in, parts)):
                    cells[place] = ";".join(map(key_in, parts))
        if len(cells) <= len(table.header):
            cells += [""] * (len(table.header) - len(cells))
            cells.append(key_in(cells[at]))
        rows.append(Row(row.line, tuple(cells)))
    return replace(table, header=(*table.header, "Issue key"), rows=tuple(rows))


class _Project(Tabular):
    """A table with the addresses of issues: a title and any other address are no proof."""

    def recognise(self, source: Source) -> float:
        """How sure it is of a file."""
        sure = super().recognise(source)
        if not sure:
            return 0.0
        at = [simplified(name) for name in source.table.header].index("url")
        rows = source.table.rows[:_LOOKED_AT]
        addresses = [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at].strip()]
        return sure if not addresses or any(map(key_in, addresses)) else 0.0


FORMAT = _Project(
    Dialect(
        "github-project",
        "a GitHub project",
        {
            "title": ("title",),
            "key": ("issue key",),
            "component": ("repository",),
            "owner": ("assignees",),
            "due": ("target date", "due date", "end date"),
            "parent": ("parent issue",),
            "blocks": ("blocking",),
        },
    ),
    needs=(frozenset({"title"}), frozenset({"url"})),
    tells=frozenset({"assignees", "status", "linked pull requests", "sub issues progress", "repository", "milestone"}),
    finish=_finish,
)
