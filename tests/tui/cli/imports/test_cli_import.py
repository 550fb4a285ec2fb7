"""``makeroom import`` from the command line: what it writes, what it says, and what it refuses."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.records import Capacity, Command, Item, Shortfall, Size, SliceRule, State, Team
from store.workspace.workspace import Workspace
from tui.cli import main

ROOT = Path(__file__).parent.parent.parent.parent.parent
DATA = ROOT / "tests" / "data"
Write = Callable[[str | bytes], str]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace that does not exist yet; nobody is at the terminal."""
    path = tmp_path / "team.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return path


@pytest.fixture
def write(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Writes a file and returns its name."""
    folder = tmp_path_factory.mktemp("files")

    def to_file(text: str | bytes) -> str:
        (folder / "f.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(folder / "f.csv")

    return to_file


def load(path: Path) -> State:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def count_events(path: Path) -> int:
    with Workspace.open(path, read_only=True) as workspace:
        return len(workspace.events())


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


AGAIN = [
    ("plain.csv", []),
    ("jira_export.csv", ["--points-per-week", "7", "--hours-per-week", "33.3"]),
    ("semicolon_latin1.csv", []),
    ("utf16.csv", ["--points-per-week", "7"]),
]


class TestImport:
    def test_jira_export(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The counts first, then every row that is not taken with its line, then notes."""
        file = str(DATA / "jira_export.csv")
        assert main(["import", file, "--points-per-week", "8", "--hours-per-week", "32", "--team", "Pay=34.0"]) == 0
        out = capsys.readouterr().out
        assert out.startswith("5 new, 0 updated, 0 unchanged, 1 not taken\n")
        assert '  not taken, line 7: is "Done" (--include-done takes such rows too) (Export to XML)\n' in out
        assert 'line 10: estimate "many" is not a number' in out
        state = load(db)
        assert [item.source_key for item in state.each(Item)] == ["PAY-1", "PAY-2", "PAY-4", "PAY-5", "PAY-6"]
        assert [(team.name, cap.net) for team, cap in zip(state.each(Team), state.each(Capacity), strict=True)] == [
            ("Pay", 34.0)
        ]
        assert (state.workspace.points_per_ew, state.workspace.hours_per_ew) == (8, 32)

    def test_numbers_are_typed_with_a_decimal_comma_too(
        self, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "own.csv"
        file.write_text("title,team,hours\nBerths,Pay,65\n", encoding="utf-8")
        assert main(["import", str(file), "--hours-per-week", "32,5", "--team", "Pay=1.014,5"]) == 0
        # 65 / 32.5
        assert "load by team: Pay 2.0 ew in 1 item (net 1,014.5)" in capsys.readouterr().out
        assert main(["capacity", "Pay=6,5", "--target", "72,5%"]) == 0
        assert "Pay 1,014.5 → 6.5, target 70% → 72.5%" in capsys.readouterr().out
        for odd in ("6,5,5", "nan", "six"):
            assert main(["import", str(file), "--hours-per-week", odd]) == 2
            assert f"“{odd}” is not a number" in capsys.readouterr().err

    @pytest.mark.parametrize(("name", "options"), AGAIN)
    def test_again_writes_no_event(
        self, db: Path, name: str, options: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Also with rates that leave endless fractions behind, and after the way through the file."""
        file = str(DATA / name)
        assert main(["import", file, *options]) == 0
        before = count_events(db)
        capsys.readouterr()
        assert main(["import", file]) == 0
        out = capsys.readouterr().out
        assert out.startswith(f"0 new, 0 updated, {len(load(db).all(Item))} unchanged, ")
        assert "nothing to write" in out
        assert count_events(db) == before

    def test_rates_are_remembered(self, db: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import", write("title,points\nA,4\n"), "--points-per-week", "8"]) == 0
        assert main(["import", write("title,points\nA,4\nB,8\n")]) == 0
        assert [size.likely for size in load(db).each(Size)] == [0.5, 1.0]

    def test_one_step_that_can_be_taken_back(self, db: Path, write: Write) -> None:
        assert main(["import", write("key,title,days\nA-1,A,5\n")]) == 0
        before = load(db)
        assert main(["import", write("key,title,days\nA-1,New,10\nA-2,B,5\n"), "--map", "type:x=I"]) == 0
        assert {item.title for item in load(db).each(Item)} == {"New", "B"}
        with Workspace.open(db) as workspace:
            workspace.undo()
        restored = load(db)
        for kind in (Item, Size, Team, Capacity, SliceRule):
            strip = [row.model_copy(update={"rev": 0}) for row in restored.each(kind)]
            assert strip == [row.model_copy(update={"rev": 0}) for row in before.each(kind)]

    def test_plan_that_falls_below_its_target(self, db: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
        """A bigger estimate of a planned item leaves an open shortfall in the same step, and says so."""
        assert main(["import", write("title,weeks\nA,10\n"), "--team", "Pay=20"]) == 0
        with Workspace.open(db) as workspace:
            item = next(workspace.load().each(Item))
            workspace.apply(Command("edit", "in", (item.model_copy(update={"state": "plan"}),)))
        capsys.readouterr()
        grown = write("title,weeks\nA,40\n")
        assert main(["import", grown, "--dry-run"]) == 0
        assert "The plan would fall below its target" in capsys.readouterr().out
        events = count_events(db)
        assert main(["import", grown]) == 0
        assert "The plan fell below its target" in capsys.readouterr().out
        state = load(db)
        assert [row.settled_at for row in state.each(Shortfall)] == [None]
        assert next(state.each(Item)).state == "plan"
        assert count_events(db) == events + 1


class TestDryRun:
    def test_makes_no_workspace(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import", str(DATA / "plain.csv"), "--dry-run"]) == 0
        out = capsys.readouterr().out
        assert "  new, line 2: [I] Audit log, 2.0-3.0-5.5 ew\n" in out
        assert out.endswith("nothing written (dry run)\n")
        assert list(db.parent.iterdir()) == []

    def test_writes_nothing(self, db: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import", write("title,days\nA,5\n")]) == 0
        before, events = db.read_bytes(), count_events(db)
        assert main(["import", write("title,days\nA,6\nB,7\n"), "--dry-run"]) == 0
        assert "updated, line 2: A: 1.0 ew -> 1.2 ew" in capsys.readouterr().out
        assert (db.read_bytes(), count_events(db)) == (before, events)

    def test_long_lists_of_new_items_are_cut(self, db: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
        rows = "".join(f"T{at}\n" for at in range(50))
        assert main(["import", write("title\n" + rows), "--dry-run"]) == 0
        assert "  and 30 more new ones\n" in capsys.readouterr().out


class TestAsks:
    def test_at_a_terminal(
        self, db: Path, write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal("eight\n-1\n8\n"))
        assert main(["import", write("title,points\nA,4\n")]) == 0
        assert "How many are one engineer-week?" in capsys.readouterr().err
        assert load(db).workspace.points_per_ew == 8

    @pytest.mark.parametrize("typed", ["", "\n", "x\ny\nz\n8\n"])
    def test_no_answer_writes_nothing(
        self, db: Path, write: Write, monkeypatch: pytest.MonkeyPatch, typed: str
    ) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        assert main(["import", write("title,points\nA,4\n")]) == 2
        assert not db.exists()

    def test_nobody_there(self, db: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import", write("title,points\nA,4\n")]) == 2
        assert "--points-per-week N" in capsys.readouterr().err
        assert not db.exists()


BAD = [
    ("", 3, "is empty"),
    ("\ufeff", 3, "is empty"),
    ("PK\x03\x04", 3, "Excel"),
    ("title\nA\0B\n", 3, "NUL"),
    ('title,days\n"A,1\nB,2\n', 3, "never closed"),
    ("5,Fix login\n6,Export\n", 2, "--column title=NAME"),
    ("foo;bar\n1;2\n", 2, '"foo", "bar"'),
    ("title,estimate\nA,5\n", 2, "does not say what its numbers count"),
]


class TestRefuses:
    @pytest.mark.parametrize(("text", "code", "says"), BAD)
    def test_bad_files(
        self, db: Path, write: Write, text: str, code: int, says: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["import", write(text)]) == code
        error = capsys.readouterr().err
        assert error.startswith("makeroom: ")
        assert error.count("\n") == 1
        assert says in error
        assert not db.exists()

    def test_binary_junk_as_a_program(self, db: Path, write: Write) -> None:
        """A process of its own: one sentence, the exit code, and no traceback."""
        file = write(bytes(range(1, 256)) * 40)
        done = run("import", file)
        assert (done.returncode, done.stdout) == (3, "")
        assert "is not text" in done.stderr
        assert "Traceback" not in done.stderr

    def test_an_empty_database_file_is_a_place_to_begin(self, db: Path) -> None:
        db.touch()
        assert main(["import", str(DATA / "plain.csv")]) == 0
        assert len(load(db).all(Item)) == 4

    def test_places_that_are_no_files(self, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import", str(tmp_path / "none.csv")]) == 3
        assert main(["import", str(tmp_path)]) == 3
        large = tmp_path / "large.csv"
        with large.open("wb") as file:
            file.truncate(100_000_000)
        assert main(["import", str(large)]) == 3
        error = capsys.readouterr().err
        assert [part in error for part in ("There is no file", "is a folder", "at most 50 MB")] == [True] * 3

    def test_options(self, db: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = str(DATA / "plain.csv")
        for options in (
            ["--points-per-week", "x"],
            ["--points-per-week", "0"],
            ["--hours-per-week", "nan"],
            ["--team", "Pay=lots"],
            ["--map", "nonsense"],
            ["--map", "type:x=Z"],
            ["--column", "nonsense"],
            ["--column", "days=none"],
            ["--delimiter", "ab"],
            ["--delimiter", "|"],
            ["--encoding", "no-such"],
            ["--dates", "soon"],
            ["--no-such"],
        ):
            assert main(["import", file, *options]) == 2, options
            error = capsys.readouterr().err
            assert error.startswith("makeroom: "), options
        assert not db.exists()

    def test_a_workspace_that_is_none_is_left_alone(
        self, db: Path, write: Write, capsys: pytest.CaptureFixture[str]
    ) -> None:
        db.write_text("my diary")
        for options in ([], ["--dry-run"]):
            assert main(["import", write("title\nA\n"), *options]) == 3
        assert db.read_text() == "my diary"
        assert capsys.readouterr().err.startswith("makeroom: ")


def test_terminals_get_no_control_characters(db: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    nasty = "\x1b]0;owned\x07[/][@click=app.quit()]\u202ex\u200b"
    text = f'key,title,weeks,{nasty}\n{nasty},"{nasty}\nsecond",1,\n,{nasty},{nasty},\n'
    assert main(["import", write(text), "--dry-run"]) == 0
    assert main(["import", write(text)]) == 0
    out = capsys.readouterr()
    assert [c for c in out.out + out.err if not c.isprintable() and c != "\n"] == []
    assert next(load(db).each(Item)).title == "]0;owned[/][@click=app.quit()]x second"


def test_output_in_a_narrow_encoding(db: Path, write: Write) -> None:
    done = run("import", write("title\n日本語\n"), "--dry-run", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "\\u65e5" in done.stdout


def test_a_reader_that_stops_early(db: Path, write: Write) -> None:
    file = write("title,status\n" + "A,Done\n" * 20_000)
    command = f"{sys.executable} -c 'import sys; from tui.cli import main; sys.exit(main())' import {file} | head -1"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "0 new, 0 updated, 0 unchanged, 20,000 not taken\n"
    assert done.stderr == ""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    program = "import sys; from tui.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
