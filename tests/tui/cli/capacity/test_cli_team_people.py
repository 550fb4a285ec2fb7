"""``makeroom people``: who is there, and each change of the capacity screen, on figures worked by hand. About 9 s.

The quarter has 13 whole weeks, so that somebody at full time without days away gives 13.0 ew.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.records import (
    Absence,
    Capacity,
    Closure,
    Decision,
    Item,
    Person,
    Place,
    Shortfall,
    Signature,
    Team,
    TeamTime,
)
from store.workspace.workspace import Workspace
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of
from tests.tui.ines import with_ines
from tui.cli import main

shell = shells.shell
SKIING = ("leave", "Ines", "--from", "2027-02-08", "--to", "2027-02-12")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = with_ines(tmp_path / "team.db")
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def net(path: Path) -> dict[str, float]:
    """Net capacity by team, as the odds use it, to the thousandth."""
    state = state_of(path)
    return {state.all(Team)[row.team_id].name: round(row.net, 3) for row in state.each(Capacity)}


def person(path: Path, name: str) -> Person:
    return next(row for row in state_of(path).each(Person) if row.name == name)


class TestShown:
    def test_how_net_comes_about(self, db: Path, shell: Shell) -> None:
        shell.lines("people", "team", "Pay", "--focus", "80", "--interrupts", "10")
        shell.lines("people", *SKIING, "--because", "skiing")
        before = db.read_bytes()
        found = shell("people", kind="people")
        pay, web = found["teams"]
        # 13 less a week; of the 12 a fifth for other work, and a tenth of the 9.6 that are left.
        assert (pay["gross"], pay["taken"]) == (13.0, {"leave": 1.0, "focus": 2.4, "interrupts": 0.96})
        assert pay["from_people"] == pay["net"] == pytest.approx(8.64)
        (ines,) = pay["people"]
        assert ines["weeks"] == pytest.approx([0.72] * 5 + [0.0] + [0.72] * 7)
        assert ines["away"] == [
            {"kind": "leave", "starts": "2027-02-08", "ends": "2027-02-12", "days": None, "note": "skiing"}
        ]
        assert (web["net"], web["gross"], web["focus"], web["people"]) == (10.0, None, None, [])
        assert [each["working_days"] for each in found["weeks"]] == [5] * 13
        assert shell.lines("people").splitlines() == [
            "Pay: 13.0 gross - 1.0 leave - 2.4 focus - 1.0 interrupts = 8.6 ew; focus 80%, interrupts 10%",
            "  Ines: 13.0 gross - 1.0 leave - 2.4 focus - 1.0 interrupts = 8.6 ew",
            "    leave 2027-02-08 to 2027-02-12 (skiing)",
            "Web: 10.0 ew, a plain number",
        ]
        assert shell.lines("people", "--team", "we") == "Web: 10.0 ew, a plain number\n"
        assert "there is no team “Mobile”: they are “Pay”, “Web”" in shell.refused("people", "--team", "Mobile")
        assert db.read_bytes() == before

    def test_where_there_is_nobody(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
        path = tmp_path / "new.db"
        monkeypatch.setenv("MAKEROOM_DB", str(path))
        assert "There is no workspace" in shell.refused("people", code=3)
        assert not path.exists()
        Workspace.open(path).close()
        assert "no team yet" in shell.lines("people")
        assert shell("people", kind="people")["teams"] == []
        assert "there is no person “Ines”: there is none yet" in shell.refused("people", *SKIING)


class TestPeople:
    def test_leave_is_a_decision_that_undo_takes_back(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        done = shell("people", *SKIING, "--by", "Jo Field", "--because", "skiing")
        assert (done["done"], done["what"]) == (True, "Pay 13.0 → 12.0: Ines: leave 8 to 12 Feb (skiing)")
        assert net(db) == {"Pay": 12.0, "Web": 10.0}
        (decision,) = state_of(db).each(Decision)
        assert (decision.kind, decision.decided_by, decision.because) == ("capacity", "Jo Field", "skiing")
        # A script that runs again changes nothing.
        again = shell("people", *SKIING, "--because", "skiing")
        assert (again["done"], again["what"]) == (False, "nothing to change")
        shell.lines("undo")
        assert contents(db) == before

    def test_days_away(self, db: Path, shell: Shell) -> None:
        for words, weeks in (
            (["leave", "Ines", "--from", "w2", "--to", "w3"], 11.0),
            (["leave", "Ines", "--from", "2027-01-11", "--to", "2027-01-24", "--remove"], 13.0),
            (["leave", "ines", "--from", "w2", "--days", "1.5"], 12.7),
            (["leave", "Ines", "--from", "w5", "--kind", "on-call"], 11.7),
            (["leave", "Ines", "--from", "2027-03-05"], 11.5),
            (["days", "Ines", "w12", "-0.5"], 11.4),
            (["days", "Ines", "2027-03-24", "0.5"], 11.5),
        ):
            shell.lines("people", *words)
            assert net(db)["Pay"] == weeks, words
        assert {row.kind for row in state_of(db).each(Absence)} == {"leave", "on-call"}

    def test_who_they_are(self, db: Path, shell: Shell) -> None:
        for words, weeks in (
            (["--share", "50"], 6.5),
            (["--share", "100%", "--ends", "w10"], 10.0),
            # From week 3 to week 10 are 8 weeks: nothing in the first, half in the two after it.
            (["--starts", "w3", "--ramp", "1", "--ramp-half", "2"], 6.0),
            (["--ramp", "0", "--ramp-half", "", "--ends", "", "--rename", "Ines B"], 11.0),
        ):
            shell.lines("people", "change", "Ines", *words)
            assert net(db)["Pay"] == weeks, words
        found = person(db, "Ines B")
        assert (found.starts, found.ends, found.share) == (date(2027, 1, 18), None, 1.0)
        shell.lines("people", "add", "Ada", "--team", "pay", "--share", "80", "--starts", "w9")
        # Five weeks of four days.
        assert net(db)["Pay"] == 15.0
        shell.lines("people", "remove", "Ada")
        assert net(db)["Pay"] == 11.0

    def test_hostile_names(self, db: Path, shell: Shell) -> None:
        shell.lines("people", "add", "[/]\x1b[2J \u202eAda", "--team", "Pay")
        assert person(db, "[/][2J Ada").share == 1.0
        assert "  [/][2J Ada: 13.0 gross = 13.0 ew" in shell.lines("people").splitlines()


class TestTeams:
    def test_heads_focus_and_a_plain_number(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        # One engineer gives 13.0: with a focus of 10 / 13 the plain 10 stay.
        shell.lines("people", "team", "Web", "--heads")
        assert net(db)["Web"] == 10.0
        assert [row.name for row in state_of(db).each(Person)] == ["Ines", "engineer 1"]
        shell.lines("people", "team", "Web", "--heads", "3", "--focus", "50", "--interrupts", "20")
        # Three of 13, half of it, less a fifth.
        assert net(db)["Web"] == 15.6
        shell.lines("people", "team", "Web", "--plain", "9.5")
        assert net(db)["Web"] == 9.5
        assert [row.name for row in state_of(db).each(Person)] == ["Ines"]
        shell.lines("people", "team", "Pay", "--plain")
        assert net(db)["Pay"] == 13.0
        assert not state_of(db).all(TeamTime)
        for _ in range(4):
            shell.lines("undo")
        assert contents(db) == before

    def test_counted_anew(self, db: Path, shell: Shell) -> None:
        shell.lines("quarter", "--ends", "2027-03-28")
        assert net(db)["Pay"] == 13.0
        assert "note: stored 13.0, from people 12.0" in shell.lines("people")
        shell.lines("people", "team", "Pay", "--recount")
        assert net(db)["Pay"] == 12.0

    def test_closed_days_and_holidays(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        shell.lines("people", "closed", "--from", "w7", "--name", "company week")
        assert net(db)["Pay"] == 12.0
        assert not shell("people", "closed", "--from", "w7")["done"]
        assert "closed 2027-02-15 to 2027-02-21 (company week): all" in shell.lines("people")
        shell.lines("people", "closed", "--from", "w7", "--remove")
        assert not state_of(db).all(Closure)
        shell.lines("people", "place", "Munich", "--country", "DE-BY")
        shell.lines("people", "change", "Ines", "--place", "munich")
        # Epiphany (6 January), Good Friday (26 March) and Easter Monday (29 March).
        assert net(db)["Pay"] == 12.4
        assert "Ines: 13.0 gross - 0.6 holidays = 12.4 ew; in Munich" in shell.lines("people")
        assert not shell("people", "place", "Munich", "--country", "DE-BY", "--holidays", "on")["done"]
        shell.lines("people", "closed", "--from", "w7", "--of", "Munich")
        assert net(db)["Pay"] == 11.4
        shell.lines("people", "place", "Munich", "--holidays", "off")
        assert net(db)["Pay"] == 12.0
        assert "1 person works in Munich: move them first" in shell.refused("people", "place", "Munich", "--remove")
        shell.lines("people", "change", "Ines", "--place", "")
        shell.lines("people", "place", "Munich", "--remove")
        # With the place its closed days go.
        assert (net(db)["Pay"], state_of(db).all(Place), state_of(db).all(Closure)) == (13.0, {}, {})
        for _ in range(8):
            shell.lines("undo")
        assert contents(db) == before


class TestTheDoor:
    """Ines at a quarter gives 3.25 ew for 4 ew of work."""

    QUARTER = ("people", "change", "Ines", "--share", "25")

    def test_what_makes_the_plan_short_waits_for_a_swap(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        found = shell(*self.QUARTER, code=1)
        assert (found["done"], found["fits"]) == (False, False)
        assert {each["title"] for swap in found["swaps"] for each in swap["out"]} <= {"Rates", "Fees"}
        assert "nothing was taken; the same command with --swap N" in shell.lines(*self.QUARTER, code=1)
        assert contents(db) == before
        taken: dict[str, Any] = shell(
            *self.QUARTER, "--out", "Fees", "--by", "Jo", "--because", "she cares for her son"
        )
        assert (taken["done"], taken["fits"]) == (True, True)
        states = {row.title: row.state for row in state_of(db).each(Item)}
        assert states == {"Rates": "plan", "Fees": "below"}
        assert net(db)["Pay"] == 3.25
        assert not state_of(db).all(Shortfall)
        shell.lines("undo")
        assert contents(db) == before

    def test_or_for_a_signature(self, db: Path, shell: Shell) -> None:
        assert "an over-commit needs --by NAME and --because TEXT" in shell.refused(*self.QUARTER, "--sign")
        shell.lines(*self.QUARTER, "--sign", "--by", "Jo", "--because", "we try")
        (signature,) = state_of(db).each(Signature)
        assert (signature.name, signature.reason) == ("Jo", "we try")
        assert person(db, "Ines").share == 0.25

    def test_what_one_takes_another_gives(self, db: Path, shell: Shell) -> None:
        before = contents(db)
        third = "change Ines --share 25"
        assert not shell("people", "together", third, "leave Ines --from w6", code=1)["done"]
        done = shell(
            "people", "together", third, "add 'Ada B' --team Pay --share 50", "leave 'Ada B' --from w6 --because skiing"
        )
        # A quarter of 13 weeks, and half of 12.
        assert (done["done"], net(db)["Pay"]) == (True, 9.25)
        (decision,) = state_of(db).each(Decision)
        assert decision.because == "skiing"
        shell.lines("undo")
        assert contents(db) == before

    def test_the_same_capacity_is_no_decision(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        assert shell("capacity", "Web=10")["what"] == "nothing to change"
        assert shell("people", "change", "Ines", "--share", "100")["what"] == "nothing to change"
        assert db.read_bytes() == before


def test_refused(db: Path, shell: Shell) -> None:
    shell.lines("people", "team", "Web", "--heads", "1")
    shell.lines("people", "add", "engineer 1", "--team", "Pay")
    before = db.read_bytes()
    for words, said in (
        (["change", "Tom", "--share", "50"], "there is no person “Tom”: they are “Ines”, “engineer 1”, “engineer 1”"),
        (["change", "Engineer  1", "--share", "50"], "“engineer 1” is in Web and in Pay: --team says which of them"),
        (["change", "Ines", "--team", "Web", "--share", "5"], "there is no person “Ines”: they are “engineer 1”"),
        (["change", "Ines"], "say what changes: --rename"),
        (["change", "Ines", "--share", "101"], "a share is between 0 and 100 percent"),
        (["change", "Ines", "--ends", "w14"], "the quarter has weeks 1 to 13"),
        (["change", "Ines", "--ends", "soon"], "“soon” is not a day: write it as 2027-03-31"),
        (["change", "Ines", "--ends", "2027-01-04", "--starts", "w2"], "Ines would leave (4 Jan) before joining"),
        (["change", "Ines", "--ramp", "521"], "a ramp-up takes between 0 and 520 weeks"),
        (["change", "Ines", "--place", "Mars"], "there is no place “Mars”: there is none yet"),
        (["change", "Ines", "--rename", " "], "a person needs a name"),
        (["add", "ines", "--team", "Pay"], "there is a “ines” in the team already"),
        (["add", "Ada"], "--team"),
        (["add", "\udcff", "--team", "Pay"], "the name of a person is refused"),
        (["leave", "Ines", "--from", "w6", "--to", "w5"], "the last day away (2027-02-07) is before the first"),
        (["leave", "Ines", "--from", "w6", "--remove"], "Ines has no leave 8 to 14 Feb"),
        (["leave", "Ines", "--from", "", "--to", ""], "a day is needed here, as 2027-02-08, or a week, as w6"),
        (["leave", "Ines", "--from", "w6", "--days", "-1"], "between 0 and 4,000 days away"),
        (["days", "Ines", "2026-01-01", "1"], "2026-01-01 is not in the quarter"),
        (["days", "Ines", "w6", "0"], "say how many days"),
        (["team", "Pay"], "say what changes: --heads"),
        (["team", "Pay", "--heads", "1.5"], "a whole number of people"),
        (["team", "Pay", "--heads", "0"], "Pay has 1 person with a name: take them out one by one"),
        (["team", "Pay", "--plain", "5", "--focus", "80"], "a plain number has no focus"),
        (["team", "Pay", "--plain", "-5"], "a number of engineer-weeks, 0 to 10,000"),
        (["closed", "--from", "w6", "--of", "Mars"], "no team with people or place “Mars”: they are “Pay”"),
        (["closed", "--from", "w6", "--remove"], "nothing is closed just 8 to 14 Feb"),
        (["place", "Mars", "--country", "XX-1"], "XX"),
        (["together", "change Ines --share 50", "go away"], "“go away” is not a change of people: they begin with add"),
        (["together", "change Ines --share"], "--share"),
        (["together", "change 'Ines --share 5"], "no closing quotation"),
        (["together", "together 'remove Ines'"], "is not a change of people"),
        (["together", "remove Ines --swap 1"], "is said once, after the changes"),
        (["together", "remove Ines --present Ana"], "is said once, after the changes"),
        (["together", "remove Ines", "leave Ines --from w6"], "there is no person “Ines”"),
        (["place", "Mars", "--remove"], "there is no place “Mars”: there is none yet"),
    ):  # fmt: skip
        assert said in shell.refused("people", *words), words
    assert db.read_bytes() == before


@pytest.mark.parametrize(
    "inner", [[], ["add"], ["change"], ["remove"], ["leave"], ["days"], ["team"], ["closed"], ["place"]]
)
def test_help_has_an_example(inner: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", *inner, "--help"]) == 0
    assert f"example:\n  makeroom people{''.join(' ' + each for each in inner)}" in capsys.readouterr().out
