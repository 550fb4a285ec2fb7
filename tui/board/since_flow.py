"""What happened since somebody was here last: told once when they come back, and again by its key."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from store.common.errors import StoreError
from store.sidecars.preferences import load_preferences
from store.sidecars.visits import last_visit
from tui.flows.host import Host

if TYPE_CHECKING:
    # Each start looks whether there is anything to tell, and most have nothing.
    from scenarios.verdict.digest import Digest
    from tui.dialogs.report import Report

#: How far back it is told where nobody knows when somebody was here last.
_WEEK = timedelta(days=7)


def _digest(board: Host, since: datetime) -> Digest:
    from scenarios.verdict.digest import digest_of

    now = board.session.now
    return digest_of(now.state, now.exceptions, now.standing[1], since, date.today())


def _report(found: Digest) -> Report:
    from tui.dialogs.report import Report

    when = f"{found.since.astimezone():%a %d %b %H:%M}"
    return Report(f"Since {when}", found.lines(date.today()), "to the board")


async def show_since(board: Host) -> None:
    """What happened since the last visit, or in the last week."""
    workspace = board.session.workspace
    since = last_visit(workspace.path, workspace.actor) or datetime.now().astimezone() - _WEEK
    await board.app.push_screen_wait(_report(_digest(board, since)))


async def tell_since(board: Host) -> None:
    """Tell it to somebody who comes back, if anything is new and they did not say that they need no telling."""
    workspace = board.session.workspace
    since = last_visit(workspace.path, workspace.actor)
    if since is None or not board.session.now.ready:
        return
    try:
        if load_preferences().quiet:
            return
    except StoreError:
        # The board says so already.
        return
    found = _digest(board, since)
    if found.news:
        report = _report(found)
        report.unbidden = True
        await board.app.push_screen_wait(report)
