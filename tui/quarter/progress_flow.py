"""Progress: told on a screen of its own, written as one change; what drifted below the target goes through the door."""

from __future__ import annotations

import asyncio
from datetime import date

from scenarios.trade.proposals import propose_settling
from store.records import Command, Quarter
from tui.flows.host import Host
from tui.quarter.progress_screen import ProgressScreen
from tui.widgets.keys import key_named


async def tell_progress(board: Host) -> None:
    """The progress screen; what is confirmed is written, and a plan that is below its target then opens the sheet."""
    figures = board.session.now
    if not figures.plan.entries:
        board.tell("Nothing is in plan yet: there is no progress to record.")
        return
    if not figures.ready:
        await asyncio.to_thread(figures.build)
    day, said = day_of_telling(figures.plan.quarter, date.today())
    command = await board.ask(ProgressScreen(board.session, day, said))
    if command is not None:
        write_told(board, command)


def write_told(board: Host, command: Command) -> None:
    """Write what was told; where the plan is below its target then, open the trade sheet: what was told stays told, and
    what gives way for it is the room's to choose, or to leave open."""
    session = board.session
    applied = board.commit(command, command.label)
    if applied is not None and session.now.standing[1] is not None:
        board.propose(propose_settling("The odds fell below the target"))
        board.unbidden = True


def day_of_telling(quarter: Quarter, today: date) -> tuple[date, str]:
    """As of which day progress is told, where nobody says so: today, within the quarter; with what is odd about it."""
    known = quarter.progress_on
    day = min(max(today, quarter.starts), quarter.ends)
    if known is not None and known > day:
        other = f"{key_named('progress.day')} takes another day"
        return known, f"Progress is known as of {known}, which is after today: is the clock right? {other}."
    if today < quarter.starts:
        return day, f"{quarter.name} begins on {quarter.starts}: this counts as of its first day."
    if today > quarter.ends:
        close = key_named("board.close")
        return day, f"{quarter.name} ended on {quarter.ends}: this counts as of its last day. {close} closes it."
    return day, ""
