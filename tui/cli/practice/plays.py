"""Playing a case by commands: begun, shown, gone on with event by event, and ended."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scenarios.figures.names import item_named
from scenarios.practice.case import CaseRole
from scenarios.practice.parts import leader, players, roles_of, same_name
from scenarios.practice.said_words import said_head
from scenarios.practice.script import ask_about
from scenarios.trade.changes import now
from store.common.errors import Refused
from store.database.places import WorkspaceFile, database_path, expanded
from store.records import Item
from store.records.practice import Said
from store.sidecars.plays import delete_play, is_play, plays
from tui.cli.plain_change import command_of, typed
from tui.cli.practice.play_outputs import PlayedRoleOut, PlayOut, SaidOut
from tui.cli.printing import DONE, print_json, say
from tui.cli.workspace import desk
from tui.drawing.wrap import wrapped
from tui.forms.practice import TOLD
from tui.practice.case_list import case_named
from tui.practice.debriefs import keep_debrief
from tui.practice.play import Play, begin, brief_lines, needed_play, send, write
from tui.session.session import Session

_WIDE = 100


def start(arguments: argparse.Namespace) -> int:
    """Begin a play, and open the board on it where there is a terminal. Raises StoreError with a sentence."""
    case, text = case_named(arguments.name)
    folder = expanded(arguments.dir) if arguments.dir else None
    database = begin(case, text, arguments.actor, folder, facilitated=arguments.facilitate)
    if on_board(arguments):
        return play_on_board(database, arguments)
    arguments.db = str(database)
    with table(arguments) as (session, play):
        if arguments.json:
            print_json(play_out(session, play, 0, ()))
            return DONE
        say(f"{case.title}: the play is in {database}")
        for line in _about(session, play):
            say(line)
        say()
        if play.state.facilitated:
            for line in room_lines(play):
                say(line)
        say("makeroom practice next lets the first event come, makeroom practice show tells where it stands.")
    return DONE


def on_board(arguments: argparse.Namespace) -> bool:
    """Whether the board is to be opened."""
    return not arguments.json and not arguments.no_board and _seated()


def play_on_board(database: Path, arguments: argparse.Namespace) -> int:
    """The board on a play, until it is left; its exit code."""
    from tui.app.run import run_board
    from tui.cli.printing import complain
    from tui.cli.status_note import Noting

    place = WorkspaceFile(database, "practice")
    return run_board(place, actor=arguments.actor, noting=Noting(), complain=complain)


def room_lines(play: Play) -> Iterator[str]:
    """How others come to a play that is led."""
    place = shlex.quote(str(play.database))
    yield "The others sit down, each under a name of their own:"
    yield f"  makeroom --db {place} --as NAME"
    yield f"  makeroom serve --db {place} --as NAME --max 1 --port 0     in a browser"
    yield "Each takes a role there (R, then r, then r), or with makeroom practice role ROLE --as NAME."


def _seated() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


@contextmanager
def table(arguments: argparse.Namespace, *, write: bool = False) -> Iterator[tuple[Session, Play]]:
    """The play that is meant, and its workspace. Raises Refused where none is."""
    path = play_named(arguments)
    arguments.db = str(path)
    play = needed_play(path)
    with desk(arguments, write=write) as session:
        yield session, play


def play_named(arguments: argparse.Namespace) -> Path:
    """The workspace of the play: the one named with --db, or in the environment where that is one, else the last."""
    named = database_path(arguments.db).path if arguments.db else None
    if named is not None:
        return named
    present = database_path(None).path
    if is_play(present):
        return present
    found = plays()
    if not found:
        raise Refused("no play was begun: makeroom practice lists the cases, makeroom practice start NAME begins one")
    return found[0]


def show(arguments: argparse.Namespace) -> int:
    """What it is about, the player's brief, and all that was said."""
    with table(arguments) as (session, play):
        if arguments.json:
            print_json(play_out(session, play, 0, ()))
            return DONE
        for line in (*_about(session, play), "", *_said_lines(session, _rows(session))):
            say(line)
        _say_next(session, play)
    return DONE


def forward(arguments: argparse.Namespace) -> int:
    """The next event, or the one that is named. Raises Refused where none can come."""
    with table(arguments, write=True) as (session, play):
        needs_lead(session, play)
        script = play.script(session)
        event = script.next
        if arguments.event:
            event = script.open_event(arguments.event)
            if event is None:
                raise Refused(f"“{arguments.event}” is not an event that is still to come")
            if waits := script.waits_for(event):
                raise Refused(f"“{event.key}” {waits}")
        if event is None:
            told = "decide first" if script.left else f"the script is at its end. {script.not_sent_words}".strip()
            raise Refused(f"nothing can come now: {told}")
        _, notes = send(session, play, event)
        tell_new(arguments, session, play, 1, notes)
    return DONE


def ask(arguments: argparse.Namespace) -> int:
    """Ask what is known of an item."""
    with table(arguments, write=True) as (session, play):
        item = item_named(session.state, arguments.item)
        who = session.speaker or session.workspace.actor
        before = len(session.state.all(Said))
        _, notes = write(session, ask_about(play.script(session), item.id, who, now()))
        tell_new(arguments, session, play, len(session.state.all(Said)) - before, notes)
    return DONE


def tell(arguments: argparse.Namespace) -> int:
    """Keep what somebody was told."""
    with table(arguments, write=True) as (session, play):
        values = typed(TOLD, arguments)
        values.setdefault("by", session.speaker or session.workspace.actor)
        session.commit(command_of(TOLD, session.now, None, values))
        tell_new(arguments, session, play, 1, ())
    return DONE


