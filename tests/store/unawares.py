"""A closed workspace, changed as by a program that knows nothing of the journal."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

#: the table that a statement changes
_CHANGED = re.compile(r"(?:UPDATE|INSERT INTO|DELETE FROM) (\w+)")


def behind(path: Path, *statements: str) -> None:
    """Change the file without the triggers of the tables that are changed, which are put back afterwards.

    Each statement must change something. Those of other tables stay, all some 500 take longer than what is tested.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in ("ignore_check_constraints=ON", "synchronous=OFF", "foreign_keys=OFF"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
        triggers = []
        for table in {found[1] for each in statements for found in _CHANGED.finditer(each)}:
            asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY rowid"
            triggers += raw.execute(asked, (table,)).fetchall()
        for name, _ in triggers:
            raw.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert raw.execute(statement).rowcount != 0, statement
        for _, made in triggers:
            raw.execute(made)
        raw.execute("COMMIT")
