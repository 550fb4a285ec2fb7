"""``makeroom --plain``: each change is a line, each line a command, whatever is typed. About three seconds."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.store.copies import demo_file
from tui.cli import main


class Keyboard(io.StringIO):
    """Lines as they are typed; a function among them is what happens elsewhere meanwhile."""

    def __init__(self, lines: Sequence[str | Callable[[], object]]) -> None:
        super().__init__()
        self._lines = iter(lines)

    def readline(self, size: int | None = -1, /) -> str:
        for each in self._lines:
            if isinstance(each, str):
                return f"{each}\n"
            each()
        return ""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    path = tmp_path / "team.db"
    demo_file(path)
    monkeypatch.setenv("MAKEROOM_DB", str(path))

    def tell(*lines: str | Callable[[], object]) -> str:
        monkeypatch.setattr("sys.stdin", Keyboard(lines))
        assert main(["--as", "Ana", "--plain"]) == 0
        return "\n".join(capsys.readouterr())

    return tell


def test_each_change_is_a_line_and_each_line_a_command(told: Callable[..., str]) -> None:
    out = told(
        "",
        "drop 7",
        'add "Late wish ~1-2-3',
        "nonsense",
        "--version",
        "demo",
        "makeroom undo",
        "quit",
        "fill",
    )
    lines = out.splitlines()
    assert lines[0].startswith("Q1 2027, draft. 18 items in plan, odds 73%, it fits; room 1.2 Payments engineer-weeks.")
    assert "Type a command" in lines[1]
    # By whom, what, and how it stands then, after the command's own words.
    told_at = [at for at, line in enumerate(lines) if line[2:3] == ":" and "Ana: " in line]
    assert len(told_at) == 2, out
    assert lines[told_at[0] + 1].startswith("17 items in plan")
    assert lines[told_at[0] + 1].endswith("Before, odds were 73%.")
    assert "took back: " in lines[told_at[1]]
    assert "odds 73%, it fits" in lines[told_at[1] + 1]
    # What is no command is said, and nothing ends.
    assert "that line cannot be read" in out
    assert "there is no command “nonsense”" in out
    for refused in ("--version", "demo"):
        assert f"“{refused}” is not a command here" in out


def test_what_somebody_else_does_is_told(told: Callable[..., str]) -> None:
    out = told("status", lambda: main(["--as", "Ben", "drop", "7"]), "status")
    assert "Ben: " in out


def test_an_empty_workspace_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "new.db"))
    monkeypatch.setattr("sys.stdin", Keyboard([]))
    assert main(["--plain"]) == 0
    assert "0 items in plan" in capsys.readouterr().out
