"""The arguments of the commands that take a file in: a backlog or a workspace, finished quarters, people and leave."""

from __future__ import annotations

import argparse

from tui.cli.parser import Commands, make_working, number, past_day

#: Written out, so that the help of other commands does not load the formats.
FORMATS = (
    "jira", "linear", "azure", "github-project", "github", "trello", "asana", "clickup", "shortcut", "pivotal",
    "gitlab", "youtrack", "redmine", "openproject", "trello-csv", "jira-plans", "productboard", "aha", "aha-epics",
    "monday", "ms-project", "makeroom", "plain",
)  # fmt: skip


def add_import(commands: Commands) -> None:
    """``makeroom import``."""
    one = make_working(
        commands,
        "import",
        "imports.backlog",
        "Fill the backlog, below the line, from another tool's file: CSV of Jira, Linear or Azure DevOps, GitHub's "
        "issues (gh issue list --json) or a project (TSV), Trello's JSON, an Excel sheet, or any table with a header; "
        "or a whole workspace that makeroom exported as JSON, into an empty one. "
        "A newer file of the same backlog updates what changed there, and leaves every decision alone. docs/imports.md "
        "has it all.",
        "  makeroom import jira.csv --dry-run\n"
        "  makeroom import jira.csv --points-per-week 8 --team Pay=34.0\n"
        "  makeroom import plain.csv --column title=Headline --column days=Effort --map label:security=I\n"
        "  makeroom import plain.xlsx --sheet Backlog --column title=Headline --save-mapping ours\n"
        "  makeroom import newer.xlsx --mapping ours --on-conflict source",
        function="run",
    )
    one.add_argument("file", metavar="FILE", help="the file to read")
    one.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    one.add_argument(
        "--format", choices=FORMATS, metavar="NAME", help=f"{', '.join(FORMATS)}; else it is found out from the file"
    )
    one.add_argument(
        "--points-per-week", type=number, metavar="N", help="story points in one engineer-week; remembered"
    )
    one.add_argument("--hours-per-week", type=number, metavar="N", help="hours in one engineer-week; remembered")
    one.add_argument(
        "--team",
        action="append",
        default=[],
        metavar="NAME[=NET]",
        help="the team for rows that name none, with its net capacity in engineer-weeks; 'THEIRS -> OURS' for a team "
        "that the file calls otherwise; may be repeated",
    )
    add_table(one, "which column holds a field, as in title=Headline (no NAME: none does); may be repeated")
    one.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="KIND:VALUE=SLICE",
        help="a type, label or component that means a slice, as in label:security=I; remembered; may be repeated",
    )
    one.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="NAME",
        help="a column that is taken for nothing; may be repeated",
    )
    one.add_argument(
        "--take-status",
        action="append",
        default=[],
        metavar="STATUS",
        help="take rows of this status, even where something says that they are finished; may be repeated",
    )
    one.add_argument(
        "--leave-status",
        action="append",
        default=[],
        metavar="STATUS",
        help="leave rows of this status; may be repeated",
    )
    one.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="ROW.FIELD=VALUE",
        help="title, size, team or state (taken, left) of one row in place of the file's, for this import, as in "
        "12.size=3d or 9.state=taken; may be repeated",
    )
    add_decimal(one)
    one.add_argument(
        "--on",
        type=past_day,
        default=None,
        metavar="DATE",
        help="the day of the file, for how far its rows are; else today",
    )
    one.add_argument("--include-done", action="store_true", help="take rows that are done or closed, too")
    one.add_argument("--include-hidden", action="store_true", help="take rows that are hidden in the sheet, too")
    one.add_argument(
        "--history", action="store_true", help="take finished rows that say what they took as history, for the odds"
    )
    one.add_argument(
        "--interrupts",
        action="store_true",
        help="take work that came in and was done within the quarter, and was never in plan, as interrupts",
    )
    one.add_argument(
        "--parents",
        choices=("auto", "both"),
        help="auto (usual): of an epic and its stories, or a story and its sub-tasks, only one side; both: all rows",
    )
    one.add_argument(
        "--on-conflict",
        choices=("here", "source", "ask"),
        help="what changed both here and in the source: keep it, take the source's, or ask one by one "
        "(usual: ask at a terminal, else keep and list it)",
    )
    one.add_argument("--dates", choices=("day-first", "month-first"), help="how 03/04/2026 is to be read")
    one.add_argument("--mapping", metavar="NAME", help="read the file as this mapping says, a saved one or a TOML file")
    one.add_argument(
        "--save-mapping", metavar="NAME", help="keep what was said here for --mapping, by name or as FILE.toml"
    )


