"""Tables as an Excel workbook: text as text, numbers as numbers, days as days; no formula, no link, no macro."""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from store.common.sheets import Cell, Column, Kind, Sheet
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
#: The height of a line in points, and the most that Excel gives a row.
_LINE, _HIGHEST = 15, 409
#: UTF-16 units that a cell of Excel holds.
LONGEST = 32_767
#: Days before this one have no number in Excel.
_FIRST_DAY = date(1900, 3, 1)


def workbook_bytes(sheets: Sequence[Sheet], watch: Watch = NOBODY, note: str = "") -> bytes:
    """The workbook's file, a sheet a table: a line that says what it counts, and ``note``, then its heads, fixed.

    Printed, each is one page wide, as far as the columns reach that pages show; those after them stay on screen.
    Raises :class:`~store.database.watch.StoppedError`.
    """
    # Only those who write a workbook pay for this import.
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    # Otherwise no two exports of the same plan would be the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    about = book.add_format({"italic": True, "valign": "top", "text_wrap": True})
    shown: dict[Kind, Any] = {
        kind: book.add_format({"num_format": text, "valign": "top"}) for kind, text in _SHOWN.items()
    }
    plain, broken = book.add_format({"valign": "top"}), book.add_format({"valign": "top", "text_wrap": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(2, 0)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(1)
        page.set_footer("&L&A&RPage &P of &N")
        names = [f"{column.name} (UTC)" if column.kind == "time" else column.name for column in sheet.columns]
        widths = [
            _width(column, name, [row[at] for row in sheet.rows])
            for at, (column, name) in enumerate(zip(sheet.columns, names, strict=True))
        ]
        for at, (name, width) in enumerate(zip(names, widths, strict=True)):
            page.set_column(at, at, width)
            page.write_string(1, at, name, head)
        page.set_row(1, _height(names, widths))
        last = max((at for at, column in enumerate(sheet.columns) if column.brief), default=len(sheet.columns) - 1)
        says = _fitting(" ".join(filter(None, (f"{sheet.title}.", sheet.about, note))))
        if last:
            page.merge_range(0, 0, 0, last, "", about)
        page.write_string(0, 0, says, about)
        page.set_row(0, _height([says], [sum(widths[: last + 1])]))
        page.print_area(0, 0, len(sheet.rows) + 1, last)
        for number, row in enumerate(watch.over(f"writing {sheet.name}", sheet.rows, len(sheet.rows)), 2):
            for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
                kind = _kind_of(cell) if isinstance(cell, date) else column.kind
                usual = broken if isinstance(cell, str) else shown.get(kind, plain)
                _write(page, number, at, _cut(cell, column.kind), usual)
            # Not every program that opens it finds out by itself how high a row is whose text is broken.
            page.set_row(number, _height(row, widths))
        if sheet.rows:
            page.autofilter(1, 0, len(sheet.rows) + 1, len(sheet.columns) - 1)
    watch.look("packing the workbook", 0)
    book.close()
    # Whoever stopped it meanwhile gets nothing.
    watch.look("packing the workbook", 0)
    return target.getvalue()


def _width(column: Column, name: str, cells: Sequence[Cell]) -> int:
    """As wide as what stands in it, and no wider than it is meant to be; its name may be broken between words."""
    least = max(map(len, name.split())) + 2
    filled = [cell for cell in cells if cell is not None and cell is not False and cell != ""]
    needed = max((len(cell) + 2 if isinstance(cell, str) else column.width for cell in filled), default=0)
    return max(least, min(column.width, needed))


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Of a row, in points: as many lines as its longest text is broken into."""
    lines = max(
        (
            sum(len(textwrap.wrap(line, max(1, round(1.1 * width)))) or 1 for line in cell.splitlines())
            for cell, width in zip(cells, widths, strict=True)
            if isinstance(cell, str) and cell
        ),
        default=1,
    )
    return min(_HIGHEST, _LINE * lines)


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
