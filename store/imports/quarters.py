"""From the label of a quarter to its number, one more than that of the quarter before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from store.records import Quarter
from store.records.plan import LATE

_FORMS = (
    # 2025Q3, 2025-Q3, 2025 Q3, FY25/Q3
    re.compile(r"(?:FY)?(?P<year>\d{4}|(?<=FY)\d{2})\s*(?:[-/.]\s*)?Q(?P<quarter>[1-4])", re.ASCII | re.IGNORECASE),
    # Q3 2025, Q3-2025, Q3/25, 3Q25
    re.compile(
        r"(?:Q(?P<quarter>[1-4])|(?P<early>[1-4])Q)\s*(?:[-/.']\s*)?(?P<year>\d{4}|\d{2})", re.ASCII | re.IGNORECASE
    ),
    # 2025-07, 2025-07-15: the quarter of that month
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]\d{1,2})?", re.ASCII),
    # 07/2025
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII),
)
_PLAIN = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True)
class FiscalYear:
    """How a workspace counts quarters: ``months`` (0..2) after the calendar's each begins, and ``shift`` is what is
    added to the number that a label such as ``FY27 Q1`` has by the calendar."""

    months: int = 0
    shift: int = 0

    def number(self, label: str) -> int | None:
        """The place in the row of all quarters of a label; None where it is none."""
        found = calendar_number(label, self.months)
        return found if found is None or "q" not in label.casefold() else found + self.shift

    def of_day(self, day: date) -> int:
        """That of the quarter with this day."""
        return (day.year * 12 + day.month - 1 - self.months) // 3


def fiscal_year(quarter: Quarter) -> FiscalYear:
    """As its name and its first day say; the calendar's where its name has no quarter and year."""
    named = calendar_number(quarter.name) if "q" in quarter.name.casefold() else None
    turn = quarter.starts.month - 1 + (quarter.starts.day > LATE)
    return FiscalYear(turn % 3, 0 if named is None else quarter.number - named)


def calendar_number(label: str, months: int = 0) -> int | None:
    """``2025Q3``, ``Q3 2025`` and ``2025-07`` as year * 4 + 0..3; None where the label is none of these.

    Quarters begin so many ``months`` (0..2) after the calendar's, which matters to labels that name a month.
    """
    label = label.strip()
    for form in _FORMS:
        if found := form.fullmatch(label):
            parts = {name: int(text) for name, text in found.groupdict().items() if text}
            year = parts["year"] + (2000 if len(found["year"]) == 2 else 0)
            month = parts.get("month", 1)
            if not 1 <= month <= 12 or year < 1900:
                return None
            if "month" in parts:
                return (year * 12 + month - 1 - months) // 3
            return year * 4 + parts.get("quarter", parts.get("early", 1)) - 1
    return None


def plain_number(label: str) -> int | None:
    """The number in a label such as ``7``: quarters counted from anywhere. None where it is none, or a year."""
    found = _PLAIN.fullmatch(label.strip())
    number = int(found[0]) if found else None
    return None if number is None or 1900 <= number <= 2200 else number


def name_of_quarter(number: int) -> str:
    """The calendar quarter of a number, as ``Q3 2025``."""
    return f"Q{number % 4 + 1} {number // 4}"
