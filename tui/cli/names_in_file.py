"""The names that a shell completes: what stands in the workspace's file, read lightly while somebody types.

Only sqlite3 is loaded for it. A file that cannot be read right now has no names; nothing is said of it.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from urllib.parse import quote

from store.common.text import clean
from store.database.places import database_path

#: What can be completed, and where it stands.
QUERIES = {
    "items": "SELECT title FROM items WHERE state IN ('plan', 'below', 'inbox') ORDER BY rank",
    "accounts": "SELECT name FROM customers ORDER BY name",
    "snapshots": "SELECT name FROM snapshots ORDER BY id DESC",
    "scenarios": "SELECT name FROM scenarios ORDER BY id DESC",
}
#: Seconds that a key waits for somebody who writes.
_PATIENCE = 0.2
#: What means nothing to a shell.
_PLAIN = re.compile(r"([^\w@%+=:,./-])")


def names_of(kind: str) -> list[str]:
    """The names of a kind of :data:`QUERIES`, each on one line and once; none where the file cannot be read."""
    path = database_path(None).path
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_PATIENCE)) as raw:
            found = [clean(str(name)) for (name,) in raw.execute(QUERIES[kind])]
    except sqlite3.Error:
        return []
    # What begins like an option would be taken for one.
    return list(dict.fromkeys(name for name in found if name and not name.startswith("-")))


def escaped(name: str) -> str:
    """A name as a word of a POSIX shell that is nothing but that name."""
    return _PLAIN.sub(r"\\\1", name)
