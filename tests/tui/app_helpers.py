"""The app on a workspace of its own: keys go in, what a person would read comes out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from store.demo.demo import make_demo
from store.records import (
    Capacity,
    Command,
    Decision,
    Item,
    Move,
    Record,
    Shortfall,
    Signature,
    Size,
    State,
    Team,
    new_id,
)
from store.sidecars.seats import Seats
from store.workspace.workspace import Workspace
from tests.store.copies import copied
from tests.tui.rest import PATIENCE, Noted, come_to_rest, draw_when_read, drawn, keep_sentences, watch_threads
from tui.app import log_file
from tui.app.app import MakeroomApp
from tui.board.board import Board
from tui.session.session import Session

TODAY = date(2026, 11, 21)
NARROW, NORMAL, WIDE = (80, 24), (120, 40), (200, 60)
SIZES = (NARROW, NORMAL, WIDE)


def fresh(path: Path) -> Workspace:
    return Workspace.open(path, actor="ada", today=TODAY, seed=7)


def demo(folder: Path) -> Path:
    """The demonstration's file in a folder."""

    def make(path: Path) -> None:
        with fresh(path) as workspace:
            make_demo(workspace)

    return copied(folder / "room.db", "Ada's demo", make)


def empty(folder: Path) -> Path:
    """A fresh workspace in which nobody has done anything."""
    return copied(folder / "room.db", "empty", lambda path: fresh(path).close())


#: title, likely ew of the only team (or low-likely-high), and what else a record holds
Row = tuple[str, float | tuple[float, float, float] | None, dict[str, Any]]


def small(folder: Path, rows: Iterable[Row], net: float = 30.0, team: str = "Pay") -> Path:
    """One team, and these items in their order; in plan unless they say otherwise."""
    given = list(rows)
    return copied(folder / "room.db", repr((given, net, team)), lambda path: _small(path, given, net, team))


def _small(path: Path, rows: Sequence[Row], net: float, team: str) -> None:
    with fresh(path) as workspace:
        state = workspace.load()
        one = Team(id=new_id(), name=team)
        puts: list[Record] = [
            state.workspace.model_copy(update={"started": True}),
            one,
            Capacity(id=new_id(), quarter_id=state.quarter.id, team_id=one.id, net=net),
        ]
        for number, (title, given, more) in enumerate(rows):
            item = Item.model_validate(
                {"id": new_id(), "title": title, "rank": number + 1.0, "draw": 500 + number, "state": "plan", **more}
            )
            puts.append(item)
            if given is not None:
                low, likely, high = given if isinstance(given, tuple) else (None, given, None)
                puts.append(Size(id=new_id(), item_id=item.id, team_id=one.id, low=low, likely=likely, high=high))
        workspace.apply(Command("edit", "set up", tuple(puts)))


def stored(path: Path) -> State:
    """What the file holds, read anew by somebody else."""
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def things(state: State) -> dict[str, dict[int, dict[str, Any]]]:
    """Everything in a state but how often it was changed."""
    return {
        table: {key: row.model_dump(exclude={"rev"}) for key, row in rows.items()}
        for table, rows in state.tables.items()
    }


def item(state: State, title: str) -> Item:
    """The item of that title."""
    found = [one for one in state.all(Item).values() if one.title == title]
    assert len(found) == 1, f"{len(found)} items are called {title!r}"
    return found[0]


def titles(state: State, where: str) -> list[str]:
    """The titles on one side of the line, or in the inbox, by rank."""
    return [
        one.title for one in sorted(state.all(Item).values(), key=lambda one: (one.rank, one.id)) if one.state == where
    ]


def latest(state: State) -> tuple[Decision, dict[str, list[str]]]:
    """The last decision, and the titles of its moves by kind."""
    decision = max(state.all(Decision).values(), key=lambda one: one.id)
    moves: dict[str, list[str]] = {}
    for move in state.each(Move):
        if move.decision_id == decision.id:
            moves.setdefault(move.kind, []).append(move.title)
    return decision, moves


def standing(state: State) -> tuple[list[Signature], list[Shortfall]]:
    """Signatures that are not cleared, shortfalls that are not settled."""
    return (
        [row for row in state.all(Signature).values() if row.cleared_at is None],
        [row for row in state.all(Shortfall).values() if row.settled_at is None],
    )


