"""From the text of a due date to a date, where a column's other rows settle what ``03/04/2026`` means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

Order = Literal["day-first", "month-first"]

_MONTHS = {
    **{name: at for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)},
    # As Jira writes them for German users.
    "mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12,
}  # fmt: skip

#: a time of day, a zone, and what follows
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}Z?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
#: the day of the week, as scripts write it
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
_DAY_NAME = re.compile(rf"{_WEEKDAY}(\d{{1,2}})[-/. ]+([^\W\d_]{{3,12}})\.?[-/., ]+(\d{{4}}|\d{{2}}){_TIME}")
_NAME_DAY = re.compile(rf"{_WEEKDAY}([^\W\d_]{{3,12}})\.? (\d{{1,2}}),? (\d{{4}}){_TIME}")
_DOTTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_SLASHED = re.compile(rf"(\d{{1,2}})([-/])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)


def day_order(cells: Iterable[str]) -> Order | None:
    """How a column writes ``03/04/2026``; None if no row tells, or its rows differ."""
    orders: set[Order] = set()
    for cell in cells:
        if found := _SLASHED.fullmatch(cell.strip()):
            if int(found[1]) > 12:
                orders.add("day-first")
            elif int(found[3]) > 12:
                orders.add("month-first")
    return orders.pop() if len(orders) == 1 else None


def is_ambiguous(cell: str) -> bool:
    """Whether a date reads as two different days, by its order."""
    found = _SLASHED.fullmatch(cell.strip())
    return found is not None and int(found[1]) <= 12 and int(found[3]) <= 12 and int(found[1]) != int(found[3])


def parse_date(cell: str, order: Order | None) -> date | None:
    """The date in a cell; None if it cannot be read, or only by guessing."""
    cell = cell.strip()[:60]
    if found := _YEAR_FIRST.fullmatch(cell):
        return _date(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(cell):
        return _date(found[1], found[2], found[3])
    if found := _DOTTED.fullmatch(cell):
        return _date(found[3], found[2], found[1])
    if found := _DAY_NAME.fullmatch(cell):
        return _date(found[3], _MONTHS.get(found[2].casefold()[:3], 0), found[1])
    if found := _NAME_DAY.fullmatch(cell):
        return _date(found[3], _MONTHS.get(found[1].casefold()[:3], 0), found[2])
    if found := _SLASHED.fullmatch(cell):
        first, second = int(found[1]), int(found[3])
        if first > 12 or first == second or (second <= 12 and order == "day-first"):
            return _date(found[4], second, first)
        if second > 12 or order == "month-first":
            return _date(found[4], first, second)
    return None


def _date(year: str, month: str | int, day: str | int) -> date | None:
    """The date, or None if there is none; two digits mean this century."""
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
