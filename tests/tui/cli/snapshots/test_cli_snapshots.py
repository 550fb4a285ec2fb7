"""``makeroom snapshot`` as it is typed: what it says, JSON, files and exit codes. About 8 s."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scenarios.plan.plan import entry_of
from scenarios.snapshots import content_hash, freeze
from scenarios.trade import changes
from scenarios.trade.door import forecast_of
from scenarios.trade.guard import guard
from store.records import Capacity, Command, Decision, Item, Signature, Snapshot
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, small, stored, titles
from tui.cli import main

ROOT = Path(__file__).parent.parent.parent.parent.parent


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = small(tmp_path, [(f"Work {number}", (1.5, 2.0, 3.0), {}) for number in range(6)], net=24.0)
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    return path


def run(*arguments: str) -> int:
    return main(["snapshot", *arguments])


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def drop(path: Path, title: str) -> None:
    with Workspace.open(path, actor="ada") as workspace:
        state = workspace.load()
        entry = entry_of(state, item(state, title).id)
        workspace.apply(changes.drop(state, entry, forecast_of(state), changes.DecidedBy("Ana", "too late")))


def capacity(path: Path, net: float) -> None:
    with Workspace.open(path, actor="ada") as workspace:
        state = workspace.load()
        row = next(state.each(Capacity))
        workspace.apply(guard(state, Command("capacity", "less", (row.model_copy(update={"net": net}),)), "less"))


def snapshots(path: Path) -> list[Snapshot]:
    return list(stored(path).each(Snapshot))


def test_save_list_and_show(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("save", "before", "--note", "as agreed", "--as", "Eva") == 0
    assert "snapshot “before” saved: 6 items, odds" in capsys.readouterr().out
    (row,) = snapshots(db)
    assert (row.name, row.note, row.author, row.kind) == ("before", "as agreed", "Eva", "asked")
    assert run("list") == 0
    assert "before, Eva: as agreed" in capsys.readouterr().out
    assert run("list", "--json") == 0
    (listed,) = said(capsys)["snapshots"]
    assert (listed["name"], listed["hash"]) == ("before", row.hash)
    assert run("show", "BEFORE") == 0
    out = capsys.readouterr().out
    assert "Pay: load 12.0 of 24.0 ew net" in out
    assert "6  [F] Work 5, 2.0 ew" in out
    assert run("show", f"#{row.id}", "--json") == 0
    shown = said(capsys)
    assert [each["title"] for each in shown["items"]] == [f"Work {number}" for number in range(6)]
    assert shown["odds"] == forecast_of(stored(db)).odds


def test_restore_looks_first_and_goes_back_as_one_decision(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("save", "before") == 0
    as_saved = content_hash(freeze(stored(db)))
    drop(db, "Work 2")
    capsys.readouterr()
    assert run("restore", "before") == 1
    out = capsys.readouterr().out
    assert "Work 2, 2.0 ew" in out
    assert "nothing was restored" in out
    assert "Work 2" in titles(stored(db), "below")
    assert run("restore", "before", "--yes", "--by", "Eva", "--because", "second thoughts") == 0
    state = stored(db)
    assert content_hash(freeze(state)) == as_saved
    decision = list(state.each(Decision))[-1]
    assert (decision.title, decision.decided_by, decision.because) == (
        "the plan as in “before”",
        "Eva",
        "second thoughts",
    )
    assert [each.kind for each in snapshots(db)] == ["asked", "before restore"]
    assert run("restore", "before", "--yes", "--json") == 0
    assert said_last(capsys)["same"] is True
    with Workspace.open(db, actor="ada") as workspace:
        workspace.undo()
    assert "Work 2" in titles(stored(db), "below"), "undo takes the restore back"


def said_last(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out.strip().split("\n")[-1])
    assert isinstance(found, dict)
    return found


def test_what_does_not_fit_any_more_is_not_restored_from_here(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The capacity goes back with the snapshot; only the history can have made it too much since."""
    assert run("save", "before") == 0
    drop(db, "Work 2")
    with Workspace.open(db, actor="ada") as workspace:
        state = workspace.load()
        from store.records import Actual, new_id

        team = next(state.each(Capacity)).team_id
        rows = [
            Actual(id=new_id(), quarter="Q", number=state.quarter.number - back, team_id=team, estimate=2.0, actual=9.0)
            for back in (1, 2, 3, 4)
            for _ in range(8)
        ]
        workspace.apply(Command("edit", "a hard year", tuple(rows)))
    capsys.readouterr()
    assert run("restore", "before", "--yes", "--by", "Eva", "--because", "x") == 1
    assert "it does not fit any more: odds" in capsys.readouterr().err
    assert "Work 2" in titles(stored(db), "below")


