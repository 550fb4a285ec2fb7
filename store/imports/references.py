"""How rows of a file name one another, by key, by number or by title, and the items that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.common.text import clean
from store.imports.columns import ColumnMap, Field, simplified
from store.imports.markup import unwrapped

if TYPE_CHECKING:
    from store.imports.table import Row

#: columns of short names, by which the parts of an epic call it
_SHORT_NAMES = frozenset({"epic name", "short name"})
_APART = re.compile(r"[;,\n|]")
#: a number behind its sign (``Epic #30: Portal``), a key before a title (``PAY-1 Checkout``), steps of a path
_NUMBER = re.compile(r"#(\d{1,18})\b")
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_]{0,20}-\d{1,9})(?:[:,]| -)? ")
STEP = re.compile(r"(?<! ) +[>»›→] +")


def references(columns: ColumnMap, row: Sequence[str], field: Field) -> Iterator[tuple[str, ...]]:
    """Each thing that the cells of a field name: the cell as a whole, else its parts, as alternatives to look up.

    A cell ``PAY-1, PAY-2`` names two; one with a comma in a title names one. Whoever looks up tries the whole first.
    """
    for cell in columns.cells(row, field):
        whole = unwrapped(clean(cell))
        parts = tuple(part for each in _APART.split(unwrapped(cell.strip())) if (part := clean(each)))
        if whole:
            yield (whole, *(parts if parts != (whole,) else ()))


def other_names(name: str) -> Iterator[str]:
    """What a name may stand for where nothing is called so as a whole: its number, its key, the last step of a path."""
    if found := _NUMBER.search(name):
        yield found[1]
    if found := _KEY.match(name):
        yield found[1]
    if STEP.search(name):
        yield STEP.split(name)[-1].strip()


class Index:
    """Finds a row's number by what other rows call it."""

    def __init__(self) -> None:
        self._names: list[int] | None = None
        self._keys: dict[str, int] = {}
        self._others: dict[str, int] = {}

    def add(self, columns: ColumnMap, row: Row, number: int) -> None:
        """Remember what a row is called; of two with the same name the first counts."""
        if key := clean(columns.cell(row.cells, "key")):
            self._keys.setdefault(key, number)
        for field in ("id", "title"):
            if name := clean(columns.cell(row.cells, field)):
                self._others.setdefault(name, number)
        if self._names is None:
            self._names = [at for at, name in enumerate(columns.header) if simplified(name) in _SHORT_NAMES]
        for at in self._names:
            if at < len(row.cells) and (name := clean(row.cells[at])):
                self._others.setdefault(name, number)

    def find(self, name: str) -> int | None:
        """The number of the row of that name; keys go before numbers and titles, and whole names before parts."""
        for each in (name, *other_names(name)):
            found = self._keys.get(each)
            found = found if found is not None else self._others.get(each)
            if found is not None:
                return found
        return None
