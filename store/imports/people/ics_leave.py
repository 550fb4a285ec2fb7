"""Leave from the events of a calendar file: whose it is, which working days it takes, and what of it is new here."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from time import monotonic

from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.people.absences import Outcome, PeoplePlan, Wanted, merge_absences
from store.imports.people.ics import CalendarEvent, CalendarFile
from store.imports.people.leave_words import hours_of_day, is_meeting, kind_of, part_of_day, refused_in_title
from store.imports.people.table import PeopleOptions
from store.imports.report import Rejected
from store.records import Person, State, Team

#: How much of a day somebody is away for it to count as half, or as all of it: of 8 hours from 9 to 17.
_FROM, _TO = time(9), time(17)
_HALF, _WHOLE = timedelta(hours=2), timedelta(hours=6)
_DAY = timedelta(days=1)
#: An absence that is longer than this is no leave.
_LONGEST = timedelta(days=3660)
MAX_OCCURRENCES = 5_000
#: Steps of one rule up to the end of the quarter: a daily one since 1970 takes 20,000.
_MOST_STEPS = 50_000
#: Rules that lead nowhere for long cost so many seconds in all, no more.
_PATIENCE = 10.0
_RULE_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"})
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


_AND = re.compile(r"\s*(?:,|&|\+|/|and|und|et|y|e|en|og)+\s*(?:and |& )?")


class _EventError(ValueError):
    """An event that is no leave that can be taken; the message says why."""


def plan_leave(state: State, calendar: CalendarFile, options: PeopleOptions | None = None) -> PeoplePlan:
    """What taking over the leave in a calendar would change in the present quarter; nothing is written.

    Every event counts once, however often it repeats. Raises :class:`ImportOptionError` where a person or team that
    the options name is not here, :class:`UnreadableFileError` where the calendar has no end.
    """
    options = options or PeopleOptions()
    quarter = state.quarter
    people = _Whose(state, options)
    replaced: dict[str, set[datetime]] = {}
    for event in calendar.events:
        if event.replaces is not None and event.uid:
            replaced.setdefault(event.uid, set()).add(event.replaces)
    wanted: list[Wanted] = []
    of_event: list[range] = []
    rejected: list[Rejected] = []
    begun = monotonic()
    for event in calendar.events:
        if monotonic() - begun > _PATIENCE:
            raise UnreadableFileError(
                f"{calendar.name} has rules of repetition that lead nowhere: export single events."
            )
        try:
            found = list(_taken(event, replaced.get(event.uid, set()), people, calendar, quarter.starts, quarter.ends))
        except _EventError as error:
            rejected.append(Rejected(event.line, event.title, str(error)))
            continue
        of_event.append(range(len(wanted), len(wanted) + len(found)))
        wanted += found
        if len(wanted) > MAX_OCCURRENCES:
            raise UnreadableFileError(f"{calendar.name} has more than {MAX_OCCURRENCES:,} absences in {quarter.name}.")
    outcomes, puts = merge_absences(state, wanted)
    counts: Counter[Outcome] = Counter(_most([outcomes[at] for at in every]) for every in of_event)
    names = {row.id: row.name for row in state.each(Person)}
    changes = [
        f"{names[put.person_id]}: {put.kind} {put.starts} to {put.ends}"
        + ("" if put.days is None else f", {put.days:g} days")
        for put in puts
    ]
    return PeoplePlan(
        source=calendar.name,
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        rejected=tuple(rejected),
        changes=tuple(changes),
        notes=calendar.notes,
        puts=tuple(puts),
    )


def _most(outcomes: Sequence[Outcome]) -> Outcome:
    return "new" if "new" in outcomes else "changed" if "changed" in outcomes else "same"


def _taken(
    event: CalendarEvent, replaced: set[datetime], people: _Whose, calendar: CalendarFile, first: date, last: date
) -> Iterator[Wanted]:
    """The absences in an event, as far as it reaches into the quarter. Raises _EventError where there are none."""
    if event.wrong:
        raise _EventError(event.wrong)
    if event.cancelled:
        raise _EventError("is cancelled")
    if event.free:
        raise _EventError("is marked as free time")
    if event.end - event.start > _LONGEST:
        raise _EventError("is longer than ten years")
    if event.tentative:
        raise _EventError("is tentative: asked for, and not approved yet")
    kind = kind_of(event.title)
    if kind is None or event.elsewhere:
        raise _EventError("is not leave: somebody works elsewhere, or it is not an absence at all")
    if refused := refused_in_title(event.title):
        raise _EventError(f'is "{refused}": only approved leave counts')
    if is_meeting(event.title, hours=None if event.whole_days else (event.end - event.start) / timedelta(hours=1)):
        raise _EventError("is a meeting, no leave")
    whose = people.of(event, calendar.title)
    part = part_of_day(event.title)
    if part is None and event.whole_days and event.end - event.start <= _DAY:
        part = hours_of_day(event.title, event.start.date())
    spans: list[tuple[date, date, float | None]] = []
    starts = _starts(event, replaced, first, last)
    for start in starts:
        span = _span(start, start + (event.end - event.start))
        if span is not None and part is not None and event.whole_days:
            span = _shortened(span, part)
        if span is not None and span not in spans:
            spans.append(span)
    if not starts:
        raise _EventError("is not in this quarter")
    if not spans:
        raise _EventError("is less than two hours of a working day")
    for starts_on, ends_on, days in spans:
        for person_id in whose:
            yield Wanted(person_id, kind, starts_on, ends_on, days, event.title)


def _starts(event: CalendarEvent, replaced: set[datetime], first: date, last: date) -> list[datetime]:
    """When an event begins, each time that it reaches into the quarter."""
    begins, until = datetime.combine(first, time.min), datetime.combine(last, time.max)
    found = {event.start, *event.also}
    if event.rule:
        found |= set(_repeated(event, until))
    gone = event.but_not | (replaced if event.replaces is None else set())
    # Whole days are left out by their day, whatever time of it is written.
    days_gone = {moment.date() for moment in gone} if event.whole_days else set()
    length = event.end - event.start
    return sorted(
        start
        for start in found
        if start not in gone
        and start.date() not in days_gone
        and start <= until
        # In two steps, for what ends at the end of time.
        and (start >= begins or begins - start < max(length, timedelta(seconds=1)))
    )


def _repeated(event: CalendarEvent, until: datetime) -> Iterator[datetime]:
    """Every start by the rule up to the end of the quarter. Raises _EventError where it is not one that is read."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    parts = dict(part.partition("=")[::2] for part in event.rule.upper().split(";"))
    if parts.get("FREQ") not in _FREQUENCIES:
        raise _EventError("repeats more often than daily, which is not leave")
    if not parts.keys() <= _RULE_PARTS or (parts["FREQ"] == "DAILY" and "BYSETPOS" in parts):
        raise _EventError("repeats by a rule that is not read: enter it in the app")
    if event.start.year < 1970:
        raise _EventError("repeats since before 1970")
    if _never(parts):
        raise _EventError("repeats on days that there are not")
    try:
        rule = rrulestr(event.rule, dtstart=event.start)
    except (ValueError, TypeError, OverflowError):
        raise _EventError("repeats by a rule that cannot be read") from None
    for step, start in enumerate(rule):
        if start > until:
            return
        if step > _MOST_STEPS:
            raise _EventError("repeats without end")
        yield start


