"""What issues took, else what they were estimated at: in engineer-weeks where the rates for it are known, else in the
file's own points or hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from store.common.issues import Measure
from store.common.text import clean, series
from store.imports.columns import ColumnMap, Unit, listed, simplified
from store.imports.errors import ImportOptionError
from store.imports.estimates import BLANKS, EstimateError, NoRateError, NoUnitError, Rates, parse_estimate
from store.imports.formats import decimal_commas
from store.imports.history_columns import LEAST_SECONDS, TOOK, UNITS
from store.imports.numbers import number

if TYPE_CHECKING:
    from store.imports.table import Row, Table

#: what is counted where nobody gave a rate, and what one of a unit is in it
_OWN: Mapping[Unit, tuple[Measure, float]] = {
    "points": ("points", 1.0),
    "hours": ("hours", 1.0),
    "minutes": ("hours", 1 / 60),
    "seconds": ("hours", 1 / 3_600),
    "milliseconds": ("hours", 1 / 3_600_000),
}
_RATE: Mapping[Measure, str] = {"points": "--points-per-week N", "hours": "--hours-per-week N"}
_FILLERS = frozenset({"in", "engineer", "person", "man", "effort"})
#: Different cells of a column that are remembered, so that each is read once.
_MOST_KEPT = 20_000


@dataclass(frozen=True)
class Amounts:
    """An amount a row (None: the row says none) and whether it is what the issue took; ``read`` are the columns that
    count, by what they were taken for."""

    measure: Measure
    rows: tuple[tuple[float | None, bool], ...]
    notes: tuple[str, ...]
    read: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Source:
    """A column with amounts: what its bare numbers count, and whether they are what issues took."""

    at: int
    unit: Unit
    took: bool
    comma: bool


class _Said(NamedTuple):
    """What a row says in a measure, and the number of the source that says it."""

    measure: Measure
    amount: float
    source: int


def amounts_of(table: Table, columns: ColumnMap, rows: Sequence[Row], rates: Rates, took: str | None = None) -> Amounts:
    """What these rows of a table took. ``took`` names the column that says it, empty for none; None: it is found out.

    Raises :class:`~store.imports.errors.ImportOptionError` where there is no such column.
    """
    return _Reading(table, columns, rates, took).amounts(rows)


class _Reading:
    """One file on its way."""

    def __init__(self, table: Table, columns: ColumnMap, rates: Rates, took: str | None) -> None:
        self._header, self._rates, self._columns = table.header, rates, columns
        self._assumed: list[str] = []
        self._sources = [*self._taken(table, took), *self._estimated()]
        self._known: list[dict[str, _Said | None]] = [{} for _ in self._sources]
        self._unitless: set[int] = set()
        self._unread: set[int] = set()
        self._samples: dict[int, str] = {}
        self._shirts = False

    def _taken(self, table: Table, took: str | None) -> list[_Source]:
        """The columns that say what issues took."""
        wanted = None if took is None else simplified(took)
        found = []
        for at, name in enumerate(self._header):
            words = simplified(name).split()
            bare = " ".join(word for word in words if word not in _FILLERS and word not in UNITS)
            if (simplified(name) == wanted) if wanted is not None else (bare in TOOK or " ".join(words) in TOOK):
                found.append((at, next((UNITS[word] for word in reversed(words) if word in UNITS), None)))
        if wanted and not found:
            raise ImportOptionError(
                f"There is no column {took[:80] if took else ''!r} for took. The columns are: {listed(self._header)}."
            )
        commas = decimal_commas(table, [at for at, _ in found])
        return [_Source(at, unit or self._unit(table, at), True, at in commas) for at, unit in found]

    def _unit(self, table: Table, at: int) -> Unit:
        """What is counted in a column whose name does not say it: seconds where nothing takes so many weeks, hours
        where the tool is known to write them, else weeks, as where history is imported."""
        cells = (row.cells[at].strip() for row in table.rows if at < len(row.cells))
        amounts = [int(cell) for cell in cells if cell.isascii() and cell.isdigit() and cell.strip("0")]
        dialect = self._columns.dialect
        if "hours" in dialect.columns and not dialect.seconds:
            return "hours"
        if amounts and min(amounts) >= LEAST_SECONDS and all(amount % 60 == 0 for amount in amounts):
            return dialect.seconds or "seconds"
        if amounts:
            self._assumed.append(
                f"Bare numbers in “{clean(self._header[at])[:40]}” are read as engineer-weeks: call the column "
                "“Hours spent” or “Days spent” where they are others."
            )
        return "weeks"

    def _estimated(self) -> list[_Source]:
        """The columns with estimates, in the order in which they count."""
        columns = self._columns
        found = [
            _Source(at, columns.unit(field), False, columns.has_comma(at))
            for field in columns.estimates
            for at in columns.positions(field)
        ]
        likely = columns.at.get("likely", ())[:1]
        return [*(_Source(at, columns.range_unit, False, columns.has_comma(at)) for at in likely), *found]

    def amounts(self, rows: Sequence[Row]) -> Amounts:
        """All of them, in one measure: that in which most rows have one, but what issues took goes before estimates."""
        said = [self._said(row) for row in rows]
        known: Counter[Measure] = Counter(one.measure for some in said for one in some)
        took: Counter[Measure] = Counter(one.measure for some in said for one in some if self._sources[one.source].took)
        order: tuple[Measure, ...] = ("ew", "hours", "points")
        measure = max(order, key=lambda each: (2 * took[each] >= max(1, len(said)), known[each]))
        found: list[tuple[float | None, bool]] = []
        used: Counter[int] = Counter()
        for some in said:
            one = next((one for one in some if one.measure == measure), None)
            found.append((None, False) if one is None else (one.amount, self._sources[one.source].took))
            if one is not None:
                used[one.source] += 1
        others = {one.source: one.measure for some in said for one in some if one.measure != measure}
        notes = self._notes(measure, others, used)
        return Amounts(measure, tuple(found), tuple(notes), self._read(used))

    def _said(self, row: Row) -> tuple[_Said, ...]:
        """The first amount in each measure."""
        width = len(row.cells)
        found: dict[Measure, _Said] = {}
        for at, source in enumerate(self._sources):
            text = row.cells[source.at] if source.at < width else ""
            if text and (said := self._read_once(at, text)) is not None:
                found.setdefault(said.measure, said)
        return tuple(found.values())

    def _read_once(self, at: int, text: str) -> _Said | None:
        known = self._known[at]
        if text in known:
            return known[text]
        said = self._look(at, text)
        if len(known) < _MOST_KEPT:
            known[text] = said
        return said

    def _look(self, at: int, text: str) -> _Said | None:
        """The amount in a cell of a source; None where there is none, or none that counts, which is noted."""
        source, cell = self._sources[at], clean(text)
        if cell.casefold() in BLANKS:
            return None
        try:
            size = parse_estimate(cell, source.unit, self._rates, decimal_comma=source.comma)
        except NoRateError:
            amount = number(cell, decimal_comma=source.comma)
            if source.unit in _OWN and amount is not None and 0 <= amount <= 1e12:
                measure, each = _OWN[source.unit]
                return _Said(measure, amount * each, at) if amount else None
            self._note(self._unread, at, cell)
        except NoUnitError:
            self._note(self._unitless, at, cell)
        except EstimateError:
            self._note(self._unread, at, cell)
        else:
            if size is not None and size.likely:
                self._shirts |= not any(sign.isdecimal() for sign in cell)
                return _Said("ew", size.likely, at)
        return None

    def _note(self, where: set[int], at: int, cell: str) -> None:
        where.add(at)
        self._samples.setdefault(at, cell[:40])

    def _named(self, at: int) -> str:
        return f"“{clean(self._header[self._sources[at].at])[:40]}”"

    def _read(self, used: Counter[int]) -> tuple[tuple[str, str], ...]:
        return tuple(
            ("took" if self._sources[at].took else "estimate", clean(self._header[self._sources[at].at])[:80])
            for at in sorted(used)
        )

    def _notes(self, measure: Measure, others: Mapping[int, Measure], used: Counter[int]) -> list[str]:
        """What was assumed, and what does not count."""
        said = list(self._assumed) if measure == "ew" else []
        if measure != "ew":
            names = series(map(self._named, sorted(used)))
            said.append(f"Amounts are the {measure} in {names}: {_RATE[measure]} turns them into engineer-weeks.")
        for at, other in sorted(others.items()):
            if at not in used:
                rate = f": {_RATE[other]} turns them into engineer-weeks" if other in _RATE else ""
                said.append(f"{self._named(at)} counts {other}, and does not count here{rate}.")
        for at in sorted(self._unitless):
            name = clean(self._header[self._sources[at].at])[:40]
            said.append(
                f"{self._named(at)} does not say what its numbers count, and does not count here: --column "
                f"points={name}, hours={name}, days={name} or weeks={name} says it."
            )
        for at in sorted(self._unread):
            said.append(f"What cannot be read in {self._named(at)}, such as “{self._samples[at]}”, does not count.")
        if self._shirts and measure == "ew":
            shirts = ", ".join(f"{letter} {likely:g}" for letter, (_, likely, _) in self._rates.shirts.items())
            said.append(f"T-shirt sizes count as usual here: {shirts} ew.")
        return said
