"""What tells one state of a workspace's file from another, for whoever reads nothing else of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from store.database.connection import SqliteError, connect_to_look
from store.database.seals import last_seal


def head_of(path: Path) -> tuple[int, str] | None:
    """The number of the newest event and its seal, which covers all before it; changes no byte of the file.

    None where there is none, as in a file from before there were seals, or where it cannot be read.
    """
    try:
        with closing(connect_to_look(path)) as connection:
            return last_seal(connection)
    except (SqliteError, OSError):
        return None
