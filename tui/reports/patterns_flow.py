"""The patterns on screen: what one-offs have in common, asked for in general by a key, whose card opens then."""

from __future__ import annotations

from scenarios.reports.patterns_paper import patterns_paper
from scenarios.requests.patterns import patterns_of
from scenarios.trade import changes
from tui.flows.host import Host
from tui.reports.patterns_screen import PatternsScreen
from tui.reports.reports_flow import show_paper
from tui.requests.card_flow import show_card
from tui.rules.one_offs_flow import ask_in_general


async def show_patterns(board: Host) -> None:
    """The patterns, until they are left; after the card of what was asked for, they come up again."""
    while True:
        asked = await show_paper(
            board,
            "patterns",
            lambda: patterns_paper(board.session.state, changes.now().astimezone().date()),
            {"general": _general},
            PatternsScreen,
        )
        if asked is None or board.talk is None:
            return
        board.talk.item = int(asked)
        await show_card(board)


async def _general(screen: PatternsScreen) -> None:
    """Ask for the general item of the pattern on the cursor, and open its card."""
    row, patterns = screen.row, patterns_of(screen.state)
    if row is None or row.kind != "pattern" or row.id >= len(patterns):
        screen.board.tell("Go to a pattern first: what is asked for in general is written from it.")
        return
    item = ask_in_general(screen, patterns[row.id])
    if item is not None:
        screen.go(str(item))
