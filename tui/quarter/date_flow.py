"""A date for the item under the cursor."""

from __future__ import annotations

from scenarios.quarter.done_dates import done_by
from store.common.errors import Refused
from tui.flows.host import Host


async def show_date(board: Host) -> None:
    """Say by which day it is done, at 50% and at 85%."""
    entry = board.subject
    if entry is None:
        board.tell("No item is chosen: go to one first.")
        return
    try:
        found = done_by(board.session.state, board.session.now.forecast, entry.item.id)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    board.tell(f"{entry.item.title[:60]}: {found.words}.")
