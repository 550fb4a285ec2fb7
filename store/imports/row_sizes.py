"""A row's estimate, and the text by which a later import knows what the file said and what it became."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from store.common.text import clean
from store.imports.columns import ESTIMATES, ColumnMap, Field, Unit
from store.imports.errors import RateNeededError
from store.imports.estimates import (
    BLANKS,
    NO_UNIT,
    Estimate,
    EstimateError,
    NoRateError,
    NoUnitError,
    Rates,
    checked,
    parse_estimate,
)
from store.records import Size

_SHOWN: dict[Unit, str] = {"weeks": "ew"}
_NUMBERS = re.compile(r"(?P<raw>.*) = (?:(?P<low>[^/ ]+)/)?(?P<likely>[^/ ]+)(?:/(?P<high>[^/ ]+))? ew", re.DOTALL)


@dataclass(frozen=True)
class Sized:
    """What the file says (``raw``, with its unit; empty if nothing), and the engineer-weeks that it means."""

    raw: str
    estimate: Estimate | None
    #: the file holds a number, and it is zero
    zero: bool = False
    #: why what the file says is no estimate, where nothing else is one
    unread: str = ""
    #: the position of the column that does not say what its numbers count, where that is why
    no_unit: int | None = None

    @cached_property
    def text(self) -> str | None:
        """As kept in ``Item.source_size``: ``5 points = 0.625 ew``, ``2-3-5 days = 0.4/0.6/1.0 ew``."""
        if self.estimate is None:
            return self.raw or None
        numbers = [n for n in (self.estimate.low, self.estimate.likely, self.estimate.high) if n is not None]
        return f"{self.raw} = {'/'.join(map(repr, numbers))} ew"


def last_seen(text: str | None) -> Sized:
    """What :attr:`Sized.text` wrote."""
    if found := _NUMBERS.fullmatch(text or ""):
        low, high = found["low"], found["high"]
        try:
            estimate = Estimate(float(found["likely"]), float(low) if low else None, float(high) if high else None)
        except ValueError:
            return Sized(text or "", None)
        return Sized(found["raw"], estimate)
    return Sized(text or "", None)


def same(size: Size, estimate: Estimate | None) -> bool:
    """Whether a size is exactly what an estimate meant."""
    return estimate is not None and (size.low, size.likely, size.high) == (
        estimate.low,
        estimate.likely,
        estimate.high,
    )


class _NoUnitError(EstimateError):
    """A bare number in the column at ``at``, which does not say what it counts."""

    def __init__(self, reason: str, at: int) -> None:
        self.at = at
        super().__init__(reason)


class RowSizes:
    """Reads the estimates of rows, each different one once."""

    def __init__(self, columns: ColumnMap, rates: Rates) -> None:
        self._sizes = columns.alike(
            (*ESTIMATES, "low", "likely", "high", "unit"), lambda row: row_size(columns, row, rates)
        )

    def of(self, row: Sequence[str]) -> Sized:
        """The estimate of a row, as :func:`row_size` reads it."""
        return self._sizes.of(row)


def row_size(columns: ColumnMap, row: Sequence[str], rates: Rates) -> Sized:
    """The estimate of a row: its low, likely and high, else the first of its estimate columns that can be read.

    Where none can be, what the first of them says is kept, with the reason. Raises :class:`RateNeededError` for the
    file.
    """
    nothing = Sized("", None)
    if columns.ranged:
        try:
            if ranged := _ranged(columns, row, rates):
                return ranged
        except EstimateError as error:
            nothing = Sized(_ranged_raw(columns, row), None, unread=str(error))
    for field in columns.estimates:
        unit = columns.unit(field)
        for at, text in columns.every(row, field):
            cell = clean(text)
            if cell.casefold() in BLANKS:
                continue
            if not unit:
                cell = with_unit(columns, row, cell)
            raw = f"{cell} {_SHOWN.get(unit, unit)}".strip()
            try:
                estimate = size_in(columns, at, cell, unit, rates)
            except EstimateError as error:
                no_unit = error.at if isinstance(error, _NoUnitError) else None
                nothing = nothing if nothing.raw else Sized(raw, None, unread=str(error), no_unit=no_unit)
                continue
            if estimate is not None:
                return Sized(raw, estimate)
            nothing = nothing if nothing.zero or nothing.unread else Sized(raw, None, zero=True)
    return nothing


#: a number, or several, without a word
_BARE = re.compile(r"[\d.,\s–—-]+", re.ASCII)


def with_unit(columns: ColumnMap, row: Sequence[str], cell: str) -> str:
    """An estimate with what its row says that numbers count, where it is bare numbers."""
    unit = columns.cell(row, "unit") if "unit" in columns.at else ""
    return f"{cell} {clean(unit)}".strip() if _BARE.fullmatch(cell) else cell


def size_in(columns: ColumnMap, at: int, cell: str, unit: Unit, rates: Rates) -> Estimate | None:
    """The estimate in one cell of a column at a position; None for zero.

    What is missing for it is said in terms of the file and the options: RateNeededError, EstimateError.
    """
    try:
        return parse_estimate(cell, unit, rates, decimal_comma=columns.has_comma(at))
    except NoRateError as missing:
        raise RateNeededError(missing.unit, f'"{columns.header[at]}"') from None
    except NoUnitError:
        raise _NoUnitError(f'estimate "{cell}" {NO_UNIT} ({columns.header[at]})', at) from None


def _ranged_raw(columns: ColumnMap, row: Sequence[str]) -> str:
    """What low, likely and high say, as it stands there."""
    fields: tuple[Field, ...] = ("low", "likely", "high")
    cells = [clean(columns.cell(row, field)) for field in fields]
    filled = [cell for cell in cells if cell.casefold() not in BLANKS]
    unit = clean(columns.cell(row, "unit")) or _SHOWN.get(columns.range_unit, columns.range_unit)
    return f"{'-'.join(filled)} {unit}" if filled else ""


def _ranged(columns: ColumnMap, row: Sequence[str], rates: Rates) -> Sized | None:
    """The estimate of the low, likely and high columns; None where they are empty."""
    fields: tuple[Field, ...] = ("low", "likely", "high")
    cells = {field: clean(columns.cell(row, field)) for field in fields}
    filled = {field: cell for field, cell in cells.items() if cell.casefold() not in BLANKS}
    if not filled:
        return None
    raw = _ranged_raw(columns, row)
    if "likely" not in filled:
        raise EstimateError(f'estimate "{raw[:60]}" has no likely size; name its column with --column likely=NAME')
    weeks: dict[Field, float] = {}
    for field, cell in filled.items():
        one = size_in(columns, columns.at[field][0], with_unit(columns, row, cell), columns.range_unit, rates)
        if one is not None and one.low is not None:
            raise EstimateError(f'estimate "{cell}" is a range where one number belongs')
        weeks[field] = one.likely if one else 0.0
    estimate = checked(weeks.get("low"), weeks["likely"], weeks.get("high"), raw)
    return Sized(raw, estimate, zero=estimate is None)
