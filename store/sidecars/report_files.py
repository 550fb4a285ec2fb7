"""Reports as files where the user wants them: whole files or none, and only in place of an ordinary file."""

from __future__ import annotations

import stat
from pathlib import Path

from store.common.errors import ReadOnlyError, StoreError
from store.common.text import without_escapes
from store.sidecars.snapshot_files import write_whole


def write_report_file(path: Path, content: str | bytes, *, unless_there: str = "") -> None:
    """Write a report in place of what is there; whoever calls has asked. Raises :class:`StoreError` with a sentence.

    With ``unless_there``, words that say what to do then, nothing is written over.
    """
    try:
        found = path.lstat() if path.is_symlink() or path.exists() else None
        if found is not None and not stat.S_ISREG(found.st_mode):
            kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder"}
            what = kinds.get(stat.S_IFMT(found.st_mode), "not an ordinary file")
            raise StoreError(f"{path} is {what}, and is left as it is: name a file.")
        if found is not None and unless_there:
            raise StoreError(f"{path} is there already: {unless_there}.")
        if not path.parent.is_dir():
            raise StoreError(f"There is no folder {path.parent}: make it first, or name another file.")
        write_whole(path, without_escapes(content).encode("utf-8", "replace") if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ReadOnlyError(f"Could not write {path}: {words}. Nothing was changed.") from error