def _never(parts: dict[str, str]) -> bool:
    """Whether no month that a rule names has a day that it names: the search for one would go on for 8,000 years."""
    try:
        months = [int(each) for each in parts.get("BYMONTH", "").split(",") if each]
        days = [abs(int(each)) for each in parts.get("BYMONTHDAY", "").split(",") if each]
    except ValueError:
        raise _EventError("repeats by a rule that cannot be read") from None
    return bool(days) and min(days) > max((_LONGEST_MONTH.get(month, 31) for month in months), default=31)


def _span(start: datetime, end: datetime) -> tuple[date, date, float | None] | None:
    """First and last day, and how many working days of them where it is not all; None where it is none to speak of."""
    first = start.date()
    last = (end - timedelta(microseconds=1)).date() if end > start else first
    ordinals = range(first.toordinal(), last.toordinal() + 1)
    working = [day for each in ordinals if (day := date.fromordinal(each)).weekday() < 5]
    days = sum(_part(day, start, end) for day in working)
    if not days:
        return None
    return first, last, None if days == len(working) else days


def _part(day: date, start: datetime, end: datetime) -> float:
    """How much of a working day an event takes: nothing, half or all of it."""
    since, until = max(start, datetime.combine(day, _FROM)), min(end, datetime.combine(day, _TO))
    taken = until - since
    return 1.0 if taken >= _WHOLE else 0.5 if taken >= _HALF else 0.0


