"""What a file's columns are taken for and why, with samples of what is in them, as written and as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.common.text import clean
from store.imports.columns import ESTIMATES, FIELDS, ColumnMap, Field, Unit
from store.imports.dates import Order, day_order_in, last_day, parse_date
from store.imports.errors import RateNeededError
from store.imports.estimates import BLANKS, EstimateError, Rates
from store.imports.finished import says_over
from store.imports.formats import columns_of
from store.imports.numbers import amount, number
from store.imports.options import ImportOptions
from store.imports.row_sizes import size_in
from store.imports.table import Table

_SAMPLES = 3
_LONGEST = 60
#: rows that are looked at for samples
_LOOKED_AT = 1_000
UNREAD = "not read"
#: hours of one of a unit that no rate is asked for by its name
_HOURS: Mapping[Unit, float] = {"minutes": 1 / 60, "seconds": 1 / 3_600, "milliseconds": 1 / 3_600_000}


@dataclass(frozen=True)
class Guess:
    """A column by its position, the field that it is taken for (empty: none), its first different values, and how
    many of the rows looked at have one (share, 0..1).

    ``read`` are the samples as the import reads them: an estimate in ew, a day, a number with its currency; as written
    where nothing is made of them. ``why`` says how the column came to its field: ``said``, ``name``, ``held`` for its
    name and what it holds, or ``spare`` for rows in which another column of the field is empty.
    """

    position: int
    column: str
    field: Field | None
    samples: tuple[str, ...]
    filled: float
    read: tuple[str, ...] = ()
    why: str = ""
    #: what it says besides fields, where that was read of it: how far items are (spent, left, started, done), or what
    #: one team has to do (size of Pay)
    tells: str = ""


def guess_columns(
    table: Table,
    overrides: Mapping[str, str] | None = None,
    options: ImportOptions | None = None,
    rates: Rates | None = None,
    columns: ColumnMap | None = None,
    how_far: Mapping[str, str] | None = None,
) -> tuple[Guess, ...]:
    """Every column of a table, in order. ``overrides`` go before what is guessed; ``rates`` say what points and hours
    are; ``columns`` need not be found again where they are known; ``how_far`` are columns by what they tell of that.

    Raises :class:`~store.imports.errors.ImportOptionError` only for overrides that mean nothing: a table without a
    title has guesses too.
    """
    options = options or ImportOptions()
    if columns is None:
        columns = columns_of(table, overrides, titled=False, ignored=options.ignored, decimal=options.decimal)
    field_at = {at: field for field in FIELDS for at in columns.positions(field)}
    spare = {at for positions in columns.spare.values() for at in positions}
    said = {name.strip() for name in (overrides or {}).values()}
    rows = table.rows[:_LOOKED_AT]
    statuses = {status.casefold(): taken for status, taken in options.statuses.items()}
    reader = _Samples(table, columns, rates or Rates(), options.dates, statuses)
    tells = {name: what for what, name in (how_far or {}).items()}
    tells |= {table.header[at]: f"size of {team}" for at, (team, _) in columns.per_team.items()}
    guesses = []
    for position, name in enumerate(table.header):
        cells = [clean(row.cells[position]) for row in rows if position < len(row.cells)]
        filled = [cell for cell in cells if cell]
        samples = tuple(dict.fromkeys(filled))[:_SAMPLES]
        field = field_at.get(position)
        why = "" if field is None else "spare" if position in spare else "said" if name in said else "name"
        why = "held" if position in columns.held else why
        guesses.append(
            Guess(
                position,
                clean(name),
                field,
                tuple(cell[:_LONGEST] for cell in samples),
                len(filled) / len(rows) if rows else 0.0,
                tuple(reader.read(field, position, cell, filled)[:_LONGEST] for cell in samples),
                why,
                tells.get(name, ""),
            )
        )
    return tuple(guesses)


class _Samples:
    """Reads single cells as an import does."""

    def __init__(
        self, table: Table, columns: ColumnMap, rates: Rates, order: Order | None, statuses: Mapping[str, bool]
    ) -> None:
        self._table = table
        self._columns = columns
        self._rates = rates
        self._order = order
        self._statuses = statuses

    def read(self, field: Field | None, at: int, cell: str, others: list[str]) -> str:
        """What is made of a cell of a column at a position, in which the ``others`` stand, too."""
        if field is None or cell.casefold() in BLANKS:
            return cell
        if field in ESTIMATES or field in ("low", "likely", "high"):
            # What a bare number counts may stand in another column of its row.
            return cell if "unit" in self._columns.at else self._size(field, at, cell)
        if field == "due":
            order = self._order or day_order_in(self._table, map(last_day, others))
            day = parse_date(last_day(cell), order)
            return day.isoformat() if day is not None else UNREAD
        if field == "value":
            found = amount(cell, decimal_comma=self._columns.has_comma(at))
            return f"{found[0]:,.10g} {found[1]}".strip() if found is not None else UNREAD
        if field in ("status", "category"):
            said = self._statuses.get(cell.casefold())
            return ("over" if says_over(cell) else cell) if said is None else "taken" if said else "left"
        return cell

    def _size(self, field: Field, at: int, cell: str) -> str:
        unit = self._columns.range_unit if field in ("low", "likely", "high") else self._columns.unit(field)
        try:
            estimate = size_in(self._columns, at, cell, unit, self._rates)
        except RateNeededError as needed:
            bare = number(cell, decimal_comma=self._columns.has_comma(at))
            if bare is not None and unit in _HOURS:
                return f"{bare * _HOURS[unit]:,.4g} hours"
            return f"{cell} {needed.unit}"
        except EstimateError:
            return UNREAD
        return str(estimate) if estimate is not None else "none"
