"""The board on a workspace, from its opening until it is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from scenarios.trade.changes import now
from store.common.errors import NewerWorkspaceError, Refused
from store.database.places import DEMO, WorkspaceFile, demo_path
from store.sidecars.preferences import load_preferences
from store.sidecars.seats import Seats
from store.workspace.workspace import Workspace
from tui.app.app import MOMENT, OPEN_DEMO, UNFORESEEN, MakeroomApp, Notes
from tui.app.noted_board import recall_board
from tui.drawing import themes
from tui.drawing.colours import ColourMode
from tui.session.session import Session
from tui.terminal.first_frame import FirstFrame


def run_board(
    place: WorkspaceFile,
    colour_mode: ColourMode | None = None,
    *,
    actor: str | None = None,
    follow: str = "",
    projects: bool = False,
    noting: Notes | None = None,
    first_frame: FirstFrame | None = None,
    complain: Callable[[str], object] = str,
) -> int:
    """Open the workspace of a place and show its board until it is left; the exit code.

    ``actor`` is who is at the keyboard, the login name by default. With ``follow``, a name or "*" for whoever moved
    last, it is only looked at; ``projects`` is for a projector. ``noting`` leaves notes of what is on screen, and
    ``first_frame`` is there already where it was noted; ``complain`` says on the command line what went wrong. Raises
    StoreError where the workspace cannot be opened.
    """
    failed_at: float | None = None
    theme, keys, unread = _kept()
    while True:
        with _opened(place, actor, bool(follow)) as workspace:
            noted = recall_board(workspace.path)
            session = Session(workspace, place.chosen, noted=noted.plans)
            app = MakeroomApp(
                session,
                name=DEMO if place.chosen == DEMO else "",
                colour_mode=colour_mode,
                theme=theme,
                # What a newer makeroom wrote can only be looked at.
                seats=Seats(
                    workspace.path, session.id, workspace.actor, follow or ("*" if workspace.read_only else "")
                ),
                own_process=True,
                failed=failed_at is not None,
                noting=noting,
                first_frame=first_frame,
                noted=noted,
            )
            first_frame = None
            app.set_keymap(keys)
            app.unread, app.projects = unread, projects
            session.speaker = actor or ""
            session.keeps_meetings = not workspace.read_only
            wanted = app.run()
            if session.in_meeting:
                from tui.session.meeting_snapshots import end_meeting

                end_meeting(session)
            if app.failure is None and app.seats is not None and app.seats.own.drives:
                from store.sidecars.visits import keep_visit

                keep_visit(workspace.path, workspace.actor, now())
        if app.failure is not None:
            if failed_at is not None and time.monotonic() - failed_at < MOMENT:
                from tui.app.sorry_screen import give_up

                return give_up(complain, UNFORESEEN)
            # Where one was: in a scenario, too.
            place, failed_at = replace(place, path=app.session.workspace.path), time.monotonic()
            continue
        if noting is not None:
            noting.finish(app.session)
        _end_log(app)
        if app.ended_by:
            from tui.app.shutdown import let_go_of_output

            let_go_of_output()
            return 128 + app.ended_by
        if wanted != OPEN_DEMO:
            return 0
        place, failed_at = demo_path(), None


def _kept() -> tuple[str, Mapping[str, str], str]:
    """Theme and keys as the person at the keyboard set them, and why not where they cannot be taken."""
    try:
        found = load_preferences()
        theme = themes.LIGHT if found.theme == "light" else themes.DARK
        if not found.keys and not found.keymap:
            return theme, {}, ""
        # Looked at only where somebody set any: all screens are read for it.
        from tui.app.keymap import keymap_of

        return theme, keymap_of(found.keymap, found.keys), ""
    except Refused as error:
        return themes.DARK, {}, f"Keys and theme are the defaults: {error}"


def _end_log(app: MakeroomApp) -> None:
    if "tui.app.log_file" in sys.modules:
        from tui.app.log_file import end

        end("quit" if not app.ended_by else f"signal {app.ended_by}")


def _opened(place: WorkspaceFile, actor: str | None, read_only: bool) -> Workspace:
    """The workspace of a place; the demonstration is made where it is missing."""
    if place.chosen == DEMO and not read_only:
        from store.demo.demo import open_demo

        return open_demo(place.path, actor=actor)
    try:
        return Workspace.open(place.path, actor=actor, read_only=read_only)
    except NewerWorkspaceError:
        return Workspace.open(place.path, actor=actor, read_only=True)
