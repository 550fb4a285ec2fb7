"""Figures that stand beside the sum of all that is below a row: ``8h · Σ 24h``, as OpenProject exports them."""

from __future__ import annotations

import re
from dataclasses import replace

from store.imports.table import Row, Table

#: a sum, and the figure of the row itself before it
_BOTH = re.compile(r"(?P<own>[^Σ]*?)(?: ·|·|^) ?Σ \d[\d.,]* ?[^\W\d_]{0,7}%?(?: \d+[^\W\d_]{1,7})*")


def with_own_figures(table: Table) -> Table:
    """The table without those sums: a row's own figure counts, and none where it has only a sum."""
    rows = (Row(row.line, tuple(map(_own, row.cells))) if any("Σ" in cell for cell in row.cells) else row
            for row in table.rows)  # fmt: skip
    return replace(table, rows=tuple(rows))


def _own(cell: str) -> str:
    found = _BOTH.fullmatch(cell.strip())
    return found["own"].strip() if found else cell
