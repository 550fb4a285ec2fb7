"""The first frame is on screen before anything is loaded where nothing changed since it was noted; the app's own
stands a moment later, whatever was noted. About 20 s."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyte
import pytest

from store.records import Command, Item
from store.workspace.workspace import Workspace
from tests.store.copies import demo_file
from tests.tui.terminal import ROOT, Terminal, environment, needs_a_pty, note_of
from tui.terminal.first_frame import FirstFrame

pytestmark = needs_a_pty

#: What Textual asks a terminal before anything else: all before it was there before the app.
APP = b"\x1b[?2026$p"
MARKS = ("THE PLAN", "ODDS", "likely quarters", "help")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_file(tmp_path_factory.mktemp("made") / "made.db")


@pytest.fixture
def home(tmp_path: Path, made: Path) -> Path:
    """A home with a workspace in it, which nobody opened there yet."""
    (tmp_path / "room.db").write_bytes(made.read_bytes())
    return tmp_path


@contextmanager
def board(home: Path, columns: int = 120, lines: int = 40, **environ: str) -> Iterator[Terminal]:
    """The board on the workspace, once it stands and rests."""
    with Terminal(["--db", str(home / "room.db")], columns, lines, environment(home, **environ)) as terminal:
        terminal.until(*MARKS)
        while APP not in terminal.written:
            terminal.rest()
        terminal.rest()
        yield terminal


def before(terminal: Terminal) -> bytes:
    """What was written before the app was there."""
    return bytes(terminal.written.partition(APP)[0])


def since(terminal: Terminal) -> bytes:
    """What of the board was written once it was."""
    return bytes(terminal.written.partition(APP)[2])


def seen(terminal: Terminal) -> Any:
    """Every cell, with its colours."""
    screen = pyte.Screen(120, 40)
    pyte.ByteStream(screen).feed(bytes(terminal.written))
    return [[screen.buffer[y][x] for x in range(120)] for y in range(40)]


def first_start(home: Path) -> Any:
    """The home after a first start, and what was on screen."""
    with board(home) as terminal:
        assert b"THE PLAN" not in before(terminal), "nothing was noted yet"
        assert b"THE PLAN" in since(terminal)
        note_of(home, "frames")
        terminal.rest()
        return home, terminal.text, seen(terminal)


@pytest.fixture
def noted(home: Path) -> Any:
    """A home of its own after a first start, and what was on screen."""
    return first_start(home)


def test_the_next_start_shows_it_before_the_app_is_there_and_nothing_of_it_twice(noted_once) -> None:
    home, text, cells = noted_once
    with board(home) as terminal:
        assert all(mark.encode() in before(terminal) for mark in MARKS)
        assert b"THE PLAN" not in since(terminal)
        assert b"MAKEROOM" not in since(terminal)
        assert (terminal.text, seen(terminal)) == (text, cells)
        # It is the app that stands there: it answers.
        terminal.press("?")
        terminal.until("Why are the odds")


def test_keys_that_are_typed_at_it_are_the_apps(noted_once) -> None:
    home, *_ = noted_once
    with Terminal(["--db", str(home / "room.db")], 120, 40, environment(home)) as terminal:
        while b"THE PLAN" not in terminal.written:
            terminal._read(0.005, 0.01)
        os.write(terminal._end, b"?")
        terminal.until("Why are the odds")


@pytest.mark.parametrize("again", range(3))
def test_who_leaves_at_it_has_left(noted_once, again) -> None:
    home, *_ = noted_once
    with Terminal(["--db", str(home / "room.db")], 120, 40, environment(home)) as terminal:
        while b"THE PLAN" not in terminal.written:
            terminal._read(0.005, 0.01)
        os.write(terminal._end, b"\x11")
        assert terminal.ended() == 0
        # It was not begun a second time, as after an error.
        assert terminal.written.count(APP) == 1
    logs = [each.read_text() for each in home.glob("state/**/*.log")]
    assert not any("unexpected" in text for text in logs)


def test_a_change_by_anybody_shows_nothing_old(noted) -> None:
    home, *_ = noted
    with Workspace.open(home / "room.db") as workspace:
        item = next(each for each in workspace.load().all(Item).values() if each.state == "plan")
        later = item.model_copy(update={"title": "Somebody else’s words"})
        workspace.apply(Command("edit", "Renamed", puts=(later,)))
    with board(home) as terminal:
        assert b"THE PLAN" not in before(terminal)
        terminal.until("Somebody else’s words")


@pytest.mark.parametrize("other", [{"NO_COLOR": "1"}, {"COLORTERM": "", "TERM": "xterm"}])
def test_a_terminal_of_other_colours_gets_its_own(noted, other) -> None:
    home, *_ = noted
    with board(home, **other) as terminal:
        assert b"THE PLAN" not in before(terminal)
        assert b"38;2;" not in terminal.written


def test_a_terminal_of_another_size_gets_its_own(noted) -> None:
    home, *_ = noted
    with Terminal(["--db", str(home / "room.db")], 100, 30, environment(home)) as terminal:
        terminal.until("Retire legacy", "help")
        assert b"THE PLAN" not in before(terminal)


def test_what_was_noted_wrong_is_put_right_at_once(noted) -> None:
    home, text, cells = noted
    note = note_of(home, "frames")
    told = note.read_text()
    assert told.count("THE PLAN") == 1
    note.write_text(told.replace("THE PLAN", "THE PLAM"))
    with Terminal(["--db", str(home / "room.db")], 120, 40, environment(home)) as terminal:
        terminal.until(*MARKS, gone=["THE PLAM"])
        assert b"THE PLAM" in before(terminal)
        terminal.rest()
        assert (terminal.text, seen(terminal)) == (text, cells)
        # What was right was not written again.
        assert b"MAKEROOM" not in since(terminal)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: "",
        lambda note: "{",
        lambda note: "[" * 100_000,
        lambda note: json.dumps([note]),
        lambda note: json.dumps(note | {"lines": None}),
        lambda note: json.dumps(note | {"lines": note["lines"][1:]}),
        lambda note: json.dumps(note | {"lines": [line[1:] for line in note["lines"]]}),
        lambda note: json.dumps(note | {"lines": [[[120, "", "\x1b]0;x\x07" + " " * 115]]] * 40}),
        lambda note: json.dumps(note | {"lines": [[[120, "0m\x1b[5", " " * 120]]] * 40}),
        lambda note: json.dumps(note | {"lines": [[[120, None, "\x1b[2J"]]] * 40}),
        lambda note: json.dumps(note | {"lines": [[[120, None, 7]]] * 40}),
        lambda note: json.dumps(note | {"lines": [[[True, "", " "]]] * 40}),
        lambda note: json.dumps(note | {"lines": [[["120", "", " " * 120]]] * 40}),
        lambda note: json.dumps(note | {"lines": [7] * 40}),
        lambda note: json.dumps(note | {"size": [40, 120]}),
        lambda note: json.dumps(note | {"stamp": None}),
    ],
)
def test_a_note_that_is_none_is_not_shown(noted_once, spoil) -> None:
    home, *_ = noted_once
    note = note_of(home, "frames")
    kept = note.read_text()
    note.write_text(spoil(json.loads(kept)))
    try:
        assert _shown(home) == ""
    finally:
        note.write_text(kept)
    assert "THE PLAN" in _shown(home)


@pytest.fixture(scope="module")
def noted_once(tmp_path_factory: pytest.TempPathFactory, made: Path) -> Any:
    """The same, of a home in which nothing is changed."""
    home = tmp_path_factory.mktemp("once")
    (home / "room.db").write_bytes(made.read_bytes())
    return first_start(home)


#: Shows it, and then does this.
_SHOW = """
import os, sys, time
from pathlib import Path
from tui.terminal.first_frame import FirstFrame
first = FirstFrame(Path(sys.argv[1]), False, None, False)
first.show()
first._writer and first._writer.join()
print("\\x1b[40;1Hup" if first.is_up else "\\x1b[40;1Hno", end="", flush=True)
{then}
"""


#: Whatever whoever runs the tests does with signals.
_HEEDED = """
import signal
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
_HUNG_UP = (
    "os.kill(os.getpid(), signal.SIGHUP)\nfirst.take_away()\nassert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN"
)


