"""A row's estimate, and the text by which a later import knows what the file said and what it became."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.imports.columns import Columns, Field, Unit
from store.imports.errors import RateNeededError, UnitNeededError
from store.imports.estimates import (
    BLANKS,
    Estimate,
    EstimateError,
    NoRateError,
    NoUnitError,
    Rates,
    checked,
    parse_estimate,
)
from store.records import Size
from store.records.text import clean

_SHOWN: dict[Unit, str] = {"weeks": "ew"}
_NUMBERS = re.compile(r"(?P<raw>.*) = (?:(?P<low>[^/ ]+)/)?(?P<likely>[^/ ]+)(?:/(?P<high>[^/ ]+))? ew", re.DOTALL)


@dataclass(frozen=True)
class Sized:
    """What the file says (``raw``, with its unit; empty if nothing), and the engineer-weeks that it means."""

    raw: str
    estimate: Estimate | None
    #: the file holds a number, and it is zero
    zero: bool = False

    def text(self) -> str | None:
        """As kept in ``Item.source_size``: ``5 points = 0.625 ew``, ``2-3-5 days = 0.4/0.6/1.0 ew``."""
        if self.estimate is None:
            return self.raw or None
        numbers = [n for n in (self.estimate.low, self.estimate.likely, self.estimate.high) if n is not None]
        return f"{self.raw} = {'/'.join(map(repr, numbers))} ew"


def last_seen(text: str | None) -> Sized:
    """What :meth:`Sized.text` wrote."""
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


def row_size(columns: Columns, row: Sequence[str], rates: Rates, *, decimal_comma: bool) -> Sized:
    """The estimate of a row: its low, likely and high, else the first of its estimate columns that is filled.

    Raises :class:`EstimateError` with a reason; :class:`RateNeededError` or :class:`ImportOptionError` for the file.
    """
    if columns.ranged and (ranged := _ranged(columns, row, rates, decimal_comma)):
        return ranged
    nothing = Sized("", None)
    for field in columns.estimates:
        cell = clean(columns.cell(row, field))
        if cell.casefold() in BLANKS:
            continue
        unit = columns.unit(field)
        estimate = _parsed(columns, field, cell, unit, rates, decimal_comma)
        raw = f"{cell} {_SHOWN.get(unit, unit)}".strip()
        if estimate is not None:
            return Sized(raw, estimate)
        nothing = nothing if nothing.zero else Sized(raw, None, zero=True)
    return nothing


def _parsed(
    columns: Columns, field: Field, cell: str, unit: Unit, rates: Rates, decimal_comma: bool
) -> Estimate | None:
    """The estimate in one cell, with what is missing for it said in terms of the file and the options."""
    try:
        return parse_estimate(cell, unit, rates, decimal_comma=decimal_comma)
    except NoRateError as missing:
        raise RateNeededError(missing.unit, columns.name(field)) from None
    except NoUnitError:
        raise UnitNeededError(columns.name(field)) from None


def _ranged(columns: Columns, row: Sequence[str], rates: Rates, decimal_comma: bool) -> Sized | None:
    """The estimate of the low, likely and high columns; None where they are empty."""
    fields: tuple[Field, ...] = ("low", "likely", "high")
    cells = {field: clean(columns.cell(row, field)) for field in fields}
    filled = {field: cell for field, cell in cells.items() if cell.casefold() not in BLANKS}
    if not filled:
        return None
    raw = f"{'-'.join(filled.values())} {_SHOWN.get(columns.range_unit, columns.range_unit)}"
    if "likely" not in filled:
        raise EstimateError(f'estimate "{raw[:60]}" has no likely size; name its column with --column likely=NAME')
    weeks: dict[Field, float] = {}
    for field, cell in filled.items():
        one = _parsed(columns, field, cell, columns.range_unit, rates, decimal_comma)
        if one is not None and one.low is not None:
            raise EstimateError(f'estimate "{cell}" is a range where one number belongs')
        weeks[field] = one.likely if one else 0.0
    estimate = checked(weeks.get("low"), weeks["likely"], weeks.get("high"), raw)
    return Sized(raw, estimate, zero=estimate is None)
