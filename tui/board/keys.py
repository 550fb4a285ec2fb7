"""The keys that the board shows at its foot, by what they are about."""

from __future__ import annotations

from tui.plan_view.keys import APP, BOARD
from tui.trade_sheet.keys import TRADE
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.keys import Hint
from tui.widgets.row_table import RowTable

_ALL = APP["palette"].hint()
_REST = (
    *("inbox", "undo", "levers", "bulk", "view", "accounts", "search", "card", "flip", "facts", "waits", "history"),
    *("scenarios", "travel"),
)
_LAST = BOARD.hints("quit", "help")
PLAN = (*BOARD.hints("add", "cross", "size", "open"), _ALL, *BOARD.hints("order", "capacity", *_REST), *_LAST)
#: While the plan is being made: what makes one of a backlog comes first.
DRAFT = (
    *BOARD.hints("add", "fill", "baseline", "size"),
    _ALL,
    *BOARD.hints("order", "capacity", "cross", "open", *_REST),
    *_LAST,
)
_HELP = BOARD["help"].hint("help")
EMPTY = (*BOARD.hints("import", "add", "capacity", "start"), _ALL, *BOARD.hints("quit"), _HELP)
INBOX = (
    BOARD["open"].hint("say yes"),
    BOARD["settle"].hint(),
    BOARD["cross"].hint("below the line"),
    *BOARD.hints("decline", "size", "edit"),
    BOARD["card"].hint("card"),
    BOARD["facts"].hint(),
    BOARD["inbox"].hint("next request"),
    BOARD["leave"].hint(),
)
FOLLOWING = (RowTable.LOOK, *BOARD.hints("who", "search", "history", "theme", "quit", "help"))


def trade_hints(sheet: TradeSheet) -> tuple[Hint, ...]:
    """The keys of an open trade sheet, which run there."""
    if sheet.deciding:
        return (TRADE["confirm"].hint("next, then record it"), TRADE["back"].hint("back to the marks"))
    asks_in = sheet.trade is not None and sheet.trade.proposal.asks_in
    return (
        *TRADE.hints("mark", "confirm"),
        _board("help", "why"),
        *(TRADE.hints("open") if asks_in else ()),
        *TRADE.hints("next", "sign"),
        *(TRADE.hints("below", "decline") if asks_in else (TRADE["open"].hint("leave as open shortfall"),)),
        TRADE["way"].hint(),
        *((_board("facts"),) if asks_in else ()),
        _board("frontier"),
        _board("flip"),
        TRADE["back"].hint(),
    )


def _board(short: str, label: str = "") -> Hint:
    """A key of the board that works in the trade sheet too."""
    row = BOARD[short]
    return Hint((row,), label or row.bar, f"screen.{row.runs}")
