"""The clock of a play: what is due comes by itself to who plays alone, and what was said comes to every screen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from scenarios.practice.said_words import said_head
from store.common.errors import StoreError
from store.records import Item
from store.records.practice import Said
from tui.flows.host import Host
from tui.practice.play import Play, play_of, send

if TYPE_CHECKING:
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
        self._timer: Timer | None = None
        self._showing = False

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
    def runs(self) -> bool:
        """Whether this seat's clock counts: where somebody plays alone, and no other seat has begun before."""
        session = self.board.session
        return not self.play.state.ended and not session.workspace.read_only and not session.others()

    def tick(self) -> None:
        """One look."""
        now = time.monotonic()
        passed, self._last = min(now - self._last, MOST), now
        session = self.board.session
        if session.workspace.path != self.play.database:
            self.stop()
            return
        if self.runs:
            state = replace(self.play.state, elapsed=self.play.state.elapsed + passed)
            self.play = Play(self.play.database, self.play.case, state)
            if now - self._kept >= KEPT_EVERY:
                self._keep()
            self._send_due()
        self.show_new()

    def _keep(self) -> None:
        self._kept = time.monotonic()
        if self.runs:
            with suppress(StoreError):
                self.play = self.play.changed()

    def _send_due(self) -> None:
        """What is due; not while something is being read, or asked."""
        session = self.board.session
        if not self._free or session.changed_outside() or session.untold:
            return
        event = self.play.script(session).due(self.minutes)
        if event is not None:
            with suppress(StoreError):
                _, notes = send(session, self.play, event)
                self.board.refresh_all()
                for note in notes:
                    self.board.tell(note, severity="warning")

    @property
    def _free(self) -> bool:
        """Whether the board is on top, with nothing open on it."""
        board = self.board
        return not self._showing and board.app.screen is board and board.talk is None and board.sheet.trade is None

    def show_new(self) -> None:
        """What was said since the last look, by whomever and at whichever seat."""
        rows = [row for row in self.board.session.state.each(Said) if row.id > self._seen]
        if not rows or not self._free:
            return
        self._seen = rows[-1].id
        heard = [row for row in rows if row.kind not in ("told", "asked")]
        if heard:
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
        passes = self.board.session.workspace.read_only
        try:
            answers = await self.board.app.push_screen_wait(SaidDialog(heading, lines[:-1], passes=passes))
        finally:
            self._showing = False
        if answers:
            from tui.practice.play_flow import tell_about

            await tell_about(self.board, rows[-1].item_id)


def clock_of(board: Host) -> PlayClock | None:
    """The clock of the play on the board; None where it shows no play. A case that cannot be read is said."""
    try:
        play = play_of(board.session.workspace.path)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return None
    return None if play is None else PlayClock(board, play)
