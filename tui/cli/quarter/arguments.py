"""The arguments of the commands for the quarter, its end and its small tables, with examples."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, make_working
from tui.cli.trade.arguments import add_said


def add_tables(commands: Commands) -> None:
    """All of them."""
    one = make_working(
        commands,
        "aims",
        "rules.aims",
        "Show the aim of each slice beside what is planned; or set aims, which add up to 100.",
        "  makeroom aims\n"
        "  makeroom aims F=45 O=10                 the others stay\n"
        "  makeroom aims F=55 --others             the others give or take it, in proportion\n"
        "  makeroom aims F=55 --from I",
        function="run",
    )
    one.add_argument("aims", nargs="*", metavar="SLICE=PERCENT", help="a slice, by letter or name, and its aim")
    one.add_argument("--others", action="store_true", help="the others give or take it, within floors and ceilings")
    one.add_argument("--from", dest="giver", default="", metavar="SLICE", help="this one alone gives or takes it")
    one.add_argument("--even", action="store_true", help="bring aims that are off to 100 in proportion")
    slices = make_working(
        commands,
        "slices",
        "quarter.tables",
        "Show the slices, and the rules by which an import finds the slice of an item; or change rules.",
        "  makeroom slices\n"
        "  makeroom slices 'type bug=Q' 'label platform=I'\n"
        "  makeroom slices 'type bug='             takes the rule away",
    )
    slices.later = lambda: _add_slices(slices)
    shirts = make_working(
        commands,
        "shirts",
        "quarter.tables",
        "Show the T-shirt sizes, or change them; the first letter is the key that takes it.",
        "  makeroom shirts\n"
        "  makeroom shirts M=1.5-3-5 XL=8-13-21\n"
        "  makeroom shirts XL=                     removes it",
    )
    shirts.later = lambda: _add(shirts, "SHIRTS")
    rates = make_working(
        commands,
        "rates",
        "quarter.tables",
        "Show what an engineer-week is in points and in hours, and what an item's value is; or change it.",
        "  makeroom rates\n  makeroom rates points=8 hours=32\n  makeroom rates --value rice",
    )
    rates.later = lambda: _add_rates(rates)
    quarter = make_working(
        commands,
        "quarter",
        "quarter.tables",
        "Show the quarter with its teams, or give it another name and other days. Teams: makeroom capacity.",
        "  makeroom quarter\n  makeroom quarter --name 'Q1 2027' --starts 2027-01-04 --ends 2027-04-02",
    )
    quarter.later = lambda: _add(quarter, "QUARTER")


def add_close(commands: Commands) -> None:
    """``makeroom close`` and ``makeroom actuals``."""
    one = make_working(
        commands,
        "close",
        "quarter.close",
        "Close the quarter: what was finished, and what it took, is kept for the odds to learn from; the rest goes to "
        "the top of the next quarter's backlog. Without --yes, says what it would do, and exits with 1.",
        "  makeroom close --took 'Slack digest=2.5' --took 'Saved views=Web:1.5' --took 'Saved views=Pay:3'\n"
        "  makeroom close --as-estimated --took 'Slack digest=3+' --unplanned Pay=15 --delivered Pay=31 --yes",
    )
    _add_ending(one, "goes on")
    one.add_argument(
        "--as-estimated", action="store_true", help="all that is not named is finished, and nobody counted"
    )
    one.add_argument(
        "--came",
        action="append",
        default=[],
        metavar="ITEM=WHAT",
        help="what is known of a finished item for the look-back: who uses it (nobody, few, more or a number) and "
        "whether it was validated first (y or n), as 'Slack digest=more y'; what is not known yet may be said later",
    )
    one.add_argument(
        "--deal", action="append", default=[], metavar="ITEM=won", help="how its deal ended: won, lost or withdrawn"
    )
    one.add_argument("--yes", action="store_true", help="close it")
    add_said(one)
    actuals = make_working(
        commands,
        "actuals",
        "quarter.actuals",
        "Show what the items of a finished quarter took, and correct it; the odds learn from it again.",
        "  makeroom actuals\n  makeroom actuals 'Q1 2027' --took 'Slack digest=4' --unplanned Pay=12",
    )
    actuals.add_argument(
        "quarter", nargs="?", default="", metavar="QUARTER", help="its name; else the last finished one"
    )
    _add_ending(actuals, "as it was")


def add_outcome(commands: Commands) -> None:
    """``makeroom outcome``."""
    one = make_working(
        commands,
        "outcome",
        "quarter.outcome",
        "Show what is known of the finished items of earlier quarters, those first of which something is not known "
        "yet; or say what is known now: who uses an item, and whether it was validated before it was built.",
        "  makeroom outcome\n"
        "  makeroom outcome 'Slack digest' --use 12 --validated y\n"
        "  makeroom outcome 'Slack digest' --use ?               not known yet\n"
        "  makeroom outcome 'Slack digest' --adopted 5 --could 12",
        function="run",
    )
    one.later = lambda: _add_outcome(one)


def _add_outcome(one: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.outcomes import OUTCOME

    one.add_argument(
        "item", nargs="?", default="", metavar="ITEM", help="a finished item, by its title or a part of it"
    )
    one.add_argument("--quarter", default="", metavar="NAME", help="that of this quarter, where several are called so")
    add_asks(one, OUTCOME)


def add_date(commands: Commands) -> None:
    """``makeroom date``."""
    one = make_working(
        commands,
        "date",
        "quarter.done_date",
        "Say by which day an item is done at 50% and at 85%: from its rank, the weeks of its teams and the odds; where "
        "it has no size, from how many items a quarter finished.",
        "  makeroom date 'Slack digest'",
        function="run",
    )
    one.add_argument("item", metavar="ITEM", help="its title, key or number")


def add_burn(commands: Commands) -> None:
    """``makeroom burn``."""
    one = make_working(
        commands,
        "burn",
        "quarter.burn",
        "Show the quarter that runs by weeks: net capacity, what was planned, what was used, interrupts, the odds as "
        "they were known, and what is left as P10, P50 and P90 against the capacity.",
        "  makeroom burn\n  makeroom burn -o burn.svg           as a drawing",
        function="run",
    )
    one.add_argument("-o", "--output", default="", metavar="FILE.svg", help="write it as a drawing instead")
    one.add_argument("--overwrite", action="store_true", help="also where the file is there already")


def _add_ending(one: Parser, empty: str) -> None:
    """What is said of the items and the teams of a quarter."""
    goes_on = "ITEM=3+ goes on after so much, " if empty == "goes on" else ""
    one.add_argument(
        "--took",
        action="append",
        default=[],
        metavar="ITEM=EW",
        help="it is finished and took so much since its start; ITEM=TEAM:EW for each of several teams; "
        f"{goes_on}ITEM=? is finished and nobody counted; empty: {empty}",
    )
    one.add_argument(
        "--unplanned",
        action="append",
        default=[],
        metavar="TEAM=PERCENT",
        help="the share of a team's capacity that unplanned work took; may be repeated",
    )
    one.add_argument(
        "--delivered",
        action="append",
        default=[],
        metavar="TEAM=EW",
        help="the net capacity that a team had in the end, where somebody counted; may be repeated",
    )


def _add(one: Parser, name: str) -> None:
    """What the description of a small table asks."""
    from tui.cli.plain_change import add_asks
    from tui.forms import tables

    add_asks(one, getattr(tables, name))


def _add_slices(one: Parser) -> None:
    _add(one, "RULES")
    one.add_argument("--first", action="store_true", help="these rules come before all others; else new ones come last")


def _add_rates(one: Parser) -> None:
    _add(one, "RATES")
    one.add_argument("--value", default="", metavar="MODEL", help="how items are valued: score, rice, ice, wsjf or cd3")
