"""What a file's columns are taken for, with samples of what is in them: for showing, before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.common.text import clean
from store.imports.columns import FIELDS, Field
from store.imports.formats import columns_of
from store.imports.table import Table

_SAMPLES = 3
_LONGEST = 60
#: rows that are looked at for samples
_LOOKED_AT = 1_000


@dataclass(frozen=True)
class Guess:
    """A column by its position, the field that it is taken for (empty: none), its first different values, and how
    many of the rows looked at have one (share, 0..1)."""

    position: int
    column: str
    field: Field | None
    samples: tuple[str, ...]
    filled: float


def guess_columns(table: Table, overrides: Mapping[str, str] | None = None) -> tuple[Guess, ...]:
    """Every column of a table, in order. ``overrides`` go before what is guessed.

    Raises :class:`~store.imports.errors.ImportOptionError` only for overrides that mean nothing: a table without a
    title has guesses too.
    """
    columns = columns_of(table, overrides, titled=False)
    field_at = {at: field for field in FIELDS for at in columns.positions(field)}
    rows = table.rows[:_LOOKED_AT]
    guesses = []
    for position, name in enumerate(table.header):
        cells = [clean(row.cells[position]) for row in rows if position < len(row.cells)]
        filled = [cell for cell in cells if cell]
        samples = tuple(cell[:_LONGEST] for cell in dict.fromkeys(filled))[:_SAMPLES]
        guesses.append(
            Guess(position, clean(name), field_at.get(position), samples, len(filled) / len(rows) if rows else 0.0)
        )
    return tuple(guesses)
