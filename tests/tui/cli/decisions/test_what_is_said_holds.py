"""What memos and fills say holds: in the workspace's currency, and of what is answered another way."""

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


def test_a_fill_leaves_what_is_answered_another_way_or_put_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db, file = str(tmp_path / "a.db"), tmp_path / "b.csv"
    file.write_text("title,ew,team,customer\nBerths,2,Pay,Brandt\n", encoding="utf-8")

    def run(*words: str) -> str:
        assert main(["--db", db, *words]) == 0, capsys.readouterr()
        return capsys.readouterr().out

    run("import", str(file), "--team", "Pay=14")
    run("currency", "EUR")
    said = run("add", "Price list ~1 >Brandt $480k team:Pay", "--inbox")
    assert "kept in the title, since they name no field: $480k (amounts are in EUR here)" in said
    run("add", "Points ~1 team:Pay", "--inbox")
    run("trade", "Price list", "--way", "configure", "--by", "Jo")
    run("trade", "Points", "--way", "sequence", "--field", "due=2099-04-15", "--by", "Jo")
    said = run("fill", "--by", "Jo")
    assert "Filled in rank order: 1 item; 2 items answered another way or put off" in said
    assert " is answered by configuration; before, it was not decided yet" in run(
        "memo", "account", "--customer", "Brandt"
    )
    use_currency("USD")