def _shown(home: Path, then: str = "") -> str:
    """What is on screen once it was shown; empty where it was not."""
    run = [sys.executable, "-c", _SHOW.format(then=then or "time.sleep(60)")]
    with Terminal([str(home / "room.db")], 120, 40, environment(home), run) as terminal:
        end = time.monotonic() + 60
        while not any(terminal.lines[39].startswith(word) for word in ("up", "no")):
            assert time.monotonic() < end, terminal.text
            terminal._read(0.01, 0.1)
        return terminal.text if terminal.lines[39].startswith("up") else ""


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, "ends"])
def test_where_no_app_comes_the_terminal_is_given_back(noted_once, way) -> None:
    home, *_ = noted_once
    then = "first.take_away()" if way == "ends" else "try:\n    time.sleep(60)\nfinally:\n    first.take_away()"
    run = [sys.executable, "-c", f"{_HEEDED}{_SHOW.format(then=then)}"]
    with Terminal([str(home / "room.db")], 120, 40, environment(home), run) as terminal:
        fresh = termios.tcgetattr(terminal._end)
        end = time.monotonic() + 60
        while b"\x1b[40;1Hup" not in terminal.written:
            assert time.monotonic() < end
            terminal._read(0.01, 0.1)
        if way == "ends":
            assert terminal.ended() == 0
        else:
            assert termios.tcgetattr(terminal._end) != fresh
            terminal.send(way)
            assert terminal.ended() == -way
        terminal._read(0.01, 0.1)
        assert terminal.written.endswith(b"\x1b[?25h") or way == signal.SIGINT
        assert b"\x1b[?1049l\x1b[?25h" in terminal.written
        assert termios.tcgetattr(terminal._end) == fresh


