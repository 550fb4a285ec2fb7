"""``practice new``: a case to write over, and one from the open workspace; both can be played as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

import tests.tui.cli.shell as shells
from store.records import Customer, Item, Team
from tests.tui.cli.shell import Shell, state_of
from tui.cli import main
from tui.practice.case_list import fresh_state
from tui.practice.new_case import sample_case

db, shell = shells.db, shells.shell


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_a_new_case_can_be_played_and_is_not_written_over(db: Path, shell: Shell, tmp_path: Path) -> None:
    made = shell("practice", "new", "ours", kind="practice new")
    path = tmp_path / "ours.toml"
    assert (made["file"], made["case"], made["own"], made["left"]) == (str(path), "ours", False, [])
    assert shell.lines("practice", "check", "ours.toml") == "ours.toml can be played.\n"
    path.write_text(path.read_text(encoding="utf-8").replace("Tallybox", "Mine"), encoding="utf-8")
    for words in (("ours",), ("./ours.toml",), ("ours", "--from-workspace")):
        assert "ours.toml is there already" in shell.refused("practice", "new", *words, code=3)
    assert "Mine" in path.read_text(encoding="utf-8")
    begun = shell("practice", "start", "./ours.toml", kind="play")
    assert begun["title"] == "The parcel that must be tracked by Friday"
    # All that its script has can happen: what is asked for, what is known of it, and so on to the buyer's call.
    assert shell("practice", "next", kind="play")["said"][-1]["who"] == "Ben"
    assert "Eleven shops" in shell("practice", "ask", "on a map", kind="play")["said"][-1]["words"]
    for _ in range(3):
        assert shell("practice", "next", kind="play")["notes"] == []
    declined = ("--way", "decline", "--field", "principle=What is", "--by", "Nora", "--because", "for one alone")
    shell("--db", begun["workspace"], "trade", "on a map", *declined)
    assert shell("practice", "next", kind="play")["said"][-1]["who"] == "Krüger's buyer"
    # A workspace of its own: nothing that is open is touched, and a name must be one.
    for name, said in (
        ("freight", "comes with makeroom"),
        ("Ours Too", "not the name of a case"),
        ("ours.txt", "does not end as a case does"),
    ):
        assert said in shell.refused("practice", "new", name)
    assert "There is no folder" in shell.refused("practice", "new", "nowhere/ours", code=3)


def test_the_sample_says_what_each_key_is_for() -> None:
    """Whoever writes a case learns every kind of event from it, and how odds and asks are meant to stand."""
    text = sample_case("ours")
    assert text.count("\n# ") > 20
    from scenarios.practice.case_file import sound_case
    from scenarios.practice.setting import item_records, setting
    from scenarios.trade.door import forecast_of
    from store.records import Command

    fresh = fresh_state()
    case = sound_case(text, "ours.toml", fresh)
    state = fresh.overlay(setting(case, fresh))
    assert 0.70 <= forecast_of(state).odds <= 0.78
    ask = next(case.brought)
    first, *rest = item_records(state, ask)
    taken = Command("", "", puts=(first.model_copy(update={"state": "plan"}), *rest))
    assert forecast_of(state.overlay(taken)).odds < 0.60


def test_a_case_from_the_open_workspace(db: Path, shell: Shell, tmp_path: Path) -> None:
    before = db.read_bytes()
    made = shell("practice", "new", "own", "--from-workspace", kind="practice new")
    assert made["own"]
    assert "2 places" in made["left"]
    assert db.read_bytes() == before
    assert shell("practice", "check", "own.toml", kind="practice check")["sound"]
    text, state = (tmp_path / "own.toml").read_text(encoding="utf-8"), state_of(db)
    for kind in (Item, Customer, Team):
        for row in state.each(kind):
            name = row.title if isinstance(row, Item) else row.name  # type: ignore[attr-defined]
            assert f'"{name}"' not in text
    begun = shell("practice", "start", "own.toml", kind="play")
    played = state_of(Path(begun["workspace"]))
    for where in ("plan", "below", "inbox"):
        ours, theirs = ([one for one in each.each(Item) if one.state == where] for each in (state, played))
        assert len(ours) == len(theirs) > 0
    # In words, too: what is made up, and what was left.
    said = shell.lines("practice", "new", "again", "--from-workspace")
    assert "money is multiplied by one number that is kept nowhere" in said
    assert "  2 places\n" in said
    # Of a workspace that is none, or has no plan, there is a sentence, and no file.
    assert "There is no workspace at" in shell.refused(
        "--db", str(tmp_path / "no.db"), "practice", "new", "q", "--from-workspace", code=3
    )
    assert main(["--db", str(tmp_path / "empty.db"), "add", "A thing"]) == 0
    refused = shell.refused("--db", str(tmp_path / "empty.db"), "practice", "new", "q", "--from-workspace")
    assert "no plan yet" in refused
    assert not (tmp_path / "q.toml").exists()


def test_cases_of_your_own_are_listed_beside_ours(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "makeroom" / "practice" / "cases"
    folder.mkdir(parents=True)
    listed = shell("practice", kind="practice")
    assert {row["file"] for row in listed["cases"]} == {""}
    assert listed["faults"] == []
    shell("practice", "new", str(folder / "monday"), kind="practice new")
    (folder / "broken.toml").write_text("name = 3\n", encoding="utf-8")
    (folder / "notes.txt").write_text("no case", encoding="utf-8")
    listed = shell("practice", kind="practice")
    assert [(row["name"], row["file"]) for row in listed["cases"] if row["file"]] == [
        ("monday", str(folder / "monday.toml"))
    ]
    assert listed["faults"][0].startswith("broken.toml, line 1: name is refused")
    said = shell.lines("practice")
    assert "practice start monday" in said
    assert "Not listed: broken.toml, line 1" in said
    # By its name alone, as those that come with makeroom; what is broken, or elsewhere, says so.
    assert shell("practice", "start", "monday", kind="play")["case"] == "monday"
    assert "broken.toml, line 1: name is refused" in shell.refused("practice", "start", "broken", code=3)
    assert "no case “cases/monday”" in shell.refused("practice", "start", "cases/monday")
