"""Days as people write them: 2027-03-31, 15 Mar, 15.3., next friday, in 2 weeks, w6."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from store.common.errors import Refused
from store.common.text import short

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Letters of a name that are enough to know it.
_ENOUGH = 3
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_IN = re.compile(r"(?:in )?(\w+) ?(d|days?|w|weeks?|m|months?|y|years?)(?: from now)?")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.?(?: ?(\d{4}|\d{2}))?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:of )?([a-z]+)\.?(?:,?[ -]?(\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_WEEK = re.compile(r"w(?:eek)? ?(\d{1,3})")
_END = re.compile(r"end of ([a-z]+)(?: (\d{4}))?")
#: Days from today by a word of their own.
_WORDS = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
#: The furthest that "in 30 months" may reach, in months.
_FURTHEST = 1200


class _Planned:
    """The quarter of the workspace that is open, first and last day: one at a time in a process."""

    quarter: tuple[date, date] | None = None


def use_quarter(first: date, last: date) -> None:
    """From now on ``w6`` is a week of the quarter between these days."""
    _Planned.quarter = first, last


def names_week(text: str) -> bool:
    """Whether a text says a week of a quarter, as w6, whatever quarter that is."""
    return _WEEK.fullmatch(" ".join(text.casefold().split())) is not None


def written_day(text: str, today: date, *, past: bool = False, begins: bool = False) -> date | None:
    """The day that a text says, None where it says none.

    Without a year it is the next such day, or with ``past`` the last; so with a weekday. A week of the quarter (w6) is
    over with its last day, but what ``begins`` with it does so with its first. Raises :class:`Refused` where it says
    two, as 3/4 does, or a week that the quarter has not.
    """
    words = " ".join(text.casefold().replace(",", ", ").split()).replace(" ,", ",")
    try:
        for found in _readings(words, today, past, begins):
            if found is not None:
                return found
    except (ValueError, OverflowError):
        # No such day in that month, or none in the calendar.
        return None
    return None


def _readings(words: str, today: date, past: bool, begins: bool) -> Iterator[date | None]:
    if words in _WORDS:
        yield today + timedelta(days=_WORDS[words])
    if (match := _WEEK.fullmatch(words)) and _Planned.quarter is not None:
        yield _of_week(int(match[1]), *_Planned.quarter, begins)
    yield _counted(words, today)
    yield _weekday(words, today, past)
    if match := _YEAR_FIRST.fullmatch(words):
        yield date(*map(int, match.groups()))
    if match := _DOTTED.fullmatch(words):
        yield _in_year(int(match[1]), int(match[2]), match[3], today, past)
    if match := _SLASHED.fullmatch(words):
        yield _slashed(words, int(match[1]), int(match[2]), match[3], today, past)
    for pattern, day, month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        if (match := pattern.fullmatch(words)) and (number := _place(match[month], _MONTHS)) is not None:
            yield _in_year(int(match[day]), number + 1, match[3], today, past)
    if match := _END.fullmatch(words):
        yield _end_of(match[1], match[2], today, past)


def _of_week(number: int, first: date, last: date, begins: bool) -> date:
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    if not 1 <= number <= weeks:
        raise Refused(f"the quarter has weeks 1 to {weeks}")
    if begins:
        return max(first, monday + timedelta(days=7 * (number - 1)))
    return min(last, monday + timedelta(days=7 * number - 1))


def _counted(words: str, today: date) -> date | None:
    """In 2 weeks, in a month, 10 days from now."""
    if words == "next week":
        return today + timedelta(days=7 - today.weekday())
    if words == "next month":
        return months_later(today.replace(day=1), 1)
    match = _IN.fullmatch(words)
    if match is None or not (words.startswith("in ") or words.endswith("from now") or match[1].isdecimal()):
        return None
    count = int(match[1]) if match[1].isdecimal() else _NUMBERS.get(match[1])
    if count is None or count > _FURTHEST:
        return None
    match match[2][0]:
        case "d":
            return today + timedelta(days=count)
        case "w":
            return today + timedelta(weeks=count)
        case "m":
            return months_later(today, count)
        case _:
            return months_later(today, 12 * count)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last one of a month that has no such day.

    Raises ValueError or OverflowError past the calendar's end.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekday(words: str, today: date, past: bool) -> date | None:
    """The next such weekday after today; ``last``, and with ``past`` one that is not said to come, the one before."""
    before = words.startswith("last ") or (past and not words.startswith(("next ", "this ", "coming ")))
    name = re.sub(r"^(?:next|this|coming|on|last) ", "", words)
    place = _place(name, _WEEKDAYS)
    if place is None:
        return None
    if before:
        return today - timedelta(days=(today.weekday() - place - 1) % 7 + 1)
    return today + timedelta(days=(place - today.weekday() - 1) % 7 + 1)


def _slashed(words: str, first: int, second: int, year: str | None, today: date, past: bool) -> date:
    if first != second and first <= 12 and second <= 12:
        one, other = (_in_year(*pair, year, today, past) for pair in ((first, second), (second, first)))
        raise Refused(
            f"“{short(words, 60)}” may be {one.day} {one:%b} or {other.day} {other:%b}:"
            f" write it as {one.isoformat()} or {other.isoformat()}"
        )
    day, month = (first, second) if second <= 12 else (second, first)
    return _in_year(day, month, year, today, past)


def _in_year(day: int, month: int, year: str | None, today: date, past: bool) -> date:
    """That day in a year of four figures or two; without one the next such day, or the last."""
    if year is not None:
        return date(int(year) if len(year) > 2 else 2000 + int(year), month, day)
    # The 29th of February may be four years away, or eight.
    years = range(today.year, today.year + 9) if not past else range(today.year, today.year - 9, -1)
    for each in years:
        if day > monthrange(each, month)[1]:
            continue
        found = date(each, month, day)
        if found <= today if past else found >= today:
            return found
    raise ValueError


def _end_of(name: str, year: str | None, today: date, past: bool) -> date | None:
    if name == "month":
        return today.replace(day=monthrange(today.year, today.month)[1])
    if name == "year":
        return date(today.year, 12, 31)
    month = _place(name, _MONTHS)
    if month is None:
        return None
    first = _in_year(1, month + 1, year, today.replace(day=1), past)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names a word begins; None for one of too few letters, or of none."""
    if len(word) < _ENOUGH:
        return None
    return next((at for at, name in enumerate(names) if name.startswith(word)), None)
