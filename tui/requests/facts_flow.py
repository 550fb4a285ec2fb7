"""The facts card of a request: on the board with the best swap, in the trade sheet with what is marked."""

from __future__ import annotations

from scenarios.requests.trade_facts import FactsSubject, yes_to
from tui.flows.host import Host
from tui.requests.facts_screen import FactsCard


def show_facts(board: Host) -> None:
    """The facts of what the keys are about; in the trade sheet, of what is asked. The sheet stays as it is."""
    trade = board.sheet.trade
    if trade is None:
        if board.subject is not None:
            item_id = board.subject.item.id
            board.app.push_screen(FactsCard(board.session, lambda: _on_board(board, item_id), board.where))
    elif trade.proposal.item_id is None:
        board.tell("What is asked here is not a request: facts are of requests and items.")
    else:
        board.app.push_screen(FactsCard(board.session, lambda: _in_sheet(board), board.where))


async def facts_of_item(board: Host, item_id: int) -> None:
    """The facts of an item, until they are left."""
    await board.app.push_screen_wait(FactsCard(board.session, lambda: _on_board(board, item_id), board.where))


def _on_board(board: Host, item_id: int) -> FactsSubject | None:
    return yes_to(board.session.state, item_id, board.session.now.forecast)


def _in_sheet(board: Host) -> FactsSubject | None:
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
        return FactsSubject(trade.state, trade.proposal.item_id, trade.before, trade)
    return FactsSubject(trade.state, trade.proposal.item_id, trade.before, trade, out, how)
