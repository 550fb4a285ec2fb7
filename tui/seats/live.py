"""Several people at one table: this process's seat, the others', and what they change."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

from textual.css.query import NoMatches

from scenarios.plan.departures import number_of
from store.common.errors import StoreError
from store.sidecars.seats import Seat, Seats
from tui.dialogs.kept import Keeps, Tells
from tui.flows.host import Host
from tui.seats.seated_app import SeatedApp
from tui.trade.sheet_as_data import asked_on
from tui.widgets.header import Header

_log = logging.getLogger("makeroom")
#: Seconds between two looks: at most two of them lie between one seat's change and another's screen.
EVERY = 0.1
#: Seconds between two looks at who is there; a seat that is only watched need not be known sooner.
ROLL_CALL = 1.0
#: Characters of a draft as they stand in a seat's file, of which a few more thousand are read.
_LONGEST_DRAFT = 12_000


class Live:
    """Looks ten times a second whether anybody wrote, and says where this seat is."""

    #: seconds between two looks at the seats
    roll_call = ROLL_CALL

    def __init__(self, app: SeatedApp, seats: Seats) -> None:
        self.app = app
        self.seats = seats
        self.others: tuple[Seat, ...] = ()
        self._called = 0.0
        self._busy = False
        self._told = ""
        self._trouble = ""

    def start(self) -> None:
        """Sit down, and look from now on."""
        taken = self.seats.take()
        _log.info("seat %s taken" if taken else "no seat for %s", self.seats.own.session)
        self.app.session.others = self.sessions
        self.app.set_interval(EVERY, self.tick)
        # A first look at once: somebody may have written since the workspace was loaded.
        self.app.call_later(self.tick)

    def change_seats(self, seats: Seats) -> None:
        """Get up here, and sit down where the app's session is now."""
        self.seats.leave()
        self.seats, self.others, self._called, self._told = seats, (), 0.0, ""
        seats.take()
        _log.info("seat %s taken", seats.own.session)
        self.app.session.others = self.sessions
        self.show_seats()

    def sessions(self) -> frozenset[str]:
        """The sessions of those who sit here and can change something."""
        return frozenset(seat.session for seat in self.others if seat.drives)

    @property
    def board(self) -> Host:
        """The board, whatever is shown over it."""
        board = self.app.screen_stack[0]
        if not isinstance(board, Host):
            raise AssertionError("the board is the first screen")
        return board

    async def tick(self) -> None:
        """One look: who is there, what was written, and where this seat is."""
        if self._busy or self.app.session.away or not self.app.screen_stack:
            return
        self._busy = True
        try:
            await self._tick()
        except NoMatches:
            # A last look while the screen is being taken down.
            if self.app.is_running and self.board.is_running:
                raise
        finally:
            self._busy = False

    async def _tick(self) -> None:
        self.publish()
        if time.monotonic() - self._called >= self.roll_call:
            self.call_roll()
        await self.look()
        if self.app.session.found is not None:
            from tui.session.meeting_snapshots import keep_found

            await keep_found(self.app.session)
        self.follow()

    def follow(self) -> None:
        """What a seat that follows does; this one drives."""

    async def look(self) -> None:
        """Follow what others wrote. A file that cannot be read is said once."""
        session = self.app.session
        try:
            if session.changed_outside() or session.untold:
                # Imported when there is something to show: most of the time somebody sits alone.
                from tui.seats.news import look_warm, show

                before = session.now.forecast
                await look_warm(self.board)
                show(self.board, before)
            self._told = ""
        except StoreError as error:
            if str(error) != self._told:
                self._told = str(error)
                _log.warning("cannot look, %s", type(error).__name__)
                self.board.tell(self._told, severity="error")

    def publish(self) -> None:
        """Say where this seat is."""
        board, screen = self.board, self.app.screen
        trade = board.sheet.trade
        candidate = board.sheet.table.candidate if trade else None
        on = candidate.entry if candidate else board.subject
        where = type(screen).__name__.casefold() if screen is not board else "trade" if trade else "board"
        self.seats.move(
            where=where,
            cursor=on.item.id if on else None,
            marks=tuple(map(number_of, board.sheet.out)) if trade else (),
            asked=asked_on(board.sheet, whole=False) if trade else self._draft(),
        )

    def _draft(self) -> dict[str, Any] | None:
        """What is tried out on the capacity screen, whatever is asked over it, or which plans are looked at, for who
        follows; None elsewhere."""
        # By its name: most seats never read its class.
        for screen in self.app.screen_stack:
            if type(screen).__name__ == "CapacityScreen" and isinstance(screen, Keeps):
                return {"capacity": told_draft(screen.kept().get("draft", ""))}
        return next(
            (each.told() for each in self.app.screen_stack if isinstance(each, Tells) and each.is_mounted), None
        )

    def call_roll(self) -> None:
        """See who is there, and show it where it changed."""
        self._called = time.monotonic()
        before = {seat.session for seat in self.others}
        self.others = self.seats.others()
        present = {seat.session for seat in self.others}
        for session in sorted(present - before):
            _log.info("seat %s came", session)
        for session in sorted(before - present):
            _log.info("seat %s went", session)
        self.show_seats()
        trouble = self.app.session.workspace.backup_trouble()
        if trouble != self._trouble:
            self._trouble = trouble
            if trouble:
                self.board.tell(trouble, severity="warning")

    def show_seats(self) -> None:
        """Say in the header how many there are, and whom this one follows."""
        count = len(self.others) + 1
        self.show_seated(f"{count} seats" if count > 1 else "")

    def show_seated(self, words: str) -> None:
        """Show these words in every header, where they are other ones than before."""
        if words != self.app.seated:
            self.app.seated = words
            for screen in self.app.screen_stack:
                for header in screen.query(Header):
                    header.redraw()

    def stop(self) -> None:
        """Get up."""
        self.seats.leave()
        _log.info("seat %s left", self.seats.own.session)


def told_draft(draft: str) -> str:
    """A draft as a seat tells it: one that would make the seat's file too long to be read is not told."""
    return draft if len(json.dumps(draft)) <= _LONGEST_DRAFT else ""
