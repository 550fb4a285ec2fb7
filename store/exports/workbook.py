"""Tables as an Excel workbook: text as text, numbers as numbers, days as days; no formula, no link, no macro."""

from __future__ import annotations

import io
import math
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
    "times": "0.0",
}
#: Steps in one of what is shown cut, not rounded, wherever it is read: 9.98% of a ceiling is not 10%.
_CUT: dict[Kind, int] = {"share": 1_000, "times": 10}
#: Characters of a line that a page takes; longer ones are broken.
_LONG = 20
#: UTF-16 units that a cell of Excel holds.
LONGEST = 32_767
#: Days before this one have no number in Excel.
_FIRST_DAY = date(1900, 3, 1)


def workbook_bytes(sheets: Sequence[Sheet], watch: Watch = NOBODY, note: str = "") -> bytes:
    """The workbook's file, a sheet a table: a line that says what it counts, and ``note``, then its heads, fixed.

    Printed, each is one page wide. Raises :class:`~store.database.watch.StoppedError`.
    """
    # Only those who write a workbook pay for this import.
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    # Otherwise no two exports of the same plan would be the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    head = book.add_format({"bold": True, "bottom": 1})
    about = book.add_format({"italic": True})
    shown: dict[Kind, Any] = {
        kind: book.add_format({"num_format": text, "valign": "top"}) for kind, text in _SHOWN.items()
    }
    plain, broken = book.add_format({"valign": "top"}), book.add_format({"valign": "top", "text_wrap": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.write_string(0, 0, _fitting(" ".join(filter(None, (f"{sheet.title}.", sheet.about, note)))), about)
        page.freeze_panes(2, 0)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(1)
        page.set_footer("&L&A&RPage &P of &N")
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
            page.write_string(1, at, f"{column.name} (UTC)" if column.kind == "time" else column.name, head)
        for number, row in enumerate(watch.over(f"writing {sheet.name}", sheet.rows, len(sheet.rows)), 2):
            for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
                if isinstance(cell, str):
                    usual = broken if column.width >= _LONG else plain
                else:
                    usual = shown.get(column.kind if not isinstance(cell, date) else _kind_of(cell), plain)
                _write(page, number, at, _cut(cell, column.kind), usual)
        if sheet.rows:
            page.autofilter(1, 0, len(sheet.rows) + 1, len(sheet.columns) - 1)
    watch.look("packing the workbook", 0)
    book.close()
    # Whoever stopped it meanwhile gets nothing.
    watch.look("packing the workbook", 0)
    return target.getvalue()


def _kind_of(cell: date) -> Kind:
    return "time" if isinstance(cell, datetime) else "date"


def _cut(cell: Cell, kind: Kind) -> Cell:
    """The value as it is shown, where that is cut: to what a float is off, 0.1 is 0.1."""
    if kind not in _CUT or not isinstance(cell, float) or not math.isfinite(cell):
        return cell
    return math.floor(round(cell * _CUT[kind], 6)) / _CUT[kind]


def _write(page: Worksheet, row: int, at: int, cell: Cell, shown: Any) -> None:
    match cell:
        case None | "":
            return
        case bool():
            page.write_string(row, at, plain_cell(cell))
        case str():
            page.write_string(row, at, _fitting(defused(cell)), shown)
        case datetime() if cell.date() >= _FIRST_DAY:
            # Excel knows no zones: the head of the column names the one that it is.
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
