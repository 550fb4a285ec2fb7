"""One module a format, behind one protocol: each says how sure it is of a file, and reads it as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from store.imports.columns import (
    ALIASES,
    NUMBERS,
    ColumnMap,
    Dialect,
    empty_columns,
    find_columns,
    require_title,
    simplified,
)
from store.imports.errors import ImportOptionError
from store.imports.finished_words import NO, YES
from store.imports.formats import azure, github_issues, github_project, jira, linear, makeroom, plain, trello
from store.imports.formats.dialects import DIALECTS
from store.imports.formats.format import Format, Source, Tabular
from store.imports.formats.short_names import with_short_names
from store.imports.formats.team_columns import with_team_columns
from store.imports.formats.unreadable import require_readable
from store.imports.numbers import is_doubtful, writes_decimal_comma
from store.imports.options import DecimalSign
from store.imports.plain_words import without_accents
from store.imports.table import Table

__all__ = ["FORMATS", "Format", "Source", "columns_of", "dialect_of", "read", "recognised"]

#: In this order where two are equally sure.
FORMATS: tuple[Format, ...] = (
    jira.FORMAT,
    linear.FORMAT,
    azure.FORMAT,
    github_project.FORMAT,
    github_issues.FORMAT,
    trello.FORMAT,
    *DIALECTS,
    makeroom.FORMAT,
    plain.FORMAT,
)
#: rows that are looked at for what a column holds
_LOOKED_AT = 200
#: of JSON that is no table
_SURE_ENOUGH = 0.2
_BY_NAME = {each.name: each for each in FORMATS}


def read(source: Source, name: str | None = None) -> Table:
    """The table in a file, in the format of that name, else in the one it looks most like.

    Raises :class:`~store.imports.errors.UnreadableFileError` or :class:`~store.imports.errors.ImportOptionError`.
    """
    require_readable(source)
    return (named(name) if name else recognised(source)).read(source)


def named(name: str) -> Format:
    """The format of that name. Raises :class:`ImportOptionError`."""
    if found := _BY_NAME.get(name.strip().casefold()):
        return found
    raise ImportOptionError(f"There is no format {name[:40]!r}. The formats are: {', '.join(_BY_NAME)}.")


def recognised(source: Source) -> Format:
    """The format that is surest of a file; plain where none is sure at all."""

    def sure(each: Format) -> float:
        return each.recognise(source)

    if source.kind == "json":
        # Those that are no table say so without reading all of it.
        own = max((each for each in FORMATS if not isinstance(each, Tabular) or each is makeroom.FORMAT), key=sure)
        if sure(own) >= _SURE_ENOUGH:
            return own
    return max(FORMATS, key=sure)


def dialect_of(table: Table) -> Dialect:
    """What the columns of a table are called, by the format that it was read as."""
    return named(table.format).dialect


def columns_of(
    table: Table,
    overrides: Mapping[str, str] | None = None,
    *,
    titled: bool = True,
    ignored: Collection[str] = (),
    decimal: DecimalSign | None = None,
    teams: Collection[str] = (),
) -> ColumnMap:
    """Which column of a table is what, by their names and by which of them hold anything; ``teams`` may have one each.

    Raises as :func:`~store.imports.columns.find_columns`.
    """
    empty, flags = empty_columns(table.header, table.rows), _flags(table)
    try:
        dialect = dialect_of(table)
        found = find_columns(table.header, overrides, dialect, titled=False, empty=empty | flags, ignored=ignored)
        found = _without_flags(found, flags)
        if dialect.name == plain.FORMAT.name:
            found = with_short_names(found, table, overrides or {}, ignored)
            found = with_team_columns(found, table, teams, empty)
        if titled:
            require_title(found)
    except ImportOptionError as error:
        if table.encoding in ("Windows-1252", "Latin-1"):
            error = ImportOptionError(
                f"{error} The file is not UTF-8 and was read as {table.encoding}: if letters look wrong, "
                "add --encoding NAME."
            )
        others = [each for each in table.sheets if each != table.sheet]
        if not others:
            raise error from None
        more = f"This is sheet {table.sheet}; there are also: {', '.join(others[:20])} (--sheet NAME)."
        raise ImportOptionError(f"{error} {more}") from None
    found = _without_phrases(found, table)
    commas, doubtful = decimals(
        table, {at for field in NUMBERS for at in found.positions(field)} | found.per_team.keys(), decimal
    )
    return replace(found, commas=commas, doubtful=doubtful)


def _flags(table: Table) -> frozenset[int]:
    """The positions of columns that are called as a title is, and hold nothing but a yes or a no: Summary, in a
    schedule."""
    found = set()
    for at, name in enumerate(table.header):
        if simplified(name) in ALIASES["title"]:
            cells = {without_accents(row.cells[at]).strip() for row in table.rows[:_LOOKED_AT] if at < len(row.cells)}
            if cells - {""} and cells <= YES | NO:
                found.add(at)
    return frozenset(found)


def _without_flags(found: ColumnMap, flags: Collection[int]) -> ColumnMap:
    """The columns without flags among those that a title is looked for in."""
    spare = tuple(at for at in found.spare.get("title", ()) if at not in flags)
    return replace(found, spare={**found.spare, "title": spare}) if "title" in found.spare else found


def _without_phrases(found: ColumnMap, table: Table) -> ColumnMap:
    """The columns without a key that "Task" or "Issue" was taken for, and that holds phrases: those are no keys."""
    at = found.at.get("key", ())
    if not at or simplified(found.header[at[0]]) not in ("task", "issue", "ticket"):
        return found
    if any(" " in found.cell(row.cells, "key") for row in table.rows[:_LOOKED_AT]):
        return replace(found, at={field: positions for field, positions in found.at.items() if field != "key"})
    return found


def decimal_commas(table: Table, positions: Collection[int]) -> frozenset[int]:
    """Which of the columns at these positions have a decimal comma: by their own numbers, else by those of the others,
    else where cells are separated by semicolons."""
    return decimals(table, positions, None)[0]


def decimals(
    table: Table, positions: Collection[int], decimal: DecimalSign | None, *, money: bool = False
) -> tuple[frozenset[int], dict[int, str]]:
    """As :func:`decimal_commas`, or as the user says; and a number of each column that nothing tells how to read.

    Such a number is in thousands where it is ``money``, which nobody writes with three decimals.
    """
    if decimal is not None:
        return frozenset(positions if decimal == "comma" else ()), {}
    cells: dict[int, list[str]] = {at: [] for at in positions}
    for row in table.rows if positions else ():
        for at, found in cells.items():
            if at < len(row.cells) and ("," in (cell := row.cells[at]) or "." in cell):
                found.append(cell)
    said = {at: writes_decimal_comma(found) for at, found in cells.items()}
    votes = [each for each in said.values() if each is not None]
    otherwise = votes.count(True) > votes.count(False) if votes else table.delimiter == ";"
    doubtful = {
        at: cell for at, found in cells.items() if said[at] is None and (cell := next(filter(is_doubtful, found), ""))
    }
    if money:
        said |= {at: "." in cell for at, cell in doubtful.items()}
    return frozenset(at for at, each in said.items() if (otherwise if each is None else each)), doubtful
