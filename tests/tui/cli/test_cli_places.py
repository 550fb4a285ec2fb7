"""The light commands: help, version, where; and opening the board and the demo."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

import pytest

from store.common.errors import StoreError
from store.database.places import DEMO, WorkspaceFile
from store.demo.demo import open_demo
from store.workspace.workspace import Workspace
from tui.cli import main
from tui.cli.arguments import COMMANDS, parser
from tui.cli.files.open_board import move_aside
from tui.cli.parser import Parser

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with nothing in it."""
    monkeypatch.delenv("MAKEROOM_DB", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    # Something draws, as a terminal would.
    monkeypatch.setenv("TEXTUAL_DRIVER", "nobody looks")
    return tmp_path


#: Who was said to be at the keyboard, and whom to follow, for each board that was opened.
asked: list[tuple[str | None, str]] = []


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[WorkspaceFile]:
    """The places on which a board was opened; none is shown."""
    import tui.app.run

    places: list[WorkspaceFile] = []
    asked.clear()

    def run_board(place: WorkspaceFile, *, actor: str | None = None, follow: str = "", **_: object) -> int:
        places.append(place)
        asked.append((actor, follow))
        return 0

    monkeypatch.setattr(tui.app.run, "run_board", run_board)
    return places


class TestWhere:
    def test_default(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["where"]) == 0
        out = capsys.readouterr().out
        assert "makeroom.db" in out
        assert "demo.db" in out
        assert "it does not exist yet" in out
        assert list(home.rglob("*.db")) == []

    def test_who_chose(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("MAKEROOM_DB", str(home / "team.db"))
        assert main(["where"]) == 0
        assert "MAKEROOM_DB" in capsys.readouterr().out
        for arguments in (["--db", str(home / "x.db"), "where"], ["where", "--db", str(home / "x.db")]):
            assert main(arguments) == 0
            out = capsys.readouterr().out
            assert f"{home / 'x.db'}\n" in out
            assert "named with --db" in out


@pytest.mark.parametrize("command", [[], ["import"], ["demo"], ["serve"], ["where"]])
def test_help_has_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "example:\n  makeroom" in out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("makeroom")


@pytest.mark.parametrize("arguments", [["nonsense"], ["import"], ["--d", "x"], ["import", "a", "b"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("makeroom: ")
    assert "--help" in error


@pytest.mark.parametrize(
    "arguments", [["where"], ["--version"], ["--help"], ["import", "--help"], ["serve", "--help"], ["nonsense"]]
)
def test_light_commands_load_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from tui.cli import main; main(sys.argv[1:]);"
        "heavy = {'textual', 'rich', 'numpy', 'pydantic', 'sqlite_utils', 'sqlite3'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert "loaded" not in done.stderr
    assert done.returncode == 0


class TestBoard:
    def test_opens_the_place(self, home: Path, opened: list[WorkspaceFile]) -> None:
        assert main([]) == 0
        assert main(["--db", str(home / "x.db")]) == 0
        assert [place.chosen for place in opened] == ["default", "--db"]

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ([], (None, "")),
            (["--as", "Ana"], ("Ana", "")),
            (["--follow", "Ana"], (None, "Ana")),
            (["--as", "Wall", "follow"], ("Wall", "*")),
            (["follow", "Ana", "--as", "Wall"], ("Wall", "Ana")),
            (["demo", "--as", "Ana"], ("Ana", "")),
            (["--as", "Ana", "demo"], ("Ana", "")),
        ],
    )
    def test_who_and_whom(
        self, home: Path, opened: list[WorkspaceFile], arguments: list[str], expected: tuple[str | None, str]
    ) -> None:
        assert main(arguments) == 0
        assert asked == [expected]

    def test_follow_opens_the_same_place(self, home: Path, opened: list[WorkspaceFile]) -> None:
        assert main(["follow", "Ana", "--db", str(home / "x.db")]) == 0
        assert main(["--db", str(home / "x.db"), "follow"]) == 0
        assert [place.path for place in opened] == [home / "x.db", home / "x.db"]

    def test_nothing_to_follow_is_said_and_nothing_is_made(
        self, home: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["follow", "--db", str(home / "none.db")]) == 3
        assert "There is no workspace" in capsys.readouterr().err
        assert list(home.iterdir()) == []

    def test_interrupted(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        import tui.app.run

        def interrupt(_: WorkspaceFile, **__: object) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr(tui.app.run, "run_board", interrupt)
        assert main([]) == 130
        assert capsys.readouterr().err == "makeroom: stopped.\n"


class TestDemo:
    def test_made_once_and_kept_aside_when_fresh(
        self, home: Path, opened: list[WorkspaceFile], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["demo"]) == 0
        assert opened[0].chosen == DEMO
        made = opened[0].path
        open_demo(made).close()
        first = made.read_bytes()
        open_demo(made).close()
        assert made.read_bytes() == first
        assert main(["demo", "--fresh"]) == 0
        assert "is kept in" in capsys.readouterr().out
        assert [aside.read_bytes() for aside in made.parent.glob("demo-*.db")] == [first]

    def test_moved_aside_whole_and_only_when_nobody_has_it_open(self, tmp_path: Path) -> None:
        path = tmp_path / "demo.db"
        assert move_aside(path) is None
        with Workspace.open(path), pytest.raises(StoreError, match="open in another window"):
            move_aside(path)
        aside = move_aside(path)
        assert aside is not None
        assert not path.exists()
        with Workspace.open(aside, read_only=True) as workspace:
            assert workspace.load().quarter

    def test_a_damaged_demo_is_moved_as_it_is(self, tmp_path: Path) -> None:
        (tmp_path / "demo.db").write_text("no database")
        aside = move_aside(tmp_path / "demo.db")
        assert aside is not None
        assert aside.read_text() == "no database"


def test_each_command_is_found_where_the_parser_looks_for_it() -> None:
    whole = parser()
    subparsers = next(each for each in whole._actions if isinstance(each, argparse._SubParsersAction))
    assert list(subparsers.choices) == [name for _, _, names in COMMANDS for name in names]
    for name in subparsers.choices:
        for words in ([name], ["--db", "status", name], ["--as", "plan", name], ["--db=x", name]):
            alone = parser(words)
            found = next(each for each in alone._actions if isinstance(each, argparse._SubParsersAction))
            assert found.choices[name].format_help() == subparsers.choices[name].format_help()


@pytest.mark.parametrize("name", [name for _, _, names in COMMANDS for name in names])
def test_a_command_that_is_mistyped_is_answered_with_one_that_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([f"{name}q"]) == 2
    assert f"did you mean {name}?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "built"),
    [([], 0), (["--db", "x.db"], 0), (["--as=Ana", "--db=demo"], 0), (["--version"], 0), (["where"], 1)],
)
def test_to_open_the_board_no_commands_parser_is_built(
    words: list[str], built: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    class Counted(Parser):
        def __init__(self, *given: object, **more: object) -> None:
            super().__init__(*given, **more)  # type: ignore[arg-type]
            made.append(self.prog)

    monkeypatch.setattr("tui.cli.arguments.Parser", Counted)
    assert parser(words).parse_args(words)
    assert len(made) == built


@pytest.mark.parametrize("words", [["--help"], ["--db", "x.db", "-h"]])
def test_the_help_lists_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    said = capsys.readouterr().out
    assert all(re.search(rf"\n    {name}[ \n]", said) for _, _, names in COMMANDS for name in names)
