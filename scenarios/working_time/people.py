"""What one person gives in each week of a quarter, day by day: the calculation that all of capacity rests on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from scenarios.working_time.breakdown import CAUSES, Breakdown
from scenarios.working_time.weeks import weeks_of, working_days
from store.records import Absence, AbsenceKind

#: A whole day of somebody's presence, a whole share: in parts per million.
WHOLE = 1_000_000
#: How far before the quarter (days) an absence is counted that is good for only so many of its span.
_LOOK_BACK = 2 * 366
_KINDS: tuple[AbsenceKind, ...] = ("leave", "on-call", "away")
_AT = {cause: at for at, cause in enumerate(CAUSES)}


class Away(NamedTuple):
    """An absence: kind, first and last day, and the working days that it is good for in parts per million, or None."""

    kind: AbsenceKind
    starts: date
    ends: date
    days: int | None

    @classmethod
    def of(cls, absence: Absence) -> Away:
        """The absence of a record."""
        days = None if absence.days is None else round(absence.days * WHOLE)
        return cls(absence.kind, absence.starts, absence.ends, days)


class Terms(NamedTuple):
    """All that somebody's part of a quarter depends on, as plain values; shares are in parts per million.

    ``closures`` are first and last days; ``holidays`` reach back as far as :func:`counted_from`.
    """

    first: date
    last: date
    starts: date | None
    ends: date | None
    share: int
    ramp_none: float
    ramp_half: float
    holidays: frozenset[date]
    closures: tuple[tuple[date, date], ...]
    absences: tuple[Away, ...]
    focus: int
    interrupts: int


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """One person in one week: on how many of its working days they are on the team, and what becomes of them.

    ``free`` is how much of their days nothing has taken yet, in days of theirs (1.0 is a whole day, at any share).
    """

    week: int
    there: int
    free: float
    breakdown: Breakdown


class Spent(NamedTuple):
    """A bit of a day that an absence took: which of the absences, the day, and parts per million of it."""

    absence: int
    day: date
    amount: int


# So many people at once, or as many keys of one draft; some 5 kB each.
@lru_cache(maxsize=2048)
def cells_of(terms: Terms) -> tuple[PersonWeek, ...]:
    """One cell for each week of the quarter."""
    taken, _ = _walk(terms)
    found = []
    for week in weeks_of(terms.first, terms.last):
        amounts = [0] * len(CAUSES)
        gross = there = free = 0
        for day in week.days:
            if (spent := taken.get(day)) is None:
                continue
            there += 1
            gross += terms.share
            able = _able(terms, day)
            amounts[0] += terms.share - able
            left = WHOLE
            for cause, amount in spent:
                # The difference of two rounded figures, not a rounded difference: a whole day is all of it.
                amounts[cause] += able * left // WHOLE - able * (left - amount) // WHOLE
                left -= amount
            free += left
        rest = gross - sum(amounts)
        focused = (rest * terms.focus + WHOLE // 2) // WHOLE
        amounts[_AT["focus"]] = rest - focused
        amounts[_AT["interrupts"]] = (focused * terms.interrupts + WHOLE // 2) // WHOLE
        found.append(PersonWeek(week.number, there, free / WHOLE, Breakdown(gross, tuple(amounts))))
    return tuple(found)


def spent_of(terms: Terms) -> list[Spent]:
    """What each absence took of which day, in order of absence and day; also before the quarter, where it counts."""
    return _walk(terms)[1]


def counted_from(first: date, absences: Sequence[Away]) -> date:
    """The first day that matters to a quarter beginning on ``first``.

    An absence that is good for only so many days may begin earlier, and another one before it may take its days.
    """
    limited = [each for each in absences if each.days is not None and each.starts < first]
    since = first
    while (earlier := min((each.starts for each in limited if each.ends >= since), default=since)) < since:
        since = earlier
    return max(since, date.fromordinal(max(1, first.toordinal() - _LOOK_BACK)))


def _walk(terms: Terms) -> tuple[dict[date, list[tuple[int, int]]], list[Spent]]:
    """For each working day on which they are there, what took how much of it; and the absences' part of that again."""
    first = max(counted_from(terms.first, terms.absences), terms.starts or date.min)
    last = min(terms.last, terms.ends or date.max)
    days = working_days(first, last) if first <= last else ()
    left = dict.fromkeys(days, WHOLE)
    taken: dict[date, list[tuple[int, int]]] = {day: [] for day in days}

    def take(day: date, cause: int, most: int) -> int:
        amount = min(left[day], most)
        if amount:
            left[day] -= amount
            taken[day].append((cause, amount))
        return amount

    for day in days:
        if day in terms.holidays:
            take(day, _AT["holidays"], WHOLE)
    for since, until in terms.closures:
        for day in _within(days, since, until):
            take(day, _AT["closures"], WHOLE)
    spent = []
    # What names its days comes before what is good for so many of a span, and so gets out of its way.
    order = sorted(
        range(len(terms.absences)),
        key=lambda at: (
            _KINDS.index(terms.absences[at].kind),
            terms.absences[at].days is not None,
            terms.absences[at].starts,
            terms.absences[at].ends,
        ),
    )
    for at in order:
        away = terms.absences[at]
        budget = away.days
        for day in _within(days, away.starts, away.ends):
            amount = take(day, _AT[away.kind], WHOLE if budget is None else budget)
            if amount:
                spent.append(Spent(at, day, amount))
            if budget is not None:
                budget -= amount
                if not budget:
                    break
    return taken, spent


def _within(days: tuple[date, ...], first: date, last: date) -> tuple[date, ...]:
    return days[bisect_left(days, first) : bisect_right(days, last)]


def _able(terms: Terms, day: date) -> int:
    """What somebody can give on a day they are there, in ticks: nothing, then half, then all of their share."""
    if terms.starts is None:
        return terms.share
    been_here = (day - terms.starts).days
    if been_here < round(7 * terms.ramp_none):
        return 0
    return terms.share // 2 if been_here < round(7 * (terms.ramp_none + terms.ramp_half)) else terms.share