def end(arguments: argparse.Namespace) -> int:
    """Keep the debrief, and the play or not."""
    with table(arguments) as (session, play):
        needs_lead(session, play)
        kept = keep_debrief(session, play)
        play = play.changed(ended=True)
        out = play_out(session, play, 0, ())
    if arguments.delete:
        delete_play(play.database)
    if arguments.json:
        print_json(out)
        return DONE
    say(f"The debrief is kept: {kept}")
    say("The workspace of the play is deleted." if arguments.delete else f"The play stays in {play.database}.")
    return DONE


# ------------------------------------------------------------------ in words


def _about(session: Session, play: Play) -> Iterator[str]:
    case = play.case
    yield case.title
    for paragraph in case.about.splitlines():
        yield from (f"  {row}" for row in wrapped(paragraph, _WIDE))
    if play.state.facilitated:
        yield f"{leader(session.state) or 'Nobody'} leads this play."
    for role in _own(session, play):
        yield from brief_words(role)


def _own(session: Session, play: Play) -> Sequence[CaseRole]:
    """The roles whose briefs are for whoever asks: alone the player's, else those that they took."""
    case = play.case
    if play.state.facilitated:
        return roles_of(case, session.state, session.workspace.actor)
    role = case.role(case.player)
    return () if role is None else (role,)


def brief_words(role: CaseRole) -> Iterator[str]:
    """A role and its brief, for whoever has it."""
    yield f"You are {role.who}, {role.name}."
    for line in brief_lines(role):
        yield from (f"  {row}" for row in wrapped(line, _WIDE))


def _leads(session: Session, play: Play) -> bool:
    """Whether the script is this person's to go on with: who plays alone, or leads."""
    return not play.state.facilitated or same_name(leader(session.state), session.workspace.actor)


def _reads_script(session: Session, play: Play) -> bool:
    """Whether whoever asks may know what is in the script and did not happen."""
    return play.state.ended or (play.state.facilitated and _leads(session, play))


def needs_lead(session: Session, play: Play) -> None:
    """Raises Refused where somebody else leads the play."""
    name = leader(session.state)
    if not _leads(session, play):
        who = f"{name} leads" if name else "nobody leads"
        raise Refused(
            f"{who} this play, and this is {session.workspace.actor}: say who you are with --as, or take the lead with "
            "makeroom practice lead where they have left"
        )


def _rows(session: Session) -> Sequence[Said]:
    return list(session.state.each(Said))


def _said_lines(session: Session, rows: Sequence[Said]) -> Iterator[str]:
    items = session.state.all(Item)
    for row in rows:
        yield f"{row.at.astimezone():%H:%M}  {said_head(row, items.get(row.item_id or 0))}"
        for paragraph in row.words.splitlines():
            yield from (f"       {line}" for line in wrapped(paragraph, _WIDE))


def _say_next(session: Session, play: Play) -> None:
    script = play.script(session)
    if play.state.ended:
        say("This play has ended: makeroom practice debrief shows how it was reasoned.")
    elif not _leads(session, play):
        name = leader(session.state)
        say(f"What comes, and when, is {name}'s to say." if name else "Nobody leads: makeroom practice lead does.")
    elif script.next is not None:
        say("Something is to come: makeroom practice next lets it happen.")
    elif script.left:
        say("What is to come waits for a decision.")
    else:
        say("The script is at its end: makeroom practice debrief, then makeroom practice end.")
        if script.not_sent_words:
            say(script.not_sent_words)


def tell_new(arguments: argparse.Namespace, session: Session, play: Play, new: int, notes: Sequence[str]) -> None:
    """Say the latest of what was said, as many as are ``new``, and ``notes``."""
    if arguments.json:
        print_json(play_out(session, play, new, notes))
        return
    for line in _said_lines(session, _rows(session)[-new:] if new else ()):
        say(line)
    for note in notes:
        say(note)


def play_out(session: Session, play: Play, new: int, notes: Sequence[str]) -> PlayOut:
    """A play as programs read it."""
    script, items = play.script(session), session.state.all(Item)
    return PlayOut(
        workspace=str(play.database.absolute()),
        case=play.case.name,
        title=play.case.title,
        ended=play.state.ended,
        said=[
            SaidOut(
                at=row.at,
                kind=row.kind,
                event=row.event,
                who=row.who,
                to=row.to_whom,
                words=row.words,
                item=items[row.item_id].title if row.item_id in items else "",
                answer=row.answer,
                due=row.due,
            )
            for row in _rows(session)
        ],
        new=new,
        next=script.next is not None and not play.state.ended,
        left=len(script.left),
        # What else is in the script is for whoever leads, and for all when it is over: who plays would read ahead.
        not_sent=[f"{key}: {why}" for key, why in script.not_sent.items()] if _reads_script(session, play) else [],
        notes=list(notes),
        facilitated=play.state.facilitated,
        leader=leader(session.state),
        roles=_roles_out(session, play),
    )


def _roles_out(session: Session, play: Play) -> list[PlayedRoleOut]:
    """The roles, with the briefs of one's own alone."""
    found, own = players(session.state), _own(session, play)
    return [
        PlayedRoleOut(
            key=role.key,
            name=role.name,
            who=role.who,
            player=found[role.key].name if role.key in found else "",
            brief=brief_lines(role) if role in own else [],
        )
        for role in play.case.roles
    ]
