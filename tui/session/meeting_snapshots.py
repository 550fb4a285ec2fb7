"""Taking snapshots of the plan on screen: asked for, and by itself at a baseline, at both ends of a meeting, and before
going back to an older plan. What is taken by itself never stands in anybody's way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scenarios.snapshots.capture import _command, _log, _prepare
from store.common.errors import StoreError
from store.records import Command, Snapshot, SnapshotKind, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast
    from tui.session.session import Session


def snapshots_of(state: State) -> list[Snapshot]:
    """The snapshots of a workspace, newest first."""
    return sorted(state.all(Snapshot).values(), key=lambda each: each.id, reverse=True)


def save_snapshot(session: Session, name: str, note: str = "", kind: SnapshotKind = "asked") -> Snapshot:
    """Take a snapshot of the plan as it is; the stored row. It is no decision, and undo passes over it.

    Raises Refused for a name that shows nothing, StoreError where it cannot be written.
    """
    applied = session.keep(_command(session.state, session.now.forecast, name, kind, session.workspace.actor, note))
    (change,) = applied.changes
    return Snapshot.model_validate(change.after)


def save_before_restore(session: Session) -> None:
    """Take one before an older plan is gone back to; nothing where the newest is the same."""
    _take(session, "before restore")


async def keep_found(session: Session) -> None:
    """As :func:`keep_meeting_start`, most of it in a thread."""
    if session.found is not None:
        found, session.found = session.found, None
        _write(session, "meeting start", await asyncio.to_thread(_begun, session, found))


def keep_meeting_start(session: Session) -> None:
    """The plan as it was before a seat's first decision, where that is not kept yet."""
    if session.found is not None:
        found, session.found = session.found, None
        _write(session, "meeting start", _begun(session, found))


def _begun(session: Session, found: tuple[State, Forecast]) -> Command | None:
    return _prepare("meeting start", *found, session.workspace.actor)


def end_meeting(session: Session) -> None:
    """The plan as a seat leaves it that made decisions."""
    if session.in_meeting and not session.workspace.read_only:
        keep_meeting_start(session)
        session.in_meeting = False
        _take(session, "meeting end")


def _take(session: Session, kind: SnapshotKind) -> None:
    _write(session, kind, _prepare(kind, session.state, session.now.forecast, session.workspace.actor))


def _write(session: Session, kind: SnapshotKind, command: Command | None) -> None:
    """Nothing where the newest snapshot is the same."""
    newest = next(iter(snapshots_of(session.state)), None)
    if command is None or [newest.hash if newest else ""] == [
        put.hash for put in command.puts if isinstance(put, Snapshot)
    ]:
        return
    try:
        session.keep(command)
    except StoreError as error:
        _log.warning("no snapshot at %s, %s", kind, type(error).__name__)
