"""Subitems of a Monday board: rows with a header of their own, one column further right, below the item they are of."""

from __future__ import annotations

from dataclasses import replace

from store.imports.columns import simplified
from store.imports.table import Row, Table

_HEADER = "subitems"


def with_subitems(table: Table) -> Table:
    """The table with each subitem in the columns of the items, and its item as its parent; as it is without any.

    Their headers become the header of the table, so that they are known for what they are.
    """
    if not any(_is_header(row) for row in table.rows):
        return table
    names = [simplified(name) for name in table.header]
    header = list(table.header)
    for row in filter(_is_header, table.rows):
        for name in row.cells[1:]:
            if name.strip() and simplified(name) not in names:
                names.append(simplified(name))
                header.append(name.strip())
    width = len(header)
    key = next((at for at, name in enumerate(names) if name.startswith("item id")), 0)
    rows: list[Row] = []
    below: list[str] = []
    item = ""
    for row in table.rows:
        cells = row.cells
        if _is_header(row) or cells[: len(table.header)] == table.header:
            below = [simplified(name) for name in cells[1:]] if _is_header(row) else []
            rows.append(Row(row.line, (*header, "Parent")))
        elif below and not cells[0].strip():
            own = dict(zip(below, cells[1:], strict=False))
            rows.append(Row(row.line, (*(own.get(name, "") for name in names), item)))
        else:
            below = []
            item = cells[key].strip() if key < len(cells) else ""
            item = item or cells[0].strip()
            # A row with too many cells is refused for that.
            full = len(cells) <= len(table.header)
            rows.append(Row(row.line, (*cells, *[""] * (width + 1 - len(cells))) if full else cells))
    note = "Rows below a header of subitems are taken as parts of the item above it."
    return replace(table, header=(*header, "Parent"), rows=tuple(rows), notes=(*table.notes, note))


def _is_header(row: Row) -> bool:
    return len(row.cells) > 1 and row.cells[0].strip().casefold() == _HEADER and bool(row.cells[1].strip())
