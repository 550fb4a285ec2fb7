"""Two other terminal apps on as many rows: kanban-tui and dooit, where somebody installed them.

    python -m venv PEERS && PEERS/bin/pip install kanban-tui dooit

Each makes its own data by its own command or classes; what they hold is a title a row, which is the least of what
they can hold. Textual is the same in both as here, so what differs is what is made of it.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: Said to dooit's own Python: a workspace with rows in it, by its own classes.
_DOOIT_ROWS = """if True:
    import sys
    from dooit.api import Todo, Workspace
    from dooit.api.manager import manager
    manager.connect(sys.argv[1])
    root = Workspace._get_or_create_root()
    manager.session.add(root)
    plan = Workspace(description="Plan", parent_workspace=root)
    manager.session.add(plan)
    for number in range(int(sys.argv[2])):
        manager.session.add(Todo(description=f"Item {number + 1}", parent_workspace=plan, order_index=number))
    manager.session.commit()
"""


@dataclass(frozen=True)
class Peer:
    """An app beside ours: how it is started, what stands on its first screen, and the keys that lead to its rows."""

    name: str
    command: tuple[str, ...]
    marks: tuple[str, ...]
    #: Moves the cursor down; empty where only the start is measured.
    down: str
    #: Moves a row to the next column, or down its list.
    move: str


def peers(installed: Path, home: Path, items: int, environ: Mapping[str, str]) -> list[Peer]:
    """Those of the two that are installed in this virtual environment, each with so many rows of its own."""
    made = (("ktui", _kanban), ("dooit", _dooit))
    return [
        make(installed / "bin", home, items, environ) for name, make in made if (installed / "bin" / name).is_file()
    ]


def _kanban(programs: Path, home: Path, items: int, environ: Mapping[str, str]) -> Peer:
    ktui = str(programs / "ktui")
    for words in (("board", "create", "Plan"), ("task", "create", "Item 1")):
        subprocess.run([ktui, *words], env=dict(environ), check=True, capture_output=True)
    (path,) = home.glob("**/kanban_tui.db")
    # A start of its command for each of the others would take a minute: they are the first one's row again.
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "insert into tasks (title, column, description, creation_date, position)"
            " select ?, column, description, creation_date, ? from tasks where task_id = 1",
            [(f"Item {number}", number) for number in range(2, items + 1)],
        )
    connection.close()
    return Peer("kanban-tui", (ktui,), ("Item 1",), "down", "L")


def _dooit(programs: Path, home: Path, items: int, environ: Mapping[str, str]) -> Peer:
    path = home / "dooit.db"
    subprocess.run(
        [str(programs / "python"), "-c", _DOOIT_ROWS, str(path), str(items)],
        env=dict(environ),
        check=True,
        capture_output=True,
    )
    command = (str(programs / "dooit"), "--db", str(path))
    # From which of its two lists a key is taken depends on when it comes: its cursor is not measured.
    return Peer("dooit", command, ("Plan",), "", "")
