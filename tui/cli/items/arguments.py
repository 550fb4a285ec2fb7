"""The arguments of the commands for single items, for scenarios, and for what could be."""

from __future__ import annotations

from scenarios.figures.readers import AS_DAY
from tui.cli.parser import Commands, Parser, later, make, make_working
from tui.cli.trade.arguments import add_way

#: As the store has them; written out, so that no command pays for the import of what only this one needs.
_PINS = ("pinned", "started", "contractual", "regulatory")


def add_item(commands: Commands) -> None:
    """``makeroom item``."""
    one = make_working(
        commands,
        "item",
        "items.items",
        "Show an item whole: sizes, value, rank, odds, what holds it, what it needs, who waits, how it was asked for. "
        "With options, change it, in one step that undo takes back; an empty text clears a field. Its size: makeroom "
        "size.",
        "  makeroom item 'Slack digest'\n"
        "  makeroom item 23 --owner Ana --due 2027-03-31 --value 8\n"
        "  makeroom item 'Slack digest' --above 'Dark mode' --needs 'Saved views'\n"
        "  makeroom item 23 --version 'mail only=0.5-1-2' --pin contractual --pin-note 'Acme, 4.2'",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    one.add_argument("--title", metavar="TEXT", help="what it is called")
    one.add_argument("--note", metavar="TEXT", help="why it is worth doing, in a line")
    one.add_argument("--slice", metavar="SLICE", help="a slice's letter or name")
    one.add_argument("--owner", metavar="NAME", help="who owns it")
    one.add_argument("--due", metavar="DATE", help=AS_DAY)
    one.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="N",
        help="a number on your own scale; or PART=N where values have parts, as reach=500; may be repeated",
    )
    one.add_argument("--priority", metavar="TEXT", help="as P0, High, 1")
    one.add_argument("--customer-title", metavar="TEXT", help="what it is called on pages for customers")
    one.add_argument(
        "--waits",
        action="append",
        default=[],
        metavar="CUSTOMER",
        help="who waits too; may be repeated; an empty one first: nobody but those",
    )
    one.add_argument("--rank", type=int, metavar="N", help="the place on its side of the line, 1 the first")
    one.add_argument("--above", metavar="ITEM", help="the place before that one")
    one.add_argument("--below", metavar="ITEM", help="the place after that one")
    one.add_argument("--pin", nargs="?", const="pinned", choices=_PINS, help="it stays in plan, and why")
    one.add_argument("--unpin", action="store_true", help="it may leave the plan again")
    one.add_argument("--pin-note", metavar="TEXT", help="which contract, which regulation, who said so")
    one.add_argument(
        "--needs", action="append", default=[], metavar="ITEM", help="it is of no use without that; may be repeated"
    )
    one.add_argument(
        "--not-needs", action="append", default=[], metavar="ITEM", help="it does without that; may be repeated"
    )
    one.add_argument(
        "--version",
        dest="first_version",
        action="append",
        default=[],
        metavar="NAME=SIZE",
        help="its smaller first version, in place of the one that it has; NAME=TEAM:SIZE for each of several teams",
    )
    one.add_argument("--no-version", metavar="NAME", help="it has no smaller first version")
    one.add_argument("--version-value", metavar="N", help="value of the first version; empty: as its effort")
    add_way(one)


def add_scenario(commands: Commands) -> None:
    """``makeroom scenario`` with its own commands."""
    top = make(
        commands,
        "scenario",
        "Work on alternatives to the plan, each with its own trades, journal and undo. Every command works on one with "
        "--scenario NAME; the main plan stays as it is until one is made the plan.",
        "  makeroom scenario branch 'Acme yes'\n"
        "  makeroom trade 'Acme audit log' --swap 1 --by Jo --because 'what if' --scenario 'Acme yes'\n"
        "  makeroom compare now 'Acme yes'\n"
        "  makeroom scenario make 'Acme yes' --by Jo --because 'the deal came'",
    )
    top.set_defaults(run=later("snapshots.scenarios", "usage"))
    own = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=type(top))
    make_working(
        own,
        "list",
        "snapshots.scenarios",
        "List the main plan and its scenarios, each with its odds.",
        "  makeroom scenario list\n  makeroom scenario list --json",
        function="listing",
    )
    branch = make_working(
        own,
        "branch",
        "snapshots.scenarios",
        "Branch a scenario: a copy of the plan as it is now, to be worked on. It begins with a snapshot where one is "
        "named; one that takes a signature, or does not fit, is left to makeroom snapshot restore there.",
        "  makeroom scenario branch 'Acme yes' --note 'if the deal comes'\n"
        "  makeroom scenario branch 'as agreed' --from baseline",
    )
    branch.add_argument("--from", dest="snapshot", metavar="SNAPSHOT", help="a snapshot's name, #NUMBER, or baseline")
    branch.later = lambda: _add_branch(branch)
    one = make_working(
        own,
        "make",
        "snapshots.scenarios",
        "Make a scenario the plan. Without --by, says what would change in the main plan, and changes nothing; with "
        "it, writes all of that as one decision that undo takes back. What does not fit needs a swap, as everywhere.",
        "  makeroom scenario make 'Acme yes'                look at it first\n"
        "  makeroom scenario make 'Acme yes' --by Jo --because 'the deal came'",
        function="make_the_plan",
    )
    one.add_argument("name", metavar="NAME", help="which one")
    add_way(one)
    one = make_working(
        own,
        "close",
        "snapshots.scenarios",
        "Close a scenario: it stays in the list, and its file on the disk.",
        "  makeroom scenario close 'Acme yes'",
    )
    one.add_argument("name", metavar="NAME", help="which one")


def add_what_if(commands: Commands) -> None:
    """``makeroom levers`` and ``frontier``."""
    make_working(
        commands,
        "levers",
        "trade.what_if",
        "Say which single changes would buy most points of odds, each simulated by itself. Changes nothing.",
        "  makeroom levers\n  makeroom levers --json",
    )
    one = make_working(
        commands,
        "frontier",
        "trade.what_if",
        "Say what is possible: the most value in plan for each odds; or, of an item that waits, the least that a yes "
        "displaces. Changes nothing.",
        "  makeroom frontier\n  makeroom frontier 'Acme audit log' --out 'Slack digest'",
    )
    one.add_argument(
        "item", nargs="?", default="", metavar="ITEM", help="its title, key or number; else the whole plan"
    )
    one.add_argument(
        "--out",
        action="append",
        default=[],
        metavar="ITEM[=VERSION]",
        help="what would leave for it, to be set beside what is possible; may be repeated",
    )


def _add_branch(branch: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.plans import BRANCH

    add_asks(branch, BRANCH)
