"""Budgets that hold on any machine: bytes, frames, widgets, statements, modules, strips; nothing is timed."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyte
import pytest
from textual._compositor import CompositorUpdate
from textual.drivers._writer_thread import WriterThread

from store.demo.demo import make_demo
from store.records import RECORDS
from store.workspace.workspace import Workspace
from tests.tui.processes import QUIET, work
from tests.tui.rest import PATIENCE, come_to_rest
from tui.app.app import MakeroomApp
from tui.board.board import Board
from tui.drawing.canvas import Canvas
from tui.plan_view.plan_table import PlanTable
from tui.plan_view.waiting_request import Incoming
from tui.session.session import Session
from tui.widgets.header import Header
from tui.widgets.line_input import LineInput
from tui.widgets.row_table import RowTable

workspaces = pytest.importorskip("benchmarks.workspaces", reason="the benchmarks are only in the repository")

ROOT = Path(__file__).resolve().parents[3]
FEW, MANY = 50, 10_000

# Each with some 40% of headroom over what was measured; lower them when the app gets better.
#: The most that one move of the cursor may write at 120x40, and 20 moves in a row on average.
BYTES_A_MOVE = 14_000
BYTES_ON_AVERAGE = 2_600
#: The most that may be written until the board stands still, and in how many frames: one, or two on a busy machine.
BYTES_TO_START = 50_000
FRAMES_TO_START = 2
#: What a frame begins with, in a terminal that has told that it can mark them.
FRAME = b"\x1b[?2026h"
#: The most widgets on the board; and statements from opening a workspace to showing it: each table is read once.
WIDGETS = 34
STATEMENTS = len(RECORDS) + 9
#: The frames of a confirmed trade, and of its undo, by whether the header says that its odds are old.
FRAMES = [True, False]
#: The most that the two may write in 16 colours, and the most statements of each, those of triggers among them.
BYTES_A_TRADE = 16_000
STATEMENTS_A_TRADE, STATEMENTS_AN_UNDO = 90, 120

#: The most modules of its own that a start may load: the present 178, and a few.
MODULES = 181
#: What a start must not import: it is used later, or by the tests alone.
LATER = (
    "hypothesis",
    "pydantic",
    "pydantic_core",
    "pytest",
    "sqlite_utils",
    "tomli_w",
    "tomllib",
    "store.demo.demo",
    "store.imports.columns",
    "store.imports.merge",
    "store.imports.reader",
    "store.imports.report",
    "store.database.migrations",
    "store.sidecars.drafts",
    "tui.seats.dialog_drafts",
    "tui.app.shutdown",
    "tui.flows.conversation",
    "tui.flows.cover",
    "tui.flows.plain_flow",
    "tui.flows.undo",
    "tui.forms",
    "tui.capacity",
    "tui.compare",
    "tui.exports",
    "tui.imports",
    "tui.items",
    "tui.quarter",
    "tui.requests",
    "tui.rules",
    "tui.snapshots",
    "tui.trade",
    "tui.trade_sheet.parts",
    "tui.trade_sheet.candidates",
    "tui.trade_sheet.swap_table",
    "scenarios.requests",
    "scenarios.working_time.teams",
    "tui.seats.follow",
    "tui.seats.live",
    "tui.app.log_file",
    "logging.handlers",
    "tui.board.help_screen",
    "tui.decisions.log_screen",
    "tui.dialogs.form",
    "tui.dialogs.menu",
    "tui.requests.quick_add_dialog",
    "tui.items.size_dialog",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "markdown_it",
    "tree_sitter",
    "numpy.testing",
    "numpy.f2py",
    "unittest",
    "http.client",
    "urllib.request",
    "xml.etree.ElementTree",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's workspace."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Workspace.open(path) as workspace:
        make_demo(workspace)
    return path


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of a few items."""
    return workspaces.make(tmp_path_factory.mktemp("few") / "few.db", FEW)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of very many."""
    return workspaces.make(tmp_path_factory.mktemp("many") / "many.db", MANY)


@contextmanager
def in_a_terminal(demo: Path, home: Path) -> Iterator[tuple[Any, bytes]]:
    """The board on the demonstration in a real terminal of 120x40, and what it wrote to start."""
    driver = pytest.importorskip("benchmarks.driver", reason="there are no pseudo-terminals here", exc_type=ImportError)
    if not sys.platform.startswith("linux"):
        pytest.skip("the driver reads another process's clock, which only Linux allows")
    environ = driver.environment(home)
    try:
        made = driver.Terminal([sys.executable, *driver.MAKEROOM, "--db", str(demo)], (120, 40), environ)
    except OSError as error:
        pytest.skip(f"there is no pseudo-terminal to be had: {error}")
    with made:
        start = made.start("ODDS", "likely quarters", "help", quiet=0.0, limit=PATIENCE)
        yield made, start.settled.data + rest_of(made)


@pytest.fixture
def terminal(demo: Path, tmp_path: Path) -> Iterator[tuple[Any, bytes]]:
    """It, for one test."""
    with in_a_terminal(demo, tmp_path) as started:
        yield started


def rest_of(program: Any) -> bytes:
    """What it still writes until it has slept for a while, however little of a busy machine it gets."""
    data, asleep = b"", time.monotonic()
    while time.monotonic() - asleep < QUIET:
        came = program._read(time.perf_counter(), 0.004, 0.1, lambda *_: True).data
        if came or work([program.pid]):
            asleep = time.monotonic()
        data += came
    return data


def pressed(program: Any, key: str, mark: str = "") -> bytes:
    """All that a key brings, these words among it."""
    data: bytes = program.press(key, quiet=0.0, limit=PATIENCE, mark=mark).data
    return data + rest_of(program)


class TestBytes:
    """What goes to the terminal: over a slow line this is the time that a key takes."""

    def test_a_move_of_the_cursor_writes_what_changed_and_no_more(self, terminal) -> None:
        program, _ = terminal
        sizes = [len(pressed(program, "down")) for _ in range(20)]
        assert min(sizes) > 0, "a move that writes nothing was not seen"
        assert max(sizes) <= BYTES_A_MOVE, sizes
        assert sum(sizes) / len(sizes) <= BYTES_ON_AVERAGE, sizes

    def test_the_start_writes_few_frames(self, demo, tmp_path) -> None:
        frames = 0
        # On a busy machine the terminal's word that it knows frames may come after the picture: then none is marked.
        for _ in range(10):
            with in_a_terminal(demo, tmp_path) as (_, start):
                assert len(start) <= BYTES_TO_START
                frames = start.count(FRAME)
            if frames:
                break
        assert 0 < frames <= FRAMES_TO_START

    def test_what_was_written_bit_by_bit_is_what_the_whole_screen_would_be(self, terminal) -> None:
        program, start = terminal
        screen = pyte.Screen(120, 40)
        stream = pyte.ByteStream(screen)
        stream.feed(start)
        for key, mark in (("down", ""), ("down", ""), ("c", "CAPACITY"), ("escape", "THE PLAN"), ("p", "")):
            stream.feed(pressed(program, key, mark))
            cells = [[screen.buffer[y][x] for x in range(120)] for y in range(40)]
            stream.feed(pressed(program, "\x0c"))
            assert cells == [[screen.buffer[y][x] for x in range(120)] for y in range(40)], key


class TestWidgets:
    """Rows are drawn, not made: the number of widgets knows nothing of the number of items."""

    async def test_widgets_are_few_and_as_many_at_any_number_of_items(self, few: Path, many: Path) -> None:
        counts = []
        for path in (few, many):
            with Workspace.open(path) as workspace:
                app = MakeroomApp(Session(workspace))
                async with app.run_test(size=(120, 40)):
                    await come_to_rest(app)
                    counts.append(len(app.screen.query("*")))
        assert counts[0] == counts[1]
        assert counts[0] <= WIDGETS


class TestStatements:
    """The store is read once, table by table, and never row by row."""

    async def test_opening_and_showing_takes_as_many_statements_at_any_number_of_items(
        self, few: Path, many: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from store.workspace import workspace as store_workspace

        said: list[str] = []
        real = store_workspace.connect

        def traced(path: Path) -> object:
            connection = real(path)
            connection.set_trace_callback(said.append)
            return connection

        monkeypatch.setattr(store_workspace, "connect", traced)
        counts = []
        for path in (few, many):
            said.clear()
            with Workspace.open(path) as workspace:
                app = MakeroomApp(Session(workspace))
                async with app.run_test(size=(120, 40)) as pilot:
                    await come_to_rest(app)
                    await pilot.press(*["down"] * 5)
                    counts.append(Counter(said))
        assert counts[0] == counts[1]
        assert 0 < counts[0].total() <= STATEMENTS


class TestTrade:
    """A confirmed trade, and its undo: that the key was taken is shown before anything is written, then the new board
    in one frame."""

    async def test_a_trade_and_its_undo_take_two_frames_few_bytes_and_few_statements(
        self, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from store.workspace import workspace as store_workspace

        path = Path(shutil.copy(few, tmp_path / "few.db"))
        said: list[str] = []
        real_connect, real_display = store_workspace.connect, MakeroomApp._display
        #: of each frame its text, what it takes on the line, and how many statements came before it
        frames: list[tuple[str, int, int]] = []

        def traced(path: Path) -> object:
            connection = real_connect(path)
            connection.set_trace_callback(said.append)
            return connection

        def display(self: MakeroomApp, screen: object, renderable: object) -> None:
            if isinstance(renderable, CompositorUpdate):
                written = renderable.render_segments(self.console)
                header = "".join(segment.text for segment in self.screen.query_one(Header).render_line(0))
                frames.append((header, len(written.encode()), len(said)))
            real_display(self, screen, renderable)

        monkeypatch.setattr(store_workspace, "connect", traced)
        monkeypatch.setattr(MakeroomApp, "_display", display)
        with Workspace.open(path) as workspace:
            app = MakeroomApp(Session(workspace))
            async with app.run_test(size=(120, 40)) as pilot:
                for keys in (["i"], ["enter"], ["1"], ["enter"], ["J", "o", "enter"], ["w", "h", "y"]):
                    await pilot.press(*keys)
                    await come_to_rest(app)
                for line in app.screen.query(LineInput):
                    # A frame of its own, by the clock.
                    line.cursor_blink = False
                await come_to_rest(app)
                for key, most in (("enter", STATEMENTS_A_TRADE), ("u", STATEMENTS_AN_UNDO)):
                    said.clear()
                    frames.clear()
                    before = {entry.item.id for entry in app.session.now.plan.entries}
                    await pilot.press(key)
                    await come_to_rest(app)
                    assert {entry.item.id for entry in app.session.now.plan.entries} != before
                    assert ["old …" in header for header, *_ in frames] == FRAMES, frames
                    assert not any(word.startswith("INSERT") for word in said[: frames[0][2]])
                    assert sum(size for _, size, _ in frames) <= BYTES_A_TRADE, frames
                    assert 0 < len(said) <= most, len(said)


class TestSlowTerminal:
    """A terminal that does not keep up gets the latest picture when it takes one; every key counts."""

    async def test_what_came_meanwhile_is_in_one_frame(self, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        frames: list[str] = []
        real = MakeroomApp._display

        def display(self: MakeroomApp, screen: object, renderable: object) -> None:
            if isinstance(renderable, CompositorUpdate):
                frames.append(renderable.render_segments(self.console))
            real(self, screen, renderable)

        with Workspace.open(few) as workspace:
            app = MakeroomApp(Session(workspace))
            async with app.run_test(size=(120, 40)) as pilot:
                await come_to_rest(app)
                monkeypatch.setattr(MakeroomApp, "_display", display)
                monkeypatch.setattr(app._driver, "behind", True, raising=False)
                await pilot.press(*["down"] * 5)
                table = app.screen.query_one(PlanTable)
                entry = table.entry
                assert (table.cursor, frames) == (5, [])
                monkeypatch.setattr(app._driver, "behind", False)
                await come_to_rest(app)
                assert len(frames) == 1
                assert entry is not None
                assert f"{entry.item.title}\x1b" in frames[0]

    async def test_a_long_search_waits_until_nobody_types_and_loses_no_letter(
        self, few: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sought: list[str] = []
        real = Board._set_filter

        def set_filter(self: Board, text: str, *, update: bool = True) -> None:
            sought.append(text)
            real(self, text, update=update)

        with Workspace.open(few) as workspace:
            app = MakeroomApp(Session(workspace))
            async with app.run_test(size=(120, 40)) as pilot:
                await come_to_rest(app)
                board = app.screen
                monkeypatch.setattr(Board, "_set_filter", set_filter)
                await pilot.press(*"/au")
                assert sought == ["a", "au"]
                # As after a search of very many rows.
                board._search_took = 1.0
                monkeypatch.setattr("tui.board.board_view._PAUSE", 3600.0)
                await pilot.press(*"dit")
                assert (sought, board.filter) == (["a", "au"], "au")
                await pilot.press("enter")
                assert (sought[2:], board.filter) == (["audit"], "audit")
                board._search_took = 1.0
                monkeypatch.setattr("tui.board.board_view._PAUSE", 0.01)
                await pilot.press("/", *"log")
                async with asyncio.timeout(PATIENCE):
                    while board.filter != "log":
                        await pilot.pause(0.01)

    def test_it_is_behind_by_what_it_has_not_read(self) -> None:
        linux = pytest.importorskip(
            "tui.terminal.terminal", reason="there are no such terminals here", exc_type=ImportError
        )
        driver = linux.TerminalDriver.__new__(linux.TerminalDriver)
        driver._writer_thread = WriterThread(io.StringIO())
        found = []
        for _ in range(2):
            # As the app writes a frame; nothing is read of it, since the thread is not at work.
            for part in ("begin", "picture", "end"):
                found.append(driver.behind)
                driver._writer_thread.write(part)
        assert found == [False, False, False, True, True, True]


class TestModules:
    """A start pays only for what the board needs."""

    def test_what_comes_later_is_not_imported_at_the_start(self, few: Path) -> None:
        # Leaves when it has been shown; what is loaded then is told.
        program = """if True:
            import sys
            from pathlib import Path
            from store.workspace.workspace import Workspace
            from tui import cli
            from tui.app.app import MakeroomApp
            from tui.session.session import Session

            MakeroomApp.on_ready = lambda app: app.call_after_refresh(app.exit)
            with Workspace.open(Path(sys.argv[1])) as workspace:
                MakeroomApp(Session(workspace)).run(headless=True, size=(120, 40))
            print(*sorted(sys.modules))
        """
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program, str(few)]
        done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=True)
        loaded = done.stdout.split()
        assert "tui.board.board" in loaded
        found = [name for name in loaded if any(name == late or name.startswith(f"{late}.") for late in LATER)]
        assert not found
        ours = [name for name in loaded if name.partition(".")[0] in ("store", "scenarios", "tui")]
        assert len(ours) <= MODULES, len(ours)


class TestStrips:
    """Moving the cursor draws the rows that it concerns."""

    async def test_a_move_draws_the_row_that_is_left_and_the_one_that_is_entered(
        self, few: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn: list[tuple[int, bool]] = []
        real = PlanTable.draw_line

        def noted(self: PlanTable, row: int, line: int, width: int, on_cursor: bool) -> object:
            drawn.append((row, on_cursor))
            return real(self, row, line, width, on_cursor)

        monkeypatch.setattr(PlanTable, "draw_line", noted)
        with Workspace.open(few) as workspace:
            app = MakeroomApp(Session(workspace))
            async with app.run_test(size=(120, 40)) as pilot:
                await come_to_rest(app)
                table = app.screen.query_one(PlanTable)
                for _ in range(6):
                    drawn.clear()
                    await pilot.press("down")
                    await come_to_rest(app)
                    # The row that is left is drawn once as it is without the cursor, then kept.
                    assert set(drawn) <= {(table.cursor - 1, False), (table.cursor, True)}
                    assert len(drawn) <= 2
                # Back again, all of it is kept.
                drawn.clear()
                await pilot.press("up")
                await come_to_rest(app)
                assert len(drawn) <= 1

    async def test_a_long_backlog_draws_no_more_than_the_screen_holds(
        self, many: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn: list[int] = []
        real = PlanTable.draw_line

        def noted(self: PlanTable, row: int, *rest: object) -> object:
            drawn.append(row)
            return real(self, row, *rest)

        monkeypatch.setattr(PlanTable, "draw_line", noted)
        with Workspace.open(many) as workspace:
            app = MakeroomApp(Session(workspace))
            async with app.run_test(size=(120, 40)) as pilot:
                await come_to_rest(app)
                assert len(set(drawn)) <= 40
                drawn.clear()
                await pilot.press("end")
                await come_to_rest(app)
                assert len(set(drawn)) <= 41
                assert app.screen.query_one(RowTable).cursor == MANY

    async def test_a_move_leaves_what_it_does_not_concern_undrawn(
        self, few: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        drawn: Counter[str] = Counter()
        real = Canvas.finished

        def noted(self: Canvas, width: int, height: int) -> object:
            drawn[type(self).__name__] += 1
            return real(self, width, height)

        with Workspace.open(few) as workspace:
            app = MakeroomApp(Session(workspace))
            async with app.run_test(size=(120, 40)) as pilot:
                await come_to_rest(app)
                monkeypatch.setattr(Canvas, "finished", noted)
                await pilot.press("down")
                await come_to_rest(app)
        assert set(drawn) <= {"Strap", "Pie", "Legend", "Meter", "OneOffGauge", "DetailLine"}
        assert Incoming.__name__ not in drawn
        assert max(drawn.values()) == 1, drawn
