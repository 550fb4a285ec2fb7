"""``makeroom scenario`` and ``--scenario``: another plan, worked on by the same commands. About three seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.plan.plan import entries_of
from store.records import Decision, Scenario, Snapshot
from store.workspace.workspace import Workspace
from tests.tui.cli import plan_commands
from tests.tui.cli.plan_commands import Commands
from tui.cli import main

made, on = plan_commands.made, plan_commands.on
LIMIT, SPLIT = "Rate-limit the public API", "Split rating out of the monolith"
PORTAL = "Supplier self-service portal"
BY = ("--by", "Jo", "--because", "the deal")


def planned(path: Path) -> set[tuple[str, float]]:
    """What is in plan, and how large."""
    with Workspace.open(path, read_only=True) as workspace:
        return {(entry.item.title, entry.ew) for entry in entries_of(workspace.load(), "plan")}


def test_branched_worked_on_and_made_the_plan(on: Commands) -> None:
    """What is done on a scenario leaves the main plan alone; made the plan, both are the same; undo brings it back."""
    found = on.json("scenario", "branch", "Acme yes", "--note", "if it comes", kind="branch")
    path = Path(found["path"])
    assert path.parent == on.path.with_name("team.db.scenarios")
    before = on.rows()
    taken = on.json("trade", LIMIT, "--out", SPLIT, *BY, "--scenario", "acme YES")
    assert taken["done"]
    assert on.rows() == before
    assert LIMIT in {title for title, _ in planned(path)}
    rows = on.json("scenario", "list", kind="scenarios")["plans"]
    assert [(row["name"], row["odds"], row["here"]) for row in rows] == [
        ("Main", taken["odds_before"], True),
        ("Acme yes", taken["odds_after"], False),
    ]
    assert rows[1]["note"] == "if it comes"
    there = on.json("scenario", "list", "--scenario", "Acme yes", kind="scenarios")["plans"]
    assert [row["here"] for row in there] == [False, True]

    look = on.json("scenario", "make", "Acme yes", code=1)
    assert not look["done"]
    assert any(words.startswith(f"in: “{LIMIT}”, 1.5 ew") for words in look["changes"])
    assert on.rows() == before
    done = on.json("scenario", "make", "Acme yes", *BY)
    assert done["done"]
    assert done["odds_after"] == look["odds_after"] == taken["odds_after"]
    assert planned(on.path) == planned(path)
    state = on.state
    assert next(state.each(Scenario)).state == "taken"
    assert max(state.each(Decision), key=lambda row: row.id).decided_by == "Jo"
    assert [row.kind for row in state.each(Snapshot)] == ["before restore"]
    on.lines("undo")
    assert {**on.rows(), "snapshots": {}} == {**before, "snapshots": {}}
    assert "the same as the main plan" not in on.lines("scenario", "make", "Acme yes", code=1)


def test_what_does_not_fit_goes_through_the_door(on: Commands) -> None:
    """Who signed in the scenario did not sign for the plan."""
    on.lines("scenario", "branch", "B")
    on.lines("trade", PORTAL, "--sign", "--by", "Marek", "--because", "what if", "--scenario", "B")
    before = on.rows()
    asked = on.json("scenario", "make", "B", *BY, code=1)
    assert not asked["done"]
    assert asked["odds_after"] < asked["target"]
    assert on.rows() == before
    signed = on.json("scenario", "make", "B", *BY, "--signature", "under target: Marek: strategic")
    assert signed["done"]
    assert on.item(PORTAL).state == "plan"


def test_begins_with_a_snapshot(on: Commands) -> None:
    on.lines("snapshot", "save", "agreed")
    agreed = planned(on.path)
    on.lines("drop", "Bulk invoice approval", *BY)
    found = on.json("scenario", "branch", "as agreed", "--from", "agreed", kind="branch")
    assert (found["snapshot"], found["trouble"]) == ("agreed", "")
    assert planned(Path(found["path"])) == agreed != planned(on.path)
    assert next(on.state.each(Scenario)).snapshot_id == next(on.state.each(Snapshot)).id
    on.lines("undo", "--scenario", "as agreed")
    assert planned(Path(found["path"])) == planned(on.path)


def test_a_snapshot_that_does_not_fit_is_left_to_the_room(on: Commands) -> None:
    on.lines("trade", PORTAL, "--sign", "--by", "Marek", "--because", "what if")
    on.lines("snapshot", "save", "short")
    on.lines("undo")
    found = on.json("scenario", "branch", "B", "--from", "short", kind="branch", code=1)
    assert found["snapshot"] is None
    assert "makeroom snapshot restore" in found["trouble"]
    assert planned(Path(found["path"])) == planned(on.path)


def test_closed_and_kept(on: Commands) -> None:
    path = Path(on.json("scenario", "branch", "B", kind="branch")["path"])
    assert on.json("scenario", "close", "b", kind="closed")["path"] == str(path)
    assert next(on.state.each(Scenario)).state == "closed"
    assert path.exists()
    seq = on.seq
    assert "closed already" in on.lines("scenario", "close", "B")
    assert on.seq == seq


def test_from_a_scenario_main_is_meant(on: Commands) -> None:
    """Whoever has a scenario's file in MAKEROOM_DB can go to the main plan, and branches from that."""
    path = Path(on.json("scenario", "branch", "B", kind="branch")["path"])
    there = Commands(path, on._capsys)
    there.lines("drop", "Bulk invoice approval", *BY)
    assert "Bulk invoice approval" in there.lines("plan", "--scenario", "main")
    assert main(["--scenario", "b", "--db", str(on.path), "plan"]) == 0
    assert "Bulk invoice approval" not in there._capsys.readouterr().out.partition("the line")[0]
    there.lines("scenario", "branch", "C")
    assert "Bulk invoice approval" in on.lines("plan", "--scenario", "C").partition("the line")[0]


def test_sentences(on: Commands) -> None:
    on.lines("scenario", "branch", "B")
    for words, sentence in (
        (("plan", "--scenario", "nope"), "there is no scenario “nope”: they are “B”"),
        (("scenario", "branch", "b"), "There is a scenario “B” already"),
        (("scenario", "branch", " "), "needs a name"),
        (("scenario", "branch", "C", "--from", "none"), "there is no snapshot “none”"),
        (("scenario", "branch", "C", "--from", "now"), "or from a snapshot"),
        (("scenario", "make", "nope", *BY), "there is no scenario “nope”"),
        (("scenario", "close", "nope"), "there is no scenario “nope”"),
        (("scenario",), "Try: makeroom scenario --help"),
    ):
        assert sentence in on.refused(*words)


def test_a_missing_file_is_said(on: Commands) -> None:
    Path(on.json("scenario", "branch", "B", kind="branch")["path"]).unlink()
    assert "put it back, or close the scenario" in on.refused("plan", "--scenario", "B", code=3)
    (_, row) = on.json("scenario", "list", kind="scenarios")["plans"]
    assert row["odds"] is None
    assert "missing" in row["trouble"]
    on.lines("scenario", "close", "B")


def test_hostile_names_stay_words(on: Commands) -> None:
    name = "\x1b[31m[red]x[/]\u202e"
    on.lines("scenario", "branch", name, "--note", "\x07[b]note")
    assert "[31m[red]x[/]" in on.lines("scenario", "list")
    on.lines("plan", "--scenario", "[31m[red]x[/]")


def test_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["scenario", "branch", "B"], ["plan", "--scenario", "B"], ["scenario", "list"]):
        assert main(["--db", str(tmp_path / "none.db"), *words]) == 3
        assert "There is no workspace" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
