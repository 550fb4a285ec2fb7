"""When an issue was created and finished: by the columns of a file that say so, in days or in names of quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from store.common.text import clean
from store.imports.columns import listed, simplified, spellings
from store.imports.dates import Order, day_order, is_ambiguous, parse_date
from store.imports.errors import ImportOptionError
from store.imports.estimates import BLANKS
from store.imports.finished_words import NO, YES
from store.imports.history_columns import FINISHED
from store.imports.plain_words import without_accents
from store.imports.quarters import calendar_number, plain_number

if TYPE_CHECKING:
    from store.imports.table import Row, Table

DayField = Literal["created", "finished", "quarter"]
_WORDS = ("finished", "done", "completed", "closed", "resolved", "released", "shipped", "delivered", "accepted")
#: Names of columns as :func:`~store.imports.columns.simplified` leaves them.
DAY_NAMES: Mapping[DayField, frozenset[str]] = {
    "created": frozenset({
        "created", "created at", "created on", "created date", "created at utc", "created time", "creation date",
        "creation time", "date created", "date created text", "create date", "createdat", "opened", "opened at",
        "opened on", "opened date", "date opened", "submitted", "submitted at", "submitted on", "reported",
        "reported on", "date added", "added on", "added at", "erstellt", "erstellt am", "erstellungsdatum", "créé",
        "créé le", "date de création", "création", "creada", "creado", "fecha de creación", "criado", "criada",
        "data de criação", "creato", "creata", "data di creazione", "aangemaakt", "utworzono", "создано",
    }),
    "finished": FINISHED | {f"{word} time" for word in _WORDS} | {f"date {word}" for word in _WORDS} | {
        "shipped", "shipped at", "shipped on", "shipped date", "delivered", "delivered at", "delivered on",
        "delivered date", "finished date", "completion date", "date of completion", "end time", "resolved time",
    },
    "quarter": frozenset({"quarter", "qtr", "period", "fiscal quarter", "month"}),
}  # fmt: skip
#: An issue is finished in years of which there are trackers, and its quarter has a number that is a year * 4.
_YEARS = range(1990, 2101)
#: Different texts of a column that are remembered.
_MOST_KEPT = 20_000


class Days(NamedTuple):
    """What a row says: days, and the quarter that it names."""

    created: date | None
    finished: date | None
    ended: date | None
    period: int | None


class DayColumns:
    """Where a table has days. Raises ImportOptionError where the user names a column that there is not."""

    def __init__(self, table: Table, overrides: Mapping[str, str], order: Order | None) -> None:
        self.header = table.header
        self.at: dict[DayField, tuple[int, ...]] = {}
        for field, names in DAY_NAMES.items():
            said = overrides.get(field)
            if said is None:
                found = tuple(at for at, name in enumerate(self.header) if not names.isdisjoint(spellings(name)))
            else:
                found = tuple(at for at, name in enumerate(self.header) if simplified(name) == simplified(said))
                if said.strip() and not found:
                    raise ImportOptionError(
                        f"There is no column {said[:80]!r} for {field}. The columns are: {listed(self.header)}."
                    )
                found = found if said.strip() else ()
            if found:
                self.at[field] = found
        self._orders = dict.fromkeys((*self.at.get("created", ()), *self.at.get("finished", ())), order)
        if order is None:
            self._orders |= _orders(table, list(self._orders))
        #: days that were read, by their text, one set a column
        self._known: dict[int, dict[str, date]] = {at: {} for at in self._orders}
        #: what cannot be read, by the field, and one cell of each
        self.unread: Counter[str] = Counter()
        self.samples: dict[str, str] = {}

    @property
    def known(self) -> bool:
        """Whether any column says when issues were finished."""
        return bool({"finished", "quarter"} & self.at.keys())

    def of(self, row: Row) -> Days:
        """The days of a row."""
        finished = self._day(row.cells, "finished")
        ended, period = finished, None
        for at in self.at.get("quarter", ()):
            label = clean(row.cells[at]) if at < len(row.cells) else ""
            if ended is None and label.casefold() not in BLANKS:
                ended, period = self._quarter(label)
        return Days(self._day(row.cells, "created"), finished, ended, period)

    def _quarter(self, label: str) -> tuple[date | None, int | None]:
        """A day in the quarter that a label names by a month, else the quarter's number."""
        number = calendar_number(label)
        if number is not None and "q" in label.casefold():
            return None, number
        if number is not None and (day := _month(label)) is not None:
            return day, None
        if (plain := plain_number(label)) is not None:
            return None, plain
        self._note("quarter", label)
        return None, None

    def _day(self, cells: Sequence[str], field: DayField) -> date | None:
        for at in self.at.get(field, ()):
            cell = cells[at].strip() if at < len(cells) else ""
            known = self._known[at]
            if cell in known:
                return known[cell]
            plain = without_accents(cell).strip() if len(cell) < 20 else cell
            if not cell or cell.casefold() in BLANKS or plain in NO or plain in YES:
                continue
            day = parse_date(cell, self._orders[at])
            if day is not None and day.year in _YEARS:
                if len(known) < _MOST_KEPT:
                    known[cell] = day
                return day
            self._note("ambiguous" if is_ambiguous(cell) else field, cell)
        return None

    def _note(self, what: str, cell: str) -> None:
        self.unread[what] += 1
        self.samples.setdefault(what, clean(cell)[:40])

    def notes(self) -> list[str]:
        """What is to be said of cells that could not be read."""
        said = []
        for what, count in self.unread.items():
            such = f"such as “{self.samples[what]}”"
            cells = f"1 cell, {such}," if count == 1 else f"{count:,} cells, {such},"
            if what == "ambiguous":
                said.append(
                    f"{cells} may be two days: --dates day-first or month-first says which; until then there is no day."
                )
            elif what == "quarter":
                named = "names" if count == 1 else "name"
                said.append(f"{cells} {named} no quarter that is understood: write 2025Q3, Q3 2025 or 2025-07.")
            else:
                said.append(f"{cells} {'is' if count == 1 else 'are'} no day on which an issue was {what}.")
        return said


def _orders(table: Table, columns: Sequence[int]) -> dict[int, Order | None]:
    """How each of these columns writes ``03/04/2026``, in one go through all rows."""
    cells: dict[int, dict[str, None]] = {at: {} for at in columns}
    for row in table.rows if columns else ():
        for at, found in cells.items():
            # What else tells is told by other rows, too.
            if at < len(row.cells) and len(found) < _MOST_KEPT:
                found[row.cells[at]] = None
    return {at: day_order(found) for at, found in cells.items()}


def _month(label: str) -> date | None:
    """The first day of the month in ``2025-07``, ``07/2025`` or ``2025-07-15``."""
    parts = [int(part) for part in label.replace("/", "-").replace(".", "-").split("-") if part.isdecimal()]
    if len(parts) < 2:
        return None
    year, month = (parts[0], parts[1]) if parts[0] > 12 else (parts[1], parts[0])
    return date(year, month, 1) if year in _YEARS and 1 <= month <= 12 else None
