"""Commands run in this process, as a shell would: each ``--json`` answer is checked against the published schema."""

from __future__ import annotations

import io
import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from store.records import State
from store.workspace.workspace import Workspace
from tests.store.copies import demo_file
from tui.cli import main
from tui.cli.outputs import OUTPUTS

ROOT = Path(__file__).parent.parent.parent.parent
SCHEMA = json.loads((ROOT / "docs" / "cli-schema.json").read_text(encoding="utf-8"))
ACME = "Acme audit log ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east team:Web"

# Each part of the command line adds its outputs when it is imported.
for _module in sorted((ROOT / "tui" / "cli").glob("*/*outputs.py")):
    import_module(f"tui.cli.{_module.parent.name}.{_module.stem}")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo as the workspace that commands work on."""
    path = tmp_path / "team.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    demo_file(path)
    return path


def state_of(path: Path) -> State:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def contents(path: Path) -> dict[str, dict[int, Any]]:
    """All rows but for what counts changes."""
    tables = state_of(path).tables
    return {name: {key: row.model_dump(exclude={"rev"}) for key, row in rows.items()} for name, rows in tables.items()}


@cache
def validator(kind: str) -> Any:
    """Of a command's output. The schema itself is looked through once, by its own test: that takes longer than most
    commands."""
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{OUTPUTS[kind].__name__}"})


class Shell:
    """Runs commands with ``--json``, each answer checked against the published schema."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0, kind: str = "outcome") -> dict[str, Any]:
        checks = validator(kind)
        self._capsys.readouterr()
        assert main([*words, "--json"]) == code, self._capsys.readouterr()
        out, err = self._capsys.readouterr()
        assert err == ""
        found = json.loads(out)
        checks.validate(found)
        assert isinstance(found, dict)
        return found

    def lines(self, *words: str, code: int = 0) -> str:
        """What a command says without ``--json``."""
        self._capsys.readouterr()
        assert main([*words]) == code
        out, err = self._capsys.readouterr()
        assert err == ""
        assert all(char.isprintable() for char in out if char != "\n")
        return out

    def refused(self, *words: str, code: int = 2) -> str:
        """The sentence of a refusal."""
        self._capsys.readouterr()
        assert main([*words]) == code
        err = self._capsys.readouterr().err
        assert err.startswith("makeroom: ")
        assert "Traceback" not in err
        return err


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)
