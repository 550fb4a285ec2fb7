"""From a file to a table: its size first, then its format."""

from __future__ import annotations

import stat
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
        raise UnreadableFileError(f"There is no file {path}.") from None
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the name.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "the name is not possible"
        raise UnreadableFileError(f"{path} cannot be read: {reason}.") from None
    if len(data) > most:
        raise UnreadableFileError(f"{path.name} grew beyond {most / 1e6:.0f} MB while it was read.")
    return data
