"""How far the items in plan are, as a newer file has it: three versions compared, as with all else that follows it.

What only the source changed is taken, what only people here told stays, and where both did, it is a conflict. Less
spent than here is one, too: what was spent goes down for a reason only. Ranks and decisions are no business of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from store.common.engineer_weeks import format_ew
from store.common.text import clean, many
from store.imports.columns import Field
from store.imports.dates import day_order_in, parse_date
from store.imports.estimates import EstimateError, NoRateError, NoUnitError, Rates, parse_estimate
from store.imports.finished import Over
from store.imports.memory import Memory, last_written
from store.imports.options import ImportOptions
from store.imports.plain_words import without_accents
from store.imports.progress.columns import ProgressColumns
from store.imports.report import Conflict
from store.records import Item, Progress, Record, Size, State, new_id

if TYPE_CHECKING:
    from store.imports.table import Row, Table

#: What ends a reason why the row of an item that is here is left.
STAYS = "; the item here stays as it is"
#: Work that is over, and was not done.
_DROPPED = re.compile(
    r"\b(?:cancel|reject|declin|wont|won.t|will not|duplicat|abandon|delet|archiv|trash|remov|obsolet|invalid|discard|"
    r"drop|no longer|cannot repro|not (?:do|plan)|incomplete|descart|nicht|verworf|abgelehnt|annul|rejet)"
)
#: Less than this (ew) apart, two efforts are the same: a minute of a week.
_SAME = 5e-4
_TITLE = 60


@dataclass(frozen=True)
class _Said:
    """What a row says; in ew, None where nothing."""

    spent: float | None = None
    left: tuple[float | None, float, float | None] | None = None
    started: date | None = None


class RowProgress:
    """Compares rows with what is known of items in plan; ``puts`` are the records to write, ``notes`` what to say."""

    def __init__(
        self, state: State, table: Table, over: Over, options: ImportOptions, memory: Memory, rates: Rates
    ) -> None:
        quarter, today, columns = state.quarter, options.on or date.today(), over.columns
        self._columns = ProgressColumns(table, columns)
        self._counted = table.counted
        self.over, self.columns = over, columns
        self._options, self._memory, self._rates = options, memory, rates
        self._quarter = quarter
        #: as of which day; never before what is known already
        self._on = max(today, quarter.progress_on or today)
        self.runs = quarter.state != "closed" and quarter.starts <= self._on <= quarter.ends
        self._known = {(row.item_id, row.team_id): row for row in state.each(Progress)} if self.runs else {}
        orders = (
            day_order_in(table, [self._columns.cell(row, one) for row in table.rows]) for one in ("done", "started")
        )
        self._order = next((order for order in orders if order is not None), options.dates)
        self._comma = columns.has_comma
        self.conflicts: list[Conflict] = []
        self.kept: list[str] = []
        self._puts: list[Progress] = []
        #: rows of work that was begun and is not in plan, and what was spent on it in ew
        self._begun: list[float] = []
        self._unread: dict[str, str] = {}
        #: whether any item was compared with what its row says
        self._compared = False

    @property
    def puts(self) -> tuple[Record, ...]:
        """The records to write: what is new, and as of which day all of it is known then."""
        if not self._puts or self._quarter.progress_on == self._on:
            return tuple(self._puts)
        return (*self._puts, self._quarter.model_copy(update={"progress_on": self._on}))

    @property
    def read(self) -> Mapping[str, str]:
        """The columns by what they say, where an item was compared with them, new or not; else empty."""
        return {one: self._columns.header[at] for one, at in self._columns.at.items()} if self._compared else {}

    @property
    def notes(self) -> Iterable[str]:
        """What could not be read, once for each column, and what was begun and is not in plan."""
        yield from self._unread.values()
        if self._begun:
            spent = sum(self._begun)
            took = f" ({format_ew(spent)} ew spent)" if spent else ""
            yield (
                f"{many(len(self._begun), 'row was', 'rows were')} begun{took} and not in plan, where nothing is kept "
                "of that: take in plan what goes on, then import the file once more."
            )

    @property
    def on(self) -> date:
        """As of which day the file is read."""
        return self._on

    def tell(self, row: Row, old: Item, sizes: list[Size], reason: str) -> list[str]:
        """What of an item follows its row, in words; ``reason`` is why the row is left, empty where it is taken.

        :attr:`kept` and :attr:`conflicts` are of this row, too.
        """
        self.kept, self.conflicts = [], []
        if not self.runs or old.state != "plan" or not sizes or (reason and not reason.endswith(STAYS)):
            if not reason and old.state in ("below", "inbox"):
                self.see_unplanned(row)
            return []
        over = bool(reason) or (self._options.include_done and bool(self.over.found(row.cells)))
        if over and self.dropped(row):
            return []
        said = self._said(row)
        if not over and said == _Said() and not self._was_closed(sizes):
            return []
        self._compared = True
        if len(sizes) > 1 and (said.spent is not None or said.left is not None):
            # Nobody can say how one figure is to be shared among several teams.
            self.kept.append(f"what was spent, of which the file does not say how {len(sizes)} teams share it")
            said = _Said(started=said.started)
        words: list[str] = []
        for size in sizes:
            words += self._follow(row, old, size, said, self._ended(row) if over else None)
        return list(dict.fromkeys(words))

    def see_unplanned(self, row: Row) -> None:
        """A row whose item is not in plan: what was begun of it is counted, to be said."""
        if self.runs and ("spent" in self._columns.at or "started" in self._columns.at):
            spent, started = self.spent(row), parse_date(self._columns.cell(row, "started"), self._order)
            if spent or (started is not None and started <= self._on):
                self._begun.append(spent or 0.0)

    # -------------------------------------------------------------- one size

    def _follow(self, row: Row, old: Item, size: Size, said: _Said, ended: date | None) -> list[str]:
        known = self._known.get((old.id, size.team_id))
        base: Mapping[str, object] = (
            last_written(self._memory, Progress.table, known.id) if known is not None and known.id > 0 else {}
        )
        here = known or Progress(id=new_id(), item_id=old.id, team_id=size.team_id, spent=0.0)
        earlier = known.earlier if known is not None else 0.0
        found, words = here, list[str]()
        if ended is None and here.done_on is not None:
            found, words = self._open(here, base, earlier)
        if said.spent is not None and not _close(said.spent, base.get("spent")) and not _close(said.spent, here.spent):
            shown, less = f"{format_ew(said.spent)} ew", said.spent < here.spent - _SAME
            # What was only its size, for want of a figure, gives way to one; so does what nobody told here.
            guess = here.done_on is not None and not here.counted
            untouched = known is None or guess or (_close(here.spent, base.get("spent")) and not less)
            if untouched or self._source(row, old, "spent", f"{format_ew(here.spent)} ew", shown, base):
                found = found.model_copy(update={"spent": max(said.spent, earlier), "counted": True})
                words.append(f"spent {format_ew(here.spent)} -> {shown}")
            else:
                self.kept.append(f"spent, which the file gives as {shown}" + (", less than here" if less else ""))
        open_left = said.left if ended is None and found.done_on is None else None
        if open_left and not _close(open_left[1], base.get("left")) and not _close(open_left[1], here.left):
            shown, was = (
                f"{format_ew(open_left[1])} ew",
                "as sized" if here.left is None else f"{format_ew(here.left)} ew",
            )
            untouched = here.left is None or _close(here.left, base.get("left"))
            if untouched or self._source(row, old, "left", was, shown, base):
                low, left, high = open_left
                found = found.model_copy(update={"left_low": low, "left": left, "left_high": high})
                words.append(f"left {was} -> {shown}")
            else:
                self.kept.append(f"what is left, which the file gives as {shown}")
        if said.started is not None and here.started_on is None and said.started <= self._on:
            found = found.model_copy(update={"started_on": said.started})
            words.append(f"started {said.started}")
        if ended is not None and here.done_on is None:
            found, more = self._done(found, size, earlier, ended)
            words.append(more)
        if found != here:
            found = found.model_copy(update={"told_on": self._on, "carried": min(found.spent, earlier)})
            self._known[old.id, size.team_id] = found
            self._puts.append(found)
        return words

    def _done(self, found: Progress, size: Size, earlier: float, ended: date) -> tuple[Progress, str]:
        """It took what was spent; where nobody counted that, its likely size stands for it."""
        counted = found.spent > earlier + _SAME
        spent = found.spent if counted else max(found.spent, size.likely)
        over = {"left_low": None, "left": None, "left_high": None}
        took = f"took {format_ew(spent)} ew" if counted else "nobody counted what it took"
        done = found.model_copy(update={"done_on": ended, "spent": spent, "counted": counted, **over})
        return done, f"done {ended}, {took}"

    def _open(self, here: Progress, base: Mapping[str, object], earlier: float) -> tuple[Progress, list[str]]:
        """What the source closed, it may open again; what people here say is done stays so."""
        if str(base.get("done_on")) != str(here.done_on):
            self.kept.append("done, which the file has as open")
            return here, []
        spent = here.spent if here.counted else earlier
        again = here.model_copy(update={"done_on": None, "counted": True, "spent": spent})
        return again, ["open again in the source"]

    def _source(self, row: Row, old: Item, what: str, here: str, source: str, base: Mapping[str, object]) -> bool:
        """Whether the source's figure is chosen for a conflict, which is listed."""
        choice = self._options.choices.get((old.id, what), self._options.on_conflict)
        before = base.get(what)
        shown = f"{format_ew(before)} ew" if isinstance(before, float | int) else ""
        self.conflicts.append(Conflict(row.line, old.id, old.title, what, here, source, choice, shown))
        return choice == "source"

    def _was_closed(self, sizes: list[Size]) -> bool:
        rows = (self._known.get((size.item_id, size.team_id)) for size in sizes)
        return any(row is not None and row.done_on is not None for row in rows)

    # -------------------------------------------------------------- what a row says

    def _said(self, row: Row) -> _Said:
        started = parse_date(self._columns.cell(row, "started"), self._order)
        return _Said(self.spent(row), self._effort(row, "left"), started)

    def spent(self, row: Row) -> float | None:
        """What was spent on a row, in ew; None where it does not say that."""
        found = self._effort(row, "spent")
        return found[1] if found is not None else None

    def _effort(self, row: Row, one: str) -> tuple[float | None, float, float | None] | None:
        if one not in self._columns.at:
            return None
        cell = self._columns.cell(row, one)
        at, name = self._columns.at[one], self._columns.name(one)
        try:
            found = parse_estimate(cell, self._columns.unit(one), self._rates, decimal_comma=self._comma(at))
        except NoUnitError:
            self._unread[one] = (
                f"{name} does not say what it counts, and is left out: call it Spent (days), or write 2d"
            )
        except NoRateError:
            self._unread[one] = f"{name} is in hours, and is left out: --hours-per-week says what an engineer-week is"
        except EstimateError as error:
            self._unread.setdefault(one, f"{name} cannot be read in {self._counted} {row.line}: {error}")
        else:
            return (found.low, found.likely, found.high) if found is not None else None
        return None

    def _ended(self, row: Row) -> date:
        """The day on which it was done, where the file says one of this quarter; else that of the file."""
        day = parse_date(self._columns.cell(row, "done"), self._order)
        return day if day is not None and self._quarter.starts <= day <= self._on else self._on

    def dropped(self, row: Row) -> bool:
        """Whether what is over was not done: cancelled, a duplicate, and the like."""
        fields: tuple[Field, ...] = ("status", "category", "resolution")
        cells = [clean(cell) for field in fields for _, cell in self.columns.every(row.cells, field)]
        cells += [clean(self.columns.header[at]) for at, _ in self.columns.every(row.cells, "finished")]
        return any(_DROPPED.search(without_accents(text).replace("’", "'")) for text in cells)


def _close(one: float | None, other: object) -> bool:
    return one is not None and isinstance(other, float | int) and abs(one - other) <= _SAME