def test_a_plan_that_was_below_its_target_then_takes_a_signature(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capacity(db, 9.0)
    assert run("save", "over") == 0
    capacity(db, 24.0)
    capsys.readouterr()
    assert run("restore", "over", "--yes") == 1
    assert "Somebody signs for that with --by NAME --because TEXT" in capsys.readouterr().err
    assert run("restore", "over", "--yes", "--by", "Eva", "--because", "we said so") == 0
    state = stored(db)
    (signature,) = [row for row in state.each(Signature) if row.cleared_at is None]
    assert (signature.name, signature.reason) == ("Eva", "we said so")
    assert list(state.each(Decision))[-1].kind == "over-commit"


def test_compare_tells_the_differences_and_ends_with_one(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("save", "before") == 0
    assert run("compare", "before") == 0
    assert "0 differences" in capsys.readouterr().out
    drop(db, "Work 2")
    assert run("compare", "before", "now") == 1
    out = capsys.readouterr().out
    assert "Work 2: 2.0 ew; below the line on the other side; decided by Ana: too late" in out
    assert "5 items are the same in both" in out
    assert run("compare", "before", "--json") == 1
    told = said(capsys)
    assert [(each["kind"], each["title"], each["place"]) for each in told["pairs"][0]["differences"]] == [
        ("only a", "Work 2", "below")
    ]
    assert told["sides"][1]["odds"] == forecast_of(stored(db)).odds
    assert run("compare", "before", "now", "before", "now") == 2


def test_compare_writes_markdown_and_html_and_no_file_twice(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("save", "before") == 0
    drop(db, "Work 2")
    page, notes = tmp_path / "c.html", tmp_path / "c.md"
    assert run("compare", "before", "--markdown", str(notes), "--html", str(page)) == 1
    assert "| Work 2 |" in notes.read_text(encoding="utf-8")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    capsys.readouterr()
    assert run("compare", "before", "--html", str(page)) == 3
    assert "is there already" in capsys.readouterr().err
    assert run("compare", "before", "--html", str(page), "--overwrite") == 1
    capsys.readouterr()
    assert run("compare", "before", "--markdown", "-") == 1
    assert capsys.readouterr().out.startswith("# From “before” to “now”")


def test_the_baseline_is_a_name_of_its_own(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", "baseline") == 2
    assert run("save", " Now ") == 2
    from tui.session.session import Session

    with Workspace.open(db, actor="ada") as workspace:
        session = Session(workspace)
        session.commit(changes.baseline(session.state, session.now.forecast))
    assert run("compare", "baseline") == 0
    drop(db, "Work 0")
    assert run("compare", "baseline") == 1
    capsys.readouterr()


def test_export_and_import_into_another_workspace(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("save", "a/../b", "--note", "two\nlines") == 0
    folder = tmp_path / "plans"
    assert run("export", "a/../b", "--to", str(folder)) == 0
    (path,) = folder.iterdir()
    assert path.name == "a-b.toml"
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    assert written["snapshot"]["name"] == "a/../b"
    assert run("export", "a/../b", "--to", str(folder)) == 0, "its own file may be written again"
    path.write_text("mine = 1\n")
    assert run("export", "a/../b", "--to", str(folder)) == 3
    assert path.read_text() == "mine = 1\n"
    assert run("export", "a/../b", "--to", str(folder), "--overwrite") == 0

    other = tmp_path / "other"
    other.mkdir()
    there = small(other, [("Work 1", 1.0, {"draw": 77}), ("else", 1.0, {"draw": 78})], net=24.0, team="pay")
    monkeypatch.setenv("MAKEROOM_DB", str(there))
    before = stored(there)
    capsys.readouterr()
    assert run("import", str(path)) == 1
    out = capsys.readouterr().out
    assert "not here: Work 5" in out
    assert "not here: Work 1" not in out
    assert stored(there).tables == before.tables, "nothing until it is confirmed"
    assert run("import", str(path), "--yes", "--as", "Eva") == 0
    (row,) = snapshots(there)
    assert (row.name, row.kind, row.note) == ("a/../b", "imported", "two\nlines")
    assert row.hash == snapshots(db)[0].hash
    assert titles(stored(there), "plan") == ["Work 1", "else"]
    capsys.readouterr()
    assert run("import", str(path), "--yes") == 0
    assert "it is here already" in capsys.readouterr().out
    assert run("restore", "a/../b", "--yes", "--make-missing") == 0
    assert titles(stored(there), "plan") == [f"Work {number}" for number in range(6)]
    assert titles(stored(there), "below") == ["else"]


def test_a_file_may_be_compared_without_being_kept(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "now", "--to", str(tmp_path / "plans")) == 0
    path = tmp_path / "plans" / "now.toml"
    text = path.read_text(encoding="utf-8")
    assert "[figures" not in text, "they follow from the items"
    said_of_it = "\n[figures]\nodds = 0.99\nload = 1.0\nnet = 30.0\none_offs = 0.0\n"
    edited = text.replace("likely = 2.0, high = 3.0", "likely = 2.5, high = 3.0", 1)
    path.write_text(edited + said_of_it, encoding="utf-8")
    capsys.readouterr()
    assert run("compare", str(path)) == 1
    assert "Resized" in capsys.readouterr().out
    assert snapshots(db) == []
    assert run("import", str(path), "--yes", "--name", "edited", "--json") == 0
    told = said(capsys)
    assert told["kept"]
    assert told["notes"] == ["its figures were not those of its items: now they are"]


BROKEN = [
    ("", "not a snapshot of makeroom"),
    ("format = 'makeroom snapshot'\nschema = 9\n", "newer makeroom"),
    ("a = [\n", "line 2"),
    ("\x00", "line 1"),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_broken_file_is_a_sentence_and_three(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    for command in ("import", "show"):
        assert run(command, str(path)) == 3
        error = capsys.readouterr().err
        assert words in error
        assert "x.toml" in error
    assert snapshots(db) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_is_read_or_written_through_a_link(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (tmp_path / "outside.toml").write_text("precious")
    (folder / "now.toml").symlink_to(tmp_path / "outside.toml")
    assert run("export", "now", "--to", str(folder), "--overwrite") == 3
    assert run("import", str(folder / "now.toml")) == 3
    assert (tmp_path / "outside.toml").read_text() == "precious"
    assert capsys.readouterr().err.count("is a link") == 2


def test_each_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("save", "list", "show", "restore", "compare", "export", "import"):
        assert run(command, "--help") == 0
        assert f"example:\n  makeroom snapshot {command}" in capsys.readouterr().out
    assert run() == 2
    assert run("show", "nothing of that name") in (2, 3)
    capsys.readouterr()


def test_no_screen_is_loaded_for_it(db: Path) -> None:
    code = (
        "import sys\nfrom tui.cli import main\n"
        "for a in (['save', 'x'], ['list'], ['show', 'x'], ['compare', 'x']): main(['snapshot', *a])\n"
        "sys.exit('textual' in sys.modules)"
    )
    environ = {**os.environ, "MAKEROOM_DB": str(db), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(isinstance(row, Item) for row in stored(db).each(Item))