class Room:
    """A running app, from outside."""

    def __init__(self, app: MakeroomApp, pilot: Pilot[Any], path: Path) -> None:
        self.app, self.pilot, self.path = app, pilot, path
        #: whether nothing is at rest before what is asked of threads is answered; for those that a test holds up
        self.awaits_threads = True
        self._noted = app._notifications = Noted(app._notifications)
        keep_sentences()
        watch_threads()

    # -------------------------------------------------- doing

    async def press(self, *keys: str) -> None:
        """Press keys, each after the app is done with the one before."""
        self.forget_toasts()
        for key in keys:
            self._send(key)
            await self.settle()

    async def write(self, text: str, *after: str) -> None:
        """Type a short text, paste a longer one, then press keys."""
        if len(text) > 10 and isinstance(self.app.focused, Input):
            pasted = events.Paste(text)
            pasted.set_sender(self.app)
            self.app._driver.send_message(pasted)  # type: ignore[union-attr]
        else:
            for character in text:
                self._send(character)
        await self.settle()
        await self.press(*after)

    async def replace(self, text: str, *after: str) -> None:
        """Type over what stands in the field that has the cursor."""
        field = self.app.focused
        assert isinstance(field, Input), f"the cursor is in {field!r}"
        field.value = ""
        await self.write(text, *after)

    async def click(self, where: Widget | str | None = None, offset: tuple[int, int] = (0, 0), times: int = 1) -> None:
        """Click somewhere; so many times at once are one multiple click, and an earlier click is no part of it."""
        self.app.CLICK_CHAIN_TIME_THRESHOLD = PATIENCE  # type: ignore[misc]
        self.app._click_chain_last_time = None
        await self.pilot.click(where, offset=offset, times=times)
        await self.settle()

    def _send(self, key: str) -> None:
        character = key if len(key) == 1 else " " if key == "space" else None
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, character)
        event.set_sender(self.app)
        self.app._driver.send_message(event)  # type: ignore[union-attr]

    async def settle(self) -> None:
        """Until nothing is on its way any more: no key, no message, no thread, no frame. What time brings may come."""
        await come_to_rest(self.app, threads=self.awaits_threads)
        if not self.keeps_toasts and len(self.app._notifications):
            self.app.clear_notifications()
            await come_to_rest(self.app, threads=self.awaits_threads)

    async def until(self, what: Callable[[], object], words: str = "") -> None:
        """Wait for something that time brings, or another seat: the very thing that is asserted afterwards."""
        end = time.monotonic() + PATIENCE
        while True:
            await self.settle()
            if what():
                return
            if time.monotonic() > end:
                raise AssertionError(f"{words or 'it'} did not come about; on screen:\n{self.text}")
            await asyncio.sleep(0.005)

    async def look_at(self, title: str) -> None:
        """Put the cursor of the plan on an item."""
        row = self.board.plan.row_of(item(stored(self.path), title).id)
        assert row is not None, f"{title!r} is not shown"
        self.board.plan.move_to(row)
        await self.settle()

    async def to_items(self) -> None:
        """Once the best swaps of the trade sheet are there, turn to the items below them."""
        await self.until(lambda: not self.board.swapping.busy, "the swaps")
        # They ask for the focus, and get it a moment later.
        await self.settle()
        if self.board.sheet.swaps.has_focus:
            await self.press("tab")

    # -------------------------------------------------- reading

    @property
    def keeps_toasts(self) -> bool:
        """Whether sentences that pass come on the screen and stay there, where they hide what is read below them."""
        return self._noted.kept

    @keeps_toasts.setter
    def keeps_toasts(self, kept: bool) -> None:
        self._noted.kept = kept

    @property
    def toasts(self) -> str:
        """The sentences that passed since the first of the keys that were pressed last."""
        return self._noted.words

    def forget_toasts(self) -> None:
        """As before anything was said."""
        self._noted.words = ""

    @property
    def board(self) -> Board:
        board = self.app.screen_stack[0]
        assert isinstance(board, Board)
        return board

    @property
    def lines(self) -> list[str]:
        """The whole screen, row by row, as it is drawn."""
        return ["".join(segment.text for segment in strip if not segment.control) for strip in drawn(self.app)]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def words(self, widget: Widget | str) -> str:
        """What stands in the part of the screen that a widget takes up, blanks at the ends of rows left out."""
        if isinstance(widget, str):
            widget = self.app.screen.query_one(widget)
        region = widget.region
        rows = drawn(self.app)[region.y : region.bottom]
        return "\n".join(
            "".join(segment.text for segment in strip.crop(region.x, region.right)).rstrip() for strip in rows
        )

    @property
    def header(self) -> str:
        return self.words(self.board.query_one("#header"))

    @property
    def keys(self) -> str:
        return self.words(self.board.query_one("#keys"))

    @property
    def strap(self) -> str:
        return self.words(self.board.query_one("Strap"))

    @property
    def meter(self) -> str:
        return self.words(self.board.query_one("Meter"))

    @property
    def on_cursor(self) -> str:
        """The title on the plan's cursor."""
        entry = self.board.plan.entry
        return entry.item.title if entry else ""

    @property
    def dialog(self) -> str:
        """The name of the screen on top, empty on the board."""
        screen = self.app.screen
        return "" if isinstance(screen, Board) else type(screen).__name__

    @property
    def state(self) -> State:
        """What the file holds now."""
        return stored(self.path)


@asynccontextmanager
async def opened(
    path: Path,
    size: tuple[int, int] = NORMAL,
    *,
    actor: str = "ada",
    seated: bool = False,
    every_frame: bool = False,
    **options: Any,
) -> AsyncIterator[Room]:
    """The app on a file, at its board or its first steps; ``seated`` among others who have the same file open."""
    with Workspace.open(path, actor=actor) as workspace:
        session = Session(workspace)
        if seated:
            options["seats"] = Seats(path, session.id, actor)
        async with running(MakeroomApp(session, **options), path, size, every_frame=every_frame) as room:
            yield room


@asynccontextmanager
async def running(
    app: MakeroomApp, path: Path, size: tuple[int, int] = NORMAL, *, every_frame: bool = False
) -> AsyncIterator[Room]:
    """An app that a test has made, once it is at rest.

    It draws what is read, and what stands at the end; each frame only where ``every_frame`` is what a test is about.
    """
    watch_threads()
    if not every_frame:
        draw_when_read(app)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            room = Room(app, pilot, path)
            await room.settle()
            yield room
            if app.is_running:
                drawn(app)
    finally:
        if app.own_process:
            # The log is the process's, and the next test has the same process.
            log_file.end()


def widths(lines: Iterable[str]) -> set[int]:
    """How many cells wide these rows are."""
    return {cell_len(line) for line in lines}
