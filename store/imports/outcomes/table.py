"""The outcomes of quarters before makeroom, from a table of finished items: what a cell does not say stays unknown.

A row is the item of its quarter and title: taken again, it is put right, and nothing of a quarter closed here is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from store.common.currencies import currency_meant
from store.common.text import short
from store.imports.columns import simplified
from store.imports.dates import day_order_in, parse_date
from store.imports.estimates import BLANKS, EstimateError, NoRateError, NoUnitError, Rates, parse_estimate
from store.imports.named_columns import NamedColumns
from store.imports.numbers import amount, number
from store.imports.quarters import fiscal_year, name_of_quarter
from store.imports.report import Rejected
from store.records import Actual, Outcome, Quarter, Record, Slice, State, new_id
from store.records.negotiation import OneOffKind

if TYPE_CHECKING:
    from store.imports.table import Row, Table

#: By field of :class:`Outcome`, what its column may be called.
_ALIASES: Mapping[str, frozenset[str]] = {
    "quarter": frozenset({"quarter", "qtr", "period", "fiscal quarter"}),
    "title": frozenset({"title", "summary", "item", "name", "task", "story", "feature", "issue"}),
    "slice": frozenset({"slice", "category", "kind of work"}),
    "became": frozenset({"became", "outcome", "what became of it"}),
    "planned": frozenset({"baselined", "in baseline", "planned at baseline", "in plan at baseline", "agreed"}),
    "baseline_ew": frozenset({"baseline size", "baseline ew"}),
    "ew": frozenset({"confirmed", "confirmed size"}),
    "odds": frozenset({"odds", "item odds"}),
    "users": frozenset({"users", "used by", "adoption", "accounts using it"}),
    "validated": frozenset({"validated", "validated first"}),
    "took": frozenset({"took", "actual", "actuals", "spent"}),
    "decided_by": frozenset({"decided by", "let in by"}),
    "asked_by": frozenset({"asked by", "asker"}),
    "claimed": frozenset({"claimed", "claimed size"}),
    "asked_on": frozenset({"asked on", "asked"}),
    "deal": frozenset({"deal", "deal outcome"}),
    "deal_amount": frozenset({"deal amount", "deal promised"}),
    "deal_closes": frozenset({"deal closes"}),
    "deal_ended": frozenset({"deal ended", "deal ended on"}),
    "deal_signed": frozenset({"deal signed", "deal signed for"}),
    "one_off_kind": frozenset({"one off kind"}),
    "test_met": frozenset({"test met", "success test met", "pilot met"}),
    "test_met_by": frozenset({"met by", "test met by", "success test met by"}),
    "test_customers": frozenset({"test customers", "pilot customers"}),
    "adopted": frozenset({"adopted", "accounts that adopted it"}),
    "could_adopt": frozenset({"could use it", "could adopt", "accounts that could use it"}),
    "adoption_on": frozenset({"adoption read", "adoption read on"}),
    "adoption_aim": frozenset({"adoption aim"}),
    "shipped_on": frozenset({"shipped", "shipped on"}),
    "account": frozenset({"account", "customer", "for account"}),
}
FIELDS = _ALIASES.keys()
#: Without one of these, a file is none of outcomes.
_TELLING = frozenset({"planned", "users", "validated", "odds", "claimed", "deal", "became", "test_met", "adopted"})
_DAYS = ("asked_on", "deal_closes", "deal_ended", "adoption_on", "shipped_on")
_EFFORTS = ("baseline_ew", "ew", "took", "claimed")
_AMOUNTS = ("deal_amount", "deal_signed")
_COUNTS = ("test_met_by", "test_customers", "adopted", "could_adopt")
#: As many as a record counts.
_MOST = 1_000_000_000
_YES_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "became": {
        "done": "done", "finished": "done", "unfinished": "unfinished", "not finished": "unfinished",
        "moved": "unfinished", "deferred": "deferred", "dropped": "dropped", "taken out": "dropped",
    },
    "planned": _YES_NO,
    "validated": _YES_NO,
    "test_met": _YES_NO,
    "deal": {"won": "won", "lost": "lost", "withdrawn": "withdrawn", "open": None},
    "users": {
        "nobody": "nobody", "none": "nobody", "few": "one or two", "one or two": "one or two", "1-2": "one or two",
        "more": "more", "many": "more", "3+": "more",
    },
    "one_off_kind": {kind: kind for kind in get_args(OneOffKind)},
}  # fmt: skip


@dataclass(frozen=True)
class OutcomesPlan:
    """What taking them over would do; ``alone`` are the lines of rows that have no estimate."""

    new: int
    updated: int
    unchanged: int
    quarters: int
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]
    alone: frozenset[int]
    puts: tuple[Record, ...]

    @property
    def words(self) -> str:
        """The counts, as ``outcomes: 12 new, 0 updated, 3 unchanged``."""
        return f"outcomes: {self.new:,} new, {self.updated:,} updated, {self.unchanged:,} unchanged"


class _RowError(ValueError):
    """A row that cannot be taken; the message says why."""


def plan_outcomes(state: State, table: Table, columns: Mapping[str, str]) -> OutcomesPlan | None:
    """The outcomes of a file of finished quarters; None where it tells none. ``columns`` are those that the user names,
    of which only these fields count."""
    own = {name: column for name, column in columns.items() if name in _ALIASES}
    found = NamedColumns(table, own, _ALIASES)
    if not _TELLING & found.at.keys() or not {"quarter", "title"} <= found.at.keys():
        return None
    return _Taking(state, table, found).plan()


class _Taking:
    def __init__(self, state: State, table: Table, columns: NamedColumns) -> None:
        self._table, self._columns = table, columns
        self._order = day_order_in(table, (columns.cell(row, one) for row in table.rows for one in _DAYS))
        present = state.quarter
        self._year = fiscal_year(present)
        self._end = state.number_of(present) + (present.state == "closed")
        kept: list[Actual | Outcome] = [*state.each(Actual), *state.each(Outcome)]
        self._known = {row.quarter: row.number for row in kept}
        self._closed = {state.number_of(row) for row in state.each(Quarter) if row.state == "closed"}
        self._slices = {part.letter.casefold(): part.letter for part in state.each(Slice)}
        self._slices |= {part.name.casefold(): part.letter for part in state.each(Slice)}
        self._here = {(row.number, row.title.casefold()): row for row in state.each(Outcome) if row.item_id is None}
        #: A file that says what items were estimated at leaves a record of that, which says what they took.
        self._estimates = any("estimate" in simplified(name) for name in table.header)
        self._lines: dict[tuple[int, str], int] = {}
        self._own, self._currencies = state.workspace.currency, columns.take_amounts(*_AMOUNTS)
        self._notes: list[str] = []

    def plan(self) -> OutcomesPlan:
        """All rows, then what of them is new here."""
        rejected: list[Rejected] = []
        puts: list[Record] = []
        numbers: set[int] = set()
        new = updated = unchanged = 0
        for row in self._table.rows:
            try:
                made = self._outcome(row)
            except _RowError as reason:
                rejected.append(Rejected(row.line, self._columns.cell(row, "title"), str(reason)))
                continue
            old = self._here.get((made.number, made.title.casefold()))
            numbers.add(made.number)
            if old is None:
                new += 1
                puts.append(made)
                continue
            # What the file leaves blank, and somebody told meanwhile, stays.
            cells = made.model_dump(exclude={"id", "rev"})
            told = {name: value for name, value in cells.items() if value not in (None, "")}
            changed = old.model_copy(update=told)
            if changed == old:
                unchanged += 1
            else:
                updated += 1
                puts.append(changed)
        spelled: dict[int, set[str]] = {}
        for put in puts:
            if isinstance(put, Outcome):
                spelled.setdefault(put.number, set()).add(put.quarter)
        notes = [
            f"{' and '.join(f'“{short(name, 20)}”' for name in sorted(names))} are taken for one quarter."
            for names in spelled.values()
            if len(names) > 1
        ]
        alone = frozenset(row.line for row in self._table.rows) if not self._estimates else frozenset[int]()
        said = tuple(notes + self._notes)
        return OutcomesPlan(new, updated, unchanged, len(numbers), tuple(rejected), said, alone, tuple(puts))

    def _outcome(self, row: Row) -> Outcome:
        cells = {one: self._columns.cell(row, one) for one in self._columns.at}
        title = " ".join(cells["title"].split())[:20_000]
        if not title:
            raise _RowError("has no title: nobody could say later what came of it")
        label, number_ = self._quarter(cells["quarter"])
        if (line := self._lines.setdefault((number_, title.casefold()), row.line)) != row.line:
            raise _RowError(f"is in {label} twice: {self._table.counted} {line} has it, too")
        given: dict[str, Any] = {}
        for one, cell in cells.items():
            if one in ("title", "quarter") or cell.casefold() in BLANKS:
                continue
            if one in _AMOUNTS and (other := self._other_currency(one, cell)):
                what = f'{short(title, 60)}: {self._columns.name(one)} "{short(cell, 30)}"'
                self._notes.append(
                    f"{self._table.counted} {row.line}, {what} is in {other}, and amounts here are in "
                    f"{self._own}: write it in {self._own}; taken without it"
                )
                continue
            given[one] = self._read(one, cell)
        use = given.pop("users", None)
        if use is not None:
            given |= {"use": use} if isinstance(use, str) else {"users": use, "use": _use(use)}
        if given.get("planned") and "baseline_ew" not in given and "ew" in given:
            given["baseline_ew"] = given["ew"]
        if given.get("took") == 0:
            # As in a record of estimates: what took nothing was not done.
            given = {"became": "unfinished", **given}
        if self._estimates or given.get("became", "done") != "done":
            given.pop("took", None)
        asked, ended = given.get("asked_on"), given.get("deal_ended")
        if asked is not None and ended is not None and ended < asked:
            raise _RowError(f"its deal ended on {ended}, before it was asked for on {asked}: one of the days is wrong")
        _require_no_more(given, "test_met_by", "test_customers", "met its test", "took part")
        _require_no_more(given, "adopted", "could_adopt", "adopted it", "could use it")
        return Outcome(id=new_id(), quarter=label, number=number_, title=title, **given)

    def _quarter(self, label: str) -> tuple[str, int]:
        found = self._known.get(label, self._year.number(label))
        if found is None and (day := parse_date(label, self._order)) is not None:
            found = self._year.of_day(day)
            label = name_of_quarter(found - self._year.shift)
        if found is None or found < 0 or len(label) > 200:
            raise _RowError(f'quarter "{short(label, 40)}" is not understood: write 2025Q3 or Q3 2025')
        if found in self._closed:
            raise _RowError(f"{short(label, 40)} was closed here: makeroom outcome tells what came of its items")
        if found >= self._end:
            raise _RowError(f"{short(label, 40)} is not finished")
        return label, found

    def _read(self, one: str, cell: str) -> Any:
        if one in _DAYS:
            return self._day(one, cell)
        if one in _EFFORTS:
            return self._effort(one, cell)
        if one in _AMOUNTS:
            found = amount(cell, own=self._own)
            if found is None or not 0 <= found[0] <= 1e15:
                raise _RowError(f'{self._columns.name(one)}: "{short(cell, 30)}" is not an amount')
            return found[0]
        if one in _COUNTS:
            return self._count(one, cell)
        if one in ("odds", "adoption_aim"):
            value = number(cell.removesuffix("%").strip())
            share = None if value is None else value / 100 if "%" in cell or value > 1 else value
            if share is None or not 0 <= share <= 1:
                raise _RowError(f'{self._columns.name(one)}: "{short(cell, 30)}" is not 0 to 100%')
            return share
        if one == "slice":
            if (letter := self._slices.get(cell.casefold())) is None:
                raise _RowError(f'there is no slice "{short(cell, 30)}"')
            return letter
        if one in _WORDS:
            return self._word(one, cell)
        return cell[:20_000]

    def _other_currency(self, one: str, cell: str) -> str:
        """The currency of an amount, by its cell or its column's name, where it is not that of all amounts here."""
        found = amount(cell, own=self._own)
        sign = (found[1] if found is not None else "") or self._currencies.get(one, "")
        meant = (currency_meant(sign, self._own) or f"“{short(sign, 20)}”") if sign else self._own
        return "" if meant == self._own else meant

    def _count(self, one: str, cell: str) -> int:
        if not (cell.isascii() and cell.isdecimal() and int(cell[:11]) <= _MOST):
            raise _RowError(f'{self._columns.name(one)}: "{short(cell, 30)}" is not a whole number of accounts')
        return int(cell)

    def _word(self, one: str, cell: str) -> Any:
        plain = " ".join(cell.casefold().split())
        if one == "users" and plain.isascii() and plain.isdecimal() and int(plain[:11]) <= _MOST:
            return int(plain)
        if plain not in _WORDS[one]:
            known = ", ".join(dict.fromkeys(_WORDS[one]))
            known += ", or a number" if one == "users" else ""
            raise _RowError(f'{self._columns.name(one)}: "{short(cell, 30)}" is none of {known}')
        return _WORDS[one][plain]

    def _day(self, one: str, cell: str) -> date:
        day = parse_date(cell, self._order)
        if day is None:
            raise _RowError(f'{self._columns.name(one)}: "{short(cell, 30)}" is not a day')
        return day

    def _effort(self, one: str, cell: str) -> float:
        if number(cell) == 0:
            return 0.0
        try:
            found = parse_estimate(cell, "weeks", Rates())
        except (EstimateError, NoRateError, NoUnitError):
            found = None
        if found is None:
            raise _RowError(f'{self._columns.name(one)}: "{short(cell, 30)}" is not a size in engineer-weeks')
        return found.likely


def _use(users: int) -> str:
    return "nobody" if users == 0 else "one or two" if users <= 2 else "more"


def _require_no_more(given: Mapping[str, Any], part: str, whole: str, did: str, could: str) -> None:
    """Raise where more accounts did something than could."""
    if (given.get(part) or 0) > given.get(whole, _MOST):
        raise _RowError(f"{given[part]} accounts cannot have {did}: {given[whole]} {could}")
