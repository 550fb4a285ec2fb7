"""Aims, slice rules, T-shirts, units and the quarter by commands, on a workspace of a few rows. About 6 s."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.records import (
    Command,
    Shirt,
    Slice,
    SliceRule,
    Valuing,
)  # fmt: skip
from store.workspace.workspace import Workspace
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of
from tests.tui.ines import with_ines
from tui.cli import main

shell = shells.shell


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = with_ines(tmp_path / "team.db")
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def aims(path: Path) -> dict[str, float]:
    return {row.letter: row.aim for row in state_of(path).each(Slice)}


def rules(path: Path) -> list[str]:
    rows = sorted(state_of(path).each(SliceRule), key=lambda row: row.position)
    return [f"{row.field} {row.value} = {row.slice}" for row in rows]


def shirts(path: Path) -> dict[str, tuple[float, float, float]]:
    rows = sorted(state_of(path).each(Shirt), key=lambda row: row.position)
    return {row.letter: (row.low, row.likely, row.high) for row in rows}


class TestAims:
    def test_shown_beside_what_is_planned(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        found = shell("aims", kind="aims")
        assert [(each["letter"], each["aim"], each["share"], each["ew"]) for each in found["slices"]] == [
            ("F", 50, 0.5, 2), ("I", 20, 0.5, 2), ("Q", 15, 0, 0), ("D", 10, 0, 0), ("O", 5, 0, 0),
        ]  # fmt: skip
        assert found["total"] == 100
        lines = shell.lines("aims").splitlines()
        assert lines[0] == "  F Features: aim 50%; planned 50% (2.0 ew)"
        assert lines[-2:] == ["  O One-offs: aim 5%, ceiling 10%; planned 0% (0.0 ew)", "aims 100% in all"]
        assert db.read_bytes() == before

    def test_set_and_taken_back(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        done = shell("aims", "F=45.5", "one-offs=9.5%", kind="changed")
        assert done["what"] == "aims F 50 → 45.5, O 5 → 9.5"
        assert aims(db) == {"F": 45.5, "I": 20, "Q": 15, "D": 10, "O": 9.5}
        assert shell.lines("aims", "F=45.5") == "nothing to change\n"
        assert shell.lines("undo").startswith("undone: aims F 50")
        assert contents(db) == before

    def test_the_others_give_it(self, db: Path, shell: Shell) -> None:
        # 10 points of I 20, Q 15 and O 5, in proportion 4:3:1; D is at its floor: 5, 3.75 and 1.25, rounded to 100.
        shell.lines("aims", "F=60", "--others")
        assert aims(db) == {"F": 60, "I": 15, "Q": 11, "D": 10, "O": 4}
        shell.lines("undo")
        shell.lines("aims", "F=60", "--from", "I")
        assert aims(db) == {"F": 60, "I": 10, "Q": 15, "D": 10, "O": 5}

    def test_brought_to_100(self, db: Path, shell: Shell) -> None:
        with Workspace.open(db) as workspace:
            row = next(row for row in workspace.load().each(Slice) if row.letter == "F")
            workspace.apply(Command("aims", "off", (row.model_copy(update={"aim": 40.0}),)))
        assert "aims 90% in all: 10 points missing" in shell.lines("aims")
        assert "The aims are 10 points short of 100" in shell.refused("aims", "F=45", "--others")
        shell.lines("aims", "--even")
        # 90 to 100: 44.4, 22.2, 16.7, 11.1, 5.6 in whole points of the largest remainders.
        assert aims(db) == {"F": 44, "I": 22, "Q": 17, "D": 11, "O": 6}

    def test_refused(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        for words, said in (
            (["F=55"], "The aims add up to 105, not 100: 105% in all: 5 points over. Name all that change"),
            (["F=10"], "60% in all: 40 points missing"),
            (["F=101"], "Features: a share between 0 and 100 percent."),
            (["F=-1", "I=71"], "Features: a share between 0 and 100 percent."),
            (["F="], "F: an aim in percent, as F=55"),
            (["F=half"], "F: “half” is not a number"),
            (["F"], "“F” is not NAME=VALUE"),
            (["F=50", "Features=50"], "a slice is given twice"),
            (["X=5"], "there is no slice “X”: they are F “Features”, I “Infrastructure & -ilities”"),
            (["F=55", "I=15", "--others"], "move one slice"),
            (["F=55.5", "--others"], "by whole points"),
            (["F=60", "--from", "D"], "Discovery & validation can give no more: floors hold. Nothing was changed."),
            (["F=60", "--from", "F"], "cannot take it from itself"),
            (["O=20", "--others"], "One-offs is at its ceiling, 10. Nothing was changed."),
            (["--others"], "name the slice"),
            (["F=55", "--others", "--from", "I"], "not both"),
            (["F=55", "--even"], "--even goes alone"),
        ):  # fmt: skip
            assert said in shell.refused("aims", *words), words
        assert db.read_bytes() == before


class TestSlices:
    def test_rules_changed_made_and_taken_away(self, db: Path, shell: Shell) -> None:
        before, old = contents(db), rules(db)
        assert old[2] == "type bug = Q"
        shell.lines("slices", "type BUG=f", "label a=b = I")
        # A rule for the same stays where it is; a new one comes last.
        assert rules(db) == [*old[:2], "type BUG = F", *old[3:], "label a=b = I"]
        found = shell("slices", kind="slices")
        assert found["rules"][2] == {"field": "type", "value": "BUG", "slice": "F"}
        assert [each["letter"] for each in found["slices"]] == ["F", "I", "Q", "D", "O"]
        assert "  label a=b = I" in shell.lines("slices").splitlines()
        shell.lines("slices", "label  A=B =", "component api=I", "--first")
        assert rules(db) == ["component api = I", *old[:2], "type BUG = F", *old[3:]]
        shell.lines("undo")
        shell.lines("undo")
        assert contents(db) == before

    def test_refused(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        for words, said in (
            (["bug=Q"], "“bug=Q”: write it as “type bug = Q”, with type, label or component first."),
            (["type bug"], "write it as “type bug = Q”"),
            (["type bug=Z"], "“type bug=Z”: “Z” is none of the slices D F I O Q."),
            (["type bug=F", "type nothing="], "there is no rule for “type nothing”"),
            (["--first"], "--first goes with a rule"),
        ):
            assert said in shell.refused("slices", *words), words
        assert db.read_bytes() == before


class TestShirts:
    def test_changed_made_and_taken_away(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        shell.lines("shirts", "m=2-3-9", "C=5d", "XL=")
        # Five days are one engineer-week.
        assert shirts(db) == {"S": (0.5, 1, 2), "M": (2, 3, 9), "L": (4, 6, 10), "C": (1, 1, 1)}
        assert shell("shirts", kind="shirts")["shirts"][1] == {"letter": "M", "low": 2, "likely": 3, "high": 9}
        assert "  M 2-3-9 ew" in shell.lines("shirts").splitlines()
        shell.lines("undo")
        assert contents(db) == before

    def test_refused(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        for words, said in (
            (["Mini=1"], "Mini: begin with one to three letters, as M."),
            (["4=1"], "4: begin with one to three letters"),
            (["Mi=1"], "the key m is taken by another size"),
            (["M=5-3-1"], "M: "),
            (["M=big"], "M: "),
            (["Z="], "there is no T-shirt “Z”"),
        ):
            assert said in shell.refused("shirts", *words), words
        assert db.read_bytes() == before


def test_units_and_values(db: Path, shell: Shell) -> None:
    before = contents(db)
    assert shell("rates", kind="rates") == {"points": None, "hours": None, "value": "score"}
    shell.lines("rates", "points=8", "Hours=1,000")
    shell.lines("rates", "points=")
    info = state_of(db).workspace
    assert (info.points_per_ew, info.hours_per_ew) == (None, 1_000)
    shell.lines("rates", "--value", "RICE")
    assert next(state_of(db).each(Valuing)).model == "rice"
    assert shell.lines("rates").splitlines() == [
        "points to an engineer-week: not known",
        "hours to an engineer-week: 1000",
        "what an item's value is: RICE",
    ]
    for words, said in (
        (["points=0"], "A rate is a number above 0."),
        (["days=5"], "“days” is not a unit: they are points, hours"),
        (["--value", "luck"], "“luck” is not a way to value items: they are score, rice, ice, wsjf, cd3"),
        (["points=8", "--value", "rice"], "two changes"),
    ):
        assert said in shell.refused("rates", *words), words
    for _ in range(3):
        shell.lines("undo")
    assert contents(db) == before


def test_the_quarter(db: Path, shell: Shell) -> None:
    before = contents(db)
    found = shell("quarter", kind="quarter")
    assert (found["weeks"], found["working_days"]) == (13, 65)
    assert found["teams"] == [{"name": "Pay", "net": 13.0}, {"name": "Web", "net": 10.0}]
    assert found["notes"] == []
    assert shell.lines("quarter").splitlines() == [
        "Q1 2027, draft: 2027-01-04 to 2027-04-04, 13 weeks with 65 working days; target 70%",
        "  Pay: net 13.0 ew",
        "  Web: net 10.0 ew",
    ]
    # A week less: one person gives 12 ew, and the 13 that are stored stay until somebody counts anew.
    shorter = shell("quarter", "--name", "[/] \x1b[2JShort", "--ends", "2027-03-28", kind="changed")
    assert shorter["warnings"] == ["Pay: stored 13.0, from people 12.0"]
    row = state_of(db).quarter
    assert (row.name, row.starts, row.ends) == ("[/] [2JShort", date(2027, 1, 4), date(2027, 3, 28))
    assert "note: Pay: stored 13.0, from people 12.0" in shell.lines("quarter")
    shell.lines("undo")
    assert contents(db) == before
    for words, said in (
        (["--name", " "], "A quarter needs a name."),
        (["--starts", ""], "A quarter needs a first day"),
        (["--ends", "2027-01-04"], "The last day comes after the first."),
        (["--ends", "soon"], "--ends: “soon” is not a day: write it as 2027-03-31"),
    ):
        assert said in shell.refused("quarter", *words), words
    assert contents(db) == before


@pytest.mark.parametrize("command", ["aims", "slices", "shirts", "rates", "quarter"])
def test_where_there_is_nothing_yet(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    assert "There is no workspace" in shell.refused(command, code=3)
    assert not path.exists()
    Workspace.open(path).close()
    assert shell.lines(command)
    assert main([command, "--help"]) == 0
    assert f"example:\n  makeroom {command}\n" in capsys.readouterr().out