def add_import_history(commands: Commands) -> None:
    """``makeroom import-history``."""
    one = make_working(
        commands,
        "import-history",
        "imports.history",
        "Learn from finished quarters: a CSV file with a row for each finished item, with columns quarter (2025Q3, "
        "Q3 2025, 2025-07 or a plain number), team, estimate and actual (ew, or days or hours if a column's name says "
        "so), and, where known, title and unplanned (the share of the team's capacity that unplanned work took that "
        "quarter). Importing a file again changes nothing: rows are matched by quarter, team, title and estimate.",
        "  makeroom import-history finished.csv --dry-run\n"
        "  makeroom import-history jira-done.csv --hours-per-week 32 --team Pay\n"
        "  makeroom import-history finished.csv --column actual=Spent --create-teams",
        function="run",
    )
    one.add_argument("file", metavar="FILE.csv", help="the file to read")
    one.add_argument("--dry-run", action="store_true", help="show what would be learned, and write nothing")
    one.add_argument("--hours-per-week", type=number, metavar="N", help="hours in one engineer-week; remembered")
    one.add_argument("--team", metavar="NAME", help="the team for rows that name none")
    one.add_argument("--create-teams", action="store_true", help="make the teams that are named and not here")
    add_table(one, "which column holds a field, as in actual=Spent; may be repeated")


def add_import_people(commands: Commands) -> None:
    """``makeroom import-people``."""
    one = make_working(
        commands,
        "import-people",
        "imports.people",
        "Take over people and leave. A CSV file has a row for each person or leave, with columns name, team, start, "
        "end, share (as 0.8 or 80), leave from, leave to, and where known days, kind (leave, on-call, away), location, "
        "ramp and ramp half (weeks). A calendar file (.ics) has leave of people who are here, or of --person. "
        "Importing a file again changes nothing.",
        "  makeroom import-people people.csv --dry-run\n"
        "  makeroom import-people people.csv --team Pay\n"
        "  makeroom import-people leave.ics --person Ines",
        function="run",
    )
    one.add_argument("file", metavar="FILE", help="the file to read: .csv, or .ics for a calendar")
    one.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    one.add_argument(
        "--team", metavar="NAME", help="the team for rows that name none; of a calendar, whose leave counts"
    )
    one.add_argument("--person", metavar="NAME", help="whose leave a calendar is")
    add_table(one, "which column holds a field, as in name=Engineer; may be repeated")
    one.add_argument("--dates", choices=("day-first", "month-first"), help="how 03/04/2027 is meant")


def _line(text: str) -> int:
    """A line of a file. Raises ValueError."""
    line = int(text)
    if line < 1:
        raise ValueError(text)
    return line


def add_import_accounts(commands: Commands) -> None:
    """``makeroom import-accounts``."""
    one = make_working(
        commands,
        "import-accounts",
        "imports.accounts",
        "Take over accounts: an export of Salesforce, HubSpot or any table with a row for each, with columns for the "
        "account's name and, where known, ARR (or MRR, or contract value with its term), renewal or end date, segment "
        "and owner, the five words with their evidence, the days of its onboarding. Spellings of one name are one "
        "account; its contracts add up. What a file does not say stays as it is. Importing a file again changes "
        "nothing.",
        "  makeroom import-accounts accounts.csv --dry-run\n"
        "  makeroom import-accounts salesforce.xlsx --column arr='Annual Revenue' --rate EUR=1.08",
        function="run",
    )
    one.add_argument("file", metavar="FILE", help="the file to read")
    one.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")
    one.add_argument(
        "--rate",
        action="append",
        default=[],
        metavar="CODE=N",
        help="what 1 of a currency is in the workspace's, as in EUR=1.08; amounts in others are not taken",
    )
    add_table(one, "which column holds a field, as in arr=Subscription; may be repeated")
    one.add_argument("--dates", choices=("day-first", "month-first"), help="how 03/04/2027 is meant")
    add_decimal(one)


def add_table(one: argparse.ArgumentParser, columns: str) -> None:
    """How a table is to be read; ``columns`` explains how one is named."""
    one.add_argument("--column", action="append", default=[], metavar="FIELD=NAME", help=columns)
    one.add_argument("--sheet", metavar="NAME", help="which sheet of a workbook to read; else the first with a table")
    one.add_argument("--header-line", type=_line, metavar="N", help="the line with the names of the columns")
    one.add_argument("--delimiter", metavar="C", help="what separates cells: , ; | or tab")
    one.add_argument("--encoding", metavar="NAME", help="the file's encoding, as in cp1252")


def add_decimal(one: argparse.ArgumentParser) -> None:
    """Which sign numbers have."""
    one.add_argument("--decimal", choices=("comma", "point"), help="the decimal separator: whether 1.500 is 1500")
