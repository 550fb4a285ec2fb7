"""What a shell, a script and somebody who mistypes may expect of every command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import tests.tui.cli.shell as shells
from tests.tui.cli.shell import ROOT, Shell, contents, validator
from tui.cli import main
from tui.cli.arguments import COMMANDS

db, shell = shells.db, shells.shell

#: Commands that change what is there, as they are typed; those that begin a workspace are not among them.
CHANGING = (
    ("undo",), ("redo",), ("fill",), ("baseline",), ("drop", "x"), ("defer", "x"), ("decline", "x"), ("trade", "x"),
    ("size", "x", "3"), ("settle",), ("rates", "points=8"), ("charter", "set", "rate=4000"), ("capacity", "Pay=9"),
    ("capacity", "--target", "80"), ("item", "x", "--rank", "1"), ("card", "x", "--verdict", "wedge"),
    ("close", "--yes"),
    ("aims", "F=50"), ("slices", "F", "--name", "y"), ("shirts", "M=2"), ("quarter", "--name", "Q9"),
    ("people", "add", "Ana"), ("snapshot", "save", "x"), ("scenario", "branch", "x"),
    ("commitments", "add", "x", "--to", "y"),
    ("exceptions", "clear", "1"), ("one-offs", "clear"), ("team", "rename", "a", "b"),
)  # fmt: skip


@pytest.mark.parametrize("words", CHANGING, ids=" ".join)
def test_a_mistyped_path_makes_no_workspace(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mistyped.db"
    assert main(["--db", str(path), *words]) in (2, 3)
    assert list(tmp_path.iterdir()) == []
    said = capsys.readouterr().err
    assert "There is no workspace at" in said or "Try: makeroom" in said


def test_import_and_add_begin_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.csv").write_text("title,weeks\nAudit log,2\n", encoding="utf-8")
    for words in (
        ("import", str(tmp_path / "b.csv"), "--team", "Pay=9"),
        ("add", "Audit log"),
        ("capacity", "A=9", "--new-team"),
    ):
        path = tmp_path / f"{words[0]}.db"
        assert main(["--db", str(path), *words]) == 0
        assert path.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("plna",), "there is no command “plna”: did you mean plan? Try: makeroom --help"),
        (("snapshot", "sav", "x"), "there is no command “sav”: did you mean save? Try: makeroom snapshot --help"),
        (("frobnicate",), "there is no command “frobnicate”. Try: makeroom --help"),
        (("status", "--jsn"), "there is no option --jsn: did you mean --json? Try: makeroom status --help"),
        (
            ("add", "x", "--becuase=y"),
            "there is no option --becuase=y: did you mean --because? Try: makeroom add --help",
        ),
        (("status", "now"), "“now” is one word too many. Try: makeroom status --help"),
        (("pl\x1b[2Jna",), "there is no command “pl[2Jna”. Try: makeroom --help"),
    ],
)
def test_did_you_mean(typed: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(typed) == 2
    error = capsys.readouterr().err
    assert error == f"makeroom: {said}\n"


def test_help_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    names = [name for _, _, names in COMMANDS for name in names]
    assert main(["help"]) == 0
    out = capsys.readouterr().out
    assert all(f"    {name}" in out for name in names)
    for name in names:
        assert main(["help", name]) == main([name, "--help"]) == 0
        first, second = capsys.readouterr().out.split(f"usage: makeroom {name}")[1:]
        assert first == second
    assert main(["help", "snapshot", "save"]) == 0
    assert capsys.readouterr().out.startswith("usage: makeroom snapshot save")
    assert main(["-V"]) == main(["--version"]) == 0
    short, long = capsys.readouterr().out.splitlines()
    assert short == long


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("item", "no such thing"), 2),
        (("status", "--jsn"), 2),
        (("swaps", "no such thing"), 2),
        (("--db", "/nowhere/at all.db", "status"), 3),
        (("restore", "no-such-backup"), 3),
        (("import", "/nowhere/b.csv"), 3),
    ],
)
def test_what_went_wrong_is_json_where_that_was_asked_for(
    db: Path, words: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(db)
    assert main([*words, "--json"]) == code
    out, error = capsys.readouterr()
    found = json.loads(out)
    validator("error").validate(found)
    assert error == f"makeroom: {found['error']}\n"
    assert found["exit"] == code
    assert contents(db) == before
    assert main([*words]) == code
    assert capsys.readouterr().out == ""


def test_snapshots_backups_and_compare_say_what_is_published(db: Path, shell: Shell, tmp_path: Path) -> None:
    shell("snapshot", "save", "before", kind="snapshot")
    assert shell("snapshot", "list", kind="snapshots")["snapshots"][0]["name"] == "before"
    assert shell("snapshot", "show", "before", kind="snapshot shown")["items"]
    path = shell("snapshot", "export", "before", "--to", str(tmp_path), kind="snapshot file")["path"]
    assert shell("snapshot", "import", path, kind="snapshot read")["there_already"] == "before"
    assert shell("compare", "before", "now", kind="compare")["same"]
    assert shell("verify", kind="verify")["sound"]
    made = shell("backup", kind="backup")
    assert made["path"] in [each["path"] for each in shell("restore", kind="backups")["backups"]]
    title = shell("plan", kind="plan")["plan"][0]["title"]
    shell("drop", title, "--by", "Jo", "--because", "x")
    assert [
        each["title"] for each in shell("compare", "before", "now", kind="compare", code=1)["pairs"][0]["differences"]
    ]
    assert shell("restore", Path(made["path"]).stem, kind="restore", code=1)["lost"]
    assert not shell("snapshot", "restore", "before", kind="snapshot restored", code=1)["restored"]
    file = tmp_path / "plan.md"
    assert shell("export", "plan", "-o", str(file), kind="export")["file"] == str(file)


@pytest.mark.parametrize("words", [(), ("demo",), ("follow",), ("--db", "x.db")], ids=" ".join)
def test_no_terminal_is_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())", *words],
        cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("makeroom: the board needs a terminal")
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.rglob("*.db"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
def test_closed_output_is_a_sentence_and_no_file_takes_its_place(db: Path) -> None:
    """With ``>&-`` the next file that is opened is standard output: the workspace must not be."""
    before = db.read_bytes()
    command = f'"{sys.executable}" -c "import sys; from tui.cli import main; sys.exit(main())" --db "{db}" undo >&-'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 3
    assert done.stderr.startswith("makeroom: standard output is closed")
    assert db.read_bytes() == before
