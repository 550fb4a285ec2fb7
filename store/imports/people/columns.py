"""Which column of a file of people is what, and reading its shares, ramps and kinds of absence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from store.imports.columns import simplified
from store.imports.dates import parse_date
from store.imports.estimates import BLANKS
from store.imports.named_columns import NamedColumns
from store.imports.numbers import number
from store.imports.people.leave_words import approved_request, hours_as_days, names_absence, refused_request
from store.imports.plain_words import bare_words

if TYPE_CHECKING:
    from store.imports.table import Row, Table

_ALIASES: Mapping[str, frozenset[str]] = {
    "name": frozenset(
        {"name", "person", "engineer", "employee", "member", "who", "full name", "employee name", "display name",
         "requester", "requested by", "user", "user name", "staff member", "team member", "colleague", "resource",
         "worker", "worker name",
         "collaborator", "staff"}),
    "first": frozenset({"first name", "firstname", "given name", "forename", "employee first name"}),
    "last": frozenset({"last name", "lastname", "surname", "family name", "employee last name"}),
    "team": frozenset({"team", "squad", "team name", "department"}),
    "start": frozenset({"start", "starts", "start date", "joins", "joined", "from", "hired", "de"}),
    "end": frozenset({"end", "ends", "end date", "leaves", "last day", "until", "to", "do"}),
    "share": frozenset({"fte percent", "share", "fte", "part time", "part time share", "percent", "pct", "workload",
    "allocation"}),
    "leave from": frozenset(
        {"leave from", "leave start", "leave starts", "away from", "absent from", "off from", "leave start date",
         "absence start", "absence start date", "first day off", "time off start", "vacation start", "date from",
         "time off date", "leave date", "absence date", "day off"}),
    "leave to": frozenset(
        {"leave to", "leave end", "leave ends", "leave until", "away to", "absent to", "off to", "leave end date",
         "absence end", "absence end date", "last day off", "time off end", "vacation end", "date to"}),
    "days": frozenset(
        {"days", "leave days", "working days", "days off", "duration", "duration days", "amount", "units", "total days",
         "number of days", "days taken", "days requested", "amount days", "length", "leave length days",
         "working days requested", "workdays", "net days", "total duration", "deducted days", "days deducted",
         "deducted", "business days", "absence days", "used days", "days used"}),
    "hours": frozenset({"hours", "duration hours", "hours off", "leave hours", "amount hours", "total hours"}),
    "unit": frozenset({"unit", "amount unit", "unit of time", "duration unit"}),
    #: that it is a part of a day: a yes, or which
    "part": frozenset(
        {"start half", "start day part", "half day start", "start time of day", "from half", "half day", "half days",
         "start portion", "portion", "start part", "begin half", "day part", "part of day", "day portion", "halber tag",
         "halbtags",
         "demi journee", "medio dia", "duration type", "day type"}),
    #: the same of its last day
    "part end": frozenset(
        {"end half", "end day part", "half day end", "end time of day", "to half", "end portion", "end part"}),
    "kind": frozenset(
        {"kind", "leave kind", "leave type", "absence", "absence type", "reason", "time off type", "type", "category",
         "policy", "policy type", "leave", "type of leave", "leave policy", "absence reason", "request type",
         "leave category",
         "time off policy", "vacation type", "leave rule", "leave name", "time type", "absence name", "absence kind",
         "kind of leave"}),
    "status": frozenset(
        {"status", "state", "approval", "approval status", "request status", "approved", "leave status",
         "status category", "decision"}),
    "location": frozenset({"location", "place", "office", "site", "country"}),
    "ramp": frozenset({"ramp", "ramp up", "ramp weeks", "ramp up weeks", "ramp none"}),
    "ramp half": frozenset({"ramp half", "half ramp", "ramp half weeks", "ramp up half"}),
    "note": frozenset({"note", "notes", "comment", "comments", "description"}),
}  # fmt: skip
DATES = ("start", "end", "leave from", "leave to")
#: names of dates that are those of a membership, or of a leave where the table is one of leave
_EITHER = {
    "start": frozenset({"start", "starts", "start date", "from", "de"}),
    "end": frozenset({"end", "ends", "end date", "to", "until", "do"}),
}
#: what only a list of members has
_STAFF = frozenset({"share", "ramp", "ramp half"})
_LOOKED_AT = 500
#: words in the name of a column that tells of the first day of a leave
_OF_FIRST = frozenset({"start", "from", "begin", "first"})
#: days between the first and the last day of a leave, in half of the rows
_LONGEST_LEAVE = 30
_EMPLOYED = frozenset({"active", "inactive", "employed", "open", "new", "planned", "terminated"})
MOST_WEEKS = 520
MOST_DAYS = 4_000


class PeopleColumns(NamedColumns):
    """Where a table of people has what. Raises ImportOptionError where there is no name.

    Whether its dates are those of a membership or of a leave, the rest decides: a kind or a number of days of leave,
    the status of a request, or dates that are only days apart make it a table of leave.
    """

    def __init__(self, table: Table, overrides: Mapping[str, str]) -> None:
        super().__init__(table, overrides, _ALIASES, frozenset({"the"}))
        if "name" not in self.at and "first" not in self.at and "last" not in self.at:
            raise self.lacking("name", "name=Engineer")
        part = self.header[self.at["part"]] if "part" in self.at else ""
        #: whether the column of parts of days tells of the first day alone
        self.of_first_day = bool(_OF_FIRST.intersection(simplified(part).split()))
        #: whether its rows are leave, one each
        self.of_leave = "leave from" not in self.at and not _STAFF & self.at.keys() and self._is_leave(table)
        if self.of_leave:
            self._dates_are_of_leave(set(map(self._field, overrides)))
        share = self.header[self.at["share"]] if "share" in self.at else ""
        #: whether the name of the column of shares says percent
        self.percent = "%" in share or not {"percent", "pct"}.isdisjoint(simplified(share).split())

    def _is_leave(self, table: Table) -> bool:
        rows = table.rows[:_LOOKED_AT]
        kinds = [cell for row in rows if (cell := self.cell(row, "kind"))]
        # In a list of members, a type is that of a contract.
        vague = "kind" in self.at and simplified(self.header[self.at["kind"]]) in ("type", "category", "kind", "reason")
        if vague and not any(map(names_absence, kinds)):
            del self.at["kind"]
        states = [cell for row in rows if not _EMPLOYED & {*bare_words(cell := self.cell(row, "status"))}]
        requests = any(approved_request(each) or refused_request(each) for each in states)
        if not {"kind", "days"}.isdisjoint(self.at) or requests:
            return True
        # Nobody joins for three weeks, as a rule.
        spans = sorted(days for row in rows if (days := self._span(row)) is not None)
        return len(spans) > len(rows) / 2 and spans[len(spans) // 2] <= _LONGEST_LEAVE

    def _span(self, row: Row) -> int | None:
        """How many days lie between the start and the end of a row; None where one of them is not there."""
        first, last = (parse_date(self.cell(row, one), "day-first") for one in ("start", "end"))
        return (last - first).days if first and last else None

    def _dates_are_of_leave(self, said: AbstractSet[str]) -> None:
        for own, leave in (("start", "leave from"), ("end", "leave to")):
            if own in self.at and own not in said and simplified(self.header[self.at[own]]) in _EITHER[own]:
                self.at[leave] = self.at.pop(own)

    def person(self, row: Row) -> str:
        """A row's full name, put together where first and last name stand apart, turned round where a comma says so."""
        name, first, last = (self.cell(row, one) for one in ("name", "first", "last"))
        if first and name and not last and first not in name:
            # "Name" beside a first name is the last name.
            last = name
        if first or last:
            return " ".join(filter(None, (first, last)))
        return turned(name)


