"""The burn chart: the weeks that ended are read from the journal."""

from __future__ import annotations

import asyncio

from store.common.errors import Refused
from tui.flows.host import Host
from tui.quarter.burn_screen import BurnScreen
from tui.session.weeks import Weeks


async def show_burn(board: Host) -> None:
    """Show the quarter by weeks, where it runs."""
    figures = board.session.now
    try:
        found = await asyncio.to_thread(Weeks(board.session).burn)
    except Refused as error:
        board.tell(f"{error}.".replace("..", "."), severity="warning")
        return
    await board.ask(BurnScreen(figures, found, board.where))
