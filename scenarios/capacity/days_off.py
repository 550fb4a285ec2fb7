"""Edits of when people are away: leave over dates, half a day more or less in a week, weeks on call.

Each takes a draft and gives the next one. All raise :class:`~scenarios.capacity.draft.Refused` with a sentence.
"""

from __future__ import annotations

from datetime import date, timedelta

from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.edits import one_of, person_of
from scenarios.capacity.words import span
from scenarios.working_time.people import WHOLE, spent_of
from scenarios.working_time.teams import PersonCapacity
from scenarios.working_time.weeks import Week, working_days
from store.common.errors import Refused
from store.records import Absence, AbsenceKind, Record, new_id

_DAY = timedelta(days=1)
_MOST_DAYS = 4_000
_LONGEST_NOTE = 20_000


def leave(
    draft: CapacityDraft,
    person_id: int,
    first: date,
    last: date,
    kind: AbsenceKind = "leave",
    days: float | None = None,
    note: str = "",
) -> CapacityDraft:
    """Somebody away from one day to another, both included; with ``days``, for only so many working days of them."""
    person = person_of(draft, person_id)
    if first > last:
        raise Refused(f"{person.name}: the last day away ({last}) is before the first ({first})")
    if days is not None and not 0 < days <= _MOST_DAYS:
        raise Refused(f"{person.name}: between 0 and {_MOST_DAYS:,} days away")
    row = Absence(id=new_id(), person_id=person_id, kind=kind, starts=first, ends=last, days=days, note=_note(note))
    return draft.then(f"{person.name}: {kind} {span(first, last)}", (row,))


def remove_absence(draft: CapacityDraft, absence_id: int) -> CapacityDraft:
    """An absence that is none after all."""
    row = _absence(draft, absence_id)
    return draft.then(f"{person_of(draft, row.person_id).name}: no {row.kind} {span(row.starts, row.ends)}", (), (row,))


def on_call(draft: CapacityDraft, person_id: int, week: int, note: str = "") -> CapacityDraft:
    """On call for a whole week of the quarter; no longer, where exactly that is entered already."""
    when = _week(draft, week)
    for row in draft.state.all(Absence).values():
        if (row.person_id, row.kind, row.starts, row.ends) == (person_id, "on-call", when.first, when.last):
            return remove_absence(draft, row.id)
    return leave(draft, person_id, when.first, when.last, "on-call", note=note)


def more_off(
    draft: CapacityDraft, person_id: int, week: int, days: float = 0.5, kind: AbsenceKind = "leave", note: str = ""
) -> CapacityDraft:
    """So many more days off in a week of the quarter, as far as there are any left of it."""
    one, when = one_of(draft, person_id), _week(draft, week)
    cell = one.cells[week - 1]
    if not cell.there:
        raise Refused(f"{one.person.name} is not there in week {week}")
    if cell.free <= 0:
        raise Refused(f"{one.person.name} has no day left in week {week}")
    days = min(days, cell.free)
    label = f"{one.person.name}: {days:g} days off in week {week}"
    for row in sorted(one.absences, key=_newest):
        if (row.kind, row.starts, row.ends) == (kind, when.first, when.last) and row.days is not None:
            given = {"days": row.days + days, "note": _note("; ".join(filter(None, (row.note, note))))}
            return draft.then(label, (row.model_copy(update=given),))
    fresh = Absence(
        id=new_id(), person_id=person_id, kind=kind, starts=when.first, ends=when.last, days=days, note=_note(note)
    )
    return draft.then(label, (fresh,))


def less_off(draft: CapacityDraft, person_id: int, week: int, days: float = 0.5) -> CapacityDraft:
    """So many days back in a week of the quarter: from the latest entry that takes any of it, then the one before."""
    one, when = one_of(draft, person_id), _week(draft, week)
    wanted = round(days * WHOLE)
    puts: list[Record] = []
    removes: list[Record] = []
    for at in sorted(range(len(one.absences)), key=lambda each: _newest(one.absences[each])):
        taken = _taken(one, at, when)
        if not taken[1] or not wanted:
            continue
        back = min(wanted, taken[1])
        wanted -= back
        kept = _kept(one.absences[at], when, (taken[0], taken[1] - back, taken[2]))
        puts += kept
        removes += [] if any(row.id == one.absences[at].id for row in kept) else [one.absences[at]]
    if not puts and not removes:
        raise Refused(f"{one.person.name} is not away in week {week}: there is nothing to take back")
    return draft.then(f"{one.person.name}: {days:g} days back in week {week}", puts, removes)


def _taken(one: PersonCapacity, at: int, week: Week) -> tuple[int, int, int]:
    """What an absence takes before, in and after a week, in parts per million of a day."""
    found = [0, 0, 0]
    for spent in spent_of(one.terms):
        if spent.absence == at:
            found[0 if spent.day < week.first else 1 if spent.day <= week.last else 2] += spent.amount
    return found[0], found[1], found[2]


def _kept(row: Absence, week: Week, amounts: tuple[int, int, int]) -> list[Absence]:
    """What is left of an absence that takes another amount of a week: the days before it, in it and after it."""
    before, within, after = amounts
    spans: list[tuple[date, date, float | None]] = []
    if row.starts < week.first:
        spans.append((row.starts, week.first - _DAY, None if row.days is None else before / WHOLE))
    spans.append((max(row.starts, week.first), min(row.ends, week.last), within / WHOLE))
    if row.ends > week.last:
        spans.append((week.last + _DAY, row.ends, None if row.days is None else after / WHOLE))
    spans = [each for each in spans if each[2] is None or each[2] > 0]
    # A rest of nothing but a weekend is no absence.
    spans = [(first, last, days) for first, last, days in spans if working_days(first, last)]
    return [
        row.model_copy(
            update={"starts": first, "ends": last, "days": days} | ({} if number == 0 else {"id": new_id(), "rev": 0})
        )
        for number, (first, last, days) in enumerate(spans)
    ]


def _newest(row: Absence) -> tuple[bool, int]:
    """The latest entry first: new rows have ids that fall."""
    return row.id > 0, -abs(row.id)


def _absence(draft: CapacityDraft, absence_id: int) -> Absence:
    row = draft.state.all(Absence).get(absence_id)
    if row is None:
        raise Refused("that absence is not there any more")
    return row


def _week(draft: CapacityDraft, week: int) -> Week:
    weeks = draft.capacity.weeks
    if not 1 <= week <= len(weeks):
        raise Refused(f"the quarter has weeks 1 to {len(weeks)}")
    return weeks[week - 1]


def _note(note: str) -> str:
    return note.strip()[:_LONGEST_NOTE]
