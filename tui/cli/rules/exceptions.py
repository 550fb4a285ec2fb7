"""``makeroom exceptions``: what was signed for and stands; reviewed and cleared as by ``!`` on the board."""

from __future__ import annotations

import argparse

from scenarios.trade.changes import Said
from scenarios.verdict.exceptions import Standing, none_words
from scenarios.verdict.signatures import clear as clear_exception
from scenarios.verdict.signatures import review as review_exception
from store.records import Command
from store.records.errors import Refused
from tui.cli import plan_outputs
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.rules.outputs import ExceptionsOut, StandingOut
from tui.cli.trade.door import report
from tui.cli.workspace import desk
from tui.session.session import Session


def listing(arguments: argparse.Namespace) -> int:
    """Those that stand, those whose review is due first."""
    with desk(arguments) as session:
        rows, signature = session.now.exceptions, session.now.standing[0]
        if arguments.json:
            described = plan_outputs.exceptions_of(session.state)
            found = [
                StandingOut(**one.model_dump(), number=row.terms.id, title=row.about or None, words=row.words)
                for row, one in zip(rows, described, strict=True)
            ]
            due = sum(row.due for row in rows)
            print_json(ExceptionsOut(exceptions=found, due=due, under_target=signature.name if signature else ""))
            return DONE
        for row in rows:
            say(f"{row.terms.id:>6}  {_when(row):<16}  {short(row.what, 200)}")
            say(f"        {short(row.words, 600)}")
        say(
            f"{len(rows)} stand{'s' if len(rows) == 1 else ''}, {sum(row.due for row in rows)} due for review"
            if rows
            else none_words(signature)
        )
    return DONE


def _when(row: Standing) -> str:
    if row.terms.review is None:
        return "no review"
    return f"{'DUE ' if row.due else ''}{row.terms.review.isoformat()}"


def review(arguments: argparse.Namespace) -> int:
    """Somebody looked at it and lets it stand. Raises Refused without a name and a reason."""
    with desk(arguments, write=True, create=False) as session:
        row, said = _named(session, arguments.number), Said(arguments.by.strip(), arguments.because.strip())
        before, conditions = session.now.forecast, arguments.conditions.strip()
        command = review_exception(session.state, row.terms, said, before, arguments.review, conditions)
        return _write(arguments, session, command)


def clear(arguments: argparse.Namespace) -> int:
    """It stands no longer. Raises Refused without a name and a reason."""
    with desk(arguments, write=True, create=False) as session:
        row, said = _named(session, arguments.number), Said(arguments.by.strip(), arguments.because.strip())
        return _write(arguments, session, clear_exception(session.state, row.terms, said, session.now.forecast))


def _named(session: Session, number: int) -> Standing:
    """The exception of that number. Raises Refused where none stands."""
    row = next((each for each in session.now.exceptions if each.terms.id == number), None)
    if row is None:
        raise Refused(f"no exception {number} stands: makeroom exceptions lists them with their numbers")
    return row


def _write(arguments: argparse.Namespace, session: Session, command: Command) -> int:
    before, open_before = session.now.forecast, session.now.standing[1]
    code = report(arguments, session, before, session.commit(command), command.label)
    shortfall = session.now.standing[1]
    if shortfall is not None and shortfall != open_before and not arguments.json:
        say(f"open shortfall: {short(shortfall.cause)} (makeroom settle)")
    return code
