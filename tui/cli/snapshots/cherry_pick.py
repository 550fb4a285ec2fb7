"""``makeroom compare --take``: one difference of another plan into the plan, through the door."""

from __future__ import annotations

import argparse

from scenarios.compare import Comparison, Difference, Pair, take_over
from store.common.errors import Refused, refused_about
from tui.cli.printing import say, short
from tui.cli.snapshots.named_plans import compared
from tui.cli.trade.door import Way, through_the_door
from tui.cli.workspace import desk
from tui.forms.plans import NOW

#: So many of the differences that a text could mean are named.
_NAMED = 5


def take(arguments: argparse.Namespace) -> int:
    """Take one over. Raises Refused for a difference that is not there, or of which there is nothing to take."""
    if arguments.markdown or arguments.html:
        raise Refused("either --take, or a report to a file")
    names = arguments.names if len(arguments.names) > 1 else [NOW, *arguments.names]
    if NOW not in map(str.casefold, names):
        rest = " ".join(f"'{short(name, 60)}'" for name in names)
        raise Refused(f"what is taken over goes into the plan: write makeroom compare now {rest} --take")
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        comparison = compared(arguments, session.state, names)
        difference, other = _meant(comparison, arguments.take)
        with refused_about(before=f"“{short(difference.title, 60)}” cannot be taken over: "):
            proposal, notes = take_over(session.state, difference, other)
        for note in notes if not arguments.json else ():
            say(f"note: {short(note, 200)}")
        return through_the_door(arguments, session, proposal, way)


def _meant(comparison: Comparison, text: str) -> tuple[Difference, str]:
    """The difference that is meant by its number, or by the item, as it is taken over; and what the plan that has it is
    called."""
    every = [(pair, each) for pair in comparison.pairs for each in pair.differences]
    wanted = text.strip().casefold()
    if wanted.isascii() and wanted.isdigit():
        if not 1 <= int(wanted) <= len(every):
            raise Refused(f"there is no difference {short(text, 20)}: they are 1 to {len(every)}")
        return _taken(*every[int(wanted) - 1])
    numbered = list(enumerate(every, 1))
    for exact in (True, False):
        found = [
            (number, pair, each)
            for number, (pair, each) in numbered
            if wanted and each.takes and (each.title.casefold() == wanted if exact else wanted in each.title.casefold())
        ]
        if len(found) == 1:
            return _taken(*found[0][1:])
        if found:
            known = ", ".join(f"{number} “{short(each.title, 60)}” {each.kind}" for number, _, each in found[:_NAMED])
            more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
            raise Refused(f"“{short(text, 60)}” could be {known}{more}: give the number")
    raise Refused(f"nothing that differs is called “{short(text, 60)}”: makeroom compare lists what does")


def _taken(pair: Pair, difference: Difference) -> tuple[Difference, str]:
    return pair.taken(difference), pair.other.name
