"""From a table of any format to its finished issues; every other row is counted with the reason why it is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from store.common.issues import FinishedIssues, Issue
from store.common.text import clean
from store.database.watch import NOBODY, Watch
from store.imports.columns import ColumnMap, Field, field_named, simplified
from store.imports.customer_cells import CustomerCells
from store.imports.dates import Order
from store.imports.errors import ImportOptionError
from store.imports.estimates import Rates
from store.imports.finished import Over
from store.imports.finished_words import NO
from store.imports.formats import columns_of
from store.imports.issues.amounts import amounts_of
from store.imports.issues.days import DAY_NAMES, DayColumns, Days
from store.imports.issues.undone import says_undone
from store.imports.options import DecimalSign
from store.imports.parents import held_twice
from store.imports.plain_words import is_total, without_accents
from store.imports.rows import NO_WORK, cleaned, labels_apart

if TYPE_CHECKING:
    from store.imports.table import Row, Table

#: characters of a title that any list has room for, and of a name
MAX_TITLE, MAX_NAME = 500, 200
#: The column that says what an issue took, besides those of :data:`DAY_NAMES` and of a backlog.
TOOK = "took"
_TELLS: tuple[Field, ...] = ("status", "category", "resolution", "complete", "finished")
_KINDS: tuple[Field, ...] = ("type", "label", "component", "slice")


@dataclass(frozen=True)
class IssueOptions:
    """How a file of finished issues is to be read; rates are per engineer-week, None where nobody gave one."""

    points_per_ew: float | None = None
    hours_per_ew: float | None = None
    #: field -> name of its column, empty for none: those of a backlog, created, quarter and took
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: Order | None = None
    decimal: DecimalSign | None = None

    def __post_init__(self) -> None:
        for rate in (self.points_per_ew, self.hours_per_ew):
            if rate is not None and not 0 < rate <= 1e6:
                raise ImportOptionError("A rate per engineer-week must be a number above 0 and at most 1,000,000.")

    @property
    def own(self) -> dict[str, str]:
        """The columns of the fields that a backlog has not."""
        return {name: column for name, column in self._named() if name in DAY_NAMES or name == TOOK}

    @property
    def backlog(self) -> dict[str, str]:
        """The columns of the fields that a backlog has."""
        return {field_named(name): column for name, column in self._named() if name not in (*DAY_NAMES, TOOK)}

    def _named(self) -> list[tuple[str, str]]:
        return [(name.strip().casefold(), column) for name, column in self.columns.items()]


class _Kinds(NamedTuple):
    types: tuple[str, ...]
    labels: tuple[str, ...]
    components: tuple[str, ...]
    slice: str


def columns_of_issues(table: Table, options: IssueOptions) -> ColumnMap:
    """Which column is what of a backlog's fields; a title is not needed."""
    return columns_of(table, options.backlog, titled=False, decimal=options.decimal)


def read_issues(
    table: Table,
    options: IssueOptions | None = None,
    shirts: Mapping[str, tuple[float, float, float]] | None = None,
    accounts: Sequence[str] = (),
    watch: Watch = NOBODY,
) -> FinishedIssues:
    """The finished issues in a table. ``shirts`` are the T-shirt sizes in ew, ``accounts`` names that are known.

    Raises :class:`~store.imports.errors.ImportOptionError` where an option names a column that there is not.
    """
    return _Reading(table, options or IssueOptions(), shirts or {}, accounts).all(watch)


