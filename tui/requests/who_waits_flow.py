"""Who waits: for the item that the keys are about, for what is below the line, for what is in plan."""

from __future__ import annotations

from collections.abc import Callable

from store.records import Item, State
from tui.flows.host import Host
from tui.requests.who_waits_screen import Scope, WhoWaitsScreen


def show_who_waits(board: Host) -> None:
    """For the row or the request; tab goes on to everything below the line, and in plan."""
    if board.sheet.trade is None:
        entry = board.subject
        scopes = _scopes(board.session.state, entry.item.id if entry else None)
        board.app.push_screen(WhoWaitsScreen(board.session, scopes, board.where))


async def who_waits_for(board: Host, item_id: int) -> None:
    """For an item, until it is left."""
    scopes = _scopes(board.session.state, item_id)
    await board.app.push_screen_wait(WhoWaitsScreen(board.session, scopes, board.where))


def _scopes(state: State, item_id: int | None) -> list[Scope]:
    found = [Scope("everything below the line", _in("below")), Scope("everything in plan", _in("plan"))]
    if item_id is not None:
        title = state.all(Item)[item_id].title
        found.insert(0, Scope(f"“{title[:80]}”", lambda state: [item_id]))
    return found


def _in(where: str) -> Callable[[State], list[int]]:
    return lambda state: [item.id for item in state.all(Item).values() if item.state == where]
