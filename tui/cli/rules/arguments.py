"""The arguments of the commands for what stands over a plan: exceptions, one-offs, commitments."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, later, make, make_working, within


def add_exceptions(commands: Commands) -> None:
    """``makeroom exceptions``, with ``review`` and ``clear``."""
    top = make(
        commands,
        "exceptions",
        "List the exceptions that were signed for and stand, those whose review is due first. Each has a number, by "
        "which somebody who looked at it again lets it stand, or clears it: a decision, which undo takes back.",
        "  makeroom exceptions\n"
        "  makeroom exceptions review 7 --by Priya --because 'they use it' --review 2027-06-30\n"
        "  makeroom exceptions clear 7 --by Priya --because 'it returns what it costs'",
    )
    top.set_defaults(run=later("rules.exceptions", "listing"))
    top.later = lambda: _add_exceptions(top)


def _add_exceptions(top: Parser) -> None:
    from tui.cli.plain_change import add_plain
    from tui.forms.decisions import CLEAR, REVIEW

    own = within(top)
    for plain in (REVIEW, CLEAR):
        one = add_plain(own, plain, "rules.exceptions", "decided")
        one.add_argument("number", type=int, metavar="N", help="its number in makeroom exceptions")


def add_one_offs(commands: Commands) -> None:
    """``makeroom one-offs``."""
    one = make_working(
        commands,
        "one-offs",
        "rules.one_offs",
        "List the one-offs of the quarter with their share of the plan, its band and ceiling, the Sales purse, and "
        "what three or more within four quarters have in common: makeroom report patterns tells more. With --platform, "
        "ask for the item that would have absorbed them.",
        "  makeroom one-offs\n  makeroom one-offs --quarter 'Q4 2026' --json\n"
        "  makeroom one-offs --platform 'report writer'",
        function="run",
    )
    one.add_argument("--quarter", default="", metavar="QUARTER", help="an earlier quarter, by its name")
    one.add_argument(
        "--platform", default="", metavar="KIND", help="ask for the platform item of this kind, or of those alike"
    )


def add_commitments(commands: Commands) -> None:
    """``makeroom commitments``, with ``add`` and ``take-back``."""
    top = make(
        commands,
        "commitments",
        "List what was promised to whom by when, first what is not in plan; then what is, what is done, and the "
        "room's own aims. A promise goes only when it is kept, or taken back by a decision.",
        "  makeroom commitments --json\n"
        "  makeroom commitments add 'EDI feed' --to Hanseatic --due 2027-04-01\n"
        "  makeroom commitments take-back 'EDI feed' --by Priya --because 'they agreed to wait'",
    )
    top.set_defaults(run=later("rules.commitments", "listing"))
    top.later = lambda: _add_commitments(top)


def _add_commitments(top: Parser) -> None:
    from tui.cli.plain_change import add_plain
    from tui.forms.commitments import MAKE, TAKE_BACK

    own = within(top)
    one = add_plain(own, MAKE, "rules.commitments", "add")
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    one = add_plain(own, TAKE_BACK, "rules.commitments", "taken_back")
    one.add_argument("item", metavar="ITEM", help="its title, key or number")
    one.add_argument("--number", type=int, metavar="N", help="which, where it has several: its number in the list")
