"""What a table of accounts says beyond revenue: the five words with their evidence, and the steps of an onboarding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_args

from store.common.text import short
from store.imports.dates import day_order_in, parse_date
from store.imports.estimates import BLANKS
from store.imports.markup import unwrapped
from store.imports.numbers import number
from store.records import Record, State, new_id
from store.records.looking_back import AccountWord, AccountWordKind, OnboardingKind, OnboardingStep

if TYPE_CHECKING:
    from store.imports.dates import Order
    from store.imports.named_columns import NamedColumns
    from store.imports.table import Row, Table

WORDS: tuple[AccountWordKind, ...] = get_args(AccountWordKind)
STEPS: tuple[OnboardingKind, ...] = get_args(OnboardingKind)
EVIDENCE = " evidence"
#: What one row says: by word its score and evidence, by step its day.
Said: TypeAlias = Mapping[str, tuple[int, str] | date]
_AFTER = {"on", "date", "day"}
_MORE = {"signed": {"contract signed", "signature date", "contract date"}, "kickoff": {"kick off", "kick off date"},
         "live": {"go live", "go live date", "went live"}}  # fmt: skip
#: The names of their columns, as :class:`~store.imports.named_columns.NamedColumns` takes them.
ALIASES: Mapping[str, frozenset[str]] = {
    **{word: frozenset({word}) for word in WORDS},
    **{f"{word}{EVIDENCE}": frozenset({f"{word}{EVIDENCE}", f"{word} because"}) for word in WORDS},
    **{
        step: frozenset({step, *(f"{step} {word}" for word in _AFTER), *_MORE.get(step, ())})
        for step in STEPS
    },
}  # fmt: skip

R = TypeVar("R", AccountWord, OnboardingStep)


class BeyondRevenue:
    """Reads those columns of one table; what cannot be read is noted, and the account is taken without it."""

    def __init__(
        self,
        state: State,
        table: Table,
        columns: NamedColumns,
        note: Callable[[str], None],
        dates: Order | None,
        today: date,
    ) -> None:
        """``dates`` is how days are written, where somebody said so; what is after ``today`` is still to come."""
        self._state, self._table, self._columns, self._note = state, table, columns, note
        cells = (self._cell(row, step) for step in STEPS for row in table.rows)
        self._today, self._order = today, dates or day_order_in(table, cells)
        self._words = self._told(WORDS, self._score, "number from 0 to 3")
        self._steps = self._told(STEPS, self._day, "day with its year")

    def _told(self, names: tuple[str, ...], read: Callable[[str], object], what: str) -> list[str]:
        """Those of these fields whose column has anything that can be read; of another one it is said once."""
        found = []
        for one in names:
            cells = [cell for row in self._table.rows if (cell := self._cell(row, one))]
            if any(read(cell) is not None for cell in cells):
                found.append(one)
            elif cells:
                self._note(f"column {self._columns.name(one)} has no {what}, but “{short(cells[0], 40)}”, and is left")
        return found

    def _cell(self, row: Row, one: str) -> str:
        text = unwrapped(self._columns.cell(row, one))
        return "" if text.casefold() in BLANKS else text

    def _score(self, cell: str) -> int | None:
        found = number(cell)
        return int(found) if found is not None and found == int(found) and 0 <= found <= 3 else None

    def _day(self, cell: str) -> date | None:
        found = parse_date(cell, self._order)
        return found if found is not None and 1990 <= found.year <= 2100 else None

    def said(self, row: Row, name: str) -> Said:
        """What a row says of its account."""
        found: dict[str, tuple[int, str] | date] = {}
        for word in self._words:
            if cell := self._cell(row, word):
                score, evidence = self._score(cell), self._cell(row, f"{word}{EVIDENCE}")[:20_000]
                if score is None:
                    self._without(row, name, f"{word} “{short(cell, 40)}” is not a whole number from 0 to 3")
                elif not evidence:
                    self._without(row, name, f"{word} {score} has no evidence (column “{word}{EVIDENCE}”)")
                else:
                    found[word] = score, evidence
        for step in self._steps:
            if cell := self._cell(row, step):
                day = self._day(cell)
                if day is None:
                    self._without(row, name, f"{step} “{short(cell, 40)}” is not a day with its year, as 2027-03-31")
                elif day > self._today:
                    self._without(row, name, f"{step} on {day.isoformat()} is still to come")
                else:
                    found[step] = day
        return found

    def _without(self, row: Row, name: str, why: str) -> None:
        self._note(f"{self._table.counted} {row.line}, {short(name, 60)}: {why}; taken without it")

    def records(self, account_id: int, name: str, rows: list[Said]) -> list[Record]:
        """What rows of one account change of it; of several that say one thing, the first."""
        told: dict[str, tuple[int, str] | date] = {}
        for row in rows:
            for one, value in row.items():
                if told.setdefault(one, value) != value:
                    self._note(f"{short(name, 60)}: its rows differ in {one}; the first is taken")
        return [*self._changed_words(account_id, told), *self._changed_steps(account_id, name, told)]

    def _changed_words(self, account_id: int, told: Said) -> Iterator[Record]:
        here = {row.kind: row for row in self._state.each(AccountWord) if row.customer_id == account_id}
        for word in WORDS:
            match told.get(word):
                case (score, evidence):
                    given = {"customer_id": account_id, "kind": word, "score": score, "evidence": evidence}
                    yield from _changed(here.get(word), AccountWord, given)

    def _changed_steps(self, account_id: int, name: str, told: Said) -> Iterator[Record]:
        here = {row.step: row for row in self._state.each(OnboardingStep) if row.customer_id == account_id}
        days: dict[str, date] = {**{step: row.day for step, row in here.items()}}
        days |= {step: day for step in STEPS if isinstance(day := told.get(step), date)}
        if days.get("adopted", date.max) < days.get("signed", date.min):
            self._note(
                f"{short(name, 60)}: adopted on {days['adopted'].isoformat()} is before signed on "
                f"{days['signed'].isoformat()}; neither is taken"
            )
            told = {one: value for one, value in told.items() if one not in ("signed", "adopted")}
        for step in STEPS:
            if isinstance(day := told.get(step), date):
                yield from _changed(
                    here.get(step), OnboardingStep, {"customer_id": account_id, "step": step, "day": day}
                )


def words_of(records: list[Record]) -> str:
    """What records say, as ``retention risk 2, signed 2027-01-05``."""
    said = [f"{row.kind} {row.score}" for row in records if isinstance(row, AccountWord)]
    said += [f"{row.step} {row.day.isoformat()}" for row in records if isinstance(row, OnboardingStep)]
    return ", ".join(said)


def _changed(old: R | None, kind: type[R], given: dict[str, Any]) -> Iterator[R]:
    row = kind.model_validate({"id": new_id(), **given}) if old is None else old.model_copy(update=given)
    if row != old:
        yield row
