"""The arguments of the command that learns from finished quarters."""

from __future__ import annotations

from tui.cli.parser import Commands, add_actor, add_db, add_json, later, make


def add_import_history(commands: Commands) -> None:
    """``makeroom import-history``."""
    one = make(
        commands,
        "import-history",
        "Learn from finished quarters: a CSV file with a row for each finished item, with columns quarter (2025Q3, "
        "Q3 2025, 2025-07 or a plain number), team, estimate and actual (ew, or days or hours if a column's name says "
        "so), and, where known, title and unplanned (the share of the team's capacity that unplanned work took that "
        "quarter). Importing a file again changes nothing: rows are matched by quarter, team, title and estimate.",
        "  makeroom import-history finished.csv --dry-run\n"
        "  makeroom import-history jira-done.csv --hours-per-week 32 --team Pay\n"
        "  makeroom import-history finished.csv --column actual=Spent --create-teams",
    )
    one.add_argument("file", metavar="FILE.csv", help="the file to read")
    one.add_argument("--dry-run", action="store_true", help="show what would be learned, and write nothing")
    one.add_argument("--hours-per-week", type=float, metavar="N", help="hours in one engineer-week; remembered")
    one.add_argument("--team", metavar="NAME", help="the team for rows that name none")
    one.add_argument("--create-teams", action="store_true", help="make the teams that are named and not here")
    one.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="which column holds a field, as in actual=Spent; may be repeated",
    )
    one.add_argument("--delimiter", metavar="C", help="what separates cells: , ; | or tab")
    one.add_argument("--encoding", metavar="NAME", help="the file's encoding, as in cp1252")
    add_json(one)
    one.set_defaults(run=later("imports.history"))
    add_db(one)
    add_actor(one)
