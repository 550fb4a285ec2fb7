"""From a calendar file (iCalendar, `.ics`) to its events as values; no opinion on whose they are, or what they mean.

What a hostile file can cost is bounded before it is parsed: its size, its lines, how many events it has, how deep they
are nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.common.text import clean
from store.imports.encoding import decode
from store.imports.errors import UnreadableFileError
from store.imports.reader import read_bytes

if TYPE_CHECKING:
    from icalendar import Component

MAX_BYTES = 10_000_000
MAX_EVENTS = 10_000
MAX_PARTS = 100_000
MAX_DEPTH = 20
#: characters of one property, once its folded lines are put together
MAX_LINE = 200_000


@dataclass(frozen=True)
class CalendarEvent:
    """An event: first moment and the one after the last, as clocks on the wall of its own zone show them.

    ``rule`` is how it repeats (RRULE's text), ``but_not`` and ``also`` the starts that it leaves out or adds;
    ``replaces`` is the start of the one of its ``uid`` that it stands for. ``wrong`` says why it cannot be read.
    """

    line: int
    uid: str
    title: str
    people: tuple[str, ...]
    organizer: tuple[str, ...]
    start: datetime
    end: datetime
    whole_days: bool
    free: bool = False
    #: asked for, or not yet sure
    tentative: bool = False
    #: at work, at another place
    elsewhere: bool = False
    cancelled: bool = False
    rule: str = ""
    but_not: frozenset[datetime] = frozenset()
    also: tuple[datetime, ...] = ()
    replaces: datetime | None = None
    wrong: str = ""


@dataclass(frozen=True)
class CalendarFile:
    """The events of a file, of all calendars in it; ``title`` is what the first one calls itself."""

    name: str
    title: str
    events: tuple[CalendarEvent, ...]
    notes: tuple[str, ...] = ()


def read_calendar(path: Path) -> CalendarFile:
    """The events in a calendar file. Raises :class:`UnreadableFileError` with a sentence, whatever the file holds."""
    return parse_calendar(read_bytes(path, MAX_BYTES), path.name)


def parse_calendar(data: bytes, name: str) -> CalendarFile:
    """The events in the bytes of a file called ``name``; see :func:`read_calendar`."""
    text, notes = decode(data, name)
    lines = _checked(text, name)
    # Here, for most commands read no calendar.
    from icalendar import Calendar

    try:
        found = Calendar.from_ical(text, multiple=True)
    # What the library raises for what it cannot read: of a line, of a value, of a missing part.
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise UnreadableFileError(f"{name} is not a calendar that can be read: {clean(str(error))[:120]}.") from None
    calendars: Sequence[Component] = found if isinstance(found, list) else [found]
    events: list[CalendarEvent] = []
    title = ""
    for calendar in calendars:
        title = title or clean(str(calendar.get("X-WR-CALNAME", "")))[:200]
        zone = _zone(str(calendar.get("X-WR-TIMEZONE", "")))
        for event in calendar.walk("VEVENT"):
            line = lines[len(events)] if len(events) < len(lines) else 0
            events.append(_event(event, line, zone))
    if not events:
        raise UnreadableFileError(f"{name} has no events in it.")
    return CalendarFile(name, title, tuple(events), tuple(notes))


def _checked(text: str, name: str) -> list[int]:
    """The lines at which events begin. Raises where the file is no calendar, or one that is no person's."""
    if not re.match(r"\s*BEGIN:VCALENDAR\b", text, re.IGNORECASE):
        raise UnreadableFileError(f"{name} is not a calendar: it does not begin with BEGIN:VCALENDAR.")
    begins: list[int] = []
    depth = parts = length = 0
    for number, line in enumerate(text.splitlines(), 1):
        length = length + len(line) if line[:1] in (" ", "\t") else len(line)
        if length > MAX_LINE:
            raise UnreadableFileError(f"{name}: line {number} has more than {MAX_LINE:,} characters.")
        head = line[:14].upper()
        if head.startswith("BEGIN:"):
            depth, parts = depth + 1, parts + 1
            if line.strip().upper() == "BEGIN:VEVENT":
                begins.append(number)
        elif head.startswith("END:"):
            depth -= 1
        if depth > MAX_DEPTH:
            raise UnreadableFileError(f"{name}: line {number} is nested more than {MAX_DEPTH} deep.")
        if len(begins) > MAX_EVENTS or parts > MAX_PARTS:
            raise UnreadableFileError(f"{name} has more than {MAX_EVENTS:,} events: export fewer.")
    if not re.search(r"^END:VCALENDAR\s*$", text.rstrip()[-40:], re.IGNORECASE | re.MULTILINE):
        raise UnreadableFileError(f"{name} is cut off: it does not end with END:VCALENDAR.")
    return begins


def _event(event: Component, line: int, zone: tzinfo | None) -> CalendarEvent:
    title = clean(str(event.get("SUMMARY", "")))[:1000]
    people = _people(event.get("ATTENDEE"), declined=False)
    organizer = _people(event.get("ORGANIZER"), declined=True)
    uid = str(event.get("UID", ""))[:500]
    fields: dict[str, Any] = {"line": line, "uid": uid, "title": title, "people": people, "organizer": organizer}
    try:
        return CalendarEvent(**fields, **_when(event, zone))
    # A value that the library left as it was, since it is none, has no `dt`.
    except (ValueError, AttributeError, TypeError, OverflowError) as error:
        wrong = str(error) if isinstance(error, _EventError) else "its dates cannot be read"
        return CalendarEvent(**fields, start=datetime.min, end=datetime.min, whole_days=True, wrong=wrong)


class _EventError(ValueError):
    """What is wrong with an event, as words."""


def _when(event: Any, zone: tzinfo | None) -> dict[str, Any]:
    # Any: a property may be of thirty types, and what is of the wrong one ends as a sentence.
    broken = [name for name, _ in event.errors if name in ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE")]
    if broken:
        raise _EventError(f"its {broken[0]} cannot be read")
    if event.get("DTSTART") is None:
        raise _EventError("has no start")
    first = event["DTSTART"].dt
    whole_days = not isinstance(first, datetime)
    if isinstance(first, datetime) and first.tzinfo is not None and not _is_utc(first):
        zone = first.tzinfo
    start = _local(first, zone)
    if event.get("DTEND") is not None:
        end = _local(event["DTEND"].dt, zone)
    elif event.get("DURATION") is not None:
        end = start + event["DURATION"].dt
    else:
        end = start + timedelta(days=1) if whole_days else start
    # Some write the last day of a whole-day event where the day after belongs.
    if whole_days and end == start:
        end = start + timedelta(days=1)
    if end < start:
        raise _EventError("ends before it begins")
    rules = event.get("RRULE")
    if isinstance(rules, list):
        raise _EventError("repeats by several rules, of which one is read")
    replaces = event.get("RECURRENCE-ID")
    busy = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    return {
        "start": start,
        "end": end,
        "whole_days": whole_days,
        "free": busy == "FREE" or (busy != "OOF" and str(event.get("TRANSP", "")).upper() == "TRANSPARENT"),
        "tentative": busy == "TENTATIVE" or str(event.get("STATUS", "")).upper() == "TENTATIVE",
        "elsewhere": busy == "WORKINGELSEWHERE",
        "cancelled": str(event.get("STATUS", "")).upper() == "CANCELLED",
        "rule": "" if rules is None else _rule(rules, zone),
        "but_not": frozenset(_dates(event.get("EXDATE"), zone)),
        "also": tuple(_dates(event.get("RDATE"), zone)),
        "replaces": None if replaces is None else _local(replaces.dt, zone),
    }


def _rule(rule: Any, zone: tzinfo | None) -> str:
    """RRULE's text, its end as the clock on the wall shows it."""
    parts = {key.upper(): value for key, value in rule.items()}
    until = parts.pop("UNTIL", None)
    text = ";".join(part for part in rule.to_ical().decode().split(";") if not part.upper().startswith("UNTIL="))
    if until:
        last = until[0] if isinstance(until, list) else until
        # A date as the end takes in all of that day.
        moment = _local(last, zone) if isinstance(last, datetime) else datetime.combine(last, time.max)
        text += f";UNTIL={moment:%Y%m%dT%H%M%S}"
    return text


def _dates(value: Any, zone: tzinfo | None) -> Iterator[datetime]:
    for each in value if isinstance(value, list) else [] if value is None else [value]:
        for one in each.dts:
            # A period counts from its start.
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            yield _local(moment, zone)


def _local(moment: date | datetime, zone: tzinfo | None) -> datetime:
    """A moment as the clock on the wall shows it; the start of a day."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.min)
    if moment.tzinfo is not None and zone is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def _is_utc(moment: datetime) -> bool:
    return str(moment.tzinfo) in ("UTC", "Etc/UTC", "Z") or moment.tzname() == "UTC"


def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _people(value: Any, *, declined: bool) -> tuple[str, ...]:
    """Names and addresses of attendees or of the organizer, without those who said no unless ``declined``."""
    found: list[str] = []
    every: Sequence[Any] = value if isinstance(value, list) else [] if value is None else [value]
    for each in every[:1000]:
        params = getattr(each, "params", {})
        if str(params.get("PARTSTAT", "")).upper() == "DECLINED" and not declined:
            continue
        address = re.sub("^mailto:", "", str(each), flags=re.IGNORECASE)
        found += [clean(str(params.get("CN", "")))[:200], clean(address)[:200]]
    return tuple(filter(None, found))
