"""The one-offs' screen, and asking for the platform item that three of a kind propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.requests.patterns import Pattern
from store.records import Item
from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.rules.record_screen import Asks, RecordScreen

if TYPE_CHECKING:
    from tui.rules.one_offs_screen import OneOffsScreen


async def show_one_offs(board: Host) -> None:
    """The one-offs, until they are left for the board or for one of them."""
    from tui.rules.one_offs_screen import OneOffsScreen

    item = await board.ask(OneOffsScreen(board, ASKS))
    if item is not None and not board.go_to(int(item)):
        search = BOARD.of(board.app, "search")
        board.tell(f"It is neither in plan, below the line nor in the inbox: {search} with is:declined finds it.")


async def propose(screen: OneOffsScreen) -> None:
    """Three of a kind become a request in the inbox; then they are proposed no more."""
    row = screen.row
    if row is not None and row.kind == "pattern":
        ask_in_general(screen, screen.patterns[row.id])


def ask_in_general(screen: RecordScreen, pattern: Pattern) -> int | None:
    """Ask for the general item of a pattern; its number, None where somebody did already or it is refused."""
    if pattern.asked(screen.state):
        # Somebody else was as quick.
        screen.board.tell(f"“{pattern.title}” was asked for already.", severity="warning")
        return None
    applied = screen.write(pattern.propose(screen.state))
    if applied is None:
        return None
    screen.board.tell(f"“{pattern.title}” waits in the inbox ({BOARD.of(screen.app, 'inbox')}).")
    return next(change.id for change in applied.changes if change.table == Item.table)


ASKS: dict[str, Asks] = {"propose": propose}
