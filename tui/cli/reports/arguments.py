"""The arguments of ``makeroom report``."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, later, make, make_working, since_day, within

#: Who may read the month; named here so that no help waits for what it is made of.
AUDIENCES = ("executives", "board")


def add_report(commands: Commands) -> None:
    """``report`` with a command for each report."""
    top = make(
        commands,
        "report",
        "List the reports that look back, or print one; each is text, one web page, Markdown or JSON, and holds no "
        "figure that is not on record. docs/reports.md tells where each figure comes from.",
        "  makeroom report month\n  makeroom report accounts -o accounts.html",
    )
    top.set_defaults(run=later("reports.report", "listing"))
    top.later = lambda: _add_own(top)


def _add_own(top: Parser) -> None:
    own = within(top)
    month = own(
        "month",
        "The month for executives, on one page: one-offs, commitments, what was postponed for them and who waits for "
        "that, interrupts, trend, exceptions, escalations.",
        "  makeroom report month\n"
        "  makeroom report month --since 2026-10-01 --audience board -o month.html\n"
        "  makeroom report month -o month.html --made         the next one tells what changed since",
        "reports.month",
        "run",
    )
    month.add_argument(
        "--since",
        type=since_day,
        metavar="DAY",
        help="from this day on; else from the last report on record, or a month ago",
    )
    month.add_argument(
        "--audience",
        choices=AUDIENCES,
        default="executives",
        help="who reads it; the board gets what it comes to, what was postponed, who waits, and the trend alone",
    )
    month.add_argument(
        "--made", action="store_true", help="record that it was made: the next one tells what changed since"
    )
    add_output(month)
    quarter = own(
        "quarter",
        "A finished quarter graded: what was not planned, is hardly used, skipped validation, or was for a deal that "
        "was not won; what was kept of the plan; what our odds were worth; askers, deals, reviews due.",
        "  makeroom report quarter\n  makeroom report quarter --quarter 'Q3 2026' -o q3.html",
        "reports.quarter",
        "run",
    )
    quarter.add_argument("--quarter", default="", metavar="NAME", help="a finished quarter; else the last one")
    add_output(quarter)
    add_output(
        own(
            "accounts",
            "Each account's revenue and renewal, and its share of revenue beside its share of the planned effort.",
            "  makeroom report accounts\n  makeroom report accounts --json",
            "reports.accounts",
            "run",
        )
    )
    add_output(
        own(
            "patterns",
            "One-offs of four quarters of one kind, or alike by their titles: for whom, what they took in all, "
            "and what general answers did to such asks since. makeroom one-offs --platform NAME asks for the answer.",
            "  makeroom report patterns\n  makeroom report patterns -o patterns.md",
            "reports.patterns",
            "run",
        )
    )
    add_output(
        own(
            "health",
            "What each role answered to its question of the health check, 0 to 3, this quarter and before; no total.",
            "  makeroom report health\n  makeroom report health --json",
            "reports.health",
            "run",
        )
    )
    add_output(
        own(
            "voices",
            "Effort by persona over quarters, beside the charter's order of who matters most, and the requests that "
            "set personas or stakeholders at odds.",
            "  makeroom report voices\n  makeroom report voices -o voices.html",
            "reports.voices",
            "run",
        )
    )


def add_health(commands: Commands) -> None:
    """``health``."""
    one = make_working(
        commands,
        "health",
        "plain_change",
        "Answer a question of the health check for a role, 0 to 3 and a line; another answer in the quarter replaces "
        "the one before. makeroom report health has the questions and what was answered.",
        "  makeroom health --role sales --score 2 --because 'every no came with a date'\n"
        "  makeroom health --role engineering --score 1 --quarter 'Q3 2026'",
        function="run",
    )
    one.later = lambda: _add_health(one)


def _add_health(one: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.looking_back import HEALTH

    add_asks(one, HEALTH)


def add_output(one: Parser) -> None:
    """``-o`` and ``--overwrite``."""
    one.add_argument("-o", "--output", default="", metavar="FILE", help="write it as FILE.html or FILE.md instead")
    one.add_argument("--overwrite", "--force", action="store_true", help="write over a file that is there already")
