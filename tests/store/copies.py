"""Files that many tests begin with: each is made once in a process, and every test has a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from store.demo.demo import open_demo

_KEPT = TemporaryDirectory(prefix="makeroom-")
_MADE: dict[object, Path] = {}


def copied(path: Path, what: object, make: Callable[[Path], object]) -> Path:
    """The path, with a copy of the file that ``make`` writes; made only where ``what`` says something new.

    The file is made under the same name, by which a fresh workspace is called.
    """
    assert not path.exists(), f"{path} is there already"
    key = (path.name, what)
    if key not in _MADE:
        folder = Path(_KEPT.name) / str(len(_MADE))
        folder.mkdir()
        make(folder / path.name)
        _MADE[key] = folder / path.name
    return Path(shutil.copy(_MADE[key], path))


def demo_file(path: Path) -> Path:
    """The demonstration as ``makeroom demo`` makes it, whoever is logged in."""
    return copied(path, "demo", lambda made: open_demo(made).close())
