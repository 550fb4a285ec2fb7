"""Files that are not ours, not whole, newer, or not to be written: what is said of each, and that every byte is kept.

    python -m tests.store.database.bad_files

prints the table.
"""

import hashlib
import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from store.common.errors import StoreError
from store.database.connection import SCHEMA_VERSION
from store.database.verify import verify
from store.workspace.workspace import Workspace
from tests.store.trades import make

#: Root may write everything, and Windows has other rights.
RIGHTS_COUNT = sys.platform != "win32" and os.geteuid() != 0
PAGE = 4096


@dataclass(frozen=True)
class Shown:
    """What opening and loading a file said (empty where it opened), what verify found, and whether a byte differs."""

    said: str
    crashed: str
    found: str
    kept: bool


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file below a folder but the lock, which is empty, with a hash of what is in it."""
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each.suffix != ".lock"
    }


def show(path: Path, read_only: bool = False) -> Shown:
    """Open a file to write, or to read, load it, and verify it."""
    before, said, crashed = bytes_of(path.parent), "", ""
    try:
        with Workspace.open(path, actor="ada", read_only=read_only) as workspace:
            workspace.load()
    except StoreError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the table tells
        crashed = f"{type(error).__name__}: {error}"
    try:
        broken = verify(path, surroundings=False).of("broken")
        found = f"broken: {broken[0].what}" if broken else "sound"
    except StoreError as error:
        found = str(error)
    return Shown(said, crashed, found, bytes_of(path.parent) == before)


def _write(data: bytes) -> Callable[[Path], None]:
    def make_it(path: Path) -> None:
        path.write_bytes(data)

    return make_it


def _sql(*statements: str) -> Callable[[Path], None]:
    def make_it(path: Path) -> None:
        raw = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            raw.execute(statement)
        raw.close()

    return make_it


def _ours(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def make_it(path: Path) -> None:
        make(path)
        path.with_name(path.name + ".lock").unlink()
        change(path)

    return make_it


def _cut(share: float) -> Callable[[Path], None]:
    return _ours(lambda path: os.truncate(path, int(path.stat().st_size * share)))


def _flip(at: int, length: int = 1) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            old = file.read(length)
            file.seek(at)
            file.write(bytes(byte ^ 0xFF for byte in old))

    return _ours(change)


def _flip_last_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(-PAGE, os.SEEK_END)
        file.write(random.Random(1).randbytes(PAGE))


#: name -> how it is made; each is refused when it is opened.
REFUSED: dict[str, Callable[[Path], None]] = {
    "foreign: a text file": _write(b"title,size\nWebhooks,3\n" * 100),
    "foreign: one byte": _write(b"x"),
    "foreign: zeros": _write(bytes(PAGE)),
    "foreign: a picture": _write(b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(9000)),
    "foreign: a database of another program": _sql(
        "CREATE TABLE bookmarks (url)", "INSERT INTO bookmarks VALUES ('x')"
    ),
    "foreign: the same, in WAL mode": _sql("PRAGMA journal_mode=WAL", "CREATE TABLE bookmarks (url)"),
    "foreign: marked by another program": _sql("PRAGMA application_id=77", "CREATE TABLE t (x)"),
    "newer: by one": _ours(_sql(f"PRAGMA user_version={SCHEMA_VERSION + 1}")),
    "newer: by far": _ours(_sql("PRAGMA user_version=2147483647")),
    "truncated: to 100 bytes": _ours(lambda path: os.truncate(path, 100)),
    "truncated: to one page": _ours(lambda path: os.truncate(path, PAGE)),
    "truncated: to a tenth": _cut(0.1),
    "truncated: to half": _cut(0.5),
    "truncated: by one page": _ours(lambda path: os.truncate(path, path.stat().st_size - PAGE)),
    "flipped: the first byte": _flip(0),
    "flipped: the size of a page": _flip(16, 2),
    "flipped: the version of the format": _flip(60, 4),
    "flipped: the mark": _flip(68, 4),
    "flipped: the head of the first page": _flip(100, 8),
}
#: Opened as if nothing were, since SQLite reads pages when it needs them: verify finds them.
FOUND_BY_VERIFY: dict[str, Callable[[Path], None]] = {
    "flipped: the list of tables": _flip(2 * PAGE - 200, 150),
    "flipped: the last page": _ours(_flip_last_page),
    "flipped: a letter of the journal": _ours(
        lambda path: path.write_bytes(path.read_bytes().replace(b"New workspace", b"New Workspace", 1))
    ),
}


@contextmanager
def unwritable(what: str, path: Path) -> Iterator[None]:
    """A workspace whose file or folder may only be read."""
    make(path)
    path.with_name(path.name + ".lock").unlink()
    changed, mode = (path, 0o444) if what == "file" else (path.parent, 0o555)
    before = changed.stat().st_mode
    changed.chmod(mode)
    try:
        yield
    finally:
        changed.chmod(before)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        for number, (case, make_it) in enumerate({**REFUSED, **FOUND_BY_VERIFY}.items()):
            path = Path(name) / str(number) / "a.db"
            path.parent.mkdir()
            make_it(path)
            _tell(case, path)
        for what in ("file", "folder") if RIGHTS_COUNT else ():
            path = Path(name) / what / "a.db"
            path.parent.mkdir()
            with unwritable(what, path):
                _tell(f"read-only: the {what}", path)


def _tell(case: str, path: Path) -> None:
    shown = show(path)
    print(f"{case:<40} {'every byte kept' if shown.kept else 'CHANGED'}")
    print(f"    open:   {(shown.crashed or shown.said or 'opens').replace(str(path), 'FILE')}")
    print(f"    verify: {shown.found.replace(str(path), 'FILE')}")


if __name__ == "__main__":
    main()
