"""From the main plan into a scenario and back, without leaving: the board gets another session."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from store.common.errors import StoreError
from store.records import Origin
from store.sidecars.seats import Seats, has_drafts
from store.workspace.workspace import Workspace
from tui.flows.cover import work_on
from tui.flows.host import Host
from tui.seats.seated_app import SeatedApp
from tui.session.meeting_snapshots import end_meeting
from tui.session.session import Session


async def switch(board: Host, path: Path) -> bool:
    """Open another workspace on the board; False, with a sentence on screen, where that cannot be.

    Seat, polling, undo and drafts are then those of the other file. What is large is read in a thread.
    """
    app, old = _app_of(board), board.session
    try:
        session = await work_on(
            board, f"Opening {path.name} …", path, partial(_opened, path, old), lambda late: late.workspace.close()
        )
    except StoreError as error:
        board.tell(str(error), severity="error")
        return False
    if session is None:
        return False
    if board.sheet.trade is not None or app.screen is not board:
        # Keys were quicker.
        await asyncio.to_thread(session.workspace.close)
        board.tell("Something else was opened meanwhile: finish that first.", severity="warning")
        return False
    async with board.undoing:
        _exchange(app, board, session)
    if old.in_meeting:
        end_meeting(old)
    await asyncio.to_thread(old.workspace.close)
    if app.own_process and not session.workspace.read_only and has_drafts(path):
        from tui.seats.dialog_drafts import offer_drafts

        await offer_drafts(board)
    return True


def _opened(path: Path, old: Session) -> Session:
    workspace = Workspace.open(path, actor=old.workspace.actor, create=False, read_only=old.workspace.read_only)
    try:
        return Session(workspace, old.chosen)
    except BaseException:
        workspace.close()
        raise


def _exchange(app: SeatedApp, board: Host, session: Session) -> None:
    follows = app.seats.own.follows if app.seats is not None else ""
    session.speaker = app.session.speaker
    app.session = session
    # A scenario is a try: the ends of a meeting are those of the main plan.
    session.keeps_meetings = app.own_process and not session.workspace.read_only and not session.state.all(Origin)
    if app.seats is not None:
        app.seats = Seats(session.workspace.path, session.id, session.workspace.actor, follows)
    board.exchange(session)
    if app.live is not None and app.seats is not None:
        app.live.change_seats(app.seats)


def _app_of(board: Host) -> SeatedApp:

    app = board.app
    if not isinstance(app, SeatedApp):
        raise AssertionError("the board is makeroom's")
    return app
