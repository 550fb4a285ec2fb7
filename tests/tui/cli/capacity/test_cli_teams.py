"""``makeroom team``: made, renamed, merged, removed and taken back, as one would in a shell. About 3 s."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.records import Capacity, Team
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of

shell, db = shells.shell, shells.db


def net(path: Path) -> dict[str, float]:
    state = state_of(path)
    return {state.all(Team)[row.team_id].name: round(row.net, 1) for row in state.each(Capacity)}


def test_a_team_from_beginning_to_end(db: Path, shell: Shell) -> None:
    before, start = net(db), contents(db)
    shell.lines("team", "add", "Atlas 5 people", "Billing: 26")
    shell.lines("capacity", "Core=4 people", "--new-team")
    made = net(db)
    assert made["Billing"] == 26.0
    assert len(contents(db)["people"]) == len(start["people"]) + 9
    assert "Atlas" in shell.lines("team")
    shell.lines("team", "rename", "Billing", "Invoices")
    assert net(db)["Invoices"] == 26.0
    shell.lines("team", "merge", "Core", "--into", "Atlas")
    assert net(db)["Atlas"] == pytest.approx(made["Atlas"] + made["Core"], abs=0.11)
    shell.lines("team", "remove", "Atlas")
    shell.lines("team", "remove", "Invoices")
    assert net(db) == before
    for _ in range(6):
        shell.lines("undo")
    assert contents(db)["teams"] == start["teams"]
    assert net(db) == before


def test_planned_work_is_not_moved_in_silence(db: Path, shell: Shell) -> None:
    start = contents(db)
    names = list(net(db))
    said = shell.refused("team", "remove", names[0])
    assert "say which team takes them (--to TEAM)" in said
    shell.lines("team", "remove", names[0], "--to", names[1], code=1)
    assert contents(db) == start
    shell.refused("capacity", "Core=lots", "--new-team")
    assert contents(db) == start


def test_the_team_of_an_unsized_item_is_kept_and_used(db: Path, tmp_path: Path, shell: Shell) -> None:
    """From the file to its size: shown, found, and sized for that team without a word."""
    second = list(net(db))[1]
    file = tmp_path / "file.csv"
    file.write_text(f"Title,Key,Team,Estimate\nCredit notes,NEW-1,{second},\n", encoding="utf-8")
    assert f"teams in the file: {second} (1 row) is here" in shell.lines("import", str(file), "--dry-run")
    shell.lines("import", str(file))
    assert [row["title"] for row in shell("items", "--where", f"team:{second} is:unsized", kind="items")["items"]] == [
        "Credit notes"
    ]
    shell.lines("size", "Credit notes", "2")
    state = state_of(db)
    item = next(row for row in state.tables["items"].values() if row.title == "Credit notes")
    (size,) = (row for row in state.tables["sizes"].values() if row.item_id == item.id)
    assert state.all(Team)[size.team_id].name == second
    # It goes with the rest of its team.
    shell.lines("undo")
    first = next(iter(net(db)))
    shell.lines("team", "merge", second, "--into", first, code=0)
    assert state_of(db).all(type(item))[item.id].team_id == next(
        team.id for team in state_of(db).each(Team) if team.name == first
    )


def test_a_workspace_may_begin_with_its_teams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
    """People are named before an import, as it says itself; then the file's rows are theirs."""
    monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "new.db"))
    (tmp_path / "b.csv").write_text("title,weeks,team\nOne,2,Platform\nTwo,1,Billing\n", encoding="utf-8")
    said = shell.refused("import", str(tmp_path / "b.csv"), "--team", "Platform 5 people")
    assert "makeroom team add 'Platform 5 people'" in said
    shell.lines("team", "add", "Platform 5 people", "Billing: 26")
    shell.lines("import", str(tmp_path / "b.csv"))
    state = state_of(tmp_path / "new.db")
    assert sorted(team.name for team in state.each(Team)) == ["Billing", "Platform"]
    assert len(state.tables["people"]) == 5
    assert len(state.tables["sizes"]) == 2
