"""The calendar of quarters: which days come after a quarter, and what the next one is called here."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.figures.days import months_later
from store.common.errors import Refused
from store.records import Quarter, new_id

#: Months of a quarter, and of the longest period that is taken for whole months.
_QUARTER, _MOST = 3, 12
#: A quarter of whole weeks begins and ends within so many days of a month's turn.
_NEAR = 7
_DAY = timedelta(days=1)
#: Q3 2027, 2027-Q3, FY27 Q3, 3Q27, T3 2027; H1 2027
_PART = re.compile(
    r"(?<![A-Za-z0-9])(?:FY\d{2,4})?(?:[QqTt](?P<quarter>[1-4])(?!\d)|(?P<early>[1-4])(?=[Qq])|[Hh](?P<half>[12])(?!\d))"
    r"|(?<=\d{4})[QqTt](?P<close>[1-4])(?!\d)"
)
_YEARS = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}|\d{2})(?!\d)")
_MONTH = re.compile(r"\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}")
_LAST = re.compile(r"(?<!\d)\d{1,6}(?=\D*$)")


@dataclass(frozen=True)
class Days:
    """The first and the last day of a quarter."""

    starts: date
    ends: date


def days_after(quarter: Days | Quarter) -> Days:
    """The days of the next quarter: as many whole months, by the calendar or a fiscal year that starts in any month.

    A quarter of whole weeks, whose ends lie near a month's turn, keeps its weekdays near the next one; any other
    period is followed by one of as many days.
    """
    starts = quarter.ends + _DAY
    first, turn = _turn(quarter.starts), _turn(starts)
    near = first is not None and turn is not None and months_later(first, _QUARTER) == turn
    weeks = quarter.starts.day > 1 and (quarter.ends - quarter.starts).days % 7 in (4, 6)
    if not (near and weeks):
        for months in range(1, _MOST + 1):
            if months_later(quarter.starts, months) == starts:
                return Days(starts, months_later(quarter.starts, 2 * months) - _DAY)
    if near and turn is not None:
        begins = starts + timedelta(days=(quarter.starts.weekday() - starts.weekday()) % 7)
        last = months_later(turn, _QUARTER) - _DAY
        off = (quarter.ends.weekday() - last.weekday()) % 7
        return Days(begins, last + timedelta(days=off if off <= _NEAR // 2 else off - 7))
    return Days(starts, starts + (quarter.ends - quarter.starts))


def _turn(day: date) -> date | None:
    """The first of a month that a day is near to."""
    this = day.replace(day=1)
    return next((each for each in (this, months_later(this, 1)) if abs((each - day).days) <= _NEAR), None)


def next_quarter(quarter: Quarter, taken: Collection[str]) -> Quarter:
    """The draft of the quarter after one, with its target; ``taken`` are the names of the quarters that are here.

    Raises :class:`Refused` at the end of all calendars.
    """
    try:
        days = days_after(quarter)
    except (OverflowError, ValueError):
        raise Refused(f"no calendar goes on after {quarter.ends}: give the quarter other days first") from None
    return Quarter(
        id=new_id(),
        name=name_after(quarter.name, days, taken),
        starts=days.starts,
        ends=days.ends,
        target=quarter.target,
        target_for=quarter.target_for,
    )


def name_after(name: str, days: Days, taken: Collection[str] = ()) -> str:
    """What the quarter with these days is called, after one of this name: in the workspace's own pattern.

    ``Q4 2027`` is followed by ``Q1 2028``, ``FY27 Q4`` by ``FY28 Q1``, ``PI 12`` by ``PI 13``. What has no pattern, or
    comes to a name that is ``taken``, is named by the calendar, then by its first day.
    """
    used = {each.casefold() for each in taken}
    number = Quarter(id=0, name=name, starts=days.starts, ends=days.ends).number
    plain = f"Q{number % 4 + 1} {number // 4}"
    names = (_counted_on(name, number // 4), plain, f"{plain} from {days.starts.isoformat()}")
    return next((each for each in names if each and each.casefold() not in used), names[-1])


def _counted_on(name: str, year: int) -> str:
    """The name with its number counted on by one; empty where it has none that counts quarters.

    A quarter whose name says no year gets this one: else its name would come again.
    """
    part = _PART.search(name)
    if part is not None:
        group = next(key for key, text in part.groupdict().items() if text)
        number, last = int(part[group]), 2 if group == "half" else 4
        # By position from the end: the years before it keep theirs.
        head, tail = name[: part.start(group)], name[part.end(group) :]
        if not _YEARS.search(head + " " + tail):
            return f"{head}{number % last + 1}{tail} {year}"
        if number < last:
            return f"{head}{number + 1}{tail}"
        return f"{_year_on(head)}1{_year_on(tail)}"
    last_number = _LAST.search(name)
    if last_number is None or _MONTH.search(name) or 1900 <= int(last_number[0]) <= 2200:
        return ""
    width = len(last_number[0])
    return f"{name[: last_number.start()]}{int(last_number[0]) + 1:0{width}d}{name[last_number.end() :]}"


def _year_on(text: str) -> str:
    """The text with its years, of four digits or two, one later."""
    return _YEARS.sub(lambda year: f"{(int(year[0]) + 1) % 10 ** len(year[0]):0{len(year[0])}d}", text)
