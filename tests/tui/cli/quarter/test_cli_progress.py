"""The quarter as it runs by commands: told, shown, taken back, and refused with nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scenarios.quarter.progress import ToldItem, tell_progress
from store.common.errors import StaleError
from store.records import Progress, UnplannedWork
from store.workspace.workspace import Workspace
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of
from tests.tui.ines import with_ines

shell = shells.shell
ON = ("--on", "2027-02-08")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Rates (2 ew) and Fees of Pay in plan, and the first quarter of 2027."""
    path = with_ines(tmp_path / "team.db")
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def test_progress_is_told_shown_and_taken_back(db: Path, shell: Shell, tmp_path: Path) -> None:
    before = contents(db)
    assert "nobody has recorded progress yet" in shell.lines("progress")
    found = shell("progress", "Rates", "--spent", "3d", "--left", "1-2-3", *ON, kind="progress")
    assert (found["done"], found["on"], found["week"], found["weeks"]) == (True, "2027-02-08", 6, 13)
    part = found["items"][0]["teams"][0]
    assert (part["spent"], part["left"], part["left_low"], part["left_high"]) == (0.6, 2, 1, 3)
    assert not shell("progress", "Rates", "--spent", "3d", "--left", "1-2-3", *ON, kind="progress")["done"]
    shell.lines("undo")
    assert contents(db) == before
    lines = tmp_path / "friday.txt"
    lines.write_text("# what was said on Friday\nRates --done 2027-02-05\n\nFees --tenths 4\n", encoding="utf-8")
    assert "“Rates” done 5 Feb; “Fees” 4 tenths done (Ana): odds" in shell.lines(
        "progress", "--file", str(lines), "--by", "Ana", *ON
    )
    assert len(list(state_of(db).each(Progress))) == 2
    said = shell.lines("progress")
    assert "week 6 of 13, progress of 8 Feb" in said
    # Rates is done, four tenths of the 2 ew of Fees are; 8 of Ines' 13 weeks are left.
    pay = next(team for team in shell("status", kind="status")["teams"] if team["name"] == "Pay")
    assert (pay["load"], pay["load_left"], pay["net_left"]) == (4.0, pytest.approx(1.2), pytest.approx(8.0))
    for command in ("status", "odds"):
        assert "left: net   8.0 of  13.0  load   1.2 of   4.0" in shell.lines(command)
    assert "done 5 Feb, nobody counted" in said
    assert "nothing new" in shell.lines("progress", "--confirm", "--on", "2027-02-09")
    shell.lines("undo")
    shell.lines("undo")
    assert contents(db) == before
    both = shell("progress", "--item", "Rates --done", "--item", "Fees --tenths 4", *ON, kind="progress")
    assert [(item["done"], item["left"] == 0) for item in both["items"]] == [(True, True), (False, False)]


def test_interrupts_are_kept_listed_and_taken_out(db: Path, shell: Shell) -> None:
    before = contents(db)
    shell("interrupt", "2d Pay: outage >Northwind by:ops", *ON)
    assert [row.title for row in state_of(db).each(UnplannedWork)] == ["outage"]
    found = shell("interrupts", kind="interrupts")
    (one,) = found["interrupts"]
    assert (one["team"], one["effort"], one["customer"], one["asked_by"]) == ("Pay", 0.4, "Northwind", "ops")
    assert found["teams"] == [{"team": "Pay", "effort": 0.4, "share": pytest.approx(0.4 / 13)}]
    assert "0.4 ew of Pay: outage for Northwind, asked by ops" in shell.lines("interrupts")
    shell.lines("interrupts", "--remove", str(one["id"]))
    assert not list(state_of(db).each(UnplannedWork))
    shell.lines("undo")
    shell.lines("undo")
    assert contents(db) == before


