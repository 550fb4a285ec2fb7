"""People and their leave from a table: who is in which team, from when to when, at what share, and when they are away.

A person may have several rows, one for each leave. People are matched by team and name; what a row leaves out stays
as it is here, or as another row of the same person says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from store.common.text import clean
from store.imports.columns import simplified
from store.imports.dates import Order, day_order_in, is_ambiguous, order_note, parse_date
from store.imports.estimates import BLANKS
from store.imports.formats import decimal_commas
from store.imports.people.absences import Outcome, PeoplePlan, Wanted, merge_absences
from store.imports.people.columns import DATES, PeopleColumns, days_of, share_of, weeks_of
from store.imports.people.half_days import apart, days_by_hours, days_with_halves
from store.imports.people.leave_words import kind_of, knows_status, names_absence, part_of_day, refused_request
from store.imports.plain_words import is_total, without_accents
from store.imports.report import Rejected
from store.records import Person, Place, Quarter, Record, State, Team, TeamTime, new_id

if TYPE_CHECKING:
    from store.imports.table import Row, Table

_LONGEST_NAME = 200
#: rows that are looked at for how days are written
_LOOKED_AT = 500
#: The fields of a person, by the column that has them.
_FIELDS: Mapping[str, str] = {
    "start": "starts", "end": "ends", "share": "share", "ramp": "ramp_none", "ramp half": "ramp_half",
    "location": "place_id",
}  # fmt: skip
_COLUMN_OF = {own: column for column, own in _FIELDS.items()}


#: columns that tell of part time, by hours alone
_HOURS_A_WEEK = frozenset({"hours per week", "weekly hours", "hours week", "contract hours", "contracted hours",
                           "working hours per week", "weekly working hours", "hours a week"})  # fmt: skip


@dataclass(frozen=True)
class PeopleOptions:
    """How a file of people or leave is to be read: ``team`` is for rows that name none, ``person`` for events."""

    team: str = ""
    person: str = ""
    dates: Order | None = None
    #: field -> name of its column
    columns: Mapping[str, str] = field(default_factory=dict)


def plan_people(state: State, table: Table, options: PeopleOptions | None = None) -> PeoplePlan:
    """What taking over the people and leave in a table would change; nothing is written.

    Raises :class:`~store.imports.errors.ImportOptionError` where a column is missing.
    """
    return _Taking(state, table, options or PeopleOptions()).plan()


class _RowError(ValueError):
    """A row that cannot be taken; the message says why."""


@dataclass
class _Known:
    """A person on their way: as they are here (None where new), and what the file says, with the line it is from."""

    person: Person
    is_new: bool
    given: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

    @property
    def after(self) -> Person:
        return self.person.model_copy(update=self.given)


class _Taking:
    """One file on its way: what is there already, what was seen, what is to be written."""

    def __init__(self, state: State, table: Table, options: PeopleOptions) -> None:
        self._state = state
        self._table = table
        self._options = options
        self._columns = PeopleColumns(table, options.columns)
        self._comma = bool(decimal_commas(table, self._columns.positions("share", "days", "ramp", "ramp half")))
        cells = [apart(self._columns.cell(row, one))[0] for row in table.rows for one in DATES]
        self._order = options.dates or day_order_in(table, cells) or self._order_by_spans()
        self._order_note = "" if options.dates else order_note(cells, self._order, "Dates")
        self._teams: dict[str, Team] = {}
        for team in sorted(state.each(Team), key=lambda one: (one.position, one.id)):
            self._teams.setdefault(team.name.casefold(), team)
        self._places: dict[str, Place] = {}
        for place in state.each(Place):
            self._places.setdefault(place.name.casefold(), place)
        for place in state.each(Place):
            codes = "-".join(filter(None, (place.country, place.subdivision))).casefold()
            self._places.setdefault(codes, place)
        self._people: dict[tuple[int, str], _Known] = {}
        for person in state.each(Person):
            key = person.team_id, person.name.casefold()
            self._people.setdefault(key, _Known(person, is_new=False))
        self._wanted: list[Wanted] = []
        #: for each row that is taken, by line: the person, and which of the wanted absences is its
        self._taken: dict[int, tuple[_Known, int | None]] = {}
        self._new_places: list[Place] = []
        self._unknown: Counter[str] = Counter()
        #: kinds of leave that are not known, and count as leave
        self._unknown_kinds: Counter[str] = Counter()
        #: words for the status of a request that are not known, and count as approved
        self._unknown_states: Counter[str] = Counter()

    def plan(self) -> PeoplePlan:
        """All rows, then what of them is new here."""
        rejected: list[Rejected] = []
        for row in self._table.rows:
            try:
                self._take(row)
            except ValueError as reason:
                rejected.append(Rejected(row.line, self._columns.person(row), str(reason)))
        outcomes, absences = merge_absences(self._state, self._wanted)
        known = [one for one in self._people.values() if one.rows]
        people = [one for one in known if one.is_new or one.after != one.person]
        counts: Counter[Outcome] = Counter()
        for line, (one, at) in self._taken.items():
            counts[self._outcome(one, line, None if at is None else outcomes[at])] += 1
        team_ids = dict.fromkeys(one.person.team_id for one in known)
        used = {one.after.place_id for one in people}
        puts: list[Record] = [place for place in self._new_places if place.id in used]
        puts += self._times(team_ids)
        puts += [one.after for one in people]
        return PeoplePlan(
            source=self._table.name,
            new=counts["new"],
            changed=counts["changed"],
            same=counts["same"],
            rejected=tuple(rejected),
            changes=tuple(_changes(one) for one in people if not one.is_new),
            notes=tuple(self._notes(team_ids, used)),
            puts=(*puts, *absences),
        )

    def _outcome(self, one: _Known, line: int, absence: Outcome | None) -> Outcome:
        """What a row is: its own part of the person, and its absence, whichever says more."""
        if absence == "new" or (one.is_new and line == one.rows[0]):
            return "new"
        own = [name for name, since in one.lines.items() if since == line]
        changed = not one.is_new and any(getattr(one.person, name) != one.given[name] for name in own)
        return "changed" if absence == "changed" or changed else "same"

    def _times(self, team_ids: Mapping[int, None]) -> list[TeamTime]:
        """Teams that were a plain number, and have people now."""
        there = {row.team_id for row in self._state.each(TeamTime)}
        return [TeamTime(id=new_id(), team_id=team_id) for team_id in team_ids if team_id not in there]

    def _take(self, row: Row) -> None:
        name = self._columns.person(row)
        if not name:
            raise _RowError("names nobody")
        if is_total(name):
            raise _RowError("looks like a row of totals, and no person")
        if len(name) > _LONGEST_NAME:
            raise _RowError(f"the name has more than {_LONGEST_NAME} characters")
        given = self._given(row)
        wanted = self._absence(row)
        team = self._team(self._columns.cell(row, "team"), name)
        one = self._people.get((team.id, name.casefold()))
        if one is None:
            last = max((each.person.position for each in self._people.values() if each.person.team_id == team.id),
                       default=-1)  # fmt: skip
            one = _Known(Person(id=new_id(), team_id=team.id, name=name, position=last + 1), is_new=True)
        for own, value in given.items():
            if own in one.lines and one.given[own] != value:
                raise _RowError(
                    f"{_COLUMN_OF[own]} of {name} is another one than in {self._table.counted} {one.lines[own]}"
                )
        after = one.after.model_copy(update=given)
        if after.starts and after.ends and after.ends < after.starts:
            raise _RowError(f"the end ({after.ends}) is before the start ({after.starts})")
        self._people[team.id, name.casefold()] = one
        one.rows.append(row.line)
        for own, value in given.items():
            if own not in one.lines:
                one.given[own], one.lines[own] = value, row.line
        at = None
        if wanted is not None:
            at = len(self._wanted)
            self._wanted.append(Wanted(one.person.id, **wanted))
        self._taken[row.line] = one, at

    def _given(self, row: Row) -> dict[str, Any]:
        """What a row says of the person, without what it leaves out."""
        cell = self._columns.cell
        location = cell(row, "location")
        found = {
            "starts": self._date(row, "start"),
            "ends": self._date(row, "end"),
            "share": share_of(cell(row, "share"), percent=self._columns.percent, decimal_comma=self._comma),
            "ramp_none": weeks_of(cell(row, "ramp"), "ramp", decimal_comma=self._comma),
            "ramp_half": weeks_of(cell(row, "ramp half"), "ramp half", decimal_comma=self._comma),
        }
        # After what can be refused, so that a refused row makes no place.
        found["place_id"] = None if location.casefold() in BLANKS else self._place(location).id
        return {own: value for own, value in found.items() if value is not None}

    def _absence(self, row: Row) -> dict[str, Any] | None:
        first, last = self._date(row, "leave from"), self._date(row, "leave to")
        word = self._columns.cell(row, "kind")
        kind = kind_of(word)
        away = first is not None or last is not None or any(self._columns.cell(row, one) for one in ("days", "hours"))
        if away and (refused := refused_request(self._columns.cell(row, "status"))):
            raise _RowError(f'its request is "{refused}": only approved leave counts')
        if away and kind is None:
            raise _RowError(f'is "{word[:40]}", which is not leave')
        days = self._days(row)
        if away and word and not names_absence(word):
            self._unknown_kinds[word[:60]] += 1
        if away and not knows_status(status := self._columns.cell(row, "status")):
            self._unknown_states[status[:60]] += 1
        if first is None:
            if last is not None or days is not None:
                raise _RowError("has leave without a first day (leave from)")
            return None
        last = first if last is None else last
        if last < first:
            raise _RowError(f"leave ends ({last}) before it begins ({first})")
        if days is None:
            days = self._part(row, first, last, word)
        note = self._columns.cell(row, "note")
        return {"kind": kind, "starts": first, "ends": last, "days": days, "note": note}

    def _part(self, row: Row, first: date, last: date, word: str) -> float | None:
        """How many working days a leave takes that begins or ends within one; None: all of them."""
        begins, ends = self._columns.cell(row, "leave from"), self._columns.cell(row, "leave to")
        told = self._columns.cell(row, "part") if first == last or self._columns.of_first_day else ""
        until = self._columns.cell(row, "part end")
        days = days_with_halves(first, last, apart(begins)[1] or told, apart(ends)[1] or until)
        if days is None and first == last:
            days = days_by_hours(begins, ends) or part_of_day(word)
        return days

    def _order_by_spans(self) -> Order | None:
        """How days are written, where only one way has no leave end before it begins; or one alone has the leaves last
        as many working days as they say."""
        fits: dict[Order, int] = {}
        orders: tuple[Order, ...] = ("day-first", "month-first")
        for order in orders:
            found = [self._span(row, order) for row in self._table.rows[:_LOOKED_AT]]
            if None not in found:
                fits[order] = sum(bool(each) for each in found)
        best = max(fits, key=fits.__getitem__, default=None)
        return best if best is not None and list(fits.values()).count(fits[best]) == 1 else None

    def _span(self, row: Row, order: Order) -> bool | None:
        """Whether a leave lasts as many working days as it says; None where it would end before it begins."""
        cells = (apart(self._columns.cell(row, one))[0] for one in ("leave from", "leave to"))
        first, last = (parse_date(cell, order) for cell in cells)
        if first is None or last is None:
            return False
        if last < first:
            return None
        try:
            days = self._days(row)
        except ValueError:
            return False
        long = (last - first).days
        return days is not None and days == sum((first.toordinal() + at) % 7 not in (6, 0) for at in range(long + 1))

    def _days(self, row: Row) -> float | None:
        """How many working days a leave takes, where the row says so, in days or in hours."""
        cell, unit = self._columns.cell(row, "days"), self._columns.cell(row, "unit")
        if cell and without_accents(unit).startswith(("hour", "stund", "std", "heure", "hora", "h")):
            cell = f"{cell} h"
        if not cell and self._columns.of_leave and (hours := self._columns.cell(row, "hours")):
            cell = f"{hours} h"
        return days_of(cell, decimal_comma=self._comma)

    def _date(self, row: Row, one: str) -> date | None:
        # "2027-02-12 (Afternoon)": how much of the day it takes, the amount says.
        cell = apart(self._columns.cell(row, one))[0]
        if cell.casefold() in BLANKS:
            return None
        found = parse_date(cell, self._order)
        if found is None and is_ambiguous(cell):
            raise _RowError(f'{one} "{cell[:30]}" can be read as two days; --dates day-first or month-first says which')
        if found is None:
            raise _RowError(f'{one} "{cell[:30]}" is not a date: write 2027-02-01')
        return found

    def _team(self, name: str, person: str) -> Team:
        name = name or clean(self._options.team)
        if name:
            team = self._teams.get(name.casefold())
            if team is None:
                self._unknown[name] += 1
                raise _RowError(f"there is no team “{name[:80]}” here")
            return team
        of_them = [team for team in self._teams.values() if (team.id, person.casefold()) in self._people]
        if len(of_them) == 1:
            return of_them[0]
        if len(self._teams) == 1:
            return next(iter(self._teams.values()))
        raise _RowError("names no team; --team NAME says whose it is")

    def _place(self, name: str) -> Place:
        """The place of that name or of those codes; else a new one, with holidays where it is written as codes."""
        place = self._places.get(name.casefold())
        if place is None:
            country, _, subdivision = name.partition("-")
            codes: dict[str, Any] = (
                {"country": country.upper(), "subdivision": subdivision} if _is_code(country) else {}
            )
            place = Place(id=new_id(), name=name[:_LONGEST_NAME], **codes)
            self._places[name.casefold()] = place
            self._new_places.append(place)
        return place

    def _read(self) -> str:
        """Which column was read as what."""
        said = ", ".join(f"{one} from {clean(self._columns.header[at])[:60]}" for one, at in self._columns.at.items())
        return f"{'Read as leave' if self._columns.of_leave else 'Columns read'}: {said}."

    def _short_memberships(self, team_ids: Mapping[int, None]) -> Iterator[str]:
        """Teams of which half or more would be members for less than half of the quarter: dates of leave, as a rule."""
        quarter = self._state.quarter
        for team in self._teams.values():
            members = [one.after for one in self._people.values() if one.after.team_id == team.id]
            here = [one for one in members if _overlap(one, quarter) < (quarter.ends - quarter.starts).days / 2]
            if team.id in team_ids and 2 * len(here) >= len(members) and any(one.ends for one in here):
                who = f"{len(here)} of {len(members)} people of {team.name}"
                yield (
                    f"{who} are here for less than half of {quarter.name} "
                    'by this file. Where its dates are those of leave, say so: --column "leave from=NAME".'
                )

    def _notes(self, team_ids: Mapping[int, None], used: set[int | None]) -> list[str]:
        found = [*self._table.notes, self._read()]
        if unread := self._columns.unread:
            found.append(f"Columns not used: {', '.join(name[:60] for name in unread[:20])}.")
        # How many hours are full time is agreed elsewhere: 36 of 36 is all of it, and 36 of 40 is not.
        hours = next((name for name in unread if simplified(name) in _HOURS_A_WEEK), "")
        if hours and "share" not in self._columns.at and not self._columns.of_leave:
            found.append(
                f"{hours[:60]} does not say how many hours are full time: each counts as full time. A column such as "
                "FTE says otherwise (0.9, or 90%)."
            )
        if self._unknown_kinds:
            kinds = ", ".join(f"{word} ({count:,})" for word, count in self._unknown_kinds.most_common(8))
            found.append(f"Kinds that are not known count as leave: {kinds}.")
        found += filter(None, [self._order_note])
        if self._unknown_states:
            states = ", ".join(f"{word} ({count:,})" for word, count in self._unknown_states.most_common(8))
            found.append(f"Statuses that are not known count as approved: {states}.")
        found += self._short_memberships(team_ids)
        for name, count in self._unknown.items():
            rows = "1 row names" if count == 1 else f"{count:,} rows name"
            found.append(f"There is no team “{name[:80]}” here, and {rows} it: add it first.")
        for place in self._new_places:
            if place.id in used and not place.country:
                found.append(
                    f"Place “{place.name[:80]}” is new and has no public holidays yet: give it a country in the app"
                    ", or write a code such as DE-BY."
                )
        names = {team.id: team.name for team in self._teams.values()}
        for row in self._times(team_ids):
            found.append(
                f"{names[row.team_id]} was a plain number, and has people now: see to its focus and interrupts."
            )
        in_file = {one.person.id for one in self._people.values() if one.rows}
        for team_id in team_ids:
            others = sum(
                row.team_id == team_id and row.id not in in_file and row.name.startswith("engineer ")
                for row in self._state.each(Person)
            )
            if others:
                found.append(f"{names[team_id]} still has {others} counted engineers without a name besides.")
        return found


def _overlap(person: Person, quarter: Quarter) -> int:
    """For how many days of a quarter somebody is there."""
    first, last = max(person.starts or quarter.starts, quarter.starts), min(person.ends or quarter.ends, quarter.ends)
    return max(0, (last - first).days)


def _is_code(country: str) -> bool:
    return len(country) == 2 and country.isascii() and country.isalpha()


def _changes(one: _Known) -> str:
    """What is another for somebody who is here already."""
    said = []
    for own, value in one.given.items():
        old = getattr(one.person, own)
        if old != value and own != "place_id":
            said.append(f"{_COLUMN_OF[own]} {'none' if old is None else old} -> {value}")
        elif old != value:
            said.append("another place")
    return f"{one.person.name}: {', '.join(said)}"
