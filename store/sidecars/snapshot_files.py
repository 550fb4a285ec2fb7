"""Snapshots as files in a folder of the user's choice: safe names, whole files or none, and nothing outside of it.

What a file says is not this module's business: it moves text, and asks whose file it is before it writes over one.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from store.backups.backup import sync
from store.common.errors import ReadOnlyError, StoreError
from store.common.text import clean

SUFFIX = ".toml"
#: Bytes of the largest file that is read.
MOST_BYTES = 20_000_000
#: Bytes of a name in UTF-8, without the suffix: file systems take 255 in all.
_LONGEST = 120
#: What Windows takes for a device, whatever comes after the dot.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def file_name(name: str) -> str:
    """The name of a snapshot's file: letters, digits, ``-`` and ``_`` of any script, never a path nor a device."""
    text = unicodedata.normalize("NFKC", clean(name))
    kept = "".join(letter if letter.isalnum() or letter in "-_" else " " for letter in text)
    slug = "-".join(kept.split()).strip("-")
    while len(slug.encode()) > _LONGEST:
        slug = slug[:-1]
    slug = slug.strip("-_")
    if not slug:
        slug = "snapshot"
    if slug.casefold() in _RESERVED or unicodedata.normalize("NFKC", slug).casefold() in _RESERVED:
        slug = f"snapshot-{slug}"
    return slug + SUFFIX


def write_snapshot_file(
    folder: Path, name: str, text: str, *, own: Callable[[str], bool], overwrite: bool = False
) -> Path:
    """Write a snapshot into a folder, which is made if only it is missing; the path. All of it or nothing.

    ``own`` says of the text of a file that is there already whether it is an older one of the same snapshot; any other
    is not written over unless ``overwrite`` says so. Raises :class:`StoreError` with a sentence.
    """
    target = folder / file_name(name)
    try:
        folder.mkdir(exist_ok=True)
        if not folder.is_dir():
            raise StoreError(f"{folder} is not a folder: name one for the snapshots.")
        _require_free(target, own, overwrite)
        write_whole(target, text.encode())
    except OSError as error:
        raise ReadOnlyError(f"Could not write {target}: {error.strerror or error}. Nothing was changed.") from error
    return target


def _require_free(target: Path, own: Callable[[str], bool], overwrite: bool) -> None:
    try:
        found = target.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(found.st_mode):
        what = "a link" if stat.S_ISLNK(found.st_mode) else "not an ordinary file"
        raise StoreError(f"{target} is {what}, and is left as it is: remove it, or name the snapshot otherwise.")
    if overwrite:
        return
    try:
        same = own(read_snapshot_file(target))
    except StoreError:
        same = False
    if not same:
        raise StoreError(
            f"{target} is there already and is not this snapshot: it was left as it is. Name the snapshot otherwise, "
            "move the file, or say that it is to be written over."
        )


def write_whole(target: Path, content: bytes) -> None:
    """Write a file in place of what is there: all of it or nothing. Raises OSError where that cannot be."""
    half = target.with_name(f".{target.name}.{os.urandom(4).hex()}.half")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, 0o644)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(half)
        raise
    with suppress(OSError):
        sync(target.parent)


def read_snapshot_file(path: Path) -> str:
    """The text of a file. Raises :class:`StoreError` for what is no file of at most 20 MB in UTF-8."""
    try:
        # Not through a link, and without waiting for whoever would write into a pipe.
        descriptor = os.open(path, os.O_RDONLY | _NO_LINK | _NO_WAIT | _BINARY)
    except OSError as error:
        if path.is_symlink():
            raise StoreError(f"{path} is a link: name the file itself.") from error
        raise StoreError(f"Could not read {path}: {error.strerror or error}.") from error
    try:
        content = _content(descriptor, path)
    except OSError as error:
        raise StoreError(f"Could not read {path}: {error.strerror or error}.") from error
    finally:
        os.close(descriptor)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StoreError(f"{path}, line {line}: not UTF-8, as a snapshot is (byte {error.start}).") from error


def _content(descriptor: int, path: Path) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "not an ordinary file"
        raise StoreError(f"{path} is {what}: name a snapshot's file.")
    content = b""
    if found.st_size <= MOST_BYTES:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            # It may have grown meanwhile.
            content = file.read(MOST_BYTES + 1)
    if max(found.st_size, len(content)) > MOST_BYTES:
        raise StoreError(f"{path} is larger than a snapshot can be ({MOST_BYTES // 1_000_000} MB).")
    return content