class _Reading:
    """One file on its way."""

    def __init__(
        self,
        table: Table,
        options: IssueOptions,
        shirts: Mapping[str, tuple[float, float, float]],
        accounts: Sequence[str],
    ) -> None:
        self._table, self._options = table, options
        self._columns = columns = columns_of_issues(table, options)
        own = options.own
        self._took = own.pop(TOOK, None)
        self._days = DayColumns(table, own, options.dates)
        self._rates = Rates(options.points_per_ew, options.hours_per_ew, shirts)
        self._over = Over(columns, table.rows)
        self._told = any(columns.positions(each) for each in _TELLS) or bool(self._days.at.get("finished"))
        self._kinds = columns.alike(_KINDS, self._read_kinds)
        self._undone = columns.alike(("status", "category", "resolution", "finished"), self._read_undone)
        self._no_work = columns.alike(("type",), partial(_no_work, columns))
        cells = (cell for row in table.rows for cell in columns.cells(row.cells, "customer"))
        self._customers = CustomerCells(accounts, cells if "customer" in columns.at else ())
        self._left: Counter[str] = Counter()
        self._keys: set[str] = set()

    def all(self, watch: Watch) -> FinishedIssues:
        """All rows."""
        found: list[tuple[int, Row, Days]] = []
        for number, row in enumerate(watch.over("reading", self._table.rows, len(self._table.rows))):
            days = self._days.of(row)
            if reason := self._refusal(row, days):
                self._left[reason] += 1
            else:
                found.append((number, row, days))
        twice = held_twice(self._columns, ((at, row) for at, (_, row, _) in enumerate(found)))
        if twice:
            self._left["is an epic of others here, or a part of one: counted once"] += len(twice)
            found = [each for at, each in enumerate(found) if at not in twice]
        amounts = amounts_of(self._table, self._columns, [row for _, row, _ in found], self._rates, self._took)
        issues = tuple(
            self._issue(number, row, days, *amount)
            for (number, row, days), amount in zip(found, amounts.rows, strict=True)
        )
        return FinishedIssues(
            name=clean(self._table.name)[:100],
            format=self._columns.dialect.words,
            rows=len(self._table.rows),
            issues=issues,
            measure=amounts.measure,
            left=tuple(self._left.most_common()),
            notes=(*self._table.notes, *self._days.notes(), *amounts.notes, *self._assumed()),
            read=(*self._read(), *amounts.read),
        )

    def _issue(self, number: int, row: Row, days: Days, amount: float | None, took: bool) -> Issue:
        columns, cells = self._columns, row.cells
        kinds = self._kinds.of(cells)
        customers: dict[str, None] = {}
        if "customer" in columns.at:
            for cell in columns.cells(cells, "customer"):
                customers |= dict.fromkeys(name[:MAX_NAME] for name in self._customers.names(cell))
        return Issue(
            row.line,
            number,
            clean(columns.cell(cells, "key"))[:MAX_NAME],
            clean(columns.cell(cells, "title"))[:MAX_TITLE],
            kinds.types,
            kinds.labels,
            kinds.components,
            tuple(customers),
            kinds.slice,
            days.created,
            days.finished,
            days.ended,
            days.period,
            amount,
            took,
        )

    def _read_kinds(self, row: Sequence[str]) -> _Kinds:
        columns = self._columns
        return _Kinds(
            tuple(name[:MAX_NAME] for name in cleaned(columns, row, "type")),
            tuple(name[:MAX_NAME] for name in labels_apart(cleaned(columns, row, "label"))),
            tuple(name[:MAX_NAME] for name in labels_apart(cleaned(columns, row, "component"))),
            clean(columns.cell(row, "slice"))[:MAX_NAME],
        )

    def _refusal(self, row: Row, days: Days) -> str:
        """Why a row is no finished issue; empty where it is one."""
        width = len(self._table.header)
        if any(cell.strip() for cell in row.cells[width:]):
            return "has more cells than the header (is a comma or a quote unescaped?)"
        if row.line in self._table.hidden:
            return "is hidden in the sheet"
        if no_work := self._no_work.of(row.cells):
            return no_work
        if undone := self._undone.of(row.cells):
            return undone
        if not self._finished(row, days):
            status = clean(self._columns.cell(row.cells, "status") or self._columns.cell(row.cells, "category"))[:40]
            return f"is not finished: “{status}”" if status else "is not finished"
        key = clean(self._columns.cell(row.cells, "key"))[:MAX_NAME]
        if not key and is_total(clean(self._columns.cell(row.cells, "title"))[:MAX_NAME]):
            return "looks like a row of totals, and no issue"
        if key and key in self._keys:
            return "has the key of a row before it"
        if key:
            self._keys.add(key)
        return ""

    def _finished(self, row: Row, days: Days) -> bool:
        """By its day; else by what says that it is over; else, where the file says nothing of the kind, it is."""
        if days.ended is not None or days.period is not None:
            return True
        return bool(self._over.reason(row.cells)) if self._told else True

    def _read_undone(self, row: Sequence[str]) -> str:
        """Why nothing was done for a row that is over."""
        columns = self._columns
        fields: tuple[Field, ...] = ("resolution", "status", "category")
        for one in fields:
            cell = clean(columns.cell(row, one))
            if says_undone(cell):
                return f"was not done: “{cell[:40]}”"
        for at, text in columns.every(row, "finished"):
            name = columns.header[at]
            if says_undone(simplified(name)) and without_accents(clean(text)[:40]).strip() not in NO:
                return f"was not done: {clean(name)[:40]}"
        return ""

    def _read(self) -> list[tuple[str, str]]:
        """The columns that say when, which and for whom."""
        header = self._columns.header
        days = [(name, header[at]) for name, found in self._days.at.items() for at in found]
        fields: tuple[Field, ...] = ("title", "key", "type", "label", "component", "customer", "slice", "status")
        others = [(one, header[at]) for one in fields for at in self._columns.at.get(one, ())]
        return list(dict.fromkeys((one, clean(name)[:80]) for one, name in (*days, *others)))

    def _assumed(self) -> list[str]:
        """What was taken for granted where the file does not say it."""
        said = []
        if not self._told and not self._days.known:
            said.append("No column says what is finished: every row is taken for a finished issue.")
        if not self._days.known:
            said.append("No column says when: --column finished=NAME, or quarter=NAME, does.")
        return said


def _no_work(columns: ColumnMap, row: Sequence[str]) -> str:
    """Why a type of rows is no work."""
    kind = columns.cell(row, "type")
    return f"is a {clean(kind).casefold()[:40]}" if kind and simplified(kind) in NO_WORK else ""
