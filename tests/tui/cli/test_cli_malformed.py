"""A hundred files that cannot be imported: one sentence each, exit 2 or 3, and a workspace in which nothing changed.

The largest is 50 MB; together about 20 seconds on a busy machine.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.workspace.workspace import Workspace
from tests.store.imports.malformed import CASES, case
from tests.store.imports.workbooks import packed, parts_of, rows_of, workbook
from tui.cli import main


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace with a backlog in it."""
    folder = tmp_path_factory.mktemp("malformed")
    (folder / "first.csv").write_text("key,title,days\nA-1,Audit log,5\nA-2,Export,2\n")
    assert main(["--db", str(folder / "a.db"), "import", str(folder / "first.csv")]) == 0
    return folder / "a.db"


def content(path: Path) -> str:
    """Every record and every entry of the journal, as one hash."""
    with Workspace.open(path, read_only=True) as workspace:
        state = workspace.load()
        lines = [repr(state.tables), *map(repr, workspace.events())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_there_are_a_hundred() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize("name", CASES)
def test_is_refused_with_a_sentence(
    name: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    data, words = case(name)
    (tmp_path / "bad").write_bytes(data)
    before, held = content(path), path.read_bytes()
    code = main(["--db", str(path), "import", str(tmp_path / "bad")])
    out, error = capsys.readouterr()
    assert code in (2, 3)
    assert out == ""
    assert error.startswith("makeroom: ")
    assert error.count("\n") == 1
    assert error.rstrip().endswith(".")
    assert words in error
    assert len(error) < 1_000
    assert (content(path), path.read_bytes()) == (before, held)


def test_what_looks_like_a_formula_is_text(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is computed or fetched, in CSV and in a sheet alike."""
    rows: list[list[object]] = [["Title", "Days"], ["=cmd|' /C calc'!A0", 1], ["@SUM(1+1)", ("WEBSERVICE(1)", 2)]]
    (tmp_path / "f.xlsx").write_bytes(workbook(B=rows))
    (tmp_path / "f.csv").write_text("Title,Days\n=cmd|' /C calc'!A0,1\n@SUM(1+1),2\n")
    for name in ("f.xlsx", "f.csv"):
        assert main(["--db", str(path), "import", str(tmp_path / name), "--dry-run"]) == 0
        out = capsys.readouterr().out
        assert "[F] =cmd|' /C calc'!A0, 0.2 ew" in out
        assert "[F] @SUM(1+1), 0.4 ew" in out


def test_an_entity_in_a_cell_brings_nothing_in(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    parts = parts_of({"B": rows_of([["Title"], ["[&here;]"]]).replace("&amp;here;", "&here;")})
    name = "xl/worksheets/sheet1.xml"
    parts[name] = f'<!DOCTYPE x [<!ENTITY here SYSTEM "{secret.as_uri()}">]>' + parts[name]
    (tmp_path / "f.xlsx").write_bytes(packed(dict(parts)))
    main(["--db", str(path), "import", str(tmp_path / "f.xlsx"), "--dry-run"])
    out, error = capsys.readouterr()
    assert "the secret" not in out + error
