"""The record of a finished quarter by commands: closed with what goes on and what nobody counted, shown, corrected."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.records import Progress
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of
from tests.tui.ines import with_ines

shell = shells.shell


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = with_ines(tmp_path / "team.db")
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def test_closed_shown_and_corrected(db: Path, shell: Shell) -> None:
    words = ["--took", "Rates=?", "--took", "Fees=1.5+", "--unplanned", "Pay=10", "--delivered", "Pay=11", "--yes"]
    found = shell("close", *words, kind="close")
    assert [(each["title"], each["done"], each["took"], each["spent"]) for each in found["items"]] == [
        ("Rates", True, None, None),
        ("Fees", False, None, 1.5),
    ]
    assert (found["opens"], found["delivered"]) == ("Q2 2027", {"Pay": 11})
    assert [row.spent for row in state_of(db).each(Progress)] == [1.5]
    before = contents(db)
    record = shell("actuals", kind="actuals")
    assert record["items"] == [{"title": "Rates", "team": "Pay", "estimate": 2, "took": None}]
    assert (record["unplanned"], record["planned"], record["delivered"]) == ({"Pay": 0.1}, {"Pay": 13}, {"Pay": 11})
    assert "Rates (Pay): estimated at 2.0 ew, nobody counted what it took" in shell.lines("actuals", "q1 2027")
    assert "“Rates”, planned 2.0 ew, what it took is not on record" in shell.lines("memo", "executives")
    assert contents(db) == before
    shell("actuals", "--took", "Rates=Pay:4", "--unplanned", "Pay=20", "--delivered", "Pay=9.5")
    record = shell("actuals", kind="actuals")
    assert (record["items"][0]["took"], record["unplanned"], record["delivered"]) == (4, {"Pay": 0.2}, {"Pay": 9.5})
    assert "“Rates”, planned 2.0 ew, took 4.0 ew" in shell.lines("memo", "executives")
    assert "nothing to change" in shell.lines("actuals", "--took", "Rates=4")
    for wrong, sentence in (
        (["Q9"], "no finished quarter “Q9”: they are Q1 2027"),
        (["--took", "Fees=4"], "no finished item “Fees”"),
        (["--took", "Rates=4+"], "without +"),
        (["--took", "Rates"], "write ITEM=EW"),
        (["--delivered", "Web=x"], "“x” is not a number"),
        (["--unplanned", "Pay=101"], "between 0 and 100%"),
    ):
        assert sentence in shell.refused("actuals", *wrong)
    shell.lines("undo")
    assert contents(db) == before
