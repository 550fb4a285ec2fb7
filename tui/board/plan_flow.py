"""Fill, baseline, and settling what is open."""

from __future__ import annotations

import asyncio

from scenarios.trade import changes
from scenarios.trade.proposals import propose_settling
from scenarios.verdict.settlement import fill_unsigned
from store.common.errors import Refused
from tui.dialogs.menu import Choice, Menu
from tui.drawing.words import arrow
from tui.flows.host import Host


async def fill_plan(board: Host) -> None:
    """Say what a fill would take; one key takes it."""
    session, state = board.session, board.session.state
    before = session.now.forecast
    # A large backlog takes a while: the board goes on answering.
    board.show_header(old=True)
    filled = await asyncio.to_thread(fill_unsigned, state, before)
    board.show_header()
    if not filled.taken:
        board.tell(_nothing(board, filled.unsized))
        return
    count = len(filled.taken)
    passed = []
    if filled.no_room:
        passed.append(f"{filled.no_room} have no room")
    if filled.unmet:
        passed.append(f"{filled.unmet} need what is not in plan")
    if filled.unsigned:
        passed.append(f"{filled.unsigned} need a signature")
    if filled.unsized:
        passed.append(f"{filled.unsized} have no size yet")
    about = f"odds {arrow(before.odds, filled.odds, before.plan.target)}" + (f"; {', '.join(passed)}" if passed else "")
    answer = await board.ask(
        Menu(
            f"Fill the plan in rank order with {count} item{'s' if count > 1 else ''}",
            [Choice("f", "fill", "one decision, undone with one u")],
            about,
        )
    )
    if answer:
        command = changes.fill_command(state, filled, before)
        await board.warm(before.plan.plus(filled.taken))
        board.commit(command, seen=state.seq)


def _nothing(board: Host, unsized: int) -> str:
    if not board.session.now.forecast.fits:
        return "The plan is below its target already: o settles that first."
    if not board.session.now.plan.capacity:
        return "There is no capacity yet: c sets it for each team."
    if unsized:
        return (
            f"Nothing below the line fits: {unsized} item{'s have' if unsized > 1 else ' has'} no size yet (e sizes)."
        )
    return "Nothing below the line fits."


async def baseline_plan(board: Host) -> None:
    """Ask once, then stamp."""
    session, state = board.session, board.session.state
    try:
        command = changes.baseline(state, session.now.forecast)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    answer = await board.ask(
        Menu(
            f"Baseline {session.now.plan.quarter.name} with {len(session.now.plan.entries)} items",
            [Choice("b", "baseline", "what comes in later is marked unplanned (+)")],
        )
    )
    if answer:
        board.commit(command, seen=state.seq)


def settle_open(board: Host) -> None:
    """Open the trade sheet on a plan that is below its target."""
    forecast = board.session.now.forecast
    if board.sheet.trade is not None:
        return
    if forecast.fits:
        board.tell("Nothing is open: the plan is at its target.")
        return
    board.propose(propose_settling("The plan is below its target"))
