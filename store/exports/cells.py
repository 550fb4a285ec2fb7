"""Text that a spreadsheet would take for a formula, made harmless, and back again without loss.

A program that opens a table may compute a cell that begins so, whatever type the file gives it: on editing it, or
after somebody else's program has saved it anew. One apostrophe in front keeps it text; a text that has apostrophes in
front already gets one more, so that taking one off always gives what was there.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from store.common.sheets import Cell

#: What a formula may begin with, by OWASP's list; the last four are what East Asian keyboards type for it.
_BEGINS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def defused(text: str) -> str:
    """The text as no spreadsheet computes it."""
    return f"'{text}" if _BEGINS.match(text) else text


def as_it_was(text: str) -> str:
    """What :func:`defused` made this text of."""
    return text[1:] if text.startswith("'") and _BEGINS.match(text) else text


def in_utc(moment: datetime) -> datetime:
    """A moment by universal time, without its zone: a cell of a workbook has none."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def plain_cell(cell: Cell, *, exact: bool = False) -> str:
    """A cell as a text file has it: numbers with all their digits, days by ISO 8601, moments too, with their
    offset; text defused unless it is to be ``exact``."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else ""
        case str():
            return cell if exact else defused(cell)
        case float():
            return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            return cell.isoformat("T", "seconds")
        case date():
            return cell.isoformat()
    return str(cell)
