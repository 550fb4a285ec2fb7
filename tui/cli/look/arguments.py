"""The arguments of ``makeroom look``."""

from __future__ import annotations

from tui.cli.imports.arguments import FORMATS, add_decimal, add_table
from tui.cli.parser import Commands, Parser, make_working, number, since_day


def add_look(commands: Commands) -> None:
    """``makeroom look``."""
    one = make_working(
        commands,
        "look",
        "look.look",
        "A first look back, before there is a plan or a team: from an export of finished issues, in any format that "
        "import reads, and a few rules, what went to which slice in each quarter, what one-offs took, which accounts "
        "took most, what was not planned, how long issues took, and what no rule says. No workspace is touched, but "
        "by --keep. "
        "docs/look.md tells where each figure comes from.",
        "  makeroom look done.csv\n"
        "  makeroom look done.csv --rule label:escalation=O --rule component:billing=I --accounts accounts.csv\n"
        "  makeroom look done.csv --keep --dry-run\n"
        "  makeroom look done.csv --fiscal February --since 2026-02-01 -o look.html",
        function="run",
    )
    one.later = lambda: _add_all(one)


def _add_all(one: Parser) -> None:
    one.add_argument("file", metavar="FILE", help="the export of finished issues")
    one.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="KIND:VALUE=SLICE",
        help="what means a slice: a type, label, component, customer, or words in the title, as in label:escalation=O; "
        "customer:*=O for one or two customers, title:*=O for one or two accounts in the title; goes before the usual "
        "rules; may be repeated, and the first that matches counts",
    )
    one.add_argument("--no-usual", action="store_true", help="only the rules that --rule says")
    one.add_argument("--accounts", metavar="FILE", help="accounts with their revenue, as import-accounts reads them")
    one.add_argument(
        "--rate",
        action="append",
        default=[],
        metavar="CODE=N",
        help="what 1 of a currency is in the one that amounts are shown in, as in EUR=1.08",
    )
    one.add_argument("--currency", metavar="CODE", help="what amounts are shown in (usual: USD)")
    one.add_argument("--fiscal", metavar="MONTH", default="1", help="the month in which your fiscal year begins")
    one.add_argument("--since", type=since_day, metavar="DAY", help="leave out what was finished before that day")
    one.add_argument(
        "--by",
        choices=("amounts", "issues"),
        help="what is added up: amounts of work, or issues; usual: amounts, where at least half of the issues have one",
    )
    one.add_argument("--points-per-week", type=number, metavar="N", help="story points in one engineer-week")
    one.add_argument("--hours-per-week", type=number, metavar="N", help="hours in one engineer-week")
    one.add_argument(
        "--format", choices=FORMATS, metavar="NAME", help=f"{', '.join(FORMATS)}; else it is found out from the file"
    )
    add_table(
        one, "which column holds a field, as in finished=Resolved, created, quarter, took, customer; may be repeated"
    )
    one.add_argument(
        "--keep",
        action="store_true",
        help="keep it in the workspace, as one step: history for the odds, accounts, and rules of slices",
    )
    one.add_argument("--dry-run", action="store_true", help="with --keep: show what would be kept, and write nothing")
    one.add_argument("--team", metavar="NAME", help="with --keep: the team of issues that name none")
    one.add_argument("-o", "--output", default="", metavar="FILE", help="write it as FILE.html or FILE.md instead")
    one.add_argument("--overwrite", "--force", action="store_true", help="write over a file that is there already")
    one.add_argument("--dates", choices=("day-first", "month-first"), help="how 03/04/2026 is to be read")
    add_decimal(one)
