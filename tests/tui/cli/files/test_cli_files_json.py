"""What the commands that take files in, write them and say where they are tell programs, by the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.records import Item
from tests.tui.cli.shell import Shell, db, state_of  # noqa: F401 (a fixture)
from tui.cli import main

BACKLOG = (
    "key,title,weeks,type\nA-1,Audit log,2,story\nA-2,\x1b[31mBulk [bold]edit,3,bug\nA-3,,1,bug\nA-4,Export,lots,bug\n"
)


@pytest.fixture
def shell(db: Path, capsys: pytest.CaptureFixture[str]) -> Shell:  # noqa: F811
    return Shell(capsys)


def test_an_import_counts_its_rows_and_names_each(db: Path, shell: Shell, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "b.csv").write_text(BACKLOG)
    before = len(state_of(db).all(Item))
    looked = shell("import", str(tmp_path / "b.csv"), "--dry-run", kind="import")
    assert (looked["done"], looked["dry_run"]) == (False, True)
    assert len(state_of(db).all(Item)) == before
    found = shell("import", str(tmp_path / "b.csv"), kind="import")
    assert found["done"]
    assert found["database"] == str(db)
    assert (
        found["rows"] == 4 == found["new"] + found["updated"] + found["kept"] + found["unchanged"] + found["rejected"]
    )
    assert [row["key"] for row in found["new_rows"]] == looked_keys(looked)
    assert len(state_of(db).all(Item)) == before + found["new"]
    assert all(row["reason"] for row in found["rejected_rows"])
    assert 4 in [row["line"] for row in found["rejected_rows"]]
    # The same file again is the same as once.
    again = shell("import", str(tmp_path / "b.csv"), kind="import")
    assert (again["done"], again["new"], again["unchanged"]) == (False, 0, found["new"])
    # A newer one: one row follows it, one is gone.
    (tmp_path / "b.csv").write_text("key,title,weeks,type\nA-1,Audit log for admins,2,story\n")
    newer = shell("import", str(tmp_path / "b.csv"), "--save-mapping", str(tmp_path / "ours.toml"), kind="import")
    assert [row["changes"] for row in newer["updated_rows"]] == [["now called Audit log for admins"]]
    assert "A-2" in [row["key"] for row in newer["gone"]]
    assert newer["mapping"] == str(tmp_path / "ours.toml")
    assert Path(newer["mapping"]).is_file()


def looked_keys(looked: dict[str, list[dict[str, str]]]) -> list[str]:
    return [row["key"] for row in looked["new_rows"]]


def test_history_and_people_say_what_they_did_to_the_odds(db: Path, shell: Shell, tmp_path: Path) -> None:  # noqa: F811
    history = tmp_path / "history.csv"
    history.write_text(
        "quarter,team,title,estimate,actual\n2025Q3,Web,One,2,4\n2025Q3,Web,Two,1,2\n2025Q3,Web,Bad,1,x\n"
    )
    before = shell("status", kind="status")["odds"]
    found = shell("import-history", str(history), kind="taken in")
    assert found["done"]
    assert len(found["rejected_rows"]) == 1
    assert any("Web" in words for words in found["learned"])
    assert found["odds"]["before"] == before
    assert found["odds"]["after"] == shell("status", kind="status")["odds"]
    people = tmp_path / "people.csv"
    people.write_text("name,team,leave from,leave to\nAna,Web,2027-01-11,2027-01-15\n")
    looked = shell("import-people", str(people), "--dry-run", kind="taken in")
    assert not looked["done"]
    assert looked["what"].startswith("1 ")
    # 28.0 before; 13 weeks less a week of leave and a closed day, at 80% focus and 12.5% interrupts.
    assert looked["net"]["Web"] == pytest.approx(26.4 + (13 - 1 - 0.2) * 0.8 * 0.825, abs=0.05)
    assert looked["odds"]["after"] > looked["odds"]["before"]


def test_a_whole_workspace_goes_through_json_and_back(
    db: Path,  # noqa: F811
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "whole.json"
    written = shell("export", "all", "--format", "json", "-o", str(target), kind="written")
    assert (written["file"], written["format"]) == (str(target), "json")
    other = tmp_path / "other.db"
    monkeypatch.setenv("MAKEROOM_DB", str(other))
    found = shell("import", str(target), kind="taken in")
    assert found["done"]
    assert found["database"] == str(other)
    assert [each.title for each in state_of(other).each(Item)] == [each.title for each in state_of(db).each(Item)]


def test_export_here_as_json_is_the_json_format(db: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    assert main(["export", "--json"]) == 0
    plain = capsys.readouterr().out
    assert main(["export", "--format", "json"]) == 0
    first, second = json.loads(plain), json.loads(capsys.readouterr().out)
    assert first.keys() == second.keys()


def test_where_and_demo(
    db: Path,  # noqa: F811
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found = shell("where", kind="where")
    assert (found["database"], found["chosen"], found["exists"]) == (str(db), "MAKEROOM_DB", True)
    assert not found["demo_exists"]
    made = shell("demo", kind="demo")
    assert (made["database"], made["kept"]) == (found["demo"], "")
    assert len(state_of(Path(made["database"])).all(Item)) > 50
    assert shell("where", kind="where")["demo_exists"]
    # Anew: what was there is kept.
    fresh = shell("demo", "--fresh", kind="demo")
    assert Path(fresh["kept"]).is_file()
    assert Path(fresh["database"]).is_file()


def test_share_says_who_may(db: Path, shell: Shell) -> None:  # noqa: F811
    found = shell("share", kind="share")
    assert (found["path"], found["group"]) == (str(db), None)
    assert shell("share", "--private", kind="share") == {**found, "access": found["access"]}
    assert found["access"].startswith("private")
    grp = pytest.importorskip("grp")
    alone = db.with_name("alone") / "team.db"
    alone.parent.mkdir()
    db.rename(alone)
    name = grp.getgrgid(alone.stat().st_gid).gr_name
    found = shell("share", name, "--db", str(alone), kind="share")
    assert (found["group"], found["access"]) == (name, f"shared with the group {name}")
