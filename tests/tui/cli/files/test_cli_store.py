"""``makeroom verify``, ``backup`` and ``restore`` as they are typed: what they say, JSON, and exit codes."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from store.database.places import backups_folder
from store.records import Command, Item
from store.workspace.workspace import Workspace
from tui.cli import main

ROOT = Path(__file__).parent.parent.parent.parent.parent


def add(path: Path, title: str) -> None:
    with Workspace.open(path, actor="ada") as workspace:
        workspace.apply(Command("edit", f"add {title}", (Item(id=-1, title=title, rank=1, draw=1),)))


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "team.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    add(path, "Webhooks")
    return path


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def damage(path: Path) -> None:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("DROP TRIGGER events_no_update")
    raw.execute("UPDATE events SET label = 'a[/]b\x1b[31m' WHERE seq = 2")
    raw.close()


def backup(path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["backup", "--json"]) == 0
    made = Path(said(capsys)["path"])
    assert made.parent == backups_folder(path)
    return made


def titles(path: Path) -> set[str]:
    with Workspace.open(path, read_only=True) as workspace:
        return {item.title for item in workspace.load().each(Item)}


class TestVerify:
    def test_sound(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify"]) == 0
        out = capsys.readouterr().out
        assert "all 2 seals hold" in out
        assert out.splitlines()[-1].startswith("sound: 2 events, the last seal is ")

    def test_broken_names_the_entry(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        damage(db)
        assert main(["verify"]) == 1
        out = capsys.readouterr().out
        assert "entry 2 of the journal is not as it was sealed: “a[/]b[31m” (edit) by ada" in out
        assert "trigger events_no_update missing" in out
        assert "makeroom restore" in out
        assert "\x1b" not in out
        assert out.splitlines()[-1].startswith("BROKEN")

    def test_json(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["verify", "--json"]) == 0
        found = said(capsys)
        assert found["sound"] is True
        assert (found["path"], found["events"]) == (str(db), 2)
        damage(db)
        assert main(["verify", "--json"]) == 1
        assert said(capsys)["sound"] is False

    def test_no_database_is_broken_and_no_file_cannot_be_read(
        self, db: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        db.write_text("no database at all " * 100)
        assert main(["verify"]) == 1
        db.unlink()
        assert main(["verify"]) == 3
        assert "There is no workspace" in capsys.readouterr().err
        assert not db.exists()


class TestBackup:
    def test_says_where_and_what_is_in_it(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["backup"]) == 0
        out = capsys.readouterr().out
        assert f"backup written to {backups_folder(db)}" in out
        assert "1 item, 0 decisions, last change" in out

    def test_to_a_place_of_ones_own(self, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["backup", "--to", str(tmp_path / "safe.db")]) == 0
        assert titles(tmp_path / "safe.db") == {"Webhooks"}
        assert main(["backup", "--to", str(tmp_path / "safe.db")]) == 3
        assert "not overwritten" in capsys.readouterr().err

    def test_of_a_damaged_one(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        damage(db)
        assert main(["backup"]) == 1
        caught = capsys.readouterr()
        assert "backup written to" in caught.out
        assert "the workspace is damaged" in caught.err


class TestRestore:
    def test_list(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["restore"]) == 0
        assert "no backups in" in capsys.readouterr().out
        made = backup(db, capsys)
        assert main(["restore"]) == 0
        out = capsys.readouterr().out
        assert f"  {made.stem}  20" in out
        assert "1 item, 0 decisions, last change" in out
        assert main(["restore", "--json"]) == 0
        (one,) = said(capsys)["backups"]
        assert (one["path"], one["kind"], one["items"]) == (str(made), "asked", 1)

    def test_a_look_changes_nothing(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        made = backup(db, capsys)
        add(db, "late")
        assert main(["restore", made.stem]) == 1
        out = capsys.readouterr().out
        assert "would be lost: 1 change\n" in out
        assert "ada: add late (edit)" in out
        assert "would be back: nothing" in out
        assert "add --yes" in out
        assert titles(db) == {"Webhooks", "late"}

    def test_yes_restores_and_says_where_the_present_is(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        made = backup(db, capsys)
        add(db, "late")
        assert main(["restore", made.name, "--yes"]) == 0
        out = capsys.readouterr().out
        assert f"restored {db}" in out
        kept = next(line for line in out.splitlines() if "is kept as" in line).split(" is kept as ")[1]
        assert titles(db) == {"Webhooks"}
        assert titles(Path(kept)) == {"Webhooks", "late"}
        assert main(["verify"]) == 0

    @pytest.mark.parametrize(("typed", "restored"), [("yes\n", True), ("y\n", False), ("\n", False), ("", False)])
    def test_typed_on_a_terminal(
        self,
        db: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        typed: str,
        restored: bool,
    ) -> None:
        made = backup(db, capsys)
        add(db, "late")
        terminal = io.StringIO(typed)
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", terminal)
        assert main(["restore", str(made)]) == (0 if restored else 1)
        assert "Type yes:" in capsys.readouterr().err
        assert titles(db) == ({"Webhooks"} if restored else {"Webhooks", "late"})

    def test_json_never_asks(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        made = backup(db, capsys)
        add(db, "late")
        assert main(["restore", made.name, "--json"]) == 1
        found = said(capsys)
        assert (found["restored"], [event["label"] for event in found["lost"]]) == (False, ["add late"])
        assert main(["restore", made.name, "--json", "--yes"]) == 0
        found = said(capsys)
        assert found["restored"] is True
        assert titles(Path(found["kept"])) == {"Webhooks", "late"}

    def test_the_same_differs_in_nothing(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        made = backup(db, capsys)
        assert main(["restore", made.name]) == 0
        assert "would be lost: nothing" in capsys.readouterr().out

    def test_a_damaged_backup_is_not_restored(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        made = backup(db, capsys)
        damage(made)
        assert main(["restore", made.name, "--yes"]) == 1
        out = capsys.readouterr().out
        assert "broken" in out
        assert "nothing was restored" in out

    def test_a_damaged_workspace_is_kept_whole(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        made = backup(db, capsys)
        db.write_bytes(b"\0" * 3000)
        assert main(["restore", made.name, "--yes"]) == 0
        out = capsys.readouterr().out
        assert "cannot be read: it would be moved aside, and kept" in out
        kept = Path(out.split("is kept whole as ")[1].splitlines()[0])
        assert kept.read_bytes() == b"\0" * 3000
        assert titles(db) == {"Webhooks"}

    def test_no_such_backup(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["restore", "nothing"]) == 3
        assert "There is no backup nothing" in capsys.readouterr().err


def test_where_names_the_backups_folder(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["where"]) == 0
    out = capsys.readouterr().out
    assert f"backups:  {backups_folder(db)}" in out
    assert "none yet" in out
    backup(db, capsys)
    assert main(["where"]) == 0
    assert "1 in it" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["verify", "backup", "restore"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "example:\n  makeroom" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["verify", "x"], ["backup", "x"], ["restore", "a", "b"], ["verify", "--yes"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "--help" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["verify"], ["backup"], ["restore"]])
def test_textual_is_not_loaded(db: Path, arguments: list[str]) -> None:
    program = (
        "import sys; from tui.cli import main; main(sys.argv[1:]);"
        "sys.exit(str({'textual', 'rich'} & set(sys.modules) or ''))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stderr == "\n" or done.stderr == ""
