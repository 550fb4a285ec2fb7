"""Which column of a file of people is what, and reading its shares, ramps and kinds of absence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.imports.columns import simplified
from store.imports.estimates import BLANKS, number
from store.imports.named_columns import NamedColumns
from store.records import AbsenceKind

if TYPE_CHECKING:
    from store.imports.table import Table

_ALIASES: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "person", "engineer", "employee", "member", "who", "full name"}),
    "team": frozenset({"team", "squad", "team name"}),
    "start": frozenset({"start", "starts", "start date", "joins", "joined", "from", "hired"}),
    "end": frozenset({"end", "ends", "end date", "leaves", "last day", "until", "to"}),
    "share": frozenset({"share", "fte", "part time", "part time share", "percent", "pct", "workload", "allocation"}),
    "leave from": frozenset({"leave from", "leave start", "leave starts", "away from", "absent from", "off from"}),
    "leave to": frozenset({"leave to", "leave end", "leave ends", "leave until", "away to", "absent to", "off to"}),
    "days": frozenset({"days", "leave days", "working days", "days off"}),
    "kind": frozenset({"kind", "leave kind", "leave type", "absence", "absence type", "reason"}),
    "location": frozenset({"location", "place", "office", "site", "country"}),
    "ramp": frozenset({"ramp", "ramp up", "ramp weeks", "ramp up weeks", "ramp none"}),
    "ramp half": frozenset({"ramp half", "half ramp", "ramp half weeks", "ramp up half"}),
    "note": frozenset({"note", "notes", "comment"}),
}
DATES = ("start", "end", "leave from", "leave to")
_KINDS: Mapping[str, AbsenceKind] = {
    **dict.fromkeys(("", "leave", "vacation", "holiday", "pto", "annual leave", "sick", "sick leave", "parental leave",
                     "urlaub", "unpaid leave"), "leave"),
    **dict.fromkeys(("on call", "oncall", "duty", "rota"), "on-call"),
    **dict.fromkeys(("away", "training", "conference", "travel", "loan", "on loan"), "away"),
}  # fmt: skip
MOST_WEEKS = 520
MOST_DAYS = 4_000


class PeopleColumns(NamedColumns):
    """Where a table of people has what. Raises ImportOptionError where there is no name."""

    def __init__(self, table: Table, overrides: Mapping[str, str]) -> None:
        super().__init__(table, overrides, _ALIASES)
        if "name" not in self.at:
            raise self.lacking("name", "name=Engineer")
        share = self.header[self.at["share"]] if "share" in self.at else ""
        #: whether the name of the column of shares says percent
        self.percent = "%" in share or not {"percent", "pct"}.isdisjoint(simplified(share).split())


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
    found = number(re.sub(r"\s*(weeks?|w)$", "", cell, flags=re.IGNORECASE), decimal_comma=decimal_comma)
    if found is None or not 0 <= found <= MOST_WEEKS:
        raise ValueError(f'{what} "{cell[:40]}" is no number of weeks from 0 to {MOST_WEEKS}')
    return found


def days_of(cell: str, *, decimal_comma: bool) -> float | None:
    """A number of working days. Raises ValueError with what is wrong."""
    if cell.casefold() in BLANKS:
        return None
    found = number(re.sub(r"\s*(days?|d)$", "", cell, flags=re.IGNORECASE), decimal_comma=decimal_comma)
    if found is None or not 0 < found <= MOST_DAYS:
        raise ValueError(f'days "{cell[:40]}" is no number of working days above 0')
    return found


def kind_of(cell: str) -> AbsenceKind:
    """The kind of an absence by the word for it. Raises ValueError with what is wrong."""
    found = _KINDS.get(simplified(cell).replace("-", " "))
    if found is None:
        raise ValueError(f'kind "{cell[:40]}" is none of leave, on-call and away')
    return found
