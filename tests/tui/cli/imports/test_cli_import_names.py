"""Whose name an import stands under: that of ``--as``, before the command's name or after it, and in the app."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from store.demo.demo import make_demo
from store.records import Applied
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import empty, opened
from tests.tui.imports.import_helpers import import_of
from tui.cli import main

HISTORY = "quarter,team,title,estimate,actual\n2026Q1,Payments,Ledger,2.0,2.7\n"
#: each command that takes a file in: its words, and what makes the file in a folder
COMMANDS: dict[str, tuple[list[str], Callable[[Path], Path]]] = {
    "import": (["import"], lambda folder: _written(folder / "f.csv", "title,days\nLedger,5\n")),
    "import-people": (["import-people"], lambda folder: _written(folder / "p.csv", "name,team\nAda,Payments\n")),
    "import-accounts": (["import-accounts"], lambda folder: _written(folder / "a.csv", "account,arr\nAcme,5\n")),
    "import-history": (["import-history"], lambda folder: _written(folder / "h.csv", HISTORY)),
    "whole": (["import"], lambda folder: _exported(folder)),
}


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _exported(folder: Path) -> Path:
    """A whole workspace as a file."""
    with Workspace.open(folder / "other.db", actor="other") as workspace:
        make_demo(workspace)
    assert main(["--db", str(folder / "other.db"), "export", "--format", "json", "-o", str(folder / "w.json")]) == 0
    return folder / "w.json"


def journal(path: Path) -> list[Applied]:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.since(0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody is logged in, and nobody at the terminal."""
    monkeypatch.setenv("LOGNAME", "login")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


@pytest.mark.parametrize("after", [False, True], ids=["before its name", "after its name"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_record_says_who_was_named(folder: Path, command: str, after: bool) -> None:
    words, make = COMMANDS[command]
    file, db = str(make(folder)), folder / "room.db"
    if command != "whole":
        with Workspace.open(db, actor="ada") as workspace:
            make_demo(workspace)
    known = len(journal(db)) if db.exists() else 0
    whole = [*words, file, "--as", "Ana"] if after else ["--as", "Ana", *words, file]
    assert main(["--db", str(db), *whole]) == 0
    events = [applied.event for applied in journal(db)[known:]]
    # Where there was no workspace, Ana made it, too.
    assert [event.actor for event in events] == ["Ana"] * (2 if command == "whole" else 1)
    assert len({event.session for event in events}) == 1
    assert main(["--db", str(db), "--as", "Ben", "undo"]) == 0
    assert [applied.event.actor for applied in journal(db)[-2:]] == ["Ana", "Ben"]


def test_without_it_the_login_name_counts(folder: Path) -> None:
    words, make = COMMANDS["import"]
    assert main(["--db", str(folder / "room.db"), *words, str(make(folder))]) == 0
    assert [applied.event.actor for applied in journal(folder / "room.db")] == ["login", "login"]


def test_it_is_guarded_like_any_change(folder: Path) -> None:
    """An import of fewer people leaves the plan below its target: one event, under her name, with the mark in it."""
    db = folder / "room.db"
    with Workspace.open(db, actor="ada") as workspace:
        make_demo(workspace)
    gone = "".join(f"{name},Payments,2027-01-04,2027-04-02\n" for name in ("Ines", "Tom", "Kofi"))
    file = _written(folder / "p.csv", f"name,team,leave from,leave to\n{gone}")
    assert main(["--db", str(db), "--as", "Ana", "import-people", str(file)]) == 0
    last = journal(db)[-1]
    assert last.event.actor == "Ana"
    assert [change.table for change in last.changes if change.before is None].count("shortfalls") == 1


async def test_in_the_app_too(folder: Path) -> None:
    db, file = empty(folder), COMMANDS["import"][1](folder)
    async with opened(db, actor="Ana") as room:
        if room.dialog:
            await room.press("escape")
        await import_of(room, file)
        await room.press("I")
        await room.until(lambda: not room.dialog, "the import")
    assert [applied.event.actor for applied in journal(db)][-1] == "Ana"
    assert journal(db)[-1].event.kind == "import"
