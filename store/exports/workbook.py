"""Tables as an Excel workbook: text as text, numbers as numbers, days as days; no formula, no link, no macro."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from store.common.sheets import Cell, Kind, Sheet
from store.database.watch import NOBODY, Watch
from store.exports.cells import defused, in_utc, plain_cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: How Excel shows each kind; the value in the cell keeps all its digits.
_SHOWN: dict[Kind, str] = {
    "ew": "0.0##",
    "odds": "0%",
    "share": "0.0%",
    "points": "0",
    "money": "#,##0.00",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
}
#: UTF-16 units that a cell of Excel holds.
LONGEST = 32_767
#: Days before this one have no number in Excel.
_FIRST_DAY = date(1900, 3, 1)


def workbook_bytes(sheets: Sequence[Sheet], watch: Watch = NOBODY) -> bytes:
    """The workbook's file, a sheet a table, its heading fixed. Raises :class:`~store.database.watch.StoppedError`."""
    # Only those who write a workbook pay for this import.
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    # Otherwise no two exports of the same plan would be the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    head = book.add_format({"bold": True, "bottom": 1})
    shown: dict[Kind, Any] = {kind: book.add_format({"num_format": text}) for kind, text in _SHOWN.items()}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
            page.write_string(0, at, column.name, head)
        for number, row in enumerate(watch.over(f"writing {sheet.name}", sheet.rows, len(sheet.rows)), 1):
            for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
                _write(page, number, at, cell, shown.get(column.kind))
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    watch.look("packing the workbook", 0)
    book.close()
    # Whoever stopped it meanwhile gets nothing.
    watch.look("packing the workbook", 0)
    return target.getvalue()


def _write(page: Worksheet, row: int, at: int, cell: Cell, shown: Any) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_string(row, at, plain_cell(cell))
        case str():
            page.write_string(row, at, _fitting(defused(cell)))
        case datetime() if cell.date() >= _FIRST_DAY:
            # Excel knows no zones: the time as it was on the clock where it was written.
            page.write_datetime(row, at, in_utc(cell), shown)
        case date() if not isinstance(cell, datetime) and cell >= _FIRST_DAY:
            page.write_datetime(row, at, cell, shown)
        case int() | float():
            page.write_number(row, at, cell, shown)
        case _:
            page.write_string(row, at, plain_cell(cell))


def _fitting(text: str) -> str:
    """The text, cut with a mark where a cell does not hold all of it; letters beyond the first 65,536 count twice."""
    if 2 * len(text) <= LONGEST:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
