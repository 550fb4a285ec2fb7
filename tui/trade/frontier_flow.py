"""The frontier: how far the answer at hand, or the whole plan, is from what is possible."""

from __future__ import annotations

import asyncio
import threading

from scenarios.swaps import Stopped
from scenarios.swaps.frontier import Frontier, plan_frontier, request_frontier
from scenarios.trade.door import Trade
from scenarios.trade.proposals import propose_point
from tui.drawing.words import of_least
from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.trade.frontier_screen import FrontierScreen
from tui.trade.trade_flow import open_sheet


async def show_frontier(board: Host) -> None:
    """Value against odds; a point that is opened goes through the trade sheet like everything else."""
    stop = threading.Event()
    trade = board.sheet.trade
    try:
        if trade is not None:
            await _of_request(board, trade, stop)
        else:
            await _of_plan(board, stop)
    except asyncio.CancelledError:
        stop.set()
        raise
    except Stopped:
        return


async def _of_request(board: Host, trade: Trade, stop: threading.Event) -> None:
    out = board.sheet.out
    frontier = await asyncio.to_thread(request_frontier, trade, out, stop.is_set)
    unit = "value displaced" if trade.worths else "ew displaced"
    title = f"What a yes to “{trade.proposal.title[:60]}” displaces, for each odds{of_least(trade.asked.plan)}"
    point = await board.app.push_screen_wait(
        FrontierScreen(title, f"{unit}, up", frontier, trade.asked.plan.target, "marks this set")
    )
    if point is not None and board.sheet.trade is trade:
        board.sheet.mark(point.out)


async def _of_plan(board: Host, stop: threading.Event) -> None:
    state, forecast = board.session.state, board.session.now.forecast
    board.tell("Working out what is possible with this backlog.")
    frontier: Frontier | None = await asyncio.to_thread(plan_frontier, state, forecast, stop.is_set)
    if frontier is None:
        words = "The frontier needs values: {worth} gives an item its value, {tables} says what a value is."
        board.tell(BOARD.said(board.app, words))
        return
    passed = f" ({frontier.passed_over} items of the backlog left out)" if frontier.passed_over else ""
    point = await board.app.push_screen_wait(
        FrontierScreen(
            f"The value in plan that is possible, for each odds{of_least(forecast.plan)}{passed}",
            "value in plan, up",
            frontier,
            forecast.plan.target,
            "opens it as a trade",
        )
    )
    if point is None or not (point.out or point.come) or board.session.state is not state:
        return
    open_sheet(board, Trade.of(state, propose_point(state, point.come), board.session.now.forecast), point.out)
