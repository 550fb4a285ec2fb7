"""A memo is in the workspace's currency, also as the first command of a process."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.figures.amounts import use_currency
from tui.cli import main


def test_a_memo_is_in_the_workspaces_currency(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, file = str(tmp_path / "a.db"), tmp_path / "b.csv"
    file.write_text("title,ew,team,customer\nBerths,2,Pay,Brandt\n", encoding="utf-8")
    for words in (
        ["import", str(file), "--team", "Pay=14"],
        ["currency", "EUR"],
        ["account", "Brandt", "--arr", "306500"],
        ["add", "Harbour feed >Brandt", "--inbox"],
        ["defer", "Harbour feed", "--by", "Jo"],
    ):
        assert main(["--db", db, *words]) == 0, capsys.readouterr()
    for audience in ("team", "executives"):
        # What the commands before left behind in this process is not there in another one.
        use_currency("USD")
        capsys.readouterr()
        assert main(["--db", db, "memo", audience]) == 0
        said = capsys.readouterr().out
        assert "Harbour feed”; waiting: Brandt, €306,500 a year" in said
        assert "$" not in said
    use_currency("USD")
