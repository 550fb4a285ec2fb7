"""Accounts from a table: a CRM's export, or any with a name and, where known, revenue, renewal, segment and owner.

Rows that spell one name are one account: what they say differently of its revenue are its contracts, which add up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from store.common.currencies import currency_meant, with_sign
from store.common.spellings import spelling
from store.common.text import clean, short
from store.imports.accounts.beyond_revenue import BeyondRevenue, Said, words_of
from store.imports.accounts.columns import AccountColumns
from store.imports.dates import Order, day_order_in, is_ambiguous, order_note, parse_date
from store.imports.errors import ImportOptionError
from store.imports.estimates import BLANKS
from store.imports.formats import decimals
from store.imports.markup import unwrapped
from store.imports.numbers import amount, number
from store.imports.options import DecimalSign
from store.imports.plain_words import is_total
from store.imports.report import KIND, Rejected
from store.records import Command, Customer, Record, State, new_id
from store.records.account_names import AccountNames, names_of

if TYPE_CHECKING:
    from store.imports.table import Row, Table

#: Revenue past this is a slip: more than any company takes in a year.
MOST_REVENUE = 1e12
_AMOUNTS = ("arr", "mrr", "value")
_TERM = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(months?|mos?|m|monaten?|monate?|mois|meses|m[eê]s|mes[ei]|maand(?:en)?|か?月|years?|yrs?|y|"
    r"jahren?|jahre?|jaar|jaren|ans?|a[nñ]os?|ann[oi]|年)?\.?",
    re.I,
)
_NAMED_TERMS = {"monthly": 1, "quarterly": 3, "annual": 12, "annually": 12, "yearly": 12, "biennial": 24}

_PER = r"(?<![\s/]) ?(?:/ ?|\b(?:per|pro|por|par|al|im|a) )"
#: ``/ year``, ``p.a.``, ``pro Jahr`` at the end of an amount; and ``per month``, which goes into a year twelve times.
_A_YEAR = re.compile(
    rf"(?:{_PER}(?:year|yr|y|annum|a|jahr|jaar|j|año|ano|an|anno|år|rok)|/?年| ?\b(?:p\.? ?a|yearly|annually))\.?$",
    re.I,
)
_A_MONTH = re.compile(
    rf"(?:{_PER}(?:month|mo|m|mth|monat|maand|mês|mes|mois|mese|måned|månad)|/月| ?\b(?:p\.? ?m|monthly))\.?$", re.I
)


@dataclass(frozen=True)
class AccountsOptions:
    """How a file of accounts is to be read; ``rates`` is what one of a currency is in the workspace's."""

    #: field -> name of its column
    columns: Mapping[str, str] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    dates: Order | None = None
    decimal: DecimalSign | None = None
    #: whether it is a table of accounts; else, of something else that names them, which only tells what is not known
    of_accounts: bool = True
    #: whether whoever reads it can say ``rates``
    takes_rates: bool = True
    #: the day on which it is read: what comes later is still to come; by default today
    today: date | None = None


@dataclass(frozen=True)
class AccountsPlan:
    """Everything that taking a file of accounts over would do; ``changes`` say it an account a line."""

    source: str
    new: int
    updated: int
    unchanged: int
    changes: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]
    puts: tuple[Record, ...]

    @property
    def summary(self) -> str:
        """The counts in one line."""
        counts = f"{self.new:,} new, {self.updated:,} updated, {self.unchanged:,} unchanged"
        return f"accounts: {counts}, {len(self.rejected):,} not taken"

    def command(self) -> Command:
        """The one change that carries it out; empty if there is nothing to write."""
        what = f"{self.new + self.updated:,} account{'' if self.new + self.updated == 1 else 's'}"
        return Command(KIND, f"accounts {clean(self.source)[:100]}: {what}", self.puts)


def plan_accounts(state: State, table: Table, options: AccountsOptions | None = None) -> AccountsPlan:
    """What taking over the accounts in a table would change; nothing is written.

    Raises :class:`~store.imports.errors.ImportOptionError` where no column has their names.
    """
    return _Reading(state, table, options or AccountsOptions()).plan()


