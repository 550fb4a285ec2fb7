"""What the trade sheet asks, with its ways out, for a draft or another seat; and the trade that it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scenarios.trade.door import Trade
from scenarios.trade.resumption import ask, asked_of
from tui.session.session import Session
from tui.trade_sheet.trade_sheet import TradeSheet

if TYPE_CHECKING:
    from scenarios.requests.ways_out import Way

#: Ways out by item id.
Ways = Mapping[int, "Way"]
_CAUSE = "The plan is below its target"


def asked_on(sheet: TradeSheet, *, whole: bool) -> dict[str, Any] | None:
    """What an open sheet asks, as JSON can hold it; None where none is open.

    ``whole`` for a draft, with every word of the ways out in it, else short, for another seat's screen.
    """
    if sheet.trade is None:
        return None
    ways: Ways = sheet.ways
    if not whole:
        # What another seat shows is the answer at hand, which may be a swap in place of what is marked.
        shown = {each.item_id for each in sheet.out if each.way} | {sheet.trade.proposal.item_id}
        ways = {item_id: way for item_id, way in ways.items() if item_id in shown}
    if not ways:
        return asked_of(sheet.trade.proposal)
    # Imported when there are any: a seat tells what it asks ten times a second from the first moment on.
    from scenarios.requests.ways_resumption import asked_with, shown_with

    return (asked_with if whole else shown_with)(sheet.trade.proposal, ways)


def trade_of(session: Session, asked: Mapping[str, Any]) -> tuple[Trade, Ways]:
    """The trade that was asked so, on the present plan, and the ways out in it.

    Raises :class:`~scenarios.trade.door.Refused` where it cannot be asked of this plan, whatever stands there.
    """
    ways: Ways = {}
    if asked.get("ways"):
        from scenarios.requests.ways_resumption import ask_with

        proposal, ways = ask_with(session.state, asked, _CAUSE)
    else:
        proposal = ask(session.state, asked, _CAUSE)
    return Trade.of(session.state, proposal, session.now.forecast), ways
