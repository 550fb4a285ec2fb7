"""An error that nobody foresaw: a sentence, a note in the log, and the board goes on; twice, and it ends in order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from store.sidecars.seats import seats_folder
from store.workspace.workspace import Workspace
from tests.tui.app.test_log import words_in
from tests.tui.app_helpers import opened, small, stored, things
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.app import app as app_module
from tui.app import log_file, shutdown
from tui.app.app import MakeroomApp
from tui.session.session import Session

#: makeroom, in which the key for patterns fails, and the one for the theme fails in a worker.
BREAKS = """
import sys
from tui.cli import main
from tui.board.board import Board
def fails(board):
    raise LookupError("Xylophone-ledger is not there")
async def fails_later():
    raise RuntimeError("Quixotic-Bank said 73519")
Board.action_patterns = fails
Board.action_theme = lambda board: board.run_worker(fails_later())
sys.exit(main())
"""
#: makeroom whose board cannot be drawn at all.
NEVER_DRAWS = """
import sys
from tui.cli import main
from tui.widgets.header import Header
def fails(*_):
    raise LookupError("Xylophone-ledger is not there")
Header.draw = fails
sys.exit(main())
"""


def breaking(program: str, path: Path, home: Path) -> Terminal:
    run = [sys.executable, "-c", program]
    return Terminal(["--db", str(path), "--as", "Ana"], 100, 30, environment(home), run)


def log_of(home: Path) -> str:
    return "".join(map(words_in, home.rglob("makeroom.log")))


@needs_a_pty
@pytest.mark.parametrize(("key", "kind"), [("p", "LookupError"), ("t", "RuntimeError")])
def test_a_failing_key_is_said_and_the_board_goes_on(tmp_path: Path, key: str, kind: str) -> None:
    path = small(tmp_path, [("One", 2.0, {}), ("Two", 2.0, {})])
    before = things(stored(path))
    with breaking(BREAKS, path, tmp_path) as terminal:
        terminal.until("add a request")
        terminal.press(key)
        terminal.until("should not have happened", "makeroom.log", "Your data is as it was")
        assert "Traceback" not in terminal.text
        terminal.press("enter")
        terminal.until("add a request", "One", gone=["should not have happened"])
        terminal.press("b")
        terminal.until("below the line")
        terminal.press("q")
        assert terminal.ended() == 0
        assert b"Traceback" not in terminal.written
    assert things(stored(path)) != before, "the board that went on can change things"
    text = log_of(tmp_path)
    assert kind in text
    for secret in ("Xylophone", "Quixotic", "73519"):
        assert secret not in text
        assert secret.encode() not in bytes(terminal.written)
    assert not seats_folder(path).exists()


@needs_a_pty
def test_q_quits_instead(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 2.0, {})])
    with breaking(BREAKS, path, tmp_path) as terminal:
        terminal.until("add a request")
        terminal.press("p")
        terminal.until("should not have happened")
        terminal.press("q")
        assert terminal.ended() == 0


@needs_a_pty
def test_a_second_failure_within_a_moment_ends_it_with_the_sentence(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 2.0, {})])
    before = things(stored(path))
    with breaking(NEVER_DRAWS, path, tmp_path) as terminal:
        assert terminal.ended(30) == 70
        left = bytes(terminal.written)
        assert left.rfind(b"\x1b[?1049l") > left.rfind(b"\x1b[?1049h"), "the terminal is given back"
        assert b"Traceback" not in left
        assert "did not foresee" in terminal.text
        assert "makeroom.log" in terminal.text.replace("\n", "")
    assert things(stored(path)) == before
    assert "LookupError" in log_of(tmp_path)


@needs_a_pty
def test_what_was_being_typed_is_offered_after_the_failure(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 2.0, {})])
    program = (
        BREAKS.replace("sys.exit(main())", "")
        + """
from tui.requests.quick_add_dialog import QuickAdd
real = QuickAdd.on_input_changed
def typed(dialog, event):
    if event.value.endswith("!"):
        raise LookupError("Xylophone-ledger")
    real(dialog, event)
QuickAdd.on_input_changed = typed
sys.exit(main())
"""
    )
    with breaking(program, path, tmp_path) as terminal:
        terminal.until("add a request")
        terminal.press("a")
        terminal.until("A request")
        terminal.write("Half a thought")
        terminal.until("Half a thought")
        terminal.write("!")
        terminal.until("should not have happened")
        terminal.press("enter")
        terminal.until("You were typing a request", "Half a thought!")
        terminal.press("esc")
        terminal.until("add a request", gone=["You were typing"])
        terminal.press("q")
        assert terminal.ended() == 0


async def test_tests_are_told_of_what_fails_in_them(tmp_path: Path) -> None:
    """Whatever the user is spared: a failure under test stays a failure."""
    path = small(tmp_path, [("One", 2.0, {})])
    failures: list[Exception | None] = []

    async def fails() -> None:
        raise RuntimeError("this")

    async def under_test() -> None:
        async with opened(path) as room:
            room.app.run_worker(fails())
            await room.settle()
            failures.append(room.app.failure)

    with pytest.raises(WorkerFailed):
        await under_test()
    assert isinstance(failures[0], WorkerFailed)
    assert any("RuntimeError" in line for line in log_file.lines_of(failures[0]))


async def test_an_app_that_ends_while_it_settles_in_ends_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is begun in a thread after the first screen; whoever quits at once leaves no screen to go on with."""
    monkeypatch.setattr(app_module, "_begin_log", lambda: None)
    monkeypatch.setattr(shutdown, "heed_signals", lambda _: None)
    with Workspace.open(small(tmp_path, [("One", 2.0, {})]), actor="ada") as workspace:
        app = MakeroomApp(Session(workspace))
        async with app.run_test():
            monkeypatch.setattr(MakeroomApp, "_sit_down", lambda _: app._screen_stack.clear())
            screens = app.screen_stack
            await app._settle_in()
            app._screen_stack[:] = screens
