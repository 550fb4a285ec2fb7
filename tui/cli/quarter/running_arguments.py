"""The arguments of the commands for the quarter as it runs, with examples."""

from __future__ import annotations

from datetime import date

from tui.cli.parser import Commands, Parser, make_working, past_day, since_day

#: What ``--done`` says without a day.
NOW = date.min


def add_progress(commands: Commands) -> None:
    """``makeroom progress``."""
    one = make_working(
        commands,
        "progress",
        "quarter.progress",
        "Show how far the items in plan are, or tell it: what was spent, what is left, so many tenths done, or done. "
        "From the first time on, every figure is of what is left of the quarter.",
        "  makeroom progress\n"
        "  makeroom progress 'Slack digest' --spent 1.5 --left 1-2-3 --on 2027-02-08\n"
        "  makeroom progress 'Saved views' --tenths 4\n"
        "  makeroom progress 'Fees' --done 2027-02-05\n"
        '  makeroom progress --item "Fees --done" --item "\'Saved views\' --team Web --tenths 4"\n'
        "  makeroom progress --file friday.txt     such a line for each item; - reads standard input",
    )
    one.add_argument("item", nargs="?", default="", metavar="ITEM", help="its title, key or number")
    _add_told(one)
    one.add_argument(
        "--item",
        dest="items",
        action="append",
        default=[],
        metavar="'ITEM OPTIONS'",
        help="an item and its progress, in quotes; may be repeated: all of them are one change",
    )
    one.add_argument("--file", default="", metavar="FILE", help="a file with such a line for each item; - reads stdin")
    one.add_argument("--confirm", action="store_true", help="nothing has moved until that day")
    one.add_argument(
        "--because", default="", metavar="TEXT", help="why less was spent than was recorded, or why it is open"
    )
    one.add_argument("--by", default="", metavar="NAME", help="who says so")
    _add_on(one, "progress as it is when the work of this day begins; else today")


def add_interrupts(commands: Commands) -> None:
    """``makeroom interrupt`` and ``makeroom interrupts``."""
    one = make_working(
        commands,
        "interrupt",
        "quarter.interrupts",
        "Record an interrupt in one line: what it took, of which team, a colon, what it was.",
        "  makeroom interrupt '2d Payments: outage >Northwind'\n"
        "  makeroom interrupt '6h Web: certificate ran out by:ops #Q' --on 2027-02-08",
    )
    one.add_argument("line", nargs="+", metavar="LINE", help="2d Payments: outage >Account by:NAME #SLICE")
    one.add_argument("--source", default="", metavar="KEY", help="its key elsewhere")
    _add_on(one, "the day it came; else today")
    several = make_working(
        commands,
        "interrupts",
        "quarter.interrupts",
        "List the interrupts of the quarter, with what they took of each team; or remove one.",
        "  makeroom interrupts\n  makeroom interrupts --remove 3",
    )
    several.add_argument(
        "--remove", type=int, default=None, metavar="NUMBER", help="it was not one, or was recorded wrongly"
    )


def add_week(commands: Commands) -> None:
    """``makeroom week``."""
    one = make_working(
        commands,
        "week",
        "quarter.week",
        "Say what there is to say of a week: what moved since the last one, what came unplanned, what drifts, promises "
        "at risk with their days, and who should hear it.",
        "  makeroom week\n  makeroom week --since 2027-01-25\n  makeroom week --markdown > week.md",
        function="run",
    )
    one.add_argument(
        "--since",
        type=since_day,
        default=None,
        metavar="DATE",
        help="beside what was known as of then; else a week before",
    )
    one.add_argument("--markdown", action="store_true", help="as Markdown")


def told_parser() -> Parser:
    """What a line of ``--item`` or ``--file`` may say."""
    one = Parser(prog="makeroom progress", allow_abbrev=False)
    one.add_argument("item", metavar="ITEM")
    _add_told(one)
    return one


def _add_told(one: Parser) -> None:
    """What is told of one item."""
    one.add_argument("--team", default="", metavar="TEAM", help="whose part of it, where it is of several teams")
    one.add_argument("--spent", default=None, metavar="EW", help="what it took since its start: 1.5, 3d or 12h")
    one.add_argument("--left", default=None, metavar="RANGE", help="what is left, estimated anew: 1-2-3, or one number")
    one.add_argument("--tenths", type=int, default=None, metavar="1-9", help="so many tenths of it are done")
    one.add_argument("--started", type=since_day, default=None, metavar="DATE", help="when the work on it began")
    one.add_argument(
        "--done",
        type=past_day,
        nargs="?",
        const=NOW,
        default=None,
        metavar="DATE",
        help="it is done, since that day or now; it took what was spent, or its likely size until somebody says",
    )
    one.add_argument("--reopen", action="store_true", help="it is not done after all; says why with --because")


def _add_on(one: Parser, what: str) -> None:
    one.add_argument("--on", type=past_day, default=None, metavar="DATE", help=what)
