"""``makeroom commitments``: what was promised to whom; promising, and taking back by a decision."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from scenarios.plan.plan import Entry
from scenarios.rules.commitments import (
    HOLDING,
    Promise,
    commitments_of,
    meaning_for,
    outsider,
    parts_of,
    promises,
)
from scenarios.trade import changes
from store.common.errors import Refused
from store.records import State
from store.records.negotiation import Commitment
from tui.cli.plain_change import decide
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.rules.outputs import CommitmentOut, CommitmentsOut
from tui.cli.workspace import desk, find_item
from tui.drawing.plain import fit

#: Cells of a title, and of to whom, in the list.
_TITLE, _WHO = 40, 20


def listing(arguments: argparse.Namespace) -> int:
    """Everything that was promised, first what is not in plan."""
    today = changes.now().astimezone().date()
    with desk(arguments) as session:
        if arguments.json:
            found = [_described(each, today) for each in promises(session.state)]
            print_json(CommitmentsOut(commitments=found, not_in_plan=session.now.promised_not_in_plan))
            return DONE
        parts = [(heading, part) for heading, part in parts_of(session.state) if part]
        for heading, part in parts:
            say(f"{heading}   {len(part)}")
            for each in part:
                for line in _lines(each, today):
                    say(line)
        if not parts:
            say("nothing was promised: makeroom commitments add says that something is")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """An item is promised. Raises Refused where nobody is named that it is given to."""
    with desk(arguments, write=True) as session:
        item = find_item(session.state, arguments.item).item
        code = decide(arguments, item.id, item.id, session)
        made = max(session.state.each(Commitment), key=lambda row: row.id)
        for words in (meaning_for(made.kind, item), outsider(session.state, made.kind, made.who)):
            if words and not arguments.json:
                say(words)
    return code


def taken_back(arguments: argparse.Namespace) -> int:
    """A commitment ends without being kept. Raises Refused without a name and a reason."""
    with desk(arguments, write=True) as session:
        entry = find_item(session.state, arguments.item)
        return decide(arguments, _which(session.state, entry, arguments.number).id, entry.item.id, session)


def _which(state: State, entry: Entry, number: int | None) -> Commitment:
    """The commitment that is meant of an item. Raises Refused where there is none, or several and no number."""
    made, title = commitments_of(state, entry.item.id), short(entry.item.title, 60)
    if not made:
        raise Refused(f"nothing was promised of “{title}”: makeroom commitments lists what was")
    found = [row for row in made if number is None or row.id == number]
    if len(found) == 1:
        return found[0]
    named = "; ".join(f"{row.id} {short(Promise(row, entry.item, False).words, 120)}" for row in made)
    if found:
        raise Refused(f"“{title}” has {len(made)} commitments, name one with --number: {named}")
    raise Refused(f"“{title}” has no commitment {number}: {named}")


def _described(promise: Promise, today: date) -> CommitmentOut:
    made, item = promise.commitment, promise.item
    return CommitmentOut(
        number=made.id,
        item=item.id,
        title=item.title,
        kind=made.kind,
        who=made.who,
        due=made.due,
        note=made.note,
        state=item.state,
        open=promise.open,
        late=promise.late,
        past=promise.past(today),
        holds=made.kind in HOLDING and item.state == "plan",
    )


def _lines(promise: Promise, today: date) -> Iterator[str]:
    made, item = promise.commitment, promise.item
    who = made.who or ("the room" if made.kind == "aim" else "nobody named")
    day = made.due.isoformat() if made.due else "no day"
    mark = " past" if promise.past(today) else " late" if promise.late else ""
    title = fit(short(item.title, 200), _TITLE)
    yield f"{made.id:>6} {title} {fit(short(who, 60), _WHO)} {day + mark:<15} {made.kind:<11} {promise.where}"
    for words in promise.said(today):
        yield f"         {short(words, 300)}"
