"""A team's finished quarters from a table: each item's estimate and actual, and the share of unplanned work.

Rows are matched by quarter, team, title and estimate. As many as are here with the same actual are unchanged; of the
rest, one with a title corrects the actual of its match, and one without a title is another item.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.common.engineer_weeks import format_ew
from store.common.text import clean
from store.imports.dates import day_order_in, parse_date
from store.imports.errors import ImportOptionError, RateNeededError
from store.imports.estimates import BLANKS, Estimate, EstimateError, NoRateError, Rates, parse_estimate
from store.imports.formats import decimal_commas
from store.imports.history_columns import HistoryColumns
from store.imports.numbers import number
from store.imports.options import ImportOptions
from store.imports.quarters import fiscal_year, name_of_quarter, plain_number
from store.imports.report import KIND, Rejected
from store.records import Actual, Capacity, Command, Interrupt, Record, State, Team, new_id
from store.records.draws import team_draw

if TYPE_CHECKING:
    from store.imports.table import Row, Table

MAX_TITLE = 20_000


@dataclass(frozen=True)
class HistoryOptions:
    """How a file of finished quarters is to be read."""

    hours_per_ew: float | None = None
    #: the team for rows that name none
    team: str = ""
    create_teams: bool = False
    #: field -> name of its column
    columns: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.hours_per_ew is not None and not 0 < self.hours_per_ew <= 1e6:
            raise ImportOptionError("A rate per engineer-week must be a number above 0 and at most 1,000,000.")


@dataclass(frozen=True)
class Correction:
    """An item whose actual (ew) is another one in the file than here."""

    line: int
    title: str
    before: float
    after: float
    counted: str = "line"

    def __str__(self) -> str:
        return f"{self.counted} {self.line}: {self.title}: {format_ew(self.before)} -> {format_ew(self.after)} ew"


@dataclass(frozen=True)
class HistoryPlan:
    """Everything that taking a file's history over would do. ``puts`` are the records to write."""

    source: str
    rows: int
    new: int
    updated: tuple[Correction, ...]
    unchanged: int
    new_shares: int
    updated_shares: int
    quarters: int
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]
    puts: tuple[Record, ...]
    #: what the file says for a look-back, in a line; empty where it says nothing
    outcomes: str = ""

    @property
    def summary(self) -> str:
        """The counts in one line."""
        shares = f"; shares of unplanned work: {self.new_shares:,} new, {self.updated_shares:,} updated"
        return (
            f"{self.new:,} new, {len(self.updated):,} updated, {self.unchanged:,} unchanged, "
            f"{len(self.rejected):,} not taken{shares if self.new_shares or self.updated_shares else ''}"
            f"{f'; {self.outcomes}' if self.outcomes else ''}"
        )

    def command(self) -> Command:
        """The one change that carries it out; empty if there is nothing to write."""
        quarters = "1 quarter" if self.quarters == 1 else f"{self.quarters} quarters"
        what = f"{self.new + len(self.updated):,} finished items of {quarters}"
        return Command(KIND, f"history {clean(self.source)[:100]}: {what}", self.puts)


def plan_history(state: State, table: Table, options: HistoryOptions | None = None) -> HistoryPlan:
    """What taking over the finished quarters in a table would change; nothing is written.

    Raises :class:`~store.imports.errors.ImportOptionError` where a column or a rate is missing.
    """
    return _Taking(state, table, options or HistoryOptions()).plan()


def history_in(
    state: State, made: tuple[Record, ...], table: Table, options: ImportOptions, say: Callable[[list[str]], None]
) -> HistoryPlan | None:
    """What the finished rows of a backlog teach, beside what the import has ``made``; None where it does not say what
    they took, or in which quarter.

    Rows that name no team are those of the first one. What is missing for it, ``say`` is told.
    """
    state = state.overlay(Command(KIND, "what is made", made))
    teams = sorted(state.each(Team), key=lambda team: (team.position, team.id < 0, abs(team.id)))
    default = options.teams[0].name if options.teams else teams[0].name if teams else ""
    try:
        wanted = HistoryOptions(hours_per_ew=options.hours_per_ew, team=default)
        return plan_history(state, table, wanted)
    except RateNeededError:
        say(["Finished rows say in hours what they took: --hours-per-week N lets them be taken as history."])
    except ImportOptionError:
        # Not such columns: then there is nothing to offer.
        pass
    return None


