"""``makeroom review``: decisions whose review day has come, and what becomes of one."""

from __future__ import annotations

import argparse
from datetime import date

from scenarios.graded.adoption import adoption_due
from scenarios.graded.reviews import reviews_due
from store.common.errors import Refused
from tui.cli.decisions.outputs import ReviewDueOut, ReviewsOut, adoption_output
from tui.cli.plain_change import change, command_of, typed
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.workspace import look
from tui.forms.outcomes import REVIEW_DECISION


def run(arguments: argparse.Namespace) -> int:
    """List them, or record that one was looked at. Raises Refused."""
    values = typed(REVIEW_DECISION, arguments)
    if arguments.decision is not None:
        return change(arguments, lambda now: (command_of(REVIEW_DECISION, now, arguments.decision, values), ()))
    if values:
        raise Refused("name the decision that was looked at, by its number: makeroom review lists those that wait")
    state, today = look(arguments), date.today()
    rows, adoption = reviews_due(state, today), adoption_due(state, today)
    if arguments.json:
        found = [
            ReviewDueOut(
                decision=row.line.decision.id,
                title=row.line.decision.title,
                by=row.line.decision.decided_by,
                day=row.day,
                expected=row.expected,
                known=row.known,
            )
            for row in rows
        ]
        print_json(ReviewsOut(due=found, adoption=[adoption_output(row) for row in adoption]))
        return DONE
    for row in rows:
        one = row.line.decision
        say(f"{one.id:>6} {short(one.title, 60)}: review due since {row.day.isoformat()}")
        say(f"       expected: {short(row.expected, 200)}")
        say(f"       known now: {short(row.known, 200)}")
    for each in adoption:
        say(f"{short(each.due_words, 300)}")
        say(
            "       makeroom outcome ITEM --adopted N --could N tells it; success measure: "
            f"{short(each.measure, 200) or 'not given'}"
        )
    if not rows and not adoption:
        say("no decision waits for a review; signed exceptions have their own: makeroom exceptions")
    return DONE
