"""Commands run in the test's own process on a copy of the demo, which is made once; with the tests that need them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from store.demo.demo import open_demo
from store.records import Item, State
from store.workspace.workspace import Workspace
from tests.tui.cli.shell import validator
from tui.cli import main


class Commands:
    """What commands say on one workspace; nothing of it holds a control character."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        """The exit code, what was said, and what was complained of."""
        self._capsys.readouterr()
        code = main(["--db", str(self.path), *words])
        out, err = self._capsys.readouterr()
        assert all(char.isprintable() for char in (out + err) if char != "\n")
        assert "Traceback" not in err
        return code, out, err

    def lines(self, *words: str, code: int = 0) -> str:
        """The lines."""
        found = self.run(*words)
        assert (found[0], found[2]) == (code, ""), found
        return found[1]

    def json(self, *words: str, kind: str = "outcome", code: int = 0) -> dict[str, Any]:
        """The answer for programs, checked against the published schema."""
        found: dict[str, Any] = json.loads(self.lines(*words, "--json", code=code))
        validator(kind).validate(found)
        return found

    def refused(self, *words: str, code: int = 2) -> str:
        """The sentence of a refusal, which changed nothing."""
        before = self.seq
        found = self.run(*words)
        assert (found[0], found[1]) == (code, ""), found
        assert found[2].startswith("makeroom: ")
        assert self.seq == before
        return found[2]

    @property
    def state(self) -> State:
        """What is in the workspace."""
        with Workspace.open(self.path, read_only=True) as workspace:
            return workspace.load()

    @property
    def seq(self) -> int:
        """The number of the journal's last event."""
        with Workspace.open(self.path, read_only=True) as workspace:
            return workspace.events()[-1].seq

    def item(self, title: str) -> Item:
        """An item by its title, as it is stored."""
        return next(item for item in self.state.each(Item) if item.title == title)

    def rows(self) -> dict[str, dict[int, Any]]:
        """All that is kept, but for what counts changes."""
        tables = self.state.tables
        return {
            name: {key: row.model_dump(exclude={"rev"}) for key, row in rows.items()} for name, rows in tables.items()
        }


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's file."""
    path = tmp_path_factory.mktemp("demo") / "team.db"
    open_demo(path, "ada").close()
    return path


@pytest.fixture
def on(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands on a copy of the demo."""
    monkeypatch.delenv("MAKEROOM_DB", raising=False)
    return Commands(Path(shutil.copy(made, tmp_path / "team.db")), capsys)
