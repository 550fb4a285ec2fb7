"""The keys that the board shows at its foot, by what they are about."""

from __future__ import annotations

from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.key_bar import Hint

PLAN = (
    Hint("a", "add a request", "add"),
    Hint("b", "below / bring up", "cross"),
    Hint("e", "size", "size"),
    Hint("enter", "edit", "edit"),
    Hint("c", "capacity", "capacity"),
    Hint("+", "levers", "levers"),
    Hint("i", "inbox", "inbox"),
    Hint("u", "undo", "undo"),
    Hint("x", "flip point", "flip"),
    Hint("/", "search", "search"),
    Hint("r", "request card", "card"),
    Hint("f", "facts", "facts"),
    Hint("w", "who waits", "waits"),
    Hint("h", "history", "history"),
    Hint("s", "scenarios", "scenarios"),
    Hint(",", "the past", "travel"),
    Hint("q", "quit", "app.quit"),
    Hint("?", "why, help", "help"),
)
EMPTY = (
    Hint("I", "import a file", "import_file"),
    Hint("a", "add a request", "add"),
    Hint("c", "capacity", "capacity"),
    Hint("S", "start", "start"),
    Hint("q", "quit", "app.quit"),
    Hint("?", "help", "help"),
)
INBOX = (
    Hint("enter", "say yes", "answer"),
    Hint("o", "ways out", "settle"),
    Hint("b", "below the line", "cross"),
    Hint("n", "decline", "decline"),
    Hint("e", "size", "size"),
    Hint("E", "edit", "edit_item"),
    Hint("r", "card", "card"),
    Hint("f", "facts", "facts"),
    Hint("i", "next request", "inbox"),
    Hint("esc", "to the plan", "leave"),
)
FOLLOWING = (
    Hint("↑↓", "look"),
    Hint("@", "who is here", "who"),
    Hint("/", "search", "search"),
    Hint("h", "history", "history"),
    Hint("t", "light or dark", "theme"),
    Hint("q", "quit", "app.quit"),
    Hint("?", "why, help", "help"),
)
_FACTS = Hint("f", "facts", "facts")
_SHORTFALL_WAY = Hint("o", "leave as open shortfall", "trade('open')")
_WAYS_OUT = Hint("o", "ways out", "trade('open')")
_REQUEST_WAYS = (
    Hint("b", "below the line", "trade('below')"),
    Hint("N", "decline", "trade('decline')"),
)


def trade_hints(sheet: TradeSheet) -> tuple[Hint, ...]:
    """The keys of an open trade sheet."""
    if sheet.deciding:
        return (Hint("enter", "next, then record it"), Hint("esc", "back to the marks", "trade('back')"))
    asks_in = sheet.trade is not None and sheet.trade.proposal.asks_in
    return (
        Hint("space", "mark", "trade('mark')"),
        Hint("enter", "confirm", "trade('confirm')"),
        Hint("?", "why", "help"),
        *((_WAYS_OUT,) if asks_in else ()),
        Hint("n", "next best", "trade('next')"),
        Hint("!", "sign", "trade('sign')"),
        *(_REQUEST_WAYS if asks_in else (_SHORTFALL_WAY,)),
        Hint("W", "way out of the row", "trade('way')"),
        *((_FACTS,) if asks_in else ()),
        Hint("F", "frontier", "frontier"),
        Hint("x", "flip point", "flip"),
        Hint("esc", "back, nothing changed", "trade('back')"),
    )
