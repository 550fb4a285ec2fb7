"""Every decision has a who: the name of ``--by``, else the one of ``--as``."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.records import Decision
from store.workspace.workspace import Workspace
from tui.cli import main


def test_fill_and_baseline_and_what_fits_have_a_who(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, db = tmp_path / "b.csv", tmp_path / "a.db"
    file.write_text("title,ew,team\n" + "".join(f"Item {at},2,Pay\n" for at in range(6)), encoding="utf-8")

    def run(*words: str) -> None:
        assert main(["--db", str(db), *words]) == 0, capsys.readouterr()

    run("--as", "Maya", "import", str(file), "--team", "Pay=14")
    run("--as", "Maya", "fill", "--because", "rank order")
    run("--as", "Maya", "baseline", "--by", "Jo")
    run("--as", "Maya", "size", "Item 1", "1.5")
    run("--as", "Maya", "drop", "Item 0")
    run("--as", "Maya", "add", "Small one ~0.5 #F")
    with Workspace.open(db, read_only=True) as workspace:
        found = list(workspace.load().each(Decision))
    assert [(row.kind, row.decided_by) for row in found if row.kind in ("fill", "baseline")] == [
        ("fill", "Maya"),
        ("baseline", "Jo"),
    ]
    assert found[0].because == "rank order"
    assert len(found) == 5
    assert all(row.decided_by for row in found)
