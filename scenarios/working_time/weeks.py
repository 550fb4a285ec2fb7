"""The calendar of a quarter: its weeks, Monday to Sunday, and the working days in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_DAYS_A_WEEK = 7
_WORKING = 5


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a quarter. The first begins with the quarter and the last ends with it, so both may be short.

    ``number`` counts from 1; ``days`` are its days from Monday to Friday, public holidays included.
    """

    number: int
    first: date
    last: date
    days: tuple[date, ...]


@lru_cache(maxsize=64)
def weeks_of(first: date, last: date) -> tuple[Week, ...]:
    """The weeks of a quarter that begins and ends on these days, both included."""
    found: list[Week] = []
    start, end = first.toordinal(), last.toordinal()
    while start <= end:
        # Day 1 of the calendar was a Monday.
        sunday = start + _DAYS_A_WEEK - 1 - (start - 1) % _DAYS_A_WEEK
        stop = min(sunday, end)
        here, there = date.fromordinal(start), date.fromordinal(stop)
        found.append(Week(len(found) + 1, here, there, working_days(here, there)))
        start = stop + 1
    return tuple(found)


@lru_cache(maxsize=256)
def working_days(first: date, last: date) -> tuple[date, ...]:
    """The days from Monday to Friday between these two, both included."""
    ordinals = range(first.toordinal(), last.toordinal() + 1)
    return tuple(date.fromordinal(day) for day in ordinals if (day - 1) % _DAYS_A_WEEK < _WORKING)
