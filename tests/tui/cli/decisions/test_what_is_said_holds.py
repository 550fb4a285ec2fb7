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


def test_in_a_running_quarter_pages_and_promises_know_what_is_done_and_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db, file = str(tmp_path / "a.db"), tmp_path / "b.csv"
    rows = "Refunds,2,Brandt\nExport,3,Brandt\nTimetable,3,Brandt\n"
    file.write_text(f"title,ew,customer\n{rows}", encoding="utf-8")

    def run(*words: str) -> str:
        assert main(["--db", db, *words]) == 0, capsys.readouterr()
        return capsys.readouterr().out

    run("import", str(file), "--team", "Pay=30")
    run("quarter", "--starts", "2026-10-05", "--ends", "2026-12-31")
    run("fill", "--by", "Jo")
    run("commitments", "add", "Refunds", "--to", "Brandt", "--due", "2026-10-30")
    run("commitments", "add", "Export", "--to", "brandt", "--due", "2099-12-31")
    run("progress", "Refunds", "--done", "2026-10-28", "--spent", "1.6", "--on", "2026-11-02")
    run("progress", "Export", "--spent", "1", "--on", "2026-11-02")
    run("progress", "Timetable", "--spent", "1.2", "--on", "2026-11-02")
    run("interrupt", "3d Pay: outage >Brandt", "--on", "2026-11-02")
    run("drop", "Timetable", "--by", "Jo")
    page = run("memo", "account", "--customer", "Brandt", "--since", "2026-01-01")
    assert "“Refunds” is done; it is new on this page; promised by 2026-10-30, and kept." in page
    assert ", and begun; it is new on this page; promised by 2099-12-31." in page
    said = run("commitments")
    assert said.count("It was done on 2026-10-28.") == 1
    assert "past" not in said
    assert said.index("PROMISED, IN PLAN   1") < said.index("PROMISED, DONE   1")
    memo = run("memo", "executives", "--since", "2026-01-01")
    assert "Came in: “Refunds”" in memo
    day = run("memo", "team")
    assert "left of it: " in day
    assert "(week 5 of 13, progress of 2 Nov)" in day
    assert "Came between, and was done at once: “outage” for Brandt, 0.6 ew of Pay on 2026-11-02" in day
