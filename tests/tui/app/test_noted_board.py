"""A board that is drawn from what was noted, before numpy and the simulation are loaded. About 8 s."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.workspace.workspace import Workspace
from tests.store.copies import demo_file
from tests.tui.rest import come_to_rest
from tests.tui.terminal import ROOT, Terminal, environment, needs_a_pty, note_of
from tui.app.app import MakeroomApp
from tui.app.noted_board import NotedBoard, note_board, recall_board
from tui.board.board import Board
from tui.drawing.colours import ColourMode
from tui.session.session import Session


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "makeroom"


@pytest.fixture
def demo(tmp_path: Path, cache: Path) -> Path:
    return demo_file(tmp_path / "demo.db")


async def look(path: Path, noted: NotedBoard | None = None, size: tuple[int, int] = (120, 40)) -> tuple[list[str], Any]:
    """What a board shows, and the work of noting it."""
    with Workspace.open(path) as workspace:
        session = Session(workspace, noted=noted.plans if noted else None)
        app = MakeroomApp(session, colour_mode=ColourMode.TRUE, noted=noted)
        async with app.run_test(size=size):
            await come_to_rest(app)
            screen = app.screen
            assert isinstance(screen, Board)
            lines = [repr(list(strip)) for strip in screen._compositor.render_strips()]
            return lines, note_board(screen, app.noted)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60)])
async def test_the_board_is_the_same_from_notes(demo: Path, size: tuple[int, int]) -> None:
    drawn, keep = await look(demo, size=size)
    keep()
    noted = recall_board(demo)
    assert noted.plans
    assert noted.pies
    again, _ = await look(demo, noted, size)
    assert again == drawn


async def test_nothing_is_simulated_before_the_first_frame(demo: Path, cache: Path) -> None:
    _, keep = await look(demo)
    keep()
    program = """if True:
        import sys
        from pathlib import Path
        from store.workspace.workspace import Workspace
        from tui import cli
        from tui.app.app import MakeroomApp
        from tui.app.noted_board import recall_board
        from tui.drawing.colours import ColourMode
        from tui.session.session import Session

        MakeroomApp.on_ready = lambda app: app.call_after_refresh(app.exit)
        path = Path(sys.argv[1])
        noted = recall_board(path) if sys.argv[2] == "noted" else None
        with Workspace.open(path) as workspace:
            session = Session(workspace, noted=noted.plans if noted else None)
            app = MakeroomApp(session, colour_mode=ColourMode.TRUE, noted=noted)
            app.run(headless=True, size=(120, 40))
        print(*sorted(sys.modules))
    """
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = {}
    for how in ("noted", "afresh"):
        command = [sys.executable, "-c", program, str(demo), how]
        done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=True)
        loaded[how] = set(done.stdout.split())
    late = {"numpy", "tui.drawing.pie", "scenarios.odds.rest"}
    assert late <= loaded["afresh"]
    assert not late & loaded["noted"]


async def test_what_was_noted_is_confirmed_and_then_simulated(demo: Path) -> None:
    _, keep = await look(demo)
    keep()
    with Workspace.open(demo) as workspace:
        session = Session(workspace, noted=recall_board(demo).plans)
        assert "_total" not in vars(session.now.forecast)
        assert session.confirmed() is None
        assert "_total" in vars(session.now.forecast)
        assert not session.draws.noted
        # Once is enough.
        assert session.confirmed() is None


class Always:
    """Something is always due."""

    def due(self, _: Session) -> Callable[[], None]:
        return lambda: None

    def finish(self, _: Session) -> None:
        """Nothing is left to note."""


async def test_a_plan_that_was_changed_is_noted_for_the_next_start(demo: Path) -> None:
    with Workspace.open(demo) as workspace:
        session = Session(workspace)
        app = MakeroomApp(session, colour_mode=ColourMode.TRUE, noting=Always())
        async with app.run_test(size=(120, 40)) as pilot:
            await come_to_rest(app)
            before = session.now.plan
            await pilot.press("b")
            await come_to_rest(app)
            assert len(session.now.plan.entries) == len(before.entries) - 1
            await app._note()
            stamp = session.draws.plan_stamp(session.now.plan)
            odds = session.now.forecast.odds
    assert recall_board(demo).plans[stamp].odds == odds
    with Workspace.open(demo) as workspace:
        later = Session(workspace, noted=recall_board(demo).plans)
        assert "_total" not in vars(later.now.forecast)
        assert later.now.forecast.odds == odds


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: None,
        lambda said: [],
        lambda said: {"program": said["program"]},
        lambda said: said | {"program": [0]},
        lambda said: said | {"plans": 7},
        lambda said: said | {"plans": {"x": {}}},
        lambda said: said | {"pies": 7},
    ],
)
async def test_a_note_that_is_none_is_not_told(demo: Path, cache: Path, spoil) -> None:
    _, keep = await look(demo)
    keep()
    (note,) = cache.glob("boards/*.json")
    assert recall_board(demo).plans
    note.write_text(json.dumps(spoil(json.loads(note.read_text()))))
    assert recall_board(demo) == NotedBoard()


@pytest.mark.parametrize("pie", [7, [], [[]], *([[[look, " " * 31]]] * 15 for look in ("", "no style", "link x"))])
async def test_a_pie_that_is_none_is_drawn_afresh(demo: Path, pie) -> None:
    drawn, keep = await look(demo)
    keep()
    noted = recall_board(demo)
    again, _ = await look(demo, NotedBoard(noted.plans, dict.fromkeys(noted.pies, pie)))
    assert again == drawn


@needs_a_pty
@pytest.mark.parametrize("part", ["odds", "cuts", "dots"])
def test_what_was_noted_wrong_is_put_right_behind_the_first_frame(tmp_path: Path, part: str) -> None:
    path = demo_file(tmp_path / "room.db")
    run = ["--db", str(path)]
    with Terminal(run, 120, 40, environment(tmp_path)) as terminal:
        terminal.until("THE PLAN", "ODDS", "likely quarters", "help")
        note = note_of(tmp_path, "boards")
        note_of(tmp_path, "frames").unlink()
        terminal.rest()
        right = terminal.text
    said = json.loads(note.read_text())
    for answers in said["plans"].values():
        answers[part] = 0.01 if part == "odds" else [_wrong(each) for each in answers[part]]
    note.write_text(json.dumps(said))
    with Terminal(run, 120, 40, environment(tmp_path)) as terminal:
        terminal.until("THE PLAN", "ODDS", "likely quarters", "help")
        end = time.monotonic() + 60
        while terminal.text != right:
            assert time.monotonic() < end, terminal.text
            terminal.rest()


def _wrong(answer: Any) -> Any:
    return [answer[0], -0.5] if isinstance(answer, list) else 0.1
