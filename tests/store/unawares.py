"""A closed workspace, changed as by a program that knows nothing of the journal."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

#: the table that a statement changes
_CHANGED = re.compile(r"(?:UPDATE|INSERT INTO|DELETE FROM) (\w+)")


def behind(path: Path, *statements: str) -> None:
    """Change the file as :func:`unawares` does. Each statement must change something."""
    with unawares(path, *{found[1] for each in statements for found in _CHANGED.finditer(each)}) as raw:
        for statement in statements:
            assert raw.execute(statement).rowcount != 0, statement


@contextmanager
def unawares(path: Path, *tables: str) -> Iterator[sqlite3.Connection]:
    """A connection without the triggers of the tables that are changed, which are put back afterwards.

    Those of other tables stay, all some 300 take longer than what is tested.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in ("ignore_check_constraints=ON", "synchronous=OFF", "foreign_keys=OFF"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
        triggers = []
        for table in tables:
            asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY rowid"
            triggers += raw.execute(asked, (table,)).fetchall()
        for name, _ in triggers:
            raw.execute(f'DROP TRIGGER "{name}"')
        yield raw
        for _, made in triggers:
            raw.execute(made)
        raw.execute("COMMIT")
