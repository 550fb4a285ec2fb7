"""What pie and meter show besides the plan as it is: a trade's marks, or the plan without the row on the cursor."""

from __future__ import annotations

from tui.flows.host import Host
from tui.plan_view.side_panel import Preview


def preview_of(board: Host) -> Preview | None:
    """The preview of a board; None where there is nothing to look at."""
    trade = board.sheet.trade
    if trade is not None and board.sheet.forecast is not None:
        count = len(board.sheet.out)
        title = trade.proposal.title
        words = f"“{title}” in, {count} out" if trade.proposal.asks_in else f"{title}, {count} out"
        return Preview(board.sheet.forecast, words, f"yes, {count} out")
    entry = board.subject
    if entry is None or not entry.sized or not (board.plan.previewing or board.incoming.has_focus):
        return None
    forecast = board.session.now.forecast
    if entry.item.state == "plan":
        row = board.plan.place_of(entry)
        after = type(forecast)(forecast.draws, forecast.plan.without((entry,)), forecast)
        return Preview(after, f"If “{entry.item.title}” drops", f"If {row} drops")
    after = type(forecast)(forecast.draws, forecast.plan.plus((entry,)), forecast)
    return Preview(after, f"If “{entry.item.title}” comes in", "If it comes in")
