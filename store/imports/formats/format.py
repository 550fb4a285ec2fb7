"""What every format can do, and the ones that are tables with column names of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Protocol

from store.database.watch import NOBODY, Watch
from store.imports.columns import Dialect, spellings
from store.imports.delimited import parse_delimited
from store.imports.encoding import decode
from store.imports.errors import UnreadableFileError
from store.imports.formats.headers import from_header, knows_header
from store.imports.formats.json_text import table_in
from store.imports.formats.markdown import is_markdown, table_in_markdown
from store.imports.formats.outline import with_parents
from store.imports.formats.spans import with_rows_named
from store.imports.table import Table
from store.imports.translations import in_english

Kind = Literal["workbook", "json", "markdown", "text"]
_WORKBOOK = b"PK\x03\x04"
#: sheets that are looked through for a table
_MOST_SHEETS = 12
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
        header_line: int | None = None,
        watch: Watch = NOBODY,
    ) -> None:
        self.data = data
        self.name = name
        self.delimiter = delimiter
        self.encoding = encoding
        self.sheet = sheet
        self.header_line = header_line
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
        return "markdown" if "|" in begins and self.delimiter is None and is_markdown(self._head) else "text"

    @property
    def _head(self) -> str:
        """The beginning of the text; empty where it cannot be decoded so."""
        return self.data[:100_000].replace(b"\0", b"").decode("utf-8", "ignore").lstrip(_MARKS)

    @cached_property
    def table(self) -> Table:
        """The table of a sheet, of a list in JSON, or of delimited text, from its header on."""
        if self.kind == "json":
            return table_in(self.text, self.name, self.watch)
        if self.kind == "workbook":
            return self._sheet()
        if self.kind == "markdown":
            return from_header(table_in_markdown(self.text, self.name), self.header_line)
        found = parse_delimited(
            self.data, self.name, delimiter=self.delimiter, encoding=self.encoding, watch=self.watch
        )
        self.data = b""
        return from_header(found, self.header_line)

    def _sheet(self) -> Table:
        """The table in the sheet that the user names, else in the first one that has one."""
        from store.imports.formats.workbook import parse_workbook

        def sheet(name: str | None) -> Table:
            return from_header(parse_workbook(self.data, self.name, sheet=name, watch=self.watch), self.header_line)

        first = sheet(self.sheet)
        if self.sheet is not None or self.header_line is not None or knows_header(first):
            return first
        for name in first.sheets[:_MOST_SHEETS]:
            if name == first.sheet:
                continue
            try:
                other = sheet(name)
            except UnreadableFileError:
                # An empty sheet.
                continue
            if knows_header(other):
                note = f"Sheet {name} was read: sheet {first.sheet} has no backlog. --sheet NAME reads another."
                return replace(other, notes=(note, *other.notes))
        return first

    @cached_property
    def text(self) -> str:
        """The text of a file that is no table."""
        if self.kind == "workbook":
            raise UnreadableFileError(f"{self.name} is a workbook, not JSON; leave --format out to let it be found.")
        return decode(self.data, self.name, self.encoding)[0]


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
    """A format that is delimited text, a sheet or a list in JSON: it is known by the names of its columns.

    ``needs`` are names (as :func:`~store.imports.columns.simplified` leaves them) that are there, of each group one;
    ``tells`` are names that few others use; ``english``: it has no names in another language. ``finish`` makes of the
    table what the general names can be read from.
    """

    dialect: Dialect
    needs: tuple[frozenset[str], ...] = ()
    tells: frozenset[str] = frozenset()
    finish: Callable[[Table], Table] = lambda table: table
    english: bool = False

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""
        return self.dialect.name

    def recognise(self, source: Source) -> float:
        """How sure it is of a file."""
        return self.resemblance(source.table.header)

    def resemblance(self, header: Sequence[str]) -> float:
        """How sure it is of a header: all needed names, and the more of the telling ones the surer."""
        if not self.needs:
            return 0.1
        # Translated to English, any table of a few common columns would be one.
        own = (name for name in header if not self.english or in_english(name.casefold()) == name.casefold())
        names = {spelling for name in own for spelling in spellings(name)}
        if not all(group & names for group in self.needs):
            return 0.0
        return 0.5 + 0.5 * len(self.tells & names) / max(1, len(self.tells))

    def read(self, source: Source) -> Table:
        """The file as a table. Raises UnreadableFileError with a sentence."""
        table = with_parents(self.finish(source.table), self.dialect)
        return replace(with_rows_named(table, self.dialect), format=self.name)
