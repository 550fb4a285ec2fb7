"""``makeroom memo``: the memo of a meeting as Markdown or as one web page; the templates to edit."""

from __future__ import annotations

import argparse
import os
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from scenarios.figures.amounts import use_currency
from scenarios.figures.names import customer_named
from scenarios.memos import Withheld
from scenarios.memos.pages_sent import send
from store.common.errors import Refused, StoreError
from store.database.places import database_path, expanded
from store.records import Customer
from store.sidecars.report_files import write_report_file
from store.workspace.workspace import Workspace
from tui.cli.printing import DONE, print_json, say, say_aside, say_text
from tui.decisions.meetings import HeldMeeting, Meetings
from tui.decisions.memo_templates import write_templates

#: So many of the customers that a name could mean, or of the days, are named.
_NAMED = 5


def run(arguments: argparse.Namespace) -> int:
    """Write one. Raises Refused for what cannot be meant, StoreError where a file is in the way."""
    if arguments.write_templates:
        return _write_templates(arguments.json)
    if arguments.audience is None:
        raise Refused("which memo: team, executives or account? Try: makeroom memo --help")
    if (arguments.audience == "account") != bool(arguments.customer):
        raise Refused("--customer NAME says whose account it is, and goes with account alone")
    place = database_path(arguments.db)
    since, day = _span(arguments)
    customer: Customer | None = None
    withheld: tuple[Withheld, ...] = ()
    if arguments.sent and (arguments.audience != "account" or day not in (None, date.today())):
        raise Refused("--sent notes that an account's page of today was sent: leave out --day")
    with Workspace.open(place.path, actor=arguments.actor, create=False, read_only=True) as workspace:
        state = workspace.load()
        use_currency(state.workspace.currency)
        meetings = Meetings(workspace, state)
        if arguments.audience == "account":
            named = customer_named(state, arguments.customer)
            held = meetings.account(day, since, named.id)
            customer = customer_named(held.state, arguments.customer)
            page = held.account(customer.id)
            text, withheld = page.text, page.withheld
        else:
            held = _held(meetings, since, day)
            text = held.memo(arguments.audience)
    if arguments.html:
        text = held.page(arguments.audience, text)
    path = _written(arguments, text) if arguments.output else None
    if arguments.json:
        from tui.cli.decisions.outputs import memo_output

        name, where = customer.name if customer is not None else None, str(path) if path is not None else None
        print_json(memo_output(held.meeting, arguments.audience, text, name, withheld, where))
    else:
        _say(text, path, withheld)
    if arguments.sent and customer is not None:
        _note(arguments, place.path, customer)
    return DONE


def _say(text: str, path: Path | None, withheld: Sequence[Withheld]) -> None:
    for each in withheld:
        say_aside(f"not on the page, for you alone: {each.words}")
    if path is None:
        say_text(text.rstrip("\n") + "\n")
    else:
        say(f"written to {path}")


def _note(arguments: argparse.Namespace, place: Path, customer: Customer) -> None:
    """Keep that the page was sent, now that it is written."""
    with Workspace.open(place, actor=arguments.actor, create=False) as workspace:
        workspace.apply(send(customer, datetime.now().astimezone()))


def _written(arguments: argparse.Namespace, text: str) -> Path:
    """Where it was written. Raises StoreError where a file is in the way."""
    path = expanded(arguments.output)
    if os.path.lexists(path) and not arguments.overwrite:
        raise StoreError(f"{path} is there already: name another file, or add --overwrite.")
    write_report_file(path, text)
    return path


def _span(arguments: argparse.Namespace) -> tuple[date | None, date | None]:
    """(first day, last day) of what it tells of; None where nobody said. Raises Refused for two answers."""
    first, last = arguments.since, arguments.day
    if arguments.month is not None:
        if first is not None or last is not None:
            raise Refused("--month is a span of its own: leave out --day and --since")
        first = arguments.month
        last = first.replace(day=monthrange(first.year, first.month)[1])
    if first is not None and last is not None and first > last:
        raise Refused(f"{first.isoformat()} is after {last.isoformat()}: name an earlier day with --since")
    return first, last


def _held(meetings: Meetings, since: date | None, day: date | None) -> HeldMeeting:
    """The meeting of that day, else the last one; or all decisions of a span."""
    if not meetings.days:
        raise Refused("nothing was decided yet: there is no meeting to write a memo of")
    if since is not None:
        day = meetings.days[0] if day is None else day
        if not any(since <= each <= day for each in meetings.days):
            raise Refused(f"nothing was decided from {since.isoformat()} to {day.isoformat()}{_known(meetings)}")
        return meetings.held(day, since)
    if day is not None and day not in meetings.days:
        raise Refused(f"nothing was decided on {day.isoformat()}{_known(meetings)}")
    return meetings.held(day or meetings.days[0])


def _known(meetings: Meetings) -> str:
    known = ", ".join(each.isoformat() for each in meetings.days[:_NAMED])
    return f"; there are decisions of {known}{' and earlier' if len(meetings.days) > _NAMED else ''}"


def _write_templates(json: bool) -> int:
    found = write_templates()
    if json:
        from tui.cli.decisions.outputs import TemplatesOut

        print_json(TemplatesOut(written={str(path): written for path, written in found.items()}))
        return DONE
    for path, written in found.items():
        say(f"written to {path}" if written else f"{path} is there already, and is left as it is")
    say("the memos use them from now on; remove one to have the built-in one back")
    return DONE
