"""A table of text, as every format hands it over: a header, rows, and what was assumed in reading them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

Found = TypeVar("Found")
MAX_BYTES = 50_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 5_000
MAX_CELLS = 5_000_000
#: characters in one cell; Jira itself stops at 32,767
MAX_CELL = 1_000_000


class Row(NamedTuple):
    """One row, as the file has it; ``line`` is where it starts in the file, the header's being 1 as a rule."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header (names may repeat) and its rows; ``notes`` say what was assumed in reading them.

    ``format`` names what the file was recognised as; ``counted`` is what a row's ``line`` counts: lines of text, or
    rows of a sheet or a list. ``encoding`` is that of delimited text; ``sheet`` the one that was read of ``sheets``.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()
    delimiter: str = ","
    format: str = "plain"
    counted: str = "line"
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    #: the lines of rows that are hidden in the sheet, by hand or by a filter
    hidden: frozenset[int] = frozenset()


def with_next(rows: Iterable[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each row with the one after it."""
    row: Row | None = None
    for after in rows:
        if row is not None:
            yield row, after
        row = after
    if row is not None:
        yield row, None


def too_many_cells(cells: Sequence[str], width: int, delimiter: str) -> str:
    """Why a row is not taken that has more cells than the header; a decimal comma that parted a number is named."""
    words = f"has {len(cells)} cells where the header has {width}"
    if delimiter == ",":
        for whole, part in pairwise(map(str.strip, cells)):
            if whole.isdecimal() and part.isdecimal() and len(part) < 3:
                said = f'"{whole},{part}" looks like a number with a decimal comma, where commas separate cells'
                return f"{words}: {said}; put it in quotes, or save the file with semicolons"
    return f"{words} (is a comma or a quote unescaped?)"


class Alike(Generic[Found]):
    """What rows say in a few columns, worked out once for all rows that are alike in them.

    ``work`` looks at no other column. What is kept is bounded: where every row differs, each is worked out.
    """

    def __init__(self, columns: Iterable[int], work: Callable[[Sequence[str]], Found], most: int = 5_000) -> None:
        self._at = tuple(sorted(set(columns)))
        self._work = work
        self._most = most
        #: by the cell where it is one, else by all of them
        self._known: dict[object, Found] = {}
        self._cells: Callable[[Sequence[str]], object] = itemgetter(*self._at) if self._at else _nothing

    def of(self, row: Sequence[str]) -> Found:
        """What a row says."""
        try:
            key = self._cells(row)
        except IndexError:
            # Rows may be shorter than the header.
            key = self._cells((*row, *[""] * (self._at[-1] + 1 - len(row))))
        if key in self._known:
            return self._known[key]
        found = self._work(row)
        if len(self._known) < self._most:
            self._known[key] = found
        return found


def _nothing(_row: Sequence[str]) -> object:
    return ()
