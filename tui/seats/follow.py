"""A seat that follows, for the projector: the driver's cursor, trade sheet and marks, as its seat tells them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from textual.screen import Screen

from scenarios.trade.door import Trade
from store.common.errors import Refused
from store.sidecars.seats import Seat
from tui.flows.host import Host
from tui.seats.live import EVERY, Live
from tui.seats.open_plan import switch
from tui.session.main_and_scenarios import elsewhere
from tui.trade.sheet_as_data import Ways, trade_of
from tui.trade.trade_flow import close_sheet, reopen

#: Follow whoever moved last.
ANYBODY = "*"
#: Looks at a screen of another seat that tells of it: ours, after it, or another screen in place of the present one.
Mirrors = Callable[[Host, Screen[Any] | None, Mapping[str, Any]], Awaitable[Screen[Any] | None]]


def driver_among(seats: tuple[Seat, ...], wanted: str) -> Seat | None:
    """Whom to follow: of those who drive, the one of that name, or any; where there are several, who moved last."""
    named = wanted.casefold()
    drivers = [seat for seat in seats if seat.drives and (wanted == ANYBODY or seat.name.casefold() == named)]
    return max(drivers, key=lambda seat: (seat.moved, seat.session), default=None)


class Following(Live):
    """Follows while it looks."""

    roll_call = EVERY
    #: shows lists and comparisons of plans, whose screens stand above this file
    mirrors: Mirrors | None = None
    _mirror: Screen[Any] | None = None
    _mirrored: object = None
    _driver: Seat | None = None
    _shown: tuple[object, ...] = ()

    async def _tick(self) -> None:
        await super()._tick()
        if self._driver is None:
            await self._go_after()
        await self._follow_plans()

    async def _follow_plans(self) -> None:
        """Where the driver looks at plans, so does this seat, unless somebody reads something else on it."""
        told = (self._driver.asked if self._driver is not None else None) or {}
        if told == self._mirrored or self.mirrors is None:
            return
        present = self._mirror if self._mirror is self.app.screen else None
        if present is None and self.app.screen is not self.board:
            return
        self._mirrored = told
        wanted = await self.mirrors(self.board, present, told)
        if wanted is present:
            return
        if present is not None and present is self.app.screen:
            await self.app.pop_screen()
        if wanted is not None and self.app.screen is self.board:
            self._mirror = wanted
            await self.app.push_screen(wanted)

    async def _go_after(self) -> None:
        """Into the scenario that whom this seat follows went into, or back to the main plan."""
        found = elsewhere(self.app.session)
        driver = driver_among(tuple(seat for _, seat in found), self.seats.own.follows)
        if driver is not None and self.app.screen is self.board:
            await switch(self.board, next(path for path, seat in found if seat is driver))

    def show_seats(self) -> None:
        """Whom this seat follows goes before how many there are."""
        self._driver = driver_among(self.others, self.seats.own.follows)
        wanted = self.seats.own.follows
        waits = "follows nobody yet" if wanted == ANYBODY else f"waits for {wanted}"
        count = len(self.others) + 1
        words = f"follows {self._driver.name}" if self._driver else waits
        self.show_seated(f"{words}, {count} seats" if count > 1 else words)

    def follow(self) -> None:
        """Show what the driver sees."""
        driver, board = self._driver, self.board
        if driver is None:
            return
        shown = (driver.session, driver.cursor, driver.marks, driver.asked, board.session.state.seq)
        if shown == self._shown:
            return
        self._shown = shown
        self._follow_capacity(driver)
        asked = self._asked_by(driver)
        if asked is not None:
            trade, ways = asked
            if board.sheet.trade is None:
                reopen(board, trade, driver.marks, ways)
            else:
                board.sheet.renew(board.session.now, trade, driver.marks, ways)
            if driver.cursor is not None:
                board.sheet.table.go_to(driver.cursor)
            # No key of the sheet works here: what is marked is the driver's.
            board.set_focus(None)
            return
        if board.sheet.trade is not None:
            close_sheet(board)
            board.refresh_all()
        if driver.cursor is not None:
            board.go_to(driver.cursor)

    def _follow_capacity(self, driver: Seat) -> None:
        """Where the driver is at people and capacity, so is this seat, unless somebody reads something else on it."""
        mirror = self.app.screen if type(self.app.screen).__name__ == "CapacityMirror" else None
        if "capacity" not in (driver.asked or {}):
            if mirror is not None:
                mirror.dismiss(None)
            return
        from tui.seats.capacity_mirror import CapacityMirror

        draft = (driver.asked or {}).get("capacity")
        text = draft if isinstance(draft, str) else ""
        if isinstance(mirror, CapacityMirror):
            mirror.follow(text)
        elif self.app.screen is self.board and self.board.session.now.ready:
            self.app.push_screen(CapacityMirror(self.board.session, text))

    def _asked_by(self, driver: Seat) -> tuple[Trade, Ways] | None:
        """The trade on the driver's screen and the ways out in it; None where there is none, or it cannot be asked of
        what is known here."""
        if driver.asked is None or {"capacity", "compare", "plans"} & set(driver.asked):
            return None
        try:
            return trade_of(self.board.session, driver.asked)
        except Refused:
            return None
