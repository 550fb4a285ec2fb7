"""``makeroom trade ITEM --way KIND``: a request is answered by a way out; what takes something of the teams comes in at
that size, through the door like anything else."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from scenarios.plan.plan import Entry
from scenarios.requests.ways_out import Way, answer, propose_way
from scenarios.trade import changes
from scenarios.trade.decision_records import with_detail
from scenarios.trade.proposals import propose_item
from scenarios.verdict.minutes import Minutes
from store.common.errors import Refused
from tui.cli.printing import short
from tui.cli.trade import door
from tui.cli.trade.way_arguments import ASKS
from tui.cli.trade.way_text import kind_of, typed_way
from tui.session.session import Session


def by_way_out(arguments: argparse.Namespace, session: Session, entry: Entry, typed: door.Way) -> int:
    """Take it in at the size of its way out, or answer it at once. Raises Refused for what cannot be."""
    state, item_id = session.state, entry.item.id
    require_size(entry)
    kind = kind_of(typed.kind)
    way = typed_way(state, entry, kind, [text for of, text in typed.fields if of == ASKS])
    if kind == "swap":
        return door.through_the_door(arguments, session, propose_item(state, item_id), typed)
    if not way.sizes:
        return _answer(arguments, session, entry, way, typed)
    return door.through_the_door(arguments, session, propose_way(state, item_id, way), typed, {item_id: way})


def require_size(entry: Entry) -> None:
    """Raise Refused for a request without a size: nobody can say what a way out of it frees."""
    if not entry.sized:
        raise Refused(
            f"“{short(entry.item.title, 60)}” has no size yet: makeroom size gives it one, then it has its ways out; "
            "makeroom decline and defer need none"
        )


def _answer(arguments: argparse.Namespace, session: Session, entry: Entry, way: Way, typed: door.Way) -> int:
    """It takes nothing of the teams: nothing leaves, and the plan stays as it is."""
    said = typed.said
    if typed.swap is not None or typed.out or said.sign or said.signatures or said.purse or said.breaks:
        raise Refused(
            f"{way.kind} takes nothing of the teams: it is answered at once, and nothing leaves, is signed or is paid"
        )
    before = session.now.forecast
    command = answer(session.state, entry.item.id, way, before, changes.DecidedBy(said.by, said.because))
    minutes = said.minutes
    if minutes != Minutes():
        command = with_detail(command, **asdict(minutes))
    applied = session.commit(command)
    return door.report(arguments, session, before, applied, command.label, entry.item.id)
