"""The one-offs' screen, and asking for the platform item that three of a kind propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.rules.record_screen import Asks

if TYPE_CHECKING:
    from tui.rules.one_offs_screen import OneOffsScreen


async def show_one_offs(board: Host) -> None:
    """The one-offs, until they are left for the board or for one of them."""
    from tui.rules.one_offs_screen import OneOffsScreen

    item = await board.ask(OneOffsScreen(board, ASKS))
    if item is not None and not board.go_to(int(item)):
        board.tell("It is neither in plan, below the line nor in the inbox: is:declined in the search (/) finds more.")


async def propose(screen: OneOffsScreen) -> None:
    """Three of a kind become a request in the inbox; then they are proposed no more."""
    row, found = screen.row, screen.found
    if row is None or row.kind != "pattern" or found is None:
        return
    pattern = found.patterns[row.id]
    if pattern.asked(screen.state):
        # Somebody else was as quick.
        screen.board.tell(f"“{pattern.title}” was asked for already.", severity="warning")
        return
    if screen.write(pattern.propose(screen.state)):
        screen.board.tell(f"“{pattern.title}” waits in the inbox ({BOARD.of(screen.app, 'inbox')}).")


ASKS: dict[str, Asks] = {"propose": propose}
