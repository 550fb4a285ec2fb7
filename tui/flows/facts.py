"""The facts card of a request: on the board with the best swap, in the trade sheet with what is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.door import DoorError, Trade, propose_item
from scenarios.plan import entry_of
from scenarios.sizes import SizeError
from store.records import Item
from tui.screens.facts import Asked, FactsCard

if TYPE_CHECKING:
    from tui.screens.board import Board


def show_facts(board: Board) -> None:
    """The facts of what the keys are about; in the trade sheet, of what is asked. The sheet stays as it is."""
    trade = board.sheet.trade
    if trade is None:
        if board.subject is not None:
            item_id = board.subject.item.id
            board.app.push_screen(FactsCard(board.session, lambda: _on_board(board, item_id), board.where))
    elif trade.proposal.item_id is None:
        board.tell("What is asked here is no request: facts are of requests and items.")
    else:
        board.app.push_screen(FactsCard(board.session, lambda: _in_sheet(board), board.where))


async def facts_of_item(board: Board, item_id: int) -> None:
    """The facts of an item, until they are left."""
    await board.app.push_screen_wait(FactsCard(board.session, lambda: _on_board(board, item_id), board.where))


def _on_board(board: Board, item_id: int) -> Asked | None:
    state, forecast = board.session.state, board.session.now.forecast
    if item_id not in state.all(Item):
        return None
    entry = entry_of(state, item_id)
    if entry.item.state in ("plan", "done"):
        return Asked(state, item_id, forecast, how="in plan already" if entry.item.state == "plan" else "done")
    if not entry.sized:
        return Asked(state, item_id, forecast, how="no size yet: what a yes postpones is not known")
    try:
        return Asked(state, item_id, forecast, Trade.of(state, propose_item(state, item_id), forecast))
    except (DoorError, SizeError):
        return Asked(state, item_id, forecast, how="what it needs is not in plan")


def _in_sheet(board: Board) -> Asked | None:
    sheet = board.sheet
    trade = sheet.trade
    if trade is None or trade.proposal.item_id is None:
        return None
    marked, rows = sheet.table.marked, sheet.swaps.rows
    if marked:
        out, how = tuple(marked), "with what is marked"
    elif sheet.swap is not None:
        out, how = tuple(sheet.swap.out), "with the swap on the cursor"
    elif rows:
        out, how = tuple(rows[0].out), "with the best swap"
    else:
        return Asked(trade.state, trade.proposal.item_id, trade.before, trade)
    return Asked(trade.state, trade.proposal.item_id, trade.before, trade, out, how)
