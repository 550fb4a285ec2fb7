"""Where a table begins: below lines that are no header, under a header of two rows, or where the user says.

And that it ends where another one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from store.imports.columns import ALIASES, find_columns, listed, simplified
from store.imports.dates import parse_date
from store.imports.errors import ImportOptionError
from store.imports.numbers import number
from store.imports.table import Row, Table

#: rows above a header that are looked through for it
_MOST_ABOVE = 30
#: names of columns that make a header
_HEADER = 2
#: names that make one below a line that could be a header itself
_SURE = 3
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")
#: what stands below "Estimate (days)" and does not repeat the unit
_PARTS = frozenset({"low", "likely", "high", "p10", "p50", "p90", "optimistic", "pessimistic", "most likely",
                    "best case", "worst case"})  # fmt: skip


def from_header(table: Table, line: int | None = None) -> Table:
    """A table from its header on, which is said in its notes where it is not simply the first row.

    ``line`` is where the user says that the header stands. Raises ImportOptionError where nothing does.
    """
    return _alone(_with_both_rows(_below(table, line) if line is not None else _below_preamble(table)))


def knows_header(table: Table) -> bool:
    """Whether the header of a table has a title, or two columns that mean something."""
    return _known(table.header) > 0


class Headings:
    """Tells rows within a table that are none: its header again, and the name of a group above that."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self._header = header

    def is_one(self, row: Row, after: Row | None) -> bool:
        """Whether a row is a heading; ``after`` is the row below it."""
        return self._repeats(row) or (after is not None and self._repeats(after) and _filled(row.cells) == 1)

    def _repeats(self, row: Row) -> bool:
        # Most rows differ from the header in their first cell.
        cells = row.cells
        return cells[0] == self._header[0] and _names(cells) == self._header[: len(cells)]


def _below(table: Table, line: int) -> Table:
    """The table with the row of that line as its header."""
    first = table.rows[0].line if table.rows else line + 1
    if 1 <= line < first:
        return table
    for at, row in enumerate(table.rows):
        if row.line == line:
            return _begun_at(table, at, ())
        if row.line > line:
            break
    raise ImportOptionError(f"--header-line {line}: there is nothing in {table.counted} {line} of {table.name}.")


def _below_preamble(table: Table) -> Table:
    """The table from its header on, where lines above it (a report's name, a day) are no header."""
    known, filled = _known(table.header), _filled(table.header)
    if known >= _HEADER:
        return table
    needed = _SURE if known else _HEADER
    for at, row in enumerate(table.rows[:_MOST_ABOVE]):
        if _known(row.cells) >= needed and _filled(row.cells) >= max(_HEADER, filled):
            many = "1 row" if at == 0 else f"{at + 1} rows"
            return _begun_at(
                table, at, (f"The header was found in {table.counted} {row.line}; {many} above it left out.",)
            )
    return table


def _begun_at(table: Table, at: int, notes: tuple[str, ...]) -> Table:
    header = _names(table.rows[at].cells)
    return replace(table, header=header, rows=tuple(table.rows[at + 1 :]), notes=(*table.notes, *notes))


def _with_both_rows(table: Table) -> Table:
    """The table with one header for two: groups ("Estimate") above what stands in them ("Low", "High")."""
    first = next(iter(table.rows[:1]), None)
    names = _joined(table.header, first) if first is not None else None
    if first is None or names is None:
        return table
    note = f"The header has two rows; the names of columns are taken from {table.counted} {first.line}, too."
    return replace(table, header=names, rows=tuple(table.rows[1:]), notes=(*table.notes, note))


def _joined(header: Sequence[str], row: Row) -> tuple[str, ...] | None:
    """The names in both rows; None where the second is no header."""
    width = len(header)
    below = (*_names(row.cells), *[""] * (width - len(row.cells)))[:width]
    spans = any(name and (not header[at] or header.count(header[at]) > 1) for at, name in enumerate(below))
    if not spans or len(row.cells) > width or any(number(name) is not None for name in below):
        return None
    group, names = "", []
    for above, name in zip(header, below, strict=True):
        group = above or group
        unit = _IN_BRACKETS.search(group)
        with_unit = f"{name} ({unit[1]})" if unit and simplified(name) in _PARTS else name
        names.append(with_unit or above)
    better = _known(below) >= _HEADER and _known(names) > _known(header)
    return tuple(names) if better else None


#: names of columns, of any field
_ANY = frozenset(name for names in ALIASES.values() for name in names)
#: fields that hold no words
_FIGURES = ("key", "due", "value", "points", "hours", "days", "weeks", "seconds", "low", "likely", "high")


def _alone(table: Table) -> Table:
    """The table up to where another one begins: below an empty row, under a header of its own, which is said.

    Rows that are taken from the text anew each time are too many for two tables made by hand.
    """
    rows = table.rows
    if not isinstance(rows, tuple):
        return table
    found = find_columns(table.header, titled=False)
    figures = {at for field in _FIGURES for at in found.at.get(field, ())}  # type: ignore[call-overload]
    for at in range(1, len(rows)):
        before, row = rows[at - 1], rows[at]
        if row.line == before.line + 1:
            continue
        end = before.line + (sum(cell.count("\n") for cell in before.cells) if table.counted == "line" else 0)
        if row.line <= end + 1:
            continue
        # Its name may stand above it.
        head = rows[at + 1] if _filled(row.cells) == 1 and at + 1 < len(rows) else row
        if sorted(_names(head.cells)) == sorted(table.header):
            return _in_one_order(table, rows.index(head))
        if _is_another(head.cells, table.header, figures):
            many = len(rows) - at - 1 - (head is not row)
            line = head.line
            note = (
                f"Another table begins in {table.counted} {line}, with {listed(_names(head.cells), 6)}: its "
                f"{many:,} row{'s are' if many != 1 else ' is'} not read here. --header-line {line} reads it alone."
            )
            return replace(table, rows=rows[:at], notes=(*table.notes, note))
    return table


def _in_one_order(table: Table, at: int) -> Table:
    """The table with the rows from that one on in the order of its header: they have the same names in another one."""
    names = _names(table.rows[at].cells)
    if names == table.header or len(set(names)) < len(names):
        return table
    order = [names.index(name) for name in table.header]
    rows = [Row(row.line, tuple(row.cells[each] if each < len(row.cells) else "" for each in order))
            for row in table.rows[at:]]  # fmt: skip
    begins = f"{table.counted} {table.rows[at].line}"
    note = f"From {begins} on the columns stand in another order, and are read by their names."
    return _alone(replace(table, rows=(*table.rows[:at], *rows), notes=(*table.notes, note)))


def _is_another(cells: Sequence[str], header: Sequence[str], figures: set[int]) -> bool:
    """Whether cells are the header of another table: names, two of columns, or one where figures should stand."""
    names = [name for name in _names(cells) if name]
    if len(names) < _HEADER or len(set(names)) < len(names) or _names(cells) == tuple(header[: len(cells)]):
        return False
    if any(len(name) > 40 or number(name) is not None or parse_date(name, "day-first") for name in names):
        return False
    known = sum(simplified(name) in _ANY for name in names)
    words = any(at in figures and name.strip().isalpha() for at, name in enumerate(cells))
    return (known >= _HEADER and known * 2 >= len(names)) or (known == 1 and words and len(names) > _HEADER)


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in cells)


def _known(cells: Sequence[str]) -> int:
    """How many cells are names of columns that mean something; 0 where only one of several does, and is no title."""
    found = find_columns(cells, titled=False)
    known = sum(len(found.positions(field)) for field in found.at)
    return known if known >= _HEADER or "title" in found.at else 0


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
