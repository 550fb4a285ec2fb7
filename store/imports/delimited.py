"""Delimited text as a table: which delimiter, and quotes that may hold line ends."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import overload

from store.database.watch import NOBODY, Watch
from store.imports.encoding import decode, encoding_of
from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.table import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Table

DELIMITERS = ",;\t|"
SAMPLE_CHARACTERS = 200_000
SAMPLE_ROWS = 50
_OTHER_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: characters of a text that are taken apart into lines at once
_BLOCK = 1 << 16
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
#: bytes of rows that are kept as cells, for each character of the text, and for every text
_MOST_KEPT, _ALWAYS_KEPT = 2.5, 1_000_000
#: characters of a cell that may stand in many rows; how many of them are looked for; bytes of a row beside its cells
_SHORT, _MOST_KNOWN, _ROW = 40, 20_000, 90
#: a last row of our own: if it does not come back alone, an open quote has swallowed it
_END = "\ufdd0end"


def parse_delimited(
    data: bytes,
    name: str,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    watch: Watch = NOBODY,
) -> Table:
    """The table in delimited text. Raises as :func:`read_table`."""
    if delimiter is not None:
        delimiter = _checked_delimiter(delimiter)
    text, notes = decode(data, name, encoding)
    used = encoding or encoding_of(data)
    del data
    # `sep=;` is how Excel is told the delimiter; it is not a header.
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.lower().startswith("sep=") and len(first.strip("\r")) == 5:
        delimiter = delimiter or _checked_delimiter(first[4])
        text, skipped = rest, 1
    del rest
    delimiter = delimiter or _sniff(text)
    rows = _rows(text, name, delimiter, notes, watch)
    if not rows:
        raise UnreadableFileError(f"{name} is empty: there is not even a header in it.")
    header = tuple(" ".join(cell.split()) for cell in rows[0].cells)
    if isinstance(rows, _Rows):
        rows = replace(rows, skips=1, line=skipped)
    elif skipped:
        rows = tuple(Row(row.line + skipped, row.cells) for row in rows[1:])
    else:
        rows = rows[1:]
    return Table(name, header, rows, tuple(notes), delimiter, encoding=used)


@dataclass(frozen=True)
class _Rows(Sequence[Row]):
    """The rows of a text, taken from it whenever they are looked through, where they would take too much memory as
    cells. It is known that they can be read. ``line`` is added to the number of each row's line."""

    text: str
    name: str
    delimiter: str
    strict: bool
    total: int
    skips: int = 0
    line: int = 0

    def __len__(self) -> int:
        return self.total - self.skips

    def __iter__(self) -> Iterator[Row]:
        rows = _parse(self.text, self.name, self.delimiter, strict=self.strict)
        for row in islice(rows, self.skips, self.total):
            yield Row(row.line + self.line, row.cells) if self.line else row

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(islice(self, *at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return next(islice(self, at % len(self), None))


def _checked_delimiter(delimiter: str) -> str:
    """One character that can separate cells; ``\\t`` and ``tab`` are accepted as they are typed in a shell."""
    if delimiter in ("\\t", "tab"):
        return "\t"
    if len(delimiter) != 1 or delimiter in '"\r\n\0 ' or delimiter.isalnum():
        raise ImportOptionError(f"The delimiter must be one character such as , ; | or tab, not {delimiter[:20]!r}.")
    return delimiter


def _rows(text: str, name: str, delimiter: str, notes: list[str], watch: Watch) -> Sequence[Row]:
    """All rows that hold something. Quotes that break the rules are read leniently, and said so.

    A quote that is never closed is refused: it would swallow the rows after it without a word.
    """
    try:
        rows = watch.over("reading", _parse(text, name, delimiter, strict=True))
        kept, total = _kept(rows, _MOST_KEPT * len(text) + _ALWAYS_KEPT)
        return _Rows(text, name, delimiter, True, total) if kept is None else kept
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UnreadableFileError(
                f"{name}: a quoted cell that starts near line {_open_quote(text, name, delimiter)} is never closed."
            ) from None
    notes.append('Some quotes inside cells are not doubled ("") as CSV wants; check the titles in question.')
    text = f"{text}\n{_END}"
    count = 0
    last: tuple[str, ...] = ()
    try:
        for row in _parse(text, name, delimiter, strict=False):
            count, last = count + 1, row.cells
    except csv.Error as error:
        raise UnreadableFileError(f"{name} is not a CSV file: {error}.") from None
    if last != (_END,):
        raise UnreadableFileError(f"{name}: a quoted cell is never closed; look for a lone quote.")
    return _Rows(text, name, delimiter, False, count - 1)


def _kept(rows: Iterable[Row], most: float) -> tuple[tuple[Row, ...] | None, int]:
    """The rows, each short text in them once, and how many there are; None for rows of more than ``most`` bytes."""
    known = _Known()
    found: list[Row] = []
    total, bytes_of_rows = 0, 0
    for row in rows:
        total += 1
        if known.bytes + bytes_of_rows > most:
            found.clear()
            known.clear()
            continue
        bytes_of_rows += 8 * len(row.cells) + _ROW
        found.append(Row(row.line, tuple(map(known.__getitem__, row.cells))))
    return (tuple(found) if known.bytes + bytes_of_rows <= most else None), total


class _Known(dict[str, str]):
    """By each text, the first that was alike, as far as it is short; ``bytes`` are those of all others."""

    bytes = 0

    def __missing__(self, cell: str) -> str:
        self.bytes += sys.getsizeof(cell)
        if len(cell) <= _SHORT and len(self) < _MOST_KNOWN:
            self[cell] = cell
        return cell


def _open_quote(text: str, name: str, delimiter: str) -> int:
    """The line where the last row starts: the one whose quote was left open."""
    line = 1
    for row in _parse(text, name, delimiter, strict=False):
        line = row.line
    return line


def _parse(text: str, name: str, delimiter: str, *, strict: bool) -> Iterator[Row]:
    """Rows with their line numbers, without blank lines. Raises csv.Error; UnreadableFileError beyond the caps."""
    # For the whole process, where nothing else reads CSV: several readers may be at work by turns.
    csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=strict)
        start, count, total = 1, 0, 0
        for cells in reader:
            # Most rows have something in their first cell.
            if cells and ((cells[0] and not cells[0].isspace()) or any(cell and not cell.isspace() for cell in cells)):
                count += 1
                total += len(cells)
                if len(cells) > MAX_COLUMNS:
                    raise UnreadableFileError(
                        f"{name}: line {start} has {len(cells):,} cells; at most {MAX_COLUMNS:,}."
                    )
                if count > MAX_ROWS + 1 or total > MAX_CELLS:
                    raise UnreadableFileError(
                        f"{name} is too large a table: at most {MAX_ROWS:,} rows and {MAX_CELLS:,} cells are read."
                    )
                yield Row(start, tuple(cells))
            start = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableFileError(
                f"{name}: a cell near line {start} has more than {MAX_CELL:,} characters."
            ) from None
        raise


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, a block at a time: io.StringIO would keep a second copy, of four bytes a
    character."""
    if "\r" in text.replace("\r\n", "") or _OTHER_ENDS.search(text):
        # str.splitlines ends lines at more signs than CSV does.
        yield from (found[0] for found in _LINE.finditer(text))
        return
    start = 0
    while start < len(text):
        end = text.find("\n", start + _BLOCK) + 1 or len(text)
        yield from text[start:end].splitlines(keepends=True)
        start = end


def _sniff(text: str) -> str:
    """The delimiter under which most sampled rows are as wide as the header; a comma where there is only one column."""
    sample = text[:SAMPLE_CHARACTERS]
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths: list[int] = []
        try:
            for row in _parse(sample, "", delimiter, strict=False):
                widths.append(len(row.cells))
                if len(widths) > SAMPLE_ROWS:
                    break
        except (csv.Error, UnreadableFileError):
            continue
        # The sample may end in the middle of a row.
        if len(sample) < len(text) and len(widths) > 2:
            widths.pop()
        if not widths or widths[0] < 2:
            continue
        same = sum(width == widths[0] for width in widths) / len(widths)
        if (same, widths[0]) > best_score:
            best, best_score = delimiter, (same, widths[0])
    return best
