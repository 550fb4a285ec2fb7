"""``makeroom exceptions``: what was signed for and stands; reviewed and cleared as by ``!`` on the board."""

from __future__ import annotations

import argparse

from scenarios.verdict.exceptions import StandingException, none_words
from tui.cli import plan_outputs
from tui.cli.plain_change import decide
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.rules.outputs import ExceptionsOut, StandingOut
from tui.cli.workspace import desk


def listing(arguments: argparse.Namespace) -> int:
    """Those that stand, those whose review is due first."""
    with desk(arguments) as session:
        rows, signature = session.now.exceptions, session.now.standing[0]
        if arguments.json:
            described = plan_outputs.exceptions_of(session.state)
            found = [
                StandingOut(**vars(one), number=row.terms.id, title=row.about or None, words=row.sentence)
                for row, one in zip(rows, described, strict=True)
            ]
            due = sum(row.due for row in rows)
            print_json(ExceptionsOut(exceptions=found, due=due, under_target=signature.name if signature else ""))
            return DONE
        for row in rows:
            say(f"{row.terms.id:>6}  {_when(row):<16}  {short(row.what, 200)}")
            say(f"        {short(row.sentence, 600)}")
            if not row.over:
                say(f"        {short(row.ends, 300)}")
        say(
            f"{len(rows)} stand{'s' if len(rows) == 1 else ''}, {sum(row.due for row in rows)} due for review"
            if rows
            else none_words(signature)
        )
    return DONE


def _when(row: StandingException) -> str:
    if row.terms.review is None:
        return "no review"
    return f"{'DUE ' if row.due else ''}{row.terms.review.isoformat()}"


def decided(arguments: argparse.Namespace) -> int:
    """Somebody looked at it and lets it stand, or it stands no longer. Raises Refused without name and reason."""
    with desk(arguments, write=True) as session:
        open_before = session.now.standing[1]
        code = decide(arguments, arguments.number, None, session)
        shortfall = session.now.standing[1]
        if shortfall is not None and shortfall != open_before and not arguments.json:
            say(f"open shortfall: {short(shortfall.cause)} (makeroom settle)")
        return code