def test_what_cannot_be_leaves_every_byte(db: Path, shell: Shell, tmp_path: Path) -> None:
    held = db.read_bytes()
    for words, sentence in (
        (["progress", "Rates", "--spent", "1", "--on", "2026-12-01"], "lies before it"),
        (["progress", "Rates", "--spent", "6h", *ON], "makeroom rates hours=40"),
        (["progress", "Rates", *ON], "nothing is said of “Rates”"),
        (["progress", "--tenths", "4"], "say of which item"),
        (["progress", "--item", "Rates --tenths x", *ON], "invalid int value"),
        (["progress", "--item", "'Rates --tenths 4", *ON], "put a title of several words between quotes"),
        (["progress", "--item", "Rates --tenths 4", "--item", "Nope --done", *ON], "there is no item “Nope”"),
        (["progress", "--file", str(tmp_path / "none.txt"), *ON], "cannot be read"),
        (["progress", "Rates", "--team", "Web", "--spent", "1", *ON], "has no part of Web"),
        (["interrupt", "outage", *ON], "begin with how much it took"),
        (["interrupts", "--remove", "4"], "no interrupt number 4"),
    ):
        assert sentence in shell.refused(*words), words
        assert db.read_bytes() == held, words


def test_status_says_the_week_and_closing_takes_progress_as_it_stands(db: Path, shell: Shell) -> None:
    assert shell("status", kind="status")["running"] is None
    shell.lines("progress", "--item", "Rates --spent 2.25 --done", "--item", "Fees --spent 0.5", *ON)
    shell.lines("interrupt", "6.5d Pay: outage", "--on", "2027-02-09")
    found = shell("status", kind="status")["running"]
    assert (found["on"], found["week"], found["weeks"], found["done"]) == ("2027-02-08", 6, 13, 1)
    assert found["unplanned"] == 1.3
    assert "week 6 of 13, progress of 8 Feb" in shell.lines("status")
    assert "1 of 2 items done, 1.3 ew came unplanned" in shell.lines("status")
    before = contents(db)
    closing = shell("close", kind="close", code=1)
    assert [(each["title"], each["done"], each["took"], each["spent"]) for each in closing["items"]] == [
        ("Rates", True, 2.25, None),
        ("Fees", False, None, 0.5),
    ]
    # 1.3 of 13 ew, unless somebody says otherwise.
    assert closing["unplanned"] == {"Pay": pytest.approx(0.1)}
    assert shell("close", "--unplanned", "Pay=20", "--took", "Rates=?", kind="close", code=1)["unplanned"] == {
        "Pay": 0.2
    }
    shell.lines("close", "--yes")
    assert shell("status", kind="status")["running"] is None
    assert [row.told_on for row in state_of(db).each(Progress)] == [None, None]
    shell.lines("undo")
    assert contents(db) == before


def test_two_who_tell_of_an_item_at_once(db: Path) -> None:
    """The second one hears of which item, and who told what, whether it was told of before or not."""
    with Workspace.open(db, actor="Bo") as bo, Workspace.open(db, actor="Cy") as cy:
        bo.apply(tell_progress(bo.load(), date(2027, 2, 8), [ToldItem(2, spent=1.0)]).command)
        for spent, words in ((1.0, "was told meanwhile: Bo"), (1.5, "changed since you looked: Bo")):
            told = tell_progress(cy.load(), date(2027, 2, 8), [ToldItem(1, spent=spent)]).command
            bo.apply(tell_progress(bo.load(), date(2027, 2, 8), [ToldItem(1, spent=spent - 0.5)]).command)
            with pytest.raises(StaleError, match=f"The progress of “Rates” {words}.*look again"):
                cy.apply(told)


def test_a_week_is_a_day_in_every_option(db: Path, shell: Shell, tmp_path: Path) -> None:
    # The quarter is 13 weeks from Monday, 4 January.
    found = shell("progress", "Rates", "--started", "w2", "--tenths", "4", "--on", "week 6", kind="progress")
    assert found["on"] == "2027-02-14"
    shell.lines("progress", "--item", "Fees --started w1 --done w5", "--on", "w6")
    assert {(row.started_on, row.done_on) for row in state_of(db).each(Progress)} == {
        (date(2027, 1, 11), None),
        (date(2027, 1, 4), date(2027, 2, 7)),
    }
    before = contents(db)
    other = str(tmp_path / "other.db")
    for words, said in (
        (("progress", "Rates", "--left", "1", "--on", "w99"), "--on: the quarter has weeks 1 to 13"),
        (("progress", "--item", "Rates --done w99", "--on", "w6"), "“Rates --done w99”: --done: the quarter has weeks"),
        (("decisions", "--since", "w99"), "--since: the quarter has weeks 1 to 13"),
        (("week", "--db", other, "--since", "w6"), "--since: There is no workspace at"),
    ):
        assert said in shell.refused(*words, code=3 if other in words else 2)
    assert contents(db) == before
