"""What every format can do, and the ones that are tables with column names of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Protocol

from store.database.watch import NOBODY, Watch
from store.imports.columns import Dialect, find_columns, spellings
from store.imports.delimited import parse_delimited
from store.imports.encoding import decode
from store.imports.errors import UnreadableFileError
from store.imports.table import Table

Kind = Literal["workbook", "json", "text"]
_WORKBOOK = b"PK\x03\x04"
#: rows above a header that are looked through for it
_MOST_ABOVE = 30
#: names of columns that make a header
_HEADER = 2
_MARKS = "\ufeff \t\r\n"


class Source:
    """A file's bytes, what the user said of it, and what is found in it when somebody first asks."""

    def __init__(
        self,
        data: bytes,
        name: str,
        *,
        delimiter: str | None = None,
        encoding: str | None = None,
        sheet: str | None = None,
        watch: Watch = NOBODY,
    ) -> None:
        self.data = data
        self.name = name
        self.delimiter = delimiter
        self.encoding = encoding
        self.sheet = sheet
        self.watch = watch

    @cached_property
    def kind(self) -> Kind:
        """What the bytes are, by how they begin."""
        if self.data.startswith(_WORKBOOK):
            return "workbook"
        begins = self.data[:4096].replace(b"\0", b"").decode("utf-8", "ignore").lstrip(_MARKS)
        rest = begins[1:].lstrip()[:1]
        if (begins[:1] == "[" and rest in ("{", "]")) or (begins[:1] == "{" and rest in ('"', "}")):
            return "json"
        return "text"

    @cached_property
    def table(self) -> Table:
        """The table of a sheet or of delimited text, from its header on."""
        return below_preamble(self._whole)

    @cached_property
    def _whole(self) -> Table:
        """The table of a sheet or of delimited text, as it stands there."""
        if self.kind == "workbook":
            from store.imports.formats.workbook import parse_workbook

            return parse_workbook(self.data, self.name, sheet=self.sheet, watch=self.watch)
        found = parse_delimited(
            self.data, self.name, delimiter=self.delimiter, encoding=self.encoding, watch=self.watch
        )
        self.data = b""
        return found

    @cached_property
    def text(self) -> str:
        """The text of a file that is no table."""
        if self.kind == "workbook":
            raise UnreadableFileError(f"{self.name} is a workbook, not JSON; leave --format out to let it be found.")
        return decode(self.data, self.name, self.encoding)[0]


def below_preamble(table: Table) -> Table:
    """A table from its header on, where lines above it (a report's name, a day) are no header: said in its notes."""
    if _known(table.header):
        return table
    filled = _filled(table.header)
    for at, row in enumerate(table.rows[:_MOST_ABOVE]):
        if _known(row.cells) >= _HEADER and _filled(row.cells) >= max(_HEADER, filled):
            many = "1 row" if at == 0 else f"{at + 1} rows"
            note = f"The header was found in {table.counted} {row.line}; {many} above it left out."
            header = tuple(" ".join(cell.split()) for cell in row.cells)
            return replace(table, header=header, rows=tuple(table.rows[at + 1 :]), notes=(*table.notes, note))
    return table


def _known(cells: Sequence[str]) -> int:
    """How many cells are names of columns that mean something; 0 where only one of several does, and is no title."""
    found = find_columns(cells, titled=False)
    known = sum(len(found.positions(field)) for field in found.at)
    return known if known >= _HEADER or "title" in found.at else 0


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


class Format(Protocol):
    """One tool's export."""

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""

    @property
    def dialect(self) -> Dialect:
        """What its columns are called."""

    def recognise(self, source: Source) -> float:
        """How sure it is that a file is of this format: 0 (not) to 1."""

    def read(self, source: Source) -> Table:
        """The file as a table. Raises UnreadableFileError with a sentence."""


@dataclass(frozen=True)
class Tabular:
    """A format that is delimited text or a sheet: it is known by the names of its columns.

    ``needs`` are names (as :func:`~store.imports.columns.simplified` leaves them) that are there, of each group one;
    ``tells`` are names that few others use. ``finish`` makes of the table what the general names can be read from.
    """

    dialect: Dialect
    needs: tuple[frozenset[str], ...] = ()
    tells: frozenset[str] = frozenset()
    finish: Callable[[Table], Table] = lambda table: table

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""
        return self.dialect.name

    def recognise(self, source: Source) -> float:
        """How sure it is of a file."""
        return 0.0 if source.kind == "json" else self.resemblance(source.table.header)

    def resemblance(self, header: Sequence[str]) -> float:
        """How sure it is of a header: all needed names, and the more of the telling ones the surer."""
        if not self.needs:
            return 0.1
        names = {spelling for name in header for spelling in spellings(name)}
        if not all(group & names for group in self.needs):
            return 0.0
        return 0.5 + 0.5 * len(self.tells & names) / max(1, len(self.tells))

    def read(self, source: Source) -> Table:
        """The file as a table. Raises UnreadableFileError with a sentence."""
        if source.kind == "json":
            raise UnreadableFileError(
                f"{source.name} is JSON, of which only GitHub's issues and Trello's boards are read; "
                "name one of those with --format, or save the backlog as CSV."
            )
        return replace(self.finish(source.table), format=self.name)