def _shortened(span: tuple[date, date, float | None], part: float) -> tuple[date, date, float | None]:
    """The days of a span where its title says how many it takes: a part of one day, or a number of them."""
    first, last, days = span
    working = sum(date.fromordinal(each).weekday() < 5 for each in range(first.toordinal(), last.toordinal() + 1))
    return (first, last, part) if 0 < part < working else (first, last, days)


class _Whose:
    """Finds whose leave an event is, among the people who may be meant."""

    def __init__(self, state: State, options: PeopleOptions) -> None:
        rows = list(state.each(Person))
        if options.team:
            wanted = options.team.strip().casefold()
            teams = {team.id for team in state.each(Team) if team.name.casefold() == wanted}
            if not teams:
                raise ImportOptionError(f"There is no team “{options.team[:80]}” here.")
            rows = [row for row in rows if row.team_id in teams]
        #: Somebody may be in two teams: the same name is the same person.
        self._ids: dict[str, list[int]] = {}
        for row in rows:
            self._ids.setdefault(" ".join(row.name.casefold().split()), []).append(row.id)
        self._only: list[int] | None = None
        if options.person:
            self._only = self._ids.get(" ".join(options.person.casefold().split()))
            if self._only is None:
                raise ImportOptionError(f"There is nobody called “{options.person[:80]}” here.")
        if not self._ids:
            raise ImportOptionError("There are no people here yet: add them in the app, or import them first.")
        self._in_text = {name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in self._ids}

    def of(self, event: CalendarEvent, calendar: str) -> list[int]:
        """The ids of whose leave it is. Raises _EventError where that is nobody, or not clear."""
        if self._only is not None:
            return self._only
        for named in (
            self._in(event.title),
            self._called(event.people),
            self._called(event.organizer),
            self._in(calendar),
        ):
            if len(named) > 1 and named != self._called(event.people) and not _joined(event.title, named):
                raise _EventError(f"could be {' or '.join(sorted(named)[:3])}: --person NAME says whose it is")
            if named:
                return [each for name in named for each in self._ids[name]]
        raise _EventError("names nobody who is here; --person NAME says whose it is")

    def _in(self, text: str) -> list[str]:
        text = " ".join(text.casefold().split())
        found = [name for name, pattern in self._in_text.items() if pattern.search(text)]
        # "Ana OOO", "Lopez, Ana", "A. Lopez": where only one of the people here is called so.
        for part in () if found else _short_names(text):
            found = [name for name in self._ids if part in _ways(name)]
            if found:
                break
        # “Ana Lopez” is not also “Ana”.
        return [name for name in found if not any(name != other and name in other for other in found)]

    def _called(self, people: Sequence[str]) -> list[str]:
        """Whom names or addresses mean: by name, or by what stands before the @ with dots for spaces."""
        words = {" ".join(each.casefold().split()) for each in people}
        words |= {" ".join(re.split(r"[._]+", each.split("@")[0])) for each in words if "@" in each}
        return [name for name in self._ids if name in words]


def _joined(title: str, names: Sequence[str]) -> bool:
    """Whether a title names several people as away together, one after the other: ``Ana Lopez & Bo Chen offsite``."""
    text = " ".join(title.casefold().split())
    places = sorted((text.find(name), text.find(name) + len(name)) for name in names)
    between = [text[end:start] for (_, end), (start, _) in itertools.pairwise(places)]
    return places[0][0] >= 0 and all(_AND.fullmatch(each) for each in between)


def _short_names(text: str) -> Iterator[str]:
    """The words of a title that may be a name cut short, the longer ones first: two words, then one."""
    words = re.findall(r"[^\W\d_][\w'’-]*\.?", text)
    yield from (f"{one} {other}" for one, other in itertools.pairwise(words))
    yield from (word for word in words if len(word) > 1)


def _ways(name: str) -> frozenset[str]:
    """What else somebody may be called: first name, last name first, an initial with the last name."""
    first, *rest = name.split()
    if not rest:
        return frozenset()
    last = rest[-1]
    return frozenset({first, f"{last} {first}", f"{first[0]}. {last}", f"{first} {last[0]}.", f"{first} {last[0]}"})
