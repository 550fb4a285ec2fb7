"""``makeroom date``: by which day an item is done, at 50% and at 85%."""

from __future__ import annotations

import argparse

from scenarios.quarter.done_dates import done_by
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.quarter.outputs import DateOut
from tui.cli.workspace import desk, find_item


def run(arguments: argparse.Namespace) -> int:
    """Say it. Raises Refused where nothing says a date."""
    with desk(arguments) as session:
        entry = find_item(session.state, arguments.item, "plan", "below", "inbox")
        found = done_by(session.state, session.now.forecast, entry.item.id)
    if arguments.json:
        print_json(
            DateOut(
                id=entry.item.id,
                title=entry.item.title,
                at_50=found.half,
                at_85=found.sure,
                by=found.by,
                ahead=found.ahead,
                planned=entry.item.state == "plan",
            )
        )
    else:
        say(f"{short(entry.item.title, 60)}: {found.words}")
    return DONE