class _RowError(ValueError):
    """A row that cannot be taken; the message says why."""


@dataclass(frozen=True)
class _Key:
    number: int
    team_id: int
    title: str
    estimate: float


@dataclass(frozen=True)
class _Item:
    line: int
    label: str
    title: str
    actual: float
    low: float | None = None
    high: float | None = None


class _Taking:
    """One file on its way: what is there already, what was seen, what is to be written."""

    def __init__(self, state: State, table: Table, options: HistoryOptions) -> None:
        self._state = state
        self._table = table
        self._options = options
        self._columns = HistoryColumns(table, options.columns)
        self._comma = bool(decimal_commas(table, self._columns.positions("estimate", "actual", "unplanned")))
        self._rates = Rates(hours=options.hours_per_ew or state.workspace.hours_per_ew)
        self._order = (
            day_order_in(table, (self._columns.cell(row, "quarter") for row in table.rows))
            if self._columns.days
            else None
        )
        present = state.quarter
        self._end = state.number_of(present) + (present.state == "closed")
        self._end_name = present.name
        self._year = fiscal_year(present)
        #: as an earlier file, or a quarter that closed here, had them
        kept: list[Actual | Interrupt] = [*state.each(Interrupt), *state.each(Actual)]
        self._known = {row.quarter: row.number for row in kept}
        self._teams: dict[str, Team] = {}
        for team in sorted(state.each(Team), key=lambda one: (one.position, one.id)):
            self._teams.setdefault(team.name.casefold(), team)
        self._puts: list[Record] = []
        self._unknown: Counter[str] = Counter()
        self._notes: list[str] = list(table.notes)
        self._offset = self._plain_offset()
        self._percent = self._columns.percent or self._has_percentages()
        self._items: dict[_Key, list[_Item]] = {}
        self._shares: dict[tuple[int, int], tuple[int, str, float]] = {}

    def _plain_offset(self) -> int:
        """What makes a plain number the number of a quarter: as an earlier file had it, else the last is the latest."""
        rows: list[Actual | Interrupt] = [*self._state.each(Actual), *self._state.each(Interrupt)]
        for row in rows:
            if (plain := plain_number(row.quarter)) is not None:
                return row.number - plain
        labels = [self._columns.cell(row, "quarter") for row in self._table.rows]
        plains = [plain for label in labels if (plain := plain_number(label)) is not None]
        if not plains:
            return 0
        offset = self._end - 1 - max(plains)
        self._notes.append(
            f"The quarters are plain numbers: {max(plains)} is taken for {name_of_quarter(self._end - 1)}, "
            f"the one before {self._end_name}."
        )
        return offset

    def _has_percentages(self) -> bool:
        cells = (self._columns.cell(row, "unplanned") for row in self._table.rows)
        return any((value := number(cell, decimal_comma=self._comma)) is not None and value > 1 for cell in cells)

    def plan(self) -> HistoryPlan:
        """All rows, then what of them is new here."""
        rejected: list[Rejected] = []
        for row in self._table.rows:
            try:
                self._take(row)
            except _RowError as reason:
                rejected.append(Rejected(row.line, self._columns.cell(row, "title"), str(reason)))
        new, updated, unchanged = self._write_items()
        new_shares, updated_shares = self._write_shares()
        for name, count in self._unknown.items():
            rows = "1 row names" if count == 1 else f"{count:,} rows name"
            self._notes.append(f"There is no team “{name[:80]}” here, and {rows} it; --create-teams makes it.")
        return HistoryPlan(
            source=self._table.name,
            rows=len(self._table.rows),
            new=new,
            updated=tuple(updated),
            unchanged=unchanged,
            new_shares=new_shares,
            updated_shares=updated_shares,
            quarters=len({put.number for put in self._puts if isinstance(put, Actual | Interrupt)}),
            rejected=tuple(rejected),
            notes=(*self._notes, self._read()),
            puts=(*self._remembered(), *self._puts),
        )

    def _read(self) -> str:
        """What each field is read from, in which unit, and what is not read."""
        columns = self._columns
        said = []
        for one, at in columns.at.items():
            unit = f" in {columns.units[one]}" if one in ("estimate", "actual") else ""
            said.append(f"{one} from {clean(columns.header[at])[:60]}{unit}")
        unread = f" Not used: {', '.join(name[:60] for name in columns.unread[:8])}." if columns.unread else ""
        return f"Columns read: {', '.join(said)}.{unread}"

    def _write_items(self) -> tuple[int, list[Correction], int]:
        """How many items are new, which are corrected, and how many are here already."""
        here = self._here()
        new = unchanged = 0
        updated: list[Correction] = []
        for key, rows in self._items.items():
            by_actual = here.get(key, {})
            rest: list[_Item] = []
            for row in rows:
                if same := by_actual.get(row.actual):
                    same.pop()
                    unchanged += 1
                else:
                    rest.append(row)
            left = sorted((old for same in by_actual.values() for old in same), key=lambda old: -old.id)
            for row in rest:
                if left and row.title:
                    old = left.pop()
                    updated.append(Correction(row.line, row.title, old.actual, row.actual, self._table.counted))
                    self._puts.append(old.model_copy(update={"actual": row.actual, "counted": True}))
                else:
                    new += 1
                    self._puts.append(
                        Actual(
                            id=new_id(),
                            quarter=row.label,
                            number=key.number,
                            team_id=key.team_id,
                            title=row.title,
                            low=row.low,
                            estimate=key.estimate,
                            high=row.high,
                            actual=row.actual,
                        )
                    )
        return new, updated, unchanged

    def _here(self) -> dict[_Key, dict[float, list[Actual]]]:
        """What is here already, by what it is matched by, and by actual."""
        found: dict[_Key, dict[float, list[Actual]]] = {}
        for row in self._state.each(Actual):
            key = _Key(row.number, row.team_id, row.title.casefold(), row.estimate)
            found.setdefault(key, {}).setdefault(row.actual, []).append(row)
        return found

    def _remembered(self) -> Iterator[Record]:
        info = self._state.workspace
        known: dict[str, object] = {}
        if self._options.hours_per_ew and self._options.hours_per_ew != info.hours_per_ew:
            known["hours_per_ew"] = self._options.hours_per_ew
        if known:
            yield info.model_copy(update=known)

    def _take(self, row: Row) -> None:
        label, quarter = self._quarter(self._columns.cell(row, "quarter"))
        share = self._share(self._columns.cell(row, "unplanned"))
        cells = {one: self._columns.cell(row, one) for one in ("estimate", "actual")}
        filled = [one for one, cell in cells.items() if cell.casefold() not in BLANKS]
        if not filled and share is None:
            raise _RowError("has neither an estimate and an actual, nor a share of unplanned work")
        title = self._columns.cell(row, "title")[:MAX_TITLE]
        amounts = [self._amount(one, cell) for one, cell in cells.items()] if filled else []
        ends = self._ends(row, *amounts) if amounts else (None, None)
        team = self._team(self._columns.cell(row, "team"))
        if share is not None:
            line, _, seen = self._shares.setdefault((quarter, team.id), (row.line, label, share))
            if seen != share:
                raise _RowError(f"unplanned work took {share:.1%} here, and {seen:.1%} in {self._table.counted} {line}")
        if amounts:
            key = _Key(quarter, team.id, title.casefold(), amounts[0].likely)
            self._items.setdefault(key, []).append(_Item(row.line, label, title, amounts[1].likely, *ends))

    def _ends(self, row: Row, estimate: Estimate, actual: Estimate) -> tuple[float | None, float | None]:
        """The low and high of an estimate: as a range in its cell, or in columns of their own."""
        if actual.low is not None:
            raise _RowError("actual is a range where one number belongs")
        if estimate.low is not None and estimate.high is not None:
            return estimate.low, estimate.high
        cells = {one: self._columns.cell(row, one) for one in ("low", "high")}
        if any(cell.casefold() in BLANKS for cell in cells.values()):
            return None, None
        low, high = (self._amount(one, cell, "estimate").likely for one, cell in cells.items())
        if not low <= estimate.likely <= high:
            raise _RowError(f"low {low:g}, estimate {estimate.likely:g} and high {high:g} ew are not in this order")
        return low, high

    def _quarter(self, label: str) -> tuple[str, int]:
        found = self._known.get(label, self._year.number(label))
        if found is None and self._columns.days:
            if not label:
                raise _RowError("is not finished")
            if (day := parse_date(label, self._order)) is not None:
                found = self._year.of_day(day)
                label = name_of_quarter(found - self._year.shift)
        if found is None and (plain := plain_number(label)) is not None:
            found = plain + self._offset
        if found is None or found < 0 or len(label) > 200:
            raise _RowError(
                f'quarter "{label[:40]}" is not understood: write 2025Q3, Q3 2025, 2025-07 or a plain number'
                if label
                else "names no quarter"
            )
        if found >= self._end:
            raise _RowError(f"{label} is not finished yet: {self._end_name} is being planned")
        return label, found

    def _share(self, cell: str) -> float | None:
        if cell.casefold() in BLANKS:
            return None
        bare = number(cell.removesuffix("%"), decimal_comma=self._comma)
        share = None if bare is None else round(bare / 100 if self._percent or cell.endswith("%") else bare, 6)
        if share is None or not 0 <= share <= 1:
            raise _RowError(f'unplanned "{cell[:40]}" is not a share, such as 0.12 or 12%')
        return share

    def _amount(self, one: str, cell: str, unit_of: str = "") -> Estimate:
        """Engineer-weeks above 0, in the unit of its own column or of another one."""
        if cell.casefold() in BLANKS:
            raise _RowError(f"has no {one}")
        try:
            found = parse_estimate(cell, self._columns.units[unit_of or one], self._rates, decimal_comma=self._comma)
        except EstimateError as error:
            raise _RowError(str(error).replace("estimate", one, 1)) from None
        except NoRateError as missing:
            raise RateNeededError(missing.unit, self._columns.name(one)) from None
        if found is None:
            why = "it was not done, so that nothing can be learned from it" if one == "actual" else "nothing to compare"
            raise _RowError(f"{one} is 0: {why}")
        return found

    def _team(self, name: str) -> Team:
        name = name or clean(self._options.team)
        if not name:
            if len(self._teams) == 1:
                return next(iter(self._teams.values()))
            raise _RowError("names no team; --team NAME says whose it is")
        if len(name) > 200:
            raise _RowError("the team's name has more than 200 characters")
        team = self._teams.get(name.casefold())
        if team is None:
            if not self._options.create_teams:
                self._unknown[name] += 1
                raise _RowError(f"there is no team “{name[:80]}” here")
            team = self._new_team(name)
        return team

    def _new_team(self, name: str) -> Team:
        taken = {team.draw for team in self._teams.values()}
        position = max((team.position for team in self._teams.values()), default=-1) + 1
        team = Team(id=new_id(), name=name, position=position, draw=team_draw(name, taken))
        self._teams[name.casefold()] = team
        self._puts += [team, Capacity(id=new_id(), quarter_id=self._state.quarter.id, team_id=team.id, net=0.0)]
        self._notes.append(f"team “{name}” is new, with a net capacity of 0.0 ew: set it with c in the app")
        return team

    def _write_shares(self) -> tuple[int, int]:
        here = {(row.number, row.team_id): row for row in self._state.each(Interrupt)}
        new = updated = 0
        for (quarter, team_id), (_, label, share) in self._shares.items():
            old = here.get((quarter, team_id))
            if old is None:
                new += 1
                self._puts.append(Interrupt(id=new_id(), quarter=label, number=quarter, team_id=team_id, share=share))
            elif old.share != share:
                updated += 1
                self._puts.append(old.model_copy(update={"share": share}))
        return new, updated
