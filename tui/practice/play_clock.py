"""The clock of a play: what is due comes by itself, to who plays alone or at the seat that leads, and what was said
comes to every screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from scenarios.practice.said_words import said_head
from store.common.errors import StoreError
from store.records import Item
from store.records.practice import Said
from store.sidecars.plays import state_of, state_stamp
from tui.flows.host import Host
from tui.practice.cast import leads, plays
from tui.practice.play import Play, send

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.worker import WorkType

#: Seconds between two looks, the most that one of them counts (a laptop that was shut plays on where it was), and
#: after how many the time is kept.
EVERY, MOST, KEPT_EVERY = 1.0, 5.0, 15.0


class PlayClock:
    """Looks once a second, while the board shows the workspace of a play."""

    def __init__(self, board: Host, play: Play) -> None:
        self.board, self.play = board, play
        self._last = self._kept = time.monotonic()
        self._seen = max(board.session.state.all(Said), default=0)
        self._stamp = state_stamp(play.database)
        self._timer: Timer | None = None
        self._showing = False
        #: the screen on which this seat leads the script; a question on it, over which what is said is shown
        self.script: Screen[Any] | None = None
        self.question: Screen[Any] | None = None
        #: what else looks at the play once a second
        self.watches: list[Callable[[], None]] = []

    def start(self) -> None:
        """From now on."""
        self._timer = self.board.set_interval(EVERY, self.tick)

    def stop(self) -> None:
        """The board shows something else, or is left."""
        if self._timer is not None:
            self._timer.stop()
        self._keep()

    @property
    def minutes(self) -> float:
        """How long was played."""
        return self.play.state.elapsed / 60

    @property
    def counts(self) -> bool:
        """Whether the time is this seat's to count: where somebody plays alone, or this is the seat that leads."""
        session = self.board.session
        if self.play.state.facilitated:
            return leads(self.board, self.play)
        return not session.workspace.read_only and not session.others()

    @property
    def runs(self) -> bool:
        """Whether time passes by this seat's clock."""
        state = self.play.state
        return not state.ended and not state.paused and self.counts

    def change(self, **how: object) -> None:
        """Change how far the play is, for every seat. Raises ReadOnlyError where that cannot be kept."""
        own = {"elapsed": self.play.state.elapsed} if self.counts else {}
        self.play = self.play.changed(**own, **how)
        self._stamp = state_stamp(self.play.database)

    def _read(self) -> None:
        """What another seat, or a command, changed of how far the play is."""
        stamp = state_stamp(self.play.database)
        if stamp == self._stamp:
            return
        self._stamp, state = stamp, state_of(self.play.database)
        if state is not None:
            elapsed = self.play.state.elapsed if self.counts else state.elapsed
            self.play = Play(self.play.database, self.play.case, replace(state, elapsed=elapsed))

    def tick(self) -> None:
        """One look."""
        now = time.monotonic()
        passed, self._last = min(now - self._last, MOST), now
        session = self.board.session
        if session.workspace.path != self.play.database:
            self.stop()
            return
        self._read()
        if self.runs:
            state = replace(self.play.state, elapsed=self.play.state.elapsed + passed)
            self.play = Play(self.play.database, self.play.case, state)
            if now - self._kept >= KEPT_EVERY:
                self._keep()
            self._send_due()
        self.show_new()
        for watch in self.watches:
            watch()

    def _keep(self) -> None:
        self._kept = time.monotonic()
        if self.runs:
            with suppress(StoreError):
                self.change()

    def _send_due(self) -> None:
        """What is due; not while something is being read, or asked."""
        session = self.board.session
        if not (self.free or self.at_script) or session.changed_outside() or session.untold:
            return
        event = self.play.script(session).due(self.minutes)
        if event is not None:
            with suppress(StoreError):
                _, notes = send(session, self.play, event)
                self.board.refresh_all()
                for note in notes:
                    self.board.tell(note, severity="warning")

    @property
    def free(self) -> bool:
        """Whether the board is on top, with nothing open on it but a question for the room."""
        board = self.board
        quiet = board.talk is None and board.sheet.trade is None and not self._showing
        return quiet and board.app.screen in (board, self.question)

    @property
    def at_script(self) -> bool:
        """Whether this seat looks at the script."""
        return self.script is not None and self.board.app.screen is self.script

    def show_new(self) -> None:
        """What was said since the last look, by whomever and at whichever seat."""
        rows = [row for row in self.board.session.state.each(Said) if row.id > self._seen]
        if not rows or not (self.free or self.at_script):
            return
        self._seen = rows[-1].id
        heard = [row for row in rows if row.kind not in ("told", "asked")]
        if self.at_script:
            # It stands in the script, and whoever leads knows the words.
            items = self.board.session.state.all(Item)
            for row in heard:
                self.board.tell(said_head(row, items.get(row.item_id or 0)))
        elif heard:
            self._showing = True
            show: WorkType[None] = partial(self._show, heard)
            self.board.run_worker(show, group="question")

    async def _show(self, rows: Sequence[Said]) -> None:
        from tui.practice.said_dialog import SaidDialog

        items = self.board.session.state.all(Item)
        heading = said_head(rows[-1], items.get(rows[-1].item_id or 0))
        lines: list[str] = []
        for row in rows:
            if len(rows) > 1:
                lines.append(said_head(row, items.get(row.item_id or 0)))
            lines += [*row.words.splitlines(), ""]
            if row.event and plays(self.board, self.play, row.who):
                lines += [f"You play {row.who}: it is yours to stand for.", ""]
        passes = self.board.session.workspace.read_only
        try:
            answers = await self.board.app.push_screen_wait(SaidDialog(heading, lines[:-1], passes=passes))
        finally:
            self._showing = False
        if answers:
            from tui.practice.play_flow import tell_about

            await tell_about(self.board, rows[-1].item_id)


def clock_on(board: Host) -> PlayClock | None:
    """The clock of the play that a board shows; None where it shows none."""
    found = getattr(board, "play_clock", None)
    return found if isinstance(found, PlayClock) else None
