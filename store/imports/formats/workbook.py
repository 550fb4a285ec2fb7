"""A sheet of an Excel workbook. Whether the file is harmless is found out before the reader proper sees it: how large
its parts become when unpacked (what the file says of that is not believed), and how wide and long its cells spread.

Formulas are read as the value that was last computed and saved with them; nothing is computed, fetched or run.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from store.database.watch import NOBODY, Watch
from store.imports.errors import ImportOptionError, UnreadableFileError
from store.imports.table import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Table

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_PARTS = 2_000
#: bytes of all parts together, unpacked
MAX_UNPACKED = 500_000_000
#: unpacked over packed, of one part above a megabyte: sheets are packed to a tenth or a thirtieth
MAX_RATIO = 200
#: characters that all cells together may come to
MAX_CHARACTERS = 200_000_000
_CHUNK = 1 << 20
#: where a cell or a row says it stands
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*(?:([A-Za-z]{1,8}))?([0-9]{1,18})\s*["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_SHARED = re.compile(rb"<(?:\w+:)?si[\s>]")
#: a row that is hidden, and its number
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\s(?=[^<>]{0,400}\bhidden\s{0,3}=\s{0,3}["'](?:1|true)["'])[^<>]{1,1000}>""")
_NUMBER = re.compile(rb"""\br\s{0,3}=\s{0,3}["']([0-9]{1,9})["']""")
#: the sheets of a workbook and the parts that they are in, with their attributes
_SHEET, _RELATION = re.compile(r"<(?:\w+:)?sheet\s([^<>]{1,2000})>"), re.compile(r"<Relationship\s([^<>]{1,2000})>")
_ATTRIBUTE = re.compile(r"""(?<![\w:])([\w:]{1,40})\s{0,3}=\s{0,3}["']([^"']{0,400})["']""")
#: that a cell points to a shared text, the number of one, and the end of a cell
_POINTER = re.compile(rb"""\bt\s*=\s*["'](s)["']|<(?:\w+:)?v>\s*([0-9]{1,9})|</(?:\w+:)?c>""")


def parse_workbook(data: bytes, name: str, *, sheet: str | None = None, watch: Watch = NOBODY) -> Table:
    """The table in the first sheet of a workbook, or in the one that ``sheet`` names.

    Raises :class:`UnreadableFileError` for what is none, or could not be harmless; :class:`ImportOptionError` for a
    sheet that is not there.
    """
    watch.look("looking into the workbook", 0)
    hidden = _require_harmless(data, name, watch)
    # Only those who read a workbook pay for this import.
    import python_calamine

    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            table = _read(book, name, sheet, watch)
            return replace(table, hidden=hidden.get(_part_of(data, table.sheet), frozenset())) if hidden else table
    except python_calamine.PasswordError:
        raise UnreadableFileError(f"{name} is locked with a password: save it without one first.") from None
    except python_calamine.WorksheetNotFound as error:
        raise UnreadableFileError(f"{name} is not a valid Excel workbook: its sheet {error} is missing.") from None
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise UnreadableFileError(f"{name} is not a valid Excel workbook: {_reason(error)}.") from None


def _read(book: CalamineWorkbook, name: str, wanted: str | None, watch: Watch) -> Table:
    names = list(book.sheet_names)
    if not names:
        raise UnreadableFileError(f"{name} has no sheets.")
    if wanted is not None and wanted not in names:
        close = [each for each in names if each.casefold() == wanted.strip().casefold()]
        if not close:
            raise ImportOptionError(f"{name} has no sheet {wanted[:80]!r}. Its sheets are: {', '.join(names[:20])}.")
        wanted = close[0]
    hidden = {each.name for each in book.sheets_metadata if str(each.visible).endswith("Hidden")}
    # Nobody means a sheet that they do not see, unless they say so.
    shown = tuple(each for each in names if each not in hidden) or tuple(names)
    chosen = wanted if wanted is not None else shown[0]
    notes = []
    if wanted is None and len(names) > 1:
        others = ", ".join(f"{each} (hidden)" if each in hidden else each for each in names if each != chosen)
        notes.append(f"Sheet {chosen} was read; --sheet NAME reads another: {others[:400]}.")
    sheet = book.get_sheet_by_name(chosen)
    merged = [(first, last) for first, last in sheet.merged_cell_ranges or () if last[0] > first[0]]
    cells = _unmerged(sheet.iter_rows(), merged) if merged else sheet.iter_rows()
    rows = list(watch.over("reading", _rows(cells, name)))
    if merged:
        notes.append("What stands in merged cells counts for each row that they cover.")
    if not rows:
        raise UnreadableFileError(f"{name} is empty: sheet {chosen} has no cells.")
    header = tuple(" ".join(cell.split()) for cell in rows[0].cells)
    return Table(name, header, tuple(rows[1:]), tuple(notes), counted="row", sheet=chosen, sheets=shown)


