"""A play that is led, by commands: roles taken and given back, the lead taken, an event written."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from scenarios.figures.names import Kind, named
from scenarios.practice.case import CaseRole
from scenarios.practice.parts import give_back, leader, players, role_words, same_name, take_lead, take_role
from store.common.errors import Refused
from store.records import Command
from store.records.practice import Part
from store.sidecars.seats import Seat, Seats
from tui.cli.columns import columns
from tui.cli.plain_change import command_of, typed
from tui.cli.practice.plays import (
    brief_words,
    needs_lead,
    on_board,
    play_named,
    play_on_board,
    play_out,
    room_lines,
    table,
    tell_new,
)
from tui.cli.printing import DONE, print_json, say
from tui.forms.practice import WRITTEN
from tui.practice.play import Play
from tui.session.session import Session

_ROLE: Kind[CaseRole] = Kind("role", name=role_words, whole=lambda role: (role.key, role.name, role.who))


def role(arguments: argparse.Namespace) -> int:
    """Who plays which role; take one and read its brief, or give it back. Raises Refused with a sentence."""
    with table(arguments, write=bool(arguments.role)) as (session, play):
        _led(play)
        own = session.workspace.actor
        chosen = named(list(play.case.roles), arguments.role, _ROLE, "role") if arguments.role else None
        if chosen is not None:
            here = sum(same_name(seat.name, own) for seat in _seats(play, session))
            if here > 1:
                raise Refused(f"{here} seats here are called {own}: a brief is for one alone; take the role as another")
            make = give_back if arguments.give_back else take_role
            _commit(session, make(session.state, chosen, own))
        if arguments.json:
            print_json(play_out(session, play, 0, ()))
        elif chosen is None:
            found = players(session.state)
            rows = [(each.key, role_words(each), _player(found, each.key)) for each in play.case.roles]
            for line in columns([("role", "who", "played by"), *rows]):
                say(line)
        elif arguments.give_back:
            say(f"{role_words(chosen)} is free again.")
        else:
            for line in brief_words(chosen):
                say(line)
    return DONE


def _player(found: Mapping[str, Part], key: str) -> str:
    part = found.get(key)
    return part.name if part is not None else "nobody"


def lead(arguments: argparse.Namespace) -> int:
    """Take the lead where nobody who has it is here, and open the script. Raises Refused with a sentence."""
    path = play_named(arguments)
    with table(arguments, write=True) as (session, play):
        _led(play)
        has, own = leader(session.state), session.workspace.actor
        if not same_name(has, own) and any(same_name(seat.name, has) for seat in _seats(play, session)):
            raise Refused(f"{has} leads this play, and is here: once they leave, another may take the lead")
        _commit(session, take_lead(session.state, own))
        if arguments.json:
            print_json(play_out(session, play, 0, ()))
            return DONE
        if not on_board(arguments):
            say(f"{own} leads the play in {play.database}")
            for line in room_lines(play):
                say(line)
            return DONE
    return play_on_board(path, arguments)


def write(arguments: argparse.Namespace) -> int:
    """Let somebody say something. Raises Refused where another leads."""
    with table(arguments, write=True) as (session, play):
        _led(play)
        needs_lead(session, play)
        session.commit(command_of(WRITTEN, session.now, None, typed(WRITTEN, arguments)))
        tell_new(arguments, session, play, 1, ())
    return DONE


def _led(play: Play) -> None:
    if not play.state.facilitated:
        raise Refused("this play is played alone: makeroom practice start NAME --facilitate begins one with a room")


def _seats(play: Play, session: Session) -> tuple[Seat, ...]:
    return Seats(play.database, session.id, session.workspace.actor).others()


def _commit(session: Session, command: Command) -> None:
    if not command.empty:
        session.commit(command, seen=session.state.seq)
