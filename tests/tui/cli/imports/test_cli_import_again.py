"""``makeroom import`` of newer files, by mappings, and stopped on its way."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database.watch import StoppedError, Watch
from store.imports import formats, mappings
from store.imports.merge import plan_import
from store.imports.reader import read_table
from store.records import Command, Item, State
from store.workspace.workspace import Workspace
from tests.store.imports.workbooks import workbook
from tui.cli import main, progress_line
from tui.cli.imports import arguments

ROOT = Path(__file__).parent.parent.parent.parent.parent
File = Callable[[str | bytes], str]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the workspace will be; nobody is at the terminal."""
    monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "team.db"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(mappings, "config_folder", lambda: tmp_path / "config")
    return tmp_path / "team.db"


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes a file and returns its name."""

    def write(data: str | bytes) -> str:
        (tmp_path / "f").write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(tmp_path / "f")

    return write


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def load(path: Path) -> State:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def owners(path: Path) -> list[str]:
    return [item.owner for item in load(path).each(Item)]


@pytest.fixture
def changed(db: Path, file: File) -> str:
    """Two items whose owners changed here and in the file; the file's name."""
    assert main(["import", file("key,title,owner\nA-1,A,Ada\nA-2,B,Ada\nA-3,C,Ada\n")]) == 0
    with Workspace.open(db) as workspace:
        items = [item.model_copy(update={"owner": "Bo"}) for item in workspace.load().each(Item)]
        workspace.apply(Command("edit", "edit", tuple(items[:2])))
    return file("key,title,owner\nA-1,A,Cy\nA-2,B,Cy\n")


class TestConflicts:
    def test_are_kept_and_listed(self, db: Path, changed: str, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        assert main(["import", changed]) == 0
        out = capsys.readouterr().out
        assert out.startswith("0 new, 0 updated, 2 kept as changed here, 0 unchanged, 0 not taken\n")
        assert "  kept as changed here, line 2: A: owner, which the file gives as Cy\n" in out
        assert "--on-conflict here or source settles it" in out
        assert "  no longer in the file, stays here (below the line): A-3 C\n" in out
        assert owners(db) == ["Bo", "Bo", "Ada"]

    def test_by_option(self, db: Path, changed: str) -> None:
        assert main(["import", changed, "--on-conflict", "source"]) == 0
        assert owners(db) == ["Cy", "Cy", "Ada"]

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("s\nh\n", ["Cy", "Bo"]),
            ("\ns\n", ["Bo", "Cy"]),
            ("S\n", ["Cy", "Cy"]),
            ("H\n", ["Bo", "Bo"]),
            ("", ["Bo", "Bo"]),
        ],
    )
    def test_asked_for(
        self,
        db: Path,
        changed: str,
        typed: str,
        found: list[str],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        assert main(["import", changed]) == 0
        assert owners(db)[:2] == found
        assert "A: its owner is Bo here, Cy in the file." in capsys.readouterr().err

    def test_a_dry_run_does_not_ask(self, db: Path, changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal("S\n"))
        assert main(["import", changed, "--dry-run"]) == 0
        assert owners(db) == ["Bo", "Bo", "Ada"]


def test_the_formats_of_the_help_are_those_there_are() -> None:
    assert tuple(each.name for each in formats.FORMATS) == arguments.FORMATS


def test_progress_is_one_line_that_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress_line, "_PATIENCE", 0)
    monkeypatch.setattr(progress_line, "_EVERY", 0)
    with progress_line.progress() as watch:
        watch.look("reading", 2000)
        watch.look("comparing", 1000, 2500)
        watch.look("writing", 0)
    assert screen.getvalue() == "\rreading: 2,000\x1b[K\rcomparing: 1,000 of 2,500\x1b[K\rwriting\x1b[K\r\x1b[K"
    monkeypatch.setattr(sys, "stderr", quiet := io.StringIO())
    with progress_line.progress() as watch:
        watch.look("reading", 2000)
    assert quiet.getvalue() == ""


