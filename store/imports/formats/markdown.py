"""Tables in Markdown: the first of a text that has a title, and those below it that have one, too, as one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from store.imports.columns import find_columns
from store.imports.errors import UnreadableFileError
from store.imports.table import MAX_CELLS, MAX_ROWS, Row, Table

_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\(<?https?://[^\s()]{1,2000}\)")
#: what is bold or code as a whole
_WHOLE = re.compile(r"(\*\*|__|`)(.+)\1")
#: lines that are looked through for a table
_LOOKED_AT = 300


def is_markdown(text: str) -> bool:
    """Whether a text has a table in Markdown near its beginning: names between bars, a rule below them."""
    lines = text.splitlines()[:_LOOKED_AT]
    return any(above.lstrip().startswith("|") and "|" in rule and _is_rule(rule) for above, rule in pairwise(lines))


def _is_rule(line: str) -> bool:
    """Whether a line is what stands below the names of columns: ``|:---|---:|``."""
    parts = line.strip().removeprefix("|").removesuffix("|").split("|")
    dashes = [part.strip().removeprefix(":").removesuffix(":") for part in parts]
    return all(each and not each.strip("-") for each in dashes)


def table_in_markdown(text: str, name: str) -> Table:
    """The table in a text. Raises UnreadableFileError beyond the caps."""
    found = list(_tables(text.splitlines()))
    # Others tell of something else: the table of which most is understood is the one, with all that call a title so.
    best = max((names for names, _ in found), key=lambda names: len(find_columns(names, titled=False).at))
    title = next((best[at] for at in find_columns(best, titled=False).at.get("title", ())), None)
    titled = [each for each in found if title is not None and title in each[0]] or found[:1]
    header = tuple(dict.fromkeys(column for names, _ in titled for column in names))
    rows = []
    for names, body in titled:
        at = [names.index(column) if column in names else -1 for column in header]
        # One table is taken as it stands, with names that repeat.
        same = len(titled) == 1
        rows += [row if same else Row(row.line, tuple(_at(row, place) for place in at)) for row in body]
    if len(titled) == 1:
        header = titled[0][0]
    if len(rows) > MAX_ROWS or len(rows) * len(header) > MAX_CELLS:
        raise UnreadableFileError(
            f"{name} is too large a table: at most {MAX_ROWS:,} rows and {MAX_CELLS:,} cells are read."
        )
    notes = []
    if len(found) > len(titled):
        notes.append(f"{len(titled):,} of the {len(found):,} tables in {name} were read: those with a column {title}.")
    return Table(name, header, tuple(rows), tuple(notes), "|", encoding="UTF-8")


def _at(row: Row, place: int) -> str:
    return row.cells[place] if 0 <= place < len(row.cells) else ""


def _tables(lines: list[str]) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
    """Each table: the names of its columns, and its rows."""
    at = 0
    while at + 1 < len(lines):
        if not (lines[at].lstrip().startswith("|") and "|" in lines[at + 1] and _is_rule(lines[at + 1])):
            at += 1
            continue
        names, rows = _cells(lines[at]), []
        at += 2
        while at < len(lines) and lines[at].lstrip().startswith("|"):
            if any(cells := _cells(lines[at])):
                rows.append(Row(at + 1, cells))
            at += 1
        yield names, rows


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line, as plain text."""
    line = line.strip().removeprefix("|")
    parts, start = [], 0
    for bar in _BAR.finditer(line):
        parts.append(line[start : bar.end() - 1])
        start = bar.end()
    if line[start:].strip():
        parts.append(line[start:])
    return tuple(map(_plain, parts))


def _plain(cell: str) -> str:
    cell = re.sub(r"(?i)<br ?/?>", " ", cell.strip())
    cell = _LINK.sub(r"\1", cell)
    if found := _WHOLE.fullmatch(cell):
        cell = found[2]
    return _ESCAPED.sub(r"\1", cell)
