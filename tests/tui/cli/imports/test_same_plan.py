"""The same backlog gives the same plan on every machine: draws, fill, odds and swaps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.records import Item
from store.workspace.workspace import Workspace
from tui.cli import main

BACKLOG = "key,title,ew,team,customer\n" + "".join(
    f"{f'K-{at}' if at % 5 else ''},Item {at},{1 + at % 4},{('Pay', 'Web', 'Core')[at % 3]},{'Acme' * (at < 9)}\n"
    for at in range(1, 25)
)
TEAMS = ("Pay=14", "Web=13", "Core=12")
TYPED = "Big thing ~6 #F team:Pay"
COMMANDS: tuple[tuple[str, ...], ...] = (("fill",), ("add", TYPED), ("odds",), ("swaps", "Big thing"))


def unordered(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, but for the order of teams, in which they are listed and their effort is added up."""
    if "load_range" in said:
        said["teams"] = sorted(said["teams"], key=lambda team: str(team["name"]))
        said["load_range"] = [round(ew, 9) for ew in said["load_range"]]
    return said


def test_three_imports_on_fresh_workspaces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "backlog.csv"
    file.write_text(BACKLOG, encoding="utf-8")
    found = []
    for name, named in (("one", TEAMS), ("two", TEAMS), ("three", TEAMS[::-1])):
        db = tmp_path / f"{name}.db"
        teams = [word for team in named for word in ("--team", team)]
        assert main(["--db", str(db), "import", str(file), *teams]) == 0
        said = []
        for words in COMMANDS:
            capsys.readouterr()
            main(["--db", str(db), *words, "--json"])
            said.append(unordered(json.loads(capsys.readouterr().out)))
        with Workspace.open(db, read_only=True) as workspace:
            items = list(workspace.load().each(Item))
        draws = [item.draw for item in items]
        assert len(items) == 25
        assert len(set(draws)) == 25
        found.append((draws, said))
    assert found[0] == found[1] == found[2]
    assert found[0][1][2]["odds"] > 0
    assert found[0][1][3]["swaps"]
