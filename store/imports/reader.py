"""From a file to a table: its size first, then its format."""

from __future__ import annotations

import os
import stat
from difflib import get_close_matches
from pathlib import Path

from store.database.places import is_played_case
from store.database.watch import NOBODY, Watch
from store.imports.errors import UnreadableFileError
from store.imports.table import MAX_BYTES, Table


def read_table(
    path: Path,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    format: str | None = None,
    sheet: str | None = None,
    header_line: int | None = None,
    watch: Watch = NOBODY,
) -> Table:
    """The table in a file of any format. Raises :class:`UnreadableFileError` with a sentence, whatever the file holds.

    ``format`` (a name of :data:`store.imports.formats.FORMATS`), ``delimiter``, ``encoding``, ``sheet`` and
    ``header_line`` (where the header stands) are found out where not given. The size is looked at before a byte is
    read.
    """
    return parse_table(
        read_bytes(path),
        path.name,
        delimiter=delimiter,
        encoding=encoding,
        format=format,
        sheet=sheet,
        header_line=header_line,
        watch=watch,
    )


def parse_table(
    data: bytes,
    name: str,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    format: str | None = None,
    sheet: str | None = None,
    header_line: int | None = None,
    watch: Watch = NOBODY,
) -> Table:
    """The table in the bytes of a file called ``name``; see :func:`read_table`."""
    # Formats are made of what is here.
    from store.imports.formats import Source, read

    source = Source(
        data, name, delimiter=delimiter, encoding=encoding, sheet=sheet, header_line=header_line, watch=watch
    )
    return read(source, format)


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """What is in the file, once its kind and size are known to be harmless: at most ``most`` bytes.

    Raises :class:`UnreadableFileError` with a sentence.
    """
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise UnreadableFileError(f"{path} is a folder; name the file in it.")
        # A pipe or a device has no size to look at first, and may never end.
        if not stat.S_ISREG(info.st_mode):
            raise UnreadableFileError(f"{path} is not an ordinary file; save it as a file first.")
        if info.st_size > most:
            raise UnreadableFileError(
                f"{path.name} has {info.st_size / 1e6:.0f} MB; at most {most / 1e6:.0f} MB are read. Export less."
            )
        if is_played_case(path):
            raise UnreadableFileError(
                f"{path.name} belongs to a play: it is for whoever leads, and a brief in it for whoever has the role."
            )
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise UnreadableFileError(_missing(path)) from None
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the name.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not possible"
        raise UnreadableFileError(f"{path} cannot be read: {reason}.") from None
    if len(data) > most:
        raise UnreadableFileError(f"{path.name} grew beyond {most / 1e6:.0f} MB while it was read.")
    return data


def _missing(path: Path) -> str:
    """That there is no such file, where it was looked for, and what is there that may be meant."""
    folder = path.absolute().parent
    try:
        with os.scandir(folder) as there:
            names = [each.name for each in there if not each.name.startswith(".") and each.is_file()]
    except (OSError, ValueError):
        return f"There is no file {path}: {folder} is no folder that can be read."
    wanted = path.name.casefold()
    begun = sorted(name for name in names if name.casefold().startswith(wanted))
    near = begun or get_close_matches(path.name, names, n=1)
    return f"There is no file {path.name} in {folder}{f': did you mean {near[0]}?' if near else '.'}"
