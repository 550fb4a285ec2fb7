"""The arguments of the commands that a whole meeting is made of."""

from __future__ import annotations

import argparse
from functools import partial

from scenarios.figures.readers import AS_DAY
from tui.cli.parser import Commands, Parser, make_working, number
from tui.cli.trade.signature_arguments import add_signing
from tui.cli.trade.way_arguments import add_out, add_way_out


def add_status(commands: Commands) -> None:
    """``makeroom status``."""
    make_working(
        commands,
        "status",
        "trade.status",
        "Say how the quarter stands: odds, room, mix, one-offs, what is open.",
        "  makeroom status\n  makeroom --db team.db status --json",
    )


def add_reading(commands: Commands) -> None:
    """``makeroom plan``, ``odds`` and ``swaps``."""
    one = make_working(
        commands,
        "plan",
        "trade.plan_and_odds",
        "List the plan in rank order, what is below the line, and the inbox; with --at, as a decision left them.",
        "  makeroom plan --below 5\n  makeroom plan --json\n  makeroom plan --at 12",
    )
    one.add_argument("--below", type=int, default=10, metavar="N", help="so many from below the line (10)")
    one.add_argument("--all", action="store_true", help="all from below the line")
    one.add_argument("--at", type=int, metavar="DECISION", help="the number of a decision in makeroom decisions")
    one = make_working(
        commands,
        "odds",
        "trade.plan_and_odds",
        "Say the odds that all of the plan gets done, and what they stand on; with --in and --out, what they would "
        "be. Exits with 1 where they are below the target. With --flip, says whether a disputed size matters at all, "
        "and exits with 1 where it does.",
        "  makeroom odds\n"
        "  makeroom odds --in 'Acme audit log' --out 'Slack digest'\n"
        "  makeroom odds --flip 'Dispute workflow' --between 3-8",
    )
    one.add_argument(
        "--in", dest="come", action="append", default=[], metavar="ITEM", help="as if it came in; may be repeated"
    )
    add_out(one, "as if it left, or became its first version, or took")
    one.add_argument("--flip", default="", metavar="ITEM", help="from which size on of this item the plan does not fit")
    one.add_argument(
        "--between", default="", metavar="LOW-HIGH", help="what is said of its size, in ew; else its own range"
    )
    one = make_working(
        commands,
        "swaps",
        "trade.commands",
        "The best sets to give up for an item that waits, or for what is short now. Changes nothing; exits with 1 "
        "where something has to give.",
        "  makeroom swaps 'Acme audit log'\n  makeroom swaps 23 --on value --json",
    )
    one.add_argument(
        "item", nargs="?", default="", metavar="ITEM", help="its title, key or number; else what is short now"
    )
    _add_on(one)


