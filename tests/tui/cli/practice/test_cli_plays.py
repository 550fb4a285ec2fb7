"""A case played by commands in two ways: what comes, what it changes, and what the debrief says of each."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import tests.tui.cli.shell as shells
from store.records import Item
from store.records.looking_back import Escalation
from store.records.negotiation import Commitment
from tests.tui.cli.shell import Shell, state_of
from tui.cli import main

db, shell = shells.db, shells.shell
MAP = "Vägvind: group boarding with a seat map"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "makeroom" / "practice"


def words(found: dict[str, object], topic: str) -> str:
    return " ".join(line["words"] for line in found["lines"] if line["topic"] == topic)  # type: ignore[attr-defined]


def test_a_case_is_played_two_ways_and_each_debrief_says_how(db: Path, shell: Shell, home: Path) -> None:
    before = hashlib.sha256(db.read_bytes()).hexdigest(), sorted(path.name for path in db.parent.iterdir())
    begun = shell("practice", "start", "ferry", "--as", "Maija", kind="play")
    play = Path(begun["workspace"])
    assert play.parent == home / "ferry-1"
    assert begun["next"]
    assert not begun["said"]
    assert "you are judged by" in shell.lines("practice", "show").casefold()

    # The one who holds: asks first, hears what only who asks hears, then declines and tells everybody alike.
    first = shell("practice", "next", kind="play")
    assert (first["said"][0]["who"], first["said"][0]["item"]) == ("Tobias", MAP)
    assert [item.state for item in state_of(play).each(Item) if item.title == MAP] == ["inbox"]
    asked = shell("practice", "ask", "seat map", kind="play")
    assert [row["kind"] for row in asked["said"][-asked["new"] :]] == ["asked", "evidence"]
    assert shell("practice", "ask", "seat map", kind="play")["notes"] == ["Nobody knows more than what is there."]
    promised = shell("practice", "next", kind="play")["said"][-1]
    assert promised["who"] == "Director Brandt"
    assert [row.who for row in state_of(play).each(Commitment)].count("Vägvind Coaches") == 1
    # An engineer leaves: the plan stands, and what it lacks is an open shortfall.
    shell("practice", "next", kind="play")
    assert shell("--db", str(play), "status", kind="status")["shortfall"]
    # Undo passes over what happened: nobody unhears it.
    assert shell.lines("--db", str(play), "undo") == "nothing to undo\n"
    shell("practice", "next", kind="play")
    assert [row.by_whom for row in state_of(play).each(Escalation)] == ["Tobias"]
    assert "decide first" in shell.refused("practice", "next")
    declined = ("--way", "decline", "--field", "principle=A date", "--by", "Maija", "--because", "one for few")
    shell("--db", str(play), "trade", "seat map", *declined)
    assert shell("practice", "next", kind="play")["said"][-1]["who"] == "Vägvind's buyer"
    for side in ("sales", "executives", "account"):
        shell("practice", "tell", side, "--item", "seat map", "--answer", "no", kind="play")
    held = shell("practice", "debrief", kind="debrief")
    assert held["figures"]["answers"] == {MAP: "no"}
    assert held["figures"]["agree"] is True
    assert "asked for before anything was decided" in words(held, "evidence")
    assert "A date is told when it is sized" in words(held, "principles")
    assert "All of them heard the same." in words(held, "told")
    # Each line that quotes a moment has it: an entry of the journal of that very play.
    quoted = [line for line in held["lines"] if line["event"] is not None]
    assert len(quoted) > 8
    assert all(line["quote"] for line in quoted)
    # All has come: from now on it is told what the case trains, and which ends it has.
    assert "The script is at its end" in shell.lines("practice", "show")
    assert "What the case trains" in shell.lines("practice", "debrief")
    shell("practice", "end", kind="play")

    # The one who bends: says yes at once, and asks afterwards.
    other = Path(shell("practice", "start", "ferry", "--as", "Maija", kind="play")["workspace"])
    assert other.parent == home / "ferry-2"
    shell("practice", "next", kind="play")
    assert main(["--db", str(other), "trade", "seat map", "--swap", "1", "--by", "Maija", "--because", "money"]) == 0
    shell("practice", "ask", "seat map", kind="play")
    shell("practice", "tell", "account", "--item", "seat map", "--answer", "yes", "--due", "2027-06-15", kind="play")
    shell("practice", "tell", "sales", "--item", "seat map", "--answer", "later", kind="play")
    bent = shell("practice", "debrief", kind="debrief")
    assert bent["figures"]["answers"] == {MAP: "yes"}
    assert bent["figures"]["agree"] is False
    assert (bent["figures"]["evidence_before"], bent["figures"]["evidence_after"]) == (0, 1)
    assert "asked for after it was decided" in words(bent, "evidence")
    assert "They did not hear the same." in words(bent, "told")
    assert "sales heard of" in words(bent, "told")
    assert "In the plan it is otherwise." in words(bent, "told")
    assert len(bent["others"]) == 1
    page = home.parent / "bent.md"
    shell("practice", "debrief", "-o", str(page), kind="debrief")
    assert "Beside other plays of this case" in page.read_text(encoding="utf-8")
    # It is in the middle: nothing of how it is meant is told yet.
    assert "is told when the play is over" in page.read_text(encoding="utf-8")
    assert "Ends that can be defended" not in page.read_text(encoding="utf-8")

    shell("practice", "end", "--delete", kind="play")
    assert not other.exists()
    assert play.exists()
    # Nothing of any of it touched the user's own workspace.
    assert (hashlib.sha256(db.read_bytes()).hexdigest(), sorted(path.name for path in db.parent.iterdir())) == (
        before[0],
        sorted([*before[1], "data"]),
    )


def test_what_is_no_play_and_no_case_gets_a_sentence(db: Path, shell: Shell, tmp_path: Path) -> None:
    assert "no play was begun" in shell.refused("practice", "next")
    assert "is not a play of a case" in shell.refused("--db", str(db), "practice", "next")
    assert "no case “tram”" in shell.refused("practice", "start", "tram")
    (tmp_path / "mine.toml").write_text("name = 3\n", encoding="utf-8")
    assert "mine.toml, line 1: name is refused" in shell.refused(
        "practice", "start", str(tmp_path / "mine.toml"), code=3
    )
    assert shell("practice", "start", "ferry", "--dir", str(tmp_path / "p"), kind="play")["case"] == "ferry"
    assert "has a play in it already" in shell.refused(
        "practice", "start", "ferry", "--dir", str(tmp_path / "p"), code=3
    )
