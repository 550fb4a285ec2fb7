"""The log: what happened, by numbers and kinds. No title, no name of a customer and no money is ever in it.

An error is noted by its type and the places in the code that it went through. What it said is left out: the sentence
of an error may quote what somebody typed.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import platform
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.database.connection import sqlite_version
from store.database.places import log_path

_log = logging.getLogger("makeroom")
_LARGEST, _BACKUPS = 1_000_000, 5


class _QuietHandler(logging.handlers.RotatingFileHandler):
    """A log that cannot be written is no reason to disturb anybody."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's own name)
        """Nothing: the disk may be full, and the board goes on."""


def begin(path: Path | None = None) -> None:
    """Keep a log from here on, of a megabyte and the five before it; once for a process."""
    if _kept():
        return
    path = path or log_path()
    _log.setLevel(logging.INFO)
    _log.propagate = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _QuietHandler(
            path, maxBytes=_LARGEST, backupCount=_BACKUPS, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.info(
        "start, makeroom %s, Python %s, SQLite %s, Textual %s, %s",
        _version("makeroom"),
        platform.python_version(),
        sqlite_version(),
        _version("textual"),
        platform.system(),
    )


def end(why: str = "quit") -> None:
    """Note the end, and let go of the file."""
    _log.info("stop, %s", why)
    for handler in _kept():
        _log.removeHandler(handler)
        handler.close()


def _kept() -> list[logging.Handler]:
    return [handler for handler in _log.handlers if type(handler) is not logging.NullHandler]


def note_error(error: BaseException) -> None:
    """An error nobody expected: its type, its causes, and where in the code."""
    for line in lines_of(error):
        _log.error("%s", line)


def lines_of(error: BaseException) -> Iterator[str]:
    """Type and frames of an error and of what led to it; nothing of what it says."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield f"{'unexpected' if one is error else 'because of'} {type(one).__module__}.{type(one).__qualname__}"
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {os.sep.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        # What a worker failed with is in an attribute of the error that tells of it.
        inner = getattr(one, "error", None)
        one = one.__cause__ or (inner if isinstance(inner, BaseException) else None) or one.__context__


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    with suppress(PackageNotFoundError):
        return version(package)
    return "from sources"