def add_requests(commands: Commands) -> None:
    """``makeroom add``, ``trade`` and ``size``."""
    one = make_working(
        commands,
        "add",
        "trade.commands",
        "Add a request, in one line that names its own fields. What fits goes in; what does not waits in the "
        "inbox, the best swaps are printed, and the exit code is 1. What was asked before and looks like it is told, "
        "with what was decided.",
        "  makeroom add 'Acme audit log ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east team:Pay'\n"
        "  makeroom add 'Acme audit log ~2-3-5.5' --swap 1 --by 'Jo Field' --because 'wedge into banks'",
    )
    one.add_argument(
        "request",
        metavar="REQUEST",
        help="title, ~low-likely-high, #slice, >customer, $deal@chance, by:, team:, arr:, !escalated-by>to",
    )
    one.add_argument("--arr", metavar="AMOUNT", help="what the customer pays a year, where not known yet; as 180k")
    one.add_argument(
        "--renews",
        "--renewal",
        metavar="DAY",
        help=f"when the customer renews, where not known yet; {AS_DAY}",
    )
    one.add_argument("--escalated-by", metavar="NAME", help="who escalated it, as !NAME in the line does")
    one.add_argument("--escalated-to", metavar="NAME", help="to whom it was escalated, as !NAME>NAME in the line does")
    one.add_argument("--inbox", action="store_true", help="only into the inbox, even where it would fit")
    add_way(one)
    one = make_working(
        commands,
        "trade",
        "trade.commands",
        "Take an item in, for what leaves. With --way it comes in smaller, or is answered at once, by a way out; with "
        "--out 'ITEM=KIND' something planned gives way by one (makeroom ways ITEM lists them with their fields).",
        "  makeroom trade 'Acme audit log' --swap 1 --by 'Jo Field' --because 'wedge into banks'\n"
        "  makeroom trade 23 --out 'Slack digest' --out 'Saved views=first version' --by Jo --because why\n"
        "  makeroom trade 23 --way pilot --field size=1-1.2-2 --field customers=4 --field test='3 of 4 use it'\n"
        "  makeroom trade 23 --way decline --field principle='No forks' --by Jo\n"
        "  makeroom trade 23 --out 'EDI feed=partner' --field who='Nordlys AS' --field size=0.5 --by Jo --because why",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    add_way_out(one)
    add_way(one)
    one = make_working(
        commands,
        "size",
        "trade.commands",
        "Size an item; a bigger size of a planned one may need a swap. A request's size is confirmed once its problem "
        "is written down.",
        "  makeroom size 'Acme audit log' 2-3-5.5 --team Pay --problem 'auditors wait a week for each export'\n"
        "  makeroom size 23 M",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    one.add_argument(
        "size", metavar="SIZE", help="low-likely-high in engineer-weeks, one number, 4d, or a T-shirt letter"
    )
    one.add_argument("--team", default="", metavar="NAME", help="the team whose part it is")
    one.add_argument(
        "--problem", default="", metavar="TEXT", help="what the request solves, written down with the size"
    )
    add_way(one)


def add_away(commands: Commands) -> None:
    """``makeroom drop``, ``defer`` and ``decline``."""
    for name, what, example in (
        (
            "drop",
            "Send a planned item below the line.",
            "  makeroom drop 'Slack digest' --by Jo --because 'nobody asked'",
        ),
        ("defer", "Send a request below the line: good, not now.", "  makeroom defer 'Acme audit log'"),
        (
            "decline",
            "Decline a request, with a reason.",
            "  makeroom decline 23 --by Jo --because 'configuration does it'",
        ),
    ):
        one = make_working(commands, name, "trade.commands", what, example)
        one.later = partial(_add_leaving, one, name)


def _add_leaving(one: Parser, name: str) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.registry import PLAIN

    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    add_asks(one, PLAIN[name])


def add_planning(commands: Commands) -> None:
    """``makeroom capacity``, ``settle``, ``fill``, ``baseline``, ``undo`` and ``redo``."""
    one = make_working(
        commands,
        "capacity",
        "trade.commands",
        "Show net capacities, or set them and the target; what makes the plan short may need a swap.",
        "  makeroom capacity\n  makeroom capacity Pay=29.6 --swap 1 --by Jo --because 'Ana leaves'\n"
        "  makeroom capacity --target 75",
    )
    one.add_argument("net", nargs="*", metavar="TEAM=NET", help="net engineer-weeks of a team")
    one.add_argument("--target", type=_percent, metavar="PERCENT", help="the odds at which a plan fits")
    one.add_argument(
        "--target-for", choices=("plan", "team"), help="the target is of the whole plan, or of each team by itself"
    )
    one.add_argument("--new-team", action="store_true", help="make the teams that are not there yet")
    add_way(one)
    one = make_working(
        commands,
        "settle",
        "trade.commands",
        "Take out what brings the plan back to its target.",
        "  makeroom settle --swap 1 --by Jo --because 'the quarter is short'",
    )
    add_way(one)
    one = make_working(
        commands,
        "fill",
        "trade.commands",
        "Take items from below the line in rank order until the odds come down to the target: one decision.",
        "  makeroom fill --dry-run\n  makeroom fill",
    )
    one.add_argument(
        "--go-on", action="store_true", help="where an item does not fit, go on with those ranked below it on its teams"
    )
    one.add_argument("--dry-run", action="store_true", help="only say what it would do")
    add_said(one)
    one = make_working(
        commands,
        "baseline",
        "trade.commands",
        "Stamp the agreed plan: what comes in later is unplanned.",
        "  makeroom baseline --by Jo",
    )
    add_said(one)
    make_working(commands, "undo", "trade.commands", "Take the latest change back.", "  makeroom undo")
    make_working(
        commands, "redo", "trade.commands", "Bring back what was undone last.", "  makeroom redo", function="undo"
    )


def _add_on(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--on",
        default="",
        metavar="CRITERION",
        help="the ten best on one of value, rank, odds, waiting, aims, clean; else the best on each",
    )


def add_said(to: argparse.ArgumentParser) -> None:
    """Who decides, and why."""
    to.add_argument("--by", default="", metavar="NAME", help="who decides")
    to.add_argument("--because", default="", metavar="TEXT", help="why, in a line")


def add_way(to: argparse.ArgumentParser) -> None:
    """The options that settle what goes through the door."""
    to.add_argument("--swap", type=int, metavar="N", help="take the swap of this number")
    _add_on(to)
    add_out(to)
    to.add_argument("--sign", action="store_true", help="go below the target: needs --by and --because")
    add_said(to)
    add_signing(to)


def _percent(text: str) -> float:
    percent = number(text.rstrip("%"))
    if not 1 <= percent <= 99:
        raise argparse.ArgumentTypeError("the target is between 1 and 99 percent")
    return percent
