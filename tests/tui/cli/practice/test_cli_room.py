"""A play that is led, by commands: roles and their briefs, who may say what comes, and the lead."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import tests.tui.cli.shell as shells
from scenarios.practice.case_file import read_case
from scenarios.practice.parts import leader
from store.records.practice import Said
from store.sidecars.plays import play_folder, state_of
from store.sidecars.seats import Seats
from tests.tui.cli.shell import Shell
from tests.tui.cli.shell import state_of as workspace_of

db, shell = shells.db, shells.shell
CLINIC = read_case(
    files("scenarios.practice").joinpath("cases", "clinic.toml").read_text(encoding="utf-8"), "clinic.toml"
)
#: A sentence of each brief.
SALES = "Vägvind's buyer asked for boarding lists only"
ENGINEERING = "Boarding lists are a week's work"


@pytest.fixture
def play(db: Path, tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    begun = shell("practice", "start", "ferry", "--facilitate", "--as", "Ana", kind="play")
    assert (begun["facilitated"], begun["leader"]) == (True, "Ana")
    assert not any(role["brief"] for role in begun["roles"])
    return Path(begun["workspace"])


def briefs(found: dict[str, object]) -> dict[str, str]:
    return {role["key"]: " ".join(role["brief"]) for role in found["roles"] if role["brief"]}  # type: ignore[attr-defined]


def test_a_brief_is_told_to_whoever_has_the_role_alone(play: Path, shell: Shell) -> None:
    ben = briefs(shell("practice", "role", "Sales lead", "--as", "Ben", kind="play"))
    assert ben.keys() == {"sales"}
    assert SALES in ben["sales"]
    assert "Ben plays Sales lead (Tobias): take another role" in shell.refused(
        "practice", "role", "sales", "--as", "Di"
    )
    assert briefs(shell("practice", "role", "engineering", "--as", "Di", kind="play")).keys() == {"engineering"}
    for who, own, other in (("Ben", SALES, ENGINEERING), ("Di", ENGINEERING, SALES)):
        shown = " ".join(shell.lines("practice", "show", "--as", who).split())
        assert own in shown
        assert other not in shown
        # Nobody is sent to a command that would refuse them.
        assert "What comes, and when, is Ana's to say." in shown
        assert "practice next" not in shown
    assert not briefs(shell("practice", "show", "--as", "Ana", kind="play"))
    roles = shell.lines("practice", "role", "--as", "Ana")
    assert "Ben" in roles
    assert SALES not in roles
    # Given back, somebody else may take it; nobody gives back what is another's.
    assert "not yours to give back" in shell.refused("practice", "role", "sales", "--give-back", "--as", "Di")
    assert "is free again" in shell.lines("practice", "role", "sales", "--give-back", "--as", "Ben")
    assert SALES in briefs(shell("practice", "role", "sales", "--as", "Di", kind="play"))["sales"]
    assert not briefs(shell("practice", "show", "--as", "Ben", kind="play"))
    # Nor is the case's file read through an import, under whatever name.
    case = play_folder(play) / "case.toml"
    link = play.parent / "backlog.csv"
    link.symlink_to(case)
    for name in (case, link):
        assert "belongs to a play" in shell.refused("import", str(name), "--dry-run", code=3)


def test_only_whoever_leads_lets_come_what_is_to_come(play: Path, shell: Shell) -> None:
    for command in (("next",), ("debrief",), ("end",), ("write", "Brandt", "And?")):
        assert "Ana leads this play, and this is Ben" in shell.refused("practice", *command, "--as", "Ben")
    assert shell("practice", "next", "--as", "Ana", kind="play")["said"][0]["who"] == "Tobias"
    wrote = shell("practice", "write", "Brandt", "Is it a no?", "--item", "seat map", "--as", "Ana", kind="play")
    assert [(row["who"], row["event"]) for row in wrote["said"]] == [("Tobias", "coaches-ask"), ("Brandt", "")]
    assert len(workspace_of(play).all(Said)) == 2
    # While she has a seat, nobody takes the lead from her; when she has left, somebody does.
    seat = Seats(play, "hers", "Ana")
    assert seat.take()
    assert "Ana leads this play, and is here" in shell.refused("practice", "lead", "--no-board", "--as", "Ben")
    seat.leave()
    assert "Ben leads the play" in shell.lines("practice", "lead", "--no-board", "--as", "Ben")
    assert leader(workspace_of(play)) == "Ben"
    assert "Ben leads this play, and this is Ana" in shell.refused("practice", "next", "--as", "Ana")
    debrief = shell("practice", "debrief", "--as", "Ben", kind="debrief")
    words = [line["words"] for line in debrief["lines"] if line["topic"] == "led"]
    assert words == ["Written on the spot: Brandt says: Is it a no?", "Ana, then Ben led; nobody took a role."]
    # Once it has ended, everybody reads how it was.
    shell("practice", "end", "--as", "Ben", kind="play")
    assert shell("practice", "debrief", "--as", "Di", kind="debrief")["who"] == "a room, led by Ben"
    kept = state_of(play)
    assert kept is not None
    assert kept.ended


def test_two_seats_of_one_name_read_no_brief_and_alone_there_are_no_roles(
    play: Path, shell: Shell, tmp_path: Path
) -> None:
    seats = [Seats(play, name, "Ben") for name in ("one", "two")]
    assert all(seat.take() for seat in seats)
    assert "2 seats here are called Ben" in shell.refused("practice", "role", "sales", "--as", "Ben")
    for seat in seats:
        seat.leave()
    shell("practice", "start", "ferry", "--dir", str(tmp_path / "alone"), kind="play")
    alone = ("--db", str(tmp_path / "alone" / "play.db"))
    for command in (("role",), ("lead",), ("write", "Brandt", "And?")):
        assert "this play is played alone" in shell.refused("practice", *command, *alone)


def test_what_is_in_the_script_and_did_not_happen_is_for_whoever_leads_until_it_is_over(
    db: Path, tmp_path: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    declined = (
        "--way",
        "decline",
        "--field",
        "principle=Nothing between a nurse and a patient",
        "--by",
        "Ana",
        "--because",
        "no",
    )
    # By the file of the case: what would come after a yes, and after what is neither a yes nor a no.
    others = {event.key for event in CLINIC.events if event.answer in ("yes", "other")}
    assert len(others) == 2

    def keys(*command: str) -> set[str]:
        return {row.split(": ")[0] for row in shell("practice", *command, kind="play")["not_sent"]}

    for more, reads in (((), set()), (("--facilitate",), others)):
        play = shell("practice", "start", "clinic", "--as", "Ana", *more, kind="play")["workspace"]
        shell("practice", "next", "--as", "Ana", kind="play")
        shell("--db", play, "trade", "fourteen fields", *declined)
        assert keys("show", "--as", "Ana") == reads
        assert not keys("show", "--as", "Ben")
        assert keys("end", "--as", "Ana") == others
        assert keys("show", "--as", "Ben") == others
