"""Quarters of a look back: by the calendar, or of a fiscal year that begins in another month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.figures.days import months_later
from store.common.errors import Refused

#: Below this, a number is no year times four: quarters are counted from anywhere.
FIRST = 1_900 * 4
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip


@dataclass(frozen=True)
class Quarters:
    """How quarters are counted: ``begins`` is the month (1..12) in which the fiscal year does, which is called after
    the year in which it ends. January's is the calendar's."""

    begins: int = 1

    def of_day(self, day: date) -> int:
        """The number of the quarter with a day: that of its year times four, and 0 to 3."""
        return (day.year * 12 + day.month - self.begins) // 3 + (4 if self.begins > 1 else 0)

    def first_day(self, number: int) -> date | None:
        """The day on which a quarter begins; None where it is counted from anywhere."""
        if number < FIRST:
            return None
        months = (number - (4 if self.begins > 1 else 0)) * 3 + self.begins - 1
        return date(months // 12, months % 12 + 1, 1)

    def last_day(self, number: int) -> date | None:
        """The day on which it ends."""
        first = self.first_day(number)
        return None if first is None else months_later(first, 3) - timedelta(days=1)

    def name(self, number: int) -> str:
        """As ``Q3 2026``; ``FY27 Q3`` where the fiscal year is not the calendar's; ``quarter 7`` where it is a number
        alone."""
        if number < FIRST:
            return f"quarter {number}"
        if self.begins == 1:
            return f"Q{number % 4 + 1} {number // 4}"
        return f"FY{number // 4 % 100:02d} Q{number % 4 + 1}"


#: As the calendar counts.
CALENDAR = Quarters()


def quarters_from(text: str) -> Quarters:
    """Quarters of a fiscal year that begins in a month: a number, a name, or the beginning of one. Raises Refused."""
    word = text.strip().casefold()
    if word.isdecimal() and 1 <= int(word[:4]) <= 12:
        return Quarters(int(word))
    found = [at for at, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    if len(found) != 1:
        raise Refused(
            f"“{text.strip()[:40]}” is not a month in which a fiscal year begins: write 2, or February", "fiscal"
        )
    return Quarters(found[0])