def _unmerged(
    found: Iterator[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[list[Any]]:
    """Rows with what stands in a cell that covers several of them repeated in each. ``merged`` are the first and the
    last cell of each, as row and column from 0."""
    begins: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merged:
        begins.setdefault(top, []).append((left, bottom))
    running: dict[int, tuple[int, Any]] = {}
    for at, values in enumerate(found):
        for column, (bottom, value) in list(running.items()):
            if at > bottom:
                del running[column]
            elif column < len(values) and values[column] == "":
                values[column] = value
        running |= {left: (bottom, values[left]) for left, bottom in begins.get(at, ()) if left < len(values)}
        yield values


def _rows(found: Iterator[list[Any]], name: str) -> Iterator[Row]:
    """Rows as text with their numbers as Excel shows them, without blank ones: the first one is row 1, whether or not
    the sheet begins there. Raises beyond the caps."""
    count = total = characters = 0
    for line, values in enumerate(found, 1):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not any(cell and not cell.isspace() for cell in cells):
            continue
        count += 1
        total += len(cells)
        characters += sum(map(len, cells))
        if count > MAX_ROWS + 1 or total > MAX_CELLS or characters > MAX_CHARACTERS:
            raise UnreadableFileError(
                f"{name} is too large a table: at most {MAX_ROWS:,} rows and {MAX_CELLS:,} cells are read."
            )
        if len(cells) > MAX_COLUMNS:
            raise UnreadableFileError(f"{name}: row {line} has {len(cells):,} cells; at most {MAX_COLUMNS:,}.")
        yield Row(line, tuple(cells))


def _text(value: Any) -> str:
    """A cell as a CSV file would have it."""
    match value:
        case str():
            return value[:MAX_CELL]
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case int() | float():
            return repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case timedelta():
            # A time of day that went over 24 hours: people write hours so.
            return f"{value.total_seconds() / 3600:g}h"
    return ""


def _part_of(data: bytes, sheet: str) -> str:
    """The part that a sheet is in, by the name of the sheet; empty where the workbook does not say so plainly."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {part.replace("\\", "/").casefold(): part for part in archive.namelist()}
        texts = [
            archive.read(found[name]).decode("utf-8", "replace") if name in found else ""
            for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        ]
    sheets = (dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(texts[0]))
    number = next((each.get("r:id", "") for each in sheets if unescape(each.get("name", "")) == sheet), "")
    relations = (dict(_ATTRIBUTE.findall(tag)) for tag in _RELATION.findall(texts[1]))
    target = next((each.get("Target", "") for each in relations if number and each.get("Id") == number), "")
    return (target.lstrip("/") if target.startswith("/") else f"xl/{target}").casefold()


def _require_harmless(data: bytes, name: str, watch: Watch) -> dict[str, frozenset[int]]:
    """Raise UnreadableFileError for an archive that is broken, unpacks to too much, or has cells spread too far.

    Returns the numbers of the rows that are hidden, by the part that they are in.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise UnreadableFileError(f"{name} is not an Excel workbook: its archive is broken or cut short.") from None
    if len(parts) > MAX_PARTS:
        raise UnreadableFileError(
            f"{name} has {len(parts):,} parts in it; a workbook of at most {MAX_PARTS:,} is read."
        )
    if not any(part.filename.casefold().startswith("xl/") for part in parts):
        other = "an OpenDocument file" if any(part.filename == "content.xml" for part in parts) else "a zip file"
        raise UnreadableFileError(f"{name} is {other}, no Excel workbook: save it as .xlsx or CSV first.")
    total = 0
    shared: list[int] = []
    pointers: list[Counter[int]] = []
    hidden: dict[str, frozenset[int]] = {}
    for part in parts:
        if part.flag_bits & 1:
            raise UnreadableFileError(f"{name} is locked with a password: save it without one first.")
        # Zip readers differ in how they read slashes.
        path = part.filename.replace("\\", "/").casefold()
        found = _unpacked(data, part, name, MAX_UNPACKED - total)
        total += len(found)
        if path.endswith("sharedstrings.xml"):
            shared = _lengths(found)
        elif b"sheetData" in found:
            pointers.append(_require_compact(found, name, watch))
            if rows := frozenset(int(number) for tag in _HIDDEN.findall(found) for number in _NUMBER.findall(tag)):
                hidden[path] = rows
    shared.append(max(shared, default=0))
    characters = sum(shared[at] * times for each in pointers for at, times in each.items() if at < len(shared))
    if characters > MAX_CHARACTERS:
        raise UnreadableFileError(
            f"{name} holds {characters / 1e6:,.0f} million characters once its repeated texts are written out; "
            f"at most {MAX_CHARACTERS / 1e6:,.0f} million are read."
        )
    return hidden


def _unpacked(data: bytes, part: zipfile.ZipInfo, name: str, most: int) -> bytes:
    """The bytes of one part. Raises UnreadableFileError where they are broken or more than ``most``."""
    header = data[part.header_offset : part.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise UnreadableFileError(f"{name} is not an Excel workbook: its archive is broken or cut short.")
    start = part.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        found = bytes(packed)
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        # One more than allowed: what is longer still is seen without unpacking it.
        most = min(most, max(_CHUNK, MAX_RATIO * len(packed)))
        try:
            found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)
        except zlib.error:
            raise UnreadableFileError(
                f"{name} is not a valid Excel workbook: {part.filename[:80]} is broken."
            ) from None
    else:
        raise UnreadableFileError(f"{name} is packed in a way that Excel does not use: save it again first.")
    if len(found) > most:
        raise UnreadableFileError(
            f"{name} unpacks to far more than it holds ({part.filename[:80]}, over {most / 1e6:,.0f} MB from "
            f"{len(packed) / 1e6:.1f} MB): it is not read."
        )
    return found


def _lengths(strings: bytes) -> list[int]:
    """For each shared text, no less than its length: the bytes up to the next one."""
    starts = [found.start() for found in _SHARED.finditer(strings)]
    return [end - start for start, end in zip(starts, [*starts[1:], len(strings)], strict=False)]


def _require_compact(sheet: bytes, name: str, watch: Watch) -> Counter[int]:
    """Raise where the cells of a sheet spread further than a table does, for a reader makes room for all between them.

    Returns how often each shared text is used; -1 is for cells that say it in some other way than Excel does.
    """
    right = bottom = 0
    for found in watch.over("looking into the workbook", _PLACE.finditer(sheet)):
        bottom = max(bottom, int(found[2]))
        if found[1]:
            column = 0
            for letter in found[1].upper():
                column = column * 26 + letter - 64
            right = max(right, column)
    # A cell without a place stands right of the one before it.
    right = max(right, 1)
    cells = sum(1 for _ in _CELL.finditer(sheet))
    if not right * bottom <= MAX_CELLS * 4 or cells > MAX_CELLS:
        raise UnreadableFileError(
            f"{name} has cells as far as row {bottom:,} and column {right:,}: too large a table. "
            "Delete what stands outside the backlog."
        )
    return _pointers(sheet)


def _pointers(sheet: bytes) -> Counter[int]:
    """How often each shared text is used; -1 is for cells that say it in some other way than Excel does."""
    used: Counter[int] = Counter()
    pointing = False
    for found in _POINTER.finditer(sheet):
        if found.lastindex == 2 and pointing:
            used[int(found[2])] += 1
        elif pointing:
            used[-1] += 1
        pointing = found.lastindex == 1
    used[-1] += pointing
    return used


def _reason(error: Exception) -> str:
    """What the reader said, in few words."""
    return " ".join(str(error).split())[:120].rstrip(".") or "it cannot be read"
