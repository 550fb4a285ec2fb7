"""What others at the table changed: followed, said, and marked for a while."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.odds.forecast import Forecast
from store.common.errors import StoreError
from tui.dialogs.kept import Renews
from tui.flows.host import Host
from tui.session.news import News
from tui.trade.trade_flow import renew_sheet


def look(board: Host) -> None:
    """Show what others wrote since we last looked, at once. A file that cannot be read is said."""
    session, before = board.session, board.session.now.forecast
    try:
        session.take_in(session.news())
    except StoreError as error:
        board.tell(str(error), severity="error")
        return
    show(board, before)


async def look_warm(board: Host) -> None:
    """The same, with the odds of a large plan worked out in a thread first."""
    session, before = board.session, board.session.now.forecast
    found = session.news()
    if not found:
        return
    plan = session.plan_after(found)
    if session.heavy(plan):
        await board.warm(plan)
    session.take_in(found)
    show(board, before)


def show(board: Host, before: Forecast) -> None:
    """Show what the session has followed and nobody was told of; whatever is open stays open."""
    found = board.session.tell()
    if not found:
        return
    words = words_of(found)
    board.say(words, before)
    board.mark_news(found)
    board.refresh_all()
    if board.sheet.trade is not None:
        renew_sheet(board, words)
    elif board.app.screen is not board:
        board.tell(words)
    if board.app.screen is not board:
        for screen in board.app.screen_stack[1:]:
            if isinstance(screen, Renews):
                screen.renew(words)


def words_of(news: Sequence[News]) -> str:
    """The latest, and how many came with it."""
    before = f" (and {len(news) - 1} more before)" if len(news) > 1 else ""
    return f"{news[-1].words}{before}"
