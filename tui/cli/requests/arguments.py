"""The arguments of the commands about one request: its card, its facts, and who waits for it."""

from __future__ import annotations

import argparse
from functools import partial

from scenarios.figures.readers import AS_DAY
from tui.cli.parser import Commands, Parser, add_actor, add_db, add_json, later, make, make_working

#: By section of the card, what its form does not ask: the field, its option, what that takes, and what it is.
FIELDS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "Value": (
        ("impact", "--impact", "1-10", "of ICE"),
        ("confidence", "--confidence", "1-10", "of ICE"),
        ("ease", "--ease", "1-10", "of ICE, 10 the easiest"),
    ),
    "Commitment and needs": (("due", "--due", "DATE", AS_DAY),),
}
#: Options that are given as often as there is something to say, in the section after which they are told.
LISTS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "For whom": (
        ("waits", "--waits", "CUSTOMER", "who waits for it, besides those who do; '' removes them all first"),
        ("not_waits", "--not-waits", "CUSTOMER", "who does not wait for it any more"),
    ),
    "Stakeholders": (
        (
            "stakeholders",
            "--stakeholder",
            "STAKEHOLDER",
            "one more: name; buyer, user, operator or sponsor; for, against or unknown, as 'Jo Field; buyer; for'; '' "
            "removes all that are there first",
        ),
        (
            "not_stakeholders",
            "--not-stakeholder",
            "N",
            "remove the one of this number, 1 being the first on the card",
        ),
    ),
    "Demand": (
        (
            "evidence",
            "--evidence",
            "EVIDENCE",
            "one line more: customers; segment; source, as '4; shippers; win/loss calls', with '; deal' after it where "
            "it is the deal's own, which does not count as demand; '' removes all that are there first",
        ),
        ("not_evidence", "--not-evidence", "N", "remove the line of this number, 1 being the first on the card"),
    ),
    "Commitment and needs": (
        ("needs", "--needs", "ITEM", "an item that it is of no use without; '' removes them all first"),
        ("not_needs", "--not-needs", "ITEM", "an item that it does not need any more"),
    ),
    "Hidden costs": (
        (
            "hidden",
            "--hidden",
            "KIND=COST",
            "of support, complexity, drag or sprawl: ew once or %% of the build, then + ew a quarter, as support=0.5, "
            "'drag=10%% + 0.1'; nothing after = removes it",
        ),
    ),
    "Five claims": (
        (
            "claims",
            "--claim",
            "CLAIM=EVIDENCE",
            "strategic account, easy, already specified, fits the sprint or everyone wants it, with its evidence or "
            "the word asserted; nothing after = removes it",
        ),
    ),
}
#: The option of each of these.
EXTRA = {dest: option for part in (FIELDS, LISTS) for rows in part.values() for dest, option, _, _ in rows}


def add_escalation(commands: Commands) -> None:
    """``escalation``."""
    one = make_working(
        commands,
        "escalation",
        "requests.escalation",
        "Say that a request was escalated: by whom, to whom, and what Sales chose where it was sent back "
        "to them. The report of the month counts escalations, and how long an answer took.",
        "  makeroom escalation 'Offline mode' --by CEO --to CTO\n"
        "  makeroom escalation 'Offline mode' --sales-chose 'the audit log first'",
        function="run",
    )
    one.later = lambda: _add_escalation(one)


def _add_escalation(one: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.looking_back import ESCALATION

    one.add_argument("item", metavar="REQUEST", help="its title, a part that no other has, its key or its number")
    add_asks(one, ESCALATION)


def add_pilot(commands: Commands) -> None:
    """``pilot``."""
    one = make_working(
        commands,
        "pilot",
        "requests.pilot",
        "Say how the success test of a pilot or a proof of concept ended: met or missed, by how many customers, on "
        "which day. It is told where its way out is, on its card, and in the quarter graded.",
        "  makeroom pilot 'Offline mode' met --customers 3 --day 2027-03-14\n"
        "  makeroom pilot 'Offline mode' open                not known yet after all",
        function="run",
    )
    one.later = lambda: _add_pilot(one)


def _add_pilot(one: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.trials import PILOT

    one.add_argument("item", metavar="ITEM", help="its title, a part that no other has, its key or its number")
    add_asks(one, PILOT)


def add_card(commands: Commands) -> None:
    """``card``, ``facts`` and ``waits``."""
    one = make(
        commands,
        "card",
        "Show the card of a request: all that it carries, and what nobody gave. With options, fill it in: one change, "
        "which undo takes back. An empty text clears a field. Without options it changes nothing.",
        "  makeroom card 'Acme audit log' --why\n"
        "  makeroom card 23 --problem 'auditors wait a week for each export' --sponsor 'Jo Field'\n"
        "  makeroom card 23 --evidence '4; shippers; win/loss calls' --claim easy=asserted --hidden support=0.5",
    )
    one.later = partial(_add_fields, one)
    _finish(one, "card")
    one = make(
        commands,
        "facts",
        "What makeroom itself knows of an item, in neutral words: room now, what a yes postpones (with the best swap, "
        "or with --out), who waits for that, the deal, demand, earlier asks and what became of them. Changes nothing.",
        "  makeroom facts 'Acme audit log'\n  makeroom facts 23 --why --out 'Slack digest'",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    _add_why(one)
    one.add_argument(
        "--out",
        action="append",
        default=[],
        metavar="ITEM[=VERSION]",
        help="as if this item left for it, or became its first version; may be repeated",
    )
    _finish(one, "facts")
    one = make(
        commands,
        "waits",
        "Who waits: each customer once, soonest renewal first, with the revenue that renews within the charter's "
        "horizon. For the items that are named, together; else for everything below the line. Changes nothing.",
        "  makeroom waits\n  makeroom waits 'Acme audit log' 'Slack digest'\n  makeroom waits --plan --json",
    )
    one.add_argument("items", nargs="*", metavar="ITEM", help="its title, key or number")
    where = one.add_mutually_exclusive_group()
    where.add_argument("--below", action="store_true", help="for everything below the line, as without any ITEM")
    where.add_argument("--plan", action="store_true", help="for everything in plan")
    _add_why(one)
    _finish(one, "waits")


def _add_fields(one: Parser) -> None:
    from tui.cli.plain_change import add_options
    from tui.forms.card import ASKS, FORMS

    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    _add_why(one)
    for name, form in FORMS.items():
        group = one.add_argument_group(form.title)
        add_options(group, ASKS.get(name, ()))
        for dest, option, metavar, what in FIELDS.get(form.title, ()):
            group.add_argument(option, dest=dest, metavar=metavar, help=what)
        for dest, option, metavar, what in LISTS.get(form.title, ()):
            group.add_argument(option, dest=dest, metavar=metavar, help=f"{what}; may be repeated", action="append")


def _add_why(to: argparse.ArgumentParser) -> None:
    to.add_argument("--why", action="store_true", help="the formula of every figure, and what went into it")


def _finish(one: argparse.ArgumentParser, name: str) -> None:
    add_json(one)
    one.set_defaults(run=later(f"requests.{name}", name), command=name)
    add_db(one)
    add_actor(one)
