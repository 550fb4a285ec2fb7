"""Parents that a table says by position alone: an indented title, the level of an outline, or its number (1.2.1); or by
titles that are paths: ``Checkout > Pay by card``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from store.imports.columns import Dialect, find_columns, simplified
from store.imports.formats.spans import depths_by_days, phases_note
from store.imports.references import STEP
from store.imports.table import Row, Table

_LEVELS = frozenset({"outline level", "indent level", "indentation", "indent", "hierarchy level", "outline depth"})
_NUMBERS = frozenset({"wbs", "wbs code", "wbs id", "wbs number", "outline number", "outline", "outline code"})
_DOTTED = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,20}\.?", re.ASCII)
_LEVEL = re.compile(r"\d{1,2}", re.ASCII)
#: blanks that a title may begin with by accident
_SLIP = 1
_TAB = "    "


def with_parents(table: Table, dialect: Dialect) -> Table:
    """The table with a column of parents, where it has none and its rows stand below one another; else as it is."""
    found = find_columns(table.header, dialect=dialect, titled=False)
    if "title" not in found.at or "parent" in found.at:
        return table
    names = [simplified(name) for name in table.header]
    title = found.at["title"][0]
    for wanted, depth in ((_LEVELS, _level), (_NUMBERS, _dots)):
        at = next((at for at, name in enumerate(names) if name in wanted), None)
        if at is not None:
            depths = _depths(table, at, depth)
            break
    else:
        depths = _depths(table, title, _indented)
    note = "Rows that stand below another one, by indentation or outline, are taken as parts of it."
    if depths is None and (depths := depths_by_days(table, found)) is not None:
        note = phases_note(table, found, depths)
    if depths is None:
        return _with_paths(table, title)
    key = found.at.get("key", (title,))[0]
    rows: list[Row] = []
    above: list[tuple[int, str]] = []
    width = len(table.header)
    for row, deep in zip(table.rows, depths, strict=True):
        while above and above[-1][0] >= deep:
            above.pop()
        # A row with too many cells is refused for that, and nothing is put behind them.
        if len(row.cells) <= width:
            parent = above[-1][1] if above else ""
            rows.append(Row(row.line, (*row.cells, *[""] * (width - len(row.cells)), parent)))
        else:
            rows.append(row)
        if name := (_cell(row, key).strip() or _cell(row, title).strip()):
            above.append((deep, name))
    return replace(table, header=(*table.header, "Parent"), rows=tuple(rows), notes=(*table.notes, note))


def _with_paths(table: Table, title: int) -> Table:
    """The table with a column of parents, where titles are paths that begin with the title of another row."""
    titles = {" ".join(_cell(row, title).split()) for row in table.rows}
    if not any(STEP.search(each) for each in titles):
        return table
    ends = {STEP.split(each)[-1] for each in titles}
    rows, width, found = [], len(table.header), False
    for row in table.rows:
        steps = STEP.split(" ".join(_cell(row, title).split()))
        above = next((each for each in (" > ".join(steps[:-1]), *steps[-2:-1]) if each in titles or each in ends), "")
        found = found or bool(above)
        # A row with too many cells is refused for that, and nothing is put behind them.
        full = len(row.cells) <= width
        rows.append(Row(row.line, (*row.cells, *[""] * (width - len(row.cells)), above)) if full else row)
    if not found:
        return table
    note = "Titles that are paths (Epic > Story) are taken as parts of the row that their beginning names."
    return replace(table, header=(*table.header, "Parent"), rows=tuple(rows), notes=(*table.notes, note))


def _depths(table: Table, at: int, depth: Callable[[str], int | None]) -> Sequence[int] | None:
    """How deep each row stands; None where the column does not say so throughout, or all stand at one level."""
    depths: list[int] = []
    for row in table.rows:
        cell = _cell(row, at)
        found = depth(cell) if cell.strip() else (depths[-1] if depths else 0)
        if found is None:
            return None
        depths.append(found)
    # The first row is below nothing.
    return depths if depths and min(depths) == depths[0] < max(depths) else None


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _level(cell: str) -> int | None:
    return int(cell) if _LEVEL.fullmatch(cell.strip()) else None


def _dots(cell: str) -> int | None:
    text = cell.strip()
    return text.rstrip(".").count(".") if _DOTTED.fullmatch(text) else None


def _indented(cell: str) -> int:
    cell = cell.replace("\t", _TAB)
    blanks = len(cell) - len(cell.lstrip())
    return blanks if blanks > _SLIP else 0