def turned(name: str) -> str:
    """``Lopez, Ana`` as Ana Lopez; anything else as it is."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name


def share_of(cell: str, *, percent: bool, decimal_comma: bool) -> float | None:
    """The share of full time in ``0.8``, ``80%`` or ``80``. Raises ValueError with what is wrong."""
    if cell.casefold() in BLANKS:
        return None
    bare = number(cell.removesuffix("%").strip(), decimal_comma=decimal_comma)
    if bare is not None:
        bare = bare / 100 if percent or cell.endswith("%") or bare > 1 else bare
    if bare is None or not 0 <= bare <= 1:
        raise ValueError(f'share "{cell[:40]}" is none: write 0.8 or 80%')
    return round(bare, 6)


def weeks_of(cell: str, what: str, *, decimal_comma: bool) -> float | None:
    """A number of weeks. Raises ValueError with what is wrong."""
    if cell.casefold() in BLANKS:
        return None
    found = number(re.sub(r"(?<!\s)\s*(weeks?|w)$", "", cell, flags=re.IGNORECASE), decimal_comma=decimal_comma)
    if found is None or not 0 <= found <= MOST_WEEKS:
        raise ValueError(f'{what} "{cell[:40]}" is not a number of weeks from 0 to {MOST_WEEKS}')
    return found


def days_of(cell: str, *, decimal_comma: bool) -> float | None:
    """A number of working days. Raises ValueError with what is wrong."""
    if cell.casefold() in BLANKS:
        return None
    bare, hours = re.subn(r"(?<!\s)\s*(hours?|hrs?|h|stunden|std\.?|heures?|horas?)$", "", cell, flags=re.IGNORECASE)
    bare = re.sub(r"(?<!\s)\s*(days?|d|tage?|jours?|d[ií]as?|giorn[oi]|dag(en)?)\.?$", "", bare, flags=re.IGNORECASE)
    found = number(bare, decimal_comma=decimal_comma)
    if found is not None and hours:
        found = hours_as_days(found)
    if found is None or not 0 < found <= MOST_DAYS:
        raise ValueError(f'days "{cell[:40]}" is not a number of working days above 0')
    return found