def test_what_a_terminal_did_not_take_is_known(noted_once, tmp_path) -> None:
    home, *_ = noted_once
    # Its writes do not wait, and nobody reads for a while: most of the frame is lost.
    busy = "import fcntl, os; fcntl.fcntl(2, fcntl.F_SETFL, fcntl.fcntl(2, fcntl.F_GETFL) | os.O_NONBLOCK)"
    then = f"open({str(tmp_path / 'told')!r}, 'w').write(f'{{first.is_lost}}.')\ntime.sleep(60)"
    shows = _SHOW.format(then=then).replace('print("', 'None and print("', 1)
    with Terminal([str(home / "room.db")], 120, 40, environment(home), [sys.executable, "-c", f"{busy}{shows}"]):
        end = time.monotonic() + 60
        while not (tmp_path / "told").exists() or not (tmp_path / "told").read_text().endswith("."):
            assert time.monotonic() < end
            time.sleep(0.01)
    assert (tmp_path / "told").read_text() == "True."


@pytest.mark.parametrize("lost", [False, True])
def test_the_app_writes_all_of_what_was_lost(monkeypatch, lost) -> None:
    from textual.drivers.linux_driver import LinuxDriver

    from tui.terminal.terminal import ENTER, Lasting, TerminalDriver

    said: list[str] = []
    monkeypatch.setattr(LinuxDriver, "start_application_mode", lambda driver: driver.write(ENTER))
    monkeypatch.setattr(LinuxDriver, "write", lambda driver, text: said.append(text))
    driver = TerminalDriver.__new__(TerminalDriver)
    frame = FirstFrame(Path("room.db"))
    frame._attributes, frame.is_lost = ["as it was"], lost
    driver._app, driver._lasting = SimpleNamespace(first_frame=frame), Lasting(io.StringIO())
    driver.start_application_mode()
    assert driver.has_lost is lost
    # The other screen is entered once: what is there would be cleared.
    assert said == [ENTER] * lost
    assert driver.attrs_before == ["as it was"]


def test_who_is_not_to_end_with_the_terminal_does_not(noted_once) -> None:
    home, *_ = noted_once
    run = [
        sys.executable,
        "-c",
        f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN){_SHOW.format(then=_HUNG_UP)}",
    ]
    with Terminal([str(home / "room.db")], 120, 40, environment(home), run) as terminal:
        assert terminal.ended() == 0
        assert b"\x1b[40;1Hup" in terminal.written


def test_who_looks_on_begins_with_nothing(noted_once) -> None:
    home, *_ = noted_once
    with Terminal(["--db", str(home / "room.db"), "follow"], 120, 40, environment(home)) as terminal:
        terminal.until("THE PLAN")
        assert b"THE PLAN" not in before(terminal)


def test_a_workspace_that_cannot_be_opened_is_said_on_the_terminal_as_it_was(noted) -> None:
    home, *_ = noted
    # Whoever may not read the journal still knows the last seal of the file.
    (home / "room.db.lock").unlink()
    (home / "room.db.lock").mkdir()
    with Terminal(["--db", str(home / "room.db")], 120, 40, environment(home)) as terminal:
        fresh = termios.tcgetattr(terminal._end)
        assert terminal.ended() == 3
        terminal._read(0.01, 0.1)
        assert b"THE PLAN" in terminal.written
        assert b"room.db" in terminal.written.rpartition(b"\x1b[?1049l")[2]
        assert termios.tcgetattr(terminal._end) == fresh


def test_nobody_else_can_read_it_and_those_of_long_ago_go(noted) -> None:
    home, *_ = noted
    note = note_of(home, "frames")
    assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700
    old, young = note.with_name("old.json"), note.with_name("young.json")
    for each, days in ((old, 31), (young, 29)):
        each.write_text("{}")
        os.utime(each, (time.time() - days * 86_400,) * 2)
    note.unlink()
    with board(home):
        note_of(home, "frames")
        end = time.monotonic() + 60
        while old.exists():
            assert time.monotonic() < end
            time.sleep(0.02)
    assert young.exists()


def test_leaving_the_app_gives_the_terminal_back_as_it_was_before_it(noted_once) -> None:
    home, *_ = noted_once
    with Terminal(["--db", str(home / "room.db")], 120, 40, environment(home)) as terminal:
        fresh = termios.tcgetattr(terminal._end)
        terminal.until(*MARKS)
        terminal.rest()
        terminal.press("\x11")
        assert terminal.ended() == 0
        assert termios.tcgetattr(terminal._end) == fresh
        assert terminal.written.count(b"\x1b[?1049h") == 1


def test_what_shows_it_loads_nothing_that_draws() -> None:
    code = "import sys, tui.cli.files.open_board, tui.terminal.first_frame; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in told.stdout.split()}
    assert not loaded & {"textual", "rich", "numpy", "pydantic"}
