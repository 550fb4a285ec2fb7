"""What the meeting's commands work on: the workspace as one session, and the items that somebody named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.names import item_named
from scenarios.figures.readers import read_for
from scenarios.plan.departures import Leaving, versions_of
from scenarios.plan.plan import Entry, entry_of
from store.common.errors import Refused
from store.database import connection
from store.database.places import database_path
from store.records import RecordError, State
from store.workspace.workspace import Workspace
from tui.cli.printing import ask, complain, short
from tui.cli.status_note import answer_of, leave

if TYPE_CHECKING:
    from tui.session.session import Session

#: So many of the items that a text could mean are named.
_NAMED = 5


@contextmanager
def desk(
    arguments: argparse.Namespace,
    *,
    write: bool = False,
    create: bool = False,
    today: date | None = None,
    known: State | None = None,
) -> Iterator[Session]:
    """The workspace, only to be read unless ``write``; only what can begin one makes it, with ``create``.

    Every command opens it so, and writes by the session, in the name that ``--as`` gives. ``today`` shapes
    a workspace that is made; ``known`` is what was read of it a moment ago. Raises StoreError with a sentence; what
    cannot be decided so, or no record holds, becomes a Refused.
    """
    from tui.session.session import Session

    place = database_path(arguments.db)
    connection.tell_of_waiting = complain
    workspace = Workspace.open(place.path, actor=arguments.actor, create=create, today=today, read_only=not write)
    with workspace:
        session = Session(workspace, place.chosen, known=known, lazy=True)
        session.speaker = arguments.actor or ""
        if write:
            from tui.session.mends import mend

            session.others = lambda: _seated(workspace)
            # What is to be taken back is what its author saw last.
            # (Commands within a command carry no name here.)
            for said in mend(session) if getattr(arguments, "command", "") not in ("undo", "redo") else ():
                complain(said)
        found = session.state.seq
        try:
            yield session
        except RecordError as error:
            from tui.cli.names import refusal

            raise refusal(error) from error
        answer = answer_of(session) if session.state.seq != found else None
    if answer is not None:
        leave(place.path, session.state.seq, answer)


def _seated(workspace: Workspace) -> Collection[str]:
    """The sessions of those who have the workspace open: what they did is theirs to take back."""
    from store.sidecars.seats import Seats

    return [seat.session for seat in Seats(workspace.path, workspace.session, workspace.actor).others() if seat.drives]


def find_item(state: State, text: str, *states: str) -> Entry:
    """The item that a text means, among those in these states: its exact title, its key, its number, else a part of its
    title that only one has. Raises Refused with those it could be."""
    return entry_of(state, item_named(state, text, *states).id)


def find_leaving(state: State, text: str) -> Leaving:
    """What ``ITEM`` or ``ITEM=FIRST VERSION`` means among the planned items. Raises Refused."""
    try:
        return Leaving(find_item(state, text, "plan"))
    except Refused:
        name, sign, version = text.rpartition("=")
        if not sign:
            raise
    entry = find_item(state, name, "plan")
    known = versions_of(state, [entry]).get(entry.item.id, ())
    wanted = version.strip().casefold()
    for each in known:
        if each.version is not None and each.version.name.casefold() == wanted:
            return each
    names = ", ".join(f"“{each.version.name}”" for each in known if each.version is not None)
    raise Refused(
        f"“{short(entry.item.title, 60)}” has {f'the first versions {names}' if names else 'no first version'}"
    )


def look(arguments: argparse.Namespace) -> State:
    """What the workspace holds, read without writing. Raises StoreError where there is none."""
    with Workspace.open(database_path(arguments.db).path, read_only=True) as workspace:
        state = workspace.load()
    read_for(state)
    return state


def agreed(arguments: argparse.Namespace, question: str) -> bool:
    """Whether it is confirmed, by --yes or by whoever sits at the terminal."""
    if arguments.yes:
        return True
    if arguments.json or not sys.stdin.isatty():
        return False
    return ask(question).casefold() == "yes"
