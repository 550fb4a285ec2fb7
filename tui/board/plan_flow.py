"""Fill, baseline, and settling what is open."""

from __future__ import annotations

import asyncio

from scenarios.figures.sizes import format_ew
from scenarios.trade import changes
from scenarios.trade.proposals import propose_capacity, propose_settling
from scenarios.verdict.settlement import fill_unsigned, filled_for
from store.common.errors import Refused
from store.common.text import capital
from tui.dialogs.menu import Choice, Menu
from tui.drawing.words import arrow, filled_words, held_against, odds_percent, target_percent, together_words
from tui.flows.host import Host
from tui.plan_view.keys import BOARD


async def fill_plan(board: Host) -> None:
    """Say what a fill would take; one key takes it."""
    session, state = board.session, board.session.state
    if not await decide_target(board):
        return
    state, before = session.state, session.now.forecast
    # A large backlog takes a while: the board goes on answering.
    board.show_header(old=True)
    filled = await asyncio.to_thread(fill_unsigned, state, before)
    further = await asyncio.to_thread(fill_unsigned, state, before, go_on=True) if filled.no_room else filled
    board.show_header()
    if not further.taken:
        full = f" What did not fit closed {filled.closed_words(before.plan)}." if filled.closed else ""
        board.tell(_nothing(board, filled.unsized) + full)
        return
    count = len(filled.taken)
    left = (
        (filled.no_room, "has", "have", "no room"),
        (filled.unmet, "needs", "need", "what is not in plan"),
        (filled.unsigned, "needs", "need", "a signature"),
        (filled.answered, "is", "are", "answered another way"),
        (filled.unsized, "has", "have", "no size yet"),
    )
    passed = [f"{many} {one if many == 1 else more} {what}" for many, one, more, what in left if many]
    about = f"odds {arrow(before.odds, filled.odds, before.plan.target)}" + (f"; {', '.join(passed)}" if passed else "")
    if filled.closed:
        about += f". What did not fit closed {filled.closed_words(before.plan)}."
    undo = BOARD.of(board.app, "undo")
    choices = [Choice("f", "fill", f"one decision; {undo} takes it back")] if filled.taken else []
    if more := len(further.taken) - count:
        detail = f"and take {more} more that fit: odds {arrow(before.odds, further.odds, before.plan.target)}"
        choices.append(Choice("g", "fill, and go on below" if count else "go on below it", detail))
    title = f"Fill the plan in rank order with {count} item{'s' * (count != 1)}"
    answer = await board.ask(Menu(title if count else "In rank order nothing more fits", choices, about))
    if answer:
        filled = further if answer == "g" else filled
        command = changes.fill_command(state, filled, before)
        await board.warm(before.plan.plus(filled.taken))
        board.commit(command, seen=state.seq)


async def decide_target(board: Host) -> bool:
    """Where several teams are filled for the first time, ask what the target is of, with what each answer would plan;
    whether it is decided."""
    session, state = board.session, board.session.state
    plan = session.now.plan
    if state.quarter.target_for is not None or len([team for team in plan.teams if plan.net[team.id]]) < 2:
        return True
    board.show_header(old=True)
    whole = await asyncio.to_thread(filled_for, state, session.now.forecast, "plan")
    each = await asyncio.to_thread(filled_for, state, session.now.forecast, "team")
    board.show_header()
    choices = [
        Choice("p", "the whole plan", filled_words(whole)),
        Choice("t", "each team", filled_words(each)),
    ]
    about = f"{capital(together_words(whole))}. Filled in rank order, it would plan this:"
    answer = await board.ask(
        Menu(f"Odds of {target_percent(plan.target)}: of the whole plan, or of each team?", choices, about)
    )
    if answer:
        board.propose(propose_capacity(state, {}, target_for="plan" if answer == "p" else "team"))
    return session.state.quarter.target_for is not None


def _nothing(board: Host, unsized: int) -> str:
    if not board.session.now.forecast.fits:
        return f"The plan is below its target already: {BOARD.of(board.app, 'settle')} settles that first."
    if not board.session.now.plan.capacity:
        return f"There is no capacity yet: {BOARD.of(board.app, 'capacity')} sets it for each team."
    if unsized:
        have = "s have" if unsized > 1 else " has"
        sizes = BOARD.of(board.app, "size")
        return f"Nothing below the line fits: {unsized} item{have} no size yet ({sizes} sizes)."
    return "Nothing below the line fits."


async def baseline_plan(board: Host) -> None:
    """Ask once, then stamp."""
    session, state = board.session, board.session.state
    try:
        command = changes.baseline(state, session.now.forecast)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    plan, forecast = session.now.plan, session.now.forecast
    idle = [team.name for team in plan.teams if plan.net[team.id] and not plan.load_of(team.id)]
    about = (
        f"odds {odds_percent(forecast.odds, plan.target)} ({held_against(forecast)}), load {format_ew(plan.load)} of "
    )
    about += f"{format_ew(plan.capacity)} ew" + (f". Nothing in plan for {', '.join(idle)}." if idle else "")
    answer = await board.ask(
        Menu(
            f"Baseline {plan.quarter.name} with {len(plan.entries)} items",
            [Choice("b", "baseline", "what comes in later is marked unplanned (+)")],
            about,
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


async def drop_agreed(board: Host, item: int) -> None:
    """Ask who lets a planned item of an agreed plan go, and why; then it is below the line."""
    from tui.flows.plain_flow import change_plain
    from tui.forms.decisions import DROP

    if await change_plain(board, DROP, item) is not None:
        board.go_to(item)
