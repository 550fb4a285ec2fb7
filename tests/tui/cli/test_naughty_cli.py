"""The command line with naughty names, titles and paths: clean lines, valid JSON, a sentence and no traceback.

About 10 s.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from itertools import islice
from pathlib import Path

import pytest

from store.records import Command, Item
from store.workspace.workspace import Workspace
from tests.tui.naughty import naughty, obeyed, without_surrogates
from tests.tui.terminal import ROOT, RUN, environment
from tui.cli import main

#: Of which a file's name may consist here; the longest is shorter than most systems' limit.
NAMES = (
    "[/]\x1b[2J.db",
    "a\u202eb\x9b31m.db",
    "x\ny.db",
    "[@click=app.quit]\x07.db",
    "\x7fdel%s{}.db",
    "-rf\u2028.db",
    "監 査\t.db",
)
ACTORS = ("\x1b]0;owned\x07Eve", "[red]", "\u202e\u2066", "a\nb", "\x9b2J", "%s{0.__class__}", "👩\u200d💻" * 90)


def clean_lines(text: str, what: str) -> None:
    for line in text.splitlines():
        assert obeyed(line) == [], f"{what}: {line!r}"
    assert "\x1b" not in text
    assert "Traceback" not in text


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and what was said; all of it clean, and JSON where that was asked for."""
    code = main(list(arguments))
    out, err = capsys.readouterr()
    clean_lines(out, f"{arguments}, out")
    clean_lines(err, f"{arguments}, err")
    assert code in (0, 1, 2, 3)
    if "--json" in arguments and out:
        (line,) = out.splitlines()
        assert isinstance(json.loads(line), dict)
    return code, out


def raw_workspace(path: Path, actor: str, titles: list[str]) -> None:
    """Written by another program, which cleaned nothing."""
    with pytest.MonkeyPatch.context() as other_program:
        for module in ("store.database.rows", "store.workspace.workspace"):
            other_program.setattr(f"{module}.clean", lambda text, multiline=False: text)
        with Workspace.open(path, actor=actor) as workspace:
            items = tuple(Item(id=-1 - at, title=title, rank=at, draw=at) for at, title in enumerate(titles))
            workspace.apply(Command("edit", titles[0][:500], items))
            workspace.apply(Command("edit", titles[1][:500], (Item(id=-1, title=titles[2], rank=9, draw=9),)))


def some(count: int, seed: int) -> list[str]:
    texts = (without_surrogates(text).replace("\0", "") for text in naughty(10 * count, seed))
    return list(islice((text for text in texts if text), count))


@pytest.mark.skipif(os.name != "posix", reason="such names are for POSIX")
@pytest.mark.parametrize("name", NAMES)
def test_verify_backup_restore_where(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    path = tmp_path / name
    raw_workspace(path, ACTORS[NAMES.index(name)], some(12, seed=len(name)))
    db = f"--db={path}"
    for more in ([], ["--json"]):
        assert run(capsys, db, "verify", *more)[0] == 0
        assert run(capsys, db, "backup", *more)[0] == 0
        assert run(capsys, db, "restore", *more)[0] == 0
    assert run(capsys, db, "where")[0] == 0
    said = json.loads(run(capsys, db, "backup", "--json")[1])
    backup = said["path"]
    assert Path(backup).exists(), "JSON gives the path as it is"
    with Workspace.open(path, actor=ACTORS[0]) as workspace:
        workspace.apply(Command("edit", "later", (Item(id=-1, title="\x1b[2Jlater", rank=1, draw=1),)))
    for more in ([], ["--json"], ["--yes"], ["--yes", "--json"]):
        assert run(capsys, db, "restore", backup, *more)[0] in (0, 1)
    assert run(capsys, db, "restore", "no-such\x1b[2J-backup")[0] == 3
    assert run(capsys, db, f"--follow={ACTORS[0]}", "verify")[0] == 0


def test_what_an_import_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that are taken, refused, updated and kept, and a header of the same kind."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    db = f"--db={tmp_path / 'room.db'}"
    texts = [text for text in some(400, seed=3) if len(text) < 500]
    odd = [text.replace("\n", " ").replace("\r", " ") for text in some(4, seed=5)]
    for turn in range(2):
        file = tmp_path / f"in\x1b[2J{turn}.csv" if os.name == "posix" else tmp_path / f"in{turn}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["key", "title", "owner", "ew", "note", *odd])
            for at, text in enumerate(texts):
                ew = ("1-2-3", "2", text, "9-1-2", "")[at % 5] if turn == 0 else "2-3-4"
                rows.writerow([f"{at}", text if turn == 0 else f"{text}!", text, ew, text, text])
        for more in (["--dry-run"], []):
            code, out_text = run(capsys, db, "import", str(file), "--team", "[/]\x1b[2JPay=30", *more)
            assert code == 0, out_text
    for wrong in (
        ["--column", "title=\x1b[2J"], ["--team", "\u202e"], ["--map", "x\x9b:y=Z"], ["--delimiter", "\x1b"],
        ["--encoding", "\x1b[2J"], ["--points-per-week", "\x1b[2J"], ["--dates", "\x07"], ["--\x1b[2J"],
    ):  # fmt: skip
        assert run(capsys, db, "import", str(file), *wrong)[0] in (0, 2, 3)
    history = tmp_path / "done.csv"
    with history.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["quarter", "team", "title", "estimate", "actual"])
        rows.writerows([["2025Q3", text[:150], text, "2", "3"] for text in texts[:60]])
        rows.writerows([[text, text, text, text, text] for text in texts[:60]])
    for more in (["--dry-run"], ["--create-teams"], []):
        assert run(capsys, db, "import-history", str(history), *more)[0] in (0, 2, 3)


def test_arguments_of_every_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No text is taken for an order, and none ends in a traceback. Nothing that opens the board."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    db = f"--db={tmp_path / 'room.db'}"
    Workspace.open(tmp_path / "room.db", actor="ada").close()
    for text in some(150, seed=9):
        text = text[:3000]
        run(capsys, db, "restore", "--", text)
        run(capsys, db, "import", "--", f"{tmp_path}/{text}")
        run(capsys, db, "verify", f"{text}x")
        run(capsys, f"--db={tmp_path}/none/{text}", "verify", "--json")
    for path in ("~nobody-of-that-name/x.db", "~\x1b[2J/x"):
        assert run(capsys, f"--db={path}", "verify")[0] == 3
        assert run(capsys, db, "backup", "--to", path)[0] == 3
        assert run(capsys, db, "restore", path)[0] == 3


@pytest.mark.skipif(os.name != "posix", reason="bytes as arguments")
def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """As a shell hands them over: a path and a name that are not UTF-8."""
    path = os.fsencode(tmp_path) + b"/half\xff\x9b.db"
    for arguments in ([b"verify", b"--json"], [b"where"], [b"backup"], [b"restore", b"\xed\xa0\x80\x1b"]):
        done = subprocess.run(
            [*RUN, b"--db", path, b"--as", b"\xff\x1b[2J", *arguments],
            env=environment(tmp_path), cwd=ROOT, capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        for said in (done.stdout, done.stderr):
            clean_lines(said.decode("utf-8"), str(arguments))
        assert done.returncode in (0, 3)