class _Told(NamedTuple):
    """What one row says of an account; None and empty where it says nothing."""

    line: int
    name: str
    arr: float | None
    renews: date | None
    term: int | None
    segment: str
    owner: str
    #: the five words, and the steps of its onboarding
    beyond: Said


class _UnreadError(ValueError):
    """A cell that cannot be taken; the message says why."""


class _Reading:
    """One file on its way: its rows by account, and what could not be read."""

    def __init__(self, state: State, table: Table, options: AccountsOptions) -> None:
        self._state, self._table, self._options = state, table, options
        self._own = state.workspace.currency
        self._columns = columns = AccountColumns(table, options.columns)
        amounts = columns.positions(*_AMOUNTS)
        self._commas, doubtful = decimals(table, amounts, self._options.decimal, money=True)
        renewals = {columns.cell(row, "renewal") for row in table.rows}
        self._order = options.dates or day_order_in(table, renewals)
        self._here = AccountNames(state.each(Customer))
        self._rejected: list[Rejected] = []
        self._notes: list[str] = list(table.notes)
        if options.dates is None:
            self._notes += filter(None, [order_note(renewals, self._order, "Renewals")])
        self._converted: dict[str, int] = {}
        own, note, today = self._options, self._notes.append, self._options.today or date.today()
        self._beyond = BeyondRevenue(state, table, columns, note, own.dates, today)
        self._notes += [
            f'"{short(cell, 20)}" in column {short(table.header[at], 40)} is read as thousands, and nothing in it '
            f"tells: --decimal {'comma' if ',' in cell else 'point'} reads it with decimals"
            for at, cell in doubtful.items()
        ]

    def plan(self) -> AccountsPlan:
        """All rows, brought together by account, then what of it is new here."""
        groups: dict[object, list[_Told]] = {}
        totals = 0
        for row in self._table.rows:
            name = unwrapped(self._columns.cell(row, "name"))
            if not name:
                if any(cell.strip() for cell in row.cells):
                    self._rejected.append(Rejected(row.line, "", "names no account"))
            elif is_total(name):
                totals += 1
            elif len(name) > 200:
                self._rejected.append(Rejected(row.line, name, "the account's name has more than 200 characters"))
            else:
                known = self._here.called(name)
                groups.setdefault(known.id if known else spelling(name), []).append(self._told(row, name))
        if totals:
            self._notes.append(f"{totals} row{'' if totals == 1 else 's'} of totals left out")
        if self._options.of_accounts:
            self._say_columns()
        return self._written(groups.values())

    def _say_columns(self) -> None:
        for name in self._columns.not_ours:
            self._notes.append(
                f"“{short(name, 60)}” is what those companies take themselves in a CRM, and is left; "
                f"--column arr='{short(name, 60)}' reads it"
            )
        if not self._columns.positions(*_AMOUNTS):
            self._notes.append("no column of revenue was found: it stays as it is, or unknown")
        if not self._columns.positions("renewal"):
            self._notes.append("no column of renewals was found")
        for code, count in self._converted.items():
            rate = self._options.rates[code]
            amounts = "1 amount" if count == 1 else f"{count} amounts"
            was = "was" if count == 1 else "were"
            self._notes.append(f"{amounts} in {code} {was} converted at {rate:g} {self._own} for 1 {code}")
        for code in sorted(set(self._options.rates) - set(self._converted)):
            self._notes.append(f"no amount is in {code}: its rate was not needed")

    # ---------------------------------------------------------------- a row

    def _told(self, row: Row, name: str) -> _Told:
        term = self._read(row, name, self._term)
        arr = self._read(row, name, lambda row: self._revenue(row, term))
        renews = self._read(row, name, self._renewal)
        texts = (unwrapped(self._columns.cell(row, one))[:200] for one in ("segment", "owner"))
        segment, owner = ("" if text.casefold() in BLANKS else text for text in texts)
        return _Told(row.line, name, arr, renews, term, segment, owner, self._beyond.said(row, name))

    def _read(self, row: Row, name: str, read: Any) -> Any:
        """What a cell says; what cannot be read is named, and the account is taken without it."""
        try:
            return read(row)
        except _UnreadError as reason:
            self._notes.append(f"{self._table.counted} {row.line}, {short(name, 60)}: {reason}; taken without it")
            return None

    def _cell(self, row: Row, one: str) -> str:
        text = self._columns.cell(row, one)
        return "" if text.casefold() in BLANKS else text

    def _revenue(self, row: Row, term: int | None) -> float | None:
        for one in _AMOUNTS:
            if cell := self._cell(row, one):
                bare = _A_MONTH.sub("", _A_YEAR.sub("", cell))
                value = self._amount(row, one, cell, bare)
                # What the cell says goes before what its column is called.
                if _A_MONTH.search(cell) or (one == "mrr" and bare == cell):
                    value *= 12
                elif one == "value" and bare == cell:
                    value *= 12 / (term or 12)
                if value > MOST_REVENUE:
                    raise _UnreadError(f'revenue "{short(cell, 40)}" is too large to be true')
                return float(f"{value:.2f}")
        return None

    def _amount(self, row: Row, one: str, cell: str, bare: str) -> float:
        found = amount(bare, decimal_comma=self._columns.at[one] in self._commas, own=self._own)
        if found is None or not math.isfinite(found[0]):
            raise _UnreadError(f'revenue "{short(cell, 40)}" is not an amount')
        value, code = found
        if value < 0:
            raise _UnreadError(f'revenue "{short(cell, 40)}" is below zero')
        sign = code or self._cell(row, "currency") or self._columns.currencies.get(one, "")
        if not sign:
            return value
        meant = currency_meant(sign, self._own)
        if meant is None:
            raise _UnreadError(f'revenue "{short(cell, 40)}" is in "{short(sign, 20)}", which is not a currency')
        if meant == self._own:
            return value
        rate = self._options.rates.get(meant)
        if rate is None:
            way = (
                f"--rate {meant}=N says what 1 {meant} is in {self._own}"
                if self._options.takes_rates
                else f"makeroom import-accounts FILE --rate {meant}=N takes it, and where all amounts are in {meant}, "
                f"makeroom currency {meant} comes first"
            )
            raise _UnreadError(
                f'revenue "{short(cell, 40)}" is in {meant}, and amounts here are in {self._own} ({way})'
            )
        self._converted[meant] = self._converted.get(meant, 0) + 1
        return value * rate

    def _renewal(self, row: Row) -> date | None:
        cell = self._cell(row, "renewal")
        if not cell:
            return None
        found = parse_date(cell, self._order)
        if found is None and is_ambiguous(cell):
            raise _UnreadError(f'renewal "{short(cell, 40)}" may be two days (--dates says which part is the month)')
        if found is None or not 1990 <= found.year <= 2100:
            raise _UnreadError(f'renewal "{short(cell, 40)}" is not a day with its year, as 2027-03-31')
        return found

    def _term(self, row: Row) -> int | None:
        cell = self._cell(row, "term")
        if not cell:
            return None
        months: float | None = _NAMED_TERMS.get(cell.casefold())
        if months is None and (found := _TERM.fullmatch(cell)):
            unit = (found[2] or ("years" if self._columns.in_years else "months")).casefold()
            months = (number(found[1]) or 0) * (12 if unit[0] in "yja年" else 1)
        if months is None or months != int(months) or not 1 <= months <= 240:
            raise _UnreadError(f'term "{short(cell, 40)}" is not a number of months, from 1 to 240')
        return int(months)

    # ---------------------------------------------------------------- an account

    def _written(self, groups: Iterable[list[_Told]]) -> AccountsPlan:
        new = updated = unchanged = 0
        changes: list[str] = []
        puts: list[Record] = []
        for rows in groups:
            old = self._here.called(rows[0].name)
            row = self._account(old, rows)
            more = self._beyond.records(row.id, row.name, [each.beyond for each in rows])
            if row == old and not more:
                unchanged += 1
                continue
            puts += [*([] if row == old else [row]), *more]
            said = [words_of(more)] if more else []
            if old is None:
                new += 1
                changes.append(f"new: {', '.join([self._words(row), *said])}")
            else:
                updated += 1
                said = [*([] if row == old else [self._difference(old, row)]), *said]
                changes.append(f"{short(old.name, 60)}: {', '.join(said)}")
        return AccountsPlan(
            self._table.name,
            new,
            updated,
            unchanged,
            tuple(changes),
            tuple(self._rejected),
            tuple(self._notes),
            tuple(puts),
        )

    def _account(self, old: Customer | None, rows: list[_Told]) -> Customer:
        """What all rows of an account say of it; what none of them says stays as it is."""
        row = old or Customer(id=new_id(), name=rows[0].name)
        told = _contracts(rows)
        if not self._options.of_accounts:
            return self._filled(row, rows, told)
        given: dict[str, Any] = {}
        if told:
            given["arr"] = float(f"{math.fsum(told):.2f}")
        if len(told) > 1:
            parts = " + ".join(map(self._money, told))
            lines = ", ".join(str(each.line) for each in rows)
            self._notes.append(f"{self._table.counted}s {lines} are one account, {short(row.name, 60)}: {parts}")
        elif len(rows) > 1:
            lines = ", ".join(str(each.line) for each in rows)
            self._notes.append(f"{self._table.counted}s {lines} are one account, {short(row.name, 60)}, counted once")
        dated = sorted((each for each in rows if each.renews), key=lambda each: each.renews or date.max)
        if dated:
            given["renews"] = dated[0].renews
        for name in ("term", "segment", "owner"):
            said = next((value for each in (*dated, *rows) if (value := getattr(each, name))), None)
            if said:
                given[name] = said
        called = {spelling(name) for name in names_of(row)}
        also = [each.name for each in rows if each.name != row.name and spelling(each.name) not in called]
        if also:
            given["also"] = "\n".join(dict.fromkeys([*names_of(row)[1:], *also]))
        return row.model_copy(update=given)

    def _filled(self, row: Customer, rows: list[_Told], told: list[float]) -> Customer:
        """What is not known of an account yet, as the first row says that does."""
        if other := next((arr for arr in told if arr != (row.arr if row.arr is not None else told[0])), None):
            stays = self._money(row.arr if row.arr is not None else told[0])
            self._notes.append(f"{short(row.name, 60)}: revenue stays {stays}, though a row says {self._money(other)}")
        given: dict[str, Any] = {}
        if row.arr is None and told:
            given["arr"] = told[0]
        if row.renews is None and (day := next((each.renews for each in rows if each.renews), None)):
            given["renews"] = day
        return row.model_copy(update=given)

    def _words(self, row: Customer) -> str:
        revenue = "revenue unknown" if row.arr is None else f"{self._money(row.arr)} a year"
        renews = f"renews {row.renews.isoformat()}" if row.renews else "no renewal date"
        return f"{short(row.name, 60)}, {revenue}, {renews}"

    def _difference(self, old: Customer, row: Customer) -> str:
        said = []
        if old.arr != row.arr:
            before = "unknown" if old.arr is None else self._money(old.arr)
            said.append(f"revenue {before} -> {self._money(row.arr or 0.0)}")
        if old.renews != row.renews:
            said.append(f"renews {old.renews or 'no day'} -> {row.renews}")
        if old.term != row.term:
            said.append(f"term {old.term} -> {row.term} months")
        for name in ("segment", "owner"):
            if getattr(old, name) != getattr(row, name):
                said.append(f"{name} {short(getattr(old, name), 40) or 'none'} -> {short(getattr(row, name), 40)}")
        return ", ".join(said) or "another name that it goes by"

    def _money(self, value: float) -> str:
        return with_sign(f"{value:,.2f}".removesuffix(".00"), self._own)


def _contracts(rows: Iterable[_Told]) -> list[float]:
    """The revenues that rows of one account say; the same one again is another only where it renews on another day."""
    found: dict[float, set[date | None]] = {}
    for row in rows:
        if row.arr is not None:
            found.setdefault(row.arr, set()).add(row.renews)
    return [arr for arr, days in found.items() for _ in range(max(1, len(days - {None})))]


def rate_wish(text: str) -> tuple[str, float]:
    """``EUR=1.08``: what one of a currency is in the workspace's. Raises ImportOptionError."""
    code, _, rate = text.partition("=")
    meant, value = currency_meant(code, ""), number(rate)
    if meant is None or value is None or not 1e-6 <= value <= 1e6:
        raise ImportOptionError(f"--rate {short(text, 40)} means nothing: write it as --rate EUR=1.08.")
    return meant, value
