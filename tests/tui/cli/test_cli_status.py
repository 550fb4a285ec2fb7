"""``makeroom status`` answers from a note while the workspace is as it was, and never from an older one. About 9 s."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.trade.changes import DecidedBy, baseline, drop
from store.database.places import cache_folder
from store.workspace.workspace import Workspace
from tests.store.copies import demo_file
from tests.store.unawares import behind
from tests.tui.app_helpers import opened
from tui.cli import main
from tui.cli.status_note import Noting
from tui.session.session import Session

ROOT = Path(__file__).parents[3]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "team.db"
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    demo_file(path)
    rest(path)
    return path


def rest(path: Path) -> None:
    """As if it had been written an hour ago, and so never twice at the same time."""
    for each in path.parent.glob(f"{path.name}*"):
        if each.is_file():
            found = each.stat()
            os.utime(each, ns=(found.st_atime_ns, found.st_mtime_ns - 3_600_000_000_000))


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(["status", *words]) == 0
    return capsys.readouterr().out


def notes() -> list[Path]:
    return [path for path in (cache_folder() / "status").glob("*") if path.is_file()]


def fresh(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Without any note."""
    for note in notes():
        note.unlink()
    return asked(capsys, *words)


def test_asked_again_it_says_the_same_and_loads_nothing_heavy(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, values = fresh(capsys), asked(capsys, "--json")
    assert len(notes()) == 1
    assert lightly() == lines
    assert fresh(capsys, "--json") == values


def lightly() -> str:
    """What it says in a process of its own, which must load nothing heavy for it."""
    code = (
        "import sys\nfrom tui.cli import main\ncode = main(['status'])\n"
        "heavy = {'numpy', 'pydantic', 'textual', 'sqlite_utils', 'scenarios.odds.forecast'} & set(sys.modules)\n"
        "sys.exit(code or ' '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_first_after_a_command_that_changed_something_loads_nothing_heavy_either(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = json.loads(run("plan", "--json"))["plan"][-1]["id"]
    assert main(["drop", str(number)]) == 0
    said = lightly()
    assert "17 in plan" in said
    assert fresh(capsys) == said


def test_the_first_after_a_change_on_the_board_loads_nothing_heavy_either(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(db) as workspace:
        session = Session(workspace)
        noting = Noting()
        last = session.now.plan.entries[-1]
        session.commit(drop(session.state, last, session.now.forecast, DecidedBy("Jo", "nobody asked")))
        # While somebody is at it, nothing is noted for each single step.
        assert noting.due(session) is None
        leave = noting.due(session)
        assert leave is not None
        leave()
        assert noting.due(session) is None
        said = lightly()
        assert "17 in plan" in said
        session.undo()
    noting.finish(session)
    assert "18 in plan" in lightly()
    assert fresh(capsys) == asked(capsys)


async def test_the_app_leaves_the_note_by_itself(db: Path) -> None:
    async with opened(db, own_process=True, noting=Noting()) as room:
        room.app.session.commit(baseline(room.app.session.state, room.app.session.now.forecast))
        await room.until(lambda: "baselined" in "".join(note.read_text() for note in notes()), "a note of the change")
        assert "baselined" in lightly()


def test_after_a_change_it_says_what_is_so_now(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "18 in plan" in asked(capsys)
    number = json.loads(run("plan", "--json"))["plan"][-1]["id"]
    for words, said in ((("drop", str(number)), "17 in plan"), (("undo",), "18 in plan")):
        run(*words)
        # At once, and once more when the change is an hour old.
        for _ in range(2):
            found = asked(capsys)
            assert said in found
            assert found == fresh(capsys)
            rest(db)


def run(*words: str) -> str:
    code = "import sys\nfrom tui.cli import main\nsys.exit(main(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_row_changed_behind_its_back_is_seen_too(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "target 70" in asked(capsys)
    behind(db, "UPDATE quarters SET target = target + 0.05")
    rest(db)
    assert "target 75" in asked(capsys)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "[" * 100_000, '{"stamp": 1}', '{"stamp": [], "answer": {"lines": [1], "json": {}}}',
        '{"stamp": [1], "answer": {"lines": ["odds 100%"], "json": {}}}', "\x00\xff",
    ],
)  # fmt: skip
def test_a_note_that_is_none_of_ours_counts_for_nothing(
    db: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    wanted = asked(capsys)
    (note,) = notes()
    note.write_text(text, encoding="utf-8")
    assert asked(capsys) == wanted


def test_where_no_note_can_be_kept_it_answers_all_the_same(
    db: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = asked(capsys)
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert asked(capsys) == wanted


def test_a_workspace_that_is_gone_or_another_one_has_no_old_answer(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys)
    for each in db.parent.glob("team.db*"):
        if each.is_file():
            each.unlink()
    assert main(["status"]) == 3
    db.write_text("something else")
    rest(db)
    assert main(["status"]) == 3
