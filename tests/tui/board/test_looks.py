"""What each screen looks like: `pytest tests/tui/board/test_looks.py --snapshot-update` draws them anew."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from scenarios.trade import changes, guard
from store.database import journal
from store.demo.demo import make_demo
from store.workspace.workspace import Workspace
from tests.store.copies import copied
from tests.tui import app_helpers
from tests.tui.app_helpers import NARROW, NORMAL, WIDE, Room
from tests.tui.rest import draw_when_read
from tui.app.app import MakeroomApp
from tui.drawing import themes
from tui.drawing.colours import ColourMode
from tui.session.session import Session

Look = Callable[..., bool]


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snap_compare: Callable[..., bool]) -> Iterator[Look]:
    """Compare a screen of the demo, or of a fresh workspace, after some keys, with its picture."""
    # A path, a clock and a time zone of its own: nothing on screen depends on where or when this runs.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()

    class Noon(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 12, 17, 12, tzinfo=UTC).astimezone(tz)

    # What was written, the moment of a shortfall among it.
    for module in (journal, changes, guard):
        monkeypatch.setattr(module, "datetime", Noon)
    opened: list[Workspace] = []

    def compare(
        *keys: str | Callable[[Room], Awaitable[None]],
        size: tuple[int, int] = NORMAL,
        fresh: bool = False,
        **options: Any,
    ) -> bool:
        path = copied(Path("room.db"), ("at noon", None if fresh else make_demo), _empty if fresh else _demo)
        opened.append(Workspace.open(path, actor="ada"))
        options = {"colour_mode": ColourMode.TRUE, "theme": themes.DARK, **options}
        app = MakeroomApp(Session(opened[-1]), **options)
        draw_when_read(app)

        async def before(pilot: Pilot[Any]) -> None:
            room = Room(app, pilot, path)
            await room.settle()
            for key in keys:
                if callable(key):
                    await key(room)
                else:
                    await (room.write(key[1:]) if key.startswith("=") else room.press(key))
            for line in app.screen.query(Input):
                line.cursor_blink = False
            await room.settle()

        return snap_compare(app, terminal_size=size, run_before=before)

    yield compare
    for workspace in opened:
        workspace.close()
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def _empty(path: Path) -> None:
    app_helpers.fresh(path).close()


def _demo(path: Path) -> None:
    with app_helpers.fresh(path) as workspace:
        make_demo(workspace)


class TestBoard:
    def test_narrow(self, look: Look) -> None:
        """80x24: the list, a small pie, the bar alone."""
        assert look("down", "down", size=NARROW)

    def test_normal(self, look: Look) -> None:
        """120x40: what the room sees on the projector."""
        assert look("down", "down")

    def test_wide(self, look: Look) -> None:
        """200x60: two lines a row, the large pie, the cuts that help most."""
        assert look("down", "down", size=WIDE)

    def test_light(self, look: Look) -> None:
        """For a lit room."""
        assert look("t", "down")

    def test_patterns(self, look: Look) -> None:
        """For eyes that do not tell the hues apart."""
        assert look("p", "down")

    def test_projector(self, look: Look) -> None:
        """For whoever sits far from the screen."""
        assert look("f3")

    def test_sixteen_colours(self, look: Look) -> None:
        """On a terminal that has no more."""
        assert look("down", size=NARROW, colour_mode=ColourMode.ANSI16)

    def test_no_colour(self, look: Look) -> None:
        """With NO_COLOR: slices are letters, alternate ones inverse."""
        assert look("down", size=NARROW, colour_mode=ColourMode.NONE)

    def test_search(self, look: Look) -> None:
        """Filtered, with the words in sight."""
        assert look("slash", "=tariff", "enter", size=NARROW)


class TestTrade:
    def test_two_marks(self, look: Look) -> None:
        """A request that does not fit, two items marked to give way."""
        assert look("i", "i", "enter", Room.to_items, "space", "down", "space")

    def test_narrow(self, look: Look) -> None:
        """The same in 80x24."""
        assert look("i", "i", "enter", Room.to_items, "space", "down", "space", size=NARROW)

    def test_verdict(self, look: Look) -> None:
        """Signing an over-commit: a name and a reason."""
        assert look("i", "i", "enter", Room.to_items, "exclamation_mark", "=Luis")


class TestDialogs:
    def test_quick_add(self, look: Look) -> None:
        """One line, read along."""
        assert look("a", "=Acme [Q3] log ~2-3-5.5 >Acme $480k@60% by:sales-east color:red", size=NARROW)

    def test_size(self, look: Look) -> None:
        """T-shirts by one key, with what each would do."""
        assert look("e", size=NARROW)

    def test_first_steps(self, look: Look) -> None:
        """What a fresh workspace opens with."""
        assert look(size=NARROW, fresh=True)


class TestOtherScreens:
    def test_history(self, look: Look) -> None:
        """Decisions and changes, one of them undone."""
        assert look("b", "down", "J", "u", "h", "v", size=NARROW)

    def test_help(self, look: Look) -> None:
        """Keys and words."""
        assert look("question_mark", size=NARROW)
