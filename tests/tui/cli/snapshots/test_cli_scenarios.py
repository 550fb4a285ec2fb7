"""Scenarios on the command line: where they are, and what verify and backup say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.backups.names import backups_of
from store.workspace.scenario_files import listing, make_file
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import empty
from tui.cli import main


@pytest.fixture
def branched(tmp_path: Path) -> tuple[Path, Path]:
    """A main workspace, and a scenario of it."""
    path = empty(tmp_path)
    with Workspace.open(path, actor="ada") as workspace:
        scenario = make_file(path, "Acme yes", "ada")
        workspace.apply(listing("Acme yes", scenario, "ada"))
    return path, scenario


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints, its lines joined."""
    assert main(list(arguments)) == 0
    return " ".join(capsys.readouterr().out.split())


def test_where(tmp_path: Path, branched: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    path, scenario = branched
    assert f"scenarios: {path}.scenarios 1 in it" in said(capsys, "--db", str(path), "where")
    words = said(capsys, "--db", str(scenario), "where")
    assert "this file is itself a scenario of room.db" in words
    assert "none yet: s on the board branches one" in said(capsys, "--db", str(tmp_path / "new.db"), "where")


def test_verify_names_them(branched: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    path, scenario = branched
    words = said(capsys, "verify", "--db", str(path))
    assert "sound" in words
    assert str(scenario) in words
    assert "its scenarios" not in said(capsys, "verify", "--db", str(scenario))


def test_each_file_has_backups_of_its_own(branched: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    path, scenario = branched
    said(capsys, "backup", "--db", str(scenario))
    assert (len(backups_of(scenario)), len(backups_of(path))) == (1, 0)
