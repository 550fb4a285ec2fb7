"""A table as CSV: UTF-8, commas, quotes where they are needed, one line feed a row."""

from __future__ import annotations

import csv
import io

from store.common.sheets import Sheet
from store.database.watch import NOBODY, Watch
from store.exports.cells import plain_cell


def csv_text(sheet: Sheet, watch: Watch = NOBODY) -> str:
    """The text, the names of the columns first. Raises :class:`~store.database.watch.StoppedError`."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows(
        [plain_cell(cell, exact=sheet.exact) for cell in row]
        for row in watch.over("writing", sheet.rows, len(sheet.rows))
    )
    return target.getvalue()
