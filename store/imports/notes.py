"""What an import has to say besides its lists: what was assumed, left out, or still needs a word from the user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.common.text import clean, many
from store.imports.accounts.waiting_customers import Waiting
from store.imports.columns import ColumnMap
from store.imports.dates import Order, day_order_in, is_ambiguous, last_day, order_note, parse_date
from store.imports.errors import ImportOptionError
from store.imports.estimates import BLANKS, NO_UNIT
from store.imports.finished import Over
from store.imports.links import Links
from store.imports.options import Mend
from store.imports.report import New
from store.imports.slices import SliceChooser
from store.imports.teams import TeamChooser

if TYPE_CHECKING:
    from store.imports.history import HistoryPlan
    from store.imports.table import Table

MOST_LISTED = 8
#: texts of days that are remembered
_MOST_DAYS = 5_000
_NO_STATUS = "no status"


class Notes:
    """Collects while rows are read; :meth:`all` says it once for all rows."""

    def __init__(self, columns: ColumnMap, table: Table, order: Order | None) -> None:
        self._table_notes = table.notes
        self._counted = table.counted
        self._columns = columns
        self._order = order
        self._around: list[str] = []
        if order is None and "due" in columns.at:
            days = {last_day(columns.cell(row.cells, "due")) for row in table.rows}
            self._order = day_order_in(table, days)
            self._around += filter(None, [order_note(days, self._order, "Due dates")])
        self._days: dict[str, date] = {}
        self._unread_dates: dict[int, str] = {}
        self._ambiguous_dates: dict[int, str] = {}
        #: lines with an estimate of zero, and with a value that is no number
        self.zeros: list[int] = []
        self.values: list[int] = []
        #: the currency that values are in, where one says it; and lines with a value in another one
        self.currency = ""
        self.other_currencies: list[int] = []
        #: line -> why its estimate cannot be read
        self.unread_sizes: dict[int, str] = {}
        #: columns that say how far items are, where something of that was taken
        self._how_far: frozenset[str] = frozenset()

    def due(self, cell: str, line: int) -> date | None:
        """The due date in a cell; one that cannot be read is noted."""
        if not cell:
            return None
        found = self._days.get(cell)
        if found is not None or cell.casefold() in BLANKS:
            return found
        found = parse_date(last_day(cell), self._order)
        if found is not None:
            if len(self._days) < _MOST_DAYS:
                self._days[cell] = found
        else:
            dates = self._ambiguous_dates if is_ambiguous(cell) else self._unread_dates
            dates[line] = clean(cell)[:30]
        return found

    def more(self, notes: Iterable[str]) -> None:
        """What else there is to say."""
        self._around += notes

    def mended(self, mends: Mapping[int, Mend], table: Table) -> None:
        """What was said of single rows in place of the file. Raises ImportOptionError for a row that there is not."""
        if mends:
            there = {row.line for row in table.rows}
            for line in sorted(mends):
                if line not in there:
                    raise ImportOptionError(f"--set {line}: {table.name} has no row in {self._counted} {line}.")
            said = [f"{self._counted} {line}: {mend.words}" for line, mend in sorted(mends.items())]
            self._around.append(f"Mended for this import: {_listed(said, 150)}.")

    def around(self, teams: TeamChooser, slices: SliceChooser, new: Sequence[New]) -> None:
        """What the teams and slices of the new items leave to say."""
        if made := teams.without_capacity:
            said, each = f'Team "{made[0]}" is new and has no capacity yet', ""
            if len(made) > 1:
                said, each = f"{len(made)} teams are new and have no capacity yet ({_listed(made)})", " for each"
            self._around.append(
                f'{said}: give it in the app, or here with --team "{made[0]}=34.0"{each} '
                "(net engineer-weeks this quarter)."
            )
        if teams.unknown:
            self._around.append(
                f"{many(teams.unknown.total(), 'row names', 'rows name')} a team that is not here "
                f'({_listed([*teams.unknown])}); they are sized for "{teams.default.name}". --team NAME adds a team, '
                "--team 'THEIRS -> OURS' says which of ours it is."
            )
        if teams.unnamed and len(teams.of_file) > 1:
            self._around.append(
                f"{many(teams.unnamed, 'row names', 'rows name')} no team, as others do, and "
                f'{"is" if teams.unnamed == 1 else "are"} sized for "{teams.default.name}".'
            )
        unsized = sum(one.size == "unsized" for one in new)
        if unsized:
            self._around.append(f"{many(unsized, 'new item comes', 'new items come')} without a size.")
        if slices.unknown:
            named = [f"{name} ({count:,})" for name, count in slices.unknown.most_common()]
            self._around.append(
                f"{many(slices.unknown.total(), 'row names', 'rows name')} a slice that is not here "
                f"({_listed(named)}) and went to slice {slices.default}: name them as here, or by the letter."
            )
        if slices.without_rule:
            kinds = [f"{name} ({count:,})" for name, count in slices.without_rule.most_common()]
            self._around.append(
                f"Types without a rule went to slice {slices.default}: {_listed(kinds)}. "
                "--map type:NAME=LETTER adds a rule."
            )

    def linked(self, links: Links, waiting: Waiting) -> None:
        """What dependencies and customers leave to say."""
        made = len(links.puts)
        if made:
            self._around.append(
                f"{many(made, 'dependency is', 'dependencies are')} taken: what blocks an item, it needs."
            )
        if links.circles:
            self._around.append(
                f"Left out, because each would close a circle of needs: {_listed(links.circles)}. "
                "Say in the app which of them is right."
            )
        if links.unknown:
            unknown = list(dict.fromkeys(links.unknown))
            self._around.append(f"Dependencies on what is neither here nor taken from this file: {_listed(unknown)}.")
        if links.taken_away:
            self._around.append(
                f"{many(links.taken_away, 'dependency of the file was', 'dependencies of the file were')} "
                "taken away here before, and not put back."
            )
        if waiting.cells.whole:
            self._around.append(
                f"Taken as one customer each, as nothing shows that commas part names there: "
                f"{_listed([f'“{name}”' for name in waiting.cells.whole])}. Several are separated by semicolons."
            )
        if waiting.new:
            self._around.append(
                f"{many(len(waiting.new), 'customer is', 'customers are')} new: {_listed(waiting.new)}."
            )

    def history(self, found: HistoryPlan, *, taken: bool) -> None:
        """What finished rows teach of what things take."""
        if found.new or found.updated:
            rows = many(found.new + len(found.updated), "finished row says", "finished rows say")
            took = "that is taken as history" if taken else "--history takes that for the odds to learn from"
            self._around.append(f"{rows} an estimate and what it took: {took}.")

    def statuses(self, over: Over) -> None:
        """Every status of the file, with how many rows of it were taken, and how many left because they are over."""
        said = [
            f"{what}: {', '.join(f'{status or _NO_STATUS} ({count:,})' for status, count in found.most_common())}"
            for what, found in (("Statuses taken", over.taken), ("Statuses left as over", over.left))
            if found and (found.keys() != {""} or over.left)
        ]
        self._around += [f"{each}." for each in said]
        if over.planned:
            self._around.append(
                f"A day to come in {_listed(sorted(over.planned))} is a plan: it does not say that work is over."
            )

    def how_far(self, read: Mapping[str, str], notes: Iterable[str]) -> None:
        """Which columns said how far items in plan are, and what else is to be said of that."""
        self._around += notes
        if read:
            self._how_far = frozenset(read.values())
            said = ", ".join(f"{one} from {clean(name)}" for one, name in read.items())
            self._around.append(f"How far items are: {said}.")

    def all(self) -> list[str]:
        """Every note, as sentences."""
        notes = [*self._table_notes, self._mapping()]
        if unread := [clean(name) for name in self._columns.unread if name not in self._how_far]:
            notes.append(f"Columns not used: {_listed(unread)}.")
        if self.zeros:
            notes.append(f"An estimate of 0 counts as none: {self._lines(self.zeros)}.")
        if self.unread_sizes:
            said = [f"{self._counted} {line}: {why}" for line, why in self.unread_sizes.items()]
            notes.append(
                f"{many(len(said), 'estimate', 'estimates')} cannot be read, and the rows are without one: "
                f"{_listed(said, 150)}."
            )
            if any(NO_UNIT in why for why in self.unread_sizes.values()):
                team = next((name for name, _ in self._columns.per_team.values()), "")
                notes[-1] += (
                    f" Write behind the names of such columns what their numbers count, as in {team} (days)."
                    if team
                    else " Take the column for points, hours, days or weeks: that is what its bare numbers count."
                )
        if self._unread_dates:
            notes.append(f"Due dates that cannot be read were left out: {self._dates(self._unread_dates)}.")
        if self._ambiguous_dates:
            notes.append(
                f"Due dates that can be read as two days were left out: {self._dates(self._ambiguous_dates)}. "
                "Add --dates day-first or --dates month-first before the first import of these rows."
            )
        if self.values:
            notes.append(f"Values that are not numbers were left out: {self._lines(self.values)}.")
        if self.currency:
            notes.append(f"Values are in {self.currency}: they are taken as they stand, nothing is converted.")
        if self.other_currencies:
            notes.append(f"Values in another currency were left out: {self._lines(self.other_currencies)}.")
        return notes + self._around

    def _mapping(self) -> str:
        """Which column was read as what."""
        header, spare = self._columns.header, self._columns.spare
        names = {
            field: " or ".join(clean(header[at])[:60] for at in (positions[0], *spare.get(field, ())))
            for field, positions in self._columns.at.items()
        }
        words = self._columns.dialect.words
        source = f"Read as {words}" if words else "Columns read"
        return f"{source}: {', '.join(f'{field} from {name}' for field, name in names.items())}."

    def _lines(self, lines: Sequence[int]) -> str:
        return f"{self._counted}{'' if len(lines) == 1 else 's'} {_listed([str(line) for line in lines])}"

    def _dates(self, dates: dict[int, str]) -> str:
        return _listed([f'{self._counted} {line} "{text}"' for line, text in dates.items()])


def _listed(values: Sequence[str], longest: int = 60) -> str:
    shown = ", ".join(value if len(value) <= longest else f"{value[: longest - 1]}…" for value in values[:MOST_LISTED])
    return f"{shown} and {len(values) - MOST_LISTED:,} more" if len(values) > MOST_LISTED else shown