def test_a_large_file_moves_from_the_first_moment(db: Path, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here counts time: the first word comes before a row is read, and no word stands for many rows."""
    data = file("title\n" + "".join(f"T{at}\n" for at in range(2_500)))
    monkeypatch.setattr(sys, "stderr", screen := Terminal())
    monkeypatch.setattr(progress_line, "_PATIENCE", 1e9)
    monkeypatch.setattr(progress_line, "_EVERY", 0)
    assert main(["import", data]) == 0
    assert screen.getvalue() == ""
    assert main(["undo"]) == 0
    monkeypatch.setattr(progress_line, "_LARGE", Path(data).stat().st_size)
    assert main(["import", data]) == 0
    words = screen.getvalue().replace("\x1b[K", "").split("\r")[1:]
    # The items, and a team with its capacity.
    of_rows, of_puts = (f"of {count:,}" for count in (2_500, 2_502))
    assert words == [
        "reading", "reading", "reading: 1,000", "reading: 2,000",
        "comparing", f"comparing: 1,000 {of_rows}", f"comparing: 2,000 {of_rows}",
        "opening the workspace",
        "checking", *(f"checking: {at:,} {of_puts}" for at in (1_000, 2_000)),
        "writing", *(f"writing: {at:,} {of_puts}" for at in (1_000, 2_000)),
        "sealing", *(f"sealing: {at:,}" for at in (1_000, 2_000)),
        "",
    ]  # fmt: skip


class TestMappings:
    def test_saved_and_used(self, db: Path, file: File, capsys: pytest.CaptureFixture[str]) -> None:
        rows: list[list[object]] = [["Headline", "Effort", "Tag"], ["A", 4, "x"]]
        data = file(workbook(Notes=[["-"]], Backlog=rows))
        words = ["--sheet", "Backlog", "--column", "title=Headline", "--column", "points=Effort", "--map", "label:x=I"]
        assert main(["import", data, *words, "--points-per-week", "8", "--save-mapping", "ours"]) == 0
        assert "mapping saved as" in capsys.readouterr().out
        with Workspace.open(db) as workspace:
            workspace.undo()
        assert main(["import", data, "--mapping", "ours"]) == 0
        assert [(item.title, item.slice, item.source_size) for item in load(db).each(Item)] == [
            ("A", "I", "4 points = 0.5 ew")
        ]

    def test_what_is_typed_goes_first(self, db: Path, file: File) -> None:
        data = file("a,b\n1,2\n")
        assert main(["import", data, "--column", "title=a", "--dry-run", "--save-mapping", "m"]) == 0
        assert main(["import", data, "--mapping", "m"]) == 3
        assert main(["import", data, "--column", "title=a", "--save-mapping", "m"]) == 0
        assert main(["import", data, "--mapping", "m", "--column", "title=b"]) == 0
        assert [item.title for item in load(db).each(Item)] == ["1", "2"]


class TestStopping:
    def test_at_any_row(self, db: Path, file: File) -> None:
        """Reading and comparing look up every thousand rows; what was told adds up."""
        data = file("title\n" + "".join(f"T{at}\n" for at in range(2_500)))
        told: list[tuple[str, int, int | None]] = []
        watch = Watch(lambda *each: told.append(each))
        with Workspace.open(db) as workspace:
            state = workspace.load()
            plan_import(state, read_table(Path(data), watch=watch), None, workspace, watch)
            assert told == [("reading", at, None) for at in (0, 1000, 2000)] + [
                ("comparing", at, 2500) for at in (0, 1000, 2000)
            ]
            for stop_at in range(len(told)):
                seen = iter(range(len(told)))
                watch = Watch(stop=lambda seen=seen, stop_at=stop_at: next(seen) == stop_at)  # type: ignore[misc]
                with pytest.raises(StoppedError, match="Nothing was written"):
                    plan_import(state, read_table(Path(data), watch=watch), None, workspace, watch)

    @pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as a terminal does")
    def test_by_ctrl_c(self, db: Path, file: File) -> None:
        """Whenever it comes, all of the file is there afterwards or nothing of it."""
        assert main(["import", file("title\nfirst\n")]) == 0
        data = file("title,note\n" + "".join(f"T{at},{'x' * 50}\n" for at in range(8_000)))
        program = "import sys; from tui.cli import main; print(flush=True); sys.exit(main())"
        for wait in (0.3, 1.2):
            command = [sys.executable, "-c", program, "import", data]
            run = subprocess.Popen(
                command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(wait)
            run.send_signal(signal.SIGINT)
            _, error = run.communicate(timeout=60)
            count = len(load(db).all(Item))
            assert count in (1, 8_001)
            if run.returncode == 130:
                assert error.endswith("makeroom: stopped.\n")
            if count > 1:
                break
