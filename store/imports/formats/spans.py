"""Schedules that say what holds what together by days alone: a phase has no owner, and its days are those of the rows
right below it, from the first of their starts to the last of their ends. Smartsheet exports its sheets so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from store.common.text import clean
from store.imports.columns import ColumnMap, Dialect, find_columns, simplified
from store.imports.dates import day_order_in, parse_date
from store.imports.table import Row, Table

_STARTS = frozenset({"start", "start date", "begin", "begins", "from", "planned start", "planned start date"})
_ENDS = frozenset({"finish", "finish date", "end", "end date", "ends", "to", "planned finish", "planned end",
                   "planned end date", "target end"})  # fmt: skip
#: the number of a row, and how it is waited for: ``3``, ``3FS +2d``
_ROW = re.compile(r"(\d{1,6})(?:[FS][FS])?(?: ?[+-] ?\d{1,4}(?:\.\d)? ?\w{1,8})?", re.ASCII | re.IGNORECASE)
#: names of a phase in the sentence about them
_NAMED = 5

Span = tuple[date, date]


def depths_by_days(table: Table, found: ColumnMap) -> Sequence[int] | None:
    """How deep each row stands, by the days that it takes; None where they do not tell."""
    spans = _spans(table)
    if not spans:
        return None
    owned = [bool(clean(found.cell(row.cells, "owner"))) for row in table.rows]
    held = _held(spans, [at for at, somebody in enumerate(owned) if not somebody])
    # What nobody does may be work as any other: two rows have to fill its days, or all such rows are phases.
    least = 1 if any(owned) and all(held.values()) else 2
    phases = {
        at
        for at, rows in held.items()
        if len(rows) >= least and (min(row[0] for row in rows), max(row[1] for row in rows)) == spans[at]
    }
    depths = [len(above) for above in _above(spans, phases)]
    # Where nobody is assigned to anything, the days have to tell of all rows.
    if not any(owned) and (len(phases) < 2 or any(not deep and at not in phases for at, deep in enumerate(depths))):
        return None
    return depths if phases else None


def _above(spans: Sequence[Span], holding: Collection[int]) -> Iterator[tuple[int, ...]]:
    """For each row, those of the ``holding`` ones above it within whose days it lies."""
    above: list[int] = []
    for at, (begins, ends) in enumerate(spans):
        while above and not (spans[above[-1]][0] <= begins and ends <= spans[above[-1]][1]):
            above.pop()
        yield tuple(above)
        if at in holding:
            above.append(at)


def _held(spans: Sequence[Span], rows: Sequence[int]) -> Mapping[int, list[Span]]:
    """By row, the days of what stands below it and lies within its own."""
    found: dict[int, list[Span]] = {at: [] for at in rows}
    for span, above in zip(spans, _above(spans, found), strict=True):
        for each in above:
            found[each].append(span)
    return found


def phases_note(table: Table, found: ColumnMap, depths: Sequence[int]) -> str:
    """Which rows hold those below them together, as the days tell."""
    names = [
        clean(found.cell(row.cells, "title"))[:60]
        for row, here, below in zip(table.rows, depths, depths[1:], strict=False)
        if below > here
    ]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return (
        "Rows that nobody is assigned to, and whose days are those of the rows below them, hold these together: "
        f"{', '.join(names[:_NAMED])}{more}."
    )


def with_rows_named(table: Table, dialect: Dialect) -> Table:
    """The table with the titles of the rows that others wait for, where it has their numbers (``3FS +2d``) and no
    column of these."""
    found = find_columns(table.header, dialect=dialect, titled=False)
    if "blocked_by" not in found.at or "title" not in found.at or "key" in found.at or "id" in found.at:
        return table
    (at, *_), many = found.at["blocked_by"], len(table.rows)
    named = [_numbers(row.cells[at]) if at < len(row.cells) else [] for row in table.rows]
    if not any(named) or any(each is None or any(not 0 < number <= many for number in each) for each in named):
        return table
    titles = [clean(found.cell(row.cells, "title")) for row in table.rows]
    times = Counter(titles)
    # Of two rows of one title nobody could tell which is meant.
    called = [title if times[title] == 1 else str(number) for number, title in enumerate(titles, 1)]
    rows = tuple(
        Row(row.line, (*row.cells[:at], "; ".join(called[number - 1] for number in each), *row.cells[at + 1 :]))
        if each
        else row
        for row, each in zip(table.rows, named, strict=True)
    )
    note = f"What stands in {clean(table.header[at])[:40]} is read as the numbers of rows."
    return replace(table, rows=rows, notes=(*table.notes, note))


def _numbers(cell: str) -> list[int] | None:
    """The rows that a cell names by their numbers; None where it names anything else."""
    found = [_ROW.fullmatch(part.strip()) for part in re.split(r"[,;]", cell) if part.strip()]
    return [int(each[1]) for each in found if each] if all(found) else None


def _spans(table: Table) -> list[Span] | None:
    """First and last day of each row; None where a row has none, or they cannot be read."""
    names = [simplified(name) for name in table.header]
    places = [next((at for at, name in enumerate(names) if name in wanted), None) for wanted in (_STARTS, _ENDS)]
    starts, ends = places
    if starts is None or ends is None:
        return None
    cells = [[row.cells[at] if at < len(row.cells) else "" for at in (starts, ends)] for row in table.rows]
    order = day_order_in(table, (cell for each in cells for cell in each))
    found: list[Span] = []
    for begins, ends_on in cells:
        first, last = parse_date(begins, order), parse_date(ends_on, order)
        if first is None or last is None or last < first:
            return None
        found.append((first, last))
    return found
